import type { Hex } from "@/domain/model";
import type { Rpc } from "../rpc/rpc";
import { checkBoundaries } from "./boundaries";
import { type OpenChunk, openChunk, scopeOf } from "./chunk";
import { type BlockInterval, blocksInAll, cutAfter, missingIntervals } from "./intervals";
import { orderLogs, type RawLog } from "./raw-log";
import { fetchIntervals } from "./scan-engine";
import type { ScanRequest } from "./scan-request";
import type { ChunkStore } from "./store";

export interface ScanResult {
  /** In the chain's order, each once. */
  readonly logs: readonly RawLog[];
  readonly fromBlock: bigint;
  readonly toBlock: bigint;
  /** Ranges that no endpoint keeps any more. Empty for a whole history. */
  readonly gaps: readonly BlockInterval[];
  /** Whether stored chunks were thrown away because they were not of this chain. */
  readonly rebuilt: boolean;
}

/** New final blocks are stored only in pieces of at least this size; fewer are read again with the tail. */
const LEAST_CHUNK_BLOCKS = 256n;

async function loadChunks(store: ChunkStore, scope: string): Promise<readonly OpenChunk[]> {
  const stored = await store.load(scope);
  const chunks: OpenChunk[] = [];
  for (const value of stored) {
    const chunk = await openChunk(value, scope);
    if (chunk !== undefined) chunks.push(chunk);
  }
  return chunks.sort((left, right) => (left.range.from < right.range.from ? -1 : 1));
}

/** Chunks that neither overlap nor reach beyond the head. */
function usableChunks(chunks: readonly OpenChunk[], { head }: ScanRequest): readonly OpenChunk[] {
  const usable: OpenChunk[] = [];
  for (const chunk of chunks) {
    const last = usable.at(-1);
    if (chunk.range.to <= head.number && (last === undefined || chunk.range.from > last.range.to)) {
      usable.push(chunk);
    }
  }
  return usable;
}

/** Chunks of this chain; empty, and the store emptied, when they turn out to be of another one. */
async function trustedChunks(rpc: Rpc, { request, scope }: { request: ScanRequest; scope: string }) {
  const { store, signal } = request;
  const chunks = usableChunks(await loadChunks(store, scope), request);
  const marks = chunks.map(({ range, toBlockHash }) => ({ number: range.to, hash: toBlockHash }));
  const wrong = await checkBoundaries(rpc, { marks, signal });
  if (wrong.length === 0) return { chunks, rebuilt: false };
  await store.commit({ scope, put: [], remove: chunks.map(({ range }) => range.from) });
  return { chunks: [], rebuilt: true };
}

/** What is to be fetched: final ranges that will be kept, and the tail that will not. */
function planOf(
  request: ScanRequest,
  chunks: readonly OpenChunk[],
): { readonly settled: readonly BlockInterval[]; readonly tail: readonly BlockInterval[] } {
  const { fromBlock, head, finalisedBlock } = request;
  const missing = missingIntervals(
    { from: fromBlock, to: head.number },
    chunks.map(({ range }) => range),
  );
  if (finalisedBlock === undefined) return { settled: [], tail: missing };
  const settled: BlockInterval[] = [];
  const tail: BlockInterval[] = [];
  for (const interval of missing) {
    const { upTo, after } = cutAfter(interval, finalisedBlock);
    const few = upTo !== undefined && upTo.to - upTo.from + 1n < LEAST_CHUNK_BLOCKS;
    if (few && after !== undefined && chunks.length > 0) {
      tail.push(interval);
      continue;
    }
    if (upTo !== undefined) settled.push(upTo);
    if (after !== undefined) tail.push(after);
  }
  return { settled, tail };
}

function timesOf(logs: readonly RawLog[]): Map<Hex, bigint> {
  return new Map(logs.map(({ blockHash, atSeconds }) => [blockHash, atSeconds]));
}

/**
 * Reads every log of a filter from `fromBlock` to `head`.
 *
 * Finalised ranges are kept in the store as they arrive, each with the hash of its last block and a checksum, and are
 * not fetched again; the tail is fetched every time and must end in the head's hash. Ranges adapt to what the
 * endpoint serves. Cancelling keeps what was stored, and the next scan continues there.
 *
 * Throws `history-too-slow` when the endpoint's range cap would make it take hours, `chain-moved` when the head is no
 * longer part of the chain, `aborted`, and what the client throws when no endpoint answers.
 */
export async function scanLogs(rpc: Rpc, request: ScanRequest): Promise<ScanResult> {
  const { filter, fromBlock, head, store, onProgress } = request;
  const scope = scopeOf(rpc.chainId, filter);
  const { chunks, rebuilt } = await trustedChunks(rpc, { request, scope });
  const cached = chunks.flatMap(({ logs }) => logs).filter(({ blockNumber }) => blockNumber >= fromBlock);
  const { settled, tail } = planOf(request, chunks);
  const totalBlocks = head.number - fromBlock + 1n;
  const cachedBlocks = totalBlocks - blocksInAll(settled) - blocksInAll(tail);
  const report = (doneBlocks: bigint, logs: number): void => {
    onProgress?.({ doneBlocks: cachedBlocks + doneBlocks, totalBlocks, logs: cached.length + logs });
  };
  report(0n, 0);
  const fetched = await fetchIntervals(rpc, {
    request,
    scope,
    store,
    settled,
    tail,
    times: timesOf(cached.slice(-1000)),
    onProgress: report,
  });
  return {
    logs: orderLogs([...cached, ...fetched.logs]),
    fromBlock,
    toBlock: head.number,
    gaps: fetched.gaps,
    rebuilt,
  };
}
