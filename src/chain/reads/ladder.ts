import type { BlockRef, ReadRung } from "@/domain/model";
import { ChainError, type ChainErrorCode, toChainError } from "../errors";
import type { Rpc } from "../rpc/rpc";
import { fetchBlock } from "./head";

/** From the cheapest way of reading to the one that works everywhere. */
export const RUNGS: readonly ReadRung[] = ["lens", "batch", "multicall3", "small-batch", "single"];

/** Failures that no other way of asking would mend. */
const FINAL: ReadonlySet<ChainErrorCode> = new Set(["aborted", "wrong-chain", "chain-moved"]);

const remembered = new WeakMap<Rpc, Map<string, ReadRung>>();

/** The rung that worked last at the endpoint in use; undefined before the first read. */
export function rememberedRung(rpc: Rpc): ReadRung | undefined {
  return remembered.get(rpc)?.get(rpc.preferredEndpoint());
}

function remember(rpc: Rpc, rung: ReadRung): void {
  const byEndpoint = remembered.get(rpc) ?? new Map<string, ReadRung>();
  byEndpoint.set(rpc.preferredEndpoint(), rung);
  remembered.set(rpc, byEndpoint);
}

interface Climb<T> {
  readonly block: BlockRef;
  readonly signal: AbortSignal | undefined;
  /** Only this rung, without climbing: for comparing rungs. */
  readonly only?: ReadRung | undefined;
  readonly read: (rung: ReadRung) => Promise<T>;
}

/**
 * Whether the endpoint is well and knows the block, so that the failure was the rung's. One cheap question decides it:
 * an unreachable endpoint fails it, an endpoint without the block answers null.
 */
async function ensureRungIsToBlame(rpc: Rpc, { block, signal }: Pick<Climb<never>, "block" | "signal">) {
  const known = await fetchBlock(rpc, { hash: block.hash }, { signal, attempts: 2 });
  if (known !== undefined) return;
  throw new ChainError("chain-moved", {
    message: `Block ${block.number.toString()} is not part of the endpoint's chain`,
    endpointHost: rpc.status().endpointHost,
  });
}

/**
 * Reads by the first rung that works, beginning where the endpoint's last success was. All rungs give identical
 * numbers; the one used is part of the result.
 */
export async function climb<T>(rpc: Rpc, request: Climb<T>): Promise<{ rung: ReadRung; value: T }> {
  const { only, read } = request;
  const first = rememberedRung(rpc);
  const from = first === undefined ? 0 : RUNGS.indexOf(first);
  const rungs = only === undefined ? RUNGS.slice(from) : [only];
  let last: ChainError | undefined;
  for (const rung of rungs) {
    try {
      const value = await read(rung);
      if (only === undefined) remember(rpc, rung);
      return { rung, value };
    } catch (error) {
      last = toChainError(error);
      if (FINAL.has(last.code)) throw last;
      await ensureRungIsToBlame(rpc, request);
    }
  }
  throw last ?? new ChainError("unexpected", { message: "There is no way left to read" });
}
