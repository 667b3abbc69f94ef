import type { BlockRef, Hex } from "@/domain/model";
import { ChainError } from "../errors";
import { quantityOf, toQuantity } from "../quantity";
import type { Rpc, RpcCall, RpcOptions } from "../rpc/rpc";

const HASH = /^0x[0-9a-fA-F]{64}$/;

/** Reads a block header as JSON-RPC gives it; undefined when a field is missing or malformed. */
export function parseBlock(value: unknown): BlockRef | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const block = value as Record<string, unknown>;
  const number = quantityOf(block["number"]);
  const timestampSeconds = quantityOf(block["timestamp"]);
  const hash = block["hash"];
  if (number === undefined || timestampSeconds === undefined) return undefined;
  if (typeof hash !== "string" || !HASH.test(hash)) return undefined;
  return { number, hash: hash.toLowerCase() as Hex, timestampSeconds };
}

function blockOrThrow(value: unknown, rpc: Rpc): BlockRef {
  const block = parseBlock(value);
  if (block !== undefined) return block;
  const { endpointHost } = rpc.status();
  throw new ChainError("bad-answer", { message: `${endpointHost} sent no block`, endpointHost });
}

/** The newest block. One request. */
export async function fetchHead(rpc: Rpc, options?: RpcOptions): Promise<BlockRef> {
  return blockOrThrow(await rpc.request("eth_getBlockByNumber", ["latest", false], options), rpc);
}

/** A block by number or hash; undefined when the endpoint does not have it. */
export async function fetchBlock(
  rpc: Rpc,
  request: { readonly number: bigint } | { readonly hash: Hex },
  options?: RpcOptions,
): Promise<BlockRef | undefined> {
  const value =
    "hash" in request
      ? await rpc.request("eth_getBlockByHash", [request.hash, false], options)
      : await rpc.request("eth_getBlockByNumber", [toQuantity(request.number), false], options);
  return value === null ? undefined : blockOrThrow(value, rpc);
}

/** How far behind the head we take a block for final where the chain does not say. Deeper than any reorganisation seen. */
const ASSUMED_FINALITY_BLOCKS = 1000n;

/**
 * The newest block that no reorganisation can undo, by the chain's own `finalized` tag; where the endpoint does not
 * know the tag, a thousand blocks behind `head`. Undefined while the chain is younger than that.
 */
export async function fetchFinalisedNumber(
  rpc: Rpc,
  { head, signal }: { readonly head: BlockRef; readonly signal?: AbortSignal | undefined },
): Promise<bigint | undefined> {
  const call: RpcCall = { method: "eth_getBlockByNumber", params: ["finalized", false] };
  const [answer] = await rpc.batch([call], { signal });
  const block = answer?.ok === true ? parseBlock(answer.value) : undefined;
  if (block !== undefined) return block.number;
  return head.number > ASSUMED_FINALITY_BLOCKS ? head.number - ASSUMED_FINALITY_BLOCKS : undefined;
}
