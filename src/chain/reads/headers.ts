import type { BlockRef } from "@/domain/model";
import { toQuantity } from "../quantity";
import type { Rpc, RpcCall } from "../rpc/rpc";
import { parseBlock } from "./head";

const HEADERS_A_BATCH = 50;

/** A list in parts of at most `size`. */
export function chunksOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const chunks: (readonly T[])[] = [];
  for (let from = 0; from < items.length; from += size) chunks.push(items.slice(from, from + size));
  return chunks;
}

/** Headers by number, in the order asked; blocks that the endpoint does not have are left out. */
export async function fetchHeaders(
  rpc: Rpc,
  { blocks, signal }: { readonly blocks: readonly bigint[]; readonly signal?: AbortSignal | undefined },
): Promise<readonly BlockRef[]> {
  const headers: BlockRef[] = [];
  for (const some of chunksOf(blocks, HEADERS_A_BATCH)) {
    const calls = some.map((block): RpcCall => {
      return { method: "eth_getBlockByNumber", params: [toQuantity(block), false] };
    });
    for (const answer of await rpc.batch(calls, { signal })) {
      const header = answer.ok ? parseBlock(answer.value) : undefined;
      if (header !== undefined) headers.push(header);
    }
  }
  return headers;
}
