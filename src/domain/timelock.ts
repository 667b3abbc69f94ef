import { DAY_SECONDS } from "@/shared/unix-time";
import { orderedLogs } from "./log-order";
import { maxOf } from "./math";
import type { Address, Hex, LogRef, TimelockEvent } from "./model";

/** The notice that the protocol's documentation asks of a parameter change. */
export const DOCUMENTED_NOTICE_SECONDS = 2n * DAY_SECONDS;

const ZERO_WORD: Hex = `0x${"0".repeat(64)}`;

/** The notice a proposal gets: the longer of the timelock's own minimum and the documented 48 hours. */
export function noticeSeconds(minDelaySeconds: bigint): bigint {
  return maxOf(minDelaySeconds, DOCUMENTED_NOTICE_SECONDS);
}

/** What the timelock would say of an operation. It has no expiry, so nothing here is ever "expired". */
export type OperationState = "pending" | "ready" | "executed" | "cancelled";

/** Whether the operation that must come first has come. "missing": never scheduled in the blocks read. */
export type PredecessorState = "none" | "missing" | OperationState;

/** One call of an operation. */
export interface QueuedCall {
  readonly index: number;
  readonly target: Address;
  readonly value: bigint;
  readonly data: Hex;
}

/** One scheduled operation. The same id scheduled again after a cancellation is a new one. */
export interface QueuedOperation {
  readonly id: Hex;
  /** All calls, in the order in which they run. */
  readonly calls: readonly QueuedCall[];
  readonly predecessor: Hex;
  readonly predecessorState: PredecessorState;
  readonly salt: Hex;
  readonly delaySeconds: bigint;
  /** When it may be executed: the block time of its scheduling + its delay. */
  readonly etaSeconds: bigint;
  readonly state: OperationState;
  /** Whether its delay is shorter than the notice that LPs were promised. */
  readonly isShortNotice: boolean;
  readonly scheduledAt: LogRef;
  /** When it was executed or cancelled. */
  readonly closedAt: LogRef | undefined;
}

interface Draft {
  readonly id: Hex;
  readonly calls: QueuedCall[];
  readonly predecessor: Hex;
  salt: Hex;
  readonly delaySeconds: bigint;
  readonly scheduledAt: LogRef;
  closed: { readonly as: "executed" | "cancelled"; readonly at: LogRef } | undefined;
}

function replay(events: readonly TimelockEvent[]): readonly Draft[] {
  const drafts: Draft[] = [];
  const latest = new Map<Hex, Draft>();
  for (const event of orderedLogs(events)) {
    if (event.kind === "min-delay") continue;
    const current = latest.get(event.id);
    if (event.kind === "scheduled") {
      const call = { index: event.index, target: event.target, value: event.value, data: event.data };
      const isSameBatch =
        current !== undefined &&
        current.scheduledAt.transactionHash === event.transactionHash &&
        current.calls.every(({ index }) => index !== event.index);
      if (isSameBatch) {
        current.calls.push(call);
        continue;
      }
      const draft: Draft = {
        id: event.id,
        calls: [call],
        predecessor: event.predecessor,
        salt: ZERO_WORD,
        delaySeconds: event.delaySeconds,
        scheduledAt: event,
        closed: undefined,
      };
      drafts.push(draft);
      latest.set(event.id, draft);
    } else if (current === undefined) {
      // Scheduled before the first block that was read: nothing is known of its calls.
    } else if (event.kind === "salt") {
      current.salt = event.salt;
    } else {
      current.closed = { as: event.kind, at: event };
    }
  }
  return drafts;
}

function stateOf(draft: Draft, nowSeconds: bigint): OperationState {
  if (draft.closed !== undefined) return draft.closed.as;
  return nowSeconds >= draft.scheduledAt.atSeconds + draft.delaySeconds ? "ready" : "pending";
}

/**
 * The timelock's queue, from its own events alone, in the order of scheduling. `nowSeconds` is a block's time,
 * never a wall clock: ready begins with the first block whose time is not before the ETA.
 * Source: OpenZeppelin TimelockController (`getOperationState`, `_schedule`).
 */
export function queueOf(input: {
  readonly events: readonly TimelockEvent[];
  readonly nowSeconds: bigint;
  readonly minDelaySeconds: bigint;
}): readonly QueuedOperation[] {
  const drafts = replay(input.events);
  const latest = new Map(drafts.map((draft) => [draft.id, draft]));
  const predecessorState = (predecessor: Hex): PredecessorState => {
    if (predecessor === ZERO_WORD) return "none";
    const draft = latest.get(predecessor);
    return draft === undefined ? "missing" : stateOf(draft, input.nowSeconds);
  };
  return drafts.map((draft) => ({
    id: draft.id,
    calls: [...draft.calls].sort((a, b) => a.index - b.index),
    predecessor: draft.predecessor,
    predecessorState: predecessorState(draft.predecessor),
    salt: draft.salt,
    delaySeconds: draft.delaySeconds,
    etaSeconds: draft.scheduledAt.atSeconds + draft.delaySeconds,
    state: stateOf(draft, input.nowSeconds),
    isShortNotice: draft.delaySeconds < noticeSeconds(input.minDelaySeconds),
    scheduledAt: draft.scheduledAt,
    closedAt: draft.closed?.at,
  }));
}
