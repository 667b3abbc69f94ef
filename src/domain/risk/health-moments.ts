import { compareBigint } from "../math";
import type { Address, BlockRef, VaultHistory } from "../model";
import type { Round, RoundsByAsset } from "./rounds";

/** The blocks in which the vault's logs name a manager, each once, ascending: at their ends its position was another. */
export function ownBlocksOf({ vault }: Pick<VaultHistory, "vault">, manager: Address): readonly BlockRef[] {
  const blocks = new Map<bigint, BlockRef>();
  for (const event of vault) {
    if (!("manager" in event) || event.manager !== manager) continue;
    const { blockNumber: number, blockHash: hash, atSeconds: timestampSeconds } = event;
    blocks.set(number, { number, hash, timestampSeconds });
  }
  return [...blocks.values()].sort((a, b) => compareBigint(a.number, b.number));
}

/**
 * The moments at which prices were at their extremes: the span is cut into as many parts as leave at most `most` moments,
 * and of each part and each feed the lowest and the highest answer stay. So a fall is never between two moments.
 */
export function extremeMomentsOf(
  rounds: RoundsByAsset,
  span: { readonly fromSeconds: bigint; readonly toSeconds: bigint; readonly most: number },
): readonly bigint[] {
  const { fromSeconds, toSeconds } = span;
  const parts = BigInt(Math.max(1, Math.floor(span.most / (2 * Math.max(1, rounds.size)))));
  const length = toSeconds - fromSeconds;
  if (length <= 0n) return [];
  const moments = new Set<bigint>();
  for (const one of rounds.values()) {
    const extremes = new Map<bigint, { low: Round; high: Round }>();
    for (const round of one) {
      if (round.atSeconds <= fromSeconds || round.atSeconds > toSeconds) continue;
      const part = ((round.atSeconds - fromSeconds - 1n) * parts) / length;
      const found = extremes.get(part);
      if (found === undefined) extremes.set(part, { low: round, high: round });
      else if (round.answer < found.low.answer) found.low = round;
      else if (round.answer > found.high.answer) found.high = round;
    }
    for (const { low, high } of extremes.values()) moments.add(low.atSeconds).add(high.atSeconds);
  }
  return [...moments].sort(compareBigint);
}
