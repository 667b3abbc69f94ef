import { describeVaultCall } from "@/data/operator/describe-call";
import { operationIdOf, type TimelockOperation } from "@/data/operator/timelock-intents";
import type { CallDescription } from "@/data/transaction/call-words";
import { minOf } from "@/domain/math";
import type { Hex, LogRef, ParameterEvent, StrategyState } from "@/domain/model";
import { ratioWadDown } from "@/domain/ratio";
import type { OperationState, QueuedCall, QueuedOperation } from "@/domain/timelock";
import type { VaultReport } from "@/report/vault-report";
import { formatDuration, formatHash, formatInteger, formatTimestamp } from "@/shared/format";
import type { Tone } from "@/ui/tone";
import { callSentence, type ParameterThen, SETTERS } from "./call-sentence";
import { percent, percentDigits } from "./format";
import type { ProposableParameter } from "./messages";
import { type ProposalEffect, proposalOf } from "./proposal";

/** One call of an operation, in words and in bytes. */
export interface QueueCall {
  readonly key: string;
  /** "call 2 of 3"; undefined where there is only one. */
  readonly place: string | undefined;
  readonly sentence: string;
  readonly isUnderstood: boolean;
  readonly description: CallDescription;
}

/** One operation as it is shown. */
export interface QueueRow {
  readonly key: string;
  readonly operation: QueuedOperation;
  readonly state: { readonly word: string; readonly tone: Tone };
  /** "Ready in 23 h 5 min, at 2026-11-24 16:05 UTC". */
  readonly when: string;
  readonly isShortNotice: boolean;
  /** Those that cannot be read come first. */
  readonly calls: readonly QueueCall[];
  readonly unreadable: number;
  readonly scheduled: { readonly block: string; readonly time: string; readonly transaction: string };
  readonly closed:
    | { readonly block: string; readonly time: string; readonly transaction: string }
    | undefined;
  readonly delay: string;
  readonly predecessor: string | undefined;
  /** Why nobody may execute it now, by the timelock's own rules; undefined when it may be executed. */
  readonly notYet: string | undefined;
  /** What the timelock would execute; undefined where its id cannot be made from its calls. */
  readonly executable: TimelockOperation | undefined;
  /** What it would do to the book as it stands now; undefined for other changes and closed operations. */
  readonly effect: ProposalEffect | undefined;
  /** How much of what LPs hold could leave before it takes effect; undefined for closed operations. */
  readonly usableNotice: string | undefined;
  /** The parameter has moved since it was scheduled. */
  readonly moved: string | undefined;
}

const STATE_WORDS: Readonly<Record<OperationState, { readonly word: string; readonly tone: Tone }>> = {
  pending: { word: "Pending", tone: "caution" },
  ready: { word: "Ready", tone: "accent" },
  executed: { word: "Executed", tone: "ok" },
  cancelled: { word: "Cancelled", tone: "neutral" },
};

type QueueInput = Pick<VaultReport, "config" | "snapshot" | "history" | "completeness">;

/** Open operations first, the next to become ready on top; then the closed ones, newest first. */
export function queueRowsOf(
  report: QueueInput,
  operations: readonly QueuedOperation[],
): { readonly open: readonly QueueRow[]; readonly closed: readonly QueueRow[] } {
  const rows = operations.map((operation) => queueRowOf(report, operation));
  const isOpen = ({ operation }: QueueRow): boolean =>
    operation.state === "pending" || operation.state === "ready";
  return {
    open: rows.filter(isOpen).sort((a, b) => (a.operation.etaSeconds < b.operation.etaSeconds ? -1 : 1)),
    closed: rows.filter((row) => !isOpen(row)).sort((a, b) => (closedBlock(a) > closedBlock(b) ? -1 : 1)),
  };
}

function closedBlock({ operation }: QueueRow): bigint {
  return (operation.closedAt ?? operation.scheduledAt).blockNumber;
}

function place(log: LogRef): { readonly block: string; readonly time: string; readonly transaction: string } {
  return {
    block: formatInteger(log.blockNumber),
    time: formatTimestamp(log.atSeconds),
    transaction: log.transactionHash,
  };
}

function queueRowOf(report: QueueInput, operation: QueuedOperation): QueueRow {
  const nowSeconds = report.snapshot.state.block.timestampSeconds;
  const calls = callsOf(report, operation);
  const isOpen = operation.state === "pending" || operation.state === "ready";
  const change = isOpen ? changeOf(calls) : undefined;
  const executable = executableOf(operation);
  return {
    key: `${operation.id}:${operation.scheduledAt.transactionHash}`,
    operation,
    state: STATE_WORDS[operation.state],
    when: whenText(operation, nowSeconds),
    isShortNotice: operation.isShortNotice,
    calls,
    unreadable: calls.filter(({ isUnderstood }) => !isUnderstood).length,
    scheduled: place(operation.scheduledAt),
    closed: operation.closedAt === undefined ? undefined : place(operation.closedAt),
    delay: formatDuration(operation.delaySeconds),
    predecessor: operation.predecessorState === "none" ? undefined : predecessorText(operation),
    notYet: isOpen
      ? notYetText(operation, { nowSeconds, isExecutable: executable !== undefined })
      : undefined,
    executable,
    effect: change === undefined ? undefined : effectOf(report, change),
    usableNotice: isOpen ? usableNoticeText(report) : undefined,
    moved: isOpen ? movedText(report, { operation, calls }) : undefined,
  };
}

/** Notice is worth only what can leave within it: idle liquidity against all that LPs hold. */
function usableNoticeText({ snapshot }: QueueInput): string | undefined {
  const { flux, totalAssets } = snapshot.state;
  if (flux === undefined) return undefined;
  const share = ratioWadDown({
    part: minOf(flux.idleAssets, totalAssets),
    whole: totalAssets,
    reason: "no-assets",
  });
  if (share.kind === "unknown") return undefined;
  return `LPs who disagree can leave before it takes effect as far as idle liquidity goes: it covers ${percent(share.value)} of what they hold now.`;
}

function whenText({ state, etaSeconds, closedAt }: QueuedOperation, nowSeconds: bigint): string {
  const eta = formatTimestamp(etaSeconds);
  switch (state) {
    case "pending":
      return `Ready in ${formatDuration(etaSeconds - nowSeconds)}, at ${eta}`;
    case "ready":
      return `Ready since ${eta}, ${formatDuration(nowSeconds - etaSeconds)} ago`;
    case "executed":
      return `Executed at ${closedAt === undefined ? "an unknown time" : formatTimestamp(closedAt.atSeconds)}`;
    case "cancelled":
      return `Cancelled at ${closedAt === undefined ? "an unknown time" : formatTimestamp(closedAt.atSeconds)}`;
  }
}

function predecessorText({ predecessor, predecessorState }: QueuedOperation): string {
  const name = formatHash(predecessor);
  switch (predecessorState) {
    case "none":
      return "nothing has to come first";
    case "missing":
      return `after ${name}, which was never scheduled in the blocks read`;
    case "pending":
    case "ready":
      return `after ${name}, which is not executed yet`;
    case "executed":
      return `after ${name}, which is executed`;
    case "cancelled":
      return `after ${name}, which was cancelled: this can never be executed unless that is scheduled again`;
  }
}

function notYetText(
  operation: QueuedOperation,
  { nowSeconds, isExecutable }: { readonly nowSeconds: bigint; readonly isExecutable: boolean },
): string | undefined {
  if (operation.state === "pending") {
    return `The timelock executes it only from ${formatTimestamp(operation.etaSeconds)} on, in ${formatDuration(operation.etaSeconds - nowSeconds)} by the chain's clock.`;
  }
  if (operation.predecessorState !== "none" && operation.predecessorState !== "executed") {
    return `It comes ${predecessorText(operation)}.`;
  }
  return isExecutable
    ? undefined
    : "Its id cannot be made from its calls as this page would send them (a batch of one). Execute it with the tool that scheduled it.";
}

function executableOf(operation: QueuedOperation): TimelockOperation | undefined {
  const candidate: TimelockOperation = {
    calls: operation.calls.map(({ target, value, data }) => ({ to: target, value, data })),
    predecessor: operation.predecessor,
    salt: operation.salt,
  };
  return operationIdOf(candidate) === operation.id ? candidate : undefined;
}

function callsOf(report: QueueInput, operation: QueuedOperation): readonly QueueCall[] {
  const { calls } = operation;
  const rows = calls.map((call, index): QueueCall => {
    const description = describe(report, call);
    return {
      key: `${index}:${call.target}:${call.data}`,
      place: calls.length === 1 ? undefined : `call ${index + 1} of ${calls.length}`,
      sentence: callSentence(description, thenOf(report, { call: description, operation })),
      isUnderstood: description.understood,
      description,
    };
  });
  return [
    ...rows.filter(({ isUnderstood }) => !isUnderstood),
    ...rows.filter(({ isUnderstood }) => isUnderstood),
  ];
}

function describe(report: QueueInput, { target, value, data }: QueuedCall): CallDescription {
  return describeVaultCall(
    { config: report.config, state: report.snapshot.state },
    { to: target, value, data },
  );
}

function currentOf(strategy: StrategyState, key: string): bigint | undefined {
  if (key === "minBondRatio") return strategy.minBondRatioWad;
  return key === "interestRate" ? strategy.interestRateWad : undefined;
}

function isAfter(event: LogRef, log: LogRef): boolean {
  if (event.blockNumber !== log.blockNumber) return event.blockNumber > log.blockNumber;
  return event.logIndex > log.logIndex;
}

/** The parameter when the operation was scheduled: what the first later change began from, else what it is now. */
function valueAt(input: {
  readonly events: readonly ParameterEvent[];
  readonly key: string;
  readonly log: LogRef;
  readonly nowWad: bigint;
}): bigint {
  const { events, key, log, nowWad } = input;
  let first: Extract<ParameterEvent, { kind: "parameter" }> | undefined;
  for (const event of events) {
    if (event.kind !== "parameter" || event.key !== key || !isAfter(event, log)) continue;
    if (first === undefined || isAfter(first, event)) first = event;
  }
  return first?.oldValue ?? nowWad;
}

function thenOf(
  report: QueueInput,
  { call, operation }: { readonly call: CallDescription; readonly operation: QueuedOperation },
): ParameterThen | undefined {
  const { flux } = report.snapshot.state;
  const key = SETTERS[call.functionName ?? ""]?.key;
  // What a closed operation met is in the list of changes; "now" says nothing about it.
  if (flux === undefined || key === undefined || operation.closedAt !== undefined) return undefined;
  const nowWad = currentOf(flux.strategy, key);
  if (nowWad === undefined) return undefined;
  const log = operation.scheduledAt;
  return { nowWad, whenScheduledWad: valueAt({ events: report.history.parameters, key, log, nowWad }) };
}

function movedText(
  report: QueueInput,
  { operation, calls }: { readonly operation: QueuedOperation; readonly calls: readonly QueueCall[] },
): string | undefined {
  for (const { description } of calls) {
    const then = thenOf(report, { call: description, operation });
    if (then !== undefined && then.whenScheduledWad !== then.nowWad) {
      return "The parameter has moved since this was scheduled: what was meant as a raise may now be a cut, or the other way round.";
    }
  }
  return undefined;
}

interface Change {
  readonly parameter: ProposableParameter;
  readonly valueWad: bigint;
}

/** The parameter that an operation sets, where it does that and nothing else. */
function changeOf(calls: readonly QueueCall[]): Change | undefined {
  const [only] = calls;
  if (only === undefined || calls.length !== 1 || !only.isUnderstood) return undefined;
  const value = only.description.args[0]?.value;
  const key = SETTERS[only.description.functionName ?? ""]?.key;
  if (typeof value !== "bigint" || (key !== "minBondRatio" && key !== "interestRate")) return undefined;
  return { parameter: key, valueWad: value };
}

function effectOf(report: QueueInput, { parameter, valueWad }: Change): ProposalEffect | undefined {
  const { flux } = report.snapshot.state;
  if (flux === undefined) return undefined;
  const form = { parameter, text: percentDigits(valueWad) };
  return proposalOf({ form, strategy: flux.strategy, completeness: report.completeness }).effect;
}

/** Ids of everything that is still open: what the timelock itself is asked about. */
export function openIdsOf(operations: readonly QueuedOperation[]): readonly Hex[] {
  return operations.filter(({ state }) => state === "pending" || state === "ready").map(({ id }) => id);
}
