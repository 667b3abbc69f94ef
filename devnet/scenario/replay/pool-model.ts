import type { Ticker } from "../history/prices";
import { BPS, units } from "./fixed-point";
import { type MarketModel, TOKEN_DECIMALS } from "./market-model";
import { HistoryError } from "./vault-books";

/** Collateral that can be sold for USDC, and how much of it each pool holds when it is in line with the oracles. */
export const POOL_DEPTH = { WETH: "20000", WBTC: "900", ARB: "24000000" } as const satisfies Partial<
  Record<Ticker, string>
>;
export type PoolTicker = keyof typeof POOL_DEPTH;
export const POOL_TICKERS = Object.keys(POOL_DEPTH) as readonly PoolTicker[];
export const POOL_FEE_BPS = 5n;

/** What must be added to (or, when negative, taken out of) a pool to put it in line with the oracles. */
export interface PoolChange {
  readonly ticker: PoolTicker;
  readonly collateral: bigint;
  readonly usdc: bigint;
}

interface Reserves {
  collateral: bigint;
  usdc: bigint;
}

/** The devnet's constant-product pools, one for each sellable asset, all against USDC. */
export class PoolModel {
  private readonly reserves = new Map<PoolTicker, Reserves>();
  private readonly market: MarketModel;

  constructor(market: MarketModel) {
    this.market = market;
  }

  reservesOf(ticker: PoolTicker): Readonly<Reserves> {
    return this.reserves.get(ticker) ?? { collateral: 0n, usdc: 0n };
  }

  /** The liquidity owner moves the pool to the oracle price; a pool that is in line already is left alone. */
  align(ticker: PoolTicker): PoolChange | undefined {
    const depth = units(POOL_DEPTH[ticker], TOKEN_DECIMALS[ticker]);
    const usd = this.market.valueUsdWad(ticker, depth);
    const wanted = {
      collateral: depth,
      usdc: (usd * 10n ** BigInt(TOKEN_DECIMALS.USDC)) / this.market.priceUsdWad("USDC"),
    };
    const now = this.reservesOf(ticker);
    this.reserves.set(ticker, wanted);
    const change = {
      ticker,
      collateral: wanted.collateral - now.collateral,
      usdc: wanted.usdc - now.usdc,
    };
    return change.collateral === 0n && change.usdc === 0n ? undefined : change;
  }

  /** Sells collateral for USDC; the fee stays in the pool. Returns what comes out, rounded down. */
  sell(ticker: PoolTicker, amount: bigint): bigint {
    const reserves = this.reserves.get(ticker);
    if (reserves === undefined) throw new HistoryError(`There is no pool for ${ticker} yet.`);
    const taken = amount * (BPS - POOL_FEE_BPS);
    const out = (taken * reserves.usdc) / (reserves.collateral * BPS + taken);
    reserves.collateral += amount;
    reserves.usdc -= out;
    return out;
  }
}
