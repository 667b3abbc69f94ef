import { useParams } from "react-router";
import { ManagerPanel } from "@/features/position-health/manager-panel";
import { formatAddress } from "@/shared/format";
import { AddressLabel } from "@/ui/data/address-label";
import { Page } from "@/ui/layout/page";
import { useVaultHref } from "./use-vault-href";
import { useVaultPage } from "./use-vault-page";

/** One manager of the vault. */
export function ManagerPage() {
  const { report, stamp } = useVaultPage();
  const { manager = "" } = useParams();
  const hrefTo = useVaultHref();
  const isAddress = /^0x[0-9a-fA-F]{40}$/.test(manager);
  return (
    <Page
      title={`Manager ${isAddress ? formatAddress(manager.toLowerCase()) : ""}`.trim()}
      description={isAddress ? <AddressLabel address={manager.toLowerCase()} /> : undefined}
      eyebrow={
        <a className="hover:text-accent" href={hrefTo("/positions")}>
          Positions
        </a>
      }
      stamp={stamp}
    >
      <ManagerPanel
        key={manager}
        report={report}
        managerText={manager}
        positionsHref={hrefTo("/positions")}
        liquidateHref={hrefTo("/liquidations", { manager })}
      />
    </Page>
  );
}
