import type { ViewTable } from "./views";

/*
 * What oracles behind the registry may say of where their price comes from. None of it is part of the documented
 * interface: an oracle that does not answer has a source that is not published.
 */

export const ORACLE_VIEWS = {
  /** A market feed behind the oracle. */
  feed: ["0x37a7b7d8", "feed()"],
  /** The vault whose shares are priced, and the oracle of what is in it. */
  vault: ["0xfbfa77cf", "vault()"],
  assetOracle: ["0x1d4d3a5d", "assetOracle()"],
  /** A price that is written down. */
  fixedPriceUSD: ["0x196cb725", "fixedPriceUSD()"],
} as const satisfies ViewTable;

export const RATE_VIEWS = {
  asset: ["0x38d52e0f", "asset()"],
  decimals: ["0x313ce567", "decimals()"],
  convertToAssets: ["0x07a2d13a", "convertToAssets(uint256)"],
} as const satisfies ViewTable;

/** Which payment rule a reference strategy follows: 0 is rule (a), 1 is rule (b). */
export const PAYMENT_RULE_VIEW = ["0x900ed836", "paymentRule()"] as const;
