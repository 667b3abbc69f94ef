import { known, unknown } from "../figure";
import { liquidationThresholdWad } from "../health";
import { divFloor, maxOf, minOf, unitOf, WAD, zeroFloorSub } from "../math";
import type { Address, Figure } from "../model";
import type { RiskBook, RiskPosition } from "./model";
import { ruleOf } from "./outcome";
import { movedBy, todaysPrices } from "./prices";

/** Falls, whole numbers with 10^18 = 100 %, both ends included. */
export interface FallInterval {
  readonly fromWad: bigint;
  readonly toWad: bigint;
}

/** `level + slope × x`, x in WAD. */
export interface Line {
  readonly level: bigint;
  readonly slope: bigint;
}

/** The falls within 0 to 100 % at which a line is above zero. */
export function positiveOf({ level, slope }: Line): FallInterval | undefined {
  if (slope === 0n) return level > 0n ? { fromWad: 0n, toWad: WAD } : undefined;
  if (slope > 0n) {
    const fromWad = maxOf(0n, divFloor(-level, slope) + 1n);
    return fromWad > WAD ? undefined : { fromWad, toWad: WAD };
  }
  const toWad = minOf(WAD, divFloor(level - 1n, -slope));
  return toWad < 0n ? undefined : { fromWad: 0n, toWad };
}

export function bothOf(a: FallInterval | undefined, b: FallInterval | undefined): FallInterval | undefined {
  if (a === undefined || b === undefined) return undefined;
  const fromWad = maxOf(a.fromWad, b.fromWad);
  const toWad = minOf(a.toWad, b.toWad);
  return fromWad > toWad ? undefined : { fromWad, toWad };
}

/** A position as straight lines in the fall; US dollars × 10^54. */
export interface PositionLines {
  readonly manager: Address;
  readonly debtAssets: bigint;
  readonly badDebt: Line;
  readonly unpaidInterest: Line;
  readonly liquidatable: FallInterval | undefined;
  readonly losing: FallInterval | undefined;
}

export interface Factor {
  readonly book: RiskBook;
  readonly moved: ReadonlySet<Address>;
  /** 1 when the base asset itself falls, so that debts fall with it. */
  readonly beta: bigint;
  readonly basePriceUsdWad: bigint;
  readonly thresholdWad: bigint;
  readonly keptWad: bigint;
  /** 10^decimals of the base asset. */
  readonly baseUnit: bigint;
  /** Price and unit of each asset, looked up once and not once a part. */
  readonly priced: ReadonlyMap<Address, PricedAsset>;
}

interface PricedAsset {
  readonly priceUsdWad: bigint;
  readonly unit: bigint;
  readonly isMoved: boolean;
}

/** Value that the shock leaves alone and value that it moves, USD with 18 decimals; unknown without a price. */
export type ValueSplit = (position: RiskPosition, factor: Factor) => Figure<readonly [bigint, bigint]>;

/** As the oracle prices each stored part, rounded down by itself. */
export function oracleSplit(position: RiskPosition, { priced }: Factor): Figure<readonly [bigint, bigint]> {
  let still = 0n;
  let moving = 0n;
  for (const { asset, amount } of position.parts) {
    if (amount === 0n) continue;
    const found = priced.get(asset);
    if (found === undefined) return unknown("no-price");
    const value = (amount * found.priceUsdWad) / found.unit;
    if (found.isMoved) moving += value;
    else still += value;
  }
  return known([still, moving]);
}

/**
 * With B still and R moving value, D debt, β as above: V(x) = B + R(1 − x), D(x) = D(1 − βx), all in US dollars.
 * Liquidatable: T·D(x) − V(x) > 0. Bad debt: D(x) − (1 − m)·V(x), under rule (a) only where V(x) < D(x).
 */
function linesOf(
  position: RiskPosition,
  { factor, split }: { readonly factor: Factor; readonly split: readonly [bigint, bigint] },
): PositionLines {
  const { book, basePriceUsdWad, thresholdWad, keptWad, baseUnit, beta } = factor;
  const [still, moving] = split;
  const value = still + moving;
  const debtAssets = position.principalAssets + position.accruedInterestAssets;
  const debt = (debtAssets * basePriceUsdWad) / baseUnit;
  const interest = (position.accruedInterestAssets * basePriceUsdWad) / baseUnit;
  const badDebt = {
    level: WAD * (debt * WAD - keptWad * value),
    slope: keptWad * moving - beta * debt * WAD,
  };
  const liquidatable = positiveOf({
    level: WAD * (thresholdWad * debt - WAD * value),
    slope: WAD * moving - beta * thresholdWad * debt,
  });
  const underwater =
    ruleOf(book) === "a"
      ? positiveOf({ level: WAD * (debt - value), slope: moving - beta * debt })
      : positiveOf(badDebt);
  return {
    manager: position.manager,
    debtAssets,
    badDebt,
    unpaidInterest: { level: WAD * WAD * interest, slope: -beta * interest * WAD },
    liquidatable,
    losing: bothOf(bothOf(liquidatable, underwater), positiveOf(badDebt)),
  };
}

/** What one factor moves: the given assets together, each by the same part, and the shares of vaults that hold them. */
export function factorOf(book: RiskBook, assets: readonly Address[]): Figure<Factor> {
  const flux = book.state.flux;
  if (flux === undefined) return unknown("not-published");
  const prices = todaysPrices(book);
  const base = book.state.asset.address;
  const basePriceUsdWad = prices.get(base);
  if (basePriceUsdWad === undefined || basePriceUsdWad <= 0n) return unknown("no-price");
  const moved = new Set(assets.flatMap((asset) => [...movedBy(book, asset)]));
  const priced = new Map<Address, PricedAsset>();
  for (const [address, priceUsdWad] of prices) {
    const decimals = book.assets.get(address)?.decimals;
    if (decimals === undefined) continue;
    priced.set(address, { priceUsdWad, unit: unitOf(decimals), isMoved: moved.has(address) });
  }
  return known({
    book,
    moved,
    beta: moved.has(base) ? 1n : 0n,
    basePriceUsdWad,
    thresholdWad: liquidationThresholdWad(flux.strategy),
    keptWad: zeroFloorSub(WAD, flux.strategy.liquidationProfitMarginWad),
    baseUnit: unitOf(book.state.asset.decimals),
    priced,
  });
}

/** Every position as lines; unknown while a manager is unread, or where a part has no value. */
export function allLines(factor: Factor, splitOf: ValueSplit): Figure<readonly PositionLines[]> {
  const { book } = factor;
  if (book.unread.length > 0) return unknown("snapshot-incomplete");
  const lines: PositionLines[] = [];
  for (const position of book.positions) {
    const split = splitOf(position, factor);
    if (split.kind === "unknown") return split;
    lines.push(linesOf(position, { factor, split: split.value }));
  }
  return known(lines);
}
