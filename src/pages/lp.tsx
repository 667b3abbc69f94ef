import { useParams } from "react-router";
import { LpPanel } from "@/features/lp-exposure/lp-panel";
import { formatAddress } from "@/shared/format";
import { Page } from "@/ui/layout/page";
import { useVaultHref } from "./use-vault-href";
import { useVaultPage } from "./use-vault-page";

/** One LP: what it holds, lost, got back and would lose. */
export function LpPage() {
  const { report, stamp } = useVaultPage();
  const { address = "" } = useParams();
  const hrefTo = useVaultHref();
  const isAddress = /^0x[0-9a-fA-F]{40}$/.test(address);
  return (
    <Page
      title={`LP ${isAddress ? formatAddress(address.toLowerCase()) : ""}`.trim()}
      eyebrow={
        <a className="hover:text-accent" href={hrefTo("/lps")}>
          LPs
        </a>
      }
      stamp={stamp}
    >
      <LpPanel key={address} report={report} addressText={address} lpsHref={hrefTo("/lps")} />
    </Page>
  );
}
