import { toSafeInteger } from "@/shared/format";
import { compareAddress, isDeadAddress } from "./address";
import { known, unknown } from "./figure";
import { type Holding, type Holdings, holdersAt, supplySharesAt } from "./holdings";
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

/** Bits of a remainder, as a part of the total, that are compared before the remainders themselves. */
const KEY_BITS = 63n;

/**
 * Places of the `count` largest remainders, the earlier place first among equals. Thousands of holders are asked
 * for at hundreds of losses, so whole remainders are compared only where their leading bits are equal.
 */
function largestOf(
  remainders: readonly bigint[],
  { count, total }: { readonly count: number; readonly total: bigint },
): ReadonlySet<number> {
  const chosen = new Set<number>();
  if (count === 0) return chosen;
  const keys = BigUint64Array.from(remainders, (remainder) => (remainder << KEY_BITS) / total);
  const last = keys.slice().sort().at(-count) ?? 0n;
  const atLast: number[] = [];
  keys.forEach((key, place) => {
    if (key > last) chosen.add(place);
    else if (key === last) atLast.push(place);
  });
  const remainderAt = (place: number) => remainders[place] ?? 0n;
  atLast.sort((a, b) => compareBigint(remainderAt(b), remainderAt(a)) || a - b);
  for (const place of atLast.slice(0, count - chosen.size)) chosen.add(place);
  return chosen;
}

/**
 * Parts of an amount for weights that stand in the order of ties; they add up exactly to it. The total of the
 * weights must be positive.
 */
function partsOf(amount: bigint, weights: readonly bigint[]): readonly bigint[] {
  const total = sumOf(weights);
  const parts: bigint[] = [];
  const remainders: bigint[] = [];
  let left = amount;
  for (const weight of weights) {
    const product = amount * weight;
    const quotient = product / total;
    parts.push(quotient);
    remainders.push(product - quotient * total);
    left -= quotient;
  }
  for (const place of largestOf(remainders, { count: toSafeInteger(left), total })) {
    parts[place] = (parts[place] ?? 0n) + 1n;
  }
  return parts;
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
  const parts = partsOf(
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

/** An amount that fell on, or went to, all shares at one log. */
export interface SharedAmount {
  readonly at: LogPosition;
  readonly amountAssets: bigint;
  /** The supply that the vault itself stated at that log; checked against the replay when given. */
  readonly totalSupplyShares: bigint | undefined;
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
  const supplyShares = input.totalSupplyShares ?? supplySharesAt(holdings, at);
  const held = holdersAt(holdings, at);
  if (held.some(({ shares }) => shares < 0n) || sumShares(held) !== supplyShares) {
    return unknown("history-partial");
  }
  // By address, virtual shares last: the order in which ties are decided.
  const lines: { holder: Address | undefined; shares: bigint }[] = [...held];
  if (virtualShares > 0n) lines.push({ holder: undefined, shares: virtualShares });
  if (lines.length === 0) return unknown("no-supply");
  const parts = partsOf(
    input.amountAssets,
    lines.map(({ shares }) => shares),
  );
  return known(
    lines.map(({ holder, shares }, place) => ({ holder, shares, amountAssets: parts[place] ?? 0n })),
  );
}

function sumShares(held: readonly Holding[]): bigint {
  let sum = 0n;
  for (const { shares } of held) sum += shares;
  return sum;
}
