import { useSearchParams } from "react-router";
import { AssetsPanel } from "@/features/assets/assets-panel";
import { Page } from "@/ui/layout/page";
import { useVaultPage } from "./use-vault-page";

/** What secures the debts: assets, oracles, and the way out of each. */
export function AssetsPage() {
  const { report, stamp } = useVaultPage();
  const [search] = useSearchParams();
  return (
    <Page
      title="Assets"
      description="What positions hold, where its prices come from, and how much of it could be sold at which price."
      stamp={stamp}
    >
      {/* Another block is another book. */}
      <AssetsPanel key={search.get("block") ?? "live"} report={report} />
    </Page>
  );
}
