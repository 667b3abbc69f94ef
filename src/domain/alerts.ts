import { shortfallOf } from "./bad-debt";
import { type CompleteSnapshot, totalTrueDebtAssets } from "./complete";
import type { HeadlineNumbers } from "./headline";
import { trueDebtAssets } from "./health";
import { corridorOf } from "./liquidation";
import { maxOf } from "./math";
import type { Figure } from "./model";
import { ratioWadDown } from "./ratio";

export type AlertSeverity = "warning" | "critical";

/** Two levels of one signal, 10^18 = 100 %. */
export interface AlertLevels {
  readonly warningWad: bigint;
  readonly criticalWad: bigint;
}

/** The levels that an operator may set. */
export interface AlertThresholds {
  readonly badDebtRatio: AlertLevels;
  readonly utilisation: AlertLevels;
  readonly largestManager: AlertLevels;
}

/** A signal that stands above its level now. */
export type Alert =
  | {
      readonly signal: "bad-debt-ratio" | "utilisation" | "largest-manager";
      readonly severity: AlertSeverity;
      readonly valueWad: bigint;
      readonly levelWad: bigint;
    }
  /** Managers that can be liquidated now; critical where closing them would cost the LPs. */
  | { readonly signal: "liquidatable"; readonly severity: AlertSeverity; readonly managers: number }
  /** Liquidations at the trigger leave no room, or already make bad debt. */
  | { readonly signal: "gap-tolerance"; readonly severity: "critical"; readonly valueWad: bigint };

function levelAlert(
  signal: "bad-debt-ratio" | "utilisation" | "largest-manager",
  { figure, levels }: { readonly figure: Figure; readonly levels: AlertLevels },
): readonly Alert[] {
  if (figure.kind === "unknown" || figure.value < levels.warningWad) return [];
  const isCritical = figure.value >= levels.criticalWad;
  return [
    {
      signal,
      severity: isCritical ? "critical" : "warning",
      valueWad: figure.value,
      levelWad: isCritical ? levels.criticalWad : levels.warningWad,
    },
  ];
}

function liquidatableAlert(complete: CompleteSnapshot): readonly Alert[] {
  const open = complete.managers
    .map((manager) => shortfallOf(manager, complete.state))
    .filter(({ canLiquidate }) => canLiquidate.kind === "known" && canLiquidate.value);
  if (open.length === 0) return [];
  const costs = open.some(({ badDebtIfClosedAssets: cost }) => cost.kind === "unknown" || cost.value > 0n);
  return [{ signal: "liquidatable", severity: costs ? "critical" : "warning", managers: open.length }];
}

function gapAlert(complete: CompleteSnapshot): readonly Alert[] {
  const gap = corridorOf(complete.state.flux.strategy).gapToleranceAWad;
  return gap.kind === "known" && gap.value <= 0n
    ? [{ signal: "gap-tolerance", severity: "critical", valueWad: gap.value }]
    : [];
}

/** What the largest manager owes of all debt, rounded down; unknown when nothing is owed. */
export function largestManagerShareWadDown(complete: CompleteSnapshot): Figure {
  const largest = complete.managers.map(trueDebtAssets).reduce(maxOf, 0n);
  return ratioWadDown({ part: largest, whole: totalTrueDebtAssets(complete), reason: "no-debt" });
}

/** Every signal above its level, critical ones first. An unknown figure raises none: it is shown as unknown. */
export function alertsOf(input: {
  readonly complete: CompleteSnapshot;
  readonly headline: HeadlineNumbers;
  readonly thresholds: AlertThresholds;
}): readonly Alert[] {
  const { complete, headline, thresholds } = input;
  const alerts = [
    ...levelAlert("bad-debt-ratio", {
      figure: headline.badDebtRatioOfAssetsWad,
      levels: thresholds.badDebtRatio,
    }),
    ...liquidatableAlert(complete),
    ...gapAlert(complete),
    ...levelAlert("utilisation", { figure: headline.utilisationWad, levels: thresholds.utilisation }),
    ...levelAlert("largest-manager", {
      figure: largestManagerShareWadDown(complete),
      levels: thresholds.largestManager,
    }),
  ];
  const isCritical = (alert: Alert): boolean => alert.severity === "critical";
  return [...alerts.filter(isCritical), ...alerts.filter((alert) => !isCritical(alert))];
}
