import { useParams, useSearchParams } from "react-router";
import { LpPanel } from "@/features/lp-exposure/lp-panel";
import { StatementSection } from "@/features/statement/statement-section";
import { formatAddress } from "@/shared/format";
import { Page } from "@/ui/layout/page";
import { useVaultHref } from "./use-vault-href";
import { useVaultPage } from "./use-vault-page";

/** One LP: what it holds, lost, got back and would lose, and its statement. */
export function LpPage() {
  const { report, stamp } = useVaultPage();
  const { address = "" } = useParams();
  const hrefTo = useVaultHref();
  const [search] = useSearchParams();
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
      <LpPanel
        // Another block is another statement: nothing of the one before stays on the page.
        key={`${address}:${search.get("block") ?? "live"}`}
        report={report}
        addressText={address}
        lpsHref={hrefTo("/lps")}
        statement={(parts) => (
          <StatementSection
            {...parts}
            report={report}
            checkHref="#/check"
            hrefAtBlock={(block) => hrefTo(`/lps/${address}`, { block: block.toString() })}
          />
        )}
      />
    </Page>
  );
}
