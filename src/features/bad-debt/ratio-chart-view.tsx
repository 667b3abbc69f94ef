import { useMemo } from "react";
import type { RatioDenominator } from "@/domain/ratio-series";
import type { UnrealisedPoint } from "@/report/load-unrealised";
import type { VaultReport } from "@/report/vault-report";
import { formatAxisDate, formatAxisPercent, formatMoment } from "@/shared/format-axis";
import { TimeSeriesChart } from "@/ui/charts/time-series-chart";
import { Segmented } from "@/ui/forms/segmented";
import { eventLedgerOf } from "./ledger-rows";
import { ALL_DENOMINATORS, DENOMINATORS, ledgerFlags, ratioSeries, unrealisedThreshold } from "./ratio-chart";

export interface RatioChartViewProps {
  readonly report: VaultReport;
  readonly denominator: RatioDenominator;
  readonly onDenominator: (value: RatioDenominator) => void;
  /** The unrealised shortfall over time; undefined while it is not read. */
  readonly unrealised?: readonly UnrealisedPoint[] | undefined;
  /** Whether it can be read here, and with it the value locked. */
  readonly canReadUnrealised?: boolean;
  /** Where a row of the ledger has its own page. */
  readonly rowHref?: ((row: string) => string) | undefined;
}

/** Bad debt over time, its denominator named and switchable, every loss and recovery flagged. */
export function RatioChartView(props: RatioChartViewProps) {
  const { report, denominator, unrealised, rowHref, canReadUnrealised = false } = props;
  const series = useMemo(
    () => ratioSeries({ report, denominator, unrealised }),
    [report, denominator, unrealised],
  );
  const flags = useMemo(
    () => ledgerFlags(eventLedgerOf(report), { state: report.snapshot.state, rowHref }),
    [report, rowHref],
  );
  const threshold =
    denominator === "assets" && unrealised === undefined ? unrealisedThreshold(report) : undefined;
  return (
    <TimeSeriesChart
      label={unrealised === undefined ? "Realised bad-debt ratio over time" : "Bad-debt ratio over time"}
      series={series}
      annotations={flags}
      {...(threshold === undefined ? {} : { thresholds: [{ ...threshold, tone: "loss" as const }] })}
      formatValue={formatAxisPercent}
      formatAt={formatAxisDate}
      formatMoment={formatMoment}
      fromZero
      empty={emptyText(props)}
      controls={
        <Segmented
          label="Of what"
          value={denominator}
          onChange={props.onDenominator}
          options={canReadUnrealised ? ALL_DENOMINATORS : DENOMINATORS}
        />
      }
    />
  );
}

/** Why there is no line. */
function emptyText({ report, denominator }: RatioChartViewProps): string {
  if (report.snapshot.state.flux === undefined) return "This vault does not publish its bad debt.";
  return denominator === "tvl"
    ? "The value locked is known only with every manager's state at old blocks, which is not read."
    : "No block of the past could be read, so there is no line to draw.";
}
