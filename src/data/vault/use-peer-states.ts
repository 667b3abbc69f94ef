import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { type ChainError, toChainError } from "@/chain/errors";
import type { VaultState } from "@/domain/model";
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

/** A vault's own state beside those of the others. */
export interface Peers {
  /** The state that the others are compared with: it keeps the block that the page showed first. */
  readonly own: VaultState;
  readonly others: readonly PeerState[];
}

/**
 * The other configured vaults' own states, two requests each and no history. Those of the same chain are read at the
 * block that the page showed first, and the vault's own state is kept from that block, so that all stand side by side;
 * those of other chains are read at their newest block. Read once a page, not at every block.
 */
export function usePeerStates(ref: VaultRef, newest: VaultState): Peers {
  const runtime = useRuntime();
  const [kept, setKept] = useState(newest);
  const isOther = kept.address !== newest.address || kept.chainId !== newest.chainId;
  if (isOther) setKept(newest);
  const own = isOther ? newest : kept;
  const peers = runtime.config.vaults.filter(
    ({ chainId, address }) => chainId !== ref.chainId || address !== ref.address,
  );
  const queries = useQueries({
    queries: peers.map((config) => {
      const at = config.chainId === ref.chainId ? own.block.number : undefined;
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
  const others = peers.map((config, index): PeerState => {
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
  return { own, others };
}
