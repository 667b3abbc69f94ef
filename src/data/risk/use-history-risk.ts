import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { Figure } from "@/domain/model";
import type { HistoryProgress, HistoryRisk } from "@/domain/risk/history-risk";
import type { RiskBook } from "@/domain/risk/model";
import type { RoundsByAsset } from "@/domain/risk/rounds";
import { roundsKey, type VaultRef } from "../keys";
import { openWorkerPort } from "../worker/open-port";
import { createHistoryClient, type HistoryWorkerError } from "./worker/client";

export interface HistoryRiskRequest {
  readonly book: RiskBook | undefined;
  /** As they were read for this book; undefined while they are being read. */
  readonly rounds: RoundsByAsset | undefined;
  readonly horizonSeconds: bigint;
  /** 10^18 = 100 %. */
  readonly quantileWad: bigint;
}

export interface HistoryRiskView {
  readonly risk: Figure<HistoryRisk> | undefined;
  readonly progress: HistoryProgress | undefined;
  readonly error: HistoryWorkerError | undefined;
  readonly isComputing: boolean;
  /** Stops at once; what was computed so far is dropped. */
  cancel(): void;
  /** Begins again after a stop or an error. */
  retry(): void;
}

/** One worker for all questions of the page; it runs only while one is open. */
const client = createHistoryClient(() => openWorkerPort("history-risk"));

/**
 * Value at risk and expected shortfall from the feeds' past, computed beside the page and once for a book. It stops by
 * itself when nobody looks any more.
 */
export function useHistoryRisk(
  ref: VaultRef,
  { book, rounds, horizonSeconds, quantileWad }: HistoryRiskRequest,
): HistoryRiskView {
  const queries = useQueryClient();
  const [progress, setProgress] = useState<HistoryProgress>();
  const block = book?.state.block.number ?? 0n;
  const queryKey = useMemo(
    () => [...roundsKey(ref, block), "risk", horizonSeconds, quantileWad],
    [ref, block, horizonSeconds, quantileWad],
  );
  const query = useQuery<Figure<HistoryRisk>, HistoryWorkerError>({
    queryKey,
    enabled: book !== undefined && rounds !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    structuralSharing: false,
    queryFn: ({ signal }) => {
      if (book === undefined || rounds === undefined) throw new RangeError("There is nothing to compute");
      setProgress(undefined);
      return client.compute({
        book,
        input: { rounds, horizonSeconds, quantileWad },
        signal,
        onProgress: setProgress,
      });
    },
  });
  return {
    risk: query.data,
    progress: query.isFetching ? progress : undefined,
    error: query.error ?? undefined,
    isComputing: query.isFetching,
    cancel: () => void queries.cancelQueries({ queryKey }),
    retry: () => void query.refetch(),
  };
}
