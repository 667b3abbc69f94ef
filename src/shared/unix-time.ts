import { InvariantError } from "./assert";

/** Seconds in a day. */
export const DAY_SECONDS = 86_400n;

/** Seconds in the year of 365 days that interest is counted by. */
export const YEAR_SECONDS = 365n * DAY_SECONDS;

/** Year 5138 in seconds, and March 1973 in milliseconds: anything above is milliseconds by mistake. */
const LATEST_SECONDS = 100_000_000_000n;

/**
 * The one constructor of a Unix time in whole seconds.
 *
 * @throws InvariantError for a negative time and for one so late that it must be milliseconds.
 */
export function unixSeconds(seconds: bigint): bigint {
  if (seconds < 0n || seconds > LATEST_SECONDS) {
    throw new InvariantError(`${seconds} is not a Unix time in seconds`);
  }
  return seconds;
}

/**
 * The whole seconds of a clock that counts milliseconds (`Date.now()`, `Date.prototype.getTime()`), rounded down.
 *
 * @throws InvariantError when the clock gives no finite time.
 */
export function unixSecondsFromMilliseconds(milliseconds: number): bigint {
  if (!Number.isFinite(milliseconds)) throw new InvariantError("The clock gave no time");
  return unixSeconds(BigInt(Math.floor(milliseconds / 1000)));
}
