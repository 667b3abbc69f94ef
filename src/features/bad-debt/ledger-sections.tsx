import type { LedgerBookView } from "@/data/ledger-book/ledger-view";
import { useLedgerBook, useShiftTotals } from "@/data/ledger-book/use-ledger-book";
import type { VaultReport } from "@/report/vault-report";
import { formatInteger } from "@/shared/format";
import { ProgressBar } from "@/ui/data/progress-bar";
import { Button } from "@/ui/forms/button";
import { Panel } from "@/ui/layout/panel";
import { HeadlineView } from "./headline-view";
import { ledgerTotals, shiftStats } from "./ledger-totals";
import { LedgerDownload, LedgerView } from "./ledger-view";
import { SharePriceView } from "./share-price-view";

export interface LedgerSectionsProps {
  readonly report: VaultReport;
  readonly managerHref: (manager: string) => string;
  readonly rowHref: (row: string) => string;
}

/** The whole ledger: its totals, every row, what the share price did, and who left or came meanwhile. */
export function LedgerSections({ report, managerHref, rowHref }: LedgerSectionsProps) {
  const view = useLedgerBook(report);
  const ledger = view.data?.ledger;
  return (
    <>
      <HeadlineView label="Gross, recovered and net" stats={ledgerTotals(report, view)} size="medium" />
      <Panel
        title="Loss ledger"
        description="Every loss, every fall of the share price that no event explains, and everything that came back. A row opens to each LP's part."
        actions={<LedgerDownload report={report} ledger={ledger} />}
        footer={<AsOf view={view} />}
        flush
      >
        <LedgerView report={report} ledger={ledger} managerHref={managerHref} rowHref={rowHref} />
      </Panel>
      <Panel
        title="Share price, high-water mark and drawdown"
        description="By the exact prices just before and after every row of the ledger, and samples between them. Each fall is flagged with what explains it."
      >
        <SharePriceView report={report} ledger={ledger} rowHref={rowHref} />
      </Panel>
      <Shifts report={report} />
    </>
  );
}

/** The block of what was computed beside the page; it may be a moment behind the page's own. */
function AsOf({ view }: { readonly view: LedgerBookView }) {
  if (view.block === undefined) return <span>The vault&rsquo;s own events; its past is not read.</span>;
  return (
    <span>
      As of block <span className="figures">{formatInteger(view.block.number)}</span>
      {view.isCurrent ? "." : "; a newer block is being added."}
    </span>
  );
}

/** Those who left and those who came, as sums. It takes a snapshot of each such block, so many are asked about. */
function Shifts({ report }: { readonly report: VaultReport }) {
  const view = useShiftTotals(report);
  const { shortfalls } = view.cost;
  return (
    <Panel
      title="Those who left and those who came"
      description="While a shortfall is open and not yet booked, whoever leaves avoids a part of it and whoever comes takes one over. Sums only; an address finds its own figures on its own page."
    >
      <HeadlineView label="Left and came" stats={shiftStats(report, view)} size="medium" />
      {view.isReading && view.progress?.stage === "shortfalls" && (
        <div className="mt-3">
          <ProgressBar
            label="Reading what was short when LPs came and left"
            percent={(view.progress.doneBlocks * 100) / Math.max(1, view.progress.totalBlocks)}
            detail={`${formatInteger(view.progress.doneBlocks)} of ${formatInteger(view.progress.totalBlocks)} blocks`}
            action={
              <Button variant="secondary" size="small" onClick={view.stop}>
                Stop
              </Button>
            }
          />
        </div>
      )}
      {view.needsAsking && (
        <div className="mt-3 flex flex-wrap items-center gap-3 text-[0.8125rem] text-ink-muted">
          <Button size="small" onClick={view.ask}>
            Read it
          </Button>
          <span>
            Takes every manager&rsquo;s state at {formatInteger(shortfalls)} old blocks, one request or more
            each.
          </span>
        </div>
      )}
    </Panel>
  );
}
