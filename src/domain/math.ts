import { assert } from "@/shared/assert";

/** One, in the fixed point of every ratio, price and rate: 10^18 = 1 = 100 %. */
export const WAD = 10n ** 18n;

/** Hundredths of a per cent in one. */
export const BPS = 10_000n;

/** Operands of a multiplication followed by a division. */
export interface MulDiv {
  readonly a: bigint;
  readonly b: bigint;
  readonly denominator: bigint;
}

/**
 * `a × b / denominator`, rounded down, as the contracts do it. Operands of any unit; the result has the unit
 * of `a × b / denominator`.
 *
 * @throws InvariantError for a negative operand or a denominator that is not positive: degenerate states are
 * told apart before they get here.
 */
export function mulDivDown({ a, b, denominator }: MulDiv): bigint {
  assert(a >= 0n && b >= 0n && denominator > 0n, "mulDivDown needs a, b >= 0 and a positive denominator");
  return (a * b) / denominator;
}

/** `a × b / denominator`, rounded up. Otherwise like {@link mulDivDown}. */
export function mulDivUp({ a, b, denominator }: MulDiv): bigint {
  assert(a >= 0n && b >= 0n && denominator > 0n, "mulDivUp needs a, b >= 0 and a positive denominator");
  return (a * b + denominator - 1n) / denominator;
}

/** `numerator / denominator` rounded towards minus infinity, for figures that may be negative. */
export function divFloor(numerator: bigint, denominator: bigint): bigint {
  assert(denominator > 0n, "divFloor needs a positive denominator");
  const quotient = numerator / denominator;
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient;
}

/** `a − b`, or zero when b is larger. */
export function zeroFloorSub(a: bigint, b: bigint): bigint {
  return a > b ? a - b : 0n;
}

/** The smaller of two. */
export function minOf(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** The larger of two. */
export function maxOf(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/** The exact sum; zero for none. */
export function sumOf(values: Iterable<bigint>): bigint {
  let sum = 0n;
  for (const value of values) sum += value;
  return sum;
}

/** One whole token in its own units: 10^decimals. */
export function unitOf(decimals: number): bigint {
  assert(Number.isInteger(decimals) && decimals >= 0 && decimals <= 255, "decimals must be 0 to 255");
  return 10n ** BigInt(decimals);
}

/** Order of two bigints for sorting. */
export function compareBigint(a: bigint, b: bigint): -1 | 0 | 1 {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}
