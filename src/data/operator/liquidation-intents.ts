import { VAULT_TOPICS } from "@/chain/flux/topics";
import {
  approveCall,
  deployExecutorCall,
  type LiquidateArguments,
  liquidateCall,
  registerExecutorCall,
} from "@/chain/writes/liquidation";
import type { Address } from "@/domain/model";
import { liveVaultKey, operatorKey } from "../keys";
import type { PlainCall, TransactionIntent } from "../transaction/intent";
import { allowanceCovers, allowanceIs, debtIsGone, executorIs, wordOf } from "./checks";
import { knownContractsOf, type OperatorContext, refOf, targetOf } from "./known-contracts";

export type { LiquidateArguments, LiquidationMode, Sale } from "@/chain/writes/liquidation";

/** What the feature says of its action: its name, its effect in sentences, and what its own validation found. */
export interface Wording {
  readonly title: string;
  readonly effect: readonly string[];
  readonly issues?: readonly string[] | undefined;
}

/** What every intent of an operator has in common. */
export function baseIntent(
  context: OperatorContext,
  { wording, call, key }: { readonly wording: Wording; readonly call: PlainCall; readonly key: string },
): TransactionIntent {
  const ref = refOf(context);
  return {
    key,
    chainId: ref.chainId,
    account: context.account,
    title: wording.title,
    effect: wording.effect,
    call,
    target: targetOf(context, call.to),
    known: knownContractsOf(context),
    asset: context.state.asset,
    issues: wording.issues ?? [],
    before: [],
    inner: [],
    after: [],
    events: [],
    invalidates: [liveVaultKey(ref), operatorKey(ref)],
  };
}

/** The keys under which buttons find their transactions; an intent of the same effect has the same key. */
export const liquidationKeys = {
  deploy: (context: Pick<OperatorContext, "state">) => keyOf(context, "deploy-executor"),
  register: (context: Pick<OperatorContext, "state">) => keyOf(context, "register-executor"),
  approve: (context: Pick<OperatorContext, "state">) => keyOf(context, "approve"),
  liquidate: (context: Pick<OperatorContext, "state">, manager: Address) =>
    keyOf(context, `liquidate/${manager}`),
} as const;

function keyOf(context: Pick<OperatorContext, "state">, what: string): string {
  const { chainId, address } = refOf(context);
  return `${what}/${chainId}/${address}`;
}

/** Deploys the stock executor for the account. `factory` is the vault's own. */
export function deployExecutorIntent(
  context: OperatorContext,
  { factory, wording }: { readonly factory: Address; readonly wording: Wording },
): TransactionIntent {
  const { account } = context;
  return {
    ...baseIntent(context, {
      wording,
      call: deployExecutorCall({ factory }),
      key: liquidationKeys.deploy(context),
    }),
    before: [executorIs({ which: "deployed", factory, account, executor: undefined })],
    after: [executorIs({ which: "deployed", factory, account, executor: "any" })],
  };
}

/** Registers an executor for the account. */
export function registerExecutorIntent(
  context: OperatorContext,
  args: { readonly factory: Address; readonly executor: Address; readonly wording: Wording },
): TransactionIntent {
  const { factory, executor, wording } = args;
  const { account } = context;
  return {
    ...baseIntent(
      { ...context, executor },
      {
        wording,
        call: registerExecutorCall({ factory, manager: account, executor }),
        key: liquidationKeys.register(context),
      },
    ),
    after: [executorIs({ which: "registered", factory, account, executor })],
  };
}

/** Lets the executor take exactly `amountAssets` of the base asset; zero takes the permission back. */
export function approveIntent(
  context: OperatorContext,
  args: { readonly executor: Address; readonly amountAssets: bigint; readonly wording: Wording },
): TransactionIntent {
  const { executor, amountAssets, wording } = args;
  const token = context.state.asset.address;
  const allowance = { token, owner: context.account, spender: executor, amount: amountAssets };
  return {
    ...baseIntent(
      { ...context, executor },
      {
        wording,
        call: approveCall({ token, spender: executor, amount: amountAssets }),
        key: liquidationKeys.approve(context),
      },
    ),
    after: [allowanceIs(allowance)],
  };
}

/** Takes over a manager's whole position through the account's registered executor. */
export function liquidateIntent(
  context: OperatorContext,
  args: {
    readonly factory: Address;
    readonly executor: Address;
    readonly liquidation: Omit<LiquidateArguments, "vault">;
    readonly wording: Wording;
  },
): TransactionIntent {
  const { factory, executor, liquidation, wording } = args;
  const { account, state } = context;
  const vault = state.address;
  const { manager, mode, maxPaymentAssets } = liquidation;
  const pays = mode === "pay-from-wallet";
  const allowance = {
    token: state.asset.address,
    owner: account,
    spender: executor,
    amount: maxPaymentAssets,
  };
  return {
    ...baseIntent(
      { ...context, executor },
      {
        wording,
        call: liquidateCall({ ...liquidation, vault }),
        key: liquidationKeys.liquidate(context, manager),
      },
    ),
    before: [
      executorIs({ which: "registered", factory, account, executor }),
      ...(pays ? [allowanceCovers(allowance)] : []),
    ],
    after: [debtIsGone({ vault, manager })],
    events: [
      {
        label: "PositionLiquidated for this manager",
        address: vault,
        topics: [VAULT_TOPICS.positionLiquidated[0], wordOf(manager)],
      },
    ],
  };
}
