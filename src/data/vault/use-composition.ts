import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ChainError, toChainError } from "@/chain/errors";
import { fetchComposition } from "@/chain/reads/composition";
import type { ManagerComposition } from "@/chain/reads/composition-parts";
import type { Address, BlockRef } from "@/domain/model";
import { compositionKey, type VaultRef } from "../keys";
import { useRuntime } from "../runtime";

export type { ManagerComposition, PositionHolding, WrapperHolding } from "@/chain/reads/composition-parts";

export interface CompositionView {
  /** What was read, and at which block: while a newer one is read, the last one with its own block. */
  readonly composition:
    | { readonly block: BlockRef; readonly managers: readonly ManagerComposition[] }
    | undefined;
  readonly error: ChainError | undefined;
  readonly isFetching: boolean;
}

/** What managers' positions are made of, at the block of the report that stands beside it. */
export function useComposition(
  ref: VaultRef,
  request: { readonly managers: readonly Address[]; readonly block: BlockRef | undefined },
): CompositionView {
  const runtime = useRuntime();
  const { managers, block } = request;
  const query = useQuery<NonNullable<CompositionView["composition"]>, ChainError>({
    queryKey: compositionKey(ref, { block: block?.number ?? 0n, managers }),
    enabled: block !== undefined && managers.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const rpc = runtime.rpcOf(ref.chainId);
      if (rpc === undefined || block === undefined) throw new RangeError("There is nothing to read");
      try {
        return {
          block,
          managers: await fetchComposition(rpc, { vault: ref.address, managers, block, signal }),
        };
      } catch (error) {
        throw toChainError(error);
      }
    },
  });
  return { composition: query.data, error: query.error ?? undefined, isFetching: query.isFetching };
}
