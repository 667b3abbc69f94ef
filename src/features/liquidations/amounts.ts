import type { AssetDescription } from "@/domain/model";
import { formatAmount } from "@/shared/format";

/** Tokens with this many decimals are worth enough that hundredths of one say too little. */
const FINE_DECIMALS = 15;

/** An amount in a column: always as many digits behind the point, so that the columns line up. */
export function columnAmount(
  value: bigint,
  { asset, toward = "down" }: { readonly asset: AssetDescription; readonly toward?: "up" | "down" },
): string {
  const { decimals } = asset;
  const digits = decimals >= FINE_DECIMALS ? 4 : Math.min(decimals, 2);
  return formatAmount({
    value,
    decimals,
    maximumFractionDigits: digits,
    minimumFractionDigits: digits,
    toward,
  });
}
