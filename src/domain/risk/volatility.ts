import { toChartNumber } from "@/shared/format";
import { known, unknown } from "../figure";
import { WAD } from "../math";
import type { Figure } from "../model";
import { answerAt, type Round } from "./rounds";

/*
 * Statistics of a feed's own rounds. They are ratios, never money, and the only floating-point numbers of the domain:
 * logarithms and square roots have no exact value. Good to about nine digits; pages show three.
 */

/** Seconds of the year that volatility is quoted by: 365 days. */
const YEAR_SECONDS = 31_536_000;

/** How much a price moved in its past. */
export interface Volatility {
  /** Standard deviation of a year's logarithmic return, 1 = 100 %, from squared returns between rounds, no drift. */
  readonly yearly: number;
  readonly rounds: number;
  readonly firstSeconds: bigint;
  readonly lastSeconds: bigint;
}

/**
 * Realised volatility: the square root of the sum of squared logarithmic returns between neighbouring rounds over the
 * time that they span. Unknown "not-published" with fewer than three rounds or no time between them, "no-price" where
 * an answer is not positive.
 */
export function realisedVolatilityOf(rounds: readonly Round[]): Figure<Volatility> {
  const first = rounds[0];
  const last = rounds.at(-1);
  if (first === undefined || last === undefined || rounds.length < 3) return unknown("not-published");
  const spanSeconds = toChartNumber({ value: last.atSeconds - first.atSeconds, decimals: 0 });
  if (spanSeconds <= 0) return unknown("not-published");
  let squares = 0;
  for (const [place, round] of rounds.entries()) {
    const before = rounds[place - 1];
    if (before === undefined) continue;
    if (before.answer <= 0n || round.answer <= 0n) return unknown("no-price");
    const change = Math.log(toChartNumber({ value: (round.answer * WAD) / before.answer, decimals: 18 }));
    squares += change * change;
  }
  return known({
    yearly: Math.sqrt((squares / spanSeconds) * YEAR_SECONDS),
    rounds: rounds.length,
    firstSeconds: first.atSeconds,
    lastSeconds: last.atSeconds,
  });
}

/** The deepest fall of a price over a span of time. */
export interface WorstFall {
  /** 1 − price after / price before, rounded down, 10^18 = 100 %; zero when it never fell. */
  readonly fallWad: bigint;
  readonly fromSeconds: bigint;
  readonly toSeconds: bigint;
}

/**
 * The worst fall over a horizon: at each round against the answer that stood a horizon earlier. Exact. Unknown
 * "not-published" where no round has an answer a horizon before it.
 */
export function worstFallOf(rounds: readonly Round[], horizonSeconds: bigint): Figure<WorstFall> {
  let worst: WorstFall | undefined;
  for (const round of rounds) {
    const fromSeconds = round.atSeconds - horizonSeconds;
    const before = answerAt(rounds, fromSeconds);
    if (before === undefined || before.answer <= 0n || round.answer < 0n) continue;
    const lost = before.answer - round.answer;
    const fallWad = lost > 0n ? (lost * WAD) / before.answer : 0n;
    if (worst === undefined || fallWad > worst.fallWad)
      worst = { fallWad, fromSeconds, toSeconds: round.atSeconds };
  }
  return worst === undefined ? unknown("not-published") : known(worst);
}

/** Coefficients of the approximation of the error function by Abramowitz and Stegun, 7.1.26; error below 1.5e-7. */
const ERF = [0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429] as const;

/** The standard normal distribution function; absolute error below 1e-7. */
export function normalBelow(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * z);
  const series = ERF.reduceRight((sum, coefficient) => (sum + coefficient) * t, 0);
  const tail = 0.5 * series * Math.exp(-z * z);
  return x < 0 ? tail : 1 - tail;
}

/** How likely a price that wanders without drift reaches a fall within a time; a model, and shown as one. */
export type HitChance =
  | { readonly kind: "already" }
  /** Not even a fall of 100 % gets there. */
  | { readonly kind: "unreachable" }
  | { readonly kind: "chance"; readonly within: number };

/**
 * Probability that a driftless logarithmic random walk touches a fall within a time: `2 Φ(−d / (σ √t))` with
 * `d = −ln(1 − fall)`: the general first-passage formula with μ = 0. Prices that are looked at only now and then touch
 * a little less often.
 *
 * @param input.fallWad the fall of the price-exposed part, 10^18 = 100 %
 */
export function hitChanceOf(input: {
  readonly fallWad: bigint | undefined;
  readonly yearlyVolatility: number;
  readonly seconds: number;
}): HitChance {
  const { fallWad, yearlyVolatility, seconds } = input;
  if (fallWad === undefined || fallWad >= WAD) return { kind: "unreachable" };
  if (fallWad <= 0n) return { kind: "already" };
  const distance = -Math.log1p(-toChartNumber({ value: fallWad, decimals: 18 }));
  const deviation = yearlyVolatility * Math.sqrt(seconds / YEAR_SECONDS);
  return { kind: "chance", within: deviation === 0 ? 0 : 2 * normalBelow(-distance / deviation) };
}

/** Φ⁻¹(3/4): half of all driftless walks have touched by the time at which this many deviations make the distance. */
const MEDIAN_DEVIATIONS = 0.674489750196;

/** Median time to touch a fall without drift, seconds: `(d / (0.6745 σ))²` years; undefined when it cannot be reached. */
export function medianSecondsToFall(input: {
  readonly fallWad: bigint | undefined;
  readonly yearlyVolatility: number;
}): number | undefined {
  const { fallWad, yearlyVolatility } = input;
  if (fallWad === undefined || fallWad >= WAD || yearlyVolatility <= 0) return undefined;
  if (fallWad <= 0n) return 0;
  const distance = -Math.log1p(-toChartNumber({ value: fallWad, decimals: 18 }));
  return (distance / (MEDIAN_DEVIATIONS * yearlyVolatility)) ** 2 * YEAR_SECONDS;
}
