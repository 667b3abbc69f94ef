import type { AssetDescription } from "@/domain/model";
import { formatAmount } from "@/shared/format";

/** Nobody types this much: who allowed it allowed everything. */
const BOUNDLESS = 2n ** 255n;

/** What an executor may take, with every digit; "any amount of USDC" where the permission has no end. */
export function allowanceText(allowanceAssets: bigint, { decimals, symbol }: AssetDescription): string {
  return allowanceAssets >= BOUNDLESS
    ? `any amount of ${symbol}`
    : formatAmount({ value: allowanceAssets, decimals, symbol, maximumFractionDigits: decimals });
}
