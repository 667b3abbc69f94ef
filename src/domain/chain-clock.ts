import { unixSecondsFromMilliseconds } from "@/shared/unix-time";
import type { BlockRef } from "./model";

/** What time it is for a chain, and how far this machine's clock is from the chain's. */
export interface ChainTime {
  /** The later of this machine's clock and the chain's, never going back. */
  readonly nowSeconds: bigint;
  /**
   * This machine's clock minus the chain's (its newest block's time plus what has passed since that was seen).
   * undefined before the first block. Positive: the chain is behind, or this machine is ahead.
   */
  readonly gapSeconds: bigint | undefined;
  /** The gap is too large to leave unsaid. */
  readonly isGapNamed: boolean;
}

/** A gap between the two clocks above which it is named beside every age. */
export const NAMED_GAP_SECONDS = 120n;

interface ClockReadings {
  readonly head: {
    readonly head: BlockRef | undefined;
    /** When that block was first seen, on a monotonic clock. */
    readonly seenAtMs: number | undefined;
  };
  /** `Date.now()`: what people set, wrongly at times. */
  readonly wallMs: number;
  /** Monotonic, on the same clock as `seenAtMs`. */
  readonly nowMs: number;
  /** The last answer, below which this one must not go. */
  readonly notBeforeSeconds: bigint;
}

/** Reads the time of a chain. Pure: all clocks are passed in. */
export function chainTimeOf({ head, wallMs, nowMs, notBeforeSeconds }: ClockReadings): ChainTime {
  const wall = unixSecondsFromMilliseconds(wallMs);
  if (head.head === undefined || head.seenAtMs === undefined) {
    return { nowSeconds: later(wall, notBeforeSeconds), gapSeconds: undefined, isGapNamed: false };
  }
  const sinceSeen = unixSecondsFromMilliseconds(Math.max(0, nowMs - head.seenAtMs));
  const chain = head.head.timestampSeconds + sinceSeen;
  const gapSeconds = wall - chain;
  const distance = gapSeconds < 0n ? -gapSeconds : gapSeconds;
  return {
    nowSeconds: later(later(wall, chain), notBeforeSeconds),
    gapSeconds,
    isGapNamed: distance > NAMED_GAP_SECONDS,
  };
}

/** How old a block time is; never negative, since `nowSeconds` is at least the chain's own time. */
export function ageSecondsOf(time: ChainTime, atSeconds: bigint): bigint {
  return time.nowSeconds > atSeconds ? time.nowSeconds - atSeconds : 0n;
}

function later(left: bigint, right: bigint): bigint {
  return left > right ? left : right;
}
