import { useMemo } from "react";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { formatInteger } from "@/shared/format";
import { EmptyState } from "@/ui/data/messages";
import { Panel } from "@/ui/layout/panel";
import { candidatesOf } from "./candidates";
import { CandidatesView, StandingView } from "./candidates-view";
import { standingDescription } from "./messages";

export interface CandidatesPanelProps {
  readonly report: VaultReport;
  readonly chosen: string | undefined;
  readonly managerHref: (manager: Address) => string;
  readonly onChoose: (manager: Address) => void;
}

/** Who can be liquidated now. */
export function CandidatesPanel({ report, chosen, managerHref, onChoose }: CandidatesPanelProps) {
  const { snapshot } = report;
  const { open } = useMemo(() => candidatesOf(snapshot), [snapshot]);
  const { asset, block, flux } = snapshot.state;
  if (flux === undefined) {
    return (
      <Panel title="Who can be liquidated now">
        <EmptyState title="No managers">This vault publishes neither managers nor a strategy.</EmptyState>
      </Panel>
    );
  }
  return (
    <Panel
      title="Who can be liquidated now"
      description="The payment is the strategy's own answer. What it leaves unpaid is bad debt, and the LPs bear it."
      flush
    >
      <CandidatesView
        rows={open}
        asset={asset}
        block={formatInteger(block.number)}
        chosen={chosen}
        managerHref={managerHref}
        onChoose={onChoose}
        isComplete={report.completeness.kind === "complete"}
      />
    </Panel>
  );
}

/** How everybody else who owes stands, in words. */
export function StandingPanel({ report, managerHref }: Pick<CandidatesPanelProps, "report" | "managerHref">) {
  const { snapshot } = report;
  const { others, withoutDebt, empty } = useMemo(() => candidatesOf(snapshot), [snapshot]);
  const { asset, block, flux } = snapshot.state;
  if (flux === undefined) return null;
  return (
    <Panel
      title="How the others stand"
      description={standingDescription({ owing: others.length, withoutDebt, empty })}
      flush
    >
      <StandingView
        rows={others}
        asset={asset}
        block={formatInteger(block.number)}
        managerHref={managerHref}
      />
    </Panel>
  );
}
