import { useCallback } from "react";
import { useSearchParams } from "react-router";
import { CandidatesPanel, StandingPanel } from "@/features/liquidations/candidates-panel";
import { LiquidatePanel } from "@/features/liquidations/liquidate-panel";
import { PastPanel } from "@/features/liquidations/past-panel";
import { Page } from "@/ui/layout/page";
import { useVaultPage } from "./use-vault-page";

/** What can be liquidated now, the way to do it, and how past ones went. */
export function LiquidationsPage() {
  const { report, stamp } = useVaultPage();
  const [search, setSearch] = useSearchParams();
  const { chainId, address } = report.config;
  const managerHref = useCallback(
    (manager: string): string => `#/v/${chainId}/${address}/positions/${manager}`,
    [chainId, address],
  );
  const choose = useCallback(
    (manager: string): void =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before);
          after.set("manager", manager);
          return after;
        },
        { replace: true, preventScrollReset: true },
      ),
    [setSearch],
  );
  const managerText = search.get("manager") ?? undefined;
  return (
    <Page
      title="Liquidations"
      description="Who can be liquidated, what it would cost the LPs, and the way to do it."
      stamp={stamp}
    >
      <CandidatesPanel report={report} chosen={managerText} managerHref={managerHref} onChoose={choose} />
      <LiquidatePanel
        report={report}
        managerText={managerText}
        isPinned={search.has("block")}
        managerHref={managerHref}
      />
      <StandingPanel report={report} managerHref={managerHref} />
      <PastPanel report={report} managerHref={managerHref} />
    </Page>
  );
}
