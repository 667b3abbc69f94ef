import { type Alert, type AlertLevels, type AlertThresholds, alertsOf } from "@/domain/alerts";
import { corridorOf } from "@/domain/liquidation";
import type { Figure } from "@/domain/model";
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
  readonly id: Alert["signal"];
  readonly tone: Tone;
  readonly severity: "Critical" | "Warning";
  /** What was looked at. */
  readonly signal: string;
  /** What it stands at. */
  readonly figure: string;
  /** From where on it is an alert of this severity. */
  readonly threshold: string;
  /** Signal, figure and threshold in one sentence. */
  readonly text: string;
  /** The page of the vault that shows more: "/liquidations". */
  readonly page: string;
}

/** What stands above its level in a vault, worst first; undefined while that cannot be known. */
export function alertTexts(
  report: VaultReport,
  thresholds: AlertThresholds,
): readonly AlertText[] | undefined {
  const { completeness, headline } = report;
  if (completeness.kind !== "complete") return undefined;
  return alertsOf({ complete: completeness.snapshot, headline, thresholds }).map((alert) => ({
    id: alert.signal,
    tone: alert.severity === "critical" ? "loss" : "caution",
    severity: alert.severity === "critical" ? "Critical" : "Warning",
    page: PAGE_OF[alert.signal],
    ...wordsOf(alert),
  }));
}

const PAGE_OF: Readonly<Record<Alert["signal"], string>> = {
  "bad-debt-ratio": "/liquidations",
  liquidatable: "/liquidations",
  "gap-tolerance": "/parameters",
  utilisation: "/lps",
  "largest-manager": "/positions",
};

/** A level that was crossed is never shown lower than it is. */
const percent = (ratioWad: bigint, fractionDigits = 2): string =>
  formatRatioPercent({ ratioWad, fractionDigits, toward: "up" });

type Words = Pick<AlertText, "signal" | "figure" | "threshold" | "text">;

function wordsOf(alert: Alert): Words {
  switch (alert.signal) {
    case "bad-debt-ratio":
    case "utilisation":
    case "largest-manager": {
      const { signal, sentence, digits } = RATIO_WORDS[alert.signal];
      const [figure, level] = [percent(alert.valueWad, digits), percent(alert.levelWad)];
      return { signal, figure, threshold: `from ${level}`, text: `${sentence(figure)} (level ${level})` };
    }
    case "liquidatable": {
      const figure = `${formatInteger(alert.managers)} ${alert.managers === 1 ? "manager" : "managers"}`;
      const costs = alert.severity === "critical";
      return {
        signal: costs ? "Can be liquidated now; closing all would cost LPs" : "Can be liquidated now",
        figure,
        threshold: "from 1",
        text: `${figure} can be liquidated now${costs ? "; closing all would cost LPs" : ""}`,
      };
    }
    case "gap-tolerance":
      return {
        signal: "Gap tolerance: a liquidation at the threshold already leaves bad debt",
        figure: percent(alert.valueWad),
        threshold: "at 0.00% or below",
        text: "A liquidation at the threshold already leaves bad debt",
      };
  }
}

const RATIO_WORDS = {
  "bad-debt-ratio": {
    signal: "Unrealised bad debt, of assets",
    // As many digits as the headline of the same ratio has.
    digits: 3,
    sentence: (figure: string) => `Unrealised bad debt is ${figure} of assets`,
  },
  utilisation: { signal: "Utilisation", digits: 2, sentence: (figure: string) => `Utilisation is ${figure}` },
  "largest-manager": {
    signal: "Largest manager, of all debt",
    digits: 2,
    sentence: (figure: string) => `The largest manager owes ${figure} of all debt`,
  },
} as const;

/** Signals that are not raised because their figure is not known, by name: their silence says nothing. */
export function uncheckedSignals({ headline, snapshot }: VaultReport): readonly string[] {
  const { state } = snapshot;
  const gap =
    state.flux === undefined
      ? ({ kind: "unknown", reason: "not-published" } as const)
      : corridorOf(state.flux.strategy).gapToleranceAWad;
  const figures: readonly (readonly [string, Figure])[] = [
    ["unrealised bad debt", headline.badDebtRatioOfAssetsWad],
    ["utilisation", headline.utilisationWad],
    ["gap tolerance", gap],
  ];
  // Where there are no assets there is nothing to be a part of: no figure, and no alert missed.
  return figures.flatMap(([name, figure]) =>
    figure.kind === "unknown" && figure.reason !== "no-assets" ? [name] : [],
  );
}
