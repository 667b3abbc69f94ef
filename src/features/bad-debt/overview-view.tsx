import type { RatioDenominator } from "@/domain/ratio-series";
import type { VaultReport } from "@/report/vault-report";
import { Panel } from "@/ui/layout/panel";
import { headlineStats, lossStats, vaultStats } from "./headline";
import { HeadlineView } from "./headline-view";
import { LedgerDownload, LedgerView } from "./ledger-view";
import { RatioPanel } from "./ratio-panel";
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
  readonly managerHref: (manager: string) => string;
  readonly rowHref: (row: string) => string;
  readonly ledgerHref: string;
}

/** What was lost: the ratio over time, gross, recovered and net, the share price, and every single loss. */
export function BadDebtSections(props: BadDebtSectionsProps) {
  const { report, rowHref } = props;
  return (
    <>
      <HeadlineView label="Realised losses" stats={lossStats(report)} size="medium" />
      <RatioPanel
        report={report}
        denominator={props.denominator}
        onDenominator={props.onDenominator}
        rowHref={rowHref}
      />
      <Panel
        title="Share price and drawdown"
        description="The price at which shares convert, and how far it stands below its highest point."
      >
        <SharePriceView report={report} rowHref={rowHref} />
      </Panel>
      <Panel
        title="Loss ledger"
        description="Every liquidation that paid less than its debt, and every contribution that came back. A row opens to each LP's part."
        actions={<LedgerDownload report={report} />}
        footer={
          <a className="text-accent underline underline-offset-2" href={props.ledgerHref}>
            The whole ledger, with losses that have no event
          </a>
        }
        flush
      >
        <LedgerView report={report} managerHref={props.managerHref} rowHref={rowHref} />
      </Panel>
    </>
  );
}
