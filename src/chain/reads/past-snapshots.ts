import { compareBigint } from "@/domain/math";
import type { BlockRef, ReadRung, VaultSnapshot } from "@/domain/model";
import { type ChainErrorCode, isChainError } from "../errors";
import type { Rpc, RpcOptions } from "../rpc/rpc";
import { forEachBounded } from "./bounded";
import { fetchSnapshot } from "./snapshot";
import type { SnapshotRequest } from "./snapshot-request";

/** The same way to the chain, passing over endpoints while there is another one. */
function passingOver(rpc: Rpc, endpoints: readonly string[]): Rpc {
  const also = (options: RpcOptions | undefined): RpcOptions => ({
    ...options,
    avoid: [...(options?.avoid ?? []), ...endpoints],
  });
  return {
    ...rpc,
    request: (method, params, options) => rpc.request(method, params, also(options)),
    batch: (calls, options) => rpc.batch(calls, also(options)),
    exchange: (calls, options) => rpc.exchange(calls, also(options)),
  };
}

/** Failures that say nothing about whether old state is kept. */
const NOT_ABOUT_STATE: ReadonlySet<ChainErrorCode> = new Set([
  "aborted",
  "wrong-chain",
  "chain-moved",
  "rate-limited",
  "rpc-unavailable",
]);

async function attempt<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isChainError(error) && !NOT_ABOUT_STATE.has(error.code)) return undefined;
    throw error;
  }
}

/**
 * Reads something of an old block, at another endpoint where the preferred one does not keep it; undefined when none
 * does. Failures that are not about old state are thrown.
 */
export async function whereKept<T>(rpc: Rpc, read: (rpc: Rpc) => Promise<T>): Promise<T | undefined> {
  const here = rpc.preferredEndpoint();
  const found = await attempt(() => read(rpc));
  if (found !== undefined || rpc.status().endpoints.length < 2) return found;
  return attempt(() => read(passingOver(rpc, [here])));
}

export interface PastSnapshotRequest extends Omit<SnapshotRequest, "rung"> {
  /** The way of reading that worked at the newest block: the others are not tried one after the other. */
  readonly rung: ReadRung;
}

/**
 * A snapshot at an old block; undefined where no endpoint keeps its state. Beside the way that works at the newest
 * block only plain views are tried: the lens may use instructions that the chain did not know then.
 */
export async function fetchPastSnapshot(
  rpc: Rpc,
  request: PastSnapshotRequest,
): Promise<VaultSnapshot | undefined> {
  const found = await whereKept(rpc, (way) => fetchSnapshot(way, request));
  if (found !== undefined || request.rung !== "lens") return found;
  return attempt(() => fetchSnapshot(rpc, { ...request, rung: "batch" }));
}

/** Old blocks in flight at once; what they ask in the same turn may travel together. */
const IN_FLIGHT = 6;
/** After this many old blocks in a row that are not kept, older ones are not asked any more. */
const GIVE_UP_AFTER = 3;

export interface NewestFirst<Item, Result> {
  readonly blockOf: (item: Item) => Pick<BlockRef, "number">;
  /** Undefined: no endpoint keeps the block's state. */
  readonly read: (item: Item) => Promise<Result | undefined>;
  /** Called once an item; undefined also for what was not asked because newer blocks are gone already. */
  readonly onRead: (item: Item, result: Result | undefined) => Promise<void> | void;
}

/** Reads something at many old blocks, from the newest on, a few at a time, up to where the endpoints' memory ends. */
export async function readNewestFirst<Item, Result>(
  items: readonly Item[],
  { blockOf, read, onRead }: NewestFirst<Item, Result>,
): Promise<void> {
  const newestFirst = items.toSorted((a, b) => compareBigint(blockOf(b).number, blockOf(a).number));
  let missing = 0;
  await forEachBounded(newestFirst, {
    inFlight: IN_FLIGHT,
    work: async (item) => {
      const result = missing >= GIVE_UP_AFTER ? undefined : await read(item);
      missing = result === undefined ? missing + 1 : 0;
      await onRead(item, result);
    },
  });
}
