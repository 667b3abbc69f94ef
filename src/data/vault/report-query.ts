import { queryOptions } from "@tanstack/react-query";
import { type ChainError, toChainError } from "@/chain/errors";
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
  const previous =
    block === undefined ? runtime.queryClient.getQueryData<VaultReport>(reportKey(ref, block)) : undefined;
  const head = runtime.headsOf(ref.chainId)?.current().head;
  if (previous !== undefined && head !== undefined) {
    const isSameBlock = previous.snapshot.state.block.hash === head.hash;
    // A report with a hole is worth asking for again, even at the block that it was read at.
    const isWhole = previous.completeness.kind !== "incomplete";
    return isSameBlock && isWhole ? previous : refreshVaultReport(rpc, { ...context, previous, head });
  }
  return loadVaultReport(rpc, {
    ...context,
    vault: vaultConfigOf(runtime.config, ref),
    block,
    onState: (state) => runtime.progress.set(hash, { state }),
  });
}
