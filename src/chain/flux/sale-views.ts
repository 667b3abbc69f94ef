import type { View } from "./views";

/*
 * What is asked before a liquidator sells what it takes over: of an ERC-4626 share, what it redeems for; of a pool,
 * which two tokens it trades. Selectors are written down as in the table of the other views, and a test recomputes them.
 */
export const SHARE_VIEWS = {
  asset: ["0x38d52e0f", "asset()"],
  previewRedeem: ["0x4cdad506", "previewRedeem(uint256)"],
} as const satisfies Readonly<Record<string, View>>;

export const POOL_TOKEN_VIEWS = {
  token0: ["0x0dfe1681", "token0()"],
  token1: ["0xd21220a7", "token1()"],
} as const satisfies Readonly<Record<string, View>>;
