import { type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { confirmationDigitsOf } from "@/data/operator/write-obstacle";
import { parseAddress } from "@/data/parse-address";
import { useChainInfo } from "@/data/use-chain-info";
import { useSession, useWallet } from "@/data/wallet/use-wallet";
import { trueDebtAssets } from "@/domain/health";
import type { Address, ManagerState, VaultState } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { formatAddress, formatInteger } from "@/shared/format";
import { Callout, EmptyState } from "@/ui/data/messages";
import { TypedConfirmation } from "@/ui/forms/typed-confirmation";
import { Panel } from "@/ui/layout/panel";
import { candidateRowOf, candidatesOf } from "./candidates";
import { closingOf } from "./closed";
import { ClosedCard } from "./components/closed-card";
import { NotOpenCard } from "./components/not-open-card";
import { Leftovers, LiquidateView } from "./liquidate-view";
import { isNotOpen, notOpenOf } from "./not-open";
import { useLiquidation } from "./use-liquidation";
import { useParts } from "./use-parts";

export interface LiquidatePanelProps {
  readonly report: VaultReport;
  /** From the address of the page, as it stands there. */
  readonly managerText: string | undefined;
  /** The page shows the past. */
  readonly isPinned: boolean;
  readonly managerHref: (manager: Address) => string;
}

/** The way to the liquidation of the chosen manager, for somebody who never did one. */
export function LiquidatePanel(props: LiquidatePanelProps) {
  const { report, managerText } = props;
  const here = useScrollOnChange(managerText);
  const canChoose = useMemo(() => candidatesOf(report.snapshot).open.length > 0, [report.snapshot]);
  if (managerText === undefined && !canChoose) return null;
  return (
    <div ref={here} className="scroll-mt-28">
      <Content {...props} />
    </div>
  );
}

/** Brings the panel into view when another manager is chosen, not when the page is opened. */
function useScrollOnChange(managerText: string | undefined): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  const last = useRef(managerText);
  useEffect(() => {
    if (last.current === managerText) return;
    last.current = managerText;
    element.current?.scrollIntoView({ block: "start" });
  }, [managerText]);
  return element;
}

function Content({ report, managerText, isPinned, managerHref }: LiquidatePanelProps) {
  if (managerText === undefined) {
    return (
      <Panel title="Liquidate">
        <EmptyState title="No manager is chosen">
          Choose one in the table above. Every step from a first wallet to the closed position follows here.
        </EmptyState>
      </Panel>
    );
  }
  const parsed = parseAddress(managerText);
  if (!parsed.ok) {
    return (
      <Panel title="Liquidate">
        <Callout tone="caution" title="The address of this page names no manager">
          {parsed.message}
        </Callout>
      </Panel>
    );
  }
  const manager = report.snapshot.managers.find((one) => one.manager === parsed.address);
  const isOpen = manager !== undefined && isOpenToAll(manager, report.snapshot.state);
  return (
    <Panel
      title={`${isOpen ? "Liquidate " : "Manager "}${formatAddress(parsed.address)}`}
      {...(isOpen ? { description: STEPS_DESCRIPTION } : {})}
    >
      {manager === undefined ? (
        <NotFound report={report} address={parsed.address} />
      ) : (
        <Chosen
          key={manager.manager}
          report={report}
          manager={manager}
          isPinned={isPinned}
          managerHref={managerHref}
        />
      )}
    </Panel>
  );
}

const STEPS_DESCRIPTION =
  "Steps that the chain already shows as done are marked so. Nothing is signed that was not simulated first.";

/** Whether there is something to liquidate and nothing known stands against it. */
function isOpenToAll(manager: ManagerState, state: VaultState): boolean {
  return trueDebtAssets(manager) > 0n && !isNotOpen(candidateRowOf(manager, state));
}

function NotFound({ report, address }: { readonly report: VaultReport; readonly address: Address }) {
  const isUnread = report.snapshot.unreadManagers.includes(address);
  return (
    <Callout
      tone="caution"
      title={isUnread ? "This manager could not be read" : "This vault has no such manager"}
    >
      {isUnread
        ? "Try again in a moment, or with another endpoint."
        : `Nobody of this address has posted a bond or borrowed up to block ${formatInteger(report.snapshot.state.block.number)}.`}
    </Callout>
  );
}

function Chosen(props: {
  readonly report: VaultReport;
  readonly manager: ManagerState;
  readonly isPinned: boolean;
  readonly managerHref: (manager: Address) => string;
}) {
  const { report, manager, isPinned } = props;
  const { config, snapshot } = report;
  const [isConfirmed, setIsConfirmed] = useState(false);
  const account = useSession()?.account;
  const closing = useMemo(
    () =>
      trueDebtAssets(manager) > 0n ? undefined : closingOf(report, { manager: manager.manager, account }),
    [report, manager, account],
  );
  const owesNothing = trueDebtAssets(manager) === 0n;
  return (
    <div className="flex flex-col gap-4">
      {!config.listed && (
        <Unlisted address={config.address} isConfirmed={isConfirmed} onChange={setIsConfirmed} />
      )}
      {closing !== undefined && <ClosedCard closing={closing} asset={snapshot.state.asset} />}
      {owesNothing && closing === undefined && (
        <Callout tone="neutral" title="This manager owes nothing">
          There is nothing to liquidate.
        </Callout>
      )}
      <Way
        report={report}
        manager={manager}
        isPinned={isPinned}
        isConfirmed={isConfirmed}
        isClosed={owesNothing}
        managerHref={props.managerHref(manager.manager)}
      />
    </div>
  );
}

function Unlisted(props: {
  readonly address: Address;
  readonly isConfirmed: boolean;
  readonly onChange: (isConfirmed: boolean) => void;
}): ReactNode {
  const digits = confirmationDigitsOf(props.address);
  return (
    <Callout tone="caution" title="Whoever runs this site has not vouched for this vault">
      <p className="mb-2">
        A false vault can keep what you pay. To sign anything here, show that this is the address you meant.
      </p>
      <TypedConfirmation
        expected={digits}
        label="Type the last six digits of the vault’s address"
        hint={props.isConfirmed ? "Confirmed." : `The vault is ${props.address}.`}
        onChange={props.onChange}
      />
    </Callout>
  );
}

function Way(props: {
  readonly report: VaultReport;
  readonly manager: ManagerState;
  readonly isPinned: boolean;
  readonly isConfirmed: boolean;
  readonly isClosed: boolean;
  readonly managerHref: string;
}) {
  const { report, manager, isPinned, isConfirmed, isClosed } = props;
  const { state } = report.snapshot;
  const row = useMemo(() => candidateRowOf(manager, state), [manager, state]);
  const wallet = useWallet();
  const chain = useChainInfo(state.chainId);
  const liquidation = useLiquidation({ report, row, isPinned, isConfirmed });
  const isRefused = !isClosed && isNotOpen(row);
  const parts = useParts(state, { position: manager, isWanted: isRefused });
  if (isRefused) {
    return (
      <>
        <NotOpenCard notOpen={notOpenOf({ row, state, parts })} managerHref={props.managerHref} />
        <Leftovers liquidation={liquidation} state={state} />
      </>
    );
  }
  if (state.flux?.factory === undefined) {
    return (
      <Callout tone="neutral" title="This vault names no factory">
        Without it there is no executor to deploy, so nothing can be liquidated from here.
      </Callout>
    );
  }
  return (
    <LiquidateView
      row={row}
      state={state}
      wallet={wallet}
      chain={{ id: state.chainId, name: chain?.name ?? `chain ${state.chainId}` }}
      liquidation={liquidation}
      isClosed={isClosed}
    />
  );
}
