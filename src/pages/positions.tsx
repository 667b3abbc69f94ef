import { useCallback } from "react";
import { PositionsPanel } from "@/features/position-health/positions-panel";
import { Page } from "@/ui/layout/page";
import { useVaultHref } from "./use-vault-href";
import { useVaultPage } from "./use-vault-page";

/** Every manager of the vault. */
export function PositionsPage() {
  const { report, stamp } = useVaultPage();
  const hrefTo = useVaultHref();
  const hrefOf = useCallback((manager: string) => hrefTo(`/positions/${manager}`), [hrefTo]);
  return (
    <Page
      title="Positions"
      description="Every manager: what it owes, what stands against it, and what a liquidation now would leave."
      stamp={stamp}
    >
      <PositionsPanel report={report} hrefOf={hrefOf} />
    </Page>
  );
}
