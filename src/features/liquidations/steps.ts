import type { LiquidationMode } from "@/data/operator/liquidation-intents";
import type { LiquidatorState } from "@/data/operator/use-liquidator-setup";
import type { TransactionState } from "@/data/transaction/machine";
import type { Session } from "@/data/transaction/ports";
import type { AssetDescription } from "@/domain/model";
import { formatAddress } from "@/shared/format";
import { allowanceText } from "./allowance";

export type StepId =
  | "connect"
  | "chain"
  | "deploy"
  | "register"
  | "mode"
  | "approve"
  | "liquidate"
  | "verified";
export type StepState = "done" | "current" | "busy" | "todo" | "failed";

/** One step of the way to a first liquidation, as far as the chain says that it is behind us. */
export interface LiquidatorStep {
  readonly id: StepId;
  readonly title: string;
  readonly state: StepState;
  readonly note: string;
}

export interface StepsInput {
  readonly session: Session | undefined;
  readonly chain: { readonly id: number; readonly name: string };
  /** undefined: not read yet, or nobody is connected. */
  readonly setup: LiquidatorState | undefined;
  readonly mode: LiquidationMode;
  /** undefined while the form has a problem. */
  readonly maxPaymentAssets: bigint | undefined;
  /** Whether everything in the form can go into a call. */
  readonly isFormReady: boolean;
  readonly asset: AssetDescription;
  /** Where each transaction of this way stands. */
  readonly flows: Readonly<Record<"deploy" | "register" | "approve" | "liquidate", TransactionState["kind"]>>;
}

const UNDER_WAY: ReadonlySet<TransactionState["kind"]> = new Set([
  "simulating",
  "ready",
  "signing",
  "pending",
  "verifying",
]);

interface Draft {
  readonly id: StepId;
  readonly title: string;
  readonly isDone: boolean;
  readonly isBusy?: boolean;
  readonly note: string;
}

/**
 * The steps in order. What the chain already shows is done, whoever did it and whenever; the first that is not done is
 * the current one.
 */
export function stepsOf(input: StepsInput): readonly LiquidatorStep[] {
  const drafts = draftsOf(input);
  const current = drafts.findIndex(({ isDone }) => !isDone);
  return drafts.map(({ id, title, isDone, isBusy = false, note }, index): LiquidatorStep => {
    if (isDone) return { id, title, note, state: "done" };
    if (index !== current) return { id, title, note, state: "todo" };
    return { id, title, note, state: isBusy ? "busy" : "current" };
  });
}

function draftsOf(input: StepsInput): readonly Draft[] {
  const { session, chain, setup, flows } = input;
  const isClosed = flows.liquidate === "confirmed";
  return [
    {
      id: "connect",
      title: "Connect a wallet",
      isDone: session !== undefined,
      note:
        session === undefined ? "Any browser wallet that announces itself." : formatAddress(session.account),
    },
    {
      id: "chain",
      title: `Be on ${chain.name}`,
      isDone: session?.chainId === chain.id,
      note:
        session === undefined || session.chainId === chain.id
          ? `Chain ${chain.id}.`
          : `The wallet is on chain ${session.chainId}.`,
    },
    {
      id: "deploy",
      title: "Deploy your executor",
      isDone: setup?.deployedExecutor !== undefined,
      isBusy: UNDER_WAY.has(flows.deploy),
      note: deployNote(setup),
    },
    {
      id: "register",
      title: "Register it with the factory",
      isDone: isReadyExecutor(setup),
      isBusy: UNDER_WAY.has(flows.register),
      note: registerNote(setup),
    },
    {
      id: "mode",
      title: "Choose how to pay, and your bounds",
      isDone: isClosed || (isReadyExecutor(setup) && input.isFormReady),
      note: "Nothing is paid above the bounds you set here.",
    },
    ...(input.mode === "pay-from-wallet" ? [approveDraft(input)] : []),
    {
      id: "liquidate",
      title: "Simulate, review, sign",
      isDone: isClosed,
      isBusy: UNDER_WAY.has(flows.liquidate),
      note: "Simulated with the very request that you sign, and again at the click.",
    },
    {
      id: "verified",
      title: "Position closed, read back from the chain",
      isDone: isClosed,
      note: isClosed ? "The ledger, the ratio and the share price of this page include it." : "",
    },
  ];
}

/** Whether the executor that vaults call is the stock one of this account: this page builds call data for no other. */
export function isReadyExecutor(setup: LiquidatorState | undefined): boolean {
  return setup?.executor !== undefined && setup.executor === setup.deployedExecutor;
}

function deployNote(setup: LiquidatorState | undefined): string {
  const executor = setup?.deployedExecutor;
  if (executor !== undefined) return `Executor ${formatAddress(executor)}.`;
  return "A contract of your own that takes over positions. Costs gas once.";
}

function registerNote(setup: LiquidatorState | undefined): string {
  const registered = setup?.executor;
  if (registered === undefined) return "Tells every vault of the factory to call your executor.";
  if (isReadyExecutor(setup)) return `Registered: ${formatAddress(registered)}.`;
  return `Registered now: ${formatAddress(registered)}, another kind of executor, whose call data this page cannot build. Registering yours replaces it.`;
}

function approveDraft({ setup, maxPaymentAssets, asset, flows }: StepsInput): Draft {
  const allowance = setup?.allowanceAssets;
  const covers = allowance !== undefined && maxPaymentAssets !== undefined && allowance >= maxPaymentAssets;
  const allowed =
    allowance === undefined ? "Nothing is allowed yet." : `Allowed now: ${allowanceText(allowance, asset)}.`;
  return {
    id: "approve",
    title: `Let it take ${asset.symbol} up to your bound`,
    isDone: covers || flows.liquidate === "confirmed",
    isBusy: UNDER_WAY.has(flows.approve),
    note: allowed,
  };
}
