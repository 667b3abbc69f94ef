import { useQuery } from "@tanstack/react-query";
import { type ChainError, toChainError } from "@/chain/errors";
import type { TokenAmount } from "@/chain/reads/sale-route";
import { fetchTokens, type TokenWords } from "@/chain/reads/tokens";
import type { Address } from "@/domain/model";
import { saleQuoteKey, type VaultRef } from "../keys";
import { useRuntime } from "../runtime";
import { blockToAsk } from "./block-to-ask";
import { fetchVenue, type VenueAnswer } from "./venue";

export type { VenueAnswer } from "./venue";

/** What a typed exchange is, with the words of the tokens it trades instead of ours. */
export interface VenueRead {
  readonly answer: VenueAnswer;
  readonly words: ReadonlyMap<Address, TokenWords>;
}

export interface VenueView {
  readonly read: VenueRead | undefined;
  readonly error: ChainError | undefined;
}

/** Whether a typed address is an exchange that takes what is to be sold; nothing is asked while none is typed. */
export function useVenue(
  ref: VaultRef,
  request: {
    readonly base: Address;
    readonly venue: Address | undefined;
    /** undefined: not known yet, so nothing is asked. */
    readonly toSell: readonly TokenAmount[] | undefined;
  },
): VenueView {
  const runtime = useRuntime();
  const { base, venue, toSell } = request;
  const query = useQuery<VenueRead, ChainError>({
    // By token alone: the amounts move with every quote, and no answer but "pays nothing" depends on them.
    queryKey: saleQuoteKey(ref, ["venue", venue ?? "none", toSell?.map(({ token }) => token) ?? []]),
    enabled: venue !== undefined && toSell !== undefined,
    structuralSharing: false,
    queryFn: async ({ signal }) => {
      if (venue === undefined || toSell === undefined) throw new RangeError("No exchange is named");
      try {
        const { rpc, block } = await blockToAsk(runtime, { chainId: ref.chainId, signal });
        const answer = await fetchVenue(rpc, { venue, base, toSell, block, signal });
        const tokens = answer.kind === "other-tokens" ? answer.tokens : [];
        const words = await fetchTokens(rpc, { tokens, block, signal });
        return { answer, words: new Map(words.map((one) => [one.address, one])) };
      } catch (error) {
        throw toChainError(error);
      }
    },
  });
  return { read: query.data, error: query.error ?? undefined };
}
