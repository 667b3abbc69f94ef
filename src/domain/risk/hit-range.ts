import { known, unknown } from "../figure";
import type { Figure } from "../model";
import type { FallMark } from "./position-ahead";
import type { Round } from "./rounds";
import { hitChanceOf, medianSecondsToFall, realisedVolatilityOf } from "./volatility";

const DAY_SECONDS = 86_400n;
/** Windows that end at the newest round: the last week, the last month, everything that was read. */
const WINDOWS_SECONDS: readonly (bigint | undefined)[] = [7n * DAY_SECONDS, 30n * DAY_SECONDS, undefined];
/** A window with fewer rounds says more about the rounds than about the price. */
const LEAST_ROUNDS = 12;

/** Between which yearly volatilities a price moved, by the window that one looks at; 1 = 100 %. */
export interface VolatilityRange {
  readonly lowYearly: number;
  readonly highYearly: number;
  /** Of the whole sample. */
  readonly rounds: number;
  readonly spanSeconds: bigint;
}

/**
 * The lowest and the highest realised volatility among the last 7 days, the last 30 days and the whole sample. Which
 * window tells the future is not known, so all are shown. Unknown "not-published" with fewer than twelve rounds.
 */
export function volatilityRangeOf(rounds: readonly Round[]): Figure<VolatilityRange> {
  const first = rounds[0];
  const last = rounds.at(-1);
  if (first === undefined || last === undefined) return unknown("not-published");
  const found: number[] = [];
  for (const window of WINDOWS_SECONDS) {
    const some =
      window === undefined ? rounds : rounds.filter(({ atSeconds }) => atSeconds >= last.atSeconds - window);
    if (some.length < LEAST_ROUNDS) continue;
    const volatility = realisedVolatilityOf(some);
    if (volatility.kind === "known") found.push(volatility.value.yearly);
  }
  if (found.length === 0) return unknown("not-published");
  return known({
    lowYearly: Math.min(...found),
    highYearly: Math.max(...found),
    rounds: rounds.length,
    spanSeconds: last.atSeconds - first.atSeconds,
  });
}

/** How likely a fall is reached within a time, between two volatilities; a model. Probabilities, 1 = certain. */
export type HitRange =
  | { readonly kind: "already" }
  | { readonly kind: "unreachable" }
  | { readonly kind: "chance"; readonly low: number; readonly high: number };

/** The chance at both ends of the range of volatilities; it grows with the volatility. */
export function hitRangeOf(input: {
  readonly mark: FallMark;
  readonly volatility: Pick<VolatilityRange, "lowYearly" | "highYearly">;
  readonly seconds: number;
}): HitRange {
  const { mark, volatility, seconds } = input;
  if (mark.kind !== "at") return mark;
  const at = (yearlyVolatility: number): number => {
    const chance = hitChanceOf({ fallWad: mark.fallWad, yearlyVolatility, seconds });
    return chance.kind === "chance" ? chance.within : 0;
  };
  // A fall of exactly 100 % is a mark, but no price that is multiplied by something gets to zero.
  const certain = hitChanceOf({ fallWad: mark.fallWad, yearlyVolatility: 1, seconds });
  if (certain.kind !== "chance") return certain;
  return { kind: "chance", low: at(volatility.lowYearly), high: at(volatility.highYearly) };
}

/** Median time to a fall between two volatilities, seconds, the shorter one first; undefined where none leads there. */
export function medianRangeOf(
  mark: FallMark,
  volatility: Pick<VolatilityRange, "lowYearly" | "highYearly">,
): { readonly shortSeconds: number; readonly longSeconds: number | undefined } | undefined {
  if (mark.kind !== "at") return undefined;
  const { fallWad } = mark;
  const shortSeconds = medianSecondsToFall({ fallWad, yearlyVolatility: volatility.highYearly });
  if (shortSeconds === undefined) return undefined;
  return {
    shortSeconds,
    longSeconds: medianSecondsToFall({ fallWad, yearlyVolatility: volatility.lowYearly }),
  };
}
