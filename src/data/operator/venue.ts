import { POOL_TOKEN_VIEWS } from "@/chain/flux/sale-views";
import { encodeView, POOL_VIEWS, type View, type ViewArgument } from "@/chain/flux/views";
import { ethCall, viewResultOf } from "@/chain/reads/call";
import type { TokenAmount } from "@/chain/reads/sale-route";
import { addressOf, uintOf } from "@/chain/reads/view-values";
import type { Rpc, RpcCall } from "@/chain/rpc/rpc";
import type { Address, BlockRef } from "@/domain/model";
import { fetchHasCode } from "./has-code";

/** What an address says when it is asked whether it is an exchange that takes what is to be sold. */
export type VenueAnswer =
  | { readonly kind: "no-contract" }
  /** A contract, but not one that answers as a constant-product pool. */
  | { readonly kind: "not-a-pool" }
  /** A pool, but not of the base asset and one of the tokens that are to be sold. */
  | { readonly kind: "other-tokens"; readonly tokens: readonly [Address, Address] }
  /** A pool of the right tokens that would pay nothing. */
  | { readonly kind: "pays-nothing"; readonly token: Address }
  | { readonly kind: "pool"; readonly token: Address };

export interface VenueRequest {
  readonly venue: Address;
  readonly base: Address;
  /** What a pool would have to take, after shares were redeemed. */
  readonly toSell: readonly TokenAmount[];
  readonly block: BlockRef;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks an address that somebody typed whether it is a constant-product pool that takes one of the tokens for the base
 * asset. A refusal of the contract is an answer; an endpoint that gives none is thrown.
 *
 * @throws ChainError when the endpoint does not answer.
 */
export async function fetchVenue(rpc: Rpc, request: VenueRequest): Promise<VenueAnswer> {
  const { venue, base, toSell, block, signal } = request;
  const ask = (view: View, args: readonly ViewArgument[] = []): RpcCall =>
    ethCall({ to: venue, data: encodeView(view, args) }, block);
  if (!(await fetchHasCode(rpc, { address: venue, block, signal }))) return { kind: "no-contract" };
  const answers = await rpc.batch([ask(POOL_TOKEN_VIEWS.token0), ask(POOL_TOKEN_VIEWS.token1)], { signal });
  const [token0, token1] = answers.map((answer) => addressOf(viewResultOf(answer)));
  if (token0 === undefined || token1 === undefined) return { kind: "not-a-pool" };
  const other = token0 === base ? token1 : token1 === base ? token0 : undefined;
  const sold = toSell.find(({ token }) => token === other);
  if (sold === undefined) return { kind: "other-tokens", tokens: [token0, token1] };
  const [quote] = await rpc.batch([ask(POOL_VIEWS.quoteExactIn, [sold.token, sold.amount])], { signal });
  const amountOut = quote === undefined ? undefined : uintOf(viewResultOf(quote));
  if (amountOut === undefined) return { kind: "not-a-pool" };
  return { kind: amountOut === 0n ? "pays-nothing" : "pool", token: sold.token };
}
