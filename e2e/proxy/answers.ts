import { asOfHead, clipLogsLikeGeth, limitLogs, refuseOldLogs, refuseOldState, type Step } from "./blocks";
import { failure, type RpcAnswer, type RpcCall, result } from "./json-rpc";
import type { CallFault, Struck } from "./rules";
import type { Upstream } from "./upstream";

/** What becomes of one call: what to ask, whom, and what to do with the answer. */
export interface Plan {
  readonly original: RpcCall;
  readonly faults: readonly Struck<CallFault>[];
  readonly upstream: Upstream;
  /** The call to forward, or the answer that was decided without asking. */
  readonly step: Step;
}

export interface Settled {
  readonly answer: RpcAnswer;
  readonly wrongId: boolean;
  readonly httpStatus: number | undefined;
}

const isOverridden = (call: RpcCall): boolean =>
  (call.method === "eth_call" || call.method === "eth_estimateGas") && call.params.length > 2;

/** Decides one call before the node is asked. Faults apply in the order in which their rules were added. */
export async function planCall(
  original: RpcCall,
  at: {
    readonly faults: readonly Struck<CallFault>[];
    readonly upstream: Upstream;
    readonly gethLogs: boolean;
  },
): Promise<Plan> {
  const { faults, upstream } = at;
  const needsHead = at.gethLogs && original.method === "eth_getLogs";
  const isViewed = faults.some((one) => HEAD_FAULTS.has(one.fault.kind));
  const head = needsHead || isViewed ? await upstream.headNumber() : 0n;

  let step: Step = { call: original };
  for (const { fault } of faults) {
    if ("answer" in step) break;
    step = await applyBefore(step.call, { fault, upstream, head });
  }
  if (needsHead && "call" in step) step = await clipLogsLikeGeth(step.call, { upstream, head });
  return { original, faults, upstream, step };
}

const HEAD_FAULTS: ReadonlySet<CallFault["kind"]> = new Set(["lag", "freeze", "archive", "pruned-logs"]);

async function applyBefore(
  call: RpcCall,
  at: { readonly fault: CallFault; readonly upstream: Upstream; readonly head: bigint },
): Promise<Step> {
  const { fault, upstream, head } = at;
  switch (fault.kind) {
    case "rpc-error":
      return { answer: { kind: "error", error: fault.error } };
    case "null-result":
      return { answer: result(null) };
    case "chain-id":
      if (call.method === "eth_chainId") return { answer: result(`0x${fault.chainId.toString(16)}`) };
      return call.method === "net_version" ? { answer: result(String(fault.chainId)) } : { call };
    case "strip-override":
      return { call: isOverridden(call) ? { ...call, params: call.params.slice(0, 2) } : call };
    case "reject-override":
      return isOverridden(call)
        ? { answer: failure(-32602, fault.message ?? "too many arguments, want at most 2") }
        : { call };
    case "lag":
      return asOfHead(call, { upstream, head: head > fault.blocks ? head - fault.blocks : 0n });
    case "freeze":
      return asOfHead(call, { upstream, head: fault.atBlock < head ? fault.atBlock : head });
    case "archive":
      return refuseOldState(call, { upstream, head, belowBlock: fault.belowBlock });
    case "pruned-logs":
      return refuseOldLogs(call, { upstream, head, belowBlock: fault.belowBlock });
    case "wrong-id":
    case "upstream":
    case "alternate":
    case "log-limit":
    case "silent-truncation":
    case "drop-log":
    case "tamper":
    case "rewrite":
      return { call };
  }
}

/** Changes one hexadecimal digit somewhere in the answer: a lie that still parses. */
function tampered(value: unknown, random: () => number): unknown {
  const text = JSON.stringify(value);
  const places = [...text.matchAll(/"0x([0-9a-f]+)"/g)].filter((match) => (match[1] ?? "").length > 0);
  const chosen = places[Math.floor(random() * places.length)];
  const digits = chosen?.[1];
  if (chosen === undefined || digits === undefined) return value;
  const at = chosen.index + 3 + Math.floor(random() * digits.length);
  const before = Number.parseInt(text.charAt(at), 16);
  const after = ((before + 1 + Math.floor(random() * 15)) % 16).toString(16);
  return JSON.parse(text.slice(0, at) + after + text.slice(at + 1));
}

/** Applies what happens to an answer on its way back. */
export async function settleCall(plan: Plan, asked: RpcAnswer): Promise<Settled> {
  const { original, upstream } = plan;
  let answer = asked;
  let wrongId = false;
  let httpStatus: number | undefined;
  const change = (by: (value: unknown) => unknown): void => {
    if (answer.kind === "result") answer = result(by(answer.value));
  };
  const changeLogs = (by: (logs: readonly unknown[]) => unknown): void => {
    if (original.method === "eth_getLogs") change((value) => (Array.isArray(value) ? by(value) : value));
  };
  for (const { fault, random } of plan.faults) {
    if (fault.kind === "wrong-id") wrongId = true;
    if (fault.kind === "tamper") change((value) => tampered(value, random));
    if (fault.kind === "rewrite") change((value) => fault.with(value, original));
    if (fault.kind === "drop-log") changeLogs((logs) => logs.filter((_, index) => index !== fault.index));
    if (fault.kind === "silent-truncation") changeLogs((logs) => logs.slice(0, fault.maxLogs));
    if (fault.kind === "log-limit") {
      const head = await upstream.headNumber();
      const limited = await limitLogs(original, { upstream, head, limit: fault.limit, answer });
      answer = limited.answer;
      httpStatus = limited.httpStatus;
    }
  }
  return { answer, wrongId, httpStatus };
}
