import type { BlockTimeline } from "./block-timeline";
import type { BlockTotals, FallRow } from "./ledger-model";
import { compareLogs } from "./log-order";
import { compareBigint } from "./math";
import type { BlockRef } from "./model";
import { sharePriceOf } from "./share-price";

/** Two blocks between which the share price fell without an event. */
export interface FallSpan {
  /** The last block read at which the price stood higher. */
  readonly from: bigint;
  /** The first block read at which it had fallen. */
  readonly to: bigint;
  /** Reading this block (its end and its start) narrows the fall down; undefined where nothing can. */
  readonly readNext: bigint | undefined;
}

/** What the search found. */
export interface FallSearch {
  /** In the order of the chain. */
  readonly rows: readonly FallRow[];
  /** Rows that are not yet, or cannot be, narrowed down to neighbouring blocks. */
  readonly wide: readonly FallSpan[];
  /** Blocks to read before searching again; empty when the search is over. Ascending, each once. */
  readonly readNext: readonly bigint[];
}

/**
 * Units by which total assets may fall without that anybody lost anything.
 *
 * A Flux vault: none. It keeps interest as undivided numerators and divides the sum once in a view, time only adds
 * to it, deposits and withdrawals move the undivided part by whole units, and what collecting interest rounds falls
 * to LPs (`InterestLedger`). Another vault: two, since what it holds elsewhere is often rounded once by each of two
 * parties.
 */
export const FALL_ROUNDING_ASSETS = { flux: 0n, other: 2n } as const;

export interface FallSearchInput {
  readonly timelines: readonly BlockTimeline[];
  readonly virtualShares: bigint;
  readonly isFlux: boolean;
  /** Blocks that were asked for in vain: they are not asked for again. */
  readonly unavailableBlocks: readonly bigint[];
}

interface Found {
  readonly row: FallRow;
  readonly span: FallSpan | undefined;
}

/** The last read block before, and what total assets must at least be by now if nothing was lost. */
interface Standing {
  readonly block: BlockRef;
  readonly expectedAssets: bigint;
}

/**
 * Every fall of the share price that no event explains: inside a block (its end differs from its start and its logs),
 * and between two read blocks (the later one starts lower than the earlier ended, flows of the blocks in between that
 * were not read included; interest is left out, as it only rises).
 *
 * Pure: where a fall can be narrowed down by reading another block, the search says which; whoever reads asks again
 * with the timelines that include it.
 */
export function searchFalls(input: FallSearchInput): FallSearch {
  const { timelines, virtualShares } = input;
  const rounding = input.isFlux ? FALL_ROUNDING_ASSETS.flux : FALL_ROUNDING_ASSETS.other;
  const unavailable = new Set(input.unavailableBlocks);
  const found: Found[] = [];
  const refs = new Map<bigint, BlockRef>();
  let standing: Standing | undefined;
  for (const timeline of timelines) {
    const { block } = timeline;
    if (block !== undefined) refs.set(block.number, block);
    if (block !== undefined && standing !== undefined && timeline.start.assets !== undefined) {
      if (standing.expectedAssets - timeline.start.assets > rounding) {
        found.push(between({ standing, to: timeline, block, virtualShares, unavailable }));
      }
    }
    for (const fall of timeline.falls) {
      if (block === undefined || fall.beforeAssets - fall.afterAssets <= rounding) continue;
      const parent = refs.get(block.number - 1n);
      const from = parent ?? standing?.block;
      if (from === undefined) continue;
      const next = block.number - 1n;
      found.push({
        row: rowOf({ ...fall, from, to: block, supplyShares: fall.supplyShares ?? 0n, virtualShares }),
        span:
          parent === undefined
            ? { from: from.number, to: block.number, readNext: unavailable.has(next) ? undefined : next }
            : undefined,
      });
    }
    standing = standingAfter(standing, timeline);
  }
  const rows = found.map(({ row }) => row).sort((a, b) => compareLogs(a.at, b.at));
  const wide = found.flatMap(({ span }) => (span === undefined ? [] : [span]));
  const readNext = wide.flatMap((span) => (span.readNext === undefined ? [] : [span.readNext]));
  return { rows, wide, readNext: [...new Set(readNext)].sort(compareBigint) };
}

function standingAfter(before: Standing | undefined, timeline: BlockTimeline): Standing | undefined {
  const { block, end, netAssets } = timeline;
  if (block !== undefined && end.assets !== undefined) return { block, expectedAssets: end.assets };
  if (before === undefined || netAssets === undefined) return undefined;
  return { block: before.block, expectedAssets: before.expectedAssets + netAssets };
}

/** A fall between the end of one read block and the start of the next. */
function between(input: {
  readonly standing: Standing;
  readonly to: BlockTimeline;
  readonly block: BlockRef;
  readonly virtualShares: bigint;
  readonly unavailable: ReadonlySet<bigint>;
}): Found {
  const { standing, to, block, virtualShares, unavailable } = input;
  const from = standing.block;
  const middle = (from.number + block.number) / 2n;
  const isNarrow = middle === from.number;
  const row = rowOf({
    from,
    to: block,
    logIndex: -1,
    beforeAssets: standing.expectedAssets,
    afterAssets: to.start.assets ?? 0n,
    supplyShares: to.start.supplyShares ?? 0n,
    virtualShares,
  });
  if (isNarrow) return { row, span: undefined };
  const readNext = unavailable.has(middle) ? undefined : middle;
  return { row, span: { from: from.number, to: block.number, readNext } };
}

function rowOf(input: {
  readonly from: BlockRef;
  readonly to: BlockRef;
  readonly logIndex: number;
  readonly beforeAssets: bigint;
  readonly afterAssets: bigint;
  readonly supplyShares: bigint;
  readonly virtualShares: bigint;
}): FallRow {
  const { from, to, beforeAssets, afterAssets, supplyShares, virtualShares } = input;
  const priceAt = (totalAssets: bigint) =>
    sharePriceOf({ totalAssets, totalSupplyShares: supplyShares, virtualShares });
  return {
    from,
    to,
    at: { blockNumber: to.number, logIndex: input.logIndex },
    totalAssetsBefore: beforeAssets,
    totalAssetsAfter: afterAssets,
    totalSupplyShares: supplyShares,
    lpLossAssets: beforeAssets - afterAssets,
    priceBefore: priceAt(beforeAssets),
    priceAfter: priceAt(afterAssets),
    isNarrow: to.number - from.number === 1n,
  };
}

/** Totals of samples, which are ends of blocks, added to what was read for the ledger. */
export function withSampledTotals(
  totals: readonly BlockTotals[],
  samples: readonly {
    readonly block: BlockRef;
    readonly totalAssets: bigint;
    readonly totalSupplyShares: bigint;
  }[],
): readonly BlockTotals[] {
  const read = new Set(totals.map(({ block }) => block.number));
  const more = samples.filter(({ block }) => !read.has(block.number));
  return [
    ...totals,
    ...more.map(({ block, totalAssets, totalSupplyShares }) => ({
      block,
      totalAssets,
      totalSupplyShares,
      atStart: undefined,
    })),
  ];
}
