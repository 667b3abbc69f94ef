import { FEED_DECIMALS, type FeedTicker, type Ticker } from "../history/prices";
import { WAD } from "./fixed-point";
import { HistoryError } from "./vault-books";

export const TOKEN_DECIMALS: Readonly<Record<Ticker, number>> = {
  USDC: 6,
  WETH: 18,
  WBTC: 8,
  ARB: 18,
  OAT: 18,
  yWETH: 18,
  eUSD: 6,
};

/** Price that the fixed oracle of eUSD answers for ever: 1 USD. */
export const FIXED_PRICE_WAD: Readonly<Partial<Record<Ticker, bigint>>> = { eUSD: WAD };

const FEED_TO_WAD = 10n ** BigInt(18 - FEED_DECIMALS);

/** Prices as the oracles of the devnet give them, and the yield vault whose exchange rate is one of them. */
export class MarketModel {
  private readonly answers = new Map<FeedTicker, bigint>();
  /** The yield vault's tokens and shares: what it earns raises the one and not the other. */
  private readonly yieldVault = { assets: 0n, shares: 0n };

  publish(ticker: FeedTicker, answer: bigint): void {
    this.answers.set(ticker, answer);
  }

  /** The newest answer of a feed, as published. */
  answerOf(ticker: FeedTicker): bigint {
    const answer = this.answers.get(ticker);
    if (answer === undefined) throw new HistoryError(`${ticker} has no price yet.`);
    return answer;
  }

  openYieldVault(assets: bigint): void {
    this.yieldVault.assets = assets;
    this.yieldVault.shares = assets;
  }

  earn(assets: bigint): void {
    this.yieldVault.assets += assets;
  }

  priceUsdWad(ticker: Ticker): bigint {
    const fixed = FIXED_PRICE_WAD[ticker];
    if (fixed !== undefined) return fixed;
    if (ticker === "yWETH") {
      const perShare = (WAD * (this.yieldVault.assets + 1n)) / (this.yieldVault.shares + 1n);
      return (perShare * this.priceUsdWad("WETH")) / WAD;
    }
    if (ticker === "eUSD") throw new HistoryError("eUSD has a fixed price.");
    return this.answerOf(ticker) * FEED_TO_WAD;
  }

  /** Value of an amount in USD, 18 decimals, rounded down. */
  valueUsdWad(ticker: Ticker, amount: bigint): bigint {
    return (amount * this.priceUsdWad(ticker)) / 10n ** BigInt(TOKEN_DECIMALS[ticker]);
  }
}
