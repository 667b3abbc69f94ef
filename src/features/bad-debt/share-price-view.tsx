import { useMemo } from "react";
import type { VaultReport } from "@/report/vault-report";
import { formatInteger } from "@/shared/format";
import { formatAxisDate, formatAxisNumber, formatAxisPercent, formatMoment } from "@/shared/format-axis";
import { TimeSeriesChart } from "@/ui/charts/time-series-chart";
import { KeyValueList } from "@/ui/data/key-value-list";
import { EmptyState } from "@/ui/data/messages";
import { eventLedgerOf } from "./ledger-rows";
import { ledgerFlags } from "./ratio-chart";
import { type PricedLedger, sharePriceHistory } from "./share-price";

/** The share price, how far it stands below its peak, and the facts that follow from both. */
export function SharePriceView({
  report,
  ledger,
  rowHref,
}: {
  readonly report: VaultReport;
  /** With losses and falls that only the past totals tell; without it, what the vault's events state. */
  readonly ledger?: PricedLedger | undefined;
  /** Where a row of the ledger has its own page. */
  readonly rowHref?: (row: string) => string;
}) {
  const history = useMemo(() => sharePriceHistory(report, ledger), [report, ledger]);
  const flags = useMemo(
    () => ledgerFlags(ledger ?? eventLedgerOf(report), { state: report.snapshot.state, rowHref }),
    [report, ledger, rowHref],
  );
  const price = useMemo(() => (history === undefined ? [] : [history.price]), [history]);
  const drawdown = useMemo(() => (history === undefined ? [] : [history.drawdown]), [history]);
  if (history === undefined) {
    return (
      <EmptyState title="No share price to draw">
        No block with shares in it could be read from this endpoint.
      </EmptyState>
    );
  }
  return (
    <div className="grid gap-x-8 gap-y-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-4">
        <TimeSeriesChart
          label="Share price over time"
          series={price}
          annotations={flags}
          formatValue={formatAxisNumber}
          formatAt={formatAxisDate}
          formatMoment={formatMoment}
          fromZero={false}
          height={200}
          empty="No share price is known."
        />
        <TimeSeriesChart
          label="Drawdown from the high-water mark"
          series={drawdown}
          formatValue={formatAxisPercent}
          formatAt={formatAxisDate}
          formatMoment={formatMoment}
          fromZero
          height={120}
          empty="No drawdown is known."
        />
      </div>
      <div className="min-w-0">
        <KeyValueList
          items={history.facts.map((fact) => ({
            key: fact.label,
            label: fact.label,
            value: fact.value,
            ...(fact.note === undefined ? {} : { hint: fact.note }),
          }))}
        />
        {!report.history.complete && (
          <p className="mt-2 text-xs text-ink-muted">
            Since block {formatInteger(report.history.fromBlock)}: the price may have stood higher before, and
            then it stands further below its highest point than this.
          </p>
        )}
      </div>
    </div>
  );
}
