import { useMemo } from "react";
import type { RatioDenominator } from "@/domain/ratio-series";
import type { VaultReport } from "@/report/vault-report";
import { formatAxisDate, formatAxisPercent, formatMoment } from "@/shared/format-axis";
import { TimeSeriesChart } from "@/ui/charts/time-series-chart";
import { Segmented } from "@/ui/forms/segmented";
import { eventLedgerOf } from "./ledger-rows";
import { DENOMINATORS, ledgerFlags, ratioSeries, unrealisedThreshold } from "./ratio-chart";

export interface RatioChartViewProps {
  readonly report: VaultReport;
  readonly denominator: RatioDenominator;
  readonly onDenominator: (value: RatioDenominator) => void;
}

/** Realised bad debt over time, its denominator named and switchable, every loss and recovery flagged. */
export function RatioChartView({ report, denominator, onDenominator }: RatioChartViewProps) {
  const series = useMemo(() => [ratioSeries(report, denominator)], [report, denominator]);
  const flags = useMemo(() => ledgerFlags(eventLedgerOf(report), { state: report.snapshot.state }), [report]);
  const unrealised = denominator === "assets" ? unrealisedThreshold(report) : undefined;
  return (
    <TimeSeriesChart
      label="Realised bad-debt ratio over time"
      series={series}
      annotations={flags}
      {...(unrealised === undefined ? {} : { thresholds: [{ ...unrealised, tone: "loss" as const }] })}
      formatValue={formatAxisPercent}
      formatAt={formatAxisDate}
      formatMoment={formatMoment}
      fromZero
      empty="No block of the past could be read, so there is no line to draw."
      controls={
        <Segmented label="Of what" value={denominator} onChange={onDenominator} options={DENOMINATORS} />
      }
    />
  );
}
