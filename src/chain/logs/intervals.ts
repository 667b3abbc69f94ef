/** A range of blocks, both ends included. */
export interface BlockInterval {
  readonly from: bigint;
  readonly to: bigint;
}

/** Number of blocks in an interval. */
export function blocksIn({ from, to }: BlockInterval): bigint {
  return to < from ? 0n : to - from + 1n;
}

/** Number of blocks in disjoint intervals. */
export function blocksInAll(intervals: readonly BlockInterval[]): bigint {
  return intervals.reduce((sum, interval) => sum + blocksIn(interval), 0n);
}

function compareIntervals(left: BlockInterval, right: BlockInterval): number {
  if (left.from !== right.from) return left.from < right.from ? -1 : 1;
  if (left.to === right.to) return 0;
  return left.to < right.to ? -1 : 1;
}

/** Sorted, with overlapping and touching intervals joined and empty ones dropped. */
export function mergeIntervals(intervals: readonly BlockInterval[]): readonly BlockInterval[] {
  const sorted = intervals.filter((interval) => blocksIn(interval) > 0n).sort(compareIntervals);
  const merged: { from: bigint; to: bigint }[] = [];
  for (const { from, to } of sorted) {
    const last = merged.at(-1);
    if (last === undefined || from > last.to + 1n) merged.push({ from, to });
    else if (to > last.to) last.to = to;
  }
  return merged;
}

/** The parts of `whole` that none of `parts` covers, in order. */
export function missingIntervals(
  whole: BlockInterval,
  parts: readonly BlockInterval[],
): readonly BlockInterval[] {
  const missing: BlockInterval[] = [];
  let next = whole.from;
  for (const { from, to } of mergeIntervals(parts)) {
    if (from > whole.to) break;
    if (from > next) missing.push({ from: next, to: from - 1n });
    if (to + 1n > next) next = to + 1n;
  }
  if (next <= whole.to) missing.push({ from: next, to: whole.to });
  return missing;
}

/** Two halves, the earlier one first and never the smaller; an interval of one block stays whole. */
export function halveInterval(interval: BlockInterval): readonly BlockInterval[] {
  const { from, to } = interval;
  if (from >= to) return [interval];
  const middle = from + (to - from) / 2n;
  return [
    { from, to: middle },
    { from: middle + 1n, to },
  ];
}

/** The first `span` blocks of an interval, and what is left of it. */
export function splitAt(
  interval: BlockInterval,
  span: bigint,
): { readonly first: BlockInterval; readonly rest: BlockInterval | undefined } {
  const end = interval.from + span - 1n;
  if (end >= interval.to) return { first: interval, rest: undefined };
  return { first: { from: interval.from, to: end }, rest: { from: end + 1n, to: interval.to } };
}

/** An interval cut at a block: what ends at it and what begins after it. */
export function cutAfter(
  interval: BlockInterval,
  block: bigint,
): { readonly upTo: BlockInterval | undefined; readonly after: BlockInterval | undefined } {
  const { from, to } = interval;
  if (to <= block) return { upTo: interval, after: undefined };
  if (from > block) return { upTo: undefined, after: interval };
  return { upTo: { from, to: block }, after: { from: block + 1n, to } };
}
