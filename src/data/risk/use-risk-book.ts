import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type ChainError, toChainError } from "@/chain/errors";
import type { RoundsRead } from "@/chain/reads/rounds";
import type { Address, Figure } from "@/domain/model";
import type { RiskBook } from "@/domain/risk/model";
import { loadRiskBook } from "@/report/load-risk";
import { loadRounds } from "@/report/load-rounds";
import type { VaultReport } from "@/report/vault-report";
import { riskBookKey, roundsKey, type VaultRef } from "../keys";
import { useRuntime } from "../runtime";

export interface RiskBookView {
  /** The report that the book was taken from: everything shown beside the book belongs to its block. */
  readonly report: VaultReport | undefined;
  readonly book: Figure<RiskBook> | undefined;
  readonly error: ChainError | undefined;
  readonly isFetching: boolean;
  /** Blocks that the vault has moved on since. */
  readonly blocksBehind: bigint;
  /** Takes the book anew, at the newest report. */
  refresh(): void;
}

/**
 * A vault's positions taken apart, at one block. Taking them apart costs a handful of requests, so it is not done again
 * at every block: the book keeps the block of its report, says how far the vault has moved on, and is taken anew when
 * asked.
 */
export function useRiskBook(ref: VaultRef, newest: VaultReport | undefined): RiskBookView {
  const runtime = useRuntime();
  const [kept, setKept] = useState(newest);
  const isOther = kept === undefined || isElsewhere(kept, { ref, newest });
  const report = isOther ? newest : kept;
  if (isOther && newest !== undefined) setKept(newest);
  const block = report?.snapshot.state.block;
  const query = useQuery<Figure<RiskBook>, ChainError>({
    queryKey: riskBookKey(ref, block?.number ?? 0n),
    enabled: report !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const rpc = runtime.rpcOf(ref.chainId);
      if (rpc === undefined || report === undefined) throw new RangeError("There is nothing to read");
      try {
        return await loadRiskBook(rpc, { report, signal });
      } catch (error) {
        throw toChainError(error);
      }
    },
  });
  const newestBlock = newest?.snapshot.state.block.number;
  return {
    report,
    book: query.isPlaceholderData ? undefined : query.data,
    error: query.error ?? undefined,
    isFetching: query.isFetching,
    blocksBehind: newestBlock === undefined || block === undefined ? 0n : newestBlock - block.number,
    refresh: () => {
      setKept(newest);
      if (query.isError) void query.refetch();
    },
  };
}

/** Another vault, or an earlier block of the same one: the kept report is not what this page is about any more. */
function isElsewhere(
  kept: VaultReport,
  { ref, newest }: { readonly ref: VaultRef; readonly newest: VaultReport | undefined },
): boolean {
  const { state } = kept.snapshot;
  if (state.chainId !== ref.chainId || state.address !== ref.address) return true;
  return newest !== undefined && newest.snapshot.state.block.number < state.block.number;
}

export interface RoundsView {
  readonly rounds: ReadonlyMap<Address, RoundsRead> | undefined;
  readonly error: ChainError | undefined;
  readonly isFetching: boolean;
  retry(): void;
}

/** The past answers of the feeds behind a book; read once a book, when a page that shows history is open. */
export function useRounds(ref: VaultRef, book: RiskBook | undefined): RoundsView {
  const runtime = useRuntime();
  const query = useQuery<ReadonlyMap<Address, RoundsRead>, ChainError>({
    queryKey: roundsKey(ref, book?.state.block.number ?? 0n),
    enabled: book !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const rpc = runtime.rpcOf(ref.chainId);
      if (rpc === undefined || book === undefined) throw new RangeError("There is nothing to read");
      try {
        return await loadRounds(rpc, { book, signal });
      } catch (error) {
        throw toChainError(error);
      }
    },
  });
  return {
    rounds: query.data,
    error: query.error ?? undefined,
    isFetching: query.isFetching,
    retry: () => void query.refetch(),
  };
}
