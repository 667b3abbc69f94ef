import { useCallback } from "react";
import { useSearchParams } from "react-router";
import { CorridorPanel } from "@/features/corridor/corridor-panel";
import { ControlPanel } from "@/features/parameters/control-panel";
import { CurrentPanel } from "@/features/parameters/current-panel";
import { HistoryPanel } from "@/features/parameters/history-panel";
import { paymentRuleShown } from "@/features/parameters/payment-rule";
import { ProfilesPanel } from "@/features/profiles/profiles-panel";
import { Page } from "@/ui/layout/page";
import { useVaultPage } from "./use-vault-page";

/** What is in force, who may change it, the queue, and every change so far. */
export function ParametersPage() {
  const { report, stamp } = useVaultPage();
  const [search] = useSearchParams();
  const { chainId, address } = report.config;
  const managerHref = useCallback(
    (manager: string): string => `#/v/${chainId}/${address}/positions/${manager}`,
    [chainId, address],
  );
  return (
    <Page
      title="Parameters"
      description="What the strategy holds, what follows from it, and the way to change it through the timelock."
      stamp={stamp}
    >
      <CurrentPanel report={report} />
      <ControlPanel report={report} isPinned={search.has("block")} managerHref={managerHref} />
      <CorridorPanel report={report} shownRule={paymentRuleShown(report.snapshot)} />
      <ProfilesPanel key={search.get("block") ?? "live"} report={report} />
      <HistoryPanel report={report} />
    </Page>
  );
}
