import { ChartLine, Table2 } from "lucide-react";
import { lazy, type ReactNode, Suspense, useMemo, useState } from "react";
import { DataTable } from "../data/data-table";
import { EmptyState } from "../data/messages";
import { Skeleton } from "../data/skeleton";
import type { Column } from "../data/table-types";
import { Button } from "../forms/button";
import { AnnotationList, ChartLegend } from "./chart-legend";
import type { ChartAnnotation, ChartThreshold } from "./chart-marks";
import {
  type ChartAxis,
  type ChartRow,
  type ChartSeries,
  downsample,
  mergeSeries,
  TIME_AXIS,
} from "./series";

export interface TimeSeriesChartProps {
  /** What the chart shows, in a sentence: it names the picture and the table. */
  readonly label: string;
  readonly series: readonly ChartSeries[];
  readonly annotations?: readonly ChartAnnotation[];
  readonly thresholds?: readonly ChartThreshold[];
  /** Axis text of a value. */
  readonly formatValue: (value: number) => string;
  /** Short text of a moment, for the axis. */
  readonly formatAt: (at: number) => string;
  /** Whole text of a moment, for the tip and the table. */
  readonly formatMoment: (at: number) => string;
  readonly loading?: boolean;
  /** What runs along the chart; time without it. Then `at` and the moments' texts are the axis's own. */
  readonly axis?: ChartAxis;
  /** What to say when there is not one known point. */
  readonly empty: string;
  /** Whether the value axis starts at zero; where it does not, the chart says so. */
  readonly fromZero?: boolean;
  /** Height of the plot in pixels, the same in every state. */
  readonly height?: number;
  /** Usually a choice of ranges. */
  readonly controls?: ReactNode;
}

/** More are never drawn: pixels do not get finer, the library only gets slower. */
export const MAX_DRAWN_POINTS = 1_000;

// The only door to the chart library: it loads when the first chart is drawn, and nothing else waits for it.
const TimeSeriesPlot = lazy(async () => {
  try {
    return { default: (await import("./time-series-plot")).TimeSeriesPlot };
  } catch {
    // The file could not be fetched (offline, a newer version was published): the table has the same figures.
    return { default: PlotUnavailable };
  }
});

function PlotUnavailable() {
  return (
    <EmptyState title="The chart could not be loaded">
      Its figures are in the table. Loading the page again may bring the chart back.
    </EmptyState>
  );
}

/** Values over time, as a picture and as a table of the same figures. */
export function TimeSeriesChart(props: TimeSeriesChartProps) {
  const { series, height = 260 } = props;
  const [asTable, setAsTable] = useState(false);
  const drawn = useMemo(() => {
    const share = Math.floor(MAX_DRAWN_POINTS / Math.max(1, series.length));
    return series.map((one) => ({ ...one, points: downsample(one.points, share) }));
  }, [series]);
  const isEmpty = series.every((one) => one.points.every((point) => point.value === undefined));
  const annotations = useMemo(() => {
    const moments = series.flatMap((one) => [one.points[0]?.at ?? [], one.points.at(-1)?.at ?? []].flat());
    const from = Math.min(...moments);
    const to = Math.max(...moments);
    return (props.annotations ?? [])
      .filter((annotation) => annotation.at >= from && annotation.at <= to)
      .sort((a, b) => a.at - b.at);
  }, [series, props.annotations]);

  return (
    <figure aria-label={props.label} className="min-w-0">
      <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        <ChartLegend series={series} />
        <div className="flex flex-wrap items-center gap-2 print:hidden">
          {props.controls}
          {!isEmpty && (
            <Button
              variant="ghost"
              size="small"
              icon={asTable ? ChartLine : Table2}
              onClick={() => setAsTable(!asTable)}
              label={asTable ? `Show as chart: ${props.label}` : `Show as table: ${props.label}`}
            >
              {asTable ? "Chart" : "Table"}
            </Button>
          )}
        </div>
      </div>
      <div style={asTable ? { minHeight: height } : { height }}>
        <ChartBody
          {...props}
          drawn={drawn}
          sorted={annotations}
          isEmpty={isEmpty}
          asTable={asTable}
          height={height}
        />
      </div>
      {!isEmpty && <AnnotationList annotations={annotations} formatAt={props.formatMoment} />}
    </figure>
  );
}

interface ChartBodyProps extends TimeSeriesChartProps {
  readonly drawn: readonly ChartSeries[];
  readonly sorted: readonly ChartAnnotation[];
  readonly isEmpty: boolean;
  readonly asTable: boolean;
  readonly height: number;
}

function ChartBody(props: ChartBodyProps) {
  if (props.loading === true) {
    return (
      <output className="block h-full">
        <span className="sr-only">Loading: {props.label}</span>
        <Skeleton className="size-full" />
      </output>
    );
  }
  if (props.isEmpty) {
    return (
      <div className="grid h-full place-items-center rounded border border-dashed border-line">
        <EmptyState title={props.empty} />
      </div>
    );
  }
  if (props.asTable) return <SeriesTable {...props} />;
  return (
    <Suspense fallback={<Skeleton className="size-full" />}>
      <TimeSeriesPlot
        label={props.label}
        series={props.drawn}
        annotations={props.sorted}
        thresholds={props.thresholds ?? []}
        formatValue={props.formatValue}
        formatAt={props.formatAt}
        formatMoment={props.formatMoment}
        fromZero={props.fromZero ?? true}
        ticksOf={(props.axis ?? TIME_AXIS).ticks}
        height={props.height}
      />
    </Suspense>
  );
}

/** Every figure of the chart, not only the drawn ones. */
function SeriesTable({ label, series, formatMoment, height, axis = TIME_AXIS }: ChartBodyProps) {
  const { header, order } = axis;
  const rows = useMemo(() => mergeSeries(series), [series]);
  const columns = useMemo(
    (): readonly Column<ChartRow>[] => [
      {
        id: "at",
        header,
        cell: (row) => <span className="whitespace-nowrap">{formatMoment(row.at)}</span>,
        sortValue: (row) => row.at,
        rowHeader: true,
      },
      ...series.map(
        (one, index): Column<ChartRow> => ({
          id: one.id,
          header: one.label,
          align: "end",
          cell: (row) => row.labels[index] ?? "none",
          sortValue: (row) => row.values[index] ?? undefined,
        }),
      ),
    ],
    [series, formatMoment, header],
  );
  return (
    <DataTable
      caption={label}
      columns={columns}
      rows={rows}
      rowKey={(row) => `${row.at}`}
      defaultSort={{ columnId: "at", direction: order }}
      empty={null}
      narrow="scroll"
      virtualiseAbove={12}
      height={height}
    />
  );
}
