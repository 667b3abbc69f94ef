import type { TokenWords } from "@/data/operator/use-sale-route";
import type { VenueAnswer } from "@/data/operator/use-venue";
import type { Address, AssetDescription } from "@/domain/model";
import { formatAddress } from "@/shared/format";
import { sanitiseText } from "@/shared/text";

interface VenueContext {
  readonly venue: Address;
  readonly chainId: number;
  readonly base: AssetDescription;
  /** Tokens that have to be sold. */
  readonly toSell: readonly Address[];
  readonly words: ReadonlyMap<Address, TokenWords>;
}

/** What a typed exchange answered, in words: a problem of its field, or a note that it takes part. */
export type VenueWords =
  | { readonly kind: "problem"; readonly text: string }
  | { readonly kind: "note"; readonly text: string };

const FIELD = "Another exchange";

/** What the address that was typed as another exchange says of itself. */
export function venueWordsOf(answer: VenueAnswer, context: VenueContext): VenueWords {
  const { venue, chainId, base, toSell } = context;
  const name = (token: Address): string => tokenName(token, context);
  const at = formatAddress(venue);
  const problem = (text: string): VenueWords => ({ kind: "problem", text: `${FIELD}: ${text}` });
  switch (answer.kind) {
    case "no-contract":
      return problem(`there is no contract at ${at} on chain ${chainId}.`);
    case "not-a-pool":
      return problem(
        `the contract at ${at} does not answer as a constant-product pool of ${toSell.map(name).join(" or ")} and ${base.symbol}.`,
      );
    case "other-tokens":
      return problem(
        `${at} is a pool of ${answer.tokens.map(name).join(" and ")}. It does not trade ${toSell.map(name).join(" or ")} against ${base.symbol}.`,
      );
    case "pays-nothing":
      return problem(
        `${at} is a pool of ${name(answer.token)} and ${base.symbol}, but would pay nothing now.`,
      );
    case "pool":
      return {
        kind: "note",
        text: `A pool of ${name(answer.token)} and ${base.symbol}. Each token goes to whichever exchange pays most for it.`,
      };
  }
}

function tokenName(token: Address, { base, words }: VenueContext): string {
  if (token === base.address) return base.symbol;
  const symbol = words.get(token)?.symbol;
  return symbol === undefined ? formatAddress(token) : sanitiseText(symbol);
}
