import { useParams } from "react-router";
import { LpPanel } from "@/features/lp-exposure/lp-panel";
import { Page } from "@/ui/layout/page";
import { useVaultHref } from "./use-vault-href";
import { useVaultPage } from "./use-vault-page";

/** One LP: what it holds, lost, got back and would lose. */
export function LpPage() {
  const { report, stamp } = useVaultPage();
  const { address = "" } = useParams();
  const hrefTo = useVaultHref();
  return (
    <Page
      title="LP"
      description="What one address holds, what it lost in each loss, and what it could lose now. No wallet is needed."
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
