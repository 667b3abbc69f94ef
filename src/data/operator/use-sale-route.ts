import { useQuery } from "@tanstack/react-query";
import { type ChainError, toChainError } from "@/chain/errors";
import { fetchSaleRoute, type SaleRouteQuote, type TokenAmount } from "@/chain/reads/sale-route";
import { fetchTokens, type TokenWords } from "@/chain/reads/tokens";
import type { Address, BlockRef } from "@/domain/model";
import { saleQuoteKey, type VaultRef } from "../keys";
import { useRuntime } from "../runtime";
import { blockToAsk } from "./block-to-ask";

export type { QuotedSale, SaleRouteQuote, TokenAmount } from "@/chain/reads/sale-route";
export type { TokenWords } from "@/chain/reads/tokens";

/** A quoted route, the words of every token in it, and the block of the quote. */
export interface SaleRouteRead {
  readonly route: SaleRouteQuote;
  readonly tokens: ReadonlyMap<Address, TokenWords>;
  readonly block: BlockRef;
}

export interface SaleRouteView {
  readonly read: SaleRouteRead | undefined;
  readonly error: ChainError | undefined;
  readonly isFetching: boolean;
  /** Quotes again at the newest block. */
  retry(): void;
}

interface SaleRouteArgs {
  readonly base: Address;
  /** undefined: nobody wants to sell, or it is not known yet what. */
  readonly holdings: readonly TokenAmount[] | undefined;
  /** Pools that may be sold to. */
  readonly venues: readonly Address[];
}

const ONE_MINUTE_MS = 60_000;

/**
 * What selling a position would bring now, and by which sales. Quoted again once a minute while somebody looks; the
 * transaction carries its own least amounts, and its simulation has the last word.
 */
export function useSaleRoute(ref: VaultRef, { base, holdings, venues }: SaleRouteArgs): SaleRouteView {
  const runtime = useRuntime();
  const query = useQuery<SaleRouteRead, ChainError>({
    queryKey: saleQuoteKey(ref, ["route", holdings ?? [], venues]),
    enabled: holdings !== undefined,
    structuralSharing: false,
    refetchInterval: ONE_MINUTE_MS,
    queryFn: async ({ signal }) => {
      if (holdings === undefined) throw new RangeError("There is nothing to sell");
      try {
        const { rpc, block } = await blockToAsk(runtime, { chainId: ref.chainId, signal });
        const route = await fetchSaleRoute(rpc, { base, holdings, venues, block, signal });
        const words = await fetchTokens(rpc, { tokens: tokensOf(route), block, signal });
        return { route, tokens: new Map(words.map((one) => [one.address, one])), block };
      } catch (error) {
        throw toChainError(error);
      }
    },
  });
  return {
    read: query.data,
    error: query.error ?? undefined,
    isFetching: query.isFetching,
    retry: () => void query.refetch(),
  };
}

function tokensOf({ sales, unsold }: SaleRouteQuote): readonly Address[] {
  const named = [
    ...sales.flatMap(({ tokenIn, tokenOut }) => [tokenIn, tokenOut]),
    ...unsold.map(({ token }) => token),
  ];
  return [...new Set(named)];
}
