import type { MarketHoldings } from "@/domain/market";
import type { Address, BlockRef, Hex } from "@/domain/model";
import { SHARE_VIEWS } from "../flux/sale-views";
import { encodeView } from "../flux/views";
import type { Rpc } from "../rpc/rpc";
import { ethCall, type ViewCall, viewResultOf } from "./call";
import { fetchComposition } from "./composition";
import type { ManagerComposition } from "./composition-parts";
import { chunksOf } from "./headers";
import { addressOf, uintOf } from "./view-values";

export interface MarketHoldingsRequest {
  readonly vault: Address;
  readonly managers: readonly Address[];
  readonly base: Address;
  readonly block: BlockRef;
  readonly signal?: AbortSignal | undefined;
}

/** What is still to be turned into something else: one manager's amount of one asset. */
interface Amount {
  readonly manager: Address;
  readonly asset: Address;
  readonly amount: bigint;
}

const CALLS_A_BATCH = 100;
/** Shares of shares are followed this far; what is nested deeper stays what it is. */
const MAX_NESTING = 3;

/** Amounts by manager and asset; undefined where a wrapper or a balance did not say. */
function amountsOf({ manager, wrappers }: ManagerComposition): readonly Amount[] | undefined {
  const sums = new Map<Address, bigint>();
  if (wrappers === undefined) return undefined;
  for (const { underlying, positions } of wrappers) {
    if (positions === undefined) return undefined;
    for (const { balance } of positions) {
      if (balance === undefined || underlying === undefined) return undefined;
      sums.set(underlying, (sums.get(underlying) ?? 0n) + balance);
    }
  }
  return [...sums].filter(([, amount]) => amount > 0n).map(([asset, amount]) => ({ manager, asset, amount }));
}

type Ask = (calls: readonly ViewCall[]) => Promise<readonly (Hex | undefined)[]>;

/** One level of shares redeemed for what they are made of; the rest as it is. */
async function redeemed(
  ask: Ask,
  amounts: readonly Amount[],
  assetsOf: Map<Address, Address | undefined>,
): Promise<{ readonly amounts: readonly Amount[]; readonly hasChanged: boolean }> {
  const fresh = [...new Set(amounts.map(({ asset }) => asset))].filter((asset) => !assetsOf.has(asset));
  const found = await ask(fresh.map((to) => ({ to, data: encodeView(SHARE_VIEWS.asset) })));
  for (const [index, asset] of fresh.entries()) assetsOf.set(asset, addressOf(found[index]));
  const isShare = ({ asset }: Amount): boolean =>
    assetsOf.get(asset) !== undefined && assetsOf.get(asset) !== asset;
  const shares = amounts.filter(isShare);
  const brought = await ask(
    shares.map(({ asset, amount }) => ({ to: asset, data: encodeView(SHARE_VIEWS.previewRedeem, [amount]) })),
  );
  const redeemedShares = shares.map((share, index): Amount => {
    const amount = uintOf(brought[index]);
    const asset = assetsOf.get(share.asset);
    return amount === undefined || asset === undefined ? share : { ...share, asset, amount };
  });
  return {
    amounts: [...amounts.filter((one) => !isShare(one)), ...redeemedShares],
    hasChanged: redeemedShares.some((one, index) => one !== shares[index]),
  };
}

/**
 * What positions hold at one block, shares of ERC-4626 vaults redeemed as far as they are shares of something. A
 * position that could not be read whole is left out. A handful of requests for any number of managers.
 */
export async function fetchMarketHoldings(
  rpc: Rpc,
  request: MarketHoldingsRequest,
): Promise<ReadonlyMap<Address, MarketHoldings>> {
  const { vault, managers, base, block, signal } = request;
  const compositions = await fetchComposition(rpc, { vault, managers, block, signal });
  const ask: Ask = async (calls) => {
    const results: (Hex | undefined)[] = [];
    for (const some of chunksOf(calls, CALLS_A_BATCH)) {
      const asked = some.map((call) => ethCall(call, block));
      results.push(...(await rpc.batch(asked, { signal })).map(viewResultOf));
    }
    return results;
  };
  const whole = compositions.flatMap((one) => {
    const amounts = amountsOf(one);
    return amounts === undefined ? [] : [{ manager: one.manager, amounts }];
  });
  let amounts: readonly Amount[] = whole.flatMap((one) => one.amounts);
  // The base asset itself is never redeemed, even where it is a share.
  const assetsOf = new Map<Address, Address | undefined>([[base, undefined]]);
  for (let depth = 0; depth < MAX_NESTING && amounts.length > 0; depth += 1) {
    const next = await redeemed(ask, amounts, assetsOf);
    amounts = next.amounts;
    if (!next.hasChanged) break;
  }
  const byManager = new Map<Address, Amount[]>(whole.map(({ manager }) => [manager, []]));
  for (const one of amounts) byManager.get(one.manager)?.push(one);
  return new Map([...byManager].map(([manager, own]) => [manager, holdingsOf(manager, { own, base })]));
}

function holdingsOf(
  manager: Address,
  { own, base }: { readonly own: readonly Amount[]; readonly base: Address },
): MarketHoldings {
  const sums = new Map<Address, bigint>();
  for (const { asset, amount } of own) {
    if (amount > 0n) sums.set(asset, (sums.get(asset) ?? 0n) + amount);
  }
  return {
    manager,
    baseAssets: sums.get(base) ?? 0n,
    others: [...sums].filter(([asset]) => asset !== base).map(([asset, amount]) => ({ asset, amount })),
  };
}
