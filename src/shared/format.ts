import { assert, InvariantError } from "./assert";

/**
 * The only place where an amount becomes text or a chart's number.
 * Texts are exact to the digit that is shown; what does not fit is cut off, never rounded to the nearest.
 */

const WAD_DECIMALS = 18;
const MINUS = "\u2212";

/** Where the digits that do not fit go: `down` towards zero, `up` away from zero. */
export type Toward = "down" | "up";

interface DecimalText {
  readonly value: bigint;
  readonly decimals: number;
  readonly minimumFractionDigits: number;
  readonly maximumFractionDigits: number;
  readonly toward: Toward;
}

/** Digits of a whole number in groups of three. */
function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/gu, ",");
}

function decimalText(input: DecimalText): string {
  const { value, decimals, maximumFractionDigits: most, minimumFractionDigits: least } = input;
  assert(Number.isInteger(decimals) && decimals >= 0 && decimals <= 255, "decimals must be 0 to 255");
  assert(Number.isInteger(most) && most >= 0 && least <= most, "fraction digits must be 0 or more");
  const shown = Math.min(decimals, most);
  const step = 10n ** BigInt(decimals - shown);
  const magnitude = value < 0n ? -value : value;
  const cut = magnitude / step;
  const units = input.toward === "up" && cut * step < magnitude ? cut + 1n : cut;
  const sign = value < 0n ? MINUS : "";
  if (units === 0n && magnitude > 0n) {
    // Something is there, though less than the last digit shown: never print it as nothing.
    const smallest = shown === 0 ? "1" : `0.${"0".repeat(shown - 1)}1`;
    return value < 0n ? `>${MINUS}${smallest}` : `<${smallest}`;
  }
  const digits = units.toString().padStart(shown + 1, "0");
  const whole = grouped(digits.slice(0, digits.length - shown));
  const fraction = digits
    .slice(digits.length - shown)
    .replace(/0+$/u, "")
    .padEnd(least, "0");
  return `${units === 0n ? "" : sign}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

export interface AmountFormat {
  /** The amount in the token's own units. */
  readonly value: bigint;
  /** The token's decimals. */
  readonly decimals: number;
  /** Digits after the point at most; default 2. */
  readonly maximumFractionDigits?: number;
  /** Digits after the point at least; default 0. */
  readonly minimumFractionDigits?: number;
  /** The cautious side: `down` (default) for what one has, `up` for what one owes or loses. */
  readonly toward?: Toward;
  /** Written after the number. */
  readonly symbol?: string;
}

/**
 * An amount with thousands separators, exact by whole-number arithmetic: `1,234.56 USDC`.
 * An amount that is not zero but smaller than the last digit shown reads `<0.01`, never `0`.
 *
 * @throws InvariantError for decimals outside 0 to 255.
 */
export function formatAmount(input: AmountFormat): string {
  const minimumFractionDigits = input.minimumFractionDigits ?? 0;
  const number = decimalText({
    value: input.value,
    decimals: input.decimals,
    maximumFractionDigits: Math.max(input.maximumFractionDigits ?? 2, minimumFractionDigits),
    minimumFractionDigits,
    toward: input.toward ?? "down",
  });
  return input.symbol === undefined ? number : `${number} ${input.symbol}`;
}

/** An amount with every digit it has: for copying, exports and titles. No thousands separators. */
export function formatExactAmount({ value, decimals }: { value: bigint; decimals: number }): string {
  return decimalText({
    value,
    decimals,
    maximumFractionDigits: decimals,
    minimumFractionDigits: 0,
    toward: "down",
  })
    .replaceAll(",", "")
    .replace(MINUS, "-");
}

export interface RatioFormat {
  /** 10^18 = 1 = 100 %. */
  readonly ratioWad: bigint;
  readonly fractionDigits?: number;
  readonly toward?: Toward;
}

/**
 * A ratio as a per cent, cut off by default: 0.82353 reads `82.35%`, so that no health looks better than it is.
 * Give `toward: "up"` for a loss or a utilisation, whose cautious side is the other one.
 */
export function formatRatioPercent({ ratioWad, fractionDigits = 2, toward = "down" }: RatioFormat): string {
  const text = decimalText({
    value: ratioWad,
    decimals: WAD_DECIMALS - 2,
    maximumFractionDigits: fractionDigits,
    minimumFractionDigits: fractionDigits,
    toward,
  });
  return `${text}%`;
}

/** A ratio as a plain number, cut off: a health ratio of 1.0416… reads `1.041`. */
export function formatRatio({ ratioWad, fractionDigits = 3, toward = "down" }: RatioFormat): string {
  return decimalText({
    value: ratioWad,
    decimals: WAD_DECIMALS,
    maximumFractionDigits: fractionDigits,
    minimumFractionDigits: fractionDigits,
    toward,
  });
}

/** A ratio of hundredths of a per cent: 1000 reads `10%`. */
export function formatBps(bps: bigint): string {
  const text = decimalText({
    value: bps,
    decimals: 2,
    maximumFractionDigits: 2,
    minimumFractionDigits: 0,
    toward: "down",
  });
  return `${text}%`;
}

/** A whole number (a block, a count) with thousands separators. */
export function formatInteger(value: bigint | number): string {
  const whole = typeof value === "bigint" ? value : BigInt(value);
  return whole < 0n ? `${MINUS}${grouped((-whole).toString())}` : grouped(whole.toString());
}

/** A share price: base assets for one whole share, cut off. `undefined` when there are no shares to price. */
export function formatSharePrice(input: {
  readonly assets: bigint;
  readonly shares: bigint;
  readonly assetDecimals: number;
  readonly shareDecimals: number;
  readonly fractionDigits?: number;
}): string | undefined {
  if (input.shares <= 0n) return undefined;
  const wholeShare = 10n ** BigInt(input.shareDecimals);
  const extra = 10n ** BigInt(WAD_DECIMALS);
  return decimalText({
    value: (input.assets * wholeShare * extra) / input.shares,
    decimals: input.assetDecimals + WAD_DECIMALS,
    maximumFractionDigits: input.fractionDigits ?? 6,
    minimumFractionDigits: input.fractionDigits ?? 6,
    toward: "down",
  });
}

const DURATION_UNITS: readonly (readonly [bigint, string])[] = [
  [86_400n, "d"],
  [3_600n, "h"],
  [60n, "min"],
  [1n, "s"],
];

/** A span of time in its two largest units, cut off: `2 d 4 h`, `45 s`. Negative spans carry a minus. */
export function formatDuration(seconds: bigint): string {
  const sign = seconds < 0n ? MINUS : "";
  const length = seconds < 0n ? -seconds : seconds;
  const first = DURATION_UNITS.findIndex(([unit]) => length >= unit);
  if (first === -1) return "0 s";
  let rest = length;
  const parts: string[] = [];
  for (const [unit, name] of DURATION_UNITS.slice(first, first + 2)) {
    const count = rest / unit;
    rest %= unit;
    if (count > 0n) parts.push(`${grouped(count.toString())} ${name}`);
  }
  return sign + parts.join(" ");
}

/** A Unix time as `2026-08-28 14:05 UTC`: the chain has one clock, so every reader sees the same text. */
export function formatTimestamp(atSeconds: bigint): string {
  const date = new Date(Number(atSeconds) * 1000);
  assert(!Number.isNaN(date.getTime()), "a Unix time in seconds is expected");
  return `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** A Unix time as `2026-08-28`. */
export function formatDate(atSeconds: bigint): string {
  return formatTimestamp(atSeconds).slice(0, 10);
}

/** First six and last six digits: enough that a forged look-alike is costly. The whole stays on focus and copy. */
export function formatAddress(address: string): string {
  const digits = address.startsWith("0x") ? address.slice(2) : address;
  return digits.length <= 12 ? address : `0x${digits.slice(0, 6)}…${digits.slice(-6)}`;
}

/** A hash shortened in the same way. */
export function formatHash(hash: string): string {
  return formatAddress(hash);
}

/**
 * An amount as the nearest number a chart can draw. For pixels only: a label is always made from the bigint.
 *
 * @throws InvariantError when the value is beyond what a number can hold.
 */
export function toChartNumber({ value, decimals }: { value: bigint; decimals: number }): number {
  const result = Number(
    decimalText({
      value,
      decimals,
      maximumFractionDigits: decimals,
      minimumFractionDigits: 0,
      toward: "down",
    })
      .replaceAll(",", "")
      .replace(MINUS, "-"),
  );
  if (!Number.isFinite(result)) throw new InvariantError("The amount is too large to draw");
  return result;
}

/**
 * A whole number as the nearest floating-point number, off by 2^-53 of itself at most; NaN for a negative one. It
 * decides nothing but which positions are computed exactly: no amount that anybody sees is made from it.
 */
export function toScreeningNumber(value: bigint): number {
  return value < 0n ? Number.NaN : Number(value);
}

/**
 * A count, index, chain id or time as a number, exactly.
 *
 * @throws InvariantError when a number cannot hold it exactly: such a value is garbage or money.
 */
export function toSafeInteger(value: bigint): number {
  const result = Number(value);
  if (!Number.isSafeInteger(result)) throw new InvariantError(`${value} is not a safe whole number`);
  return result;
}

/** A statistic (a volatility, a chance), which is floating-point from the start, with so many digits; never money. */
export function formatStatistic(value: number, fractionDigits: number): string {
  return value.toFixed(fractionDigits);
}

/** A place on a slider that an address names; not a number where the text is none. */
export function toSliderPlace(text: string): number {
  return Number(text);
}
