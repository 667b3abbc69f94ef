import { YEAR_SECONDS } from "@/shared/unix-time";
import { interestFeeBps } from "./bad-debt";
import type { CompleteSnapshot } from "./complete";
import { bothFigures, mapFigure } from "./figure";
import { healthRatioWadDown, isBelowThreshold, positionValueOf, trueDebtAssets } from "./health";
import { accruedInterestDown, lpYieldWadDown, type TimeToLiquidation, timeToLiquidationOf } from "./interest";
import { type Corridor, corridorOf } from "./liquidation";
import { orderedLogs } from "./log-order";
import { WAD } from "./math";
import type { Address, Figure, ManagerState, ParameterEvent, StrategyState, VaultState } from "./model";
import { ratioWadDown } from "./ratio";

/** Bounds of a proposal: ours, for the documentation's "change gradually" and "keep bounds" have no figures. */
export const MINIMUM_BOND_RATIO_WAD = (5n * WAD) / 100n;
export const MAXIMUM_BOND_RATIO_WAD = WAD;
export const MAXIMUM_BOND_RATIO_STEP_WAD = (5n * WAD) / 100n;
export const MAXIMUM_INTEREST_RATE_WAD = WAD;

/** What a change does to the LPs' risk, judged by threshold and gap tolerance alone. */
export type RiskDirection = "risk-up" | "risk-down" | "neutral";

/** Why a proposal should not be made. */
export type ProposalIssueCode =
  /** The strategy can never change. */
  | "immutable"
  | "unchanged"
  | "below-minimum"
  | "above-maximum"
  /** More than five points at once. */
  | "step-too-large"
  /** Bond ratio not above the liquidation buffer: every liquidation would start insolvent. */
  | "not-above-buffer"
  /** Under the harder payment rule a liquidation at the trigger would leave bad debt. */
  | "gap-not-positive"
  /** Managers that are healthy today could be liquidated the moment it takes effect. */
  | "would-liquidate"
  /** Some positions could not be valued, so the effect on them is not known. */
  | "effect-unknown";

export interface ProposalIssue {
  readonly code: ProposalIssueCode;
  /** "refuse": not offered at all. "override": only against a typed confirmation. */
  readonly severity: "refuse" | "override";
}

/** A manager that changes sides, with its health (rounded down). */
export interface AffectedManager {
  readonly manager: Address;
  readonly healthRatioWad: Figure;
  readonly trueDebtAssets: bigint;
}

/** What a new minimum bond ratio would do, from a complete snapshot. Always the standard strategy's formula. */
export interface BondRatioImpact {
  readonly before: Corridor;
  readonly after: Corridor;
  readonly direction: RiskDirection;
  /** Not liquidatable today, below the new threshold: T_old <= H < T_new. Largest debt first. */
  readonly newlyLiquidatable: readonly AffectedManager[];
  /** Liquidatable today, not below the new threshold. */
  readonly noLongerLiquidatable: readonly AffectedManager[];
  /** Owing, but not valued: the effect is unknown. */
  readonly undetermined: readonly AffectedManager[];
  /** Whether the formula gives today what the strategy itself answers; if not, the forecast is not to be trusted. */
  readonly modelAgreesToday: boolean;
  readonly issues: readonly ProposalIssue[];
}

function affected(manager: ManagerState, state: VaultState): AffectedManager {
  return {
    manager: manager.manager,
    healthRatioWad: healthRatioWadDown(manager, state),
    trueDebtAssets: trueDebtAssets(manager),
  };
}

function byDebt(a: AffectedManager, b: AffectedManager): number {
  if (a.trueDebtAssets !== b.trueDebtAssets) return a.trueDebtAssets > b.trueDebtAssets ? -1 : 1;
  return a.manager < b.manager ? -1 : 1;
}

function bondRatioIssues(strategy: StrategyState, after: Corridor, newRatioWad: bigint): ProposalIssue[] {
  const issues: ProposalIssue[] = [];
  const refuse = (code: ProposalIssueCode) => issues.push({ code, severity: "refuse" });
  const step = newRatioWad - strategy.minBondRatioWad;
  if (!strategy.isMutable) refuse("immutable");
  if (step === 0n) refuse("unchanged");
  if (newRatioWad < MINIMUM_BOND_RATIO_WAD) refuse("below-minimum");
  if (newRatioWad > MAXIMUM_BOND_RATIO_WAD) refuse("above-maximum");
  if (step > MAXIMUM_BOND_RATIO_STEP_WAD || -step > MAXIMUM_BOND_RATIO_STEP_WAD) refuse("step-too-large");
  if (newRatioWad <= strategy.liquidationBufferWad) refuse("not-above-buffer");
  const gap = after.gapToleranceBWad;
  if (gap.kind === "unknown" || gap.value <= 0n) {
    issues.push({ code: "gap-not-positive", severity: "override" });
  }
  return issues;
}

/** The direction of a change of threshold: a higher one liquidates earlier, which is safer for LPs. */
function directionOf(before: bigint, after: bigint): RiskDirection {
  if (after === before) return "neutral";
  return after > before ? "risk-down" : "risk-up";
}

/**
 * What a new minimum bond ratio would do at once: the new threshold holds for positions that already stand, so
 * managers with T_old <= H < T_new become liquidatable when it takes effect. Compared by cross-multiplication.
 */
export function bondRatioImpactOf(input: {
  readonly complete: CompleteSnapshot;
  readonly newMinBondRatioWad: bigint;
}): BondRatioImpact {
  const { complete, newMinBondRatioWad } = input;
  const { state, managers } = complete;
  const strategy = state.flux.strategy;
  const before = corridorOf(strategy);
  const after = corridorOf({ ...strategy, minBondRatioWad: newMinBondRatioWad });
  const newly: AffectedManager[] = [];
  const noLonger: AffectedManager[] = [];
  const undetermined: AffectedManager[] = [];
  let modelAgreesToday = true;
  for (const manager of managers) {
    if (trueDebtAssets(manager) === 0n) continue;
    const position = positionValueOf(manager, state);
    if (position.kind === "unknown") {
      undetermined.push(affected(manager, state));
      continue;
    }
    const value = position.value.valueUsdWad;
    const debt = position.value.debtUsdWad;
    const modelledToday = isBelowThreshold({ value, debt, thresholdWad: before.thresholdWad });
    const isToday = manager.quote?.canLiquidate ?? modelledToday;
    const willBe = isBelowThreshold({ value, debt, thresholdWad: after.thresholdWad });
    if (isToday !== modelledToday) modelAgreesToday = false;
    if (!isToday && willBe) newly.push(affected(manager, state));
    if (isToday && !willBe) noLonger.push(affected(manager, state));
  }
  const issues = bondRatioIssues(strategy, after, newMinBondRatioWad);
  if (newly.length > 0) issues.push({ code: "would-liquidate", severity: "override" });
  if (undetermined.length > 0) issues.push({ code: "effect-unknown", severity: "override" });
  return {
    before,
    after,
    direction: directionOf(before.thresholdWad, after.thresholdWad),
    newlyLiquidatable: newly.sort(byDebt),
    noLongerLiquidatable: noLonger.sort(byDebt),
    undetermined: undetermined.sort(byDebt),
    modelAgreesToday,
    issues,
  };
}

/** Interest alone, before and after a change of rate. */
export interface RateEffect {
  readonly manager: Address;
  readonly before: Figure<TimeToLiquidation>;
  readonly after: Figure<TimeToLiquidation>;
}

/** What a new interest rate would do. The rate moves neither threshold nor gap, so its direction is neutral. */
export interface RateImpact {
  readonly direction: RiskDirection;
  /** A year's interest on today's principal, gross, rounded down. */
  readonly yearlyInterestBeforeAssets: bigint;
  readonly yearlyInterestAfterAssets: bigint;
  /** LPs' yearly return at today's utilisation, net of fees. */
  readonly lpYieldBeforeWad: Figure;
  readonly lpYieldAfterWad: Figure;
  /** Owing managers, in the snapshot's order. */
  readonly managers: readonly RateEffect[];
  readonly issues: readonly ProposalIssue[];
}

/**
 * What a new yearly interest rate (not negative: the chain has no such thing) would do from now on; interest
 * already accrued is never repriced.
 */
export function rateImpactOf(input: {
  readonly complete: CompleteSnapshot;
  readonly newInterestRateWad: bigint;
}): RateImpact {
  const { complete, newInterestRateWad } = input;
  const { state } = complete;
  const { strategy, totalPrincipalDebtAssets } = state.flux;
  const yearly = (interestRateWad: bigint) =>
    accruedInterestDown({
      principalAssets: totalPrincipalDebtAssets,
      interestRateWad,
      elapsedSeconds: YEAR_SECONDS,
    });
  // Interest is simple: it runs on the principal alone, so the unpaid interest in the utilisation earns nothing.
  const lentWad = ratioWadDown({
    part: totalPrincipalDebtAssets,
    whole: state.totalAssets,
    reason: "no-assets",
  });
  const lpYield = (interestRateWad: bigint): Figure =>
    mapFigure(bothFigures(lentWad, interestFeeBps(state)), ([utilisationWad, feeBps]) =>
      lpYieldWadDown({ interestRateWad, utilisationWad, feeBps }),
    );
  const timeTo = (manager: ManagerState, interestRateWad: bigint): Figure<TimeToLiquidation> =>
    timeToLiquidationOf({ manager, state, interestRateWad });
  const issues: ProposalIssue[] = [];
  if (!strategy.isMutable) issues.push({ code: "immutable", severity: "refuse" });
  if (newInterestRateWad === strategy.interestRateWad) issues.push({ code: "unchanged", severity: "refuse" });
  if (newInterestRateWad > MAXIMUM_INTEREST_RATE_WAD) {
    issues.push({ code: "above-maximum", severity: "refuse" });
  }
  return {
    direction: "neutral",
    yearlyInterestBeforeAssets: yearly(strategy.interestRateWad),
    yearlyInterestAfterAssets: yearly(newInterestRateWad),
    lpYieldBeforeWad: lpYield(strategy.interestRateWad),
    lpYieldAfterWad: lpYield(newInterestRateWad),
    managers: complete.managers
      .filter((manager) => trueDebtAssets(manager) > 0n)
      .map((manager) => ({
        manager: manager.manager,
        before: timeTo(manager, strategy.interestRateWad),
        after: timeTo(manager, newInterestRateWad),
      })),
    issues,
  };
}

/** A change that took effect, with what it did to the LPs' risk. */
export interface ParameterChange {
  readonly event: ParameterEvent;
  readonly direction: RiskDirection;
}

function directionOfEvent(event: ParameterEvent): RiskDirection {
  // Threshold and gap do not know of assets; more kinds of collateral are more ways to lose all the same.
  if (event.kind === "asset-allowed") return event.allowed ? "risk-up" : "risk-down";
  switch (event.key) {
    case "minBondRatio":
      return directionOf(event.oldValue, event.newValue);
    case "liquidationBuffer":
      return directionOf(-event.oldValue, -event.newValue);
    case "liquidationProfitMargin":
      return directionOf(-event.oldValue, -event.newValue);
    default:
      return "neutral";
  }
}

/** Every change of a parameter that took effect, oldest first, each once. */
export function parameterHistoryOf(events: readonly ParameterEvent[]): readonly ParameterChange[] {
  return orderedLogs(events).map((event) => ({ event, direction: directionOfEvent(event) }));
}

/** Whether an LP could leave before a change takes effect, from idle liquidity alone. */
export type ExitFeasibility = "yes" | "partly" | "no" | "nothing-held";

/** How much of a balance idle liquidity covers now, base-asset units. */
export function exitFeasibilityOf(input: {
  readonly balanceAssets: bigint;
  readonly idleAssets: bigint;
}): ExitFeasibility {
  if (input.balanceAssets === 0n) return "nothing-held";
  if (input.idleAssets >= input.balanceAssets) return "yes";
  return input.idleAssets > 0n ? "partly" : "no";
}
