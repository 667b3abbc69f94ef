import { toSafeInteger } from "@/shared/format";
import { interestFeeBps } from "../bad-debt";
import { chainFigure, known, mapFigure, unknown } from "../figure";
import { debtUsdWadDown, liquidationThresholdWad } from "../health";
import { BPS, compareBigint, divFloor, maxOf, minOf, unitOf, WAD, zeroFloorSub } from "../math";
import type { Address, Figure } from "../model";
import type { RiskBook, RiskPosition } from "./model";
import { ruleOf } from "./outcome";
import { movedBy, todaysPrices } from "./prices";

/** What a shock of one factor costs at one fall. Base-asset units. */
export interface CurvePoint {
  /** 10^18 = 100 %. */
  readonly fallWad: bigint;
  /** L(x): bad debt if all that can be liquidated at that fall were closed there. */
  readonly badDebtAssets: bigint;
  readonly lpLossAssets: bigint;
  /** LaR(x): debt that can be liquidated at that fall. */
  readonly liquidationsAtRiskAssets: bigint;
  readonly managersLiquidatable: number;
}

/** Falls, whole numbers with 10^18 = 100 %, both ends included. */
export interface FallInterval {
  readonly fromWad: bigint;
  readonly toWad: bigint;
}

/** The falls at which a position can be liquidated, and those at which that leaves bad debt; undefined: at none. */
export interface FallMarks {
  readonly manager: Address;
  readonly liquidatable: FallInterval | undefined;
  readonly losing: FallInterval | undefined;
}

/** `level + slope × x`, x in WAD. */
interface Line {
  readonly level: bigint;
  readonly slope: bigint;
}

/** The falls within 0 to 100 % at which a line is above zero. */
function positiveOf({ level, slope }: Line): FallInterval | undefined {
  if (slope === 0n) return level > 0n ? { fromWad: 0n, toWad: WAD } : undefined;
  if (slope > 0n) {
    const fromWad = maxOf(0n, divFloor(-level, slope) + 1n);
    return fromWad > WAD ? undefined : { fromWad, toWad: WAD };
  }
  const toWad = minOf(WAD, divFloor(level - 1n, -slope));
  return toWad < 0n ? undefined : { fromWad: 0n, toWad };
}

function bothOf(a: FallInterval | undefined, b: FallInterval | undefined): FallInterval | undefined {
  if (a === undefined || b === undefined) return undefined;
  const fromWad = maxOf(a.fromWad, b.fromWad);
  const toWad = minOf(a.toWad, b.toWad);
  return fromWad > toWad ? undefined : { fromWad, toWad };
}

/** A position as straight lines in the fall; US dollars × 10^54. */
interface PositionLines {
  readonly manager: Address;
  readonly debtAssets: bigint;
  readonly badDebt: Line;
  readonly unpaidInterest: Line;
  readonly liquidatable: FallInterval | undefined;
  readonly losing: FallInterval | undefined;
}

interface Factor {
  readonly book: RiskBook;
  readonly moved: ReadonlySet<Address>;
  /** 1 when the base asset itself falls, so that debts fall with it. */
  readonly beta: bigint;
  readonly basePriceUsdWad: bigint;
  readonly thresholdWad: bigint;
  readonly keptWad: bigint;
  readonly prices: ReadonlyMap<Address, bigint>;
}

/** Value that the shock leaves alone and value that it moves, USD with 18 decimals. */
function splitValue(
  position: RiskPosition,
  { book, moved, prices }: Factor,
): readonly [bigint, bigint] | undefined {
  let still = 0n;
  let moving = 0n;
  for (const { asset, amount } of position.parts) {
    if (amount === 0n) continue;
    const price = prices.get(asset);
    const decimals = book.assets.get(asset)?.decimals;
    if (price === undefined || decimals === undefined) return undefined;
    const value = (amount * price) / unitOf(decimals);
    if (moved.has(asset)) moving += value;
    else still += value;
  }
  return [still, moving];
}

/**
 * With B still and R moving value, D debt, β as above: V(x) = B + R(1 − x), D(x) = D(1 − βx), all in US dollars.
 * Liquidatable: T·D(x) − V(x) > 0. Bad debt: D(x) − (1 − m)·V(x), under rule (a) only where V(x) < D(x).
 */
function linesOf(position: RiskPosition, factor: Factor): PositionLines | undefined {
  const split = splitValue(position, factor);
  if (split === undefined) return undefined;
  const { book, basePriceUsdWad, thresholdWad, keptWad, beta } = factor;
  const [still, moving] = split;
  const value = still + moving;
  const pricing = { basePriceUsdWad, decimals: book.state.asset.decimals };
  const debtAssets = position.principalAssets + position.accruedInterestAssets;
  const debt = debtUsdWadDown({ ...pricing, debtAssets });
  const interest = debtUsdWadDown({ ...pricing, debtAssets: position.accruedInterestAssets });
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

function factorOf(book: RiskBook, asset: Address): Figure<Factor> {
  const flux = book.state.flux;
  if (flux === undefined) return unknown("not-published");
  const prices = todaysPrices(book);
  const base = book.state.asset.address;
  const basePriceUsdWad = prices.get(base);
  if (basePriceUsdWad === undefined || basePriceUsdWad <= 0n) return unknown("no-price");
  const moved = movedBy(book, asset);
  return known({
    book,
    moved,
    beta: moved.has(base) ? 1n : 0n,
    basePriceUsdWad,
    thresholdWad: liquidationThresholdWad(flux.strategy),
    keptWad: zeroFloorSub(WAD, flux.strategy.liquidationProfitMarginWad),
    prices,
  });
}

function allLines(book: RiskBook, factor: Factor): Figure<readonly PositionLines[]> {
  if (book.unread.length > 0) return unknown("snapshot-incomplete");
  const lines: PositionLines[] = [];
  for (const position of book.positions) {
    const found = linesOf(position, factor);
    if (found === undefined) return unknown("no-price");
    lines.push(found);
  }
  return known(lines);
}

/** Sums of lines over a grid of falls: each line is entered where it begins and taken out where it ends. */
class GridSums {
  readonly #grid: readonly bigint[];
  readonly #level: bigint[];
  readonly #slope: bigint[];

  constructor(grid: readonly bigint[]) {
    this.#grid = grid;
    this.#level = Array.from({ length: grid.length + 1 }, () => 0n);
    this.#slope = Array.from({ length: grid.length + 1 }, () => 0n);
  }

  /** The place of the first fall of the grid that is not below `fallWad`. */
  #placeOf(fallWad: bigint): number {
    let low = 0;
    let high = this.#grid.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#grid[middle] ?? 0n) < fallWad) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  add({ level, slope }: Line, { fromWad, toWad }: FallInterval): void {
    const from = this.#placeOf(fromWad);
    const to = this.#placeOf(toWad + 1n);
    if (from >= to) return;
    this.#level[from] = (this.#level[from] ?? 0n) + level;
    this.#slope[from] = (this.#slope[from] ?? 0n) + slope;
    this.#level[to] = (this.#level[to] ?? 0n) - level;
    this.#slope[to] = (this.#slope[to] ?? 0n) - slope;
  }

  values(): readonly bigint[] {
    let level = 0n;
    let slope = 0n;
    return this.#grid.map((fallWad, place) => {
      level += this.#level[place] ?? 0n;
      slope += this.#slope[place] ?? 0n;
      return level + slope * fallWad;
    });
  }
}

/** LP loss of a position as lines: the fee part of interest that nobody pays is not the LPs'. */
function addLpLoss(
  sums: GridSums,
  { lines, feeBps }: { readonly lines: PositionLines; readonly feeBps: bigint },
): void {
  const { losing, badDebt, unpaidInterest } = lines;
  if (losing === undefined) return;
  const times = (line: Line, factor: bigint): Line => ({
    level: line.level * factor,
    slope: line.slope * factor,
  });
  const overInterest = bothOf(
    losing,
    positiveOf({
      level: badDebt.level - unpaidInterest.level,
      slope: badDebt.slope - unpaidInterest.slope,
    }),
  );
  sums.add(times(badDebt, BPS - feeBps), losing);
  // Where the bad debt is larger than the unpaid interest, only the interest has a fee part.
  if (overInterest === undefined) return;
  sums.add(times(badDebt, feeBps), overInterest);
  sums.add(times(unpaidInterest, -feeBps), overInterest);
}

const ONE: Line = { level: 1n, slope: 0n };

/**
 * The curves of a shock of one asset over an ascending grid of falls. A position's value is a straight line in the
 * fall, so every position is entered once where its line begins and taken out where it ends: the cost is positions ×
 * log falls + falls, not their product.
 *
 * For drawing: between these straight lines and the exact outcome (`outcomeAt` at `pricesAfter`) lie the roundings of
 * each stored part and of the price to what its feed can hold. A figure printed for one fall is computed exactly.
 * Unknown "snapshot-incomplete" while a manager is unread, "no-price" where a part or the base asset has none.
 */
export function lossCurveOf(
  book: RiskBook,
  shock: { readonly asset: Address; readonly fallsWad: readonly bigint[] },
): Figure<readonly CurvePoint[]> {
  return chainFigure(factorOf(book, shock.asset), (factor) =>
    chainFigure(allLines(book, factor), (lines) =>
      mapFigure(feeOf(book), (feeBps) => pointsOf({ lines, factor, feeBps, fallsWad: shock.fallsWad })),
    ),
  );
}

/** Fees are only asked for where somebody owes interest. */
function feeOf(book: RiskBook): Figure {
  return book.positions.some(({ accruedInterestAssets }) => accruedInterestAssets > 0n)
    ? mapFigure(interestFeeBps(book.state), (bps) => minOf(bps, BPS))
    : known(0n);
}

function pointsOf(input: {
  readonly lines: readonly PositionLines[];
  readonly factor: Factor;
  readonly feeBps: bigint;
  readonly fallsWad: readonly bigint[];
}): readonly CurvePoint[] {
  const { lines, factor, feeBps, fallsWad } = input;
  const badDebt = new GridSums(fallsWad);
  const lpLoss = new GridSums(fallsWad);
  const atRisk = new GridSums(fallsWad);
  const count = new GridSums(fallsWad);
  for (const one of lines) {
    if (one.liquidatable !== undefined && one.debtAssets > 0n) {
      atRisk.add({ level: one.debtAssets, slope: 0n }, one.liquidatable);
      count.add(ONE, one.liquidatable);
    }
    if (one.losing !== undefined) badDebt.add(one.badDebt, one.losing);
    addLpLoss(lpLoss, { lines: one, feeBps });
  }
  const badDebts = badDebt.values();
  const lpLosses = lpLoss.values();
  const debts = atRisk.values();
  const counts = count.values();
  const unit = unitOf(factor.book.state.asset.decimals);
  return fallsWad.map((fallWad, place) => {
    const price = factor.basePriceUsdWad * (WAD - factor.beta * fallWad);
    // Lines are USD × 10^54 and this price USD × 10^36 for a whole base asset, which after a fall of 100 % has none.
    const toAssets = (scaled: bigint, by: bigint): bigint =>
      price <= 0n ? 0n : divFloor(scaled * unit, price * WAD * by);
    return {
      fallWad,
      badDebtAssets: toAssets(badDebts[place] ?? 0n, 1n),
      lpLossAssets: toAssets(lpLosses[place] ?? 0n, BPS),
      liquidationsAtRiskAssets: debts[place] ?? 0n,
      managersLiquidatable: toSafeInteger(counts[place] ?? 0n),
    };
  });
}

/**
 * From which fall of one asset on each manager could be liquidated, and from which on that would leave bad debt; in
 * the order in which they fall, those that never do last. Falls are rounded to 10^-18; values as for the curves.
 */
export function fallMarksOf(book: RiskBook, asset: Address): Figure<readonly FallMarks[]> {
  return chainFigure(factorOf(book, asset), (factor) =>
    mapFigure(allLines(book, factor), (lines) =>
      lines
        .filter(({ debtAssets }) => debtAssets > 0n)
        .map(({ manager, liquidatable, losing }) => ({ manager, liquidatable, losing }))
        .sort(compareMarks),
    ),
  );
}

const NEVER = WAD + 1n;

function compareMarks(a: FallMarks, b: FallMarks): number {
  const first = compareBigint(a.liquidatable?.fromWad ?? NEVER, b.liquidatable?.fromWad ?? NEVER);
  return first || compareBigint(a.losing?.fromWad ?? NEVER, b.losing?.fromWad ?? NEVER);
}

/** The smallest fall of one asset with L > 0. */
export type BreakEven =
  | { readonly kind: "already" }
  /** Not even a fall of 100 % costs the LPs anything. */
  | { readonly kind: "never" }
  | { readonly kind: "at"; readonly fallWad: bigint; readonly manager: Address };

/** The break-even shock of one asset and the manager that breaks first; "already" where bad debt stands open today. */
export function breakEvenOf(book: RiskBook, asset: Address): Figure<BreakEven> {
  return mapFigure(fallMarksOf(book, asset), (marks) => {
    let first: { readonly fallWad: bigint; readonly manager: Address } | undefined;
    for (const { manager, losing } of marks) {
      if (losing === undefined) continue;
      if (losing.fromWad === 0n) return { kind: "already" };
      if (first === undefined || losing.fromWad < first.fallWad) first = { fallWad: losing.fromWad, manager };
    }
    return first === undefined ? { kind: "never" } : { kind: "at", ...first };
  });
}
