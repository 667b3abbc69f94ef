import { known, unknown } from "./figure";
import { compareBigint, maxOf, mulDivDown, mulDivUp, WAD } from "./math";
import type { BlockRef, Figure, SharePrice, TotalsSample } from "./model";

/** Totals and the conversion's virtual shares at one moment. */
export interface PricedTotals {
  readonly totalAssets: bigint;
  readonly totalSupplyShares: bigint;
  /** 10^offset of OpenZeppelin's ERC-4626; 0 for a vault whose conversion has none. */
  readonly virtualShares: bigint;
}

/**
 * The share price as an exact pair: `totalAssets + 1` for `totalSupply + 10^offset`, the pair that
 * OpenZeppelin's ERC-4626 converts by. Without virtual shares there is no virtual asset either.
 */
export function sharePriceOf(input: PricedTotals): SharePrice {
  return {
    assets: input.totalAssets + (input.virtualShares > 0n ? 1n : 0n),
    shares: input.totalSupplyShares + input.virtualShares,
  };
}

/** What shares convert to, rounded down, as `convertToAssets`; "no-supply" when the pair has no shares. */
export function assetsForSharesDown(price: SharePrice, shares: bigint): Figure {
  if (price.shares <= 0n) return unknown("no-supply");
  return known(mulDivDown({ a: shares, b: price.assets, denominator: price.shares }));
}

/** What shares convert to, rounded up. */
export function assetsForSharesUp(price: SharePrice, shares: bigint): Figure {
  if (price.shares <= 0n) return unknown("no-supply");
  return known(mulDivUp({ a: shares, b: price.assets, denominator: price.shares }));
}

/** What assets convert to in shares, rounded down, as `convertToShares`; "no-assets" when the pair has none. */
export function sharesForAssetsDown(price: SharePrice, assets: bigint): Figure {
  if (price.assets <= 0n) return unknown("no-assets");
  return known(mulDivDown({ a: assets, b: price.shares, denominator: price.assets }));
}

/** Orders two prices exactly, by cross-multiplication. */
export function compareSharePrice(a: SharePrice, b: SharePrice): -1 | 0 | 1 {
  return compareBigint(a.assets * b.shares, b.assets * a.shares);
}

/** The part of a price that was lost, `1 − now / before`, rounded down (10^18 = 100 %); zero if it did not fall. */
export function priceFallWadDown(before: SharePrice, now: SharePrice): Figure {
  if (before.shares <= 0n || now.shares <= 0n) return unknown("no-supply");
  if (before.assets <= 0n) return unknown("no-assets");
  const high = before.assets * now.shares;
  const low = now.assets * before.shares;
  return known(low >= high ? 0n : mulDivDown({ a: high - low, b: WAD, denominator: high }));
}

/** An exact share price at one place of a block. */
export interface PriceMoment {
  readonly block: BlockRef;
  readonly logIndex: number;
  readonly price: SharePrice;
}

/** One point of the share-price series. */
export interface DrawdownPoint {
  readonly block: BlockRef;
  readonly price: SharePrice;
  /** The highest price so far, this point included. */
  readonly peak: SharePrice;
  /** 1 − price / peak, rounded down. */
  readonly drawdownWad: bigint;
}

/**
 * The share price and its drawdown over time: at the end of sampled blocks, and exactly at the `moments` that the
 * ledger knows (before and after every loss, fall and recovery). A price only falls at such a moment, so with all of
 * them the highest and the lowest points are exact however sparse the samples are. Blocks without any supply carry no
 * price and are left out: the line has a gap there. Both may come in any order, moments of one log in theirs.
 */
export function drawdownSeries(input: {
  readonly samples: readonly TotalsSample[];
  readonly moments?: readonly PriceMoment[];
  readonly virtualShares: bigint;
}): readonly DrawdownPoint[] {
  const { virtualShares, moments = [] } = input;
  // The end of a block stands behind every log of it.
  const places: PriceMoment[] = [...moments];
  for (const sample of input.samples) {
    if (sample.totalSupplyShares === 0n) continue;
    const price = sharePriceOf({ ...sample, virtualShares });
    places.push({ block: sample.block, logIndex: Number.POSITIVE_INFINITY, price });
  }
  places.sort(
    (a, b) => compareBigint(a.block.number, b.block.number) || compareNumbers(a.logIndex, b.logIndex),
  );
  const points: DrawdownPoint[] = [];
  let peak: SharePrice | undefined;
  for (const { block, price } of places) {
    peak = peak === undefined || compareSharePrice(price, peak) >= 0 ? price : peak;
    const fall = priceFallWadDown(peak, price);
    if (fall.kind === "unknown") continue;
    points.push({ block, price, peak, drawdownWad: fall.value });
  }
  return points;
}

/** Like a difference, but two infinities are equal. */
function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The highest price of a series and the last block that stood at it; undefined for an empty series. */
export function highWaterMark(series: readonly DrawdownPoint[]): DrawdownPoint | undefined {
  let mark: DrawdownPoint | undefined;
  for (const point of series) {
    if (compareSharePrice(point.price, point.peak) === 0) mark = point;
  }
  return mark;
}

/** The deepest point of a series; undefined for an empty series. */
export function deepestDrawdown(series: readonly DrawdownPoint[]): DrawdownPoint | undefined {
  let deepest: DrawdownPoint | undefined;
  for (const point of series) {
    if (deepest === undefined || point.drawdownWad > deepest.drawdownWad) deepest = point;
  }
  return deepest;
}

/** How long the price has stood below its peak. */
export interface UnderWater {
  /** Whether the price stands below its peak now, if only since this very second. */
  readonly isUnderWater: boolean;
  /** Since the last high-water mark; zero when the price stands at it. */
  readonly currentSeconds: bigint;
  /** The longest time between a high-water mark and its recovery (or the end of the series). */
  readonly longestSeconds: bigint;
}

/**
 * Time under water, in seconds. It begins at a point of the series, exactly where the series holds the moments of the
 * losses; that it is over is seen at the first sample or recovery at the old height, so the end is exact to their
 * spacing.
 */
export function underWaterOf(series: readonly DrawdownPoint[]): UnderWater {
  let markSeconds: bigint | undefined;
  let isUnderWater = false;
  let currentSeconds = 0n;
  let longestSeconds = 0n;
  for (const point of series) {
    const atSeconds = point.block.timestampSeconds;
    const isAtPeak = compareSharePrice(point.price, point.peak) === 0;
    const sinceMark = markSeconds === undefined ? 0n : atSeconds - markSeconds;
    if (isAtPeak) {
      if (isUnderWater) longestSeconds = maxOf(longestSeconds, sinceMark);
      markSeconds = atSeconds;
      currentSeconds = 0n;
    } else {
      currentSeconds = sinceMark;
      longestSeconds = maxOf(longestSeconds, sinceMark);
    }
    isUnderWater = !isAtPeak;
  }
  return { isUnderWater, currentSeconds, longestSeconds };
}
