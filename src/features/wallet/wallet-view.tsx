import { Wallet as WalletIcon } from "lucide-react";
import type { WalletChoice, WalletProblem, WalletState } from "@/data/wallet/use-wallet";
import { formatAddress } from "@/shared/format";
import { AddressLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import { KeyValueList } from "@/ui/data/key-value-list";
import { Callout, EmptyState } from "@/ui/data/messages";
import { Button } from "@/ui/forms/button";
import { Dialog } from "@/ui/forms/dialog";
import { wordsOf } from "./messages";

export interface WalletViewProps {
  readonly state: WalletState;
  readonly choices: readonly WalletChoice[];
  readonly problem: WalletProblem | undefined;
  /** The chain that the open page is about; undefined on a page about none. */
  readonly wanted: { readonly id: number; readonly name: string } | undefined;
  readonly isSwitchingChain: boolean;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
  readonly onClose: () => void;
  readonly onConnect: (id: string) => void;
  readonly onDisconnect: () => void;
  readonly onSwitchChain: (chainId: number) => void;
}

/** The wallet's button in the bar, and the dialog behind it. */
export function WalletView(props: WalletViewProps) {
  const { state, isOpen, onOpen, onClose } = props;
  return (
    <>
      <WalletTrigger state={state} isWrongChain={isWrongChain(props)} onOpen={onOpen} />
      {state.kind === "connected" ? (
        <Dialog
          open={isOpen}
          onClose={onClose}
          title="Your wallet"
          actions={
            <Button variant="secondary" onClick={props.onDisconnect}>
              Disconnect
            </Button>
          }
        >
          <Connected {...props} state={state} />
        </Dialog>
      ) : (
        <Dialog
          open={isOpen}
          onClose={onClose}
          title="Connect a wallet"
          description="Needed only to sign. Every figure on this site can be read without one."
        >
          <Choices {...props} />
        </Dialog>
      )}
    </>
  );
}

function isWrongChain({ state, wanted }: Pick<WalletViewProps, "state" | "wanted">): boolean {
  return state.kind === "connected" && wanted !== undefined && state.chainId !== wanted.id;
}

function WalletTrigger(props: {
  readonly state: WalletState;
  readonly isWrongChain: boolean;
  readonly onOpen: () => void;
}) {
  const { state, onOpen } = props;
  switch (state.kind) {
    case "disconnected":
      return (
        <Button size="small" icon={WalletIcon} onClick={onOpen}>
          Connect
        </Button>
      );
    case "connecting":
    case "reconnecting":
      return (
        <Button size="small" busy onClick={onOpen}>
          Connecting
        </Button>
      );
    case "connected":
      return (
        <span className="inline-flex items-center gap-1.5">
          {props.isWrongChain && <Badge tone="caution">Other chain</Badge>}
          <Button
            size="small"
            icon={WalletIcon}
            onClick={onOpen}
            label={`Your wallet, ${formatAddress(state.account)}`}
          >
            <span className="figures">{formatAddress(state.account)}</span>
          </Button>
        </span>
      );
  }
}

function Choices({ choices, problem, state, onConnect }: WalletViewProps) {
  const isConnecting = state.kind === "connecting";
  return (
    <div className="flex flex-col gap-3">
      <Problem problem={problem} />
      {isConnecting && (
        <Callout tone="accent" title="Look at your wallet">
          It asks whether this page may see your address.
        </Callout>
      )}
      {choices.length === 0 ? (
        <EmptyState title="No wallet announced itself">
          Install a browser wallet, or unlock the one you have and reload. Wallets are found by their own
          announcement (EIP-6963); nothing is loaded from elsewhere.
        </EmptyState>
      ) : (
        <ul aria-label="Wallets found" className="flex flex-col gap-2">
          {choices.map((choice) => (
            <li key={choice.id}>
              <button
                type="button"
                onClick={() => onConnect(choice.id)}
                disabled={isConnecting}
                className="flex min-h-12 w-full items-center gap-3 rounded-md border border-line-strong bg-surface px-3.5 text-left font-medium enabled:hover:bg-sunken disabled:text-ink-faint"
              >
                <WalletMark choice={choice} />
                <bdi className="min-w-0 truncate">{choice.name}</bdi>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function WalletMark({ choice }: { readonly choice: WalletChoice }) {
  if (choice.icon === undefined) return <WalletIcon size={22} className="shrink-0 text-ink-muted" />;
  return <img src={choice.icon} alt="" width={24} height={24} className="size-6 shrink-0 rounded" />;
}

function Connected(props: WalletViewProps & { readonly state: Extract<WalletState, { kind: "connected" }> }) {
  const { state, wanted, problem } = props;
  const chain = state.chainName ?? "not in this site's configuration";
  return (
    <div className="flex flex-col gap-3">
      <Problem problem={problem} />
      {isWrongChain(props) && wanted !== undefined && (
        <WrongChain
          wanted={wanted}
          got={`${chain} (${state.chainId})`}
          isSwitching={props.isSwitchingChain}
          onSwitch={() => props.onSwitchChain(wanted.id)}
        />
      )}
      <KeyValueList
        items={[
          { key: "account", label: "Account", value: <AddressLabel address={state.account} /> },
          { key: "wallet", label: "Wallet", value: <bdi>{state.wallet.name}</bdi> },
          { key: "chain", label: "Chain", value: `${chain} (${state.chainId})` },
        ]}
      />
    </div>
  );
}

interface WrongChainProps {
  readonly wanted: { readonly id: number; readonly name: string };
  /** The wallet's own chain, in words. */
  readonly got: string;
  readonly isSwitching: boolean;
  readonly onSwitch: () => void;
}

/** The wallet is elsewhere: both chains by name and number, and the way over. */
function WrongChain({ wanted, got, isSwitching, onSwitch }: WrongChainProps) {
  return (
    <Callout
      tone="caution"
      title="Your wallet is on another chain than this page"
      action={
        <Button size="small" variant="primary" busy={isSwitching} onClick={onSwitch}>
          Switch to {wanted.name}
        </Button>
      }
    >
      <p>
        This page is about {wanted.name} ({wanted.id}); the wallet is on {got}. Reading goes on; nothing can
        be signed until they agree.
      </p>
    </Callout>
  );
}

function Problem({ problem }: { readonly problem: WalletProblem | undefined }) {
  if (problem === undefined) return null;
  const { title, detail, isCalm } = wordsOf(problem);
  return (
    <div aria-live="polite">
      <Callout tone={isCalm ? "neutral" : "danger"} title={title}>
        {detail}
      </Callout>
    </div>
  );
}
