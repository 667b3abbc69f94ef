import { encodeView, REGISTRY_VIEWS, STRATEGY_VIEWS, TOKEN_VIEWS, WRAPPER_VIEWS } from "@/chain/flux/views";
import { ethCall, type ViewCall, viewResultOf } from "@/chain/reads/call";
import { type FeedReading, fetchFeeds } from "@/chain/reads/feeds";
import { chunksOf } from "@/chain/reads/headers";
import { addressListOf, addressOf, textOf } from "@/chain/reads/view-values";
import type { Rpc } from "@/chain/rpc/rpc";
import type { Address, Hex } from "@/domain/model";
import type { RiskBook } from "@/domain/risk/model";
import { sanitiseText } from "@/shared/text";
import type { FeedConfig, VaultConfig } from "./config";

/** What stands behind one asset's price, as the chain and the operator's configuration publish it. */
export interface AssetOracle {
  readonly asset: Address;
  /** What the registry asks. */
  readonly oracle: Address | undefined;
  /** The newest round of the market feed behind it; undefined for another kind of price. */
  readonly feed: FeedReading | undefined;
  readonly second: FeedReading | undefined;
  readonly configured: FeedConfig | undefined;
}

/** An asset that the strategy lets managers hold. */
export interface AllowedAsset {
  readonly wrapper: Address;
  /** What it wraps; undefined where it does not say. */
  readonly underlying: Address | undefined;
  readonly symbol: string | undefined;
}

export interface AssetOracles {
  readonly byAsset: ReadonlyMap<Address, AssetOracle>;
  /** undefined where the strategy publishes no list. */
  readonly allowed: readonly AllowedAsset[] | undefined;
}

export interface AssetOraclesRequest {
  readonly book: Pick<RiskBook, "assets" | "state">;
  readonly config: Pick<VaultConfig, "feeds">;
  readonly signal?: AbortSignal | undefined;
}

type Ask = (calls: readonly ViewCall[]) => Promise<readonly (Hex | undefined)[]>;

const CALLS_A_BATCH = 100;
const MAX_SYMBOL = 16;

async function fetchAllowed(
  ask: Ask,
  strategy: Address | undefined,
): Promise<readonly AllowedAsset[] | undefined> {
  if (strategy === undefined) return undefined;
  const [list] = await ask([{ to: strategy, data: encodeView(STRATEGY_VIEWS.getAllowedAssets) }]);
  const wrappers = addressListOf(list);
  if (wrappers === undefined) return undefined;
  const wrapped = (
    await ask(wrappers.map((to) => ({ to, data: encodeView(WRAPPER_VIEWS.underlyingAsset) })))
  ).map(addressOf);
  const symbols = await ask(
    wrappers.map((wrapper, index) => ({
      to: wrapped[index] ?? wrapper,
      data: encodeView(TOKEN_VIEWS.symbol),
    })),
  );
  return wrappers.map((wrapper, index) => {
    const symbol = textOf(symbols[index]);
    return {
      wrapper,
      underlying: wrapped[index],
      symbol: symbol === undefined ? undefined : sanitiseText(symbol, MAX_SYMBOL),
    };
  });
}

/**
 * Oracles, newest rounds and second sources of every asset of a risk book, and the strategy's list of allowed assets, all
 * at the book's block. A handful of requests, however many assets.
 *
 * @throws ChainError as the reads; `aborted` when the signal fires.
 */
export async function loadAssetOracles(rpc: Rpc, request: AssetOraclesRequest): Promise<AssetOracles> {
  const { book, config, signal } = request;
  const { block, flux } = book.state;
  const registry = flux?.oracleRegistry;
  const ask: Ask = async (calls) => {
    const results: (Hex | undefined)[] = [];
    for (const some of chunksOf(calls, CALLS_A_BATCH)) {
      const asked = some.map((call) => ethCall(call, block));
      results.push(...(await rpc.batch(asked, { signal })).map(viewResultOf));
    }
    return results;
  };
  const assets = [...book.assets.values()];
  const configured = new Map(config.feeds.map((feed) => [feed.asset, feed]));
  const first = assets.flatMap(({ address, source }) =>
    source.kind === "market" ? [{ asset: address, address: source.feed }] : [],
  );
  const second = assets.flatMap(({ address }) => {
    const source = configured.get(address)?.secondSource;
    return source === undefined ? [] : [{ asset: address, address: source }];
  });
  const [oracles, feeds, allowed] = await Promise.all([
    registry === undefined
      ? []
      : ask(
          assets.map(({ address }) => ({
            to: registry,
            data: encodeView(REGISTRY_VIEWS.getOracle, [address]),
          })),
        ),
    fetchFeeds(rpc, { feeds: [...first, ...second], registry, block, signal }),
    fetchAllowed(ask, flux?.strategy.address),
  ]);
  const readOf = (list: readonly FeedReading[]) => new Map(list.map((one) => [one.asset, one]));
  const newest = readOf(feeds.slice(0, first.length));
  const others = readOf(feeds.slice(first.length));
  return {
    byAsset: new Map(
      assets.map(({ address }, index) => [
        address,
        {
          asset: address,
          oracle: addressOf(oracles[index]),
          feed: newest.get(address),
          second: others.get(address),
          configured: configured.get(address),
        },
      ]),
    ),
    allowed,
  };
}
