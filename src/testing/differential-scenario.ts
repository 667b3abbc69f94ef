/** Random vaults for the differential tests: parameters of every kind, and positions about every line. */
import fc from "fast-check";
import { WAD } from "@/domain/math";

export interface Scenario {
  readonly decimals: 6 | 18;
  /** Feed answers, 8 decimals, after the fall. */
  readonly basePriceE8: bigint;
  readonly collateralPriceE8: bigint;
  readonly bondWad: bigint;
  /** The buffer as a part of the bond ratio, 10^18 = all of it. */
  readonly bufferOfBondWad: bigint;
  readonly marginWad: bigint;
  readonly rule: "a" | "b";
  readonly rateWad: bigint;
  readonly laterRateWad: bigint;
  readonly protocolFeeBps: bigint;
  readonly curatorFeeBps: bigint;
  /** Set halfway; undefined: the fee stays. */
  readonly laterCuratorFeeBps: bigint | undefined;
  /** Deposits in millionths of a whole asset and odd units on top. */
  readonly deposits: readonly (readonly [bigint, bigint])[];
  /** Each manager's part of a quarter of the deposits, its working capital, and its final health, as a part of the threshold. */
  readonly managers: readonly {
    readonly principalWad: bigint;
    readonly capitalWad: bigint;
    readonly healthWad: bigint;
  }[];
  readonly firstSeconds: number;
  readonly secondSeconds: number;
  readonly bondStepWad: bigint;
}

const wad = (from: bigint, to: bigint) => fc.bigInt({ min: (from * WAD) / 1000n, max: (to * WAD) / 1000n });

const managerArbitrary = fc.record({
  principalWad: fc.oneof(wad(10n, 1000n), fc.bigInt({ min: 1n, max: 10n ** 11n })),
  capitalWad: fc.oneof(fc.constant(0n), wad(0n, 200n)),
  healthWad: fc.oneof(wad(300n, 930n), wad(930n, 1000n), wad(1000n, 1080n), wad(1080n, 1500n)),
});

const scenarioArbitrary: fc.Arbitrary<Scenario> = fc.record({
  decimals: fc.constantFrom(6, 18),
  basePriceE8: fc.oneof(
    fc.constant(100_000_000n),
    fc.bigInt({ min: 90_000_000n, max: 110_000_000n }),
    fc.bigInt({ min: 30_000_000n, max: 300_000_000_000n }),
  ),
  collateralPriceE8: fc.bigInt({ min: 1_000_000_000n, max: 500_000_000_000n }),
  bondWad: wad(50n, 600n),
  bufferOfBondWad: wad(0n, 999n),
  marginWad: fc.oneof(fc.constant(0n), fc.constant(WAD / 100n), wad(0n, 250n)),
  rule: fc.constantFrom("a", "b"),
  rateWad: fc.oneof(fc.constant(0n), wad(10n, 800n), wad(10n, 800n)),
  laterRateWad: fc.oneof(fc.constant(0n), wad(10n, 800n), wad(10n, 800n), wad(10n, 800n)),
  protocolFeeBps: fc.bigInt({ min: 0n, max: 2_500n }),
  curatorFeeBps: fc.bigInt({ min: 0n, max: 5_000n }),
  laterCuratorFeeBps: fc.option(fc.bigInt({ min: 0n, max: 5_000n }), { nil: undefined, freq: 3 }),
  deposits: fc.array(
    fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 12n })),
    { minLength: 3, maxLength: 3 },
  ),
  managers: fc.array(managerArbitrary, { minLength: 3, maxLength: 3 }),
  firstSeconds: fc.integer({ min: 0, max: 40_000_000 }),
  secondSeconds: fc.integer({ min: 1, max: 40_000_000 }),
  bondStepWad: fc.oneof(wad(-100n, 100n), wad(-500n, 500n)),
});

const hundredths = (count: bigint) => (count * WAD) / 100n;

/**
 * Round numbers, so that a position stands exactly at its threshold of 110 %: 110,000 against 100,000. Chance would
 * not find it, and there a strict comparison differs from one that is not.
 */
const atTheLine: Scenario = {
  decimals: 6,
  basePriceE8: 100_000_000n,
  collateralPriceE8: 100_000_000_000n,
  bondWad: hundredths(20n),
  bufferOfBondWad: hundredths(50n),
  marginWad: hundredths(1n),
  rule: "a",
  rateWad: 0n,
  laterRateWad: 0n,
  protocolFeeBps: 500n,
  curatorFeeBps: 1_000n,
  laterCuratorFeeBps: undefined,
  deposits: [
    [1_000_000_000_000n, 0n],
    [1_000_000_000_000n, 0n],
    [2_000_000_000_000n, 0n],
  ],
  managers: [100n, 100n, 90n].map((health) => ({
    principalWad: hundredths(10n),
    capitalWad: hundredths(10n),
    healthWad: hundredths(health),
  })),
  firstSeconds: 1,
  secondSeconds: 1,
  bondStepWad: 1n,
};

/** The vault at the line and `random` others; one seed gives the same ones every time. */
export function scenariosOf(input: { readonly seed: number; readonly random: number }): readonly Scenario[] {
  return [atTheLine, ...fc.sample(scenarioArbitrary, { seed: input.seed, numRuns: input.random })];
}
