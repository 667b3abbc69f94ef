import { figureOf } from "@/domain/figure";
import { unitOf } from "@/domain/math";
import type { Address, BlockRef, Hex } from "@/domain/model";
import type { PriceSource, RiskAsset } from "@/domain/risk/model";
import { sanitiseText } from "@/shared/text";
import { ORACLE_VIEWS, RATE_VIEWS } from "../flux/oracle-views";
import { encodeView, FEED_VIEWS, REGISTRY_VIEWS, TOKEN_VIEWS } from "../flux/views";
import type { Rpc } from "../rpc/rpc";
import { ethCall, type ViewCall, viewResultOf } from "./call";
import { chunksOf } from "./headers";
import { addressOf, smallOf, textOf, uintOf } from "./view-values";

export interface PriceSourcesRequest {
  readonly assets: readonly Address[];
  readonly registry: Address;
  readonly block: BlockRef;
  readonly signal?: AbortSignal | undefined;
}

type Ask = (calls: readonly ViewCall[]) => Promise<readonly (Hex | undefined)[]>;

const CALLS_A_BATCH = 100;
/** Decimals beyond this are refused by every place that formats an amount. */
const MOST_DECIMALS = 77;
const MAX_SYMBOL = 16;
/** Shares of shares are followed this far. */
const MAX_NESTING = 3;

interface Described {
  readonly address: Address;
  readonly oracle: Address | undefined;
  readonly asset: Omit<RiskAsset, "source"> | undefined;
}

/** Price, oracle, symbol and decimals of each asset; one without believable decimals is left undefined. */
async function describe(ask: Ask, { assets, registry }: PriceSourcesRequest): Promise<readonly Described[]> {
  const answers = await ask(
    assets.flatMap((address): ViewCall[] => [
      { to: registry, data: encodeView(REGISTRY_VIEWS.getPriceUSD, [address]) },
      { to: registry, data: encodeView(REGISTRY_VIEWS.getOracle, [address]) },
      { to: address, data: encodeView(TOKEN_VIEWS.symbol) },
      { to: address, data: encodeView(TOKEN_VIEWS.decimals) },
    ]),
  );
  return assets.map((address, index): Described => {
    const [price, oracle, symbol, decimals] = answers.slice(index * 4, index * 4 + 4);
    const places = smallOf(decimals);
    const priceUsdWad = uintOf(price);
    return {
      address,
      oracle: addressOf(oracle),
      asset:
        places === undefined || places > MOST_DECIMALS
          ? undefined
          : {
              address,
              symbol: sanitiseText(textOf(symbol) ?? "?", MAX_SYMBOL),
              decimals: places,
              priceUsdWad: figureOf(priceUsdWad === 0n ? undefined : priceUsdWad, "no-price"),
            },
    };
  });
}

/** What an oracle says of its source. */
interface Hints {
  readonly feed: Address | undefined;
  readonly share: Address | undefined;
  readonly isFixed: boolean;
}

async function askOracles(ask: Ask, oracles: readonly (Address | undefined)[]): Promise<readonly Hints[]> {
  const asked = oracles.map((oracle) => oracle ?? NOBODY);
  const answers = await ask(
    asked.flatMap((to): ViewCall[] => [
      { to, data: encodeView(ORACLE_VIEWS.feed) },
      { to, data: encodeView(ORACLE_VIEWS.vault) },
      { to, data: encodeView(ORACLE_VIEWS.assetOracle) },
      { to, data: encodeView(ORACLE_VIEWS.fixedPriceUSD) },
    ]),
  );
  return asked.map((_, index): Hints => {
    const [feed, vault, inner, fixed] = answers.slice(index * 4, index * 4 + 4);
    return {
      feed: addressOf(feed),
      share: addressOf(inner) === undefined ? undefined : addressOf(vault),
      isFixed: uintOf(fixed) !== undefined,
    };
  });
}

const NOBODY: Address = "0x0000000000000000000000000000000000000000";

/** What one share of a vault is worth in its asset, as its own conversion says. */
async function exchangeRates(ask: Ask, shares: readonly Address[]): Promise<readonly PriceSource[]> {
  const words = await ask(
    shares.flatMap((to): ViewCall[] => [
      { to, data: encodeView(RATE_VIEWS.decimals) },
      { to, data: encodeView(RATE_VIEWS.asset) },
    ]),
  );
  const known = shares.map((share, index) => {
    const decimals = smallOf(words[index * 2]);
    return {
      share,
      of: addressOf(words[index * 2 + 1]),
      oneShare: decimals === undefined || decimals > MOST_DECIMALS ? undefined : unitOf(decimals),
    };
  });
  const rates = await ask(
    known.flatMap(({ share, of, oneShare }): ViewCall[] => [
      { to: share, data: encodeView(RATE_VIEWS.convertToAssets, [oneShare ?? 0n]) },
      { to: of ?? NOBODY, data: encodeView(RATE_VIEWS.decimals) },
    ]),
  );
  return known.map(({ of, oneShare }, index): PriceSource => {
    const assetsPerWholeShare = uintOf(rates[index * 2]);
    const ofDecimals = smallOf(rates[index * 2 + 1]);
    const isRead = of !== undefined && oneShare !== undefined && ofDecimals !== undefined;
    if (!isRead || assetsPerWholeShare === undefined || ofDecimals > MOST_DECIMALS)
      return { kind: "unknown" };
    return { kind: "exchange-rate", of, ofDecimals, assetsPerWholeShare };
  });
}

async function sourcesOf(ask: Ask, described: readonly Described[]): Promise<readonly PriceSource[]> {
  const hints = await askOracles(
    ask,
    described.map(({ oracle }) => oracle),
  );
  const feeds = hints.map(({ feed }) => feed ?? NOBODY);
  const decimals = (await ask(feeds.map((to) => ({ to, data: encodeView(FEED_VIEWS.decimals) })))).map(
    smallOf,
  );
  const shares = hints.map(({ share }) => share ?? NOBODY);
  const rates = await exchangeRates(ask, shares);
  return hints.map(({ feed, share, isFixed }, index): PriceSource => {
    const feedDecimals = decimals[index];
    if (feed !== undefined && feedDecimals !== undefined) return { kind: "market", feed, feedDecimals };
    if (share !== undefined) return rates[index] ?? { kind: "unknown" };
    return isFixed ? { kind: "fixed" } : { kind: "unknown" };
  });
}

/**
 * The assets that a vault's positions hold, with their prices at one block and where each price comes from, as far as
 * the oracles say; an asset that another one's price follows is listed too. Undescribable assets (no decimals) are
 * left out. A handful of requests.
 */
export async function fetchPriceSources(
  rpc: Rpc,
  request: PriceSourcesRequest,
): Promise<ReadonlyMap<Address, RiskAsset>> {
  const { block, signal } = request;
  const ask: Ask = async (calls) => {
    const results: (Hex | undefined)[] = [];
    for (const some of chunksOf(calls, CALLS_A_BATCH)) {
      const asked = some.map((call) => ethCall(call, block));
      results.push(...(await rpc.batch(asked, { signal })).map(viewResultOf));
    }
    return results;
  };
  const found = new Map<Address, RiskAsset>();
  let open = [...new Set(request.assets)];
  for (let level = 0; level <= MAX_NESTING && open.length > 0; level += 1) {
    const described = await describe(ask, { ...request, assets: open });
    const sources = await sourcesOf(ask, described);
    const followed = new Set<Address>();
    for (const [index, { asset }] of described.entries()) {
      const source = sources[index] ?? { kind: "unknown" };
      if (asset === undefined) continue;
      found.set(asset.address, { ...asset, source });
      if (source.kind === "exchange-rate") followed.add(source.of);
    }
    open = [...followed].filter((address) => !found.has(address));
  }
  return found;
}
