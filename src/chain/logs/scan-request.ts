import type { BlockRef } from "@/domain/model";
import type { RpcEnvironment } from "../rpc/environment";
import type { LogFilter } from "./chunk";
import type { ChunkStore } from "./store";

export interface ScanProgress {
  readonly doneBlocks: bigint;
  readonly totalBlocks: bigint;
  readonly logs: number;
}

export interface ScanRequest {
  readonly filter: LogFilter;
  readonly fromBlock: bigint;
  /** The block the scan ends at; its hash is the proof that the tail belongs to the chain the caller sees. */
  readonly head: BlockRef;
  /** The newest block that cannot be reorganised; undefined when none can be named, then nothing is kept. */
  readonly finalisedBlock: bigint | undefined;
  readonly store: ChunkStore;
  readonly onProgress?: ((progress: ScanProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Longest scan worth beginning, in seconds; beyond it `history-too-slow` is thrown. */
  readonly maxScanSeconds?: number | undefined;
  readonly environment?: Pick<RpcEnvironment, "setTimer"> | undefined;
}
