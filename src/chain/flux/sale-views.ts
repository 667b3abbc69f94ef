import type { View } from "./views";

/*
 * What is asked beyond the vault itself, on pages of the app alone: of an ERC-4626 share, what it redeems for; of a pool,
 * which two tokens it trades and how much of them it holds; of any vault, how it converts. Selectors are written down as
 * in the table of the other views, and a test recomputes them.
 */
export const SHARE_VIEWS = {
  asset: ["0x38d52e0f", "asset()"],
  previewRedeem: ["0x4cdad506", "previewRedeem(uint256)"],
} as const satisfies Readonly<Record<string, View>>;

export const POOL_TOKEN_VIEWS = {
  token0: ["0x0dfe1681", "token0()"],
  token1: ["0xd21220a7", "token1()"],
} as const satisfies Readonly<Record<string, View>>;

/** What a constant-product pool holds, and what it keeps of each sale. */
export const POOL_STATE_VIEWS = {
  reserve0: ["0x443cb4bc", "reserve0()"],
  reserve1: ["0x5a76f25e", "reserve1()"],
  feeBps: ["0x24a9d853", "feeBps()"],
} as const satisfies Readonly<Record<string, View>>;

/** How an ERC-4626 vault converts: asked to find out by which rule. */
export const CONVERSION_VIEWS = {
  convertToAssets: ["0x07a2d13a", "convertToAssets(uint256)"],
  convertToShares: ["0xc6e6f592", "convertToShares(uint256)"],
} as const satisfies Readonly<Record<string, View>>;
