import { isHexBytes } from "@/chain/bytes";
import { ChainError } from "@/chain/errors";
import { pinTo } from "@/chain/reads/call";
import type { Rpc } from "@/chain/rpc/rpc";
import type { Address, BlockRef } from "@/domain/model";

export interface HasCodeRequest {
  readonly address: Address;
  readonly block: BlockRef;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Whether there is a contract at an address at one block.
 *
 * @throws ChainError when the endpoint does not answer, or with something that is not code.
 */
export async function fetchHasCode(rpc: Rpc, { address, block, signal }: HasCodeRequest): Promise<boolean> {
  const code = await rpc.request("eth_getCode", [address, pinTo(block)], { signal });
  if (!isHexBytes(code)) throw new ChainError("bad-answer", { message: "The code of an account is not hex" });
  return code !== "0x";
}
