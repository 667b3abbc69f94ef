import { useSearchParams } from "react-router";
import { BadDebtSections, HeadlineSection } from "@/features/bad-debt/overview-view";
import { denominatorOf } from "@/features/bad-debt/ratio-chart";
import { LiquidityGlancePanel } from "@/features/liquidity/liquidity-panel";
import { VaultLoadLine } from "@/features/position-health/vault-load-line";
import { AlertsPanel } from "@/features/vault/alerts-panel";
import { Page } from "@/ui/layout/page";
import { Panel } from "@/ui/layout/panel";
import { useVaultHref } from "./use-vault-href";
import { useVaultPage } from "./use-vault-page";

/** The vault at a glance: headline, load line, what was lost. */
export function OverviewPage() {
  const { report, stamp } = useVaultPage();
  const [search, setSearch] = useSearchParams();
  const hrefOf = useVaultHref();
  const managerHref = (manager: string): string => hrefOf(`/positions/${manager}`);
  return (
    <Page
      title="Overview"
      description="How deep the vault sits, what was lost, and what would be lost if everything that can be liquidated were closed now."
      stamp={stamp}
    >
      <AlertsPanel report={report} hrefOf={hrefOf} />
      <HeadlineSection report={report} />
      <Panel
        title="Load line"
        description="The vault's own marks of health, and its debt hanging at the health of each manager."
      >
        <VaultLoadLine report={report} hrefOf={managerHref} />
      </Panel>
      <LiquidityGlancePanel report={report} lpsHref={hrefOf("/lps")} />
      <BadDebtSections
        report={report}
        managerHref={managerHref}
        rowHref={(row) => hrefOf(`/ledger/${row}`)}
        ledgerHref={hrefOf("/ledger")}
        denominator={denominatorOf(search.get("of"))}
        onDenominator={(value) =>
          setSearch(
            (before) => {
              const after = new URLSearchParams(before);
              after.set("of", value);
              return after;
            },
            { replace: true },
          )
        }
      />
    </Page>
  );
}
