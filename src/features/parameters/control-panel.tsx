import { confirmationDigitsOf } from "@/data/operator/write-obstacle";
import type { Address, FluxState } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { Callout } from "@/ui/data/messages";
import { Button } from "@/ui/forms/button";
import { TypedConfirmation } from "@/ui/forms/typed-confirmation";
import { Panel } from "@/ui/layout/panel";
import { OwnerView } from "./components/owner-view";
import { controlNotice } from "./control";
import { readFaultText } from "./messages";
import { ProposalPanel } from "./proposal-panel";
import { QueuePanel } from "./queue-panel";
import { type ControlState, useControl } from "./use-control";

export interface ControlPanelProps {
  readonly report: VaultReport;
  /** The page shows the past. */
  readonly isPinned: boolean;
  readonly managerHref: (manager: Address) => string;
}

/** Who may change what, the proposal, and the queue; nothing where the vault publishes no strategy. */
export function ControlPanel(props: ControlPanelProps) {
  const { flux } = props.report.snapshot.state;
  return flux === undefined ? null : <KnownControl {...props} flux={flux} />;
}

function KnownControl({
  report,
  isPinned,
  managerHref,
  flux,
}: ControlPanelProps & { readonly flux: FluxState }) {
  const state = useControl(report, { flux, isPinned });
  const { control } = state;
  const notice = controlNotice(control);
  return (
    <>
      <Panel title="Who can change them">
        <div className="flex flex-col gap-3">
          {notice !== undefined && (
            <Callout tone={notice.tone} title={notice.title}>
              {notice.detail}
            </Callout>
          )}
          {state.error !== undefined && <ReadFault state={state} />}
          <OwnerView control={control} account={state.session?.account} />
          {control.kind === "timelock" && !report.config.listed && (
            <Unlisted address={report.config.address} state={state} />
          )}
        </div>
      </Panel>
      {control.kind === "timelock" && (
        <>
          <ProposalPanel
            report={report}
            flux={flux}
            control={control}
            state={state}
            managerHref={managerHref}
          />
          <QueuePanel report={report} control={control} state={state} managerHref={managerHref} />
        </>
      )}
    </>
  );
}

function ReadFault({ state }: { readonly state: ControlState }) {
  return (
    <Callout
      tone="caution"
      title="The timelock could not be read"
      action={
        <Button size="small" busy={state.isFetching} onClick={state.retry}>
          Try again
        </Button>
      }
    >
      {state.error === undefined ? null : readFaultText(state.error.code)}
    </Callout>
  );
}

function Unlisted({ address, state }: { readonly address: Address; readonly state: ControlState }) {
  return (
    <Callout tone="caution" title="Whoever runs this site has not vouched for this vault">
      <p className="mb-2">To sign anything here, show that this is the address you meant.</p>
      <TypedConfirmation
        expected={confirmationDigitsOf(address)}
        label="Type the last six digits of the vault’s address"
        hint={state.isConfirmed ? "Confirmed." : `The vault is ${address}.`}
        onChange={state.setIsConfirmed}
      />
    </Callout>
  );
}
