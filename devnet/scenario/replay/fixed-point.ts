/**
 * Integer arithmetic of the replay. The replay is a second derivation of what the contracts must do: it shares no
 * line with the dashboard and none with the contracts.
 */

/** 10^18: one whole, 100 per cent, one US dollar. */
export const WAD = 10n ** 18n;

/** Basis points in one whole. */
export const BPS = 10_000n;

/** The year of the interest formula: 365 days, in seconds. */
export const YEAR_SECONDS = 365n * 86_400n;

/** What an undivided interest numerator (principal x rate in wad x seconds) is divided by to give base-asset units. */
export const INTEREST_SCALE = YEAR_SECONDS * WAD;

/** Quotient rounded up; both arguments are not negative. */
export function ceilDiv(dividend: bigint, divisor: bigint): bigint {
  return dividend === 0n ? 0n : (dividend - 1n) / divisor + 1n;
}

/** a - b, or zero when that is negative. */
export function excess(a: bigint, b: bigint): bigint {
  return a > b ? a - b : 0n;
}

export function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/**
 * A decimal number as text, in units of 10^-decimals: ("1.5", 6) is 1,500,000. Thousands may be set off by "_" or ",".
 * @throws RangeError when the text has more places than `decimals`, or is not a number
 */
export function units(text: string, decimals: number): bigint {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text.replace(/[_,]/g, ""));
  const fraction = match?.[2] ?? "";
  if (match === null || fraction.length > decimals) {
    throw new RangeError(`"${text}" is not a number of at most ${decimals} places.`);
  }
  return BigInt(`${match[1]}${fraction.padEnd(decimals, "0")}`);
}
