import type { VaultState } from "@/domain/model";
import { formatHash, formatInteger } from "@/shared/format";
import { formatMoney } from "@/shared/format-money";

/** How a vault's amounts are written. */
export interface AmountWords {
  readonly symbol: string;
  readonly down: (value: bigint) => string;
  readonly up: (value: bigint) => string;
  readonly shares: (value: bigint) => string;
  readonly block: string;
}

/** The words for amounts of a vault, what one has cut down and what one lost cut up, and its block. */
export function wordsOf({ asset, block, shareDecimals }: VaultState): AmountWords {
  return {
    symbol: asset.symbol,
    down: (value) => formatMoney({ value, decimals: asset.decimals }),
    up: (value) => formatMoney({ value, decimals: asset.decimals, toward: "up" }),
    shares: (value) => formatMoney({ value, decimals: shareDecimals }),
    block: `block ${formatInteger(block.number)} (${formatHash(block.hash)})`,
  };
}
