import { clsx } from "clsx";
import type { ReactNode } from "react";

export interface ProgressBarProps {
  /** What is being done: "Reading history". */
  readonly label: string;
  /** 0 to 100; undefined while the whole is not known. */
  readonly percent: number | undefined;
  /** "412,000 of 1,000,000 blocks, 3,120 events". */
  readonly detail?: string;
  /** Usually a cancel button. */
  readonly action?: ReactNode;
}

/** Progress of long work, with words: a bar alone says nothing to many. */
export function ProgressBar({ label, percent, detail, action }: ProgressBarProps) {
  const shown = percent === undefined ? undefined : Math.round(Math.min(100, Math.max(0, percent)));
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-[0.8125rem]">
      <div className="min-w-0 grow basis-60">
        <div className="flex flex-wrap justify-between gap-x-3">
          <span className="font-medium">{label}</span>
          <span className="figures text-ink-muted">
            {detail}
            {shown !== undefined && ` · ${shown} %`}
          </span>
        </div>
        <progress
          aria-label={label}
          max={100}
          {...(shown === undefined ? {} : { value: shown })}
          className={clsx(
            "mt-1.5 block h-1.5 w-full appearance-none overflow-hidden rounded-full [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-value]:bg-accent",
            shown === undefined
              ? "animate-pulse bg-accent motion-reduce:animate-none [&::-webkit-progress-bar]:bg-accent"
              : "bg-stale-soft [&::-webkit-progress-bar]:bg-stale-soft",
          )}
        />
      </div>
      {action}
    </div>
  );
}
