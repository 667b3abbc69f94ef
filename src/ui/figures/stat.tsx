import { clsx } from "clsx";
import { ArrowDown, ArrowUp, Minus } from "lucide-react";
import { Children, type ReactNode } from "react";
import { Skeleton } from "../data/skeleton";
import { TONE_TEXT, type Tone } from "../tone";
import type { FigureText } from "./figure-text";
import { FigureUnknown } from "./figure-unknown";
import { type Formula, FormulaButton } from "./formula";

export interface StatDelta {
  readonly direction: "up" | "down" | "flat";
  /** Finished text: "0.12 points in 7 days". */
  readonly text: string;
  readonly tone?: Tone;
}

export interface StatProps {
  readonly label: string;
  /** States the denominator or the convention: "of total assets". */
  readonly sublabel?: string;
  readonly figure: FigureText;
  readonly tone?: Tone;
  /** Badges behind the label: "modelled", "stale". */
  readonly tags?: ReactNode;
  readonly delta?: StatDelta;
  readonly formula?: Formula;
  /** A small picture under the figure. */
  readonly children?: ReactNode;
  readonly size?: "large" | "medium";
}

const ARROW = { up: ArrowUp, down: ArrowDown, flat: Minus } as const;
const DIRECTION_WORD = { up: "up", down: "down", flat: "unchanged" } as const;

/** One figure with its name, its unit and, on tap, its formula. The height is the same in every state. */
export function Stat(props: StatProps) {
  const { figure, delta, size = "large" } = props;
  return (
    <figure aria-label={props.label} className="flex min-w-0 flex-col">
      <div className="flex min-h-6 items-center gap-1.5">
        <span className="min-w-0 text-xs leading-tight font-medium text-ink-muted">{props.label}</span>
        {props.tags}
        {props.formula !== undefined && (
          <span className="-mr-1 ml-auto">
            <FormulaButton label={props.label} formula={props.formula} />
          </span>
        )}
      </div>
      <StatValue figure={figure} size={size} tone={props.tone ?? "neutral"} label={props.label} />
      {props.sublabel !== undefined && <span className="text-xs text-ink-faint">{props.sublabel}</span>}
      {delta !== undefined && <Delta delta={delta} />}
      {props.children}
    </figure>
  );
}

interface StatValueProps {
  readonly figure: FigureText;
  readonly size: "large" | "medium";
  readonly tone: Tone;
  readonly label: string;
}

function StatValue({ figure, size, tone, label }: StatValueProps) {
  switch (figure.kind) {
    case "loading":
      return (
        <output className="flex min-h-9 items-center">
          <span className="sr-only">{label}: loading</span>
          <Skeleton className="h-6 w-32" />
        </output>
      );
    case "unknown":
      return <FigureUnknown why={figure.why} />;
    case "known":
      return (
        <span className="flex min-h-9 flex-wrap items-baseline gap-x-1.5">
          <span
            className={clsx(
              "figures font-semibold tracking-tight break-all",
              size === "large" ? "text-2xl leading-9" : "text-lg leading-8",
              TONE_TEXT[tone],
            )}
          >
            {figure.text}
          </span>
          {figure.unit !== undefined && (
            <span className="text-[0.8125rem] font-medium text-ink-muted">{figure.unit}</span>
          )}
          {figure.decoration !== undefined && (
            <span className="figures text-xs text-ink-faint">{figure.decoration}</span>
          )}
        </span>
      );
  }
}

function Delta({ delta }: { readonly delta: StatDelta }) {
  const Icon = ARROW[delta.direction];
  return (
    <span
      className={clsx(
        "figures mt-0.5 flex items-center gap-1 text-xs",
        delta.tone === undefined ? "text-ink-muted" : TONE_TEXT[delta.tone],
      )}
    >
      <Icon size={13} className="shrink-0" />
      <span className="sr-only">{DIRECTION_WORD[delta.direction]} </span>
      {delta.text}
    </span>
  );
}

/** Four and three go on even rows of the room they are given; any other number as many as fit. */
const STAT_COLUMNS: Readonly<Record<number, string>> = {
  3: "@xl:grid-cols-3",
  4: "@md:grid-cols-2 @4xl:grid-cols-4",
};

/** Stats in one frame, divided by hairlines: the headline of a page. */
export function StatRow({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="@container">
      <section
        aria-label={label}
        className={clsx(
          "grid gap-px overflow-hidden rounded-lg border border-line bg-surface *:px-4 *:py-3 *:shadow-[0_0_0_1px_var(--line)]",
          STAT_COLUMNS[Children.count(children)] ??
            "grid-cols-[repeat(auto-fit,minmax(min(100%,13.5rem),1fr))]",
        )}
      >
        {children}
      </section>
    </div>
  );
}
