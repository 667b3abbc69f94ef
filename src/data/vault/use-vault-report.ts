import { type UseQueryResult, useQueries, useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { ChainError } from "@/chain/errors";
import type { VaultState } from "@/domain/model";
import { type VaultConfig, vaultConfigOf } from "@/report/config";
import type { LoadProgress } from "@/report/load";
import type { VaultReport } from "@/report/vault-report";
import { useHeads } from "../head/use-head";
import { hashQueryKey, reportKey, type VaultRef } from "../keys";
import { type Runtime, useRuntime } from "../runtime";
import type { LoadStatus } from "./progress-store";
import { reportOptions } from "./report-query";

/** A vault as a page shows it: what is known, what is being read, and what went wrong. */
export interface VaultReportView {
  readonly ref: VaultRef;
  readonly config: VaultConfig;
  /** The block that the page is pinned to; undefined for the live page. */
  readonly pinnedBlock: bigint | undefined;
  /** Stays while a newer one is read, and when reading it fails: always shown with its own block and age. */
  readonly report: VaultReport | undefined;
  /** Known before the report: enough for a heading. */
  readonly state: VaultState | undefined;
  readonly progress: LoadProgress | undefined;
  readonly error: ChainError | undefined;
  readonly isFetching: boolean;
  /** The person stopped the first reading; `resume` goes on where it was. */
  readonly isStopped: boolean;
  /** The history is kept for the next visit. */
  readonly isHistoryKept: boolean;
  readonly stop: () => void;
  readonly resume: () => void;
  /** Reads again now, whatever the head says. */
  readonly retry: () => void;
}

/** The report of a vault, live or at a block. The live one follows the head for as long as the caller is shown. */
export function useVaultReport(
  ref: VaultRef,
  options: { readonly block?: bigint | undefined } = {},
): VaultReportView {
  const runtime = useRuntime();
  const { block } = options;
  useHeads(block === undefined ? [ref.chainId] : []);
  const request = { ref, block };
  const hash = hashQueryKey(reportKey(ref, block));
  const status = useLoadStatus(runtime, hash);
  const query = useQuery({ ...reportOptions(runtime, request), enabled: !status.isStopped });
  return {
    ref,
    config: vaultConfigOf(runtime.config, ref),
    pinnedBlock: block,
    report: query.data,
    state: query.data?.snapshot.state ?? status.state,
    progress: status.progress,
    error: errorOf(query),
    isFetching: query.isFetching,
    isStopped: status.isStopped,
    isHistoryKept: runtime.chunks.persistent,
    stop: () => {
      runtime.progress.set(hash, { isStopped: true, progress: undefined });
      void runtime.queryClient.cancelQueries({ queryKey: reportKey(ref, block), exact: true });
    },
    resume: () => runtime.progress.set(hash, { isStopped: false }),
    retry: () => void query.refetch(),
  };
}

/** One configured vault in the list of all. */
export interface VaultListEntry {
  readonly config: VaultConfig;
  readonly chainName: string;
  readonly report: VaultReport | undefined;
  readonly state: VaultState | undefined;
  readonly progress: LoadProgress | undefined;
  readonly error: ChainError | undefined;
}

/** Every configured vault, each with its live report. */
export function useVaultList(): readonly VaultListEntry[] {
  const runtime = useRuntime();
  const { vaults, chains } = runtime.config;
  useHeads(vaults.map(({ chainId }) => chainId));
  useSyncExternalStore(runtime.progress.subscribe, runtime.progress.version);
  const queries = useQueries({
    queries: vaults.map((config) => reportOptions(runtime, { ref: config, block: undefined })),
  });
  return vaults.map((config, index) => {
    const query = queries[index];
    const status = runtime.progress.get(hashQueryKey(reportKey(config, undefined)));
    return {
      config,
      chainName: chains.find((chain) => chain.id === config.chainId)?.name ?? `chain ${config.chainId}`,
      report: query?.data,
      state: query?.data?.snapshot.state ?? status.state,
      progress: status.progress,
      error: query === undefined ? undefined : errorOf(query),
    };
  });
}

function useLoadStatus(runtime: Runtime, hash: string): LoadStatus {
  return useSyncExternalStore(runtime.progress.subscribe, () => runtime.progress.get(hash));
}

function errorOf(query: UseQueryResult<VaultReport, ChainError>): ChainError | undefined {
  return query.error === null || query.error.code === "aborted" ? undefined : query.error;
}
