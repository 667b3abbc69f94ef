import type { BlockTimeline, InsideFall } from "./block-timeline";
import type { BlockTotals, FallRow } from "./ledger-model";
import { compareLogs } from "./log-order";
import { compareBigint, maxOf } from "./math";
import type { BlockRef } from "./model";
import { sharePriceOf } from "./share-price";

/** Two read blocks between which total assets fell, or may have fallen, without an event. */
export interface FallSpan {
  readonly from: bigint;
  readonly to: bigint;
  /** Reading this block (its end and its start) narrows the span down; undefined where nothing can. */
  readonly readNext: bigint | undefined;
}

/** One more figure that can show a fall: the state at the end of `sinceBlock` under the clock of `atBlock`. */
export interface UnmovedRequest {
  readonly sinceBlock: bigint;
  readonly atBlock: bigint;
}

/** What the search found. */
export interface FallSearch {
  /** In the order of the chain. */
  readonly rows: readonly FallRow[];
  /** Spans that are not yet, or cannot be, narrowed down to neighbouring blocks. */
  readonly wide: readonly FallSpan[];
  /** Blocks not read yet to read (end and start) before searching again; ascending, each once. */
  readonly readNext: readonly bigint[];
  /** Blocks read at their end alone whose start would tell more, as far as an endpoint can set the clock of a call. */
  readonly readStarts: readonly bigint[];
  /** `BlockTotals.unmoved` of read blocks that would show falls which interest hides; one at most for a block. */
  readonly readUnmoved: readonly UnmovedRequest[];
}

/**
 * Units by which total assets may fall without that anybody lost anything.
 *
 * A Flux vault: none. It keeps interest as undivided numerators and divides the sum once in a view, time only adds
 * to it, deposits and withdrawals move whole units beside it, and what collecting interest rounds falls to LPs
 * (`InterestLedger`). Another vault: two, since what it holds elsewhere is rounded down once by itself and once by
 * whoever keeps it.
 */
export const FALL_ROUNDING_ASSETS = { flux: 0n, other: 2n } as const;

export interface FallSearchInput {
  readonly timelines: readonly BlockTimeline[];
  readonly virtualShares: bigint;
  readonly isFlux: boolean;
  /** Blocks that were asked for in vain: they are not asked for again. */
  readonly unavailableBlocks: readonly bigint[];
}

/** The last read block before, and what total assets must at least be by now if nothing was lost. */
interface Standing {
  readonly block: BlockRef;
  readonly leastAssets: bigint;
  /** Whether every block with logs since then was read. */
  readonly isDirect: boolean;
}

interface Search {
  readonly input: FallSearchInput;
  readonly roundingAssets: bigint;
  readonly unavailable: ReadonlySet<bigint>;
  readonly rows: FallRow[];
  readonly wide: FallSpan[];
  readonly readStarts: bigint[];
  readonly readUnmoved: UnmovedRequest[];
}

/**
 * Every fall of the share price that no event explains.
 *
 * Inside a block: its end is lower than its start and its logs leave it. Between two read blocks: the later one starts
 * lower than the earlier one ended, with the flows of blocks in between that could not be read; and for a Flux vault,
 * whose total grows with the clock alone between two logs, also other than the earlier state under the later clock.
 * Every span is narrowed down until the fall stands inside one block, where start and end share one clock, so that
 * what is listed is neither more nor less than what went. Spans with nothing but a changed rate or fee dissolve.
 *
 * Pure: the search says what to read next; whoever reads asks again with the timelines that include it, until nothing
 * is asked for that can be had.
 */
export function searchFalls(input: FallSearchInput): FallSearch {
  const search: Search = {
    input,
    roundingAssets: input.isFlux ? FALL_ROUNDING_ASSETS.flux : FALL_ROUNDING_ASSETS.other,
    unavailable: new Set(input.unavailableBlocks),
    rows: [],
    wide: [],
    readStarts: [],
    readUnmoved: [],
  };
  let standing: Standing | undefined;
  for (const timeline of input.timelines) {
    if (standing !== undefined) searchSpan(search, { standing, timeline });
    searchInside(search, { standing, timeline });
    standing = standingAfter(standing, timeline);
  }
  const readNext = search.wide.flatMap((span) => (span.readNext === undefined ? [] : [span.readNext]));
  return {
    rows: search.rows.sort((a, b) => compareLogs(a.at, b.at)),
    wide: search.wide,
    readNext: [...new Set(readNext)].sort(compareBigint),
    readStarts: search.readStarts,
    readUnmoved: search.readUnmoved,
  };
}

interface Place {
  readonly standing: Standing | undefined;
  readonly timeline: BlockTimeline;
}

/** Between the end of the last read block and the start of this one. */
function searchSpan(search: Search, { standing, timeline }: Place & { readonly standing: Standing }): void {
  const { block, start, isStartRead } = timeline;
  if (block === undefined || start.assets === undefined) return;
  const from = standing.block;
  const isNarrow = block.number - from.number === 1n;
  const unmoved = timeline.unmoved?.sinceBlock === from.number ? timeline.unmoved : undefined;
  const mayHide = search.input.isFlux && standing.isDirect && !(isStartRead && isNarrow);
  if (mayHide && unmoved === undefined) {
    search.readUnmoved.push({ sinceBlock: from.number, atBlock: block.number });
  }
  const hasFallen = standing.leastAssets - start.assets > search.roundingAssets;
  // Higher than it should be is as telling: a rate or a fee was changed there, behind which something may have gone.
  const isHidden = mayHide && unmoved !== undefined && unmoved.totalAssets !== start.assets;
  if (hasFallen) {
    search.rows.push(
      rowOf(search, {
        from,
        to: block,
        logIndex: -1,
        beforeAssets: standing.leastAssets,
        afterAssets: start.assets,
        supplyShares: start.supplyShares,
      }),
    );
  }
  if (!hasFallen && !isHidden) return;
  // Whether it went inside this block or before it is told by its start.
  if (!isStartRead) search.readStarts.push(block.number);
  if (!isNarrow) widen(search, { from, to: block, next: (from.number + block.number) / 2n });
}

function widen(
  search: Search,
  { from, to, next }: { readonly from: BlockRef; readonly to: BlockRef; readonly next: bigint },
): void {
  const readNext = search.unavailable.has(next) ? undefined : next;
  search.wide.push({ from: from.number, to: to.number, readNext });
}

/** Inside the block: what the logs between two known totals do not explain. */
function searchInside(search: Search, { standing, timeline }: Place): void {
  const { block, falls } = timeline;
  if (block === undefined) return;
  for (const fall of falls) {
    if (fall.beforeAssets - fall.afterAssets <= search.roundingAssets) continue;
    // Without any read block before, the fall is still known to the block: only the name of its parent is not.
    const from = standing?.block ?? block;
    search.rows.push(rowOf(search, { ...fall, from, to: block }));
    if (from.number !== block.number - 1n) {
      widen(search, { from, to: block, next: block.number - 1n });
    }
  }
}

function standingAfter(before: Standing | undefined, timeline: BlockTimeline): Standing | undefined {
  const { block, end, netAssets } = timeline;
  if (block !== undefined && end.assets !== undefined) {
    return { block, leastAssets: end.assets, isDirect: true };
  }
  if (before === undefined || netAssets === undefined) return undefined;
  return { block: before.block, leastAssets: maxOf(before.leastAssets + netAssets, 0n), isDirect: false };
}

function rowOf(
  { input }: Search,
  fall: Omit<InsideFall, "supplyShares"> & {
    readonly supplyShares: bigint | undefined;
    readonly from: BlockRef;
    readonly to: BlockRef;
  },
): FallRow {
  const { from, to, beforeAssets, afterAssets, supplyShares = 0n } = fall;
  const { virtualShares } = input;
  const priceAt = (totalAssets: bigint) =>
    sharePriceOf({ totalAssets, totalSupplyShares: supplyShares, virtualShares });
  return {
    from,
    to,
    at: { blockNumber: to.number, logIndex: fall.logIndex },
    totalAssetsBefore: beforeAssets,
    totalAssetsAfter: afterAssets,
    totalSupplyShares: supplyShares,
    lpLossAssets: beforeAssets - afterAssets,
    priceBefore: priceAt(beforeAssets),
    priceAfter: priceAt(afterAssets),
    isNarrow: to.number - from.number === 1n,
  };
}

/** Totals that were read at the end of blocks for other purposes, added to those that were read for the ledger. */
export function withSampledTotals(
  totals: readonly BlockTotals[],
  samples: readonly Pick<BlockTotals, "block" | "totalAssets" | "totalSupplyShares">[],
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
