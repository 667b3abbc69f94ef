import type { FullLedger } from "@/domain/ledger-model";
import type { Figure, VaultState } from "@/domain/model";
import { type RatioDenominator, type RatioPoint, ratioSeriesOf } from "@/domain/ratio-series";
import type { VaultReport } from "@/report/vault-report";
import { formatRatioPercent, toChartNumber, toSafeInteger } from "@/shared/format";
import { formatMoney } from "@/shared/format-money";
import type { ChartAnnotation } from "@/ui/charts/chart-legend";
import type { ChartPoint, ChartSeries } from "@/ui/charts/series";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { type AnyRow, rowIdOf, rowIdText, rowsNewestFirst } from "./ledger-row-id";

/** A ratio is drawn in per cent: 18 decimals less two. */
const PERCENT_DECIMALS = 16;

export const DENOMINATORS: readonly {
  readonly value: RatioDenominator;
  readonly label: string;
  readonly meaning: string;
}[] = [
  {
    value: "assets-and-losses",
    label: "Assets + bad debt",
    meaning: "of total assets plus the bad debt itself; it can never exceed 100 %",
  },
  { value: "assets", label: "Assets", meaning: "of total assets" },
  { value: "lent", label: "Lent", meaning: "of everything ever lent" },
  { value: "supplied", label: "Supplied", meaning: "of everything ever deposited" },
];

/** A denominator from the address; anything else is the default. */
export function denominatorOf(text: string | null): RatioDenominator {
  return DENOMINATORS.find(({ value }) => value === text)?.value ?? "assets-and-losses";
}

/** Realised bad debt as a part of `denominator` over time; what is not known is a gap. */
export function ratioSeries(report: VaultReport, denominator: RatioDenominator): ChartSeries {
  const points = ratioSeriesOf({
    samples: report.series.samples,
    ledger: report.ledger,
    history: report.history,
  });
  return {
    id: "realised",
    label: `Realised, ${DENOMINATORS.find(({ value }) => value === denominator)?.meaning ?? ""}`,
    color: 1,
    shape: "step-area",
    points: points.map((point) => pointOf(point, point.ratioWad[denominator])),
  };
}

/** The unrealised ratio now, U ÷ A: one level to compare the realised line with, drawn at its own moment only. */
export function unrealisedThreshold(
  report: VaultReport,
): { readonly value: number; readonly label: string } | undefined {
  const ratio = report.headline.badDebtRatioOfAssetsWad;
  if (ratio.kind === "unknown" || ratio.value === 0n) return undefined;
  return {
    value: toChartNumber({ value: ratio.value, decimals: PERCENT_DECIMALS }),
    label: `Unrealised now ${formatRatioPercent({ ratioWad: ratio.value, fractionDigits: 3, toward: "up" })} of assets`,
  };
}

function pointOf(point: RatioPoint, ratio: Figure): ChartPoint {
  const at = toSafeInteger(point.block.timestampSeconds);
  if (ratio.kind === "unknown") return { at, value: undefined, label: WHY_UNKNOWN[ratio.reason] };
  return {
    at,
    value: toChartNumber({ value: ratio.value, decimals: PERCENT_DECIMALS }),
    label: formatRatioPercent({ ratioWad: ratio.value, fractionDigits: 4, toward: "up" }),
  };
}

/** Losses, falls and recoveries as flags on a chart over time, each leading to its row where `rowHref` says so. */
export function ledgerFlags(
  ledger: Pick<FullLedger, "events" | "falls">,
  {
    state,
    rowHref,
  }: { readonly state: VaultState; readonly rowHref?: ((row: string) => string) | undefined },
): readonly ChartAnnotation[] {
  return rowsNewestFirst(ledger)
    .toReversed()
    .map((row): ChartAnnotation => {
      const flag = flagOf(row, state);
      return rowHref === undefined ? flag : { ...flag, href: rowHref(rowIdText(rowIdOf(row))) };
    })
    .sort((a, b) => a.at - b.at);
}

function flagOf(row: AnyRow, state: VaultState): ChartAnnotation {
  const { decimals, symbol } = state.asset;
  switch (row.kind) {
    case "loss":
      return {
        at: toSafeInteger(row.row.atSeconds),
        label: `Bad debt ${formatMoney({ value: row.row.badDebtAssets, decimals, toward: "up", symbol })}`,
        tone: "loss",
      };
    case "fall":
      return {
        at: toSafeInteger(row.row.to.timestampSeconds),
        label: `${state.flux === undefined ? "Suspected loss" : "Unexplained fall"} ${formatMoney({ value: row.row.lpLossAssets, decimals, toward: "up", symbol })}`,
        tone: "danger",
      };
    case "recovery":
      return {
        at: toSafeInteger(row.row.atSeconds),
        label: `Recovered ${formatMoney({ value: row.row.assets, decimals, symbol })}`,
        tone: "ok",
      };
  }
}
