import { assert } from "@/shared/assert";
import { compareAddress } from "./address";
import { chainFigure, known, unknown } from "./figure";
import { type Holdings, movesBefore, supplySharesAt } from "./holdings";
import { cutOf } from "./largest-remainder";
import { compareLogs, type LogPosition } from "./log-order";
import type { Address, Figure } from "./model";

/** An amount that fell on, or went to, all shares at one log. */
export interface SharedAmount {
  readonly at: LogPosition;
  readonly amountAssets: bigint;
  /** The supply that the vault itself stated at that log; checked against the replay when given. */
  readonly totalSupplyShares: bigint | undefined;
}

/** A split that is decided, without its lines: anybody's part is a division, so nobody's has to be kept. */
export interface SplitPlan {
  readonly at: LogPosition;
  readonly amountAssets: bigint;
  /** Everything that bears the amount: the supply and the virtual shares. */
  readonly totalShares: bigint;
  readonly virtualShares: bigint;
  /** The least remainder that gets one of the units left over. */
  readonly cutRemainder: bigint;
  /** The last holder that gets one with exactly that remainder; undefined: even the virtual shares, the last of all. */
  readonly cutHolder: Address | undefined;
}

/** What `shares` of one holder bear or receive; `holder` undefined for the virtual shares. */
export function partOf(
  plan: SplitPlan,
  { holder, shares }: { readonly holder: Address | undefined; readonly shares: bigint },
): bigint {
  const { amountAssets, totalShares, cutRemainder, cutHolder } = plan;
  const product = amountAssets * shares;
  const quotient = product / totalShares;
  const remainder = product % totalShares;
  if (remainder < cutRemainder) return quotient;
  if (remainder > cutRemainder) return quotient + 1n;
  const isServed =
    cutHolder === undefined || (holder !== undefined && compareAddress(holder, cutHolder) <= 0);
  return isServed ? quotient + 1n : quotient;
}

/** Balances at ascending moments, by place in the holdings' addresses: each transfer is passed once for all. */
function balancesOver(holdings: Holdings) {
  const { addresses, moves } = holdings;
  const balances = addresses.map(() => 0n);
  let next = 0;
  let moment: LogPosition | undefined;
  return {
    balances,
    moveTo: (at: LogPosition): void => {
      assert(moment === undefined || compareLogs(moment, at) <= 0, "amounts come in the order of the chain");
      moment = at;
      for (const end = movesBefore(holdings, at); next < end; next += 1) {
        const from = moves.from[next] ?? -1;
        const to = moves.to[next] ?? -1;
        const shares = moves.shares[next] ?? 0n;
        if (from >= 0) balances[from] = (balances[from] ?? 0n) - shares;
        if (to >= 0) balances[to] = (balances[to] ?? 0n) + shares;
      }
    },
  };
}

/**
 * Decides how each amount is split over the shares held when its log was written: weights are the shares at that log
 * index over `totalSupply + 10^offset`, largest remainder, ties to the lower address, virtual shares last. The
 * amounts must come in the order of the chain. Cost: transfers + holders × amounts.
 *
 * Unknown "history-partial" when the replayed shares are not the vault's supply at that log: transfers are missing,
 * and then nobody's part is known. Unknown "no-supply" when there are no shares at all.
 */
export function splitPlansOf(input: {
  readonly amounts: readonly Figure<SharedAmount>[];
  readonly holdings: Holdings;
  readonly virtualShares: bigint;
}): readonly Figure<SplitPlan>[] {
  const { holdings, virtualShares } = input;
  const over = balancesOver(holdings);
  const planOf = ({ at, amountAssets, totalSupplyShares }: SharedAmount): Figure<SplitPlan> => {
    over.moveTo(at);
    const weights: bigint[] = [];
    const places: number[] = [];
    let supply = 0n;
    for (let place = 0; place < over.balances.length; place += 1) {
      const shares = over.balances[place] ?? 0n;
      if (shares === 0n) continue;
      if (shares < 0n) return unknown("history-partial");
      weights.push(shares);
      places.push(place);
      supply += shares;
    }
    if (supply !== (totalSupplyShares ?? supplySharesAt(holdings, at))) return unknown("history-partial");
    if (virtualShares > 0n) weights.push(virtualShares);
    const total = supply + virtualShares;
    if (total <= 0n) return unknown("no-supply");
    const cut = cutOf({ amount: amountAssets, total, weights });
    const cutPlace = places[cut.place];
    return known({
      at,
      amountAssets,
      totalShares: total,
      virtualShares,
      cutRemainder: cut.remainder,
      cutHolder: cutPlace === undefined ? undefined : holdings.addresses[cutPlace],
    });
  };
  return input.amounts.map((amount) => chainFigure(amount, planOf));
}
