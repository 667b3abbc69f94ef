import { useCallback } from "react";
import { LedgerSections } from "@/features/bad-debt/ledger-sections";
import { LedgerReading } from "@/features/ledger-reading/ledger-reading";
import { faultText } from "@/features/vault/fault-text";
import { Page } from "@/ui/layout/page";
import { useVaultHref } from "./use-vault-href";
import { useVaultPage } from "./use-vault-page";

/** Every loss, whether the vault says why or not, and everything that came back. */
export function LedgerPage() {
  const { report, stamp } = useVaultPage();
  const hrefTo = useVaultHref();
  const managerHref = useCallback((manager: string) => hrefTo(`/positions/${manager}`), [hrefTo]);
  const rowHref = useCallback((row: string) => hrefTo(`/ledger/${row}`), [hrefTo]);
  return (
    <Page
      title="Ledger"
      description="Who lost what, exactly: every loss with the share price inside its transaction, every fall that no event explains, every recovery."
      stamp={stamp}
    >
      <LedgerReading
        report={report}
        missing="Losses without an event, and all totals with them, are"
        faultText={faultText}
      />
      <LedgerSections report={report} managerHref={managerHref} rowHref={rowHref} />
    </Page>
  );
}
