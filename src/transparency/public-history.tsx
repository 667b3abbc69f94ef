import type { RatioDenominator } from "@/domain/ratio-series";
import { LedgerDownload, LedgerView } from "@/features/bad-debt/ledger-view";
import { RatioChartView } from "@/features/bad-debt/ratio-chart-view";
import { SharePriceView } from "@/features/bad-debt/share-price-view";
import type { VaultReport } from "@/report/vault-report";
import { Panel } from "@/ui/layout/panel";

export interface PublicHistoryProps {
  readonly report: VaultReport;
  readonly denominator: RatioDenominator;
  readonly onDenominator: (value: RatioDenominator) => void;
}

/** What happened, loss by loss. A file of its own, so that it is fetched after the first figures. */
export function PublicHistory({ report, denominator, onDenominator }: PublicHistoryProps) {
  return (
    <>
      <Panel title="Bad-debt ratio over time" headingLevel={3}>
        <RatioChartView report={report} denominator={denominator} onDenominator={onDenominator} />
      </Panel>
      <Panel title="Share price and drawdown" headingLevel={3}>
        <SharePriceView report={report} />
      </Panel>
      <Panel title="Loss ledger" headingLevel={3} actions={<LedgerDownload report={report} />} flush>
        <LedgerView report={report} />
      </Panel>
    </>
  );
}
