import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { type ChainError, isChainError, toChainError } from "@/chain/errors";
import type { RoundsRead } from "@/chain/reads/rounds";
import { trueDebtAssets } from "@/domain/health";
import type { MarketMark } from "@/domain/market";
import type { Address, Figure } from "@/domain/model";
import type { RiskBook } from "@/domain/risk/model";
import { type HealthPoint, loadHealthHistory, MOST_HEALTH_BLOCKS } from "@/report/load-health-history";
import { loadRiskBook } from "@/report/load-risk";
import { loadRounds } from "@/report/load-rounds";
import { loadMarketMark } from "@/report/market-mark";
import type { VaultReport } from "@/report/vault-report";
import { healthHistoryKey, managerRiskKey } from "../keys";
import { useRuntime } from "../runtime";
import type { RoundsView } from "./use-risk-book";

export type { HealthPoint } from "@/report/load-health-history";

/** One position taken apart, and what the exchanges would pay for it. */
export interface ManagerRisk {
  readonly book: Figure<RiskBook>;
  readonly mark: Figure<MarketMark>;
}

export interface ManagerRiskView {
  /** What book and mark were read beside. */
  readonly report: VaultReport;
  readonly risk: ManagerRisk | undefined;
  readonly error: ChainError | undefined;
  readonly isFetching: boolean;
  readonly blocksBehind: bigint;
  /** Takes it anew at the newest report, or once more after a failure. */
  refresh(): void;
}

/** The report with one manager in it: what is read for it alone does not grow with the vault. */
function reportOfOne(report: VaultReport, manager: Address): VaultReport {
  const { snapshot } = report;
  const managers = snapshot.managers.filter((one) => one.manager === manager);
  return { ...report, snapshot: { ...snapshot, managers, unreadManagers: [] } };
}

/** The same, as if it were the vault's only manager: a snapshot is whole when principals add up to the vault's total. */
function reportOfOnly(report: VaultReport, manager: Address): VaultReport {
  const one = reportOfOne(report, manager);
  const { state, managers } = one.snapshot;
  if (state.flux === undefined) return one;
  const flux = { ...state.flux, totalPrincipalDebtAssets: managers[0]?.principalAssets ?? 0n };
  return { ...one, snapshot: { ...one.snapshot, state: { ...state, flux } } };
}

/** One manager's position taken apart, at one block that it keeps until it is taken anew. */
export function useManagerRisk(newest: VaultReport, manager: Address): ManagerRiskView {
  const runtime = useRuntime();
  const [kept, setKept] = useState(newest);
  const isOther = kept.snapshot.state.address !== newest.snapshot.state.address;
  const report = isOther ? newest : kept;
  if (isOther) setKept(newest);
  const { chainId, address } = report.config;
  const { block } = report.snapshot.state;
  const position = report.snapshot.managers.find((one) => one.manager === manager);
  const query = useQuery<ManagerRisk, ChainError>({
    queryKey: managerRiskKey({ chainId, address }, { block: block.number, manager }),
    enabled: position !== undefined && trueDebtAssets(position) > 0n,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const rpc = runtime.rpcOf(chainId);
      if (rpc === undefined) throw new RangeError("There is nothing to read");
      try {
        const [book, mark] = await Promise.all([
          loadRiskBook(rpc, { report: reportOfOne(report, manager), signal }),
          loadMarketMark(rpc, { report: reportOfOnly(report, manager), signal }),
        ]);
        return { book, mark };
      } catch (error) {
        throw toChainError(error);
      }
    },
  });
  return {
    report,
    risk: query.data,
    error: query.error ?? undefined,
    isFetching: query.isFetching,
    blocksBehind: newest.snapshot.state.block.number - block.number,
    refresh: () => {
      setKept(newest);
      if (query.isError) void query.refetch();
    },
  };
}

export interface HealthHistoryView {
  readonly points: readonly HealthPoint[] | undefined;
  /** How many old blocks are read at most. */
  readonly mostBlocks: number;
  readonly progress: { readonly done: number; readonly total: number } | undefined;
  readonly error: ChainError | undefined;
  readonly isReading: boolean;
  read(): void;
  stop(): void;
}

/** A manager's health over time; read only when somebody asks, and again only when asked again. */
export function useHealthHistory(
  report: VaultReport,
  {
    manager,
    book,
  }: { readonly manager: Address; readonly book: Pick<RiskBook, "assets" | "state" | "rule"> | undefined },
): HealthHistoryView {
  const runtime = useRuntime();
  const { chainId, address } = report.config;
  const [progress, setProgress] = useState<HealthHistoryView["progress"]>(undefined);
  const queryKey = useMemo(
    () => healthHistoryKey({ chainId, address }, manager),
    [chainId, address, manager],
  );
  const query = useQuery<readonly HealthPoint[]>({
    queryKey,
    enabled: false,
    structuralSharing: false,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const rpc = runtime.rpcOf(chainId);
      if (rpc === undefined || book === undefined) throw new RangeError("There is nothing to read");
      try {
        return await loadHealthHistory(rpc, { report, manager, book, signal, onProgress: setProgress });
      } finally {
        setProgress(undefined);
      }
    },
  });
  const { error } = query;
  const isStopped = isChainError(error) && error.code === "aborted";
  return {
    points: query.data,
    mostBlocks: MOST_HEALTH_BLOCKS,
    progress,
    error: error === null || isStopped ? undefined : toChainError(error),
    isReading: query.isFetching,
    read: () => void query.refetch(),
    stop: () => void runtime.queryClient.cancelQueries({ queryKey, exact: true }),
  };
}

/** The past answers of the feeds behind one manager's book; read when asked for. */
export function useManagerRounds(
  book: RiskBook | undefined,
  { manager, isAsked }: { readonly manager: Address; readonly isAsked: boolean },
): RoundsView {
  const runtime = useRuntime();
  const chainId = book?.state.chainId ?? 0;
  const query = useQuery<ReadonlyMap<Address, RoundsRead>, ChainError>({
    queryKey: [
      ...managerRiskKey(
        { chainId, address: book?.state.address ?? "0x" },
        { block: book?.state.block.number ?? 0n, manager },
      ),
      "rounds",
    ],
    enabled: isAsked && book !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const rpc = runtime.rpcOf(chainId);
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
