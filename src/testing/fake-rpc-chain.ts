import { toHex } from "viem";
import type { Address, BlockRef, Hex } from "@/domain/model";
import { FakeRpcError } from "./fake-rpc-world";

/** What a fake endpoint allows, and how it says so. */
export interface FakeChainLimits {
  readonly maxBlocks?: bigint;
  readonly maxLogs?: number;
  /** Cuts at `maxLogs` without a word instead of refusing. */
  readonly silent?: boolean;
  /** The text of a refusal; given the cap. */
  readonly say?: (cap: bigint) => string;
  readonly code?: number;
  /** Logs below this block are no longer kept. */
  readonly prunedBelow?: bigint;
  /** Leaves `blockTimestamp` out of logs. */
  readonly withoutTimes?: boolean;
  /** The endpoint's own head, behind the chain's; logs beyond it are answered as geth does, with nothing. */
  readonly head?: bigint;
}

export interface FakeLog {
  readonly block: bigint;
  readonly value: bigint;
}

export interface FakeChain {
  readonly address: Address;
  head: bigint;
  /** Changes all block hashes from a block on: a reorganisation. */
  fork(fromBlock: bigint): void;
  addLog(log: FakeLog): void;
  removeLogs(fromBlock: bigint): void;
  blockAt(number: bigint): BlockRef;
  /** Values of the logs in a range, in order: what a complete scan must find. */
  valuesIn(from: bigint, to: bigint): readonly bigint[];
  handler(limits?: FakeChainLimits): (method: string, params: readonly unknown[]) => unknown;
  readonly counts: { logs: number; blocks: number };
}

const TOPIC: Hex = `0x${"7c".repeat(32)}`;
const GENESIS_SECONDS = 1_700_000_000n;
const BLOCK_SECONDS = 12n;

/** A deterministic chain of any length: hashes, times and logs are functions of the block number. */
export function createFakeChain({
  head,
  logs,
}: {
  readonly head: bigint;
  readonly logs: readonly FakeLog[];
}): FakeChain {
  const address: Address = "0x00000000000000000000000000000000000000aa";
  const forks: { readonly from: bigint }[] = [];
  const counts = { logs: 0, blocks: 0 };
  let entries = [...logs];

  function hashOf(number: bigint): Hex {
    const salt = forks.findLastIndex(({ from }) => from <= number) + 1;
    return `0x${salt.toString(16).padStart(8, "f")}${number.toString(16).padStart(56, "0")}`;
  }

  function blockAt(number: bigint): BlockRef {
    return { number, hash: hashOf(number), timestampSeconds: GENESIS_SECONDS + number * BLOCK_SECONDS };
  }

  function blockJson(number: bigint): unknown {
    const { hash, timestampSeconds } = blockAt(number);
    return { number: toHex(number), hash, timestamp: toHex(timestampSeconds) };
  }

  function logJson({ block, value }: FakeLog, withoutTimes: boolean): unknown {
    return {
      address,
      topics: [TOPIC],
      data: toHex(value, { size: 32 }),
      blockNumber: toHex(block),
      blockHash: hashOf(block),
      transactionHash: toHex(value, { size: 32 }),
      logIndex: toHex(value),
      ...(withoutTimes ? {} : { blockTimestamp: toHex(blockAt(block).timestampSeconds) }),
    };
  }

  function refuse({ say, code = -32602 }: FakeChainLimits, cap: bigint): never {
    throw new FakeRpcError(code, say?.(cap) ?? "no");
  }

  function getLogs(limits: FakeChainLimits, filter: { fromBlock: Hex; toBlock: Hex }): unknown {
    counts.logs += 1;
    const from = BigInt(filter.fromBlock);
    const to = BigInt(filter.toBlock);
    const { maxBlocks, maxLogs, silent = false, prunedBelow = 0n, withoutTimes = false } = limits;
    if (maxBlocks !== undefined && to - from + 1n > maxBlocks) refuse(limits, maxBlocks);
    if (from < prunedBelow) throw new FakeRpcError(-32000, "history has been pruned");
    const end = limits.head ?? chain.head;
    const found = entries.filter(({ block }) => block >= from && block <= to && block <= end);
    if (maxLogs !== undefined && found.length > maxLogs) {
      if (!silent) refuse(limits, BigInt(maxLogs));
      return found.slice(0, maxLogs).map((log) => logJson(log, withoutTimes));
    }
    return found.map((log) => logJson(log, withoutTimes));
  }

  function getBlock(limits: FakeChainLimits, tag: string): unknown {
    counts.blocks += 1;
    const end = limits.head ?? chain.head;
    if (tag === "latest") return blockJson(end);
    if (tag === "finalized") return blockJson(end > 64n ? end - 64n : 0n);
    return BigInt(tag) > end ? null : blockJson(BigInt(tag));
  }

  const chain: FakeChain = {
    address,
    head,
    counts,
    blockAt,
    fork(from) {
      forks.push({ from });
    },
    addLog(log) {
      entries = [...entries, log].sort((a, b) => (a.block < b.block ? -1 : a.block > b.block ? 1 : 0));
    },
    removeLogs(fromBlock) {
      entries = entries.filter(({ block }) => block < fromBlock);
    },
    valuesIn: (from, to) =>
      entries.filter(({ block }) => block >= from && block <= to).map(({ value }) => value),
    handler:
      (limits = {}) =>
      (method, params) => {
        if (method === "eth_chainId") return "0x1";
        if (method === "eth_getCode") return "0x";
        if (method === "eth_getLogs") return getLogs(limits, params[0] as { fromBlock: Hex; toBlock: Hex });
        if (method === "eth_getBlockByNumber") return getBlock(limits, String(params[0]));
        if (method === "eth_getBlockByHash") {
          const number = BigInt(`0x${String(params[0]).slice(10)}`);
          return hashOf(number) === params[0] ? blockJson(number) : null;
        }
        throw new Error(`the fake chain was not told what to answer to ${method}`);
      },
  };
  return chain;
}

/** Logs spread over a chain by a small generator: some blocks have several, long stretches none. */
export function spreadLogs({
  count,
  blocks,
  seed = 1,
}: {
  readonly count: number;
  readonly blocks: number;
  readonly seed?: number;
}): readonly FakeLog[] {
  let state = seed;
  const next = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const logs = Array.from({ length: count }, (_, index) => ({
    block: BigInt(Math.floor(next() * blocks)),
    value: BigInt(index + 1),
  }));
  return logs.sort((a, b) => (a.block < b.block ? -1 : a.block > b.block ? 1 : 0));
}
