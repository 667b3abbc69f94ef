import { useCallback } from "react";
import { LedgerReading } from "@/features/ledger-reading/ledger-reading";
import { RecoveryPanel } from "@/features/recovery/recovery-panel";
import { faultText } from "@/features/vault/fault-text";
import { Page } from "@/ui/layout/page";
import { useVaultHref } from "./use-vault-href";
import { useVaultPage } from "./use-vault-page";

/** What was lost and what came back, and who would get what comes next. */
export function RecoveryPage() {
  const { report, stamp } = useVaultPage();
  const hrefTo = useVaultHref();
  const hrefOf = useCallback((address: string) => hrefTo(`/lps/${address}`), [hrefTo]);
  return (
    <Page
      title="Recovery"
      description="What was lost, what came back and who got it; and who would get what comes next."
      stamp={stamp}
    >
      <RecoveryPanel
        report={report}
        reading={
          <LedgerReading
            report={report}
            missing="Falls of the share price without an event are"
            faultText={faultText}
          />
        }
        hrefOf={hrefOf}
        checkHref="#/check/proof"
      />
    </Page>
  );
}
