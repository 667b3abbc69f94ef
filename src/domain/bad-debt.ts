import { chainFigure, figureOf, known, mapFigure, unknown } from "./figure";
import { isBelowThreshold, liquidationThresholdWad, positionValueOf, trueDebtAssets } from "./health";
import { badDebtAssets, isInDeadZone, type PaymentRule, paymentDown } from "./liquidation";
import { BPS, minOf, mulDivDown, zeroFloorSub } from "./math";
import type { Address, Figure, ManagerState, VaultState } from "./model";

/**
 * The states that must never share one word: can be liquidated without loss; would leave bad debt if liquidated
 * now; is worth less than it owes. The last one stands even where the strategy would not liquidate yet.
 */
export type ShortfallState = "no-debt" | "healthy" | "liquidatable" | "would-lose" | "insolvent" | "unknown";

/** What closing one manager now would do. Amounts in base-asset units. */
export interface ManagerShortfall {
  readonly manager: Address;
  readonly state: ShortfallState;
  readonly trueDebtAssets: bigint;
  readonly valueAssets: Figure;
  readonly canLiquidate: Figure<boolean>;
  /** What a liquidator would pay, whether or not the position can be liquidated now. */
  readonly paymentAssets: Figure;
  /** Bad debt of a liquidation now; zero for what cannot be liquidated. */
  readonly badDebtIfClosedAssets: Figure;
  /** What LPs would lose of it: bad debt less the fee takers' part of the interest that nobody will pay. */
  readonly lpLossIfClosedAssets: Figure;
  /** `max(0, D − V)`: plain insolvency, whatever a liquidator pays. */
  readonly insolvencyAssets: Figure;
  readonly isInDeadZone: Figure<boolean>;
  /** "quoted": the strategy's own answer; "modelled": computed here because it did not answer. */
  readonly source: "quoted" | "modelled";
}

interface Quote {
  readonly canLiquidate: boolean;
  readonly paymentAssets: bigint;
}

/**
 * Protocol and curator fee on interest together, basis points; unknown when the vault does not publish them.
 */
export function interestFeeBps(state: VaultState): Figure {
  const flux = state.flux;
  if (flux === undefined) return unknown("not-published");
  return mapFigure(
    figureOf(flux.protocolFeeBps, "not-published"),
    (protocol) => protocol + flux.curatorFeeBps,
  );
}

/**
 * LP loss of a bad debt: `bad debt − floor(fee rate × min(unpaid interest, bad debt))`. The fee part of interest
 * that nobody will pay is the fee takers' loss, not the LPs': total assets never held it. Principal is paid first.
 *
 * A forecast: the vault fixed the fee part at the rates of the time and keeps fractions of a unit, so what it books
 * can differ by up to three units, and by more when a fee rate was changed under an open position.
 */
export function lpLossOfBadDebtAssets(input: {
  readonly badDebtAssets: bigint;
  readonly unpaidInterestAssets: bigint;
  readonly feeBps: bigint;
}): bigint {
  const interest = minOf(input.unpaidInterestAssets, input.badDebtAssets);
  const feePart = mulDivDown({ a: interest, b: minOf(input.feeBps, BPS), denominator: BPS });
  return zeroFloorSub(input.badDebtAssets, feePart);
}

/** The quote by the standard strategy's rules, for when the strategy itself did not answer. */
function modelledQuote(input: {
  readonly manager: ManagerState;
  readonly state: VaultState;
  readonly rule: PaymentRule;
}): Figure<Quote> {
  const flux = input.state.flux;
  if (flux === undefined) return unknown("not-published");
  return mapFigure(positionValueOf(input.manager, input.state), (position) => ({
    canLiquidate: isBelowThreshold({
      value: position.valueUsdWad,
      debt: position.debtUsdWad,
      thresholdWad: liquidationThresholdWad(flux.strategy),
    }),
    paymentAssets: paymentDown({
      rule: input.rule,
      valueAssets: position.valueAssets,
      trueDebtAssets: position.debtAssets,
      profitMarginWad: flux.strategy.liquidationProfitMarginWad,
    }),
  }));
}

function lpLossIfClosed(input: {
  readonly manager: ManagerState;
  readonly state: VaultState;
  readonly badDebt: Figure;
}): Figure {
  return chainFigure(input.badDebt, (bad) => {
    const unpaidInterestAssets = input.manager.accruedInterestAssets;
    // Without interest no fee is in the debt, so the fee rate does not matter.
    if (bad === 0n || unpaidInterestAssets === 0n) return known(bad);
    return mapFigure(interestFeeBps(input.state), (feeBps) =>
      lpLossOfBadDebtAssets({ badDebtAssets: bad, unpaidInterestAssets, feeBps }),
    );
  });
}

function stateOf(input: {
  readonly debtAssets: bigint;
  readonly quote: Figure<Quote>;
  readonly insolvency: Figure;
}): ShortfallState {
  const { quote, insolvency } = input;
  if (input.debtAssets === 0n) return "no-debt";
  if (insolvency.kind === "known" && insolvency.value > 0n) return "insolvent";
  if (quote.kind === "unknown") return "unknown";
  if (!quote.value.canLiquidate) return "healthy";
  return quote.value.paymentAssets < input.debtAssets ? "would-lose" : "liquidatable";
}

/**
 * What closing a manager now would do. The strategy's quote outranks the model; without a quote the payment is
 * modelled by rule (a) and tagged so; without quote and value everything is unknown.
 */
export function shortfallOf(manager: ManagerState, state: VaultState): ManagerShortfall {
  return shortfallUnderRule({ manager, state, rule: "a" });
}

/** Like {@link shortfallOf}, with the payment rule of the model chosen: rule (b) is the harder case. */
export function shortfallUnderRule(input: {
  readonly manager: ManagerState;
  readonly state: VaultState;
  readonly rule: PaymentRule;
}): ManagerShortfall {
  const { manager, state, rule } = input;
  const debtAssets = trueDebtAssets(manager);
  const value = mapFigure(positionValueOf(manager, state), ({ valueAssets }) => valueAssets);
  const quote: Figure<Quote> =
    manager.quote === undefined
      ? modelledQuote({ manager, state, rule })
      : known({
          canLiquidate: manager.quote.canLiquidate,
          paymentAssets: manager.quote.minPaymentAssets,
        });
  const badDebt =
    debtAssets === 0n
      ? known(0n)
      : mapFigure(quote, ({ canLiquidate, paymentAssets }) =>
          canLiquidate ? badDebtAssets({ trueDebtAssets: debtAssets, paymentAssets }) : 0n,
        );
  const insolvency =
    debtAssets === 0n ? known(0n) : mapFigure(value, (worth) => zeroFloorSub(debtAssets, worth));
  return {
    manager: manager.manager,
    state: stateOf({ debtAssets, quote, insolvency }),
    trueDebtAssets: debtAssets,
    valueAssets: value,
    canLiquidate: debtAssets === 0n ? known(false) : mapFigure(quote, (found) => found.canLiquidate),
    paymentAssets: mapFigure(quote, ({ paymentAssets }) => paymentAssets),
    badDebtIfClosedAssets: badDebt,
    lpLossIfClosedAssets: lpLossIfClosed({ manager, state, badDebt }),
    insolvencyAssets: insolvency,
    isInDeadZone: deadZoneFigure({ state, debtAssets, value }),
    source: manager.quote === undefined ? "modelled" : "quoted",
  };
}

function deadZoneFigure(input: {
  readonly state: VaultState;
  readonly debtAssets: bigint;
  readonly value: Figure;
}): Figure<boolean> {
  const flux = input.state.flux;
  if (flux === undefined) return unknown("not-published");
  return mapFigure(input.value, (valueAssets) =>
    isInDeadZone({
      valueAssets,
      trueDebtAssets: input.debtAssets,
      profitMarginWad: flux.strategy.liquidationProfitMarginWad,
    }),
  );
}
