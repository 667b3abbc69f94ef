import { WAD } from "../math";
import type { StrategyState } from "../model";

/** A published way to set a vault up. Bounds 10^18 = 100 %; undefined where none is published. */
export interface Profile {
  readonly name: "conservative" | "moderate" | "aggressive";
  readonly interestRateWad: Range;
  readonly minBondRatioWad: Range;
  readonly liquidationBufferWad: Range;
}

/** From (inclusive) to (inclusive); an end that is not published is open. */
export interface Range {
  readonly fromWad: bigint | undefined;
  readonly toWad: bigint | undefined;
}

const percent = (value: bigint): bigint => (value * WAD) / 100n;
const range = (from: bigint | undefined, to: bigint | undefined): Range => ({
  fromWad: from === undefined ? undefined : percent(from),
  toWad: to === undefined ? undefined : percent(to),
});

/**
 * The three profiles of the Flux documentation, page "choosing a vault strategy". For the buffer it gives a figure
 * only in the middle one ("large" and "smaller" for the others): such a bound stays open here.
 */
export const PROFILES: readonly Profile[] = [
  {
    name: "conservative",
    interestRateWad: range(5n, 12n),
    minBondRatioWad: range(25n, undefined),
    liquidationBufferWad: range(undefined, undefined),
  },
  {
    name: "moderate",
    interestRateWad: range(12n, 20n),
    minBondRatioWad: range(20n, 25n),
    liquidationBufferWad: range(10n, 15n),
  },
  {
    name: "aggressive",
    interestRateWad: range(20n, undefined),
    minBondRatioWad: range(15n, 20n),
    liquidationBufferWad: range(undefined, undefined),
  },
];

/** Where a value stands against a range. */
export type Standing = "inside" | "below" | "above" | "not-published";

/** Compares a value with a range; both ends belong to it. */
export function standingOf(valueWad: bigint, { fromWad, toWad }: Range): Standing {
  if (fromWad === undefined && toWad === undefined) return "not-published";
  if (fromWad !== undefined && valueWad < fromWad) return "below";
  return toWad !== undefined && valueWad > toWad ? "above" : "inside";
}

/** A strategy's parameters beside one profile: facts, and no grade made of them. */
export interface ProfileComparison {
  readonly profile: Profile;
  readonly interestRate: Standing;
  readonly minBondRatio: Standing;
  readonly liquidationBuffer: Standing;
}

/** A strategy beside every published profile. */
export function compareWithProfiles(strategy: StrategyState): readonly ProfileComparison[] {
  return PROFILES.map((profile) => ({
    profile,
    interestRate: standingOf(strategy.interestRateWad, profile.interestRateWad),
    minBondRatio: standingOf(strategy.minBondRatioWad, profile.minBondRatioWad),
    liquidationBuffer: standingOf(strategy.liquidationBufferWad, profile.liquidationBufferWad),
  }));
}
