import { type BlockStep, MAX_FEE_DUST_ASSETS, stepsByBlock } from "./block-steps";
import type { BlockTotals } from "./ledger-model";
import { allocateByLargestRemainder, type Weight } from "./loss-share";
import { compareBigint, minOf } from "./math";
import type { Address, BlockRef, VaultHistory } from "./model";

/** Total assets and supply at one place of a block; undefined where nothing read or stated leads to them. */
export interface TotalsAt {
  readonly assets: bigint | undefined;
  readonly supplyShares: bigint | undefined;
}

/** A step with the totals around it. */
export interface TimedStep {
  readonly step: BlockStep;
  readonly assetsBefore: bigint | undefined;
  readonly assetsAfter: bigint | undefined;
  readonly supplyBefore: bigint | undefined;
  readonly supplyAfter: bigint | undefined;
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

/** A step while its block is solved. `change`: what it did to total assets, undefined while that is open. */
class Work implements TimedStep {
  change: bigint | undefined;
  assetsBefore: bigint | undefined = undefined;
  assetsAfter: bigint | undefined = undefined;
  supplyBefore: bigint | undefined = undefined;
  supplyAfter: bigint | undefined = undefined;
  lossesTogether = 1;

  constructor(readonly step: BlockStep) {
    this.change = step.assetsChange;
  }
}

/** Steps between two places whose total assets are known or not: block ends and the vault's own statements. */
interface Segment {
  readonly steps: readonly Work[];
  readonly leftLogIndex: number;
  readonly left: bigint | undefined;
  readonly right: bigint | undefined;
}

interface Ends {
  readonly start: bigint | undefined;
  readonly end: bigint | undefined;
}

const NO_FALLS: readonly InsideFall[] = [];

function changeOf(steps: readonly Work[]): bigint {
  let sum = 0n;
  for (const { step } of steps) sum += step.assetsChange;
  return sum;
}

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

/**
 * Splits what was lost over the losses that the vault did not state, in proportion to bad debt and to the unit, equal
 * remainders to the lower manager; at most their bad debt together. Returns what is left.
 */
function splitLoss(derived: readonly Work[], lostAssets: bigint): bigint {
  const waiting = new Map<Address, Work[]>();
  const weights: Weight[] = [];
  let badDebtAssets = 0n;
  for (const work of derived) {
    const { unstated } = work.step;
    if (unstated === undefined) continue;
    badDebtAssets += unstated.badDebtAssets;
    weights.push({ address: unstated.manager, weight: unstated.badDebtAssets });
    waiting.set(unstated.manager, [...(waiting.get(unstated.manager) ?? []), work]);
  }
  const amount = minOf(lostAssets, badDebtAssets);
  const split = allocateByLargestRemainder({ amount, weights });
  if (split.kind === "unknown") return lostAssets;
  for (const part of split.value) {
    const work = part.address === undefined ? undefined : waiting.get(part.address)?.shift();
    if (work === undefined) continue;
    work.change = -part.amount;
    work.lossesTogether = derived.length;
  }
  return lostAssets - amount;
}

/** Gives every step of a segment its change; returns what no log explains, which is put before the first step. */
function explain({ steps, left, right }: Segment): bigint {
  if (left === undefined || right === undefined) {
    for (const work of steps) {
      if (work.step.unstated !== undefined || work.step.dust !== "none") work.change = undefined;
    }
    return 0n;
  }
  const gap = right - left - changeOf(steps);
  if (gap === 0n) return 0n;
  if (gap > 0n) return spreadDust(steps, gap);
  const derived = steps.filter(({ step }) => step.unstated !== undefined);
  return derived.length === 0 ? gap : -splitLoss(derived, -gap);
}

/** Walks a segment from its right end, and from its left end where that does not reach. */
function walk({ steps, left, right }: Segment): void {
  let total = right;
  for (let place = steps.length - 1; place >= 0 && total !== undefined; place -= 1) {
    const work = steps[place];
    if (work === undefined) continue;
    work.assetsAfter = total;
    total = work.change === undefined ? undefined : total - work.change;
    work.assetsBefore = total;
  }
  total = left;
  for (const work of steps) {
    if (total === undefined || work.assetsBefore !== undefined) return;
    work.assetsBefore = total;
    total = work.change === undefined ? undefined : total + work.change;
    work.assetsAfter ??= total;
  }
}

function segmentsOf(works: readonly Work[], ends: Ends): readonly Segment[] {
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
    work.assetsBefore = stated.beforeAssets;
    work.assetsAfter = stated.afterAssets;
    steps = [];
    left = stated.afterAssets;
    leftLogIndex = lastLogIndex + 1;
  }
  segments.push({ steps, leftLogIndex, left, right: ends.end });
  return segments;
}

/** The supply around every step, from the block's end, its start, or what the vault stated in between. */
function walkSupply(works: readonly Work[], ends: Ends): bigint | undefined {
  let supply = ends.end ?? supplyAtEnd(works, ends.start);
  if (supply === undefined) return undefined;
  for (let place = works.length - 1; place >= 0; place -= 1) {
    const work = works[place];
    if (work === undefined) continue;
    work.supplyAfter = supply;
    supply -= work.step.sharesChange;
    work.supplyBefore = supply;
  }
  return supply;
}

function supplyAtEnd(works: readonly Work[], start: bigint | undefined): bigint | undefined {
  let supply = start;
  for (const { step } of works) {
    supply = step.stated?.supplyShares ?? supply;
    if (supply !== undefined) supply += step.sharesChange;
  }
  return supply;
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

function timelineOf(
  blockNumber: bigint,
  { steps, totals }: { readonly steps: readonly BlockStep[]; readonly totals: BlockTotals | undefined },
): BlockTimeline {
  const works = steps.map((step) => new Work(step));
  const startRead = totals?.atStart;
  const supplyAtStart = walkSupply(works, {
    start: startRead?.totalSupplyShares,
    end: totals?.totalSupplyShares,
  });
  let falls = NO_FALLS;
  for (const segment of segmentsOf(works, { start: startRead?.totalAssets, end: totals?.totalAssets })) {
    const unexplained = explain(segment);
    walk(segment);
    if (unexplained >= 0n || segment.left === undefined) continue;
    const { leftLogIndex: logIndex, left: beforeAssets } = segment;
    const supplyShares = supplyAt(works, { logIndex, supplyAtStart });
    falls = [...falls, { logIndex, beforeAssets, afterAssets: beforeAssets + unexplained, supplyShares }];
  }
  const first = works[0];
  const hasUnstated = steps.some(({ unstated }) => unstated !== undefined);
  return {
    blockNumber,
    block: totals?.block,
    isStartRead: startRead !== undefined,
    unmoved: totals?.unmoved,
    start: {
      assets: startRead?.totalAssets ?? (first === undefined ? totals?.totalAssets : first.assetsBefore),
      supplyShares: supplyAtStart,
    },
    end: { assets: totals?.totalAssets, supplyShares: totals?.totalSupplyShares },
    steps: works,
    falls,
    netAssets: hasUnstated ? undefined : changeOf(works),
  };
}

const NO_STEPS: readonly BlockStep[] = [];

function byBlock(a: BlockTotals, b: BlockTotals): number {
  return compareBigint(a.block.number, b.block.number);
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
  /** In any order, each block once. */
  readonly totals: readonly BlockTotals[];
}): readonly BlockTimeline[] {
  const withSteps = stepsByBlock(input.history);
  const read = [...input.totals].sort(byBlock);
  const timelines: BlockTimeline[] = [];
  let nextSteps = 0;
  let nextRead = 0;
  for (;;) {
    const steps = withSteps[nextSteps];
    const totals = read[nextRead];
    const blockNumber = earlierOf(steps?.blockNumber, totals?.block.number);
    if (blockNumber === undefined) return timelines;
    const hasSteps = steps?.blockNumber === blockNumber;
    const isRead = totals?.block.number === blockNumber;
    timelines.push(
      timelineOf(blockNumber, {
        steps: hasSteps ? steps.steps : NO_STEPS,
        totals: isRead ? totals : undefined,
      }),
    );
    if (hasSteps) nextSteps += 1;
    if (isRead) nextRead += 1;
  }
}

function earlierOf(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
  if (a === undefined) return b;
  return b === undefined || a < b ? a : b;
}
