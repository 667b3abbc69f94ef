import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { type ChainError, toChainError } from "@/chain/errors";
import type { BlockRef, VaultState } from "@/domain/model";
import type { VaultConfig } from "@/report/config";
import { loadVaultState } from "@/report/load-state";
import { peerStateKey, type VaultRef } from "../keys";
import { useRuntime } from "../runtime";

/** Another configured vault, as far as a comparison of parameters needs it. */
export interface PeerState {
  readonly config: VaultConfig;
  readonly chainName: string;
  /** undefined while it is read, or when it cannot be. */
  readonly state: VaultState | undefined;
  readonly error: ChainError | undefined;
}

/**
 * The other configured vaults' own states, two requests each and no history. Those of the same chain are read at the
 * block that the page showed first, so that they can stand beside it; those of other chains at their newest block.
 */
export function usePeerStates(ref: VaultRef, block: BlockRef): readonly PeerState[] {
  const runtime = useRuntime();
  const [kept, setKept] = useState({ ref, block });
  const isOther = kept.ref.address !== ref.address || kept.ref.chainId !== ref.chainId;
  if (isOther) setKept({ ref, block });
  const { number } = isOther ? block : kept.block;
  const peers = runtime.config.vaults.filter(
    ({ chainId, address }) => chainId !== ref.chainId || address !== ref.address,
  );
  const queries = useQueries({
    queries: peers.map((config) => {
      const at = config.chainId === ref.chainId ? number : undefined;
      return {
        queryKey: peerStateKey(config, at),
        staleTime: Number.POSITIVE_INFINITY,
        structuralSharing: false,
        queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<VaultState> => {
          const rpc = runtime.rpcOf(config.chainId);
          if (rpc === undefined) throw new RangeError("There is nothing to read");
          try {
            return await loadVaultState(rpc, { vault: config, block: at, signal });
          } catch (error) {
            throw toChainError(error);
          }
        },
      };
    }),
  });
  return peers.map((config, index) => {
    const query = queries[index];
    const error = query?.error;
    return {
      config,
      chainName:
        runtime.config.chains.find(({ id }) => id === config.chainId)?.name ?? `chain ${config.chainId}`,
      state: query?.data,
      error: error === null || error === undefined ? undefined : toChainError(error),
    };
  });
}
