/** One point of a series. `undefined` is a gap: nothing is known there, and nothing is drawn. */
export interface ChartPoint {
  /** Unix seconds. */
  readonly at: number;
  readonly value: number | undefined;
  /** The value in finished text, exact where the drawn one is rounded. */
  readonly label: string;
}

export type SeriesShape = "line" | "step" | "area" | "step-area";

export interface ChartSeries {
  readonly id: string;
  readonly label: string;
  /** Number of a chart colour in the theme. */
  readonly color: 1 | 2 | 3 | 4 | 5 | 6;
  /** Tells series apart without colour. */
  readonly dash?: "solid" | "dashed" | "dotted";
  /** Steps for values that hold until the next event. */
  readonly shape?: SeriesShape;
  /** In order of time. */
  readonly points: readonly ChartPoint[];
}

/** One moment of all series; what each is there, or nothing. */
export interface ChartRow {
  readonly at: number;
  readonly values: readonly (number | null)[];
  readonly labels: readonly (string | undefined)[];
}

export const DASH_ARRAY = { solid: undefined, dashed: "6 4", dotted: "1.5 3.5" } as const;

export function colorOf(series: Pick<ChartSeries, "color">): string {
  return `var(--chart-${series.color})`;
}

export function isStep(shape: SeriesShape | undefined): boolean {
  return shape === "step" || shape === "step-area";
}

/** Fewest points a series can be cut to: one bucket's four and the gaps around them. */
const LEAST_POINTS = 9;

/**
 * Cuts a series to at most `maxPoints` for drawing. Of every bucket of time the first, the lowest, the highest
 * and the last point stay (the "M4" aggregation: same pixels as the whole), so a spike never disappears; where
 * the source has a gap between two points that stay, a gap stays between them.
 */
export function downsample(points: readonly ChartPoint[], maxPoints: number): readonly ChartPoint[] {
  const limit = Math.max(maxPoints, LEAST_POINTS);
  if (points.length <= limit) return points;
  let buckets = Math.floor(limit / 4);
  let kept = cutToBuckets(points, buckets);
  while (kept.length > limit) {
    buckets = Math.max(1, Math.floor(buckets * 0.7));
    kept = cutToBuckets(points, buckets);
  }
  return kept;
}

function cutToBuckets(points: readonly ChartPoint[], buckets: number): readonly ChartPoint[] {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return points;
  const bucketSeconds = (last.at - first.at) / buckets;
  const keep = new Set<number>();
  let bucket = -1;
  let marks = { first: 0, lowest: 0, highest: 0, last: 0 };
  const close = (): void => {
    if (bucket >= 0) for (const index of Object.values(marks)) keep.add(index);
  };
  const valueAt = (index: number): number | undefined => points[index]?.value;
  points.forEach((point, index) => {
    if (point.value === undefined) return;
    const own =
      bucketSeconds === 0 ? 0 : Math.min(buckets - 1, Math.floor((point.at - first.at) / bucketSeconds));
    if (own !== bucket) {
      close();
      bucket = own;
      marks = { first: index, lowest: index, highest: index, last: index };
      return;
    }
    if (point.value < (valueAt(marks.lowest) ?? point.value)) marks.lowest = index;
    if (point.value > (valueAt(marks.highest) ?? point.value)) marks.highest = index;
    marks.last = index;
  });
  close();
  return withGaps(points, keep);
}

/** The kept points in order, with one gap wherever the source has at least one between them. */
function withGaps(points: readonly ChartPoint[], keep: ReadonlySet<number>): readonly ChartPoint[] {
  const result: ChartPoint[] = [];
  let gapSeen = false;
  points.forEach((point, index) => {
    if (point.value === undefined) {
      if (!gapSeen) result.push(point);
      gapSeen = true;
    } else if (keep.has(index)) {
      result.push(point);
      gapSeen = false;
    }
  });
  return result;
}

/**
 * Puts several series on one row of moments. Where a series has no point of its own at a moment, its value is
 * what its drawn line shows there: the step's level, or the straight line between its neighbours. Outside its
 * span and inside its gaps it has none.
 */
export function mergeSeries(series: readonly ChartSeries[]): readonly ChartRow[] {
  const moments = [...new Set(series.flatMap((one) => one.points.map((point) => point.at)))].sort(
    (a, b) => a - b,
  );
  const columns = series.map((one) => columnOf(one, moments));
  return moments.map((at, index) => ({
    at,
    values: columns.map((column) => column[index]?.value ?? null),
    labels: columns.map((column) => column[index]?.label),
  }));
}

interface Cell {
  readonly value: number | undefined;
  readonly label: string | undefined;
}

function columnOf(series: ChartSeries, moments: readonly number[]): readonly Cell[] {
  let next = 0;
  return moments.map((at) => {
    while ((series.points[next]?.at ?? Number.POSITIVE_INFINITY) <= at) next += 1;
    const before = series.points[next - 1];
    const after = series.points[next];
    if (before === undefined || before.value === undefined) return { value: undefined, label: undefined };
    if (before.at === at) return { value: before.value, label: before.label };
    if (isStep(series.shape))
      return after === undefined ? NOTHING : { value: before.value, label: before.label };
    if (after?.value === undefined) return NOTHING;
    const share = (at - before.at) / (after.at - before.at);
    return { value: before.value + share * (after.value - before.value), label: before.label };
  });
}

const NOTHING: Cell = { value: undefined, label: undefined };

const HOUR = 3_600;
const DAY = 86_400;
const TICK_STEPS = [
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  30 * DAY,
  61 * DAY,
  91 * DAY,
  183 * DAY,
  365 * DAY,
] as const;

/** Round moments (whole hours or days, UTC) for the time axis, about as many as fit. */
export function timeTicks(span: {
  readonly from: number;
  readonly to: number;
  readonly atMost: number;
}): readonly number[] {
  const { from, to, atMost } = span;
  if (to <= from) return [from];
  const wanted = (to - from) / Math.max(1, atMost);
  const step =
    TICK_STEPS.find((candidate) => candidate >= wanted) ?? Math.ceil(wanted / (365 * DAY)) * 365 * DAY;
  const ticks: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push(at);
  return ticks;
}

/** Round values for an axis that covers `low` to `high`, ends included. */
export function valueTicks(range: {
  readonly low: number;
  readonly high: number;
  readonly atMost: number;
}): readonly number[] {
  const { low, high, atMost } = range;
  const span = high - low;
  if (!(span > 0)) return [low];
  const rough = span / Math.max(1, atMost);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const firstStep = Math.floor(low / step + 1e-9);
  const lastStep = Math.ceil(high / step - 1e-9);
  return Array.from({ length: lastStep - firstStep + 1 }, (_, index) => (firstStep + index) * step);
}

/** What runs along a chart. */
export interface ChartAxis {
  /** Names the axis in the table. */
  readonly header: string;
  /** Round places of the axis, about as many as fit. */
  readonly ticks: (span: {
    readonly from: number;
    readonly to: number;
    readonly atMost: number;
  }) => readonly number[];
  /** Order of the table's rows at first. */
  readonly order: "ascending" | "descending";
}

export const TIME_AXIS: ChartAxis = { header: "Time", ticks: timeTicks, order: "descending" };

/** An axis of plain numbers from a least to a largest one. */
export function numberAxis(header: string): ChartAxis {
  return {
    header,
    order: "ascending",
    ticks: ({ from, to, atMost }) =>
      valueTicks({ low: from, high: to, atMost }).filter((tick) => tick >= from && tick <= to),
  };
}

export interface AnnotationCluster<T> {
  /** Where the flag stands: the middle of its members. */
  readonly at: number;
  readonly members: readonly T[];
}

/** Joins marks that would stand on each other, given how many seconds one flag is wide. */
export function clusterAnnotations<T extends { readonly at: number }>(
  annotations: readonly T[],
  secondsApart: number,
): readonly AnnotationCluster<T>[] {
  const clusters: T[][] = [];
  for (const annotation of [...annotations].sort((a, b) => a.at - b.at)) {
    const open = clusters.at(-1);
    const start = open?.[0];
    if (open !== undefined && start !== undefined && annotation.at - start.at < secondsApart)
      open.push(annotation);
    else clusters.push([annotation]);
  }
  return clusters.map((members) => ({
    at: ((members[0]?.at ?? 0) + (members.at(-1)?.at ?? 0)) / 2,
    members,
  }));
}
