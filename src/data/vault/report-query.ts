import { queryOptions } from "@tanstack/react-query";
import { type ChainError, toChainError } from "@/chain/errors";
import type { BlockRef, VaultState } from "@/domain/model";
import { vaultConfigOf } from "@/report/config";
import { loadVaultReport, refreshVaultReport } from "@/report/load";
import type { VaultReport } from "@/report/vault-report";
import { hashQueryKey, reportKey, type VaultRef } from "../keys";
import type { Runtime } from "../runtime";

export interface ReportRequest {
  readonly ref: VaultRef;
  /** undefined: as it stands now, and again at every new head. */
  readonly block: bigint | undefined;
}

/**
 * The report of a vault as a query. Live: the first answer reads everything, each later one only what a new head
 * changed. Pinned to a block: read once, since nothing can change it.
 */
export function reportOptions(runtime: Runtime, { ref, block }: ReportRequest) {
  const queryKey = reportKey(ref, block);
  const hash = hashQueryKey(queryKey);
  return queryOptions<VaultReport, ChainError>({
    queryKey,
    // A report is a large graph with its own identity at each block; comparing it field by field buys nothing.
    structuralSharing: false,
    queryFn: async ({ signal }) => {
      try {
        return await readReport(runtime, { ref, block, signal, hash });
      } catch (error) {
        throw toChainError(error);
      } finally {
        runtime.progress.set(hash, { progress: undefined });
      }
    },
  });
}

async function readReport(
  runtime: Runtime,
  args: ReportRequest & { readonly signal: AbortSignal; readonly hash: string },
): Promise<VaultReport> {
  const { ref, block, signal, hash } = args;
  const rpc = runtime.rpcOf(ref.chainId);
  if (rpc === undefined) throw new RangeError(`Chain ${ref.chainId} is not in the configuration`);
  const context = {
    store: runtime.chunks,
    signal,
    onProgress: (progress: NonNullable<ReturnType<Runtime["progress"]["get"]>["progress"]>) =>
      runtime.progress.set(hash, { progress }),
  };
  const onState = (state: VaultState): void => runtime.progress.set(hash, { state });
  if (block !== undefined) {
    return loadVaultReport(rpc, { ...context, vault: vaultConfigOf(runtime.config, ref), block, onState });
  }
  const headNow = (): BlockRef | undefined => runtime.headsOf(ref.chainId)?.current().head;
  const cached = runtime.queryClient.getQueryData<VaultReport>(reportKey(ref, undefined));
  const head = headNow();
  let report: VaultReport;
  if (cached === undefined || head === undefined) {
    report = await loadVaultReport(rpc, { ...context, vault: vaultConfigOf(runtime.config, ref), onState });
  } else if (isAt(cached, head) && cached.completeness.kind !== "incomplete") {
    return cached;
  } else {
    // A head below the cached block is a chain that went back. A report with a hole is asked for again in any case.
    report = await refreshVaultReport(rpc, { ...context, previous: cached, head });
  }
  // Blocks that came while it was read would otherwise wait for the next one to be noticed.
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const newer = headNow();
    if (newer === undefined || isAt(report, newer) || newer.number < report.snapshot.state.block.number)
      break;
    report = await refreshVaultReport(rpc, { ...context, previous: report, head: newer });
  }
  return report;
}

function isAt(report: VaultReport, block: BlockRef): boolean {
  return report.snapshot.state.block.hash === block.hash;
}

/** On a chain faster than its endpoint the newest block is never reached: what was read is shown all the same. */
const MOST_ROUNDS = 3;
