import { known, unknown } from "./figure";
import { liquidationThresholdWad } from "./health";
import { divFloor, minOf, mulDivDown, mulDivUp, WAD, zeroFloorSub } from "./math";
import type { Figure, StrategyState } from "./model";

/**
 * What a standard strategy asks for a position that is worth more than its debt. The documentation leaves this
 * case open: under "a" the liquidator pays the whole debt, under "b" never more than the value less the margin.
 */
export type PaymentRule = "a" | "b";

/** The inputs of a liquidation payment, amounts in base-asset units. */
export interface PaymentInput {
  readonly valueAssets: bigint;
  readonly trueDebtAssets: bigint;
  /** The part of the value that a liquidator keeps, 10^18 = 100 %. */
  readonly profitMarginWad: bigint;
}

/** `V × (1 − margin)`, rounded down. Source: Flux documentation, liquidator bot guide (underwater case). */
function valueLessMarginDown({ valueAssets, profitMarginWad }: PaymentInput): bigint {
  return mulDivDown({ a: valueAssets, b: zeroFloorSub(WAD, profitMarginWad), denominator: WAD });
}

/**
 * Payment under rule (a), rounded down: the whole debt when V >= D, else `V × (1 − margin)`.
 * It jumps at V = D, see {@link deadZoneOf}.
 */
export function paymentRuleADown(input: PaymentInput): bigint {
  return input.valueAssets >= input.trueDebtAssets ? input.trueDebtAssets : valueLessMarginDown(input);
}

/** Payment under rule (b), rounded down: `min(D, V × (1 − margin))`. */
export function paymentRuleBDown(input: PaymentInput): bigint {
  return minOf(input.trueDebtAssets, valueLessMarginDown(input));
}

/** Payment under the given rule, rounded down. */
export function paymentDown(input: PaymentInput & { readonly rule: PaymentRule }): bigint {
  return input.rule === "a" ? paymentRuleADown(input) : paymentRuleBDown(input);
}

/** Bad debt of a liquidation: the debt that the payment does not cover, exact. Source: bad-debt page. */
export function badDebtAssets(input: {
  readonly trueDebtAssets: bigint;
  readonly paymentAssets: bigint;
}): bigint {
  return zeroFloorSub(input.trueDebtAssets, input.paymentAssets);
}

/** What a liquidator keeps, at the oracle's value and before slippage and gas: value − payment. May be negative. */
export function liquidatorGainAssets(input: {
  readonly valueAssets: bigint;
  readonly paymentAssets: bigint;
}): bigint {
  return input.valueAssets - input.paymentAssets;
}

/**
 * The market-marked bad debt of one position: what is missing after an exit at a price worse than the oracle's
 * by `slippageWad`: `max(0, D − V × (1 − margin) × (1 − slippage))`, the covered part rounded down.
 */
export function marketMarkedBadDebtAssets(input: PaymentInput & { readonly slippageWad: bigint }): bigint {
  const covered = mulDivDown({
    a: valueLessMarginDown(input),
    b: zeroFloorSub(WAD, input.slippageWad),
    denominator: WAD,
  });
  return zeroFloorSub(input.trueDebtAssets, covered);
}

/**
 * The bad-debt line: the health below which a liquidation leaves bad debt. 1 under rule (a), 1/(1 − margin)
 * under (b), rounded up (10^18 = 100 %). Unknown when the margin is 100 % or more.
 */
export function badDebtLineWad(input: {
  readonly rule: PaymentRule;
  readonly profitMarginWad: bigint;
}): Figure {
  if (input.rule === "a") return known(WAD);
  if (input.profitMarginWad >= WAD) return unknown("parameters-implausible");
  return known(mulDivUp({ a: WAD, b: WAD, denominator: WAD - input.profitMarginWad }));
}

/**
 * Gap tolerance g = 1 − badDebtLine / T: how far value may fall between trigger and settlement before LPs lose,
 * rounded down (towards minus infinity). Negative: every liquidation at the trigger leaves bad debt.
 * Unknown for a threshold that is not positive or a margin of 100 % or more.
 */
export function gapToleranceWad(input: {
  readonly rule: PaymentRule;
  readonly thresholdWad: bigint;
  readonly profitMarginWad: bigint;
}): Figure {
  const { rule, thresholdWad, profitMarginWad } = input;
  const keptWad = rule === "a" ? WAD : WAD - profitMarginWad;
  if (thresholdWad <= 0n || keptWad <= 0n) return unknown("parameters-implausible");
  // 1 − 1 / (kept × T), over one denominator so that only one rounding happens.
  const denominator = keptWad * thresholdWad;
  return known(divFloor(WAD * (denominator - WAD * WAD), denominator));
}

/** A half-open interval of health ratios, `fromWad` inside, `toWad` outside. */
export interface HealthInterval {
  readonly fromWad: bigint;
  readonly toWad: bigint;
}

/**
 * The dead zone [1, 1/(1 − margin)): under rule (a) a liquidator earns nothing just above health 1 and the
 * margin just below, so waiting pays. Upper edge rounded up. Unknown when the margin is 100 % or more.
 */
export function deadZoneOf(input: { readonly profitMarginWad: bigint }): Figure<HealthInterval> {
  const line = badDebtLineWad({ rule: "b", profitMarginWad: input.profitMarginWad });
  return line.kind === "known" ? known({ fromWad: WAD, toWad: line.value }) : line;
}

/** Whether a position stands in the dead zone: V >= D, but V × (1 − margin) < D. Exact, by cross-multiplication. */
export function isInDeadZone(input: PaymentInput): boolean {
  return (
    input.valueAssets >= input.trueDebtAssets &&
    input.valueAssets * zeroFloorSub(WAD, input.profitMarginWad) < input.trueDebtAssets * WAD
  );
}

type CorridorInput = Pick<
  StrategyState,
  "minBondRatioWad" | "liquidationBufferWad" | "liquidationProfitMarginWad"
>;

/** Every mark of the load line, as health ratios (10^18 = 100 %), and the widths between them. */
export interface Corridor {
  /** Health of a position opened with exactly the minimum bond: 1 + bond ratio. */
  readonly openingWad: bigint;
  /** Below it a position can be liquidated. */
  readonly thresholdWad: bigint;
  /** Below it a liquidation leaves bad debt, by rule. */
  readonly badDebtLineAWad: Figure;
  readonly badDebtLineBWad: Figure;
  /** Below it the position is worth less than its debt. */
  readonly insolventWad: bigint;
  readonly deadZone: Figure<HealthInterval>;
  /** The LPs' cushion at the trigger: T − 1 = bond ratio − buffer. May be negative. */
  readonly cushionWad: bigint;
  /** The manager's room: fall of value from opening to trigger, 1 − T / (1 + bond ratio), rounded down. */
  readonly openingRoomWad: bigint;
  readonly gapToleranceAWad: Figure;
  readonly gapToleranceBWad: Figure;
}

/** The corridor of a strategy. Source: Flux documentation, threshold formula and bond definition. */
export function corridorOf(strategy: CorridorInput): Corridor {
  const thresholdWad = liquidationThresholdWad(strategy);
  const profitMarginWad = strategy.liquidationProfitMarginWad;
  const openingWad = WAD + strategy.minBondRatioWad;
  return {
    openingWad,
    thresholdWad,
    badDebtLineAWad: badDebtLineWad({ rule: "a", profitMarginWad }),
    badDebtLineBWad: badDebtLineWad({ rule: "b", profitMarginWad }),
    insolventWad: WAD,
    deadZone: deadZoneOf({ profitMarginWad }),
    cushionWad: thresholdWad - WAD,
    openingRoomWad: divFloor(strategy.liquidationBufferWad * WAD, openingWad),
    gapToleranceAWad: gapToleranceWad({ rule: "a", thresholdWad, profitMarginWad }),
    gapToleranceBWad: gapToleranceWad({ rule: "b", thresholdWad, profitMarginWad }),
  };
}

/** Falls of total position value between the marks, 10^18 = 100 %, rounded down. */
export interface DropTable {
  /** Borrowed per bond: 1 / bond ratio, rounded down; unknown without a minimum bond. */
  readonly leverageWad: Figure;
  readonly openingToTriggerWad: bigint;
  /** 1 − 1/T; may be negative. */
  readonly triggerToInsolventWad: Figure;
  /** 1 − 1/(T (1 − margin)): the liquidator still has the whole margin and LPs lose nothing; may be negative. */
  readonly triggerToFullMarginWad: Figure;
  readonly openingToInsolventWad: bigint;
}

/** What threshold, buffer, margin and bond mean together. */
export function dropTableOf(strategy: CorridorInput): DropTable {
  const corridor = corridorOf(strategy);
  const bond = strategy.minBondRatioWad;
  return {
    leverageWad:
      bond > 0n
        ? known(mulDivDown({ a: WAD, b: WAD, denominator: bond }))
        : unknown("parameters-implausible"),
    openingToTriggerWad: corridor.openingRoomWad,
    triggerToInsolventWad: corridor.gapToleranceAWad,
    triggerToFullMarginWad: corridor.gapToleranceBWad,
    openingToInsolventWad: divFloor(bond * WAD, corridor.openingWad),
  };
}

/** The least bond for a loan, rounded up. Source: Flux documentation, vaults page: bond ratio × borrow. */
export function requiredBondAssetsUp(input: {
  readonly borrowAssets: bigint;
  readonly minBondRatioWad: bigint;
}): bigint {
  return mulDivUp({ a: input.borrowAssets, b: input.minBondRatioWad, denominator: WAD });
}

/** Borrowed per bond, rounded down (10^18 = 1×); unknown without a bond. */
export function leverageWadDown(input: {
  readonly borrowAssets: bigint;
  readonly bondAssets: bigint;
}): Figure {
  if (input.bondAssets === 0n) return unknown("no-bond");
  return known(mulDivDown({ a: input.borrowAssets, b: WAD, denominator: input.bondAssets }));
}
