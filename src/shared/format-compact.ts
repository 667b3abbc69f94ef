const COMPACT = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

/** A value of an axis in few signs, "1.5M": what stands on an axis is a pixel's number, not money. */
export function formatAxisCompact(value: number): string {
  return COMPACT.format(value).replace("-", "\u2212");
}
