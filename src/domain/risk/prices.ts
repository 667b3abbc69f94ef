import { unitOf, WAD, zeroFloorSub } from "../math";
import type { Address } from "../model";
import type { Prices, RiskAsset, RiskBook, Shock } from "./model";

/** Prices that a shock leads to, and what it could not reach. */
export interface ShockedPrices {
  readonly prices: Prices;
  /** Assets that were to be shocked and whose oracle follows no market: their price stays, whatever happens outside. */
  readonly fixed: readonly Address[];
}

/** Today's prices of every asset that has one. */
export function todaysPrices(book: Pick<RiskBook, "assets">): Prices {
  const prices = new Map<Address, bigint>();
  for (const asset of book.assets.values()) {
    if (asset.priceUsdWad.kind === "known") prices.set(asset.address, asset.priceUsdWad.value);
  }
  return prices;
}

/** Digits of 18 that a feed with fewer decimals cannot hold. */
function gridOf(asset: RiskAsset): bigint {
  if (asset.source.kind !== "market") return 1n;
  const { feedDecimals } = asset.source;
  return feedDecimals < 18 ? unitOf(18 - feedDecimals) : 1n;
}

/**
 * A price after a fall of `fallWad` (10^18 = 100 %; negative for a rise), rounded down to what its feed can hold, so
 * that a feed can really be set to it. Never below zero.
 */
export function priceAfterFallDown(
  asset: RiskAsset,
  at: { readonly priceUsdWad: bigint; readonly fallWad: bigint },
): bigint {
  const grid = gridOf(asset);
  return ((at.priceUsdWad * zeroFloorSub(WAD, at.fallWad)) / WAD / grid) * grid;
}

/**
 * The price that an exchange-rate oracle makes of its asset's price, rounded down once:
 * `assets per whole share × price / 10^decimals`. Source: the exchange-rate oracle's `getPrice`.
 */
function followedPriceDown(asset: RiskAsset, prices: Prices): bigint | undefined {
  if (asset.source.kind !== "exchange-rate") return undefined;
  const price = prices.get(asset.source.of);
  if (price === undefined) return undefined;
  return (asset.source.assetsPerWholeShare * price) / unitOf(asset.source.ofDecimals);
}

/**
 * Today's prices after shocks of single assets. Shares of another vault follow the asset inside; a fixed price does
 * not move. A shock of an asset with an unknown source is taken as if a market moved it; such a book is not exact.
 */
export function pricesAfter(book: Pick<RiskBook, "assets">, shocks: readonly Shock[]): ShockedPrices {
  const prices = new Map(todaysPrices(book));
  const fixed: Address[] = [];
  for (const { asset: address, fallWad } of shocks) {
    const asset = book.assets.get(address);
    const priceUsdWad = prices.get(address);
    if (asset === undefined || priceUsdWad === undefined) continue;
    if (asset.source.kind === "fixed") fixed.push(address);
    else prices.set(address, priceAfterFallDown(asset, { priceUsdWad, fallWad }));
  }
  const shocked = new Set(shocks.map(({ asset }) => asset));
  for (const asset of book.assets.values()) {
    if (shocked.has(asset.address)) continue;
    const followed = followedPriceDown(asset, prices);
    if (followed !== undefined) prices.set(asset.address, followed);
  }
  return { prices, fixed };
}

/** The assets whose market a shock of `asset` moves: itself, and the shares of vaults that hold it. */
export function movedBy(book: Pick<RiskBook, "assets">, asset: Address): ReadonlySet<Address> {
  const moved = new Set<Address>();
  for (const one of book.assets.values()) {
    if (one.source.kind === "fixed") continue;
    if (one.address === asset) moved.add(one.address);
    if (one.source.kind === "exchange-rate" && one.source.of === asset) moved.add(one.address);
  }
  return moved;
}

/** Assets that a market moves by itself: what can be shocked, the base asset among them, by address. */
export function shockableAssets(book: Pick<RiskBook, "assets">): readonly RiskAsset[] {
  return [...book.assets.values()]
    .filter(({ source }) => source.kind === "market" || source.kind === "unknown")
    .sort((a, b) => (a.address < b.address ? -1 : 1));
}
