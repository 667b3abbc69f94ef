import { compareAddress, isDeadAddress } from "./address";
import { known, unknown } from "./figure";
import { type Holdings, holdersAt, supplySharesAt } from "./holdings";
import type { LogPosition } from "./log-order";
import { compareBigint, sumOf } from "./math";
import type { Address, Figure } from "./model";

/** A claimant on a part of an amount. `address` undefined: the virtual shares, which belong to nobody. */
export interface Weight {
  readonly address: Address | undefined;
  readonly weight: bigint;
}

/** What one claimant bears or receives. */
export interface Allocation extends Weight {
  readonly amount: bigint;
}

/** Ties go to the lower address, virtual shares last. */
function compareClaimant(a: Weight, b: Weight): number {
  if (a.address === undefined) return b.address === undefined ? 0 : 1;
  return b.address === undefined ? -1 : compareAddress(a.address, b.address);
}

/**
 * Splits an amount by weight, to the unit, so that the parts add up exactly to the amount: everybody gets the
 * quotient rounded down, and the units left over go one each to the largest remainders; equal remainders to the
 * lower address, virtual shares last. The result is ordered by address, virtual shares last, whatever the order
 * of the input.
 *
 * Unknown ("no-supply") when there is nobody with a positive weight.
 */
export function allocateByLargestRemainder(input: {
  readonly amount: bigint;
  readonly weights: readonly Weight[];
}): Figure<readonly Allocation[]> {
  const { amount } = input;
  const claimants = input.weights.filter(({ weight }) => weight > 0n).sort(compareClaimant);
  const total = sumOf(claimants.map(({ weight }) => weight));
  if (total <= 0n) return unknown("no-supply");
  const parts = claimants.map((claimant, order) => {
    const product = amount * claimant.weight;
    return { claimant, order, quotient: product / total, remainder: product % total };
  });
  let left = amount - sumOf(parts.map(({ quotient }) => quotient));
  const extra = new Set<number>();
  // `sort` is stable and `parts` already stands in the order of ties.
  for (const part of [...parts].sort((a, b) => compareBigint(b.remainder, a.remainder))) {
    if (left <= 0n) break;
    extra.add(part.order);
    left -= 1n;
  }
  return known(
    parts.map(({ claimant, order, quotient }) => ({
      address: claimant.address,
      weight: claimant.weight,
      amount: extra.has(order) ? quotient + 1n : quotient,
    })),
  );
}

/** Whose part of a loss or a recovery a line is. */
export type ShareholderKind = "lp" | "dead" | "virtual";

/** One line of a loss split over all shares: base-asset units for share units. */
export interface LossShare {
  readonly kind: ShareholderKind;
  /** undefined for the virtual shares. */
  readonly holder: Address | undefined;
  readonly shares: bigint;
  readonly amountAssets: bigint;
}

/** An amount that fell on, or went to, all shares at one log. */
export interface SharedAmount {
  readonly at: LogPosition;
  readonly amountAssets: bigint;
  /** The supply that the vault itself stated at that log; checked against the replay when given. */
  readonly totalSupplyShares: bigint | undefined;
}

function kindOf(address: Address | undefined): ShareholderKind {
  if (address === undefined) return "virtual";
  return isDeadAddress(address) ? "dead" : "lp";
}

/**
 * Splits an amount over the shares held when its log was written: weights are the shares at that log index over
 * `totalSupply + 10^offset`, virtual shares as their own line, largest remainder. Adds up exactly.
 *
 * Unknown "history-partial" when the replayed shares are not the vault's supply at that log: transfers are
 * missing, and then nobody's part is known. Unknown "no-supply" when there are no shares at all.
 */
export function sharesOfAmount(
  input: SharedAmount & { readonly holdings: Holdings; readonly virtualShares: bigint },
): Figure<readonly LossShare[]> {
  const { holdings, at, virtualShares } = input;
  const holders = holdersAt(holdings, at);
  const heldShares = sumOf(holders.map(({ shares }) => shares));
  const supplyShares = input.totalSupplyShares ?? supplySharesAt(holdings, at);
  if (heldShares !== supplyShares || holders.some(({ shares }) => shares < 0n)) {
    return unknown("history-partial");
  }
  const allocation = allocateByLargestRemainder({
    amount: input.amountAssets,
    weights: [
      ...holders.map(({ holder, shares }) => ({ address: holder, weight: shares })),
      { address: undefined, weight: virtualShares },
    ],
  });
  if (allocation.kind === "unknown") return allocation;
  return known(
    allocation.value.map(({ address, weight, amount }) => ({
      kind: kindOf(address),
      holder: address,
      shares: weight,
      amountAssets: amount,
    })),
  );
}
