import { known, unknown } from "../figure";
import { debtUsdWadDown } from "../health";
import { bestSaleOf } from "../market";
import { unitOf } from "../math";
import type { Address, Figure } from "../model";
import type { ValueSplit } from "./lines";
import type { RiskBook, RiskPosition } from "./model";

/** A position's holdings by what can be sold: shares of vaults as the assets inside, at the rate of their oracle. */
export function sellableOf(position: RiskPosition, book: RiskBook): ReadonlyMap<Address, bigint> {
  const amounts = new Map<Address, bigint>();
  for (const { asset, amount } of position.parts) {
    const found = book.assets.get(asset);
    const isShare = found?.source.kind === "exchange-rate";
    const sold = isShare ? found.source.of : asset;
    const units = isShare ? (amount * found.source.assetsPerWholeShare) / unitOf(found.decimals) : amount;
    if (units > 0n) amounts.set(sold, (amounts.get(sold) ?? 0n) + units);
  }
  return amounts;
}

/**
 * What the exchanges would pay for a position, split into what a shock leaves alone and what it moves, USD with 18
 * decimals at today's price of the base asset. Unknown "not-published" where a holding has no exchange.
 */
export const marketSplit: ValueSplit = (position, factor): Figure<readonly [bigint, bigint]> => {
  const { book, moved, basePriceUsdWad } = factor;
  const base = book.state.asset;
  let still = 0n;
  let moving = 0n;
  for (const [asset, amount] of sellableOf(position, book)) {
    const proceeds =
      asset === base.address
        ? amount
        : bestSaleOf(book.exits.get(asset) ?? [], { asset, amount })?.proceedsAssets;
    if (proceeds === undefined) return unknown("not-published");
    const value = debtUsdWadDown({ basePriceUsdWad, decimals: base.decimals, debtAssets: proceeds });
    if (moved.has(asset)) moving += value;
    else still += value;
  }
  return known([still, moving]);
};
