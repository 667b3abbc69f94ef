import { useCallback } from "react";
import { useParams } from "react-router";
import { LedgerRowPanel } from "@/features/bad-debt/ledger-row-panel";
import { rowTitleOf } from "@/features/bad-debt/row-facts";
import { LedgerReading } from "@/features/ledger-reading/ledger-reading";
import { faultText } from "@/features/vault/fault-text";
import { Page } from "@/ui/layout/page";
import { useVaultHref } from "./use-vault-href";
import { useVaultPage } from "./use-vault-page";

/** One loss, fall or recovery, with every holder's part of it. */
export function LedgerRowPage() {
  const { report, stamp } = useVaultPage();
  const { row = "" } = useParams();
  const hrefTo = useVaultHref();
  const { chainId, address } = report.config;
  const managerHref = useCallback((manager: string) => hrefTo(`/positions/${manager}`), [hrefTo]);
  const lpHref = useCallback((lp: string) => hrefTo(`/lps/${lp}`), [hrefTo]);
  const blockHref = useCallback(
    (block: bigint) => `#/v/${chainId}/${address}?block=${block}`,
    [chainId, address],
  );
  return (
    <Page
      title={rowTitleOf(row, report.snapshot.state)}
      eyebrow={
        <a className="hover:text-accent" href={hrefTo("/ledger")}>
          Ledger
        </a>
      }
      stamp={stamp}
    >
      <LedgerRowPanel
        key={row}
        report={report}
        rowText={row}
        ledgerHref={hrefTo("/ledger")}
        managerHref={managerHref}
        lpHref={lpHref}
        blockHref={blockHref}
        reading={
          <LedgerReading report={report} missing="This row and who bore it are" faultText={faultText} />
        }
      />
    </Page>
  );
}
