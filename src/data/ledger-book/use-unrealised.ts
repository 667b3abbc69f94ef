import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { isChainError } from "@/chain/errors";
import type { UnrealisedPoint } from "@/report/load-unrealised";
import type { VaultReport } from "@/report/vault-report";
import { unrealisedKey } from "../keys";
import { useRuntime } from "../runtime";
import type { LedgerProgress, UnrealisedView } from "./ledger-view";
import { ledgerFaultOf } from "./session";
import { ledgerSessionOf } from "./sessions";

/**
 * The unrealised shortfall over time, oracle-marked and market-marked: one snapshot of all managers at every block of
 * the report's series. Read only when asked for, and again only when asked again: the past does not change, and the
 * newest block is in the report's own headline.
 */
export function useUnrealisedSeries(report: VaultReport): UnrealisedView {
  const runtime = useRuntime();
  const { chainId, address } = report.config;
  const session = useMemo(() => ledgerSessionOf(runtime, { chainId, address }), [runtime, chainId, address]);
  const [progress, setProgress] = useState<LedgerProgress | undefined>(undefined);
  const queryKey = unrealisedKey({ chainId, address });
  const query = useQuery<readonly UnrealisedPoint[]>({
    queryKey,
    enabled: false,
    structuralSharing: false,
    queryFn: async ({ signal }) => {
      try {
        return await session.readUnrealised({
          report,
          signal,
          onProgress: setProgress,
        });
      } finally {
        setProgress(undefined);
      }
    },
  });
  const isStopped = isChainError(query.error) && query.error.code === "aborted";
  return {
    points: query.data,
    block: query.data?.at(-1)?.block,
    costBlocks: report.series.samples.length,
    progress,
    fault: query.error === null || isStopped ? undefined : ledgerFaultOf(query.error),
    isReading: query.isFetching,
    read: () => void query.refetch(),
    stop: () => void runtime.queryClient.cancelQueries({ queryKey, exact: true }),
  };
}
