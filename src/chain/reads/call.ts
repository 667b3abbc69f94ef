import type { Address, BlockRef, Hex } from "@/domain/model";
import { isHexBytes } from "../bytes";
import type { RpcAnswer, RpcCall } from "../rpc/rpc";

/** One view call. */
export interface ViewCall {
  readonly to: Address;
  readonly data: Hex;
}

/** EIP-1898: the block by its hash, refused where it is no longer part of the chain. */
export function pinTo(block: Pick<BlockRef, "hash">): { blockHash: Hex; requireCanonical: true } {
  return { blockHash: block.hash, requireCanonical: true };
}

/** The `eth_call` of a view at one block hash. */
export function ethCall({ to, data }: ViewCall, block: Pick<BlockRef, "hash">): RpcCall {
  return { method: "eth_call", params: [{ to, data }, pinTo(block)] };
}

/** What a view returned; undefined where it reverted, has no code, or returned nothing. */
export type ViewResult = Hex | undefined;

/**
 * The bytes of an `eth_call` answer. A revert is an answer ("this contract does not say"); any other refusal is a
 * failure to read, which must not be mistaken for it, and is thrown.
 */
export function viewResultOf(answer: RpcAnswer): ViewResult {
  if (!answer.ok) {
    if (answer.error.code === "reverted") return undefined;
    throw answer.error;
  }
  return isHexBytes(answer.value) && answer.value !== "0x" ? answer.value : undefined;
}
