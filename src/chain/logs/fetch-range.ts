import type { Address, BlockRef, Hex } from "@/domain/model";
import { ChainError } from "../errors";
import { toQuantity } from "../quantity";
import { parseBlock } from "../reads/head";
import type { Rpc, RpcAnswer, RpcCall } from "../rpc/rpc";
import type { LogFilter } from "./chunk";
import { type BlockInterval, halveInterval } from "./intervals";
import { orderLogs, parseLog, type RawLog, type UntimedLog } from "./raw-log";

export interface RangeRequest {
  readonly filter: LogFilter;
  readonly range: BlockInterval;
  /** Ask for the end block before and after the logs, so that a reorganisation in between shows. */
  readonly unsettled: boolean;
  readonly signal: AbortSignal | undefined;
  readonly avoid: readonly string[];
  /** Block times already known, by hash; filled as headers are read. */
  readonly times: Map<Hex, bigint>;
}

export interface RangeAnswer {
  readonly endpoint: string;
  readonly logs: readonly RawLog[];
  readonly toBlock: BlockRef;
  /** Size of the answer on the wire, roughly. */
  readonly bytes: number;
}

const TRIES = 3;
const HEADERS_A_BATCH = 50;
/** What a log costs in JSON beside its topics and data. */
const LOG_OVERHEAD_BYTES = 420;
const TOPIC_BYTES = 69;

function blockCall(number: bigint): RpcCall {
  return { method: "eth_getBlockByNumber", params: [toQuantity(number), false] };
}

/** The `eth_getLogs` call of a filter and range. */
export function logsCall({ addresses, topics }: LogFilter, { from, to }: BlockInterval): RpcCall {
  const address: Address | readonly Address[] =
    addresses.length === 1 ? (addresses[0] ?? addresses) : addresses;
  const filter = { address, fromBlock: toQuantity(from), toBlock: toQuantity(to) };
  return { method: "eth_getLogs", params: [topics === undefined ? filter : { ...filter, topics }] };
}

function bad(endpoint: string, why: string): ChainError {
  return new ChainError("bad-answer", { message: `${endpoint}: ${why}`, endpointHost: endpoint });
}

function valueOf(answer: RpcAnswer | undefined, endpoint: string): unknown {
  if (answer === undefined) throw bad(endpoint, "an answer is missing");
  if (!answer.ok) throw answer.error;
  return answer.value;
}

/** The end block, which proves that the endpoint's chain reaches that far: an empty list of logs alone proves nothing. */
function endBlockOf(
  answer: RpcAnswer | undefined,
  { endpoint, to }: { endpoint: string; to: bigint },
): BlockRef {
  const value = valueOf(answer, endpoint);
  if (value === null) {
    throw new ChainError("chain-moved", {
      message: `${endpoint} does not have block ${to.toString()} yet`,
      endpointHost: endpoint,
    });
  }
  const block = parseBlock(value);
  if (block?.number !== to) throw bad(endpoint, "the end block is not the one asked for");
  return block;
}

/** Reads the logs of an answer and checks that each one was asked for and belongs to the end block's chain. */
export function checkedLogs(
  value: unknown,
  {
    endpoint,
    request,
    toBlock,
  }: { endpoint: string; request: Pick<RangeRequest, "range" | "filter">; toBlock: BlockRef },
): readonly UntimedLog[] {
  if (!Array.isArray(value)) throw bad(endpoint, "the logs are not a list");
  const { range, filter } = request;
  const wanted = new Set(filter.addresses.map((address) => address.toLowerCase()));
  const logs: UntimedLog[] = [];
  for (const item of value) {
    const log = parseLog(item);
    if (log === undefined) throw bad(endpoint, "a log is malformed");
    if (log.blockNumber < range.from || log.blockNumber > range.to || !wanted.has(log.address)) {
      throw bad(endpoint, "a log was not asked for");
    }
    if (log.blockNumber === range.to && log.blockHash !== toBlock.hash) {
      throw new ChainError("chain-moved", { message: `${endpoint} changed its chain meanwhile` });
    }
    logs.push(log);
  }
  return logs;
}

function sizeOf(logs: readonly UntimedLog[]): number {
  return logs.reduce(
    (sum, { data, topics }) => sum + LOG_OVERHEAD_BYTES + data.length + topics.length * TOPIC_BYTES,
    0,
  );
}

/** Reads the headers of blocks whose time is unknown, in batches, and keeps their times by hash. */
async function fetchTimes(
  rpc: Rpc,
  { logs, request }: { logs: readonly UntimedLog[]; request: Pick<RangeRequest, "times" | "signal"> },
) {
  const { times, signal } = request;
  const numbers = new Map<Hex, bigint>();
  for (const { blockHash, blockNumber, atSeconds } of logs) {
    if (atSeconds === undefined && !times.has(blockHash)) numbers.set(blockHash, blockNumber);
  }
  const hashes = [...numbers.keys()];
  for (let from = 0; from < hashes.length; from += HEADERS_A_BATCH) {
    const some = hashes.slice(from, from + HEADERS_A_BATCH);
    const calls = some.map((hash): RpcCall => ({ method: "eth_getBlockByHash", params: [hash, false] }));
    const { endpoint, answers } = await rpc.exchange(calls, { signal, attempts: TRIES });
    for (const [index, hash] of some.entries()) {
      const block = parseBlock(valueOf(answers[index], endpoint));
      if (block?.hash !== hash) throw bad(endpoint, "a header is not the one asked for");
      times.set(hash, block.timestampSeconds);
    }
  }
}

/** Gives every log its block time, reading headers where the endpoint did not name it, and puts them in order. */
export async function withTimes(
  rpc: Rpc,
  { logs, request }: { logs: readonly UntimedLog[]; request: Pick<RangeRequest, "times" | "signal"> },
): Promise<readonly RawLog[]> {
  await fetchTimes(rpc, { logs, request });
  return timedLogs(logs, request.times);
}

function timedLogs(logs: readonly UntimedLog[], times: ReadonlyMap<Hex, bigint>): readonly RawLog[] {
  const timed = logs.map((log): RawLog => {
    const atSeconds = log.atSeconds ?? times.get(log.blockHash);
    if (atSeconds === undefined) throw bad("a log", "its block has no time");
    return { ...log, atSeconds };
  });
  const ordered = orderLogs(timed);
  for (const [index, log] of ordered.entries()) {
    const before = ordered[index - 1];
    if (before !== undefined && before.atSeconds > log.atSeconds) throw bad("a log", "time runs backwards");
    if (before?.blockNumber === log.blockNumber && before.blockHash !== log.blockHash) {
      throw new ChainError("chain-moved", { message: "Logs of two versions of one block came together" });
    }
  }
  return ordered;
}

/**
 * Fetches the logs of one range together with its end block, in one exchange with one endpoint.
 *
 * Throws `range-too-large` (too many blocks, too much answer), `chain-moved` (the endpoint is behind, or reorganised
 * while it answered), `bad-answer`, and what the client throws.
 */
export async function fetchRange(rpc: Rpc, request: RangeRequest): Promise<RangeAnswer> {
  const { range, filter, unsettled, signal, avoid } = request;
  const end = blockCall(range.to);
  const calls = unsettled ? [end, logsCall(filter, range), end] : [end, logsCall(filter, range)];
  const { endpoint, answers } = await rpc.exchange(calls, { signal, avoid, attempts: TRIES });
  const toBlock = endBlockOf(answers[0], { endpoint, to: range.to });
  if (unsettled && endBlockOf(answers[2], { endpoint, to: range.to }).hash !== toBlock.hash) {
    throw new ChainError("chain-moved", { message: `${endpoint} changed its chain meanwhile` });
  }
  const untimed = checkedLogs(valueOf(answers[1], endpoint), { endpoint, request, toBlock });
  return {
    endpoint,
    logs: await withTimes(rpc, { logs: untimed, request }),
    toBlock,
    bytes: sizeOf(untimed),
  };
}

/** Whether an endpoint answers for the logs of single blocks, each asked by itself, in one exchange. */
export async function servesBlocks(
  rpc: Rpc,
  { blocks, request }: { readonly blocks: readonly bigint[]; readonly request: RangeRequest },
): Promise<readonly boolean[]> {
  const { filter, signal, avoid } = request;
  const calls = blocks.map((block) => logsCall(filter, { from: block, to: block }));
  const { answers } = await rpc.exchange(calls, { signal, avoid, attempts: TRIES });
  return answers.map(({ ok }) => ok);
}

/** Numbers of logs at which endpoints are known to cut an answer off without a word. */
function isSuspiciousCount(count: number): boolean {
  return count >= 100 && (count % 100 === 0 || (count & (count - 1)) === 0);
}

export interface ConfirmedAnswer extends RangeAnswer {
  /** Whether a round number of logs made a second reading necessary, and whether that found more. */
  readonly reread: "no" | "same" | "more";
}

/**
 * Fetches a range, and again in halves when it came with a round number of logs, which is how a silent cut looks.
 *
 * An endpoint that returned N logs has no cap below N, so a half with fewer than N is whole; only a half with N or
 * more is doubted again. What the halves hold is the answer.
 */
export async function fetchWholeRange(rpc: Rpc, request: RangeRequest): Promise<ConfirmedAnswer> {
  const answer = await fetchRange(rpc, request);
  const count = answer.logs.length;
  if (!isSuspiciousCount(count) || request.range.from === request.range.to)
    return { ...answer, reread: "no" };
  const logs: RawLog[] = [];
  let last: RangeAnswer = answer;
  for (const range of halveInterval(request.range)) {
    const half = await fetchRange(rpc, { ...request, range });
    const whole = half.logs.length < count ? half : await fetchWholeRange(rpc, { ...request, range });
    logs.push(...whole.logs);
    last = whole;
  }
  return { ...last, logs, bytes: answer.bytes, reread: logs.length === count ? "same" : "more" };
}
