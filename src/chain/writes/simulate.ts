import type { Address, BlockRef, Hex } from "@/domain/model";
import { isHexBytes } from "../bytes";
import { ChainError } from "../errors";
import { quantityOf, toQuantity } from "../quantity";
import { pinTo } from "../reads/call";
import type { Rpc, RpcCall } from "../rpc/rpc";
import type { CallRequest } from "./request";

export interface Simulation {
  /** What the call would return. */
  readonly result: Hex;
  /** Undefined where the endpoint gave no estimate. */
  readonly gasUsed: bigint | undefined;
}

/**
 * Runs the very call that is to be signed, as `from`, at one block. Throws `reverted` with the decoded reason when the
 * chain would refuse it. A timelock as `from` tells what a scheduled call would do.
 */
export async function simulateCall(
  rpc: Rpc,
  {
    from,
    call,
    block,
    signal,
  }: {
    readonly from: Address;
    readonly call: CallRequest;
    readonly block: BlockRef;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<Simulation> {
  const request = { from, to: call.to, data: call.data, value: toQuantity(call.value) };
  const calls: readonly RpcCall[] = [
    { method: "eth_call", params: [request, pinTo(block)] },
    { method: "eth_estimateGas", params: [request, toQuantity(block.number)] },
  ];
  const [result, gas] = await rpc.batch(calls, { signal });
  if (result?.ok === false) throw result.error;
  if (!isHexBytes(result?.value)) {
    throw new ChainError("bad-answer", { message: "The simulation's answer is no call result" });
  }
  return { result: result.value, gasUsed: gas?.ok === true ? quantityOf(gas.value) : undefined };
}
