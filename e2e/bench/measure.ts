export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  return sorted.length % 2 === 1 ? at(Math.floor(middle)) : (at(middle - 1) + at(middle)) / 2;
}

interface Timed {
  readonly oursMs: number;
  readonly baselineMs: number;
}

/**
 * Times two ways of doing the same work in turns, A B A B, in one process, so that a busy machine slows both. One
 * round warms up; the medians of the others are returned.
 */
export async function interleaved(work: {
  readonly rounds: number;
  readonly ours: () => unknown;
  readonly baseline: () => unknown;
}): Promise<Timed> {
  const ours: number[] = [];
  const baseline: number[] = [];
  const timed = async (run: () => unknown): Promise<number> => {
    const startedAt = performance.now();
    await run();
    return performance.now() - startedAt;
  };
  for (let round = 0; round <= work.rounds; round += 1) {
    const oursMs = await timed(work.ours);
    const baselineMs = await timed(work.baseline);
    if (round === 0) continue;
    ours.push(oursMs);
    baseline.push(baselineMs);
  }
  return { oursMs: median(ours), baselineMs: median(baseline) };
}

/** Slope of log(cost) over log(size), by least squares: 1 is linear growth, 2 is quadratic. */
export function growthExponent(points: readonly { readonly size: number; readonly cost: number }[]): number {
  const logs = points.map(({ size, cost }) => ({ x: Math.log(size), y: Math.log(cost) }));
  const mean = (of: (point: { x: number; y: number }) => number): number =>
    logs.reduce((sum, point) => sum + of(point), 0) / logs.length;
  const [meanX, meanY] = [mean((p) => p.x), mean((p) => p.y)];
  const covariance = logs.reduce((sum, p) => sum + (p.x - meanX) * (p.y - meanY), 0);
  const variance = logs.reduce((sum, p) => sum + (p.x - meanX) ** 2, 0);
  return covariance / variance;
}

/**
 * Seconds that work on one thread takes. On a busy machine the system makes pauses; time counts only as far as this
 * process was using the processor in it.
 */
export function busySeconds(work: () => unknown): number {
  const used = process.cpuUsage();
  const startedAt = performance.now();
  work();
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(used);
  return Math.min(wallMs, (user + system) / 1_000) / 1_000;
}
