import type { ReactNode } from "react";
import type { StatementView as LedgerStatementView } from "@/data/ledger-book/ledger-view";
import { useLedgerBook } from "@/data/ledger-book/use-ledger-book";
import { type DatedStatement, statementFileText } from "@/data/statement/statement-document";
import { useChainInfo } from "@/data/use-chain-info";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { Panel } from "@/ui/layout/panel";
import type { TransactionHref } from "./lines-table";
import { StatementReading } from "./reading";
import { SigningPanel } from "./signing/signing-panel";
import { StatementView } from "./statement-view";
import { useDated } from "./use-dated";

export interface StatementSectionProps {
  readonly report: VaultReport;
  readonly address: Address;
  readonly view: LedgerStatementView;
  readonly txHrefOf: TransactionHref;
  /** Shown in the statement's place until it is there. */
  readonly movements: ReactNode;
  readonly checkHref: string;
  /** This page as it stands at another block. */
  readonly hrefAtBlock: (block: bigint) => string;
}

/** The statement of one address: computed, or on its way, or why there is none. */
export function StatementSection(props: StatementSectionProps) {
  const { report, view } = props;
  const dated = useDated(report, view);
  if (dated === undefined) {
    return (
      <>
        <Panel title="Statement">
          <StatementReading view={view} />
        </Panel>
        {props.movements}
      </>
    );
  }
  return <Known {...props} dated={dated} />;
}

function Known(props: StatementSectionProps & { readonly dated: DatedStatement }) {
  const { report, address, dated, view } = props;
  const chain = useChainInfo(report.config.chainId);
  const unsearched = useUnsearched(report, address);
  return (
    <>
      {(view.fault !== undefined || view.isStopped) && <StatementReading view={view} />}
      <StatementView
        dated={dated}
        unsearched={unsearched}
        chainName={chain?.name ?? `chain ${report.config.chainId}`}
        txHrefOf={props.txHrefOf}
        jsonOf={() => statementFileText(dated)}
      />
      <SigningPanel
        dated={dated}
        unsearched={unsearched}
        checkHref={props.checkHref}
        hrefAtBlock={props.hrefAtBlock}
      />
    </>
  );
}

/** Why falls of the share price without an event were not looked for at every block that matters to this address. */
function useUnsearched(report: VaultReport, address: Address): string | undefined {
  const { data } = useLedgerBook(report, { for: address });
  if (data === undefined) return undefined;
  const { fallsSearched } = data.ledger;
  return fallsSearched.kind === "unknown" ? WHY_UNKNOWN[fallsSearched.reason] : undefined;
}
