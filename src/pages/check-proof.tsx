import { ProofPanel } from "@/features/check-proof/proof-panel";
import { LedgerReading } from "@/features/ledger-reading/ledger-reading";
import { faultText } from "@/features/vault/fault-text";
import { WalletButton } from "@/features/wallet/wallet-button";
import { VERSION } from "@/shared/version";
import { LinkButton } from "@/ui/forms/button";
import { AppShell } from "@/ui/layout/app-shell";
import { Page } from "@/ui/layout/page";

/** Checks a claim's proof, whoever made it. */
export function CheckProofPage() {
  return (
    <AppShell homeHref="#/" version={VERSION} wallet={<WalletButton />}>
      <Page
        title="Check a proof"
        description="Whether an address has a claim of an amount under a Merkle root. Checked in this page; nothing is sent anywhere."
        actions={<LinkButton href="#/check">Check a statement</LinkButton>}
      >
        <ProofPanel
          faultText={faultText}
          readingOf={(report) => (
            <LedgerReading
              report={report}
              missing="Falls of the share price without an event are"
              faultText={faultText}
            />
          )}
        />
      </Page>
    </AppShell>
  );
}
