import { failure, isFields, type RpcAnswer, type RpcCall, result } from "./json-rpc";
import type { ProviderLimit } from "./provider-limits";
import type { Upstream } from "./upstream";

/** Where each method that reads state takes its block. */
const STATE_BLOCK_AT: Readonly<Record<string, number>> = {
  eth_call: 1,
  eth_getBalance: 1,
  eth_getCode: 1,
  eth_getTransactionCount: 1,
  eth_getStorageAt: 2,
  eth_getProof: 2,
};

const quantity = (value: bigint): string => `0x${value.toString(16)}`;

function withParam(call: RpcCall, change: { readonly at: number; readonly value: unknown }): RpcCall {
  const params = [...call.params];
  params[change.at] = change.value;
  return { ...call, params };
}

/** Either the call to forward, perhaps changed, or the answer that ends it here. */
export type Step = { readonly call: RpcCall } | { readonly answer: RpcAnswer };

interface LogRange {
  readonly filter: Readonly<Record<string, unknown>>;
  readonly fromBlock: bigint;
  readonly toBlock: bigint;
}

async function logRangeOf(
  call: RpcCall,
  at: { upstream: Upstream; head: bigint },
): Promise<LogRange | undefined> {
  const [filter] = call.params;
  if (call.method !== "eth_getLogs" || !isFields(filter) || filter.blockHash !== undefined) return undefined;
  const fromBlock = await at.upstream.heightOf(filter.fromBlock, at.head);
  const toBlock = await at.upstream.heightOf(filter.toBlock, at.head);
  return fromBlock === undefined || toBlock === undefined ? undefined : { filter, fromBlock, toBlock };
}

/** geth's way with a range that reaches beyond its head: what it has, or nothing, and no error. */
export async function clipLogsLikeGeth(
  call: RpcCall,
  at: { readonly upstream: Upstream; readonly head: bigint },
): Promise<Step> {
  const range = await logRangeOf(call, at);
  if (range === undefined || range.toBlock <= at.head) return { call };
  if (range.fromBlock > at.head) return { answer: result([]) };
  return { call: withParam(call, { at: 0, value: { ...range.filter, toBlock: quantity(at.head) } }) };
}

/**
 * Answers as a node whose newest block is `head`, although the upstream has gone on: newer blocks, receipts and
 * states do not exist, "latest" means `head`.
 */
export async function asOfHead(
  call: RpcCall,
  at: { readonly upstream: Upstream; readonly head: bigint },
): Promise<Step> {
  const { upstream, head } = at;
  const { method } = call;
  if (method === "eth_blockNumber") return { answer: result(quantity(head)) };
  if (method === "eth_getLogs") {
    const [filter] = call.params;
    if (!isFields(filter)) return { call };
    if (filter.blockHash === undefined) {
      // The upstream's own "latest" is newer than the head that this node admits to.
      const toBlock = (await upstream.heightOf(filter.toBlock, head)) ?? head;
      return clipLogsLikeGeth(
        withParam(call, { at: 0, value: { ...filter, toBlock: quantity(toBlock) } }),
        at,
      );
    }
    const height = await upstream.heightOf(filter.blockHash, head);
    return height !== undefined && height > head ? { answer: failure(-32000, "unknown block") } : { call };
  }
  if (method === "eth_getBlockByNumber" || method === "eth_getBlockByHash") {
    const height = await upstream.heightOf(call.params[0], head);
    if (height !== undefined && height > head) return { answer: result(null) };
    const isLatest = call.params[0] === "latest" || call.params[0] === "pending";
    return { call: isLatest ? withParam(call, { at: 0, value: quantity(head) }) : call };
  }
  if (method === "eth_getTransactionReceipt") {
    const receipt = await upstream.ask(method, call.params);
    const isNewer =
      isFields(receipt) && typeof receipt.blockNumber === "string" && BigInt(receipt.blockNumber) > head;
    return isNewer ? { answer: result(null) } : { call };
  }
  const index = STATE_BLOCK_AT[method];
  if (index === undefined) return { call };
  const reference = call.params[index];
  const height = await upstream.heightOf(reference, head);
  if (height !== undefined && height > head) return { answer: failure(-32000, "header not found") };
  const isLatest = reference === undefined || reference === "latest" || reference === "pending";
  return { call: isLatest ? withParam(call, { at: index, value: quantity(head) }) : call };
}

/** A node that keeps no state below a block answers this instead of the truth. */
export async function refuseOldState(
  call: RpcCall,
  at: { readonly upstream: Upstream; readonly head: bigint; readonly belowBlock: bigint },
): Promise<Step> {
  const index = STATE_BLOCK_AT[call.method];
  if (index === undefined) return { call };
  const height = await at.upstream.heightOf(call.params[index], at.head);
  if (height === undefined || height >= at.belowBlock) return { call };
  const root = "a".repeat(64);
  return {
    answer: failure(-32000, `missing trie node ${root} (path ) state 0x${root} is not available`),
  };
}

/** A node with expired history (EIP-4444) refuses logs of blocks that it no longer keeps. */
export async function refuseOldLogs(
  call: RpcCall,
  at: { readonly upstream: Upstream; readonly head: bigint; readonly belowBlock: bigint },
): Promise<Step> {
  const range = await logRangeOf(call, at);
  if (range === undefined || range.fromBlock >= at.belowBlock) return { call };
  return { answer: failure(4444, "pruned history unavailable") };
}

export interface Limited {
  readonly answer: RpcAnswer;
  /** HTTP status of a refusal, for providers that do not say 200. */
  readonly httpStatus: number | undefined;
}

/** Applies a provider's cap on blocks before, and on logs after, the answer `logs` of the node. */
export async function limitLogs(
  call: RpcCall,
  at: {
    readonly upstream: Upstream;
    readonly head: bigint;
    readonly limit: ProviderLimit;
    readonly answer: RpcAnswer;
  },
): Promise<Limited> {
  const { limit, answer } = at;
  const range = await logRangeOf(call, at);
  if (range === undefined) return { answer, httpStatus: undefined };
  const { fromBlock, toBlock } = range;
  const refuse = (workingToBlock: bigint): Limited => ({
    answer: { kind: "error", error: limit.refuse({ fromBlock, toBlock, workingToBlock }) },
    httpStatus: limit.httpStatus,
  });
  if (limit.maxBlocks !== undefined && toBlock - fromBlock + 1n > limit.maxBlocks)
    return refuse(fromBlock + limit.maxBlocks - 1n);
  if (limit.maxLogs !== undefined && answer.kind === "result" && Array.isArray(answer.value)) {
    const first: unknown = answer.value[limit.maxLogs];
    if (isFields(first) && typeof first.blockNumber === "string") {
      const before = BigInt(first.blockNumber) - 1n;
      return refuse(before > fromBlock ? before : fromBlock);
    }
  }
  return { answer, httpStatus: undefined };
}
