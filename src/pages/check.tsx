import { CheckPanel } from "@/features/statement/check/check-panel";
import { WalletButton } from "@/features/wallet/wallet-button";
import { VERSION } from "@/shared/version";
import { AppShell } from "@/ui/layout/app-shell";
import { Page } from "@/ui/layout/page";

/** Checks a statement that somebody handed over. */
export function CheckPage() {
  return (
    <AppShell homeHref="#/" version={VERSION} wallet={<WalletButton />}>
      <Page
        title="Check a statement"
        description="A signature proves who signed, not that the figures are right. So three things are found out apart: whether the signature is about this document, who made it, and whether the chain gives the same figures."
      >
        <CheckPanel />
      </Page>
    </AppShell>
  );
}
