import { isZeroAddress } from "./address";
import { orderedEventsOf, type VaultEventOf } from "./history";
import type { LogPosition } from "./log-order";
import type { VaultEvent, VaultHistory } from "./model";

/** A deposit or a withdrawal, as the vault states it. */
export type ShareFlow = VaultEventOf<"deposit" | "withdraw">;

type Transfer = VaultEventOf<"transfer">;

/**
 * One thing that happened to shares. A deposit writes two logs, its mint and its `Deposit`, and is one action; so is
 * a withdrawal with its burn. A transfer without such an event is an action of its own, and so is an event without
 * a transfer, which moved assets and no shares.
 */
export interface ShareAction {
  /** The log that names it: the event where there is one, otherwise the transfer. */
  readonly log: Transfer | ShareFlow;
  /** The log at which shares moved; holdings count by it. */
  readonly transfer: Transfer | undefined;
  /** The deposit or withdrawal that it belongs to. */
  readonly flow: ShareFlow | undefined;
}

/** Where an action stands among other logs: where its shares moved. */
export function positionOfAction({ transfer, log }: ShareAction): LogPosition {
  return transfer ?? log;
}

function isOneAction(transfer: Transfer, flow: ShareFlow): boolean {
  return flow.kind === "deposit"
    ? isZeroAddress(transfer.from) && transfer.to === flow.owner
    : isZeroAddress(transfer.to) && transfer.from === flow.owner;
}

/** The transfer of one transaction that a flow belongs to: the nearest one before it, else the nearest after. */
function placeOfTransfer(input: {
  readonly logs: readonly (Transfer | ShareFlow)[];
  readonly taken: ReadonlyMap<number, ShareFlow>;
  readonly flow: ShareFlow;
  readonly place: number;
  readonly sameShares: boolean;
}): number | undefined {
  const { logs, taken, flow, place, sameShares } = input;
  const fits = (at: number): boolean => {
    const log = logs[at];
    return (
      log?.kind === "transfer" &&
      !taken.has(at) &&
      isOneAction(log, flow) &&
      (!sameShares || log.shares === flow.shares)
    );
  };
  for (let at = place - 1; at >= 0; at -= 1) if (fits(at)) return at;
  for (let at = place + 1; at < logs.length; at += 1) if (fits(at)) return at;
  return undefined;
}

/** Flows by the place of their transfer, and the places of flows that found one. */
function joinLogs(logs: readonly (Transfer | ShareFlow)[]) {
  const taken = new Map<number, ShareFlow>();
  const joined = new Set<number>();
  // First what fits exactly; a vault that keeps a part of the shares on entry states another number than it mints.
  for (const sameShares of [true, false]) {
    logs.forEach((flow, place) => {
      if (flow.kind === "transfer" || joined.has(place)) return;
      const found = placeOfTransfer({ logs, taken, flow, place, sameShares });
      if (found === undefined) return;
      taken.set(found, flow);
      joined.add(place);
    });
  }
  return { taken, joined };
}

function pushJoined(actions: ShareAction[], logs: readonly (Transfer | ShareFlow)[]): void {
  const { taken, joined } = joinLogs(logs);
  logs.forEach((log, place) => {
    if (log.kind === "transfer") {
      const flow = taken.get(place);
      actions.push({ log: flow ?? log, transfer: log, flow });
    } else if (!joined.has(place)) {
      actions.push({ log, transfer: undefined, flow: log });
    }
  });
}

/** The logs of one transaction; the two shapes that nearly all have are told at once. */
function pushTransaction(actions: ShareAction[], logs: readonly (Transfer | ShareFlow)[]): void {
  const [first, second] = logs;
  if (logs.every(isTransfer)) {
    for (const log of logs) actions.push({ log, transfer: log, flow: undefined });
  } else if (
    logs.length === 2 &&
    first?.kind === "transfer" &&
    second !== undefined &&
    second.kind !== "transfer" &&
    isOneAction(first, second)
  ) {
    actions.push({ log: second, transfer: first, flow: second });
  } else {
    pushJoined(actions, logs);
  }
}

function isTransfer(log: Transfer | ShareFlow): log is Transfer {
  return log.kind === "transfer";
}

/** Joined once for each ordered list of events, however many figures ask. */
const joinedByList = new WeakMap<
  readonly VaultEvent[],
  { readonly length: number; readonly actions: readonly ShareAction[] }
>();

/**
 * Everything that happened to shares, in the order in which shares moved. A mint or burn and its event are joined
 * within one transaction by owner and shares, whichever of the two logs comes first.
 */
export function shareActionsOf(history: Pick<VaultHistory, "vault">): readonly ShareAction[] {
  const events = orderedEventsOf(history);
  const found = joinedByList.get(events);
  if (found?.length === events.length) return found.actions;
  const actions: ShareAction[] = [];
  let transaction: (Transfer | ShareFlow)[] = [];
  for (const event of events) {
    if (event.kind !== "transfer" && event.kind !== "deposit" && event.kind !== "withdraw") continue;
    const [first] = transaction;
    if (first !== undefined && first.transactionHash !== event.transactionHash) {
      pushTransaction(actions, transaction);
      transaction = [];
    }
    transaction.push(event);
  }
  if (transaction.length > 0) pushTransaction(actions, transaction);
  joinedByList.set(events, { length: events.length, actions });
  return actions;
}
