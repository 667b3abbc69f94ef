import { useQuery } from "@tanstack/react-query";
import { type ChainError, toChainError } from "@/chain/errors";
import { fetchTokens, type TokenWords } from "@/chain/reads/tokens";
import type { Address, BlockRef } from "@/domain/model";
import { tokensKey } from "../keys";
import { useRuntime } from "../runtime";

const NONE: readonly TokenWords[] = [];

/** Symbol and decimals of tokens, asked once; none while they are being read or cannot be. */
export function useTokens(
  chainId: number,
  request: { readonly tokens: readonly Address[]; readonly block: BlockRef },
): readonly TokenWords[] {
  const rpc = useRuntime().rpcOf(chainId);
  const { tokens, block } = request;
  const query = useQuery<readonly TokenWords[], ChainError>({
    queryKey: tokensKey(chainId, tokens),
    enabled: rpc !== undefined && tokens.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      if (rpc === undefined) throw new RangeError("There is nothing to read");
      try {
        return await fetchTokens(rpc, { tokens, block, signal });
      } catch (error) {
        throw toChainError(error);
      }
    },
  });
  return query.data ?? NONE;
}
