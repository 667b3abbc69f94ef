import { useMemo, useState } from "react";
import type { OperatorContext } from "@/data/operator/known-contracts";
import { cancelIntent, executeIntent, timelockKeys } from "@/data/operator/timelock-intents";
import type { Session } from "@/data/transaction/ports";
import { useTransactionFlow } from "@/data/transaction/use-transactions";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { formatInteger } from "@/shared/format";
import { EmptyState } from "@/ui/data/messages";
import { Button } from "@/ui/forms/button";
import { TypedConfirmation } from "@/ui/forms/typed-confirmation";
import { Panel } from "@/ui/layout/panel";
import type { Control } from "./control";
import { OVERRIDE_WORD } from "./proposal-view";
import { type QueueRow, queueRowsOf } from "./queue";
import { ClosedOperationsView, OpenOperationView } from "./queue-view";
import type { ControlState } from "./use-control";
import { cancelWording, executeWording } from "./wording";

const NOBODY: Address = "0x0000000000000000000000000000000000000000";

export interface QueuePanelProps {
  readonly report: VaultReport;
  readonly control: Extract<Control, { kind: "timelock" }>;
  readonly state: ControlState;
  readonly managerHref: (manager: Address) => string;
}

/** The timelock's queue, from its own events. */
export function QueuePanel({ report, control, state, managerHref }: QueuePanelProps) {
  const rows = useMemo(() => queueRowsOf(report, state.operations), [report, state.operations]);
  const block = formatInteger(report.snapshot.state.block.number);
  return (
    <>
      <Panel
        title="Queue"
        description="What waits in the timelock, from its own events. Ready is judged by the block's time, never by this computer's clock."
        flush
      >
        {rows.open.length === 0 ? (
          <EmptyState title={`Nothing waits at block ${block}`}>
            What is scheduled appears here with the time from which it can be executed.
          </EmptyState>
        ) : (
          rows.open.map((row) => (
            <OpenOperation
              key={row.key}
              row={row}
              report={report}
              control={control}
              state={state}
              managerHref={managerHref}
            />
          ))
        )}
      </Panel>
      <Panel title="Executed and cancelled" flush>
        <ClosedOperationsView rows={rows.closed} fromBlock={formatInteger(report.history.fromBlock)} />
      </Panel>
    </>
  );
}

function OpenOperation({
  row,
  report,
  control,
  state,
  managerHref,
}: QueuePanelProps & { readonly row: QueueRow }) {
  const { id } = row.operation;
  const vault = report.snapshot.state;
  const [isOverridden, setIsOverridden] = useState(false);
  const execute = useTransactionFlow({
    key: timelockKeys.execute({ state: vault }, id),
    chainId: vault.chainId,
  });
  const cancel = useTransactionFlow({
    key: timelockKeys.cancel({ state: vault }, id),
    chainId: vault.chainId,
  });
  const contextOf = (now: Session | undefined): OperatorContext => ({
    config: report.config,
    state: vault,
    account: now?.account ?? state.session?.account ?? NOBODY,
  });
  const overrides = row.effect?.overrides ?? [];
  const needsOverride = row.notYet === undefined && overrides.length > 0;
  const { executable } = row;
  return (
    <OpenOperationView row={row} disagreement={disagreementOf(row, state)} managerHref={managerHref}>
      {needsOverride && (
        <div className="flex max-w-[40rem] flex-col gap-2">
          <p className="text-[0.8125rem] text-danger">
            Refused by default: {overrides.map(({ text }) => text).join(" ")}
          </p>
          <TypedConfirmation
            expected={OVERRIDE_WORD}
            label={`Type “${OVERRIDE_WORD}” to execute it all the same`}
            onChange={setIsOverridden}
          />
        </div>
      )}
      <div className="flex flex-wrap items-start gap-3">
        <Button
          variant="primary"
          label={`Execute operation ${id}`}
          busy={execute.isUnderWay}
          disabledReason={
            row.notYet ??
            state.obstacleText ??
            executorRefusal(control) ??
            (needsOverride && !isOverridden ? "Type the override above if you mean it." : undefined)
          }
          onClick={() => {
            if (executable === undefined) return;
            execute.begin((now) =>
              executeIntent(contextOf(now), {
                timelock: control.timelock,
                operation: executable,
                openExecution: control.openExecution,
                wording: executeWording(row),
              }),
            );
          }}
        >
          Execute
        </Button>
        <Button
          variant="danger"
          label={`Cancel operation ${id}`}
          busy={cancel.isUnderWay}
          disabledReason={state.obstacleText ?? cancellerRefusal(control)}
          onClick={() =>
            cancel.begin((now) =>
              cancelIntent(contextOf(now), { timelock: control.timelock, id, wording: cancelWording(row) }),
            )
          }
        >
          Cancel
        </Button>
      </div>
    </OpenOperationView>
  );
}

/** The events are only as good as the endpoint that served them: the timelock itself is asked too. */
function disagreementOf({ operation }: QueueRow, { timelock }: ControlState): string | undefined {
  const timestamp = timelock?.timestamps.get(operation.id);
  if (timestamp === undefined || timestamp === operation.etaSeconds) return undefined;
  if (timestamp === 0n)
    return "It does not know this operation any more: it was cancelled, or never scheduled there.";
  if (timestamp === 1n) return "It holds this operation as executed already.";
  return "It names another time for this operation than its events do.";
}

function executorRefusal({ openExecution, roles }: QueuePanelProps["control"]): string | undefined {
  if (openExecution || roles?.executor === true) return undefined;
  return roles === undefined
    ? "Reading this account's roles …"
    : "This account does not hold the timelock's executor role.";
}

function cancellerRefusal({ roles }: QueuePanelProps["control"]): string | undefined {
  if (roles?.canceller === true) return undefined;
  return roles === undefined
    ? "Reading this account's roles …"
    : "This account does not hold the timelock's canceller role.";
}
