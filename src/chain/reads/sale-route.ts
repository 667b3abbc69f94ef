import type { Address, BlockRef, Hex } from "@/domain/model";
import { POOL_TOKEN_VIEWS, SHARE_VIEWS } from "../flux/sale-views";
import { encodeView, POOL_VIEWS, type View, type ViewArgument } from "../flux/views";
import type { Rpc } from "../rpc/rpc";
import { ethCall, type ViewCall, viewResultOf } from "./call";
import { addressOf, uintOf } from "./view-values";

/** An amount of one token, in the token's own units. */
export interface TokenAmount {
  readonly token: Address;
  readonly amount: bigint;
}

/** One sale with what it would bring at the block of the quote. A venue equal to the token sold redeems a share. */
export interface QuotedSale {
  readonly venue: Address;
  readonly tokenIn: Address;
  readonly amountIn: bigint;
  readonly tokenOut: Address;
  readonly amountOut: bigint;
}

/** The way from what is taken over to the base asset. */
export interface SaleRouteQuote {
  /** In the order in which they have to happen. */
  readonly sales: readonly QuotedSale[];
  /** Base asset that the sales bring together. */
  readonly proceedsAssets: bigint;
  /** What no venue takes: it goes to the liquidator's wallet as it is. */
  readonly unsold: readonly TokenAmount[];
}

export interface SaleRouteRequest {
  readonly base: Address;
  readonly holdings: readonly TokenAmount[];
  /** Pools that may be sold to. */
  readonly venues: readonly Address[];
  readonly block: BlockRef;
  readonly signal?: AbortSignal | undefined;
}

/** Shares of shares are followed this far; what is nested deeper stays unsold. */
const MAX_NESTING = 3;

interface Pool {
  readonly venue: Address;
  readonly tokens: readonly [Address | undefined, Address | undefined];
}

type Ask = (calls: readonly ViewCall[]) => Promise<readonly (Hex | undefined)[]>;

function call(to: Address, view: View, args: readonly ViewArgument[] = []): ViewCall {
  return { to, data: encodeView(view, args) };
}

function add(amounts: Map<Address, bigint>, { token, amount }: TokenAmount): void {
  if (amount > 0n) amounts.set(token, (amounts.get(token) ?? 0n) + amount);
}

/** Redeems every ERC-4626 share among the amounts; returns the redemptions and leaves what they bring. */
async function redeemShares(ask: Ask, amounts: Map<Address, bigint>, base: Address): Promise<QuotedSale[]> {
  const tokens = [...amounts.keys()].filter((token) => token !== base);
  const assets = (await ask(tokens.map((token) => call(token, SHARE_VIEWS.asset)))).map(addressOf);
  const shares = tokens.flatMap((token, index) => {
    const asset = assets[index];
    return asset === undefined || asset === token ? [] : [{ token, asset, amount: amounts.get(token) ?? 0n }];
  });
  const brought = await ask(
    shares.map(({ token, amount }) => call(token, SHARE_VIEWS.previewRedeem, [amount])),
  );
  return shares.flatMap(({ token, asset, amount }, index): QuotedSale[] => {
    const amountOut = uintOf(brought[index]);
    if (amountOut === undefined || amountOut === 0n) return [];
    amounts.delete(token);
    add(amounts, { token: asset, amount: amountOut });
    return [{ venue: token, tokenIn: token, amountIn: amount, tokenOut: asset, amountOut }];
  });
}

async function readPools(ask: Ask, venues: readonly Address[]): Promise<readonly Pool[]> {
  const answers = await ask(
    venues.flatMap((venue) => [call(venue, POOL_TOKEN_VIEWS.token0), call(venue, POOL_TOKEN_VIEWS.token1)]),
  );
  return venues.map(
    (venue, index): Pool => ({
      venue,
      tokens: [addressOf(answers[index * 2]), addressOf(answers[index * 2 + 1])],
    }),
  );
}

interface PoolSalesRequest {
  readonly amounts: ReadonlyMap<Address, bigint>;
  readonly venues: readonly Address[];
  readonly base: Address;
}

/** For each token the pool that pays most for it in the base asset. */
async function sellToPools(
  ask: Ask,
  { amounts, venues, base }: PoolSalesRequest,
): Promise<readonly QuotedSale[]> {
  const pools = await readPools(ask, venues);
  const offers = [...amounts].flatMap(([token, amount]) =>
    token === base
      ? []
      : pools
          .filter(({ tokens }) => tokens.includes(token) && tokens.includes(base))
          .map(({ venue }) => ({ venue, token, amount })),
  );
  const answers = await ask(
    offers.map(({ venue, token, amount }) => call(venue, POOL_VIEWS.quoteExactIn, [token, amount])),
  );
  const best = new Map<Address, QuotedSale>();
  for (const [index, { venue, token, amount }] of offers.entries()) {
    const amountOut = uintOf(answers[index]) ?? 0n;
    if (amountOut > (best.get(token)?.amountOut ?? 0n)) {
      best.set(token, { venue, tokenIn: token, amountIn: amount, tokenOut: base, amountOut });
    }
  }
  return [...best.values()];
}

/**
 * The sales that turn what a position holds into the base asset, and what they would bring at one block: shares are
 * redeemed first, then every token goes to the pool that pays most. A quote, not a promise: the pool moves with every
 * trade, so the transaction carries its own least amounts.
 */
export async function fetchSaleRoute(rpc: Rpc, request: SaleRouteRequest): Promise<SaleRouteQuote> {
  const { base, holdings, venues, block, signal } = request;
  const ask: Ask = async (calls) => {
    if (calls.length === 0) return [];
    const answers = await rpc.batch(
      calls.map((one) => ethCall(one, block)),
      { signal },
    );
    return answers.map(viewResultOf);
  };
  const amounts = new Map<Address, bigint>();
  for (const holding of holdings) add(amounts, holding);
  const sales: QuotedSale[] = [];
  for (let depth = 0; depth < MAX_NESTING; depth += 1) {
    const redeemed = await redeemShares(ask, amounts, base);
    if (redeemed.length === 0) break;
    sales.push(...redeemed);
  }
  const redeemedAssets = sales
    .filter(({ tokenOut }) => tokenOut === base)
    .reduce((sum, { amountOut }) => sum + amountOut, 0n);
  const sold = await sellToPools(ask, { amounts, venues, base });
  const soldTokens = new Set(sold.map(({ tokenIn }) => tokenIn));
  return {
    sales: [...sales, ...sold],
    proceedsAssets: redeemedAssets + sold.reduce((sum, { amountOut }) => sum + amountOut, 0n),
    unsold: [...amounts]
      .filter(([token]) => token !== base && !soldTokens.has(token))
      .map(([token, amount]) => ({ token, amount })),
  };
}
