import { bothFigures, chainFigure, known, mapFigure, sumFigures, unknown } from "../figure";
import { valueAssetsDown } from "../health";
import { depthAtPriceDown, type ExecutionPrice, type Pool, priceBelow } from "../market";
import { compareBigint, divFloor, sumOf, unitOf, WAD } from "../math";
import type { Address, Figure } from "../model";
import { ratioWadDown } from "../ratio";
import { type Concentration, concentrationOf } from "./liquidity";
import type { RiskAsset, RiskBook } from "./model";

/*
 * What a vault's positions hold, asset by asset: how much of the collateral each is, in how few hands, and how much of
 * it could be sold before the average price of the sale is so much worse than the oracle's.
 */

/** Falls of the average price under the oracle's at which exit depths are given, 10^18 = 100 %. */
export const EXIT_IMPACTS_WAD = [WAD / 100n, (2n * WAD) / 100n, (5n * WAD) / 100n] as const;

/** One exchange as a way out of one asset. */
export interface PoolExit {
  readonly pool: Address;
  /** In the units of what is sold, in the order of {@link EXIT_IMPACTS_WAD}; zero where the first unit brings less. */
  readonly depths: readonly bigint[];
  /** By how much the oracle's price is above (positive) the pool's own, before its fee; rounded away from zero. */
  readonly oracleAboveSpotWad: Figure;
}

/** How a holding becomes the base asset. */
export type ExitWay =
  /** It is the base asset, or shares that redeem for it: nothing has to be sold. */
  | { readonly kind: "base" }
  | {
      readonly kind: "pools";
      /** What the exchange takes: the asset itself, or what its shares redeem for. */
      readonly sold: RiskAsset;
      /** The holding in the units of what is sold. */
      readonly amountSold: bigint;
      /** What all assets that are sold as the same one come to: they use up one depth. */
      readonly togetherSold: bigint;
      /** The one with the deepest market at the largest impact first. */
      readonly pools: readonly PoolExit[];
    }
  /** No configured exchange takes it. */
  | { readonly kind: "none" };

/** One asset in all positions together. */
export interface AssetHolding {
  readonly asset: RiskAsset;
  /** In its own units. */
  readonly amount: bigint;
  /** Each stored part rounded down by itself, as its wrapper does. */
  readonly valueUsdWad: Figure;
  readonly valueAssets: Figure;
  /** Of the value of all positions, rounded down. */
  readonly shareWad: Figure;
  /** Over the managers that hold it. */
  readonly concentration: Figure<Concentration>;
  readonly exit: ExitWay;
  /** The asset whose feed moves the price: itself, or what its shares hold; undefined where no feed is known. */
  readonly movedBy: RiskAsset | undefined;
}

/** All that positions hold. */
export interface Collateral {
  /** The most valuable first; what has no price last. */
  readonly holdings: readonly AssetHolding[];
  /** Unknown "snapshot-incomplete" while a position could not be taken apart, "no-price" without a price. */
  readonly totalAssets: Figure;
  readonly totalUsdWad: Figure;
}

/** What one unit of an asset is worth in units of the base asset, by the oracle; undefined without both prices. */
export function oraclePriceOf(
  book: Pick<RiskBook, "assets" | "state">,
  asset: RiskAsset,
): Figure<ExecutionPrice> {
  const base = book.assets.get(book.state.asset.address);
  if (base === undefined) return unknown("no-price");
  return chainFigure(bothFigures(asset.priceUsdWad, base.priceUsdWad), ([own, ofBase]) =>
    own <= 0n || ofBase <= 0n
      ? unknown("no-price")
      : known({ assets: own * unitOf(base.decimals), amount: ofBase * unitOf(asset.decimals) }),
  );
}

/** `a / b − 1`, rounded away from zero, 10^18 = 100 %; unknown "no-price" where b is not positive. */
export function deviationWadAway(a: bigint, b: bigint): Figure {
  if (b <= 0n) return unknown("no-price");
  const apart = (a - b) * WAD;
  return known(apart < 0n ? divFloor(apart, b) : -divFloor(-apart, b));
}

/** How a deviation stands against the liquidator's margin: beyond all of it is the danger line, beyond half a warning. */
export type DeviationStanding = "within" | "beyond-half" | "beyond";

/** Compares the size of a deviation with the margin; both ways count. Gearbox's rule for a second source. */
export function deviationStandingOf(deviationWad: bigint, profitMarginWad: bigint): DeviationStanding {
  const size = deviationWad < 0n ? -deviationWad : deviationWad;
  if (size > profitMarginWad) return "beyond";
  return size * 2n > profitMarginWad ? "beyond-half" : "within";
}

/** A feed's answer as a price with 18 decimals, rounded down; unknown "no-price" for an answer that is none. */
export function answerUsdWad(answer: bigint | undefined, decimals: number | undefined): Figure {
  if (answer === undefined || decimals === undefined || answer <= 0n) return unknown("no-price");
  return known(decimals <= 18 ? answer * unitOf(18 - decimals) : answer / unitOf(decimals - 18));
}

/** How many links of shares of shares are followed. */
const MOST_LINKS = 4;

/** The asset whose market feed moves an asset's price; undefined for a fixed or unknown source. */
export function feedAssetOf(book: Pick<RiskBook, "assets">, address: Address): RiskAsset | undefined {
  let asset = book.assets.get(address);
  for (let link = 0; link < MOST_LINKS && asset !== undefined; link += 1) {
    if (asset.source.kind === "market") return asset;
    if (asset.source.kind !== "exchange-rate") return undefined;
    asset = book.assets.get(asset.source.of);
  }
  return undefined;
}

interface Held {
  readonly asset: RiskAsset;
  amount: bigint;
  valueUsdWad: Figure;
  readonly byManager: Map<Address, bigint>;
}

function heldOf(book: RiskBook): readonly Held[] {
  const held = new Map<Address, Held>();
  for (const { manager, parts } of book.positions) {
    for (const part of parts) {
      const asset = book.assets.get(part.asset);
      if (part.amount === 0n || asset === undefined) continue;
      const one = held.get(part.asset) ?? {
        asset,
        amount: 0n,
        valueUsdWad: mapFigure(asset.priceUsdWad, () => 0n),
        byManager: new Map<Address, bigint>(),
      };
      one.amount += part.amount;
      one.valueUsdWad = mapFigure(
        bothFigures(one.valueUsdWad, asset.priceUsdWad),
        ([sum, price]) => sum + (part.amount * price) / unitOf(asset.decimals),
      );
      one.byManager.set(manager, (one.byManager.get(manager) ?? 0n) + part.amount);
      held.set(part.asset, one);
    }
  }
  return [...held.values()];
}

/** What is sold for a holding, and how much: shares of another vault are redeemed first, at the oracle's rate. */
function soldOf(
  book: RiskBook,
  { asset, amount }: Held,
): { readonly sold: RiskAsset; readonly amountSold: bigint } {
  const { source } = asset;
  const inside = source.kind === "exchange-rate" ? book.assets.get(source.of) : undefined;
  return source.kind !== "exchange-rate" || inside === undefined
    ? { sold: asset, amountSold: amount }
    : { sold: inside, amountSold: (amount * source.assetsPerWholeShare) / unitOf(asset.decimals) };
}

function poolExitOf(pool: Pool, price: Figure<ExecutionPrice>): PoolExit {
  return {
    pool: pool.pool,
    depths:
      price.kind === "unknown"
        ? []
        : EXIT_IMPACTS_WAD.map((underWad) => depthAtPriceDown(pool, priceBelow(price.value, underWad))),
    oracleAboveSpotWad: chainFigure(price, ({ assets, amount }) =>
      deviationWadAway(assets * pool.reserveIn, amount * pool.reserveOutAssets),
    ),
  };
}

/** The deepest first, by the depth at the largest impact. */
function byDepth(a: PoolExit, b: PoolExit): number {
  return compareBigint(b.depths.at(-1) ?? 0n, a.depths.at(-1) ?? 0n);
}

function exitOf(
  book: RiskBook,
  { one, all }: { readonly one: Held; readonly all: readonly Held[] },
): ExitWay {
  const { sold, amountSold } = soldOf(book, one);
  if (sold.address === book.state.asset.address) return { kind: "base" };
  const pools = book.exits.get(sold.address) ?? [];
  if (pools.length === 0) return { kind: "none" };
  const price = oraclePriceOf(book, sold);
  const together = all
    .map((other) => soldOf(book, other))
    .filter((other) => other.sold.address === sold.address);
  return {
    kind: "pools",
    sold,
    amountSold,
    togetherSold: sumOf(together.map((other) => other.amountSold)),
    pools: pools.map((pool) => poolExitOf(pool, price)).sort(byDepth),
  };
}

function byValue(a: AssetHolding, b: AssetHolding): number {
  if (a.valueUsdWad.kind === "unknown") return b.valueUsdWad.kind === "unknown" ? 0 : 1;
  return b.valueUsdWad.kind === "unknown" ? -1 : compareBigint(b.valueUsdWad.value, a.valueUsdWad.value);
}

/**
 * The collateral of all positions that owe something, by asset, bonds and working capital included. The parts add up to
 * the value of the positions to the unit, since both round each stored part down by itself.
 *
 * An unread position leaves every total and share unknown: a part of what happened to be read is no share.
 */
export function collateralOf(book: RiskBook): Collateral {
  const held = heldOf(book);
  const base = book.assets.get(book.state.asset.address);
  const isWhole = book.unread.length === 0;
  const totalUsdWad = isWhole
    ? sumFigures(held.map(({ valueUsdWad }) => valueUsdWad))
    : unknown("snapshot-incomplete");
  const inAssets = (usdWad: Figure): Figure =>
    chainFigure(
      bothFigures(usdWad, base?.priceUsdWad ?? unknown("no-price")),
      ([valueUsdWad, basePriceUsdWad]) =>
        basePriceUsdWad <= 0n
          ? unknown("no-price")
          : known(valueAssetsDown({ valueUsdWad, basePriceUsdWad, decimals: book.state.asset.decimals })),
    );
  const holdings = held.map(
    (one): AssetHolding => ({
      asset: one.asset,
      amount: one.amount,
      valueUsdWad: one.valueUsdWad,
      valueAssets: inAssets(one.valueUsdWad),
      shareWad: chainFigure(bothFigures(one.valueUsdWad, totalUsdWad), ([part, whole]) =>
        ratioWadDown({ part, whole, reason: "no-assets" }),
      ),
      concentration: isWhole ? concentrationOf([...one.byManager.values()]) : unknown("snapshot-incomplete"),
      exit: exitOf(book, { one, all: held }),
      movedBy: feedAssetOf(book, one.asset.address),
    }),
  );
  return { holdings: holdings.sort(byValue), totalUsdWad, totalAssets: inAssets(totalUsdWad) };
}

/**
 * How many times the depth a holding is, rounded up, 10^18 = once; undefined where nothing at all can be sold within
 * the impact. With the assumption that the market refills once a day it is also the number of days to exit.
 */
export function timesDepthWadUp(amount: bigint, depth: bigint): bigint | undefined {
  return depth <= 0n ? undefined : (amount * WAD + depth - 1n) / depth;
}

/** What a market feed moves, as a part of the collateral. */
export interface Exposure {
  readonly asset: RiskAsset;
  readonly valueUsdWad: bigint;
}

/**
 * The market asset, the base asset aside, whose feed moves the largest part of the collateral: itself and shares that
 * redeem for it together. Undefined where positions hold nothing that a feed moves.
 */
export function mostExposedOf(book: RiskBook, { holdings }: Collateral): Exposure | undefined {
  const sums = new Map<Address, Exposure>();
  for (const { movedBy, valueUsdWad } of holdings) {
    if (movedBy === undefined || valueUsdWad.kind === "unknown") continue;
    if (movedBy.address === book.state.asset.address) continue;
    const before = sums.get(movedBy.address)?.valueUsdWad ?? 0n;
    sums.set(movedBy.address, { asset: movedBy, valueUsdWad: before + valueUsdWad.value });
  }
  return [...sums.values()].sort((a, b) => compareBigint(b.valueUsdWad, a.valueUsdWad))[0];
}
