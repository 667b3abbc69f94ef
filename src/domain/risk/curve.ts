import { toSafeInteger } from "@/shared/format";
import { interestFeeBps } from "../bad-debt";
import { chainFigure, known, mapFigure } from "../figure";
import { BPS, divFloor, minOf, WAD } from "../math";
import type { Address, Figure } from "../model";
import { GridSums } from "./grid-sums";
import {
  allLines,
  bothOf,
  type Factor,
  factorOf,
  type Line,
  oracleSplit,
  type PositionLines,
  positiveOf,
} from "./lines";
import { marketSplit } from "./market-split";
import type { RiskBook } from "./model";

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

/** Some assets that fall together, each by the same part, and the falls to look at. */
export interface OneFactorShock {
  readonly assets: readonly Address[];
  /** Ascending, 10^18 = 100 %. */
  readonly fallsWad: readonly bigint[];
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
 * The curves of a shock over an ascending grid of falls. A position's value is a straight line in the
 * fall, so every position is entered once where its line begins and taken out where it ends: the cost is positions ×
 * log falls + falls, not their product.
 *
 * For drawing: between these straight lines and the exact outcome (`outcomeAt` at `pricesAfter`) lie the roundings of
 * each stored part and of the price to what its feed can hold. A figure printed for one fall is computed exactly.
 * Unknown "snapshot-incomplete" while a manager is unread, "no-price" where a part or the base asset has none.
 */
export function lossCurveOf(book: RiskBook, shock: OneFactorShock): Figure<readonly CurvePoint[]> {
  return chainFigure(factorOf(book, shock.assets), (factor) =>
    chainFigure(allLines(factor, oracleSplit), (lines) =>
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
  return fallsWad.map((fallWad, place) => ({
    fallWad,
    badDebtAssets: assetsOf(badDebts[place] ?? 0n, { factor, fallWad, scale: 1n }),
    lpLossAssets: assetsOf(lpLosses[place] ?? 0n, { factor, fallWad, scale: BPS }),
    liquidationsAtRiskAssets: debts[place] ?? 0n,
    managersLiquidatable: toSafeInteger(counts[place] ?? 0n),
  }));
}

/**
 * A sum of lines (US dollars × 10^54 × scale) in base-asset units, rounded down. A base asset that has fallen by
 * 100 % has no price, and nothing can be counted in it.
 */
function assetsOf(
  scaled: bigint,
  at: { readonly factor: Factor; readonly fallWad: bigint; readonly scale: bigint },
): bigint {
  const { baseUnit, basePriceUsdWad, beta } = at.factor;
  const price = basePriceUsdWad * (WAD - beta * at.fallWad);
  return price <= 0n ? 0n : divFloor(scaled * baseUnit, price * WAD * at.scale);
}

/** L(x) as the market would leave it, at one fall. */
export interface MarketCurvePoint {
  readonly fallWad: bigint;
  readonly badDebtAssets: bigint;
}

/** On the market the price of an asset can fall that its oracle has written down for good; the base asset is the measure. */
function onTheMarket(factor: Factor, assets: readonly Address[]): Factor {
  const base = factor.book.state.asset.address;
  return { ...factor, moved: new Set([...factor.moved, ...assets.filter((asset) => asset !== base)]) };
}

/**
 * The market-marked curve: Σ max(0, D − (1 − m)(1 − s) · V) over every position that owes, where (1 − s) · V is what
 * the configured exchanges would pay for the whole holding today, moved with the price. The exchanges' depth is taken
 * to follow the price, and each position to be sold alone. Unknown "not-published" where an asset has no exchange.
 */
export function marketCurveOf(book: RiskBook, shock: OneFactorShock): Figure<readonly MarketCurvePoint[]> {
  return chainFigure(factorOf(book, shock.assets), (factor) =>
    mapFigure(allLines(onTheMarket(factor, shock.assets), marketSplit), (lines) => {
      const sums = new GridSums(shock.fallsWad);
      for (const { badDebt } of lines) {
        const losing = positiveOf(badDebt);
        if (losing !== undefined) sums.add(badDebt, losing);
      }
      const values = sums.values();
      return shock.fallsWad.map((fallWad, place) => ({
        fallWad,
        badDebtAssets: assetsOf(values[place] ?? 0n, { factor, fallWad, scale: 1n }),
      }));
    }),
  );
}
