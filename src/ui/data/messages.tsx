import { clsx } from "clsx";
import { CircleCheck, CircleX, Info, type LucideIcon, OctagonAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../forms/button";
import { TONE_EDGE, TONE_TEXT, type Tone } from "../tone";

export interface EmptyStateProps {
  /** What is not there: "No liquidations found from block 1,204". */
  readonly title: string;
  /** Why that may be, or what to do. */
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** Nothing to show, and that is a finding too. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-1 px-4 py-10 text-center">
      <p className="font-medium">{title}</p>
      {children !== undefined && (
        <div className="max-w-[56ch] text-[0.8125rem] text-ink-muted">{children}</div>
      )}
      {action !== undefined && <div className="mt-3">{action}</div>}
    </div>
  );
}

export interface ErrorStateProps {
  /** What could not be done: "The vault could not be read". */
  readonly title: string;
  /** The cause in words, with the endpoint's host where one is to blame. */
  readonly cause: string;
  /** What the reader can do about it. */
  readonly whatToDo?: string;
  readonly onRetry?: () => void;
  readonly retryLabel?: string;
  readonly retrying?: boolean;
  /** Technical detail to copy: a selector, an error name. Never a whole endpoint address. */
  readonly detail?: ReactNode;
}

/** A part that failed: what, why, and the way on. */
export function ErrorState(props: ErrorStateProps) {
  return (
    <div role="alert" className="flex gap-3 rounded-md border border-danger bg-danger-soft px-4 py-3">
      <CircleX size={18} className="mt-0.5 shrink-0 text-danger" />
      <div className="min-w-0 grow">
        <p className="font-semibold">{props.title}</p>
        <p className="text-[0.8125rem]">{props.cause}</p>
        {props.whatToDo !== undefined && (
          <p className="mt-1 text-[0.8125rem] text-ink-muted">{props.whatToDo}</p>
        )}
        {props.detail !== undefined && <div className="mt-1 text-xs text-ink-muted">{props.detail}</div>}
        {props.onRetry !== undefined && (
          <div className="mt-2.5">
            <Button variant="secondary" size="small" busy={props.retrying === true} onClick={props.onRetry}>
              {props.retryLabel ?? "Try again"}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

const CALLOUT_ICON: Readonly<Record<Tone, LucideIcon>> = {
  neutral: Info,
  accent: Info,
  ok: CircleCheck,
  caution: TriangleAlert,
  danger: TriangleAlert,
  loss: OctagonAlert,
  stale: Info,
};

const CALLOUT_GROUND: Readonly<Record<Tone, string>> = {
  neutral: "bg-surface",
  accent: "bg-accent-soft",
  ok: "bg-ok-soft",
  caution: "bg-caution-soft",
  danger: "bg-danger-soft",
  loss: "bg-loss-soft",
  stale: "bg-stale-soft",
};

export interface CalloutProps {
  readonly tone: Tone;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** Something to know before reading on. */
export function Callout({ tone, title, children, action }: CalloutProps) {
  const Icon = CALLOUT_ICON[tone];
  return (
    <div
      className={clsx(
        "flex flex-wrap gap-x-3 gap-y-2 rounded-md border px-4 py-3",
        TONE_EDGE[tone],
        CALLOUT_GROUND[tone],
      )}
    >
      <Icon size={17} className={clsx("mt-0.5 shrink-0", TONE_TEXT[tone])} />
      <div className="min-w-0 grow basis-52">
        <p className="font-semibold">{title}</p>
        {children !== undefined && <div className="text-[0.8125rem] text-ink">{children}</div>}
      </div>
      {action !== undefined && <div className="shrink-0 self-center print:hidden">{action}</div>}
    </div>
  );
}
