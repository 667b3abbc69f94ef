import type { Moment } from "./actions";
import { answerAt, DAY, type FeedTicker, HOUR, type PricePath } from "./prices";

/**
 * The devnet's markets over 126 days: a crash of WETH and WBTC on days 44 and 45 with an outage of the feeds in the
 * middle, an exploit of ARB on day 80 while USDC leaves its peg, and a slide over the last three days.
 */
export const HISTORY_SECONDS = 126 * DAY;

const day = (days: number, usd: string) => ({ atSeconds: Math.round(days * DAY), usd });
const hours = (fromDay: number, toDay: number) => ({
  fromSeconds: Math.round(fromDay * DAY),
  toSeconds: Math.round(toDay * DAY),
});

const CRASH = hours(43.5, 47);
const EXPLOIT = hours(80, 82);
const SLIDE = hours(123.5, 126);
/** No round between 12:00 and 15:00 of day 44: the crash's worst jump. */
const OUTAGE = hours(44.51, 44.62);

export const PRICE_PATHS: Readonly<Record<FeedTicker, PricePath>> = {
  WETH: {
    ticker: "WETH",
    noisePpm: 4_000n,
    exact: [CRASH, SLIDE],
    points: [
      day(0, "3180"),
      day(12, "3310"),
      day(24, "3440"),
      day(36, "3620"),
      day(43, "3700"),
      day(43.5, "3700"),
      day(44, "3640"),
      day(44.25, "3480"),
      day(44.375, "3390"),
      day(44.5, "3310"),
      day(44.625, "2820"),
      day(45, "2760"),
      day(45.25, "2690"),
      day(45.5, "2610"),
      day(46, "2720"),
      day(47, "2800"),
      day(50, "2890"),
      day(60, "3010"),
      day(75, "3180"),
      day(90, "3260"),
      day(105, "3340"),
      day(118, "3390"),
      day(123.5, "3330"),
      day(124, "3240"),
      day(124.5, "3120"),
      day(125, "3010"),
      day(125.5, "2930"),
      day(126, "2900"),
    ],
  },
  WBTC: {
    ticker: "WBTC",
    noisePpm: 3_000n,
    exact: [CRASH, SLIDE],
    points: [
      day(0, "61000"),
      day(24, "63500"),
      day(43, "66000"),
      day(43.5, "66000"),
      day(44, "65400"),
      day(44.5, "61800"),
      day(44.625, "58900"),
      day(45, "57400"),
      day(45.5, "55200"),
      day(46, "56800"),
      day(50, "58500"),
      day(75, "60200"),
      day(105, "63800"),
      day(123.5, "64200"),
      day(125, "61500"),
      day(126, "60900"),
    ],
  },
  ARB: {
    ticker: "ARB",
    noisePpm: 6_000n,
    exact: [hours(23.5, 24.5), EXPLOIT, SLIDE],
    points: [
      day(0, "1.10"),
      day(14, "1.16"),
      day(23.5, "1.02"),
      day(24, "0.995"),
      day(26, "1.05"),
      day(43, "1.14"),
      day(45.5, "0.86"),
      day(50, "0.92"),
      day(80, "0.98"),
      day(80 + 12 / 24, "0.97"),
      day(80 + 13 / 24, "0.53"),
      day(81, "0.50"),
      day(83, "0.55"),
      day(100, "0.58"),
      day(126, "0.56"),
    ],
  },
  USDC: {
    ticker: "USDC",
    noisePpm: 60n,
    exact: [EXPLOIT, SLIDE, hours(117.5, 118.5)],
    points: [
      day(0, "1"),
      day(43, "1"),
      day(44.5, "0.9991"),
      day(45, "0.9985"),
      day(47, "0.9998"),
      day(80, "0.9999"),
      day(80 + 9 / 24, "0.9930"),
      day(80 + 12 / 24, "0.9860"),
      day(80 + 14 / 24, "0.9815"),
      day(81, "0.9720"),
      day(81.5, "0.9785"),
      day(82, "0.9880"),
      day(83, "0.9960"),
      day(85, "0.9992"),
      day(100, "1.0002"),
      day(117, "1"),
      day(119, "1"),
      day(126, "0.9996"),
    ],
  },
  OAT: {
    ticker: "OAT",
    noisePpm: 0n,
    exact: [hours(0, 126)],
    points: [day(0, "1"), day(117.75, "1"), day(118, "0.75"), day(126, "0.75")],
  },
};

/** Seconds between rounds on an ordinary day, and around the crash, the exploit and the slide. */
const CALM_INTERVAL = 8 * HOUR;
const BUSY_INTERVAL = HOUR;
/** USDC hardly moves: one round a day is what its heartbeat asks for. */
const STABLE_INTERVAL = DAY;

/** When the feeds publish: every eight hours, hourly in the busy spans, never during the outage. */
export function roundTimes(): readonly number[] {
  const times = new Set<number>();
  for (let at = 0; at <= HISTORY_SECONDS; at += CALM_INTERVAL) times.add(at);
  for (const span of [CRASH, EXPLOIT, SLIDE]) {
    for (let at = span.fromSeconds; at <= span.toSeconds; at += BUSY_INTERVAL) times.add(at);
  }
  return [...times]
    .filter((at) => at < OUTAGE.fromSeconds || at > OUTAGE.toSeconds)
    .sort((left, right) => left - right);
}

/** The rounds of the given feeds; several feeds publish in one block. */
export function marketMoments(tickers: readonly FeedTicker[]): readonly Moment[] {
  const last = new Map<string, bigint>();
  return roundTimes().flatMap((atSeconds) => {
    const actions = tickers.flatMap((ticker) => {
      const answer = answerAt(PRICE_PATHS[ticker], atSeconds);
      const slow = ticker === "USDC" || ticker === "OAT";
      const due = !slow || atSeconds % STABLE_INTERVAL === 0 || moved(last.get(ticker), answer);
      if (!due) return [];
      last.set(ticker, answer);
      return [{ do: "price", ticker, answer } as const];
    });
    return actions.length === 0 ? [] : [{ atSeconds, actions }];
  });
}

/** A slow feed also publishes when the price has moved by a tenth of a per cent. */
function moved(before: bigint | undefined, now: bigint): boolean {
  if (before === undefined) return true;
  const change = now > before ? now - before : before - now;
  return change * 1_000n >= before;
}
