import { useCallback } from "react";
import { useSearchParams } from "react-router";
import { PositionsPanel } from "@/features/position-health/positions-panel";
import { usePositions } from "@/features/position-health/use-positions";
import { LiveStamp } from "@/features/vault/live-stamp";
import { Page } from "@/ui/layout/page";
import { useVaultHref } from "./use-vault-href";
import { useVaultPage } from "./use-vault-page";

/** Every manager of the vault. Another block is another book: nothing of the one before may stay on screen. */
export function PositionsPage() {
  const [search] = useSearchParams();
  return <PositionsAtBlock key={search.get("block") ?? "live"} />;
}

function PositionsAtBlock() {
  const { report, stamp } = useVaultPage();
  const positions = usePositions(report);
  const hrefTo = useVaultHref();
  const hrefOf = useCallback((manager: string) => hrefTo(`/positions/${manager}`), [hrefTo]);
  return (
    <Page
      title="Positions"
      description="Every manager: what it owes, what stands against it, what a liquidation now would leave, and how far it is from there."
      // What is ahead keeps the block that it was taken at, and the whole page goes by it.
      stamp={positions.report === report ? stamp : <LiveStamp report={positions.report} isPinned />}
    >
      <PositionsPanel positions={positions} hrefOf={hrefOf} />
    </Page>
  );
}
