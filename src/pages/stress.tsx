import { useCallback } from "react";
import { useSearchParams } from "react-router";
import { StressPanel } from "@/features/stress/stress-panel";
import { Page } from "@/ui/layout/page";
import { useVaultHref } from "./use-vault-href";
import { useVaultPage } from "./use-vault-page";

/** What a fall of prices would cost, and how far away the first loss is. */
export function StressPage() {
  const { report } = useVaultPage();
  const hrefTo = useVaultHref();
  const [search] = useSearchParams();
  const hrefOf = useCallback((manager: string) => hrefTo(`/positions/${manager}`), [hrefTo]);
  return (
    <Page
      title="Stress"
      description={
        <>
          What a fall of prices would cost the LPs, who falls first, and how far away the first loss is. How a
          loss comes about at all:{" "}
          <a className="text-accent underline" href={hrefTo("/parameters")}>
            the corridor
          </a>
          .
        </>
      }
    >
      {/* Another block is another book: nothing of the one before may stay on screen. */}
      <StressPanel key={search.get("block") ?? "live"} report={report} hrefOf={hrefOf} />
    </Page>
  );
}
