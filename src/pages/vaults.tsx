import { headlineStats } from "@/features/bad-debt/headline";
import { HeadlineView } from "@/features/bad-debt/headline-view";
import { VaultLoadLine } from "@/features/position-health/vault-load-line";
import { VaultListPanel } from "@/features/vault/vault-list-panel";
import { WalletButton } from "@/features/wallet/wallet-button";
import { VERSION } from "@/shared/version";
import { AppShell } from "@/ui/layout/app-shell";
import { Page } from "@/ui/layout/page";

/** Every configured vault: four figures, a small load line, the worst alert. */
export function VaultsPage() {
  return (
    <AppShell
      homeHref="#/"
      version={VERSION}
      wallet={<WalletButton />}
      footer={
        <a className="text-accent underline underline-offset-2" href="#/check">
          Check a statement
        </a>
      }
    >
      <Page
        title="Vaults"
        description="Bad debt, position health and LP loss of Flux lending vaults, read straight from the chain."
      >
        <VaultListPanel>
          {(report) => (
            <div className="flex flex-col gap-4">
              <HeadlineView label="Headline figures" stats={headlineStats(report)} size="medium" />
              <VaultLoadLine report={report} size="small" />
            </div>
          )}
        </VaultListPanel>
      </Page>
    </AppShell>
  );
}
