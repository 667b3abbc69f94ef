import type { RatioDenominator } from "@/domain/ratio-series";
import type { VaultReport } from "@/report/vault-report";
import { Panel } from "@/ui/layout/panel";
import { headlineStats, lossStats, vaultStats } from "./headline";
import { HeadlineView } from "./headline-view";
import { LedgerDownload, LedgerView } from "./ledger-view";
import { RatioChartView } from "./ratio-chart-view";
import { SharePriceView } from "./share-price-view";

/** The four headline figures, then the vault's present. */
export function HeadlineSection({ report }: { readonly report: VaultReport }) {
  return (
    <>
      <HeadlineView label="Headline figures" stats={headlineStats(report)} />
      <HeadlineView label="The vault now" stats={vaultStats(report)} size="medium" />
    </>
  );
}

export interface BadDebtSectionsProps {
  readonly report: VaultReport;
  readonly denominator: RatioDenominator;
  readonly onDenominator: (value: RatioDenominator) => void;
  readonly managerHref?: (manager: string) => string;
}

/** What was lost: the ratio over time, gross, recovered and net, the share price, and every single loss. */
export function BadDebtSections(props: BadDebtSectionsProps) {
  const { report } = props;
  const missing = report.series.unavailableBlocks.length;
  return (
    <>
      <HeadlineView label="Realised losses" stats={lossStats(report)} size="medium" />
      <Panel
        title="Bad-debt ratio over time"
        description="Realised bad debt since the vault began. Every loss and recovery is flagged."
        {...(missing > 0 ? { footer: <ArchiveNote missing={missing} /> } : {})}
      >
        <RatioChartView report={report} denominator={props.denominator} onDenominator={props.onDenominator} />
      </Panel>
      <Panel
        title="Share price and drawdown"
        description="The price at which shares convert, and how far it stands below its highest point."
      >
        <SharePriceView report={report} />
      </Panel>
      <Panel
        title="Loss ledger"
        description="Every liquidation that paid less than its debt, and every contribution that came back."
        actions={<LedgerDownload report={report} />}
        flush
      >
        <LedgerView
          report={report}
          {...(props.managerHref === undefined ? {} : { managerHref: props.managerHref })}
        />
      </Panel>
    </>
  );
}

function ArchiveNote({ missing }: { readonly missing: number }) {
  return (
    <span>{missing} older blocks are no longer kept by this endpoint; their part of the line is a gap.</span>
  );
}
