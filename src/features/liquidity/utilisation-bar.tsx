import { clsx } from "clsx";
import { Badge } from "@/ui/data/badge";
import { FigureUnknown } from "@/ui/figures/figure-unknown";
import { MARK_WORD, type UtilisationBarText } from "./texts";

const FILL = {
  ok: "bg-accent",
  caution: "bg-caution",
  danger: "bg-danger",
  loss: "bg-loss",
} as const;

function fillOf(tone: string): string {
  return tone === "caution" || tone === "danger" || tone === "loss" ? FILL[tone] : FILL.ok;
}

/** How much is lent out, with the three marks from which leaving becomes hard. */
export function UtilisationBar({
  bar,
  why,
}: {
  readonly bar: UtilisationBarText | undefined;
  readonly why: string;
}) {
  if (bar === undefined) return <FigureUnknown why={why} />;
  const { word, tone } = MARK_WORD[bar.standing];
  return (
    <div className="flex flex-col gap-2">
      <div aria-hidden="true" className="relative h-4 rounded bg-sunken">
        <div
          className={clsx("h-full rounded-l", fillOf(tone))}
          style={{ width: `${Math.min(100, bar.widthPercent)}%` }}
        />
        {bar.marks.map(({ mark, leftPercent }) => (
          <span
            key={mark}
            className="absolute -top-1 -bottom-1 w-0.5 -translate-x-full bg-ink"
            style={{ left: `${leftPercent}%` }}
          />
        ))}
      </div>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 text-xs text-ink-muted">
        <Badge tone={tone}>{word}</Badge>
        <span className="figures">{bar.words}</span>
      </div>
    </div>
  );
}
