import { YEAR_SECONDS } from "@/shared/unix-time";
import { mapFigure, unknown } from "./figure";
import { healthBandOf, liquidationThresholdWad, positionValueOf } from "./health";
import { BPS, divFloor, maxOf, mulDivDown, WAD, zeroFloorSub } from "./math";
import type { Figure, ManagerState, VaultState } from "./model";

/**
 * Interest of a span, base-asset units, rounded down: simple and linear over 365 days,
 * `principal × rate × seconds / (365 days)`. No compounding until repaid.
 */
export function accruedInterestDown(input: {
  readonly principalAssets: bigint;
  /** A year's interest, 10^18 = 100 %. */
  readonly interestRateWad: bigint;
  readonly elapsedSeconds: bigint;
}): bigint {
  return mulDivDown({
    a: input.principalAssets * input.interestRateWad,
    b: input.elapsedSeconds,
    denominator: YEAR_SECONDS * WAD,
  });
}

/** The debt after a span without repayment, the added interest rounded down. */
export function projectedDebtDown(input: {
  readonly trueDebtAssets: bigint;
  readonly principalAssets: bigint;
  readonly interestRateWad: bigint;
  readonly elapsedSeconds: bigint;
}): bigint {
  return input.trueDebtAssets + accruedInterestDown(input);
}

/** When interest alone makes a position liquidatable. */
export type TimeToLiquidation =
  | { readonly kind: "already" }
  | { readonly kind: "never" }
  | { readonly kind: "in"; readonly seconds: bigint };

/**
 * Seconds until interest alone carries the position to the threshold, value unchanged, rounded down:
 * `(V/T − D) × year / (P × rate)`. Already below: "already"; no principal or no rate, or no threshold: "never".
 *
 * Amounts are base-asset units, into which the strategy's USD value was rounded down, so by themselves they stand
 * below the line up to a unit of debt too early. Who knows what the strategy says, or the exact values in USD, says so
 * in `isLiquidatable`; a position that is not liquidatable although the amounts say so has no whole second left.
 */
export function secondsToLiquidationByInterest(input: {
  readonly valueAssets: bigint;
  readonly trueDebtAssets: bigint;
  readonly principalAssets: bigint;
  readonly interestRateWad: bigint;
  readonly thresholdWad: bigint;
  readonly isLiquidatable?: boolean;
}): TimeToLiquidation {
  const { thresholdWad } = input;
  const roomWad = input.valueAssets * WAD - thresholdWad * input.trueDebtAssets;
  if (input.isLiquidatable ?? roomWad < 0n) return { kind: "already" };
  const growth = thresholdWad * input.principalAssets * input.interestRateWad;
  if (growth <= 0n) return { kind: "never" };
  return { kind: "in", seconds: divFloor(maxOf(roomWad, 0n) * YEAR_SECONDS * WAD, growth) };
}

/**
 * When interest at `interestRateWad` a year makes a manager liquidatable. Whether it is so already is the strategy's
 * own answer, and without one the exact comparison in USD that the strategy makes.
 *
 * Unknown as the position's value is: "not-published", "no-price", "value-unreadable".
 */
export function timeToLiquidationOf(input: {
  readonly manager: ManagerState;
  readonly state: VaultState;
  readonly interestRateWad: bigint;
}): Figure<TimeToLiquidation> {
  const { manager, state, interestRateWad } = input;
  const { flux } = state;
  if (flux === undefined) return unknown("not-published");
  return mapFigure(positionValueOf(manager, state), ({ valueAssets, debtAssets }) =>
    secondsToLiquidationByInterest({
      valueAssets,
      trueDebtAssets: debtAssets,
      principalAssets: manager.principalAssets,
      interestRateWad,
      thresholdWad: liquidationThresholdWad(flux.strategy),
      isLiquidatable: healthBandOf(manager, state) === "liquidatable",
    }),
  );
}

/** How interest is split. */
export interface InterestSplit {
  readonly protocolFeeAssets: bigint;
  readonly curatorFeeAssets: bigint;
  /** The rest, so that the three add up exactly. */
  readonly lpAssets: bigint;
}

/**
 * Interest split three ways, each fee on the gross interest and rounded down; LPs take the rest.
 * Source: Flux documentation, configuring fees ("three-way split").
 */
export function splitInterestDown(input: {
  readonly interestAssets: bigint;
  readonly protocolFeeBps: bigint;
  readonly curatorFeeBps: bigint;
}): InterestSplit {
  const protocolFeeAssets = mulDivDown({
    a: input.interestAssets,
    b: input.protocolFeeBps,
    denominator: BPS,
  });
  const curatorFeeAssets = mulDivDown({ a: input.interestAssets, b: input.curatorFeeBps, denominator: BPS });
  const lpAssets = zeroFloorSub(input.interestAssets, protocolFeeAssets + curatorFeeAssets);
  return { protocolFeeAssets, curatorFeeAssets, lpAssets };
}

/**
 * What LPs earn in a year at the present use of their money, 10^18 = 100 %, rounded down:
 * `rate × utilisation × (1 − fees)`. Source: Flux documentation, shares and returns, and the fee split.
 */
export function lpYieldWadDown(input: {
  readonly interestRateWad: bigint;
  readonly utilisationWad: bigint;
  /** Protocol and curator fee together. */
  readonly feeBps: bigint;
}): bigint {
  return mulDivDown({
    a: input.interestRateWad * input.utilisationWad,
    b: zeroFloorSub(BPS, input.feeBps),
    denominator: WAD * BPS,
  });
}
