import { chainFigure, unknown } from "@/domain/figure";
import { utilisationWadDown } from "@/domain/headline";
import {
  type Corridor,
  corridorOf,
  type DropTable,
  dropTableOf,
  type PaymentRule,
} from "@/domain/liquidation";
import type { Figure, StrategyState, VaultState } from "@/domain/model";
import { collateralOf, type Exposure, mostExposedOf } from "@/domain/risk/collateral";
import type { RiskBook } from "@/domain/risk/model";
import {
  compareWithProfiles,
  type Profile,
  type ProfileComparison,
  type Range,
  type Standing,
} from "@/domain/risk/profiles";
import type { Round } from "@/domain/risk/rounds";
import { type WorstFall, worstFallOf } from "@/domain/risk/volatility";

/** A parameter that profiles give bounds for. */
export type BoundName = "interestRateWad" | "minBondRatioWad" | "liquidationBufferWad";

/** One parameter against one published profile. */
export interface BoundRow {
  readonly name: BoundName;
  readonly valueWad: bigint;
  readonly standings: readonly {
    readonly profile: Profile["name"];
    readonly range: Range;
    readonly standing: Standing;
  }[];
}

const BOUNDS = [
  ["interestRateWad", "interestRate"],
  ["minBondRatioWad", "minBondRatio"],
  ["liquidationBufferWad", "liquidationBuffer"],
] as const satisfies readonly (readonly [BoundName, keyof ProfileComparison])[];

/** Every bounded parameter beside every published profile: facts, and no grade made of them. */
export function boundRowsOf(strategy: StrategyState): readonly BoundRow[] {
  const compared = compareWithProfiles(strategy);
  return BOUNDS.map(([name, standing]) => ({
    name,
    valueWad: strategy[name],
    standings: compared.map((one) => ({
      profile: one.profile.name,
      range: one.profile[name],
      standing: one[standing],
    })),
  }));
}

/** The gap tolerance beside the worst recorded hour of the asset that moves most of the collateral. */
export interface GapFact {
  readonly exposure: Exposure;
  readonly fall: WorstFall;
  readonly gapWad: Figure;
  /** The rule that the gap is taken under. */
  readonly rule: PaymentRule;
  /** The gap is smaller than that hour's fall. */
  readonly isBelow: boolean;
}

const HOUR_SECONDS = 3_600n;

/** Compares g with the worst hour; unknown "not-published" where no feed moves the collateral, or its past is too short. */
export function gapFactOf(input: {
  readonly book: RiskBook;
  readonly strategy: StrategyState;
  readonly roundsOf: (exposure: Exposure) => readonly Round[] | undefined;
}): Figure<GapFact> {
  const { book, strategy, roundsOf } = input;
  const exposure = mostExposedOf(book, collateralOf(book));
  const rounds = exposure === undefined ? undefined : roundsOf(exposure);
  if (exposure === undefined || rounds === undefined) return unknown("not-published");
  return chainFigure(worstFallOf(rounds, HOUR_SECONDS), (fall) => {
    const corridor = corridorOf(strategy);
    // Where the quotes do not tell the rule, the harder one counts.
    const rule = book.rule ?? "b";
    const gapWad = rule === "a" ? corridor.gapToleranceAWad : corridor.gapToleranceBWad;
    const isBelow = gapWad.kind === "known" && gapWad.value < fall.fallWad;
    return { kind: "known", value: { exposure, fall, gapWad, rule, isBelow } };
  });
}

/** The strategy's parameters with what follows from them. */
export interface Derived {
  readonly strategy: StrategyState;
  readonly corridor: Corridor;
  readonly drops: DropTable;
}

export function derivedOf(strategy: StrategyState): Derived {
  return { strategy, corridor: corridorOf(strategy), drops: dropTableOf(strategy) };
}

/** One vault in the table of peers. */
export interface PeerRow {
  readonly key: string;
  readonly name: string;
  readonly chainName: string;
  readonly href: string;
  readonly isThis: boolean;
  /** undefined while it is read, or when it cannot be: `fault` says which. */
  readonly state: VaultState | undefined;
  readonly fault: string | undefined;
  readonly derived: Derived | undefined;
  readonly utilisationWad: Figure;
}

/** A vault's row, from its state alone. */
export function peerRowOf(
  about: Pick<PeerRow, "key" | "name" | "chainName" | "href" | "isThis" | "state" | "fault">,
): PeerRow {
  const { state } = about;
  return {
    ...about,
    derived: state?.flux === undefined ? undefined : derivedOf(state.flux.strategy),
    utilisationWad: state === undefined ? unknown("not-published") : utilisationWadDown(state),
  };
}
