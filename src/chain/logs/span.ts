/**
 * How many blocks to ask for at once, learnt from what an endpoint serves and refuses.
 *
 * Two limits are told apart: a cap on the range, which is a property of the endpoint, and a cap on the answer, which
 * depends on how many logs lie in that stretch. The first is remembered; the second only shrinks the next question.
 */
export interface SpanControl {
  /** Blocks to ask for next. */
  next(): bigint;
  /** Whether the next question is much larger than any that was answered; it should go alone. */
  isClimbing(): boolean;
  onServed(served: { readonly blocks: bigint; readonly bytes: number }): void;
  onRefused(refused: {
    readonly blocks: bigint;
    readonly suggestedBlocks: bigint | undefined;
    readonly limit: "blocks" | "answer";
  }): void;
  /** Round numbers of logs cost a second reading; a span a little off the round ones avoids them. */
  onRoundCount(): void;
  /** The endpoint's range cap as far as it is known: what was served, and the least that was refused. */
  learnt(): LearntCap;
}

export interface LearntCap {
  readonly served: bigint;
  readonly refused: bigint | undefined;
}

/** Ranges that providers are known to allow; after a refusal the next lower one is tried. */
const COMMON_CAPS: readonly bigint[] = [
  1n,
  2n,
  5n,
  10n,
  20n,
  50n,
  100n,
  200n,
  500n,
  800n,
  1000n,
  1024n,
  2000n,
  2048n,
  3000n,
  3500n,
  5000n,
  8000n,
  10_000n,
  20_000n,
  50_000n,
  100_000n,
  200_000n,
  500_000n,
  1_000_000n,
];

/** Evenly spread logs in ranges of 10,000 blocks come in round numbers; in ranges of 9,730 they hardly do. */
const SKEW_PER_MILLE = 973n;
const LEAST_SKEWED = 100n;

const FIRST_SPAN = 10_000n;
const MAX_SPAN = 10_000_000n;
const MAX_GROWTH = 8n;
/** Answers of two to four megabytes: large enough to be few, small enough to parse in one frame or two. */
const TARGET_BYTES = 3_000_000;

function commonCapBelow(blocks: bigint): bigint {
  return COMMON_CAPS.findLast((cap) => cap < blocks) ?? 1n;
}

function commonCapBetween(served: bigint, refused: bigint): bigint | undefined {
  return COMMON_CAPS.find((cap) => cap > served && cap < refused);
}

function minimum(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}

/** Starts from what was learnt in an earlier session, if anything. */
export function createSpanControl(learnt?: LearntCap): SpanControl {
  let served = learnt?.served ?? 0n;
  let refused = learnt?.refused;
  let span = served > 0n ? served : FIRST_SPAN;
  if (refused !== undefined && span >= refused) span = commonCapBelow(refused);
  let probing = false;
  let skewed = false;

  function skew(blocks: bigint): bigint {
    return skewed && blocks >= LEAST_SKEWED ? (blocks * SKEW_PER_MILLE) / 1000n : blocks;
  }

  function grow(blocks: bigint, bytes: number): void {
    const perBlock = Math.max(bytes, 1);
    const wanted = (blocks * BigInt(TARGET_BYTES)) / BigInt(Math.ceil(perBlock));
    const target = minimum(minimum(wanted, blocks * MAX_GROWTH), MAX_SPAN);
    if (refused === undefined) {
      span = target > 1n ? target : 1n;
      return;
    }
    // Above what was served, only known caps are tried, one question at a time.
    span = minimum(target > 1n ? target : 1n, served);
  }

  return {
    next() {
      if (refused === undefined || served === 0n || span < served || probing) return skew(span);
      const candidate = commonCapBetween(served, refused);
      if (candidate === undefined) return skew(span);
      probing = true;
      return candidate;
    },
    isClimbing: () => span > served * 2n,
    onServed({ blocks, bytes }) {
      if (blocks > served) {
        served = blocks;
        if (refused !== undefined && refused <= served) refused = undefined;
        probing = false;
      }
      if (blocks >= skew(span) || bytes > TARGET_BYTES) grow(blocks, bytes);
    },
    onRefused({ blocks, suggestedBlocks, limit }) {
      probing = false;
      const suggestion =
        suggestedBlocks !== undefined && suggestedBlocks < blocks ? suggestedBlocks : undefined;
      if (limit === "answer") {
        span = minimum(span, suggestion ?? (blocks > 1n ? blocks / 2n : 1n));
        return;
      }
      // A suggestion is believed to be the cap itself, so nothing between it and the refusal is tried again.
      const least = suggestion === undefined ? blocks : suggestion + 1n;
      if (refused === undefined || least < refused) refused = least;
      if (served >= refused) served = 0n;
      span = minimum(span, suggestion ?? commonCapBelow(served === 0n ? (blocks + 1n) / 2n + 1n : blocks));
    },
    onRoundCount() {
      skewed = true;
    },
    learnt: () => ({ served, refused }),
  };
}
