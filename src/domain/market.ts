import type { CompleteSnapshot } from "./complete";
import { figureOf, known, mapFigure, sumFigures, unknown } from "./figure";
import { positionValueOf, trueDebtAssets } from "./health";
import { marketMarkedBadDebtAssets } from "./liquidation";
import { BPS, divFloor, sumOf, WAD } from "./math";
import type { Address, Figure, ManagerState } from "./model";

/*
 * What the market pays, as against what the oracle says: constant-product pools (x · y = k with a fee on what is sold),
 * and the bad debt that would be left if every position were sold into them.
 */

/** A constant-product pool, seen from the asset that is sold for the base asset. */
export interface PoolReserves {
  readonly reserveIn: bigint;
  readonly reserveOutAssets: bigint;
  /** Of what is sold; it stays in the pool. */
  readonly feeBps: bigint;
}

/**
 * What selling `amountIn` brings, base-asset units, rounded down as the pool does:
 * `in' × reserveOut / (reserveIn + in')` with `in' = in × (1 − fee)`, over one denominator so that one rounding
 * happens. Zero for an empty pool. Source: `ConstantProductPool.quoteExactIn`, the formula of Uniswap v2.
 */
export function saleProceedsDown(pool: PoolReserves, amountIn: bigint): bigint {
  const taken = amountIn * (BPS - pool.feeBps);
  if (taken <= 0n || pool.reserveIn <= 0n) return 0n;
  return (taken * pool.reserveOutAssets) / (pool.reserveIn * BPS + taken);
}

/** An average price as an exact pair: so many base-asset units for so many units of the asset sold. */
export interface ExecutionPrice {
  readonly assets: bigint;
  readonly amount: bigint;
}

/**
 * How much can be sold before the average price of the whole sale falls below `least`: the largest amount with
 * `proceeds / amount >= least`, before the pool rounds its proceeds down. Zero where already the first unit brings less.
 * With `least` 1, 2 or 5 % under the oracle's price this is the exit depth at 1, 2 or 5 %.
 */
export function depthAtPriceDown(pool: PoolReserves, least: ExecutionPrice): bigint {
  const kept = BPS - pool.feeBps;
  if (kept <= 0n || pool.reserveIn <= 0n || least.amount <= 0n) return 0n;
  // kept · R_out / (R_in · BPS + kept · in) >= assets / amount, solved for `in`.
  const room = kept * pool.reserveOutAssets * least.amount - pool.reserveIn * BPS * least.assets;
  if (room <= 0n || least.assets <= 0n) return 0n;
  return room / (kept * least.assets);
}

/** A price that is `underWad` (10^18 = 100 %) below another, exact. */
export function priceBelow(price: ExecutionPrice, underWad: bigint): ExecutionPrice {
  return { assets: price.assets * (WAD - underWad), amount: price.amount * WAD };
}

/**
 * How much worse a sale is than a value: `1 − proceeds / value`, rounded up (10^18 = 100 %); negative when the market
 * pays more. Unknown "no-price" where the value is not positive.
 */
export function slippageWadUp(input: {
  readonly proceedsAssets: bigint;
  readonly valueAssets: bigint;
}): Figure {
  const { proceedsAssets, valueAssets } = input;
  if (valueAssets <= 0n) return unknown("no-price");
  return known(WAD - divFloor(proceedsAssets * WAD, valueAssets));
}

/** A pool by its address. */
export interface Pool extends PoolReserves {
  readonly pool: Address;
}

/** One sale of a whole holding to the pool that pays most for it. */
export interface MarketSale {
  readonly asset: Address;
  readonly amount: bigint;
  readonly pool: Address;
  readonly proceedsAssets: bigint;
}

/** The pool that pays most for an amount, and what it pays; the first one where several pay the same. */
export function bestSaleOf(
  pools: readonly Pool[],
  { asset, amount }: { readonly asset: Address; readonly amount: bigint },
): MarketSale | undefined {
  let best: MarketSale | undefined;
  for (const pool of pools) {
    const proceedsAssets = saleProceedsDown(pool, amount);
    if (best === undefined || proceedsAssets > best.proceedsAssets) {
      best = { asset, amount, pool: pool.pool, proceedsAssets };
    }
  }
  return best;
}

/** What a position holds, shares of other vaults redeemed for what they are made of. */
export interface MarketHoldings {
  readonly manager: Address;
  /** In the wrappers, in the base asset itself; bond and working capital come on top. */
  readonly baseAssets: bigint;
  /** In other assets, each with its amount; none of zero. */
  readonly others: readonly { readonly asset: Address; readonly amount: bigint }[];
}

/** One position valued by what the market would pay for it. */
export interface ManagerMark {
  readonly manager: Address;
  readonly trueDebtAssets: bigint;
  /** Base asset held, and the proceeds of selling everything else: (1 − s) · V. */
  readonly marketValueAssets: Figure;
  /** How much worse that is than the oracle's value, rounded up. */
  readonly slippageWad: Figure;
  /** max(0, D − (1 − m)(1 − s) · V). */
  readonly badDebtAssets: Figure;
  readonly sales: readonly MarketSale[];
  /** Held, and without a configured pool: why the mark is not known. */
  readonly assetsWithoutPool: readonly Address[];
}

/** All positions of a vault, marked to the market. */
export interface MarketMark {
  readonly managers: readonly ManagerMark[];
  /** Unknown as soon as one position's mark is. */
  readonly badDebtAssets: Figure;
  /** The known marks alone: the others can only add to it. Never to be shown as the total. */
  readonly atLeastBadDebtAssets: bigint;
  readonly assetsWithoutPool: readonly Address[];
}

export interface MarketMarkInput {
  readonly complete: CompleteSnapshot;
  /** By manager; one that is missing could not be read. */
  readonly holdings: ReadonlyMap<Address, MarketHoldings>;
  /** Pools for the base asset, by the asset that can be sold to them. */
  readonly pools: ReadonlyMap<Address, readonly Pool[]>;
}

const NOTHING_OWED = {
  marketValueAssets: unknown("no-debt"),
  slippageWad: unknown("no-debt"),
  badDebtAssets: known(0n),
  sales: [],
  assetsWithoutPool: [],
} as const satisfies Partial<ManagerMark>;

function markOf(manager: ManagerState, { complete, holdings, pools }: MarketMarkInput): ManagerMark {
  const owed = trueDebtAssets(manager);
  const named = { manager: manager.manager, trueDebtAssets: owed };
  if (owed === 0n) return { ...named, ...NOTHING_OWED };
  const held = holdings.get(manager.manager);
  const others = held?.others ?? [];
  const without = others.map(({ asset }) => asset).filter((asset) => (pools.get(asset)?.length ?? 0) === 0);
  const sales = others
    .map((other) => bestSaleOf(pools.get(other.asset) ?? [], other))
    .filter((sale) => sale !== undefined);
  const reason = held === undefined ? "value-unreadable" : "not-published";
  const isMarked = held !== undefined && without.length === 0;
  const base = manager.bondAssets + manager.workingCapitalAssets + (held?.baseAssets ?? 0n);
  const proceeds = sumOf(sales.map(({ proceedsAssets }) => proceedsAssets));
  const marketValueAssets = figureOf(isMarked ? base + proceeds : undefined, reason);
  const { state } = complete;
  const value = positionValueOf(manager, state);
  return {
    ...named,
    marketValueAssets,
    slippageWad:
      marketValueAssets.kind === "unknown" || value.kind === "unknown"
        ? unknown(marketValueAssets.kind === "unknown" ? reason : "no-price")
        : slippageWadUp({ proceedsAssets: marketValueAssets.value, valueAssets: value.value.valueAssets }),
    // The slippage is in the value already: what the pools pay is rounded by them, and nothing is rounded twice.
    badDebtAssets: mapFigure(marketValueAssets, (valueAssets) =>
      marketMarkedBadDebtAssets({
        valueAssets,
        trueDebtAssets: owed,
        profitMarginWad: state.flux.strategy.liquidationProfitMarginWad,
        slippageWad: 0n,
      }),
    ),
    sales,
    assetsWithoutPool: without,
  };
}

/**
 * Marks every position to the market: `Σ max(0, D − (1 − m)(1 − s_j) · V_j)`, where `(1 − s_j) · V_j` is the base asset
 * that the position holds and what its whole holding of each other asset would bring in the pool that pays most for it,
 * at the reserves of the snapshot's block.
 *
 * Each position is sold alone: positions that would be sold into the same pool one after the other bring less, so the
 * sum is the least that the market would leave unpaid. Only assets with a configured pool have a mark; with another one
 * the position's mark is unknown "not-published", and the total with it.
 */
export function marketMarkOf(input: MarketMarkInput): MarketMark {
  const managers = input.complete.managers.map((manager) => markOf(manager, input));
  return {
    managers,
    badDebtAssets: sumFigures(managers.map(({ badDebtAssets }) => badDebtAssets)),
    atLeastBadDebtAssets: sumOf(
      managers.map(({ badDebtAssets }) => (badDebtAssets.kind === "known" ? badDebtAssets.value : 0n)),
    ),
    assetsWithoutPool: [...new Set(managers.flatMap(({ assetsWithoutPool }) => assetsWithoutPool))],
  };
}
