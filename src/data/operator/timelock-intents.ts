import { TIMELOCK_TOPICS } from "@/chain/flux/topics";
import { encodeView, STRATEGY_VIEWS, type View } from "@/chain/flux/views";
import { type CallDescription, describeCall, type KnownContract } from "@/chain/writes/describe";
import {
  cancelCall,
  executeCall,
  operationIdOf,
  scheduleCall,
  type TimelockOperation,
} from "@/chain/writes/timelock";
import type { Address, Hex } from "@/domain/model";
import type { ExpectedEvent, InnerCall, StateCheck, TransactionIntent } from "../transaction/intent";
import { holdsRole, operationIs, wordOf } from "./checks";
import { knownContractsOf, type OperatorContext, refOf } from "./known-contracts";
import { baseIntent, type Wording } from "./liquidation-intents";

export {
  NO_PREDECESSOR,
  operationIdOf,
  setInterestRateCall,
  setMinBondRatioCall,
  type TimelockOperation,
} from "@/chain/writes/timelock";

/** The keys under which buttons find their transactions. */
export const timelockKeys = {
  schedule: (context: Pick<OperatorContext, "state">, id: Hex) => keyOf(context, { what: "schedule", id }),
  execute: (context: Pick<OperatorContext, "state">, id: Hex) => keyOf(context, { what: "execute", id }),
  cancel: (context: Pick<OperatorContext, "state">, id: Hex) => keyOf(context, { what: "cancel", id }),
} as const;

function keyOf(
  context: Pick<OperatorContext, "state">,
  { what, id }: { readonly what: string; readonly id: Hex },
): string {
  const { chainId, address } = refOf(context);
  return `${what}/${chainId}/${address}/${id}`;
}

function eventOf(args: {
  readonly label: string;
  readonly timelock: Address;
  readonly topic: Hex;
  readonly id: Hex;
}): ExpectedEvent {
  return { label: args.label, address: args.timelock, topics: [args.topic, args.id] };
}

/** Each call of an operation as the timelock would make it: simulated before anybody schedules or executes it. */
function innerCallsOf(
  context: OperatorContext,
  { timelock, operation }: { readonly timelock: Address; readonly operation: TimelockOperation },
): readonly InnerCall[] {
  return operation.calls.map((call) => {
    const { functionName, target } = describe(context, call);
    const name =
      functionName === undefined ? "a call that this build cannot read" : `${functionName} on ${target}`;
    return { label: `What the timelock will execute succeeds today: ${name}.`, from: timelock, call };
  });
}

function describe(
  context: OperatorContext,
  call: TimelockOperation["calls"][number],
): { readonly functionName: string | undefined; readonly target: string; readonly words: CallDescription } {
  const known = new Map(Object.entries(knownContractsOf(context)) as [Address, KnownContract][]);
  const words = describeCall({ ...call, known });
  return { functionName: words.functionName, target: words.target?.label ?? "an unknown contract", words };
}

/** Puts an operation into the timelock's queue. */
export function scheduleIntent(
  context: OperatorContext,
  args: {
    readonly timelock: Address;
    readonly operation: TimelockOperation;
    readonly delaySeconds: bigint;
    readonly wording: Wording;
  },
): TransactionIntent {
  const { timelock, operation, delaySeconds, wording } = args;
  const id = operationIdOf(operation);
  return {
    ...baseIntent(context, {
      wording,
      call: scheduleCall({ timelock, operation, delaySeconds }),
      key: timelockKeys.schedule(context, id),
    }),
    before: [
      holdsRole({ timelock, role: "proposer", account: context.account }),
      operationIs("unknown", { timelock, id }),
    ],
    inner: innerCallsOf(context, { timelock, operation }),
    after: [operationIs("known", { timelock, id })],
    events: [
      eventOf({
        label: "CallScheduled for this operation",
        timelock,
        topic: TIMELOCK_TOPICS.callScheduled[0],
        id,
      }),
    ],
  };
}

/** Executes an operation that is ready. The book may have moved since it was scheduled, so it is simulated again. */
export function executeIntent(
  context: OperatorContext,
  args: {
    readonly timelock: Address;
    readonly operation: TimelockOperation;
    /** Everybody may execute: no role is asked for. */
    readonly openExecution: boolean;
    readonly wording: Wording;
  },
): TransactionIntent {
  const { timelock, operation, openExecution, wording } = args;
  const id = operationIdOf(operation);
  const role = holdsRole({ timelock, role: "executor", account: context.account });
  return {
    ...baseIntent(context, {
      wording,
      call: executeCall({ timelock, operation }),
      key: timelockKeys.execute(context, id),
    }),
    before: [...(openExecution ? [] : [role]), operationIs("known", { timelock, id })],
    after: [operationIs("done", { timelock, id }), ...parametersOf(context, operation)],
    events: [
      eventOf({
        label: "CallExecuted for this operation",
        timelock,
        topic: TIMELOCK_TOPICS.callExecuted[0],
        id,
      }),
    ],
  };
}

const PARAMETERS: Readonly<Record<string, { readonly view: View; readonly words: string }>> = {
  setMinBondRatio: { view: STRATEGY_VIEWS.minBondRatio, words: "minimum bond ratio" },
  setInterestRate: { view: STRATEGY_VIEWS.interestRate, words: "interest rate" },
};

/** The new values of the parameters that an operation sets, to be read back from the strategy. */
function parametersOf(context: OperatorContext, operation: TimelockOperation): readonly StateCheck[] {
  const last = new Map<string, StateCheck>();
  for (const call of operation.calls) {
    const { words } = describe(context, call);
    const parameter = PARAMETERS[words.functionName ?? ""];
    const value = words.args[0]?.value;
    if (parameter === undefined || typeof value !== "bigint") continue;
    // Of two calls that set the same parameter the later one stands.
    last.set(`${call.to}${parameter.words}`, {
      label: `The strategy shows the new ${parameter.words}.`,
      otherwise: `The strategy shows another ${parameter.words}.`,
      to: call.to,
      data: encodeView(parameter.view),
      expects: { kind: "equals", word: wordOf(value) },
    });
  }
  return [...last.values()];
}

/** Takes a pending operation out of the queue. */
export function cancelIntent(
  context: OperatorContext,
  args: { readonly timelock: Address; readonly id: Hex; readonly wording: Wording },
): TransactionIntent {
  const { timelock, id, wording } = args;
  return {
    ...baseIntent(context, {
      wording,
      call: cancelCall({ timelock, id }),
      key: timelockKeys.cancel(context, id),
    }),
    before: [
      holdsRole({ timelock, role: "canceller", account: context.account }),
      operationIs("known", { timelock, id }),
    ],
    after: [operationIs("unknown", { timelock, id })],
    events: [
      eventOf({ label: "Cancelled for this operation", timelock, topic: TIMELOCK_TOPICS.cancelled[0], id }),
    ],
  };
}
