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

/** Leading bits of a remainder that are compared before the remainders themselves: a typed array sorts by itself. */
const KEY_BITS = 64;

function bitLength(value: bigint): number {
  return value.toString(16).length * 4;
}

/**
 * How an amount is split by largest remainder: everybody gets `amount × weight / total` rounded down, and the units
 * left over go one each to the largest remainders, on equal ones to the earlier place. `weights` stand in the order
 * of ties, none is negative, and they add up to `total`, which is positive.
 *
 * Thousands of holders are asked for at hundreds of losses: remainders are ranked by their leading bits in a typed
 * array, and only those are compared whole whose leading bits are equal.
 */
export function cutOf(input: {
  readonly amount: bigint;
  readonly total: bigint;
  readonly weights: readonly bigint[];
}): RemainderCut {
  const { amount, total, weights } = input;
  const shift = BigInt(Math.max(0, bitLength(total) - KEY_BITS));
  const remainderAt = (place: number): bigint => (amount * (weights[place] ?? 0n)) % total;
  const keys = new BigUint64Array(weights.length);
  let sum = 0n;
  for (let place = 0; place < weights.length; place += 1) {
    const remainder = remainderAt(place);
    keys[place] = shift === 0n ? remainder : remainder >> shift;
    sum += remainder;
  }
  // What rounding down left over: the remainders together are a whole number of totals.
  const count = toSafeInteger(sum / total);
  // No remainder reaches the total: nobody gets a unit.
  if (count === 0) return { remainder: total, place: weights.length };
  const sorted = keys.slice().sort();
  const first = sorted.length - count;
  const last = sorted[first] ?? 0n;
  const above = sorted.length - 1 - sorted.lastIndexOf(last);
  const atLast: { readonly place: number; readonly remainder: bigint }[] = [];
  for (let place = keys.indexOf(last); place >= 0; place = keys.indexOf(last, place + 1)) {
    atLast.push({ place, remainder: remainderAt(place) });
  }
  atLast.sort((a, b) => compareBigint(b.remainder, a.remainder) || a.place - b.place);
  const cut = atLast[count - above - 1];
  assert(cut !== undefined, "there are fewer units left over than weights");
  return cut;
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
