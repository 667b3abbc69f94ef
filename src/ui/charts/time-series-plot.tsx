import { useMemo } from "react";
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, Tooltip, XAxis, YAxis } from "recharts";
import type { Tone } from "../tone";
import { useElementWidth } from "../use-element-width";
import type { ChartAnnotation, ChartThreshold } from "./chart-marks";
import {
  type ChartAxis,
  type ChartRow,
  type ChartSeries,
  clusterAnnotations,
  colorOf,
  DASH_ARRAY,
  isStep,
  mergeSeries,
  valueTicks,
} from "./series";

export interface TimeSeriesPlotProps {
  readonly label: string;
  /** Already cut to a drawable number of points. */
  readonly series: readonly ChartSeries[];
  /** In order of time: the position is the number on the flag. */
  readonly annotations: readonly ChartAnnotation[];
  readonly thresholds: readonly ChartThreshold[];
  readonly formatValue: (value: number) => string;
  readonly formatAt: (at: number) => string;
  readonly formatMoment: (at: number) => string;
  readonly fromZero: boolean;
  readonly ticksOf: ChartAxis["ticks"];
  readonly height: number;
}

const AXIS_TEXT = { fill: "var(--ink-muted)", fontSize: 11 } as const;
const FLAG_PX = 20;
const AXIS_WIDTH = 58;

const TONE_VARIABLE: Readonly<Record<Tone, string>> = {
  neutral: "var(--ink-faint)",
  accent: "var(--accent)",
  ok: "var(--ok)",
  caution: "var(--caution)",
  danger: "var(--danger)",
  loss: "var(--loss)",
  stale: "var(--stale)",
};

/** The drawn chart. Never imported directly: the chart loads it when it is needed. */
export function TimeSeriesPlot(props: TimeSeriesPlotProps) {
  const { ref, width } = useElementWidth<HTMLDivElement>();
  const { series, thresholds, annotations, fromZero, height, formatMoment } = props;
  // A fresh array only when the series change: the library redraws everything for a new one.
  const rows = useMemo(() => [...mergeSeries(series)], [series]);
  const rowAt = useMemo(() => new Map(rows.map((row) => [row.at, row])), [rows]);
  const from = rows[0]?.at ?? 0;
  const to = rows.at(-1)?.at ?? from;
  const ticks = useMemo(() => valueAxis({ rows, thresholds, fromZero }), [rows, thresholds, fromZero]);
  const plotPx = Math.max(1, width - AXIS_WIDTH - 12);
  const flags = useMemo(() => {
    const numbered = annotations.map((annotation, index) => ({ ...annotation, number: index + 1 }));
    return clusterAnnotations(numbered, ((to - from) / plotPx) * FLAG_PX);
  }, [annotations, from, to, plotPx]);
  const low = ticks[0] ?? 0;
  const numbered = flags.length > 0;

  return (
    <div ref={ref} className="relative size-full">
      {width > 0 && (
        <ComposedChart
          width={width}
          height={height}
          data={rows}
          margin={{ top: numbered ? 22 : 8, right: 12, bottom: 0, left: 0 }}
          title={props.label}
          desc="Arrow keys move along the chart; the same figures are in the table."
        >
          <CartesianGrid stroke="var(--chart-grid)" vertical={false} />
          <XAxis
            dataKey="at"
            type="number"
            domain={[from, to]}
            ticks={[...props.ticksOf({ from, to, atMost: Math.max(2, Math.floor(plotPx / 84)) })]}
            tickFormatter={props.formatAt}
            tick={AXIS_TEXT}
            tickLine={false}
            axisLine={{ stroke: "var(--line-strong)" }}
            height={22}
          />
          <YAxis
            type="number"
            domain={[low, ticks.at(-1) ?? 1]}
            ticks={[...ticks]}
            tickFormatter={props.formatValue}
            tick={AXIS_TEXT}
            tickLine={false}
            axisLine={false}
            width={AXIS_WIDTH}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: "var(--line-strong)", strokeWidth: 1 }}
            content={<PlotTip rowAt={rowAt} series={series} formatMoment={formatMoment} />}
          />
          {thresholds.map((threshold) => (
            <ReferenceLine
              key={threshold.label}
              y={threshold.value}
              stroke={TONE_VARIABLE[threshold.tone ?? "neutral"]}
              strokeDasharray="4 3"
              label={{
                value: threshold.label,
                position: "insideBottomRight",
                fontSize: 11,
                fill: TONE_VARIABLE[threshold.tone ?? "neutral"],
              }}
            />
          ))}
          {flags.map((flag) => {
            const tone =
              TONE_VARIABLE[flag.members.find((member) => member.tone !== undefined)?.tone ?? "neutral"];
            const first = flag.members[0]?.number;
            const last = flag.members.at(-1)?.number;
            return (
              <ReferenceLine
                key={flag.at}
                x={flag.at}
                stroke={tone}
                strokeDasharray="2 3"
                label={<Flag text={first === last ? `${first}` : `${first}–${last}`} color={tone} />}
              />
            );
          })}
          {series.map((one, index) => (
            <SeriesMark key={one.id} series={one} index={index} />
          ))}
        </ComposedChart>
      )}
      {low !== 0 && (
        <span className="absolute bottom-0 left-0 text-[0.6875rem] leading-[1.375rem] text-ink-faint">
          axis cut
        </span>
      )}
    </div>
  );
}

/** Round ticks that cover every drawn value and every threshold. */
function valueAxis(input: {
  readonly rows: readonly ChartRow[];
  readonly thresholds: readonly ChartThreshold[];
  readonly fromZero: boolean;
}): readonly number[] {
  let low = input.fromZero ? 0 : Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const take = (value: number | null): void => {
    if (value === null) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  for (const row of input.rows) row.values.forEach(take);
  for (const threshold of input.thresholds) take(threshold.value);
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  // A flat line needs some height to lie in.
  if (low === high)
    return high === 0
      ? [0, 1]
      : valueTicks({ low: low - Math.abs(low) / 100, high: high + Math.abs(high) / 100, atMost: 4 });
  return valueTicks({ low, high, atMost: 5 });
}

function SeriesMark({ series, index }: { readonly series: ChartSeries; readonly index: number }) {
  const color = colorOf(series);
  const shared = {
    dataKey: (row: ChartRow) => row.values[index] ?? null,
    name: series.label,
    type: isStep(series.shape) ? "stepAfter" : "linear",
    stroke: color,
    strokeWidth: 1.75,
    isAnimationActive: false,
    connectNulls: false,
    activeDot: { r: 3, fill: color, stroke: "var(--surface)" },
    dot: false,
  } as const;
  const dash = DASH_ARRAY[series.dash ?? "solid"];
  const strokeDasharray = dash === undefined ? {} : { strokeDasharray: dash };
  if (series.shape === "area" || series.shape === "step-area") {
    return <Area {...shared} {...strokeDasharray} fill={color} fillOpacity={0.12} />;
  }
  return <Line {...shared} {...strokeDasharray} />;
}

interface FlagProps {
  readonly text: string;
  readonly color: string;
  /** Where the mark's line runs; the chart adds it. */
  readonly viewBox?: { readonly x?: number; readonly y?: number };
}

/** A numbered flag on top of a vertical mark; the list under the chart says what the number stands for. */
function Flag({ text, color, viewBox }: FlagProps) {
  const width = 10 + text.length * 6;
  const x = viewBox?.x ?? 0;
  const y = (viewBox?.y ?? 0) - 18;
  return (
    <g>
      <rect x={x - width / 2} y={y} width={width} height={16} rx={8} fill="var(--surface)" stroke={color} />
      <text x={x} y={y + 11.5} textAnchor="middle" fontSize={10} fontWeight={600} fill={color}>
        {text}
      </text>
    </g>
  );
}

interface PlotTipProps {
  readonly rowAt: ReadonlyMap<number, ChartRow>;
  readonly series: readonly ChartSeries[];
  readonly formatMoment: (at: number) => string;
  /** Whether and where the pointer is; the chart adds both. */
  readonly active?: boolean;
  readonly label?: string | number;
}

function PlotTip({ rowAt, series, formatMoment, active, label: at }: PlotTipProps) {
  const row = active === true && typeof at === "number" ? rowAt.get(at) : undefined;
  if (row === undefined) return null;
  return (
    <div className="figures rounded-md border border-line-strong bg-raised px-2.5 py-1.5 text-xs shadow-raised">
      <p className="mb-0.5 text-ink-muted">{formatMoment(row.at)}</p>
      {series.map((one, index) => {
        const label = row.labels[index];
        if (label === undefined) return null;
        return (
          <p key={one.id} className="flex items-center gap-2">
            <svg width="12" height="6" aria-hidden="true">
              <line
                x1="0"
                x2="12"
                y1="3"
                y2="3"
                stroke={colorOf(one)}
                strokeWidth="2"
                strokeDasharray={DASH_ARRAY[one.dash ?? "solid"]}
              />
            </svg>
            <span className="grow text-ink-muted">{one.label}</span>
            <span className="font-medium">{label}</span>
          </p>
        );
      })}
    </div>
  );
}
