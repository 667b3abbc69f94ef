import type { LoadLineFrame } from "./load-line-frame";
import type { DebtRow, LoadLineLayout, RowSegment } from "./load-line-layout";
import type { LoadLineZone } from "./load-line-types";

interface DebtBarsProps {
  readonly frame: LoadLineFrame;
  readonly layout: LoadLineLayout;
}

const FILL: Readonly<Record<LoadLineZone, string>> = {
  safe: "var(--float)",
  room: "var(--float-caution)",
  liquidatable: "var(--float-danger)",
  losing: "var(--float-loss)",
  insolvent: "var(--float-loss)",
};

/** The vault's debt, hanging on the hull at its health: one bar a manager, those of one health on end. */
export function DebtBars({ frame, layout }: DebtBarsProps) {
  const rows = [layout.above, ...layout.rows, layout.below].filter((row) => row !== undefined);
  return (
    <g>
      {layout.ghosts.map((row) => (
        <rect
          key={`ghost-${row.y}`}
          x={frame.hullRight}
          y={row.y - barHeight(row, frame) / 2}
          width={row.share * frame.barPx}
          height={barHeight(row, frame)}
          rx="2"
          fill="none"
          stroke="var(--ink-faint)"
          strokeDasharray="2 2"
        />
      ))}
      {rows.map((row) =>
        row.segments.map((segment) => <Bar key={segment.id} row={row} segment={segment} frame={frame} />),
      )}
    </g>
  );
}

/** Right end of a row's bars. */
export function rowEnd(row: DebtRow, frame: LoadLineFrame): number {
  return frame.hullRight + Math.max(2, row.share * frame.barPx);
}

function barHeight(row: DebtRow, frame: LoadLineFrame): number {
  return Math.max(2, Math.min(row.height, frame.rowPx * 1.25) - (frame.mode === "small" ? 1.5 : 3));
}

interface BarProps {
  readonly row: DebtRow;
  readonly segment: RowSegment;
  readonly frame: LoadLineFrame;
}

function Bar({ row, segment, frame }: BarProps) {
  const height = barHeight(row, frame);
  const left = frame.hullRight + segment.fromShare * frame.barPx;
  const width = Math.max(1.5, (segment.toShare - segment.fromShare) * frame.barPx - 1);
  const only = segment.debts.length === 1 ? segment.debts[0] : undefined;
  const bar = (
    <rect
      x={left}
      y={row.y - height / 2}
      width={width}
      height={height}
      rx={Math.min(2, height / 3)}
      fill={FILL[row.zone]}
    >
      <title>
        {only === undefined
          ? `${segment.debts.length} managers with smaller debts`
          : `${only.label}: health ${only.healthText}, debt ${only.debtText}`}
      </title>
    </rect>
  );
  // For pointers only: with the keyboard the label or the table leads to the same page.
  if (only?.href === undefined || frame.mode === "small") return bar;
  return (
    <a href={only.href} tabIndex={-1} className="hover:brightness-110">
      {bar}
    </a>
  );
}
