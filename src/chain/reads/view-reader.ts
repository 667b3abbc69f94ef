import type { BlockRef, ReadRung } from "@/domain/model";
import { isHexBytes } from "../bytes";
import { ChainError, isChainError } from "../errors";
import type { Rpc, RpcAnswer } from "../rpc/rpc";
import { ethCall, pinTo, type ViewCall, viewResultOf } from "./call";
import { decodeAggregate3, encodeAggregate3, hasMulticall3, MULTICALL3_ADDRESS } from "./multicall3";

/** A view's answer: what it returned (undefined when it reverted or has no code), or that it could not be read. */
export type ViewReading =
  | { readonly read: true; readonly value: `0x${string}` | undefined }
  | { readonly read: false };

/** Reads any number of views at one block. Throws only when nothing could be read. */
export type ViewReader = (calls: readonly ViewCall[]) => Promise<readonly ViewReading[]>;

/** Rungs of the ladder that read through plain view calls. */
export type ViewRung = Exclude<ReadRung, "lens">;

const UNREAD: ViewReading = { read: false };

/** A batch that geth, reth and their gateways take: well under 1,000 items and 2 MB. */
const BATCH_CALLS = 500;
/** What free gateways advise. */
const SMALL_BATCH_CALLS = 50;
/** About 100 kB of call data: 256 bytes a call with its wrapping. */
const MULTICALL_CALLS = 380;

function readingOf(answer: RpcAnswer): ViewReading {
  try {
    return { read: true, value: viewResultOf(answer) };
  } catch (error) {
    if (isChainError(error)) return UNREAD;
    throw error;
  }
}

interface Chunked {
  readonly calls: readonly ViewCall[];
  readonly size: number;
  readonly read: (chunk: readonly ViewCall[]) => Promise<readonly ViewReading[]>;
}

/** One chunk after another; a chunk that fails is unread, and only when all fail is the first failure thrown. */
async function readChunked({ calls, size, read }: Chunked): Promise<readonly ViewReading[]> {
  const readings: ViewReading[] = [];
  let firstError: ChainError | undefined;
  let anyRead = calls.length === 0;
  for (let from = 0; from < calls.length; from += size) {
    const chunk = calls.slice(from, from + size);
    try {
      const some = await read(chunk);
      anyRead ||= some.some((reading) => reading.read);
      readings.push(...some);
    } catch (error) {
      if (!isChainError(error) || error.code === "aborted" || error.code === "wrong-chain") throw error;
      firstError ??= error;
      readings.push(...chunk.map(() => UNREAD));
    }
  }
  if (anyRead) return readings;
  throw firstError ?? new ChainError("bad-answer", { message: "No view could be read" });
}

interface Context {
  readonly block: BlockRef;
  readonly signal: AbortSignal | undefined;
}

async function multicallReader(rpc: Rpc, { block, signal }: Context): Promise<ViewReader> {
  if (!(await hasMulticall3(rpc, { block, signal }))) {
    throw new ChainError("not-a-contract", { message: "Multicall3 is not at its address on this chain" });
  }
  const readChunk = async (chunk: readonly ViewCall[]): Promise<readonly ViewReading[]> => {
    const call = { to: MULTICALL3_ADDRESS, data: encodeAggregate3(chunk) };
    const answer = await rpc.request("eth_call", [call, pinTo(block)], { signal });
    const results = isHexBytes(answer) ? decodeAggregate3(answer, chunk.length) : undefined;
    if (results === undefined) {
      throw new ChainError("bad-answer", { message: "Multicall3 answered something else" });
    }
    return results.map((value) => ({ read: true, value }));
  };
  return (calls) => readChunked({ calls, size: MULTICALL_CALLS, read: readChunk });
}

/** The reader of one rung. Building it may ask the chain (Multicall3's code) and throws where the rung cannot work. */
export async function viewReader(
  rpc: Rpc,
  { rung, block, signal }: Context & { readonly rung: ViewRung },
): Promise<ViewReader> {
  if (rung === "multicall3") return await multicallReader(rpc, { block, signal });
  if (rung === "single") {
    const readOne = async (chunk: readonly ViewCall[]): Promise<readonly ViewReading[]> => {
      const calls = chunk.map((call) => ethCall(call, block));
      const { answers } = await rpc.exchange(calls, { signal });
      return answers.map(readingOf);
    };
    return (calls) => readChunked({ calls, size: 1, read: readOne });
  }
  const size = rung === "batch" ? BATCH_CALLS : SMALL_BATCH_CALLS;
  const readBatch = async (chunk: readonly ViewCall[]): Promise<readonly ViewReading[]> => {
    const calls = chunk.map((call) => ethCall(call, block));
    return (await rpc.batch(calls, { signal, batchOnly: true })).map(readingOf);
  };
  return (calls) => readChunked({ calls, size, read: readBatch });
}

/** Reads the answer to one call of a round that has been run. */
export type Answer = () => ViewReading;

/** A round of independent calls: add what is wanted, run it once, then ask each answer. */
export interface Round {
  add(call: ViewCall): Answer;
  run(read: ViewReader): Promise<void>;
}

export function createRound(): Round {
  const calls: ViewCall[] = [];
  let readings: readonly ViewReading[] = [];
  return {
    add(call) {
      const index = calls.push(call) - 1;
      return () => readings[index] ?? UNREAD;
    },
    async run(read) {
      if (calls.length > 0) readings = await read(calls);
    },
  };
}
