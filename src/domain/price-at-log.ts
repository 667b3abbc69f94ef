import { type BlockTimeline, blockTimelinesOf, type TimedStep } from "./block-timeline";
import { known, unknown } from "./figure";
import type { BlockTotals, LogPrices } from "./ledger-model";
import type { LogPosition } from "./log-order";
import type { Figure, SharePrice, VaultHistory } from "./model";
import { sharePriceOf } from "./share-price";

const NOT_READ: Figure<SharePrice> = unknown("archive-unavailable");

/** Makes prices of totals; the last one is kept, since neighbours mostly share theirs. */
class Pricer {
  #assets: bigint | undefined = undefined;
  #supplyShares: bigint | undefined = undefined;
  #price: Figure<SharePrice> = NOT_READ;

  constructor(readonly virtualShares: bigint) {}

  priceOf(assets: bigint | undefined, supplyShares: bigint | undefined): Figure<SharePrice> {
    if (assets === undefined || supplyShares === undefined) return NOT_READ;
    if (this.#assets === assets && this.#supplyShares === supplyShares) return this.#price;
    const { virtualShares } = this;
    const price = sharePriceOf({ totalAssets: assets, totalSupplyShares: supplyShares, virtualShares });
    this.#assets = assets;
    this.#supplyShares = supplyShares;
    this.#price = price.shares > 0n ? known(price) : unknown("no-supply");
    return this.#price;
  }
}

/** All prices in flat lists: those of block i stand from `first[i]` up to `first[i + 1]`, by ascending log index. */
interface PriceTable {
  readonly blocks: readonly bigint[];
  readonly first: readonly number[];
  readonly logIndices: readonly number[];
  readonly before: readonly Figure<SharePrice>[];
  readonly after: readonly Figure<SharePrice>[];
  /** By block. */
  readonly start: readonly Figure<SharePrice>[];
  readonly end: readonly Figure<SharePrice>[];
}

function tableOf(timelines: readonly BlockTimeline[], virtualShares: bigint): PriceTable {
  const pricer = new Pricer(virtualShares);
  const blocks: bigint[] = [];
  const first: number[] = [0];
  const logIndices: number[] = [];
  const before: Figure<SharePrice>[] = [];
  const after: Figure<SharePrice>[] = [];
  const start: Figure<SharePrice>[] = [];
  const end: Figure<SharePrice>[] = [];
  for (const timeline of timelines) {
    blocks.push(timeline.blockNumber);
    start.push(pricer.priceOf(timeline.start.assets, timeline.start.supplyShares));
    for (const [logIndex, timed] of placesOf(timeline.steps)) {
      logIndices.push(logIndex);
      before.push(pricer.priceOf(timed.assetsBefore, timed.supplyBefore));
      after.push(pricer.priceOf(timed.assetsAfter, timed.supplyAfter));
    }
    first.push(logIndices.length);
    end.push(pricer.priceOf(timeline.end.assets, timeline.end.supplyShares));
  }
  return { blocks, first, logIndices, before, after, start, end };
}

/** The logs of a block's steps: one or two each, since an action may hold another one's log between its own. */
function placesOf(steps: readonly TimedStep[]): readonly (readonly [logIndex: number, timed: TimedStep])[] {
  const places: (readonly [number, TimedStep])[] = [];
  for (const timed of steps) {
    const { firstLogIndex, lastLogIndex } = timed.step;
    places.push([firstLogIndex, timed]);
    if (lastLogIndex !== firstLogIndex) places.push([lastLogIndex, timed]);
  }
  return places.length < 2 ? places : places.sort(([a], [b]) => a - b);
}

/** The first place of an ascending list, between `from` and `to`, that is not below `wanted`. */
function lowerBound<T extends number | bigint>(
  list: readonly T[],
  { wanted, from, to }: { readonly wanted: T; readonly from: number; readonly to: number },
): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = list[middle];
    if (item !== undefined && item < wanted) low = middle + 1;
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
  const table = tableOf(timelines, virtualShares);
  const { blocks, first, logIndices } = table;
  let asked: LogPosition = { blockNumber: -1n, logIndex: 0 };
  let block = 0;
  let before: Figure<SharePrice> = NOT_READ;
  let after: Figure<SharePrice> = NOT_READ;
  const look = ({ blockNumber, logIndex }: LogPosition): void => {
    if (asked.logIndex === logIndex && asked.blockNumber === blockNumber) return;
    asked = { blockNumber, logIndex };
    // Whoever follows the chain asks for the block behind the last one next.
    if (blocks[block + 1] === blockNumber) block += 1;
    else if (blocks[block] !== blockNumber) {
      block = lowerBound(blocks, { wanted: blockNumber, from: 0, to: blocks.length });
    }
    const end = blocks[block] === blockNumber ? table.end[block] : undefined;
    const to = first[block + 1];
    if (end === undefined || to === undefined) {
      before = NOT_READ;
      after = NOT_READ;
      return;
    }
    const place = lowerBound(logIndices, { wanted: logIndex, from: first[block] ?? to, to });
    const next = place < to ? (table.before[place] ?? end) : end;
    before = logIndex < 0 ? (table.start[block] ?? next) : next;
    after = place < to && logIndices[place] === logIndex ? (table.after[place] ?? end) : next;
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
