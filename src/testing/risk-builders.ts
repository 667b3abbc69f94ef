import { known } from "@/domain/figure";
import { unitOf, WAD } from "@/domain/math";
import type { Address, StrategyState } from "@/domain/model";
import type { PriceSource, RiskAsset, RiskBook, RiskPart, RiskPosition } from "@/domain/risk/model";
import { addressFrom, fluxOf, stateOf, strategyOf, USDC } from "./vault-builders";

/** The base asset of `stateOf`. */
export const BASE: Address = stateOf().asset.address;
export const WETH: Address = addressFrom(2_001);
/** Shares of a vault of WETH, 1.05 WETH each. */
export const SHARES_OF_WETH: Address = addressFrom(2_002);
/** Priced at one dollar by an oracle that follows no market. */
export const FIXED: Address = addressFrom(2_003);

function marketOf(feedDecimals: number): PriceSource {
  return { kind: "market", feed: addressFrom(3_000), feedDecimals };
}

export function riskAssetOf(change: Partial<RiskAsset> & Pick<RiskAsset, "address">): RiskAsset {
  return { symbol: "ASSET", decimals: 18, priceUsdWad: known(WAD), source: marketOf(8), ...change };
}

/** USDC at 1 dollar, WETH at 2,000, shares of WETH at 2,100, and a fixed one at 1. */
export function riskAssetsOf({ feedDecimals = 8 } = {}): ReadonlyMap<Address, RiskAsset> {
  const source = marketOf(feedDecimals);
  const assets: readonly RiskAsset[] = [
    riskAssetOf({ address: BASE, symbol: "USDC", decimals: 6, source }),
    riskAssetOf({ address: WETH, symbol: "WETH", priceUsdWad: known(2_000n * WAD), source }),
    riskAssetOf({
      address: SHARES_OF_WETH,
      symbol: "yWETH",
      priceUsdWad: known(2_100n * WAD),
      source: {
        kind: "exchange-rate",
        of: WETH,
        ofDecimals: 18,
        assetsPerWholeShare: (105n * unitOf(18)) / 100n,
      },
    }),
    riskAssetOf({ address: FIXED, symbol: "FIX", source: { kind: "fixed" } }),
  ];
  return new Map(assets.map((asset) => [asset.address, asset]));
}

export function partOf(asset: Address, amount: bigint, isBond = false): RiskPart {
  return { asset, amount, isBond };
}

/** A position by its parts and what it owes in whole USDC; value and quote as a chain would give them are left open. */
export function riskPositionOf(
  change: Partial<RiskPosition> & { readonly parts: readonly RiskPart[]; readonly debt: bigint },
): RiskPosition {
  const { debt, ...rest } = change;
  return {
    manager: addressFrom(1),
    principalAssets: debt * USDC,
    accruedInterestAssets: 0n,
    bondAssets: 0n,
    valueUsdWad: known(0n),
    quote: undefined,
    isExact: true,
    ...rest,
  };
}

export function riskBookOf(
  positions: readonly RiskPosition[],
  change: Partial<RiskBook> & { readonly strategy?: Partial<StrategyState> } = {},
): RiskBook {
  const { strategy, ...rest } = change;
  return {
    state: stateOf({ flux: fluxOf({ strategy: strategyOf(strategy) }) }),
    assets: riskAssetsOf(),
    positions,
    unread: [],
    rule: "a",
    exits: new Map(),
    ...rest,
  };
}
