import { ChainError } from "@/chain/errors";
import { fetchBlock, fetchHead } from "@/chain/reads/head";
import { fetchSnapshot } from "@/chain/reads/snapshot";
import type { Rpc } from "@/chain/rpc/rpc";
import type { BlockRef, VaultState } from "@/domain/model";
import type { VaultConfig } from "./config";

/** Which vault, and at which block; without one, at the newest. */
export interface LoadRequest {
  readonly vault: VaultConfig;
  readonly block?: bigint | undefined;
}

/** The block that a page is about: the asked one, or the newest. Throws `archive-unavailable` for one that is not there. */
async function resolveBlock(
  rpc: Rpc,
  { block, signal }: { readonly block?: bigint | undefined; readonly signal?: AbortSignal | undefined },
): Promise<BlockRef> {
  if (block === undefined) return fetchHead(rpc, { signal });
  const found = await fetchBlock(rpc, { number: block }, { signal });
  if (found !== undefined) return found;
  throw new ChainError("archive-unavailable", { message: `The endpoint does not have block ${block}` });
}

/** The vault without its managers: what can be known first, in two requests. */
export async function loadVaultState(
  rpc: Rpc,
  request: LoadRequest & { readonly signal?: AbortSignal | undefined },
): Promise<VaultState> {
  const { signal } = request;
  const block = await resolveBlock(rpc, request);
  const snapshot = await fetchSnapshot(rpc, { vault: request.vault.address, managers: [], block, signal });
  return snapshot.state;
}
