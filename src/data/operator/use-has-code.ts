import { useQuery } from "@tanstack/react-query";
import { type ChainError, toChainError } from "@/chain/errors";
import type { Address } from "@/domain/model";
import { codeKey } from "../keys";
import { useRuntime } from "../runtime";
import { blockToAsk } from "./block-to-ask";
import { fetchHasCode } from "./has-code";

/**
 * Whether there is a contract at an address that somebody typed; undefined while it is being asked, where nothing is
 * typed, and where the endpoint does not answer.
 */
export function useHasCode(chainId: number, address: Address | undefined): boolean | undefined {
  const runtime = useRuntime();
  const query = useQuery<boolean, ChainError>({
    queryKey: codeKey(chainId, address),
    enabled: address !== undefined,
    queryFn: async ({ signal }) => {
      if (address === undefined) throw new RangeError("No address is named");
      try {
        const { rpc, block } = await blockToAsk(runtime, { chainId, signal });
        return await fetchHasCode(rpc, { address, block, signal });
      } catch (error) {
        throw toChainError(error);
      }
    },
  });
  return address === undefined ? undefined : query.data;
}
