import type { HealthPoint } from "@/data/risk/use-manager-risk";
import type { AssetDescription, Figure } from "@/domain/model";
import { counted } from "@/shared/counted";
import { formatInteger, formatRatio, toChartNumber } from "@/shared/format";
import { formatHeld, formatOwed } from "@/shared/format-money";
import type { ChartPoint, ChartSeries } from "@/ui/charts/series";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";

/** A manager's past as two pictures on one axis of time. */
export interface HealthCharts {
  readonly health: readonly ChartSeries[];
  readonly amounts: readonly ChartSeries[];
  /** What the pictures leave out. */
  readonly note: string;
}

function pointsOf(
  points: readonly HealthPoint[],
  {
    of,
    decimals,
    text,
  }: {
    readonly of: (point: HealthPoint) => Figure;
    readonly decimals: number;
    readonly text: (value: bigint) => string;
  },
): readonly ChartPoint[] {
  return points.map((point) => {
    const figure = of(point);
    const at = toChartNumber({ value: point.block.timestampSeconds, decimals: 0 });
    return figure.kind === "known"
      ? { at, value: toChartNumber({ value: figure.value, decimals }), label: text(figure.value) }
      : { at, value: undefined, label: `unknown: ${WHY_UNKNOWN[figure.reason]}` };
  });
}

/** Health against the lines of its time, and value against debt. What is unknown is a gap. */
export function healthChartsOf(points: readonly HealthPoint[], asset: AssetDescription): HealthCharts {
  const { decimals, symbol } = asset;
  const ratio = { decimals: 18, text: (ratioWad: bigint) => formatRatio({ ratioWad }) };
  const unread = points.filter(
    ({ thresholdWad }) => thresholdWad.kind === "unknown" && thresholdWad.reason === "archive-unavailable",
  ).length;
  const read = points.length - unread;
  const first = points[0]?.block.number ?? 0n;
  return {
    health: [
      {
        id: "health",
        label: "Health",
        color: 1,
        shape: "line",
        points: pointsOf(points, { ...ratio, of: ({ healthWad }) => healthWad }),
      },
      {
        id: "threshold",
        label: "Liquidatable below",
        color: 4,
        dash: "dashed",
        shape: "step",
        points: pointsOf(points, { ...ratio, of: ({ thresholdWad }) => thresholdWad }),
      },
      {
        id: "bad-debt-line",
        label: "Bad-debt line",
        color: 3,
        dash: "dotted",
        shape: "step",
        points: pointsOf(points, { ...ratio, of: ({ badDebtLineWad }) => badDebtLineWad }),
      },
    ],
    amounts: [
      {
        id: "value",
        label: `Value, ${symbol}`,
        color: 1,
        shape: "line",
        points: pointsOf(points, {
          decimals,
          text: (value) => formatHeld({ value, decimals }),
          of: ({ valueAssets }) => valueAssets,
        }),
      },
      {
        id: "debt",
        label: `True debt, ${symbol}`,
        color: 3,
        dash: "dashed",
        shape: "line",
        points: pointsOf(points, {
          decimals,
          text: (value) => formatOwed({ value, decimals }),
          of: ({ trueDebtAssets }) => trueDebtAssets,
        }),
      },
    ],
    note: `At the ends of ${counted(read, ["block", "blocks"])} from block ${formatInteger(first)} on: where a log of the vault names it, and where the feeds that price it today were at their lowest and highest. Between them the line is drawn straight.${
      unread === 0
        ? ""
        : ` ${counted(unread, ["block is", "blocks are"])} unknown: the endpoint keeps no state that old.`
    }`,
  };
}
