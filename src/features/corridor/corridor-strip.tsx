import { clsx } from "clsx";
import type { Corridor, PaymentRule } from "@/domain/liquidation";
import { formatRatio } from "@/shared/format";
import { type CorridorMark, type CorridorPoint, corridorMarksOf, placeOf, scaleOf } from "./model";

export interface CorridorStripProps {
  readonly corridor: Corridor;
  readonly rule: PaymentRule;
  readonly point: CorridorPoint;
}

const ZONE: Readonly<Record<string, { readonly name: string; readonly className: string }>> = {
  above: { name: "above opening", className: "bg-ok-soft text-ok" },
  room: { name: "manager room", className: "bg-accent-soft text-accent" },
  gap: { name: "LP cushion", className: "bg-caution-soft text-caution" },
  losing: { name: "", className: "bg-danger-soft text-danger" },
  insolvent: { name: "LPs lose", className: "bg-loss-soft text-loss" },
};

/** The way down as one strip: value falls to the right, from healthy to insolvent. */
export function CorridorStrip({ corridor, rule, point }: CorridorStripProps) {
  const scale = scaleOf(corridor);
  const marks = corridorMarksOf(corridor, rule);
  const at = (healthWad: bigint): number => placeOf(healthWad, scale);
  const lineAt = marks.find(({ id }) => id === "bad-debt")?.healthWad ?? corridor.insolventWad;
  const zones = [
    { id: "above", from: 0, to: at(corridor.openingWad) },
    { id: "room", from: at(corridor.openingWad), to: at(corridor.thresholdWad) },
    { id: "gap", from: at(corridor.thresholdWad), to: at(lineAt) },
    { id: "losing", from: Math.max(at(lineAt), at(corridor.thresholdWad)), to: at(corridor.insolventWad) },
    { id: "insolvent", from: at(corridor.insolventWad), to: 100 },
  ].filter(({ from, to }) => to > from);
  const dead = corridor.deadZone.kind === "known" ? corridor.deadZone.value : undefined;
  const here = at(point.healthWad);
  return (
    <div aria-hidden="true" className="select-none">
      <MarkRow
        marks={marks.filter(({ id }) => id === "opening" || id === "bad-debt")}
        at={at}
        edge="bottom"
      />
      <div className="relative h-16 overflow-hidden rounded-md border border-line-strong">
        {zones.map(({ id, from, to }) => (
          <span
            key={id}
            className={clsx(
              "absolute inset-y-0 flex items-end justify-center overflow-hidden px-0.5 pb-1 text-center text-[0.6875rem] leading-tight font-medium",
              ZONE[id]?.className,
            )}
            style={{ left: `${from}%`, width: `${to - from}%` }}
          >
            {to - from > 8 && ZONE[id]?.name}
          </span>
        ))}
        {dead !== undefined && at(dead.fromWad) > at(dead.toWad) && (
          <span
            className="absolute inset-y-0 opacity-60"
            style={{
              left: `${at(dead.toWad)}%`,
              width: `${at(dead.fromWad) - at(dead.toWad)}%`,
              backgroundImage:
                "repeating-linear-gradient(45deg, var(--ink-faint) 0 1.5px, transparent 1.5px 5px)",
            }}
          />
        )}
        {marks.map(({ id, healthWad }) => (
          <span
            key={id}
            className={clsx(
              "absolute inset-y-0 w-0.5 -translate-x-1/2",
              id === "insolvent" || id === "bad-debt" ? "bg-loss" : "bg-ink",
            )}
            style={{ left: `${at(healthWad)}%` }}
          />
        ))}
        <span
          className="absolute inset-y-0 w-1 -translate-x-1/2 rounded bg-accent"
          style={{ left: `${here}%` }}
        />
        <span
          className={clsx(
            "figures absolute top-1 rounded bg-accent px-1.5 py-px text-xs font-semibold text-accent-ink",
            here > 50 ? "-translate-x-[calc(100%+4px)]" : "translate-x-1",
          )}
          style={{ left: `${here}%` }}
        >
          {formatRatio({ ratioWad: point.healthWad })}
        </span>
      </div>
      <MarkRow
        marks={marks.filter(({ id }) => id === "threshold" || id === "insolvent")}
        at={at}
        edge="top"
      />
    </div>
  );
}

/** Names of marks above or under the strip; two that stand close never share a row. */
function MarkRow(props: {
  readonly marks: readonly CorridorMark[];
  readonly at: (healthWad: bigint) => number;
  readonly edge: "top" | "bottom";
}) {
  return (
    <div className={clsx("relative h-9 text-[0.6875rem] leading-tight", props.edge === "top" && "mt-0.5")}>
      {props.marks.map(({ id, label, value, healthWad }) => {
        const place = props.at(healthWad);
        return (
          <span
            key={id}
            className={clsx(
              "figures absolute w-20 text-center text-ink-muted",
              props.edge === "bottom" ? "bottom-0.5" : "top-0",
              place < 15 ? "" : place > 85 ? "-translate-x-full" : "-translate-x-1/2",
            )}
            style={{ left: `${place}%` }}
          >
            {label} <span className="font-semibold text-ink">{value}</span>
          </span>
        );
      })}
    </div>
  );
}
