import type { ArgumentUnit, CallArgument } from "@/data/transaction/call-words";
import type { AssetDescription } from "@/domain/model";
import { formatAmount, formatBps, formatDuration, formatInteger, formatTimestamp } from "@/shared/format";

/** What amounts in a call are counted in. */
export interface CallUnits {
  readonly asset: AssetDescription | undefined;
  /** The contract that is called: `token` amounts are in its units. */
  readonly to: string;
}

/** Decimals of a per cent of a ratio with 18: nothing of a parameter is cut off in a review. */
const PERCENT_DECIMALS = 16;

/** The modes of the reference executor; another number has no words. */
const LIQUIDATION_MODE_WORD: Readonly<Record<string, string>> = {
  "0": "pay from the wallet",
  "1": "sell the collateral",
};

/** An integer argument as a person reads it, with every digit; undefined where its unit says nothing more than itself. */
export function amountText(
  value: bigint,
  unit: ArgumentUnit | undefined,
  units: CallUnits,
): string | undefined {
  switch (unit) {
    case undefined:
    case "shares":
      return undefined;
    case "assets":
      return assetText(value, units.asset);
    case "token":
      return units.asset?.address === units.to ? assetText(value, units.asset) : undefined;
    case "wad":
      return `${formatAmount({ value, decimals: PERCENT_DECIMALS, maximumFractionDigits: PERCENT_DECIMALS })} %`;
    case "bps":
      return formatBps(value);
    case "wei":
      return `${formatInteger(value)} wei`;
    case "seconds":
      return formatDuration(value);
    case "timestamp":
      return formatTimestamp(value);
    case "liquidation-mode":
      return LIQUIDATION_MODE_WORD[value.toString()];
  }
}

function assetText(value: bigint, asset: AssetDescription | undefined): string | undefined {
  if (asset === undefined) return undefined;
  const { decimals, symbol } = asset;
  return formatAmount({ value, decimals, symbol, maximumFractionDigits: decimals });
}

/** Whether an argument's value is made of named parts (a tuple) rather than of plain values (an array). */
export function isTuple(value: CallArgument["value"]): value is readonly CallArgument[] {
  if (typeof value !== "object") return false;
  const [first] = value;
  return typeof first === "object" && "name" in first;
}
