import type { Hex } from "@/domain/model";
import { isHexBytes, uintAt } from "../bytes";
import type { Rpc, RpcCall } from "../rpc/rpc";
import { clockOverride } from "./totals-probe";

/** TIMESTAMP, store it, return the word: written in instructions that every chain has had from the start. */
const CLOCK_CODE: Hex = "0x4260005260206000f3";
/** A time that no chain is at (the year 2100), so that only an endpoint that obeys returns it. */
const ASKED = { number: 1_000_000_000n, timestampSeconds: 4_102_444_800n };

const remembered = new WeakMap<Rpc, Map<string, boolean>>();

function memoryOf(rpc: Rpc): Map<string, boolean> {
  const memory = remembered.get(rpc) ?? new Map<string, boolean>();
  remembered.set(rpc, memory);
  return memory;
}

/** Which endpoints can run a call under another block's clock. */
export interface ClockSupport {
  /** Whether there is one. */
  readonly isTaken: boolean;
  /** Names of those that were found not to, to be passed over. */
  readonly refusing: readonly string[];
}

/**
 * Finds an endpoint that runs calls under another block's clock, one short question an endpoint and session. Endpoints
 * that refuse the parameter and endpoints that silently ignore it are told apart from those that obey by the time that
 * the call returns.
 */
export async function clockSupportOf(
  rpc: Rpc,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<ClockSupport> {
  const memory = memoryOf(rpc);
  const endpoints = rpc.status().endpoints.length;
  const refusing = (): readonly string[] => [...memory].filter(([, takes]) => !takes).map(([name]) => name);
  const call: RpcCall = {
    method: "eth_call",
    params: [{ data: CLOCK_CODE }, "latest", {}, clockOverride(ASKED)],
  };
  while (refusing().length < endpoints) {
    if (memory.get(rpc.preferredEndpoint()) === true) return { isTaken: true, refusing: refusing() };
    const { endpoint, answers } = await rpc.exchange([call], { signal, avoid: refusing() });
    // Everything else was passed over and this one was asked all the same: the others do not answer.
    if (memory.get(endpoint) === false) break;
    const answer = answers[0];
    const time = answer?.ok === true && isHexBytes(answer.value) ? uintAt(answer.value, 0) : undefined;
    memory.set(endpoint, time === ASKED.timestampSeconds);
  }
  return { isTaken: false, refusing: refusing() };
}
