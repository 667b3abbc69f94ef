import { rowEnd } from "./debt-bars";
import type { LoadLineFrame } from "./load-line-frame";
import type { DebtRow, LoadLineLayout } from "./load-line-layout";
import type { LoadLineDebt, LoadLineMark } from "./load-line-types";
import { type LabelWish, placeLabels } from "./place-labels";

interface LabelsProps {
  readonly frame: LoadLineFrame;
  readonly layout: LoadLineLayout;
}

const MARK_HEIGHT = 17;
const STRIP_HEIGHT = 15;
const ZONE_HEIGHT = 15;
const DEBT_HEIGHT = 17;
const MOST_DEBT_LABELS = 14;

interface ZoneLabel {
  readonly id: string;
  readonly text: string;
  readonly y: number;
}

/** All words of the picture. In the widest one the marks stand on the left, else in one column with the managers. */
export function LoadLineLabels({ frame, layout }: LabelsProps) {
  const { mode } = frame;
  const marks = new Map<string, { readonly mark: LoadLineMark; readonly y: number }>(
    layout.marks.flatMap(({ y, marks }) => marks.map((mark) => [`mark-${mark.kind}`, { mark, y }] as const)),
  );
  const zones = new Map(zonesOf(layout).map((zone) => [zone.id, zone]));
  const debts = new Map(namedDebts(layout).map((named) => [`debt-${named.debt.id}`, named]));
  const markWishes = [...marks].map(
    ([id, { mark, y }]): LabelWish => ({ id, y, height: MARK_HEIGHT, priority: 1_000, tie: -mark.health }),
  );
  const zoneWishes = [...zones.values()].map(
    ({ id, y }): LabelWish => ({ id, y, height: ZONE_HEIGHT, priority: 0, maxShift: 10 }),
  );
  const debtWishes = [...debts].map(
    ([id, named]): LabelWish => ({
      id,
      y: named.row.y,
      height: DEBT_HEIGHT,
      priority: named.priority,
      // Managers of one row hang at one height, but not at one health: the lower one is named below.
      tie: -named.debt.health,
      maxShift: 60,
    }),
  );
  const strips = new Map(stripsOf(layout).map((strip) => [strip.id, strip]));
  const stripWishes = [...strips.values()].map(
    ({ id, row }): LabelWish => ({ id, y: row.y, height: STRIP_HEIGHT, priority: 900 }),
  );
  const room = { top: frame.top, bottom: frame.bottom };
  const left = mode === "wide" ? placeLabels({ labels: [...markWishes, ...zoneWishes], ...room }) : [];
  const right = placeLabels({
    labels: [...stripWishes, ...(mode === "wide" ? [] : markWishes), ...debtWishes],
    ...room,
  });
  return (
    <g fontSize={mode === "narrow" ? 11.5 : 12}>
      {[...left, ...right].map(({ id, y }) => {
        const mark = marks.get(id);
        if (mark !== undefined)
          return <MarkLabel key={id} mark={mark.mark} lineY={mark.y} y={y} frame={frame} />;
        const zone = zones.get(id);
        if (zone !== undefined) {
          return (
            <text
              key={id}
              x={frame.hullLeft - 18}
              y={y + 4}
              textAnchor="end"
              fontSize="11"
              fill="var(--ink-muted)"
            >
              {zone.text}
            </text>
          );
        }
        const strip = strips.get(id);
        if (strip !== undefined) return <StripLabel key={id} {...strip} y={y} frame={frame} />;
        const named = debts.get(id);
        return named === undefined ? null : (
          <DebtLabel key={id} debt={named.debt} row={named.row} y={y} frame={frame} />
        );
      })}
    </g>
  );
}

function zonesOf(layout: LoadLineLayout): readonly ZoneLabel[] {
  return layout.marks.flatMap(({ y, marks }, index) => {
    const zone = marks.at(-1)?.zoneBelow;
    if (zone === undefined) return [];
    const below = layout.marks[index + 1]?.y ?? layout.scale.bottomPx;
    const text = zone.detail === undefined ? zone.label : `${zone.label} · ${zone.detail}`;
    return [{ id: `zone-${marks[0]?.kind}`, text, y: (y + below) / 2 }];
  });
}

interface NamedDebt {
  readonly debt: LoadLineDebt;
  readonly row: DebtRow;
  readonly priority: number;
}

/** The managers worth a name: those in the water, lowest first, then the largest. */
function namedDebts(layout: LoadLineLayout): readonly NamedDebt[] {
  const rows = [...layout.rows, layout.below].filter((row) => row !== undefined);
  const all = rows.flatMap((row) => row.debts.map((debt) => ({ debt, row })));
  const inWater = ({ row }: { readonly row: DebtRow }): boolean => row.zone !== "safe" && row.zone !== "room";
  const first = all.filter(inWater).sort((a, b) => a.debt.health - b.debt.health);
  const then = all.filter((one) => !inWater(one)).sort((a, b) => b.debt.debt - a.debt.debt);
  return [...first, ...then]
    .slice(0, MOST_DEBT_LABELS)
    .map((named, index) => ({ ...named, priority: MOST_DEBT_LABELS - index }));
}

interface MarkLabelProps {
  readonly mark: LoadLineMark;
  /** Where the mark itself is. */
  readonly lineY: number;
  readonly y: number;
  readonly frame: LoadLineFrame;
}

function MarkLabel({ mark, lineY, y, frame }: MarkLabelProps) {
  const { mode, hullLeft, seaRight, labelLeft, labelRight } = frame;
  const wide = mode === "wide";
  const value = (
    <>
      {mark.was !== undefined && mode !== "narrow" && (
        <tspan fill="var(--ink-muted)" fontWeight="400" className="figures">
          {mark.was.value} →{" "}
        </tspan>
      )}
      <tspan className="figures">{mark.value}</tspan>
    </>
  );
  const leader = wide
    ? `M${hullLeft - 14} ${y}L${hullLeft - 6} ${lineY}H${hullLeft}`
    : `M${seaRight} ${lineY}H${seaRight + 4}L${labelLeft - 9} ${y}H${labelLeft - 4}`;
  return (
    <g fill="var(--ink)" fontWeight="600">
      <path d={leader} fill="none" stroke={wide ? "var(--line-strong)" : "var(--ink-muted)"} />
      {wide ? (
        <text x={hullLeft - 18} y={y + 4} textAnchor="end">
          <tspan fontWeight="400">{mark.label}</tspan> {value}
        </text>
      ) : (
        <text y={y + 4}>
          <tspan x={labelLeft}>{mark.label}</tspan>
          <tspan x={labelRight} textAnchor="end">
            {value}
          </tspan>
        </text>
      )}
    </g>
  );
}

interface DebtLabelProps {
  readonly debt: LoadLineDebt;
  readonly row: DebtRow;
  readonly y: number;
  readonly frame: LoadLineFrame;
}

function DebtLabel({ debt, row, y, frame }: DebtLabelProps) {
  const { mode, labelLeft, labelRight } = frame;
  const from = rowEnd(row, frame) + 4;
  const turn = frame.seaRight + 4;
  const name = mode === "narrow" ? (debt.shortLabel ?? debt.label) : debt.label;
  const healthX = mode === "wide" ? labelLeft + 172 : labelRight;
  const text = (
    <text y={y + 4} fill="var(--ink)">
      <tspan x={labelLeft} fontSize="11.5" fill={mode === "wide" ? "var(--ink)" : "var(--ink-muted)"}>
        {name}
      </tspan>
      <tspan x={healthX} textAnchor="end" className="figures" fontWeight={mode === "wide" ? "600" : "400"}>
        {debt.healthText}
      </tspan>
      {mode === "wide" && (
        <tspan x={labelRight} textAnchor="end" fill="var(--ink-muted)" className="figures">
          {debt.debtText}
        </tspan>
      )}
    </text>
  );
  return (
    <g>
      <path
        d={`M${Math.min(from, turn)} ${row.y}H${turn}L${labelLeft - 9} ${y}H${labelLeft - 4}`}
        fill="none"
        stroke="var(--ink-faint)"
        strokeWidth="0.75"
        opacity="0.6"
      />
      {debt.href === undefined ? (
        text
      ) : (
        <a href={debt.href} className="hover:underline">
          {text}
        </a>
      )}
    </g>
  );
}

/** Debt beyond an end of the scale: one label for all of it. */
interface Strip {
  readonly id: string;
  readonly row: DebtRow;
  readonly text: string;
}

function stripsOf({ above, below }: LoadLineLayout): readonly Strip[] {
  return [
    ...(above === undefined ? [] : [{ id: "strip-above", row: above, text: "above the scale" }]),
    ...(below === undefined ? [] : [{ id: "strip-below", row: below, text: "below the scale" }]),
  ];
}

function StripLabel(props: Strip & { readonly y: number; readonly frame: LoadLineFrame }) {
  const { row, text, y, frame } = props;
  const count = row.debts.length;
  const who = frame.mode === "narrow" ? `${count}` : count === 1 ? "1 manager" : `${count} managers`;
  return (
    <text x={frame.labelLeft} y={y + 4} fontSize="11" fill="var(--ink-muted)">
      {who} {text}
    </text>
  );
}

/** The small picture has room for two words. */
export function SmallLabels({ frame, layout }: LabelsProps) {
  const wishes = layout.marks.flatMap((mark): LabelWish[] => {
    const kinds = mark.marks.map(({ kind }) => kind);
    if (kinds.includes("threshold")) return [{ id: "threshold", y: mark.y - 8, height: 14, priority: 2 }];
    if (kinds.includes("insolvent")) return [{ id: "insolvent", y: mark.y - 8, height: 14, priority: 1 }];
    return [];
  });
  const placed = placeLabels({ labels: wishes, top: frame.top + 2, bottom: frame.bottom - 2 });
  return (
    <g fontSize="11" className="figures" fontWeight="600" fill="var(--ink)">
      {placed.map(({ id, y }) => {
        const mark = layout.marks.flatMap(({ marks }) => marks).find(({ kind }) => kind === id);
        return (
          <text key={id} x={frame.labelRight} y={y + 4} textAnchor="end">
            {id === "threshold" ? `T ${mark?.value}` : mark?.value}
          </text>
        );
      })}
    </g>
  );
}

interface ScaleBarProps {
  readonly frame: LoadLineFrame;
  readonly px: number;
  readonly text: string;
  /** Something is drawn as it was before a change. */
  readonly compared: boolean;
}

/** How long a round debt is, and what dashes mean. */
export function ScaleBar({ frame, px, text, compared }: ScaleBarProps) {
  const y = frame.bottom + 14;
  const x = frame.hullRight;
  return (
    <g stroke="var(--ink-faint)" fill="none">
      <path d={`M${x + 0.5} ${y - 4}v8m0 -4h${px - 1}m0 -4v8`} />
      <text x={x + px + 6} y={y + 4} fontSize="11" fill="var(--ink-muted)" stroke="none" className="figures">
        {text} of debt
      </text>
      {compared && (
        <text
          x={frame.labelRight}
          y={y + 4}
          textAnchor="end"
          fontSize="11"
          fill="var(--ink-muted)"
          stroke="none"
        >
          {frame.mode === "narrow" ? "┄ before" : "dashed: before"}
        </text>
      )}
    </g>
  );
}
