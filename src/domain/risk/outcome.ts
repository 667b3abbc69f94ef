import { interestFeeBps, lpLossOfBadDebtAssets } from "../bad-debt";
import { bothFigures, chainFigure, known, mapFigure, sumFigures, unknown } from "../figure";
import {
  debtUsdWadDown,
  healthRatioOfWadDown,
  isBelowThreshold,
  liquidationThresholdWad,
  valueAssetsDown,
} from "../health";
import { badDebtAssets, type PaymentRule, paymentDown } from "../liquidation";
import { unitOf, zeroFloorSub } from "../math";
import type { Address, Figure, SharePrice } from "../model";
import { sharePriceOf } from "../share-price";
import type { Prices, RiskBook, RiskPosition } from "./model";

/** One position at other prices. Amounts in base-asset units. */
export interface PositionOutcome {
  readonly manager: Address;
  readonly trueDebtAssets: bigint;
  readonly valueUsdWad: bigint;
  readonly valueAssets: bigint;
  readonly healthRatioWad: Figure;
  readonly canLiquidate: boolean;
  /** What a liquidator would pay, whether or not it can be liquidated. */
  readonly paymentAssets: bigint;
  /** Zero for what cannot be liquidated. */
  readonly badDebtAssets: bigint;
  readonly lpLossAssets: Figure;
  readonly isInsolvent: boolean;
}

/** A vault at other prices. */
export interface Outcome {
  readonly positions: readonly PositionOutcome[];
  /** L: bad debt if everything that can be liquidated then were closed at those prices. */
  readonly badDebtAssets: Figure;
  readonly lpLossAssets: Figure;
  /** LaR: debt of all positions that can be liquidated then. */
  readonly liquidationsAtRiskAssets: Figure;
  readonly managersLiquidatable: Figure<number>;
  readonly managersLosing: Figure<number>;
  /** (A − LP loss) over all shares, virtual ones included. */
  readonly sharePriceAfter: Figure<SharePrice>;
  /** Whether every position was rebuilt to the unit, by the strategy's own rule. */
  readonly isExact: boolean;
}

/** How payments are modelled: the vault's own rule where its quotes tell it, otherwise the documented rule (a). */
export function ruleOf(book: Pick<RiskBook, "rule">): PaymentRule {
  return book.rule ?? "a";
}

/** A position's value at prices, USD with 18 decimals: each stored part rounded down by itself, as its wrapper does. */
export function valueUsdWadAt(
  position: RiskPosition,
  at: { readonly book: RiskBook; readonly prices: Prices },
): Figure {
  let sum = 0n;
  for (const { asset, amount } of position.parts) {
    if (amount === 0n) continue;
    const price = at.prices.get(asset);
    const decimals = at.book.assets.get(asset)?.decimals;
    if (price === undefined || decimals === undefined) return unknown("no-price");
    sum += (amount * price) / unitOf(decimals);
  }
  return known(sum);
}

/** What makes positions comparable at one set of prices. */
interface Frame {
  readonly book: RiskBook;
  readonly prices: Prices;
  readonly basePriceUsdWad: bigint;
  readonly thresholdWad: bigint;
  readonly profitMarginWad: bigint;
  readonly rule: PaymentRule;
  readonly feeBps: Figure;
}

/** Parameters other than the vault's own, for "what if". */
export interface ParameterChoice {
  readonly thresholdWad?: bigint | undefined;
  readonly rule?: PaymentRule | undefined;
}

function frameOf(book: RiskBook, at: { readonly prices: Prices } & ParameterChoice): Figure<Frame> {
  const { flux, asset } = book.state;
  if (flux === undefined) return unknown("not-published");
  const basePriceUsdWad = at.prices.get(asset.address);
  if (basePriceUsdWad === undefined || basePriceUsdWad <= 0n) return unknown("no-price");
  return known({
    book,
    prices: at.prices,
    basePriceUsdWad,
    thresholdWad: at.thresholdWad ?? liquidationThresholdWad(flux.strategy),
    profitMarginWad: flux.strategy.liquidationProfitMarginWad,
    rule: at.rule ?? ruleOf(book),
    feeBps: interestFeeBps(book.state),
  });
}

function outcomeOf(position: RiskPosition, frame: Frame): Figure<PositionOutcome> {
  return mapFigure(valueUsdWadAt(position, frame), (valueUsdWad) => {
    const { basePriceUsdWad, thresholdWad, profitMarginWad, rule } = frame;
    const pricing = { basePriceUsdWad, decimals: frame.book.state.asset.decimals };
    const trueDebtAssets = position.principalAssets + position.accruedInterestAssets;
    const valueAssets = valueAssetsDown({ ...pricing, valueUsdWad });
    const debtUsdWad = debtUsdWadDown({ ...pricing, debtAssets: trueDebtAssets });
    const canLiquidate = isBelowThreshold({ value: valueUsdWad, debt: debtUsdWad, thresholdWad });
    const paymentAssets = paymentDown({ rule, valueAssets, trueDebtAssets, profitMarginWad });
    const bad = canLiquidate ? badDebtAssets({ trueDebtAssets, paymentAssets }) : 0n;
    return {
      manager: position.manager,
      trueDebtAssets,
      valueUsdWad,
      valueAssets,
      healthRatioWad: healthRatioOfWadDown({ value: valueUsdWad, debt: debtUsdWad }),
      canLiquidate,
      paymentAssets,
      badDebtAssets: bad,
      lpLossAssets: lpLossOf({ position, badDebt: bad, feeBps: frame.feeBps }),
      isInsolvent: valueAssets < trueDebtAssets,
    };
  });
}

function lpLossOf(input: {
  readonly position: RiskPosition;
  readonly badDebt: bigint;
  readonly feeBps: Figure;
}): Figure {
  const { position, badDebt } = input;
  // Without unpaid interest no fee is in the debt, so the fee rate does not matter.
  if (badDebt === 0n || position.accruedInterestAssets === 0n) return known(badDebt);
  return mapFigure(input.feeBps, (feeBps) =>
    lpLossOfBadDebtAssets({
      badDebtAssets: badDebt,
      unpaidInterestAssets: position.accruedInterestAssets,
      feeBps,
    }),
  );
}

/** One position at prices, by the formulas of the standard strategy; unknown without a price of one of its parts. */
export function positionAt(
  position: RiskPosition,
  at: { readonly book: RiskBook; readonly prices: Prices } & ParameterChoice,
): Figure<PositionOutcome> {
  return chainFigure(frameOf(at.book, at), (frame) => outcomeOf(position, frame));
}

/**
 * The whole vault at prices: what could be liquidated then, and what closing all of it would cost the LPs. Totals are
 * unknown "snapshot-incomplete" while a manager could not be taken apart, "no-price" where an asset has no price.
 *
 * Exact to the unit against the contracts at those prices when `isExact`.
 */
export function outcomeAt(book: RiskBook, at: { readonly prices: Prices } & ParameterChoice): Outcome {
  const frame = frameOf(book, at);
  const all: Figure<readonly PositionOutcome[]> = chainFigure(frame, (found) => {
    const outcomes: PositionOutcome[] = [];
    for (const position of book.positions) {
      const outcome = outcomeOf(position, found);
      if (outcome.kind === "unknown") return outcome;
      outcomes.push(outcome.value);
    }
    return known(outcomes);
  });
  const whole = chainFigure(all, (outcomes) =>
    book.unread.length === 0 ? known(outcomes) : unknown("snapshot-incomplete"),
  );
  const open = mapFigure(whole, (outcomes) => outcomes.filter(({ canLiquidate }) => canLiquidate));
  const total = (amountOf: (one: PositionOutcome) => Figure): Figure =>
    chainFigure(open, (outcomes) => sumFigures(outcomes.map(amountOf)));
  const lpLossAssets = total((one) => one.lpLossAssets);
  return {
    positions: all.kind === "known" ? all.value : [],
    badDebtAssets: total((one) => known(one.badDebtAssets)),
    lpLossAssets,
    liquidationsAtRiskAssets: total((one) => known(one.trueDebtAssets)),
    managersLiquidatable: mapFigure(open, (outcomes) => outcomes.length),
    managersLosing: mapFigure(open, (outcomes) => outcomes.filter((one) => one.badDebtAssets > 0n).length),
    sharePriceAfter: chainFigure(lpLossAssets, (loss) => priceAfterLoss(book, loss)),
    isExact: book.rule !== undefined && book.positions.every((position) => position.isExact),
  };
}

function priceAfterLoss({ state }: RiskBook, lossAssets: bigint): Figure<SharePrice> {
  const price = sharePriceOf({ ...state, totalAssets: zeroFloorSub(state.totalAssets, lossAssets) });
  return price.shares > 0n ? known(price) : unknown("no-supply");
}

/** What shares would lose of an LP loss, rounded down: shares × loss / (supply + virtual shares). */
export function wouldLoseOf(
  shares: bigint,
  at: { readonly book: RiskBook; readonly lpLossAssets: Figure },
): Figure {
  const whole = at.book.state.totalSupplyShares + at.book.state.virtualShares;
  if (whole <= 0n) return unknown("no-supply");
  return mapFigure(bothFigures(known(shares), at.lpLossAssets), ([held, loss]) => (held * loss) / whole);
}
