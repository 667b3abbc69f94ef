import { useMemo } from "react";
import { NO_PREDECESSOR } from "@/data/operator/timelock-intents";
import { corridorOf } from "@/domain/liquidation";
import type { Address, FluxState } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { EmptyState } from "@/ui/data/messages";
import { Panel } from "@/ui/layout/panel";
import { LoadLine } from "@/ui/load-line/load-line";
import { EffectView } from "./components/effect-view";
import type { Control } from "./control";
import { changeLoadLineOf } from "./load-line";
import { paymentRuleShown } from "./payment-rule";
import { ProposalFormView } from "./proposal-view";
import type { ControlState } from "./use-control";
import { useProposal } from "./use-proposal";

export interface ProposalPanelProps {
  readonly report: VaultReport;
  readonly flux: FluxState;
  readonly control: Extract<Control, { kind: "timelock" }>;
  readonly state: ControlState;
  readonly managerHref: (manager: Address) => string;
}

/** The form on one side, what it would do on the other, the load line under both. */
export function ProposalPanel({ report, flux, control, state, managerHref }: ProposalPanelProps) {
  const proposal = useProposal({ report, flux, control, state });
  const { effect } = proposal.proposal;
  const { snapshot } = report;
  const loadLine = useMemo(() => {
    const inForce = corridorOf(flux.strategy);
    return changeLoadLineOf({
      snapshot,
      before: effect?.before ?? inForce,
      after: effect?.after ?? inForce,
      rule: paymentRuleShown(snapshot) ?? "a",
      newlyLiquidatable: effect?.newlyLiquidatable.length ?? 0,
      managerHref,
    });
  }, [snapshot, flux.strategy, effect, managerHref]);
  const { notDrawn, ...picture } = loadLine;
  return (
    <Panel
      title="Propose a change"
      description="Schedule and inner call are both simulated before anything is signed. Nothing changes until the delay has passed and somebody executes it."
    >
      <div className="flex flex-col gap-6">
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-8 gap-y-6 lg:grid-cols-2">
          <ProposalFormView proposal={proposal} strategy={flux.strategy} noPredecessor={NO_PREDECESSOR} />
          {effect === undefined ? (
            <div className="rounded-md border border-dashed border-line-strong">
              <EmptyState title="No valid value yet">
                What it would do to the threshold, to the LPs’ cushion and to every manager appears here.
              </EmptyState>
            </div>
          ) : (
            <EffectView effect={effect} managerHref={managerHref} />
          )}
        </div>
        <div className="flex flex-col gap-2">
          <h3 className="text-[0.8125rem] font-semibold">
            {effect === undefined ? "Load line as it stands" : "Load line with the proposal"}
          </h3>
          <LoadLine {...picture} size="full" {...(notDrawn === undefined ? {} : { notDrawn })} />
        </div>
      </div>
    </Panel>
  );
}
