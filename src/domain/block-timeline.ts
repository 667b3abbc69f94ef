import { type BlockStep, MAX_FEE_DUST_ASSETS, stepsByBlock } from "./block-steps";
import type { BlockTotals } from "./ledger-model";
import { allocateByLargestRemainder, type Weight } from "./loss-share";
import { compareBigint, minOf, sumOf } from "./math";
import type { Address, BlockRef, VaultHistory } from "./model";

/** Total assets and supply at one place of a block; undefined where nothing read or stated leads to them. */
export interface TotalsAt {
  readonly assets: bigint | undefined;
  readonly supplyShares: bigint | undefined;
}

/** A step with the totals around it. */
export interface TimedStep {
  readonly step: BlockStep;
  readonly before: TotalsAt;
  readonly after: TotalsAt;
  /** How many losses without an event share the fall that was found; one where the amount is its own. */
  readonly lossesTogether: number;
}

/** Assets that went inside a block without a log. */
export interface InsideFall {
  /** The place: after everything before this log index; −1 for the block's start. */
  readonly logIndex: number;
  readonly beforeAssets: bigint;
  readonly afterAssets: bigint;
  readonly supplyShares: bigint | undefined;
}

/** Everything that is known of one block's totals, from its start to its end. */
export interface BlockTimeline {
  readonly blockNumber: bigint;
  /** Undefined where the block was not read. */
  readonly block: BlockRef | undefined;
  /** Before the first transaction, under the block's own clock: read, or walked back to. */
  readonly start: TotalsAt;
  readonly isStartRead: boolean;
  readonly unmoved: BlockTotals["unmoved"];
  readonly end: TotalsAt;
  readonly steps: readonly TimedStep[];
  readonly falls: readonly InsideFall[];
  /** What the logs say that the block did to total assets; undefined with a loss that the vault did not state. */
  readonly netAssets: bigint | undefined;
}

/** Mutable while the block is solved. */
interface Work {
  readonly step: BlockStep;
  change: bigint | undefined;
  before: bigint | undefined;
  after: bigint | undefined;
  supplyBefore: bigint | undefined;
  supplyAfter: bigint | undefined;
  lossesTogether: number;
}

/** Steps between two places whose total assets are known or not: block ends and the vault's own statements. */
interface Segment {
  readonly steps: readonly Work[];
  readonly leftLogIndex: number;
  readonly left: bigint | undefined;
  readonly right: bigint | undefined;
}

const isDerived = ({ step }: Work) => step.unstated !== undefined;

/**
 * Spreads what collecting interest freed over the collections, the likely ones first, one unit a turn in their order;
 * returns what is left. Where several share a block and no total between them is known, nothing tells whose it was.
 */
function spreadDust(steps: readonly Work[], freed: bigint): bigint {
  let left = freed;
  for (const dust of ["likely", "unlikely"] as const) {
    for (let turn = 0n; turn < MAX_FEE_DUST_ASSETS; turn += 1n) {
      for (const work of steps) {
        if (left === 0n) return 0n;
        if (work.step.dust !== dust) continue;
        work.change = (work.change ?? 0n) + 1n;
        left -= 1n;
      }
    }
  }
  return left;
}

/** Splits what was lost in proportion to bad debt, to the unit; equal remainders to the lower manager. */
function splitLoss(derived: readonly Work[], lostAssets: bigint): void {
  const waiting = new Map<Address, Work[]>();
  const weights: Weight[] = [];
  for (const work of derived) {
    const { unstated } = work.step;
    if (unstated === undefined) continue;
    weights.push({ address: unstated.manager, weight: unstated.badDebtAssets });
    waiting.set(unstated.manager, [...(waiting.get(unstated.manager) ?? []), work]);
  }
  const split = allocateByLargestRemainder({ amount: lostAssets, weights });
  if (split.kind === "unknown") return;
  for (const { address, amount } of split.value) {
    const work = address === undefined ? undefined : waiting.get(address)?.shift();
    if (work === undefined) continue;
    work.change = -amount;
    work.lossesTogether = derived.length;
  }
}

/** Gives every step of a segment its change; returns what no log explains, which is put before the first step. */
function explain({ steps, left, right }: Segment): bigint {
  const derived = steps.filter(isDerived);
  const badDebtOf = ({ step }: Work) => step.unstated?.badDebtAssets ?? 0n;
  if (left === undefined || right === undefined) {
    for (const work of steps) if (isDerived(work) || work.step.dust !== "none") work.change = undefined;
    return 0n;
  }
  const gap = right - left - sumOf(steps.map(({ step }) => step.assetsChange));
  if (gap < 0n && derived.length > 0) {
    const lost = minOf(-gap, sumOf(derived.map(badDebtOf)));
    splitLoss(derived, lost);
    return gap + lost;
  }
  if (gap <= 0n) return gap;
  return spreadDust(steps, gap);
}

function* backwards<T>(list: readonly T[]): Iterable<T> {
  for (let place = list.length - 1; place >= 0; place -= 1) {
    const item = list[place];
    if (item !== undefined) yield item;
  }
}

/** Walks a segment from its right end, or from its left end where nothing is known of the right. */
function walk({ steps, left, right }: Segment): void {
  let total = right;
  for (const work of backwards(steps)) {
    work.after = total;
    total = total === undefined || work.change === undefined ? undefined : total - work.change;
    work.before = total;
  }
  total = left;
  for (const work of steps) {
    if (total === undefined) break;
    work.before ??= total;
    total = work.change === undefined ? undefined : total + work.change;
    work.after ??= total;
  }
}

function segmentsOf(
  works: readonly Work[],
  ends: { readonly start: bigint | undefined; readonly end: bigint | undefined },
): readonly Segment[] {
  const segments: Segment[] = [];
  let steps: Work[] = [];
  let left = ends.start;
  let leftLogIndex = -1;
  for (const work of works) {
    const { stated, lastLogIndex } = work.step;
    if (stated === undefined) {
      steps.push(work);
      continue;
    }
    segments.push({ steps, leftLogIndex, left, right: stated.beforeAssets });
    work.before = stated.beforeAssets;
    work.after = stated.afterAssets;
    steps = [];
    left = stated.afterAssets;
    leftLogIndex = lastLogIndex + 1;
  }
  segments.push({ steps, leftLogIndex, left, right: ends.end });
  return segments;
}

/** The supply around every step, from the block's end, its start, or what the vault stated in between. */
function walkSupply(
  works: readonly Work[],
  ends: { readonly start: bigint | undefined; readonly end: bigint | undefined },
): bigint | undefined {
  let supply = ends.end;
  if (supply === undefined) {
    const from = works.findIndex(({ step }) => step.stated !== undefined);
    const known = from < 0 ? ends.start : works[from]?.step.stated?.supplyShares;
    if (known === undefined) return undefined;
    supply = known + sumOf(works.slice(Math.max(from, 0)).map(({ step }) => step.sharesChange));
  }
  for (const work of backwards(works)) {
    work.supplyAfter = supply;
    supply -= work.step.sharesChange;
    work.supplyBefore = supply;
  }
  return supply;
}

function timelineOf(input: {
  readonly blockNumber: bigint;
  readonly steps: readonly BlockStep[];
  readonly totals: BlockTotals | undefined;
}): BlockTimeline {
  const { blockNumber, totals } = input;
  const works: Work[] = input.steps.map((step) => ({
    step,
    change: step.assetsChange,
    before: undefined,
    after: undefined,
    supplyBefore: undefined,
    supplyAfter: undefined,
    lossesTogether: 1,
  }));
  const startRead = totals?.atStart;
  const supplyAtStart = walkSupply(works, {
    start: startRead?.totalSupplyShares,
    end: totals?.totalSupplyShares,
  });
  const falls: InsideFall[] = [];
  const segments = segmentsOf(works, { start: startRead?.totalAssets, end: totals?.totalAssets });
  for (const segment of segments) {
    const unexplained = explain(segment);
    walk(segment);
    if (unexplained < 0n && segment.left !== undefined) {
      falls.push({
        logIndex: segment.leftLogIndex,
        beforeAssets: segment.left,
        afterAssets: segment.left + unexplained,
        supplyShares: supplyAt(works, { logIndex: segment.leftLogIndex, supplyAtStart }),
      });
    }
  }
  const first = works[0];
  return {
    blockNumber,
    block: totals?.block,
    isStartRead: startRead !== undefined,
    unmoved: totals?.unmoved,
    start: {
      assets: startRead?.totalAssets ?? (first === undefined ? totals?.totalAssets : first.before),
      supplyShares: supplyAtStart,
    },
    end: { assets: totals?.totalAssets, supplyShares: totals?.totalSupplyShares },
    steps: works.map((work) => ({
      step: work.step,
      before: { assets: work.before, supplyShares: work.supplyBefore },
      after: { assets: work.after, supplyShares: work.supplyAfter },
      lossesTogether: work.lossesTogether,
    })),
    falls,
    netAssets: works.some(isDerived) ? undefined : sumOf(works.map(({ step }) => step.assetsChange)),
  };
}

/** The supply at a place of the block, when everything before the log index has happened. */
function supplyAt(
  works: readonly Work[],
  { logIndex, supplyAtStart }: { readonly logIndex: number; readonly supplyAtStart: bigint | undefined },
): bigint | undefined {
  let supply = supplyAtStart;
  for (const { step, supplyAfter } of works) {
    if (step.firstLogIndex >= logIndex) break;
    supply = supplyAfter;
  }
  return supply;
}

/**
 * The totals around every log of every block that has logs or was read, in the order of the chain.
 *
 * Inside one block nothing but its logs moves total assets: deposits and withdrawals by their assets, recoveries by
 * theirs, losses by what the vault states. What the vault states (before and after a loss, before a recovery) and
 * what was read (the block's end, its start) are fixed; in between, the logs are walked back from the right. What
 * they leave unexplained is, in this order: the loss of liquidations whose loss the vault did not state, at most
 * their bad debt and split in proportion to it; units that collecting interest freed; a fall before the first log.
 */
export function blockTimelinesOf(input: {
  readonly history: Pick<VaultHistory, "vault">;
  readonly totals: readonly BlockTotals[];
}): readonly BlockTimeline[] {
  const totals = new Map(input.totals.map((one) => [one.block.number, one]));
  const steps = new Map(stepsByBlock(input.history).map((one) => [one.blockNumber, one.steps]));
  const numbers = [...new Set([...steps.keys(), ...totals.keys()])].sort(compareBigint);
  return numbers.map((blockNumber) =>
    timelineOf({ blockNumber, steps: steps.get(blockNumber) ?? [], totals: totals.get(blockNumber) }),
  );
}
