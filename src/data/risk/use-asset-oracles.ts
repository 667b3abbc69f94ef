import { useQuery } from "@tanstack/react-query";
import { type ChainError, toChainError } from "@/chain/errors";
import type { RiskBook } from "@/domain/risk/model";
import { type AssetOracles, loadAssetOracles } from "@/report/load-asset-oracles";
import type { VaultReport } from "@/report/vault-report";
import { assetOraclesKey, type VaultRef } from "../keys";
import { useRuntime } from "../runtime";

export type { FeedReading } from "@/chain/reads/feeds";
export type { RoundsRead } from "@/chain/reads/rounds";

export interface AssetOraclesView {
  readonly oracles: AssetOracles | undefined;
  readonly error: ChainError | undefined;
  readonly isFetching: boolean;
  readonly retry: () => void;
}

/** What stands behind the prices of a book: read once a book, at its block. */
export function useAssetOracles(
  ref: VaultRef,
  { book, config }: { readonly book: RiskBook | undefined; readonly config: VaultReport["config"] },
): AssetOraclesView {
  const runtime = useRuntime();
  const query = useQuery<AssetOracles, ChainError>({
    queryKey: assetOraclesKey(ref, book?.state.block.number ?? 0n),
    enabled: book !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const rpc = runtime.rpcOf(ref.chainId);
      if (rpc === undefined || book === undefined) throw new RangeError("There is nothing to read");
      try {
        return await loadAssetOracles(rpc, { book, config, signal });
      } catch (error) {
        throw toChainError(error);
      }
    },
  });
  return {
    oracles: query.data,
    error: query.error ?? undefined,
    isFetching: query.isFetching,
    retry: () => void query.refetch(),
  };
}
