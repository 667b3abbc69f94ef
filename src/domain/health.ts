import { bothFigures, chainFigure, known, mapFigure, unknown } from "./figure";
import { mulDivDown, unitOf, WAD } from "./math";
import type { Figure, ManagerState, StrategyState, VaultState } from "./model";

/** How a USD value and an amount of the base asset are turned into one another. */
export interface BasePricing {
  /** Price of one whole base asset, 18 decimals; positive. */
  readonly basePriceUsdWad: bigint;
  /** The base asset's decimals. */
  readonly decimals: number;
}

/**
 * A USD value in base-asset units, rounded down: `V_usd × 10^decimals / price`.
 * Source: Flux documentation, oracle registry page (values are USD with 18 decimals).
 */
export function valueAssetsDown(input: BasePricing & { readonly valueUsdWad: bigint }): bigint {
  return mulDivDown({ a: input.valueUsdWad, b: unitOf(input.decimals), denominator: input.basePriceUsdWad });
}

/** A debt in base-asset units as USD with 18 decimals, rounded down: `D × price / 10^decimals`. */
export function debtUsdWadDown(input: BasePricing & { readonly debtAssets: bigint }): bigint {
  return mulDivDown({ a: input.debtAssets, b: input.basePriceUsdWad, denominator: unitOf(input.decimals) });
}

/** True debt in base-asset units: principal + accrued interest. Source: Flux documentation, liquidation page. */
export function trueDebtAssets(
  manager: Pick<ManagerState, "principalAssets" | "accruedInterestAssets">,
): bigint {
  return manager.principalAssets + manager.accruedInterestAssets;
}

/**
 * The liquidation threshold T = 1 + minimum bond ratio − liquidation buffer (10^18 = 100 %).
 * A larger buffer LOWERS it, that is, liquidation comes later.
 * Source: Flux documentation, manager risk page and liquidator bot guide. Not positive only for parameters
 * that no strategy should hold (a buffer above 1 + bond ratio).
 */
export function liquidationThresholdWad(
  strategy: Pick<StrategyState, "minBondRatioWad" | "liquidationBufferWad">,
): bigint {
  return WAD + strategy.minBondRatioWad - strategy.liquidationBufferWad;
}

/**
 * Whether health is below the threshold, strictly: health equal to the threshold is not liquidatable.
 * Compared as `V × 10^18 < T × D`, so that the rounding of a quotient cannot flip it. Value and debt in one
 * unit (both USD, or both base asset). Source: Flux documentation, liquidation page, "liquidatable when H < T".
 */
export function isBelowThreshold(input: {
  readonly value: bigint;
  readonly debt: bigint;
  readonly thresholdWad: bigint;
}): boolean {
  return input.value * WAD < input.thresholdWad * input.debt;
}

/**
 * The health ratio H = V / D, rounded down (10^18 = 100 %), value and debt in one unit.
 * Nothing owed: `unknown("no-debt")`, never a number.
 */
export function healthRatioOfWadDown(input: { readonly value: bigint; readonly debt: bigint }): Figure {
  if (input.debt === 0n) return unknown("no-debt");
  return known(mulDivDown({ a: input.value, b: WAD, denominator: input.debt }));
}

/** The vault's base price and decimals; unknown without Flux state or without a positive price. */
export function basePricingOf(state: VaultState): Figure<BasePricing> {
  if (state.flux === undefined) return unknown("not-published");
  const price = state.flux.basePriceUsdWad;
  if (price === undefined || price <= 0n) return unknown("no-price");
  return known({ basePriceUsdWad: price, decimals: state.asset.decimals });
}

/** A position's value and debt, in USD and in base-asset units, rounded down. */
export interface PositionValue {
  readonly valueUsdWad: bigint;
  readonly debtUsdWad: bigint;
  readonly valueAssets: bigint;
  readonly debtAssets: bigint;
}

/** The position's value beside its debt; unknown when a part could not be priced or read. */
export function positionValueOf(manager: ManagerState, state: VaultState): Figure<PositionValue> {
  return chainFigure(basePricingOf(state), (pricing) => {
    if (manager.valueUsdWad === undefined) return unknown("value-unreadable");
    const debtAssets = trueDebtAssets(manager);
    return known({
      valueUsdWad: manager.valueUsdWad,
      debtUsdWad: debtUsdWadDown({ ...pricing, debtAssets }),
      valueAssets: valueAssetsDown({ ...pricing, valueUsdWad: manager.valueUsdWad }),
      debtAssets,
    });
  });
}

/**
 * A manager's health ratio H = V_usd × 10^18 / D_usd, rounded down.
 * Unknown: "no-debt" when nothing is owed, "no-price", "value-unreadable", "not-published" (not a Flux vault).
 */
export function healthRatioWadDown(manager: ManagerState, state: VaultState): Figure {
  if (trueDebtAssets(manager) === 0n) return unknown("no-debt");
  return chainFigure(positionValueOf(manager, state), (position) =>
    healthRatioOfWadDown({ value: position.valueUsdWad, debt: position.debtUsdWad }),
  );
}

/** Where a position stands, from afar to under the line. */
export type HealthBand = "safe" | "caution" | "warning" | "danger" | "liquidatable" | "no-debt" | "unknown";

/** Lower edges of the bands above the threshold: the documented 125, 115 and 110 % less a threshold of 110 %. */
const CAUTION_OFFSET_WAD = (15n * WAD) / 100n;
const WARNING_OFFSET_WAD = (5n * WAD) / 100n;
/** Above this it is safe; this edge itself is not yet (documented "> 140 %"). */
const SAFE_OFFSET_WAD = (30n * WAD) / 100n;

/**
 * The band of a health known as value and debt in one unit. Every band holds its lower edge, except "safe",
 * which begins strictly above T + 0.30. Offsets above T: 0.30, 0.15, 0.05, 0.
 * Source: Flux documentation, manager risk page, whose table stands at T = 1.10.
 */
export function bandOfHealth(input: {
  readonly value: bigint;
  readonly debt: bigint;
  readonly thresholdWad: bigint;
}): Exclude<HealthBand, "unknown"> {
  const { value, debt, thresholdWad } = input;
  if (debt === 0n) return "no-debt";
  const isBelow = (offsetWad: bigint) =>
    isBelowThreshold({ value, debt, thresholdWad: thresholdWad + offsetWad });
  if (isBelow(0n)) return "liquidatable";
  if (isBelow(WARNING_OFFSET_WAD)) return "danger";
  if (isBelow(CAUTION_OFFSET_WAD)) return "warning";
  return value * WAD > (thresholdWad + SAFE_OFFSET_WAD) * debt ? "safe" : "caution";
}

/**
 * A manager's band. The strategy's own answer outranks the formula: what it will liquidate is "liquidatable"
 * whatever the ratio says, and what it refuses is at most in "danger".
 */
export function healthBandOf(manager: ManagerState, state: VaultState): HealthBand {
  if (trueDebtAssets(manager) === 0n) return "no-debt";
  if (manager.quote?.canLiquidate === true) return "liquidatable";
  const flux = state.flux;
  const position = positionValueOf(manager, state);
  if (flux === undefined || position.kind === "unknown") return "unknown";
  const band = bandOfHealth({
    value: position.value.valueUsdWad,
    debt: position.value.debtUsdWad,
    thresholdWad: liquidationThresholdWad(flux.strategy),
  });
  return band === "liquidatable" && manager.quote?.canLiquidate === false ? "danger" : band;
}

/**
 * How far the position's value may fall before it is liquidatable, as a part of today's value: `1 − T/H`,
 * rounded down. Zero when it is already below. Price-exposed parts alone fall faster; see the stress module.
 */
export function fallToThresholdWadDown(manager: ManagerState, state: VaultState): Figure {
  const flux = state.flux;
  if (flux === undefined) return unknown("not-published");
  const thresholdWad = liquidationThresholdWad(flux.strategy);
  return chainFigure(healthRatioWadDown(manager, state), () =>
    mapFigure(positionValueOf(manager, state), ({ valueUsdWad, debtUsdWad }) => {
      const room = valueUsdWad * WAD - thresholdWad * debtUsdWad;
      return room <= 0n || valueUsdWad === 0n ? 0n : room / valueUsdWad;
    }),
  );
}

/** The vault-wide health of a set of positions: total value over total debt, rounded down. */
export function aggregateHealthWadDown(managers: readonly ManagerState[], state: VaultState): Figure {
  let sum: Figure<readonly [bigint, bigint]> = known([0n, 0n] as const);
  for (const manager of managers) {
    if (trueDebtAssets(manager) === 0n) continue;
    sum = mapFigure(
      bothFigures(sum, positionValueOf(manager, state)),
      ([[value, debt], position]) => [value + position.valueUsdWad, debt + position.debtUsdWad] as const,
    );
  }
  return chainFigure(sum, ([value, debt]) => healthRatioOfWadDown({ value, debt }));
}
