import type { Address, BlockRef } from "@/domain/model";
import { uintAt } from "../bytes";
import { encodeView, FEED_VIEWS, REGISTRY_VIEWS } from "../flux/views";
import type { Rpc } from "../rpc/rpc";
import { ethCall, type ViewCall, viewResultOf } from "./call";
import { smallOf, textOf, uintOf } from "./view-values";

/** What a price feed and the registry say of one asset. */
export interface FeedReading {
  readonly asset: Address;
  readonly feed: Address;
  readonly description: string | undefined;
  readonly decimals: number | undefined;
  readonly roundId: bigint | undefined;
  /** In the feed's own decimals; may be zero or negative, which no price is. */
  readonly answer: bigint | undefined;
  readonly updatedAtSeconds: bigint | undefined;
  /** The registry's price, 18 decimals; undefined when it reverts, answers zero, or no registry is known. */
  readonly priceUsdWad: bigint | undefined;
}

export interface FeedsRequest {
  readonly feeds: readonly { readonly asset: Address; readonly address: Address }[];
  readonly registry?: Address | undefined;
  readonly block: BlockRef;
  readonly signal?: AbortSignal | undefined;
}

const SIGN_BIT = 1n << 255n;
const MODULUS = 1n << 256n;
const CALLS_EACH = 4;
const NOBODY: Address = "0x0000000000000000000000000000000000000000";

/** The newest round of each feed and the price that the registry makes of it, at one block, in one request. */
export async function fetchFeeds(rpc: Rpc, request: FeedsRequest): Promise<readonly FeedReading[]> {
  const { feeds, registry = NOBODY, block, signal } = request;
  if (feeds.length === 0) return [];
  const calls = feeds.flatMap(({ asset, address }): ViewCall[] => [
    { to: address, data: encodeView(FEED_VIEWS.description) },
    { to: address, data: encodeView(FEED_VIEWS.decimals) },
    { to: address, data: encodeView(FEED_VIEWS.latestRoundData) },
    { to: registry, data: encodeView(REGISTRY_VIEWS.getPriceUSD, [asset]) },
  ]);
  const answers = await rpc.batch(
    calls.map((call) => ethCall(call, block)),
    { signal },
  );
  const values = answers.map(viewResultOf);
  return feeds.map(({ asset, address }, index): FeedReading => {
    const [description, decimals, round, price] = values.slice(index * CALLS_EACH, (index + 1) * CALLS_EACH);
    const word = round === undefined ? undefined : uintAt(round, 1);
    const priceUsdWad = uintOf(price);
    return {
      asset,
      feed: address,
      description: textOf(description),
      decimals: smallOf(decimals),
      roundId: uintOf(round),
      answer: word !== undefined && word >= SIGN_BIT ? word - MODULUS : word,
      updatedAtSeconds: round === undefined ? undefined : uintAt(round, 3),
      priceUsdWad: priceUsdWad === 0n ? undefined : priceUsdWad,
    };
  });
}
