import { compareAddress, isDeadAddress } from "./address";
import { known, mapFigure, unknown } from "./figure";
import { type Holdings, holdersAt } from "./holdings";
import { allocateByWeight } from "./largest-remainder";
import type { Address, Figure } from "./model";
import { partOf, type SharedAmount, type SplitPlan, splitPlansOf } from "./split-plan";

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
  const claimants = input.weights.filter(({ weight }) => weight > 0n).sort(compareClaimant);
  if (claimants.length === 0) return unknown("no-supply");
  const parts = allocateByWeight(
    input.amount,
    claimants.map(({ weight }) => weight),
  );
  return known(claimants.map((claimant, place) => ({ ...claimant, amount: parts[place] ?? 0n })));
}

/** Whose part of a loss or a recovery a line is. */
export type ShareholderKind = "lp" | "dead" | "virtual";

/** An LP, an address that nobody can sign for, or (undefined) the virtual shares that belong to nobody. */
export function shareholderKindOf(holder: Address | undefined): ShareholderKind {
  if (holder === undefined) return "virtual";
  return isDeadAddress(holder) ? "dead" : "lp";
}

/** One line of a loss split over all shares: base-asset units for share units. */
export interface LossShare {
  /** undefined for the virtual shares. */
  readonly holder: Address | undefined;
  readonly shares: bigint;
  readonly amountAssets: bigint;
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
  const { holdings, virtualShares, ...amount } = input;
  const [plan = unknown("no-supply")] = splitPlansOf({ amounts: [known(amount)], holdings, virtualShares });
  return mapFigure(plan, (decided) => linesOfPlan(decided, holdings));
}

/** All lines of a split that is decided: by address, virtual shares last. */
export function linesOfPlan(plan: SplitPlan, holdings: Holdings): readonly LossShare[] {
  const lineOf = ({ holder, shares }: { holder: Address | undefined; shares: bigint }): LossShare => ({
    holder,
    shares,
    amountAssets: partOf(plan, { holder, shares }),
  });
  const lines = holdersAt(holdings, plan.at).map(lineOf);
  if (plan.virtualShares > 0n) lines.push(lineOf({ holder: undefined, shares: plan.virtualShares }));
  return lines;
}
