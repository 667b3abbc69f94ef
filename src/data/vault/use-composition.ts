import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type ChainError, toChainError } from "@/chain/errors";
import { fetchComposition } from "@/chain/reads/composition";
import type { ManagerComposition } from "@/chain/reads/composition-parts";
import type { Address, BlockRef, ManagerState } from "@/domain/model";
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
  /** Asks again, at the same block. */
  readonly retry: () => void;
}

/** What of a position changes when its composition or its prices do. */
function figuresOf(position: ManagerState | undefined): string {
  if (position === undefined) return "";
  const { valueUsdWad, bondAssets, workingCapitalAssets, wrapperCount } = position;
  return [valueUsdWad, bondAssets, workingCapitalAssets, wrapperCount].join(":");
}

/**
 * The block to read one manager's composition at: the report's, kept for as long as the position's own figures stay the
 * same, so that a page left open asks for nothing more at each block.
 */
export function useCompositionBlock(block: BlockRef, position: ManagerState | undefined): BlockRef {
  const figures = figuresOf(position);
  const [asked, setAsked] = useState({ block, figures });
  if (asked.figures === figures) return asked.block;
  setAsked({ block, figures });
  return block;
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
  return {
    composition: query.data,
    error: query.error ?? undefined,
    isFetching: query.isFetching,
    retry: () => void query.refetch(),
  };
}
