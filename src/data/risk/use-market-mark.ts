import { useQuery } from "@tanstack/react-query";
import { type ChainError, toChainError } from "@/chain/errors";
import type { MarketMark } from "@/domain/market";
import type { Figure } from "@/domain/model";
import { loadMarketMark } from "@/report/market-mark";
import type { VaultReport } from "@/report/vault-report";
import { marketMarkKey } from "../keys";
import { useRuntime } from "../runtime";

export interface MarketMarkView {
  /** undefined while it is read, and after a failure. */
  readonly mark: Figure<MarketMark> | undefined;
  readonly error: ChainError | undefined;
  readonly isFetching: boolean;
  retry(): void;
}

/** What the configured exchanges would pay for every position of a report, at its own block; nothing without a report. */
export function useMarketMark(report: VaultReport | undefined): MarketMarkView {
  const runtime = useRuntime();
  const query = useQuery<Figure<MarketMark>, ChainError>({
    queryKey: marketMarkKey(
      report?.config ?? { chainId: 0, address: "0x" },
      report?.snapshot.state.block.number ?? 0n,
    ),
    enabled: report !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const rpc = report === undefined ? undefined : runtime.rpcOf(report.config.chainId);
      if (rpc === undefined || report === undefined) throw new RangeError("There is nothing to read");
      try {
        return await loadMarketMark(rpc, { report, signal });
      } catch (error) {
        throw toChainError(error);
      }
    },
  });
  return {
    mark: query.data,
    error: query.error ?? undefined,
    isFetching: query.isFetching,
    retry: () => void query.refetch(),
  };
}
