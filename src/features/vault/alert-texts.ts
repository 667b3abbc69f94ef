import { type Alert, type AlertLevels, type AlertThresholds, alertsOf } from "@/domain/alerts";
import type { PlimsollConfig, Threshold } from "@/report/config";
import type { VaultReport } from "@/report/vault-report";
import { formatInteger, formatRatioPercent } from "@/shared/format";
import { parsePercent } from "@/shared/parse";
import type { Tone } from "@/ui/tone";

function levelsOf(threshold: Threshold): AlertLevels {
  return { warningWad: wadOf(threshold.warning), criticalWad: wadOf(threshold.critical) };
}

/** The configuration was validated, so its percentages parse; a level that does not is never reached. */
function wadOf(text: string): bigint {
  const parsed = parsePercent({ text });
  if (!parsed.ok) throw new RangeError(`The configured level ${text} is not a percentage`);
  return parsed.value;
}

/** The configured levels as ratios. */
export function alertThresholdsOf({ thresholds }: Pick<PlimsollConfig, "thresholds">): AlertThresholds {
  return {
    badDebtRatio: levelsOf(thresholds.badDebtRatioPercent),
    utilisation: levelsOf(thresholds.utilisationPercent),
    largestManager: levelsOf(thresholds.largestManagerPercent),
  };
}

/** One alert in words. */
export interface AlertText {
  readonly tone: Tone;
  readonly text: string;
}

/** What stands above its level in a vault, worst first; undefined while that cannot be known. */
export function alertTexts(
  report: VaultReport,
  thresholds: AlertThresholds,
): readonly AlertText[] | undefined {
  const { completeness, headline } = report;
  if (completeness.kind !== "complete") return undefined;
  return alertsOf({ complete: completeness.snapshot, headline, thresholds }).map((alert) => ({
    tone: alert.severity === "critical" ? "loss" : "caution",
    text: alertWords(alert),
  }));
}

const percent = (ratioWad: bigint): string => formatRatioPercent({ ratioWad, toward: "up" });

function alertWords(alert: Alert): string {
  switch (alert.signal) {
    case "bad-debt-ratio":
      return `Unrealised bad debt is ${percent(alert.valueWad)} of assets (level ${percent(alert.levelWad)})`;
    case "utilisation":
      return `Utilisation is ${percent(alert.valueWad)} (level ${percent(alert.levelWad)})`;
    case "largest-manager":
      return `The largest manager owes ${percent(alert.valueWad)} of all debt (level ${percent(alert.levelWad)})`;
    case "liquidatable":
      return `${formatInteger(alert.managers)} ${alert.managers === 1 ? "manager" : "managers"} can be liquidated now${
        alert.severity === "critical" ? "; closing all would cost LPs" : ""
      }`;
    case "gap-tolerance":
      return "A liquidation at the threshold already leaves bad debt";
  }
}
