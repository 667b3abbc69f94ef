import type { Pool } from "@/domain/market";
import type { Address, BlockRef } from "@/domain/model";
import { POOL_STATE_VIEWS, POOL_TOKEN_VIEWS } from "../flux/sale-views";
import { encodeView } from "../flux/views";
import type { Rpc } from "../rpc/rpc";
import { ethCall, viewResultOf } from "./call";
import { addressOf, uintOf } from "./view-values";

export interface PoolsRequest {
  /** Constant-product pools, as the configuration names them. */
  readonly pools: readonly Address[];
  /** The asset that everything is sold for. */
  readonly base: Address;
  readonly block: Pick<BlockRef, "hash">;
  readonly signal?: AbortSignal | undefined;
}

const VIEWS = [
  POOL_TOKEN_VIEWS.token0,
  POOL_TOKEN_VIEWS.token1,
  POOL_STATE_VIEWS.reserve0,
  POOL_STATE_VIEWS.reserve1,
  POOL_STATE_VIEWS.feeBps,
] as const;

const MOST_BPS = 10_000n;

/**
 * The pools for the base asset at one block, by the asset that can be sold to them. An address that is no such pool at
 * that block, or trades something else, is left out. One request.
 */
export async function fetchPools(
  rpc: Rpc,
  { pools, base, block, signal }: PoolsRequest,
): Promise<ReadonlyMap<Address, readonly Pool[]>> {
  const byAsset = new Map<Address, Pool[]>();
  if (pools.length === 0) return byAsset;
  const answers = await rpc.batch(
    pools.flatMap((to) => VIEWS.map((view) => ethCall({ to, data: encodeView(view) }, block))),
    { signal },
  );
  const values = answers.map(viewResultOf);
  for (const [index, pool] of pools.entries()) {
    const own = values.slice(index * VIEWS.length, (index + 1) * VIEWS.length);
    const [token0, token1] = [addressOf(own[0]), addressOf(own[1])];
    const [reserve0, reserve1, feeBps] = [uintOf(own[2]), uintOf(own[3]), uintOf(own[4])];
    if (token0 === undefined || token1 === undefined || feeBps === undefined || feeBps >= MOST_BPS) continue;
    if (reserve0 === undefined || reserve1 === undefined || token0 === token1) continue;
    const isBaseFirst = token0 === base;
    if (!isBaseFirst && token1 !== base) continue;
    const asset = isBaseFirst ? token1 : token0;
    const reserves = isBaseFirst
      ? { reserveIn: reserve1, reserveOutAssets: reserve0 }
      : { reserveIn: reserve0, reserveOutAssets: reserve1 };
    const known = byAsset.get(asset) ?? [];
    known.push({ pool, ...reserves, feeBps });
    byAsset.set(asset, known);
  }
  return byAsset;
}
