import { units } from "../replay/fixed-point";

/** Assets of the devnet by the name that the histories use. */
export type Ticker = "USDC" | "WETH" | "WBTC" | "ARB" | "OAT" | "yWETH" | "eUSD";

/** Assets whose price is published in rounds; the others have an exchange-rate or a fixed oracle. */
export type FeedTicker = Exclude<Ticker, "yWETH" | "eUSD">;

/** Decimals of the Chainlink-style answers. */
export const FEED_DECIMALS = 8;

export const HOUR = 3_600;
export const DAY = 24 * HOUR;

/** A point of a price path: the price in USD at a time since the start of the history. */
export interface PricePoint {
  readonly atSeconds: number;
  readonly usd: string;
}

export interface PricePath {
  readonly ticker: FeedTicker;
  /** In time order; the first at 0. Between two points the price moves in a straight line with a little noise. */
  readonly points: readonly PricePoint[];
  /** Noise in parts per million of the price, either way. */
  readonly noisePpm: bigint;
  /** Published exactly as written, without noise: where a price decides who can be liquidated. */
  readonly exact: readonly { readonly fromSeconds: number; readonly toSeconds: number }[];
}

/** Answer of the feed (8 decimals) at a time since the start; the same at every run. */
export function answerAt(path: PricePath, atSeconds: number): bigint {
  const after = path.points.findIndex((point) => point.atSeconds > atSeconds);
  const right = path.points.at(after < 0 ? -1 : after);
  const left = path.points.at(after < 0 ? -1 : Math.max(0, after - 1));
  if (left === undefined || right === undefined) throw new RangeError(`${path.ticker} has no price path.`);
  const from = units(left.usd, FEED_DECIMALS);
  const to = units(right.usd, FEED_DECIMALS);
  const span = BigInt(Math.max(1, right.atSeconds - left.atSeconds));
  const straight = from + ((to - from) * BigInt(Math.max(0, atSeconds - left.atSeconds))) / span;
  const isExact = path.exact.some((span) => atSeconds >= span.fromSeconds && atSeconds <= span.toSeconds);
  return isExact ? straight : straight + (straight * noise(path, atSeconds)) / 1_000_000n;
}

/** A number in [-noisePpm, noisePpm] that depends on the asset and the hour alone. */
function noise(path: PricePath, atSeconds: number): bigint {
  let state = 2_166_136_261 ^ Math.floor(atSeconds / 60);
  for (const letter of path.ticker) state = Math.imul(state ^ letter.charCodeAt(0), 16_777_619) >>> 0;
  state ^= state >>> 15;
  state = Math.imul(state, 0x2c_1b_3c_6d) >>> 0;
  state ^= state >>> 12;
  const width = path.noisePpm * 2n + 1n;
  return (BigInt(state >>> 0) % width) - path.noisePpm;
}
