import { assert } from "@/shared/assert";
import { toSafeInteger } from "@/shared/format";
import { compareBigint, sumOf } from "./math";

/** Who gets the units that rounding down leaves over, without a list of them. */
export interface RemainderCut {
  /** Larger remainders get a unit, smaller ones none; the total where no unit is left over. */
  readonly remainder: bigint;
  /** Of equal remainders, those up to this place get one. */
  readonly place: number;
}

/** Bits of a remainder that are compared before the remainders themselves: what a typed array sorts by itself. */
const KEY_BITS = 64;

function bitLength(value: bigint): number {
  return value.toString(16).length * 4;
}

/**
 * The place of the `count`-th largest remainder, the earlier place first among equals. Thousands of holders are asked
 * for at hundreds of losses, so whole remainders are compared only where their leading bits are equal.
 */
function placeOfLast(
  remainders: readonly bigint[],
  { count, total }: { readonly count: number; readonly total: bigint },
): number {
  const shift = BigInt(Math.max(0, bitLength(total) - KEY_BITS));
  const keys = new BigUint64Array(remainders.length);
  for (let place = 0; place < remainders.length; place += 1) {
    keys[place] = (remainders[place] ?? 0n) >> shift;
  }
  const sorted = keys.slice().sort();
  const last = sorted[sorted.length - count] ?? 0n;
  let above = 0;
  const atLast: number[] = [];
  for (let place = 0; place < keys.length; place += 1) {
    const key = keys[place] ?? 0n;
    if (key > last) above += 1;
    else if (key === last) atLast.push(place);
  }
  const remainderAt = (place: number): bigint => remainders[place] ?? 0n;
  if (shift > 0n) atLast.sort((a, b) => compareBigint(remainderAt(b), remainderAt(a)) || a - b);
  const place = atLast[count - above - 1];
  assert(place !== undefined, "there are fewer units left over than weights");
  return place;
}

/**
 * How an amount is split by largest remainder: everybody gets `amount × weight / total` rounded down, and the units
 * left over go one each to the largest remainders, on equal ones to the earlier place. `weights` stand in the order
 * of ties, none is negative, and they add up to `total`, which is positive.
 */
export function cutOf(input: {
  readonly amount: bigint;
  readonly total: bigint;
  readonly weights: readonly bigint[];
}): RemainderCut {
  const { amount, total, weights } = input;
  const remainders: bigint[] = [];
  let left = amount;
  for (const weight of weights) {
    const product = amount * weight;
    const quotient = product / total;
    remainders.push(product - quotient * total);
    left -= quotient;
  }
  // No remainder reaches the total: nobody gets a unit.
  if (left === 0n) return { remainder: total, place: weights.length };
  const place = placeOfLast(remainders, { count: toSafeInteger(left), total });
  return { remainder: remainders[place] ?? 0n, place };
}

/**
 * Parts of an amount for weights that stand in the order of ties; they add up exactly to it. The total of the
 * weights must be positive.
 */
export function allocateByWeight(amount: bigint, weights: readonly bigint[]): readonly bigint[] {
  const total = sumOf(weights);
  const cut = cutOf({ amount, total, weights });
  return weights.map((weight, place) => {
    const product = amount * weight;
    const quotient = product / total;
    const remainder = product - quotient * total;
    const isServed = remainder > cut.remainder || (remainder === cut.remainder && place <= cut.place);
    return isServed ? quotient + 1n : quotient;
  });
}
