import type { BlockRef, VaultHistory } from "@/domain/model";
import { extendHistory } from "./history-extend";
import {
  decodeLogs,
  type HistoryRead,
  type HistorySubject,
  historyFilter,
  isHistoryRead,
} from "./history-read";
import { scanLogs } from "./logs/scan";
import type { ScanProgress, ScanRequest } from "./logs/scan-request";
import { toQuantity } from "./quantity";
import { parseBlock } from "./reads/head";
import type { Rpc, RpcCall } from "./rpc/rpc";

export interface HistoryRequest
  extends HistorySubject,
    Pick<ScanRequest, "head" | "store" | "onProgress" | "signal" | "maxScanSeconds"> {
  /** The newest block that cannot be reorganised; undefined when none can be named. */
  readonly finalised: bigint | undefined;
  /** What was read up to an earlier head: then only what lies after its last final block is asked for. */
  readonly previous?: VaultHistory | undefined;
}

/** How far the reading of a history has come. */
export type HistoryProgress = ScanProgress;

interface Edges {
  /**
   * Whether the vault did not exist yet before the first block that was read. Where the endpoint keeps no state that
   * old, the configured block is taken at its word; replaying the transfers shows whether that was right.
   */
  readonly beginsBeforeTheVault: boolean;
  readonly settled: BlockRef | undefined;
}

/** Both ends of the history, in one request. */
async function fetchEdges(rpc: Rpc, request: HistoryRequest): Promise<Edges> {
  const { vault, fromBlock, head, finalised, signal } = request;
  const before = fromBlock > 0n ? fromBlock - 1n : 0n;
  const code: RpcCall = { method: "eth_getCode", params: [vault, toQuantity(before)] };
  const last = finalised !== undefined && finalised < head.number ? finalised : head.number;
  const block: RpcCall = { method: "eth_getBlockByNumber", params: [toQuantity(last), false] };
  const [codeAnswer, blockAnswer] = await rpc.batch([code, block], { signal });
  const settled = blockAnswer?.ok === true ? parseBlock(blockAnswer.value) : undefined;
  return {
    beginsBeforeTheVault: fromBlock === 0n || codeAnswer?.ok !== true || codeAnswer.value === "0x",
    settled: finalised === undefined || finalised < fromBlock ? undefined : settled,
  };
}

/**
 * Reads and decodes the whole history of a vault, its strategy and its timelock, in the chain's order.
 *
 * With a `previous` history only its tail is read again, in one request; where that cannot be, all of it, mostly from
 * the store. `complete` is true only when the range begins at the vault's first block, has no gap, and every log decoded. Throws
 * as `scanLogs` does; finalised parts that were read are kept in the store either way.
 */
export async function fetchHistory(rpc: Rpc, request: HistoryRequest): Promise<HistoryRead> {
  const { previous } = request;
  if (previous !== undefined && isHistoryRead(previous) && isOf(previous, request)) {
    const { head, signal } = request;
    const extended = await extendHistory(rpc, { previous, head, signal });
    if (extended !== undefined) return extended;
  }
  return await readWhole(rpc, request);
}

/** Whether a history is of the same contracts from the same block on. */
function isOf({ subject }: HistoryRead, request: HistoryRequest): boolean {
  return (
    subject.fromBlock === request.fromBlock &&
    historyFilter(subject).addresses.join() === historyFilter(request).addresses.join()
  );
}

async function readWhole(rpc: Rpc, request: HistoryRequest): Promise<HistoryRead> {
  const { vault, strategy, timelock, fromBlock, head, finalised, store } = request;
  const { onProgress, signal, maxScanSeconds } = request;
  const subject: HistorySubject = { vault, strategy, timelock, fromBlock };
  const scan = await scanLogs(rpc, {
    filter: historyFilter(subject),
    fromBlock,
    head,
    finalisedBlock: finalised,
    store,
    onProgress,
    signal,
    maxScanSeconds,
  });
  const { undecoded, ...events } = decodeLogs(scan.logs, subject);
  const whole = scan.gaps.length === 0 && undecoded === 0;
  const { beginsBeforeTheVault, settled } = await fetchEdges(rpc, request);
  return {
    ...events,
    fromBlock: scan.fromBlock,
    toBlock: scan.toBlock,
    complete: whole && beginsBeforeTheVault,
    subject,
    head,
    settled,
    gaps: scan.gaps,
    undecoded,
    rebuilt: scan.rebuilt,
  };
}
