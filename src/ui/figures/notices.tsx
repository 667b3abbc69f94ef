import { CircleDashed, Clock, LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";

/** Says that what is shown is older than it should be, why, and what happens next. */
export function StaleNotice(props: {
  readonly age: string;
  readonly reason: string;
  readonly action?: ReactNode;
}) {
  return (
    <output className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border border-line-strong bg-stale-soft px-3 py-2 text-[0.8125rem] text-ink">
      <Clock size={15} className="shrink-0 text-stale" />
      <span className="min-w-0 grow basis-52">
        <strong className="font-semibold">Stale: {props.age} old.</strong> {props.reason}
      </span>
      {props.action}
    </output>
  );
}

export interface PartialNoticeProps {
  /** "196 of 1,000 managers could not be read". */
  readonly missing: string;
  /** What that does to the figures: "Totals are not shown". */
  readonly consequence: string;
  /** 0 to 100 while something is still arriving. */
  readonly progressPercent?: number;
  readonly action?: ReactNode;
}

/** Says that a part is missing. Used instead of, never beside, a total made from the rest. */
export function PartialNotice(props: PartialNoticeProps) {
  const Icon = props.progressPercent === undefined ? CircleDashed : LoaderCircle;
  return (
    <output className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border border-caution bg-caution-soft px-3 py-2 text-[0.8125rem] text-ink">
      <Icon
        size={15}
        className={
          props.progressPercent === undefined
            ? "shrink-0 text-caution"
            : "shrink-0 animate-spin text-caution motion-reduce:animate-none"
        }
      />
      <span className="min-w-0 grow basis-52">
        <strong className="font-semibold">{props.missing}.</strong> {props.consequence}
      </span>
      {props.action}
    </output>
  );
}
