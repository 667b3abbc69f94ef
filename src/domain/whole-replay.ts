import { known, unknown } from "./figure";
import { type Holdings, holdersAtEnd } from "./holdings";
import { sumOf } from "./math";
import type { Figure, VaultHistory, VaultState } from "./model";

/**
 * Whether replayed holdings may be believed: the history is whole and belongs to the state's block, nobody ever sent
 * more than they had, and the shares add up to the supply.
 */
export function wholeReplayOf(input: {
  readonly state: Pick<VaultState, "block" | "totalSupplyShares">;
  readonly history: Pick<VaultHistory, "complete" | "toBlock">;
  readonly holdings: Holdings;
}): Figure<true> {
  const { state, history, holdings } = input;
  if (history.toBlock !== state.block.number) return unknown("blocks-differ");
  const held = sumOf(holdersAtEnd(holdings).map(({ shares }) => shares));
  const isWhole =
    history.complete && holdings.firstOverdraft === undefined && held === state.totalSupplyShares;
  return isWhole ? known(true as const) : unknown("history-partial");
}
