/** Axis texts. What stands on an axis is a pixel's number, not money: amounts are written by `format`. */

const LEAST_DIGITS = 0;
const MOST_DIGITS = 4;

/** A value of an axis in per cent: as many digits as the value needs, four at most. */
export function formatAxisPercent(value: number): string {
  return `${plainNumber(value)}%`;
}

/** A value of an axis without a unit. */
export function formatAxisNumber(value: number): string {
  return plainNumber(value);
}

function plainNumber(value: number): string {
  return new Intl.NumberFormat("en-GB", {
    minimumFractionDigits: LEAST_DIGITS,
    maximumFractionDigits: Math.abs(value) >= 1_000 ? 0 : Math.abs(value) < 2 ? MOST_DIGITS + 2 : MOST_DIGITS,
  })
    .format(value)
    .replace("-", "\u2212");
}

const AXIS_DATE = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** A moment of the time axis: `28 Aug`. */
export function formatAxisDate(atSeconds: number): string {
  return AXIS_DATE.format(new Date(atSeconds * 1_000));
}

/** A whole moment: `2026-08-28 14:05 UTC`. */
export function formatMoment(atSeconds: number): string {
  return `${new Date(atSeconds * 1_000).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
