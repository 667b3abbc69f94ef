import { compareBigint } from "../math";
import type { Address } from "../model";

/** One answer of a price feed, in the feed's own units. */
export interface Round {
  readonly atSeconds: bigint;
  readonly answer: bigint;
}

/** The rounds of the feeds that price a vault's assets, by asset; each list ascending in time. */
export type RoundsByAsset = ReadonlyMap<Address, readonly Round[]>;

/** The answer that stood at a moment: the newest round not after it; undefined before the first. */
export function answerAt(rounds: readonly Round[], atSeconds: bigint): Round | undefined {
  let low = 0;
  let high = rounds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rounds[middle]?.atSeconds ?? 0n) <= atSeconds) low = middle + 1;
    else high = middle;
  }
  return rounds[low - 1];
}

/** Every moment at which some feed published, ascending, each once. */
export function momentsOf(rounds: RoundsByAsset): readonly bigint[] {
  const moments = new Set<bigint>();
  for (const one of rounds.values()) for (const { atSeconds } of one) moments.add(atSeconds);
  return [...moments].sort(compareBigint);
}
