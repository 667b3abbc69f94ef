import { type BlockTimeline, blockTimelinesOf, type TotalsAt } from "./block-timeline";
import { known, unknown } from "./figure";
import type { BlockTotals, LogPrices } from "./ledger-model";
import type { LogPosition } from "./log-order";
import type { Figure, SharePrice, VaultHistory } from "./model";
import { sharePriceOf } from "./share-price";

/** What the prices of one block are made of: a price before and after each log that belongs to an action. */
interface BlockPrices {
  /** Ascending. */
  readonly logIndices: readonly number[];
  readonly before: readonly Figure<SharePrice>[];
  readonly after: readonly Figure<SharePrice>[];
  readonly start: Figure<SharePrice>;
  readonly end: Figure<SharePrice>;
}

const NOT_READ: Figure<SharePrice> = unknown("archive-unavailable");

/** Makes prices of totals; the last one is kept, since neighbours mostly share theirs. */
function pricer(virtualShares: bigint) {
  let last: TotalsAt | undefined;
  let lastPrice: Figure<SharePrice> = NOT_READ;
  return ({ assets, supplyShares }: TotalsAt): Figure<SharePrice> => {
    if (assets === undefined || supplyShares === undefined) return NOT_READ;
    if (last?.assets === assets && last.supplyShares === supplyShares) return lastPrice;
    const price = sharePriceOf({ totalAssets: assets, totalSupplyShares: supplyShares, virtualShares });
    last = { assets, supplyShares };
    lastPrice = price.shares > 0n ? known(price) : unknown("no-supply");
    return lastPrice;
  };
}

function blockPricesOf(
  timeline: BlockTimeline,
  priceOf: (totals: TotalsAt) => Figure<SharePrice>,
): BlockPrices {
  const places: { logIndex: number; before: Figure<SharePrice>; after: Figure<SharePrice> }[] = [];
  for (const { step, before, after } of timeline.steps) {
    const prices = { before: priceOf(before), after: priceOf(after) };
    places.push({ logIndex: step.firstLogIndex, ...prices });
    if (step.lastLogIndex !== step.firstLogIndex) places.push({ logIndex: step.lastLogIndex, ...prices });
  }
  places.sort((a, b) => a.logIndex - b.logIndex);
  return {
    logIndices: places.map(({ logIndex }) => logIndex),
    before: places.map(({ before }) => before),
    after: places.map(({ after }) => after),
    start: priceOf(timeline.start),
    end: priceOf(timeline.end),
  };
}

/** The first place in an ascending list that is not below `wanted`. */
function lowerBound(list: readonly number[], wanted: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface LogPricesInput {
  readonly history: Pick<VaultHistory, "vault">;
  /** What was read, in any order. */
  readonly totals: readonly BlockTotals[];
  readonly virtualShares: bigint;
}

/**
 * The exact share prices around any log of a vault, by the totals that were read.
 *
 * A place between logs has one price, that before the next action; the place −1 of a block is its start, a place
 * behind its last action its end. Unknown "archive-unavailable" where neither a reading nor a statement of the vault
 * leads to the place, "no-supply" where the vault converts by no shares. Building is one pass over the logs; a
 * question is a look-up of its block and a binary search inside it, and nothing at all when it repeats the place of
 * the question before.
 */
export function logPricesOf(input: LogPricesInput): LogPrices {
  return logPricesFrom(blockTimelinesOf(input), input.virtualShares);
}

/** Like {@link logPricesOf}, for whoever has the timelines already. */
export function logPricesFrom(timelines: readonly BlockTimeline[], virtualShares: bigint): LogPrices {
  const priceOf = pricer(virtualShares);
  const blocks = new Map<bigint, BlockPrices>();
  for (const timeline of timelines) blocks.set(timeline.blockNumber, blockPricesOf(timeline, priceOf));
  let asked: LogPosition = { blockNumber: -1n, logIndex: 0 };
  let before: Figure<SharePrice> = NOT_READ;
  let after: Figure<SharePrice> = NOT_READ;
  const look = (at: LogPosition): void => {
    if (asked.logIndex === at.logIndex && asked.blockNumber === at.blockNumber) return;
    asked = { blockNumber: at.blockNumber, logIndex: at.logIndex };
    const block = blocks.get(at.blockNumber);
    before = NOT_READ;
    after = NOT_READ;
    if (block === undefined) return;
    const place = lowerBound(block.logIndices, at.logIndex);
    const isLog = block.logIndices[place] === at.logIndex;
    before = at.logIndex < 0 ? block.start : (block.before[place] ?? block.end);
    after = isLog ? (block.after[place] ?? block.end) : (block.before[place] ?? block.end);
  };
  return {
    before: (at) => {
      look(at);
      return before;
    },
    after: (at) => {
      look(at);
      return after;
    },
  };
}
