import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  BASE,
  FIXED,
  partOf,
  riskAssetsOf,
  riskBookOf,
  riskPositionOf,
  SHARES_OF_WETH,
  WETH,
} from "@/testing/risk-builders";
import { addressFrom, fluxOf, percent, stateOf, strategyOf, USDC } from "@/testing/vault-builders";
import { debtUsdWadDown } from "../health";
import { WAD } from "../math";
import type { Address } from "../model";
import type { Prices, RiskBook, RiskPosition } from "./model";
import { outcomeAt, type ParameterChoice } from "./outcome";
import { todaysPrices } from "./prices";
import { prepareScenarios, type ScenarioTotals } from "./scenarios";

const ETHER = 10n ** 18n;

/** The totals of the direct way: every position by itself, in whole numbers. */
function directTotals(book: RiskBook, at: { readonly prices: Prices } & ParameterChoice): ScenarioTotals {
  const whole = outcomeAt(book, at);
  return {
    badDebtAssets: whole.badDebtAssets,
    lpLossAssets: whole.lpLossAssets,
    liquidationsAtRiskAssets: whole.liquidationsAtRiskAssets,
    managersLiquidatable: whole.managersLiquidatable,
    managersLosing: whole.managersLosing,
  };
}

/** The totals of both ways, ours first. */
function bothWays(
  book: RiskBook,
  scenarios: readonly Prices[],
  choice: ParameterChoice = {},
): readonly [readonly ScenarioTotals[], readonly ScenarioTotals[]] {
  const { totalsAt } = prepareScenarios(book, choice);
  return [scenarios.map(totalsAt), scenarios.map((prices) => directTotals(book, { ...choice, prices }))];
}

const amount = (max: bigint) => fc.bigInt({ min: 0n, max });
/** Also amounts so large or so small that floating point tells nothing about their last digits. */
const anyAmount = fc.oneof(amount(300n * ETHER), amount(10n), amount(10n ** 30n), amount(2n ** 128n));

const parts = fc.array(
  fc.record({
    asset: fc.constantFrom(BASE, WETH, SHARES_OF_WETH, FIXED),
    amount: anyAmount,
    isBond: fc.boolean(),
  }),
  { maxLength: 6 },
);

const prices: fc.Arbitrary<Prices> = fc
  .record({
    base: fc.oneof(fc.constant(WAD), fc.bigInt({ min: 1n, max: 2n * WAD })),
    weth: fc.oneof(amount(4_000n * WAD), amount(3n)),
    shares: amount(4_000n * WAD),
    fixed: fc.constantFrom(0n, WAD),
  })
  .map(
    ({ base, weth, shares, fixed }): Prices =>
      new Map([
        [BASE, base],
        [WETH, weth],
        [SHARES_OF_WETH, shares],
        [FIXED, fixed],
      ]),
  );

const parameters = fc.record({
  rule: fc.constantFrom("a" as const, "b" as const),
  margin: fc.constantFrom(0n, 1n, percent(1), percent(12), WAD, WAD + 1n),
  bond: fc.bigInt({ min: 0n, max: percent(60) }),
});

/** A debt as near as chance or the threshold itself puts it to what the parts are worth at given prices. */
function debtNear(input: {
  readonly parts: RiskPosition["parts"];
  readonly prices: Prices;
  readonly thresholdWad: bigint;
  readonly offset: bigint;
}): bigint {
  const assets = riskAssetsOf();
  const valueUsdWad = input.parts.reduce((sum, { asset, amount: held }) => {
    const decimals = assets.get(asset)?.decimals ?? 18;
    return sum + (held * (input.prices.get(asset) ?? 0n)) / 10n ** BigInt(decimals);
  }, 0n);
  const basePrice = input.prices.get(BASE) ?? WAD;
  const debt = (valueUsdWad * WAD * USDC) / (input.thresholdWad * basePrice) + input.offset;
  return debt > 0n ? debt : 0n;
}

const drawn = fc
  .record({
    scenarios: fc.array(prices, { minLength: 1, maxLength: 5 }),
    holdings: fc.array(
      fc.record({
        parts,
        offset: fc.oneof(
          fc.bigInt({ min: -3n, max: 3n }),
          fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        ),
        /** 100 %: at the value itself, where losses begin; otherwise at the threshold. */
        isAtValue: fc.boolean(),
        interest: fc.bigInt({ min: 0n, max: 100n }),
      }),
      { maxLength: 10 },
    ),
    parameters,
  })
  .map(({ scenarios, holdings, parameters: { rule, margin, bond } }) => {
    const [first = new Map<Address, bigint>()] = scenarios;
    const positions = holdings.map(({ parts: held, offset, isAtValue, interest }, index) => {
      const thresholdWad = isAtValue ? WAD : WAD + bond - percent(10);
      const debt = debtNear({ parts: held, prices: first, thresholdWad, offset });
      const accruedInterestAssets = (debt * interest) / 100n;
      return {
        ...riskPositionOf({ debt: 0n, parts: held }),
        manager: addressFrom(index + 1),
        principalAssets: debt - accruedInterestAssets,
        accruedInterestAssets,
      };
    });
    const book = riskBookOf(positions, {
      rule,
      strategy: {
        liquidationProfitMarginWad: margin,
        minBondRatioWad: bond,
        liquidationBufferWad: percent(10),
      },
    });
    return { book, scenarios };
  });

describe("totals of many scenarios", () => {
  it("are those of the direct way to the unit, at the threshold, at the value and everywhere else", () => {
    fc.assert(
      fc.property(drawn, ({ book, scenarios }) => {
        const [ours, direct] = bothWays(book, scenarios);
        expect(ours).toEqual(direct);
      }),
      { numRuns: 2_000 },
    );
  });

  it("are the same under another threshold and rule", () => {
    fc.assert(
      fc.property(drawn, fc.bigInt({ min: 0n, max: 2n * WAD }), ({ book, scenarios }, thresholdWad) => {
        const [ours, direct] = bothWays(book, scenarios, { thresholdWad, rule: "b" });
        expect(ours).toEqual(direct);
      }),
    );
  });

  it("tell one unit of debt at the threshold apart where floating point cannot", () => {
    // 2^70 whole units: a number holds 53 bits of the 110 that the debt has.
    const debtAssets = 2n ** 70n * USDC;
    const basePriceUsdWad = WAD;
    const thresholdWad = percent(110);
    const line = (debtUsdWadDown({ debtAssets, basePriceUsdWad, decimals: 6 }) * thresholdWad) / WAD;
    // 18 decimals at one dollar: the amount is the value.
    const positionOf = (value: bigint): RiskPosition => ({
      ...riskPositionOf({ debt: 2n ** 70n, parts: [partOf(FIXED, value)] }),
    });
    const counted = [line - 1n, line, line + 1n].map((value) => {
      const book = riskBookOf([positionOf(value)], { strategy: { minBondRatioWad: percent(20) } });
      const totals = prepareScenarios(book).totalsAt(todaysPrices(book));
      expect(totals).toEqual(directTotals(book, { prices: todaysPrices(book) }));
      return totals.managersLiquidatable;
    });
    expect(counted.map((one) => one.kind === "known" && one.value)).toEqual([1, 0, 0]);
  });

  it("are exact in the contract's roundings of many tiny parts", () => {
    // Each part is worth 1.9 wei of a dollar and rounded to 1: nine tenths of the value are lost in rounding.
    const prices = new Map([...todaysPrices({ assets: riskAssetsOf() }), [FIXED, 19n * 10n ** 17n]]);
    const tiny = Array.from({ length: 2_000 }, () => partOf(FIXED, 1n));
    // 2,000 parts of 1 wei are 2 × 10^-15 dollars; so is the debt of a base asset with 18 decimals.
    const asset = { ...stateOf().asset, decimals: 18 };
    for (const debtAssets of [1_818n, 1_819n, 2_000n, 3_454n]) {
      const position = { ...riskPositionOf({ debt: 0n, parts: tiny }), principalAssets: debtAssets };
      const book = riskBookOf([position], { state: { ...stateOf({ flux: fluxOf() }), asset } });
      const [ours, direct] = bothWays(book, [prices]);
      expect(ours).toEqual(direct);
    }
  });

  it("compare with the debt in dollars rounded down, as the contract does", () => {
    // One unit of a base asset with 18 decimals at 1.90 dollars is 1 wei of a dollar: three times that is 3, not 5.7.
    const asset = { ...stateOf().asset, decimals: 18 };
    const position = { ...riskPositionOf({ debt: 0n, parts: [partOf(FIXED, 4n)] }), principalAssets: 1n };
    const book = riskBookOf([position], { state: { ...stateOf({ flux: fluxOf() }), asset } });
    const prices = new Map([...todaysPrices(book), [BASE, 19n * 10n ** 17n]]);
    const [ours, direct] = bothWays(book, [prices], { thresholdWad: 3n * WAD });
    expect(ours).toEqual(direct);
    expect(prepareScenarios(book, { thresholdWad: 3n * WAD }).totalsAt(prices).managersLiquidatable).toEqual({
      kind: "known",
      value: 0,
    });
  });

  it("are computed exactly where an amount is beyond what a number holds, or below zero", () => {
    const huge = 2n ** 1_100n;
    const position = riskPositionOf({ debt: 10n, parts: [partOf(FIXED, huge), partOf(WETH, 5n)] });
    const owing = { ...riskPositionOf({ debt: huge, parts: [partOf(FIXED, huge * USDC)] }) };
    const both = { ...riskPositionOf({ debt: huge, parts: [partOf(FIXED, 7n)] }) };
    const book = riskBookOf([position, owing, both]);
    const negative = new Map([...todaysPrices(book), [WETH, -1n]]);
    const [ours, direct] = bothWays(book, [todaysPrices(book), negative]);
    expect(ours).toEqual(direct);
  });
});

describe("totals that cannot be known", () => {
  const position = {
    ...riskPositionOf({ debt: 100_000n, parts: [partOf(WETH, 40n * ETHER)] }),
    accruedInterestAssets: 5n * USDC,
  };
  const book = riskBookOf([position]);
  const without = (asset: Address): Prices =>
    new Map([...todaysPrices(book)].filter(([address]) => address !== asset));

  it("are unknown for the reasons of the direct way", () => {
    const unread = { ...book, unread: [addressFrom(9)] };
    const notFlux = { ...book, state: { ...book.state, flux: undefined } };
    const noFees = riskBookOf([position], {
      state: stateOf({ flux: { ...fluxOf({ strategy: strategyOf() }), protocolFeeBps: undefined } }),
    });
    const undescribed = riskBookOf([riskPositionOf({ debt: 1n, parts: [partOf(addressFrom(77), 1n)] })]);
    const cases: readonly (readonly [RiskBook, Prices, string])[] = [
      [unread, todaysPrices(book), "snapshot-incomplete"],
      [unread, without(WETH), "no-price"],
      [book, without(WETH), "no-price"],
      [book, without(BASE), "no-price"],
      [book, new Map([...todaysPrices(book), [BASE, 0n]]), "no-price"],
      [notFlux, todaysPrices(book), "not-published"],
      [noFees, todaysPrices(book), "not-published"],
      [undescribed, new Map([...todaysPrices(book), [addressFrom(77), WAD]]), "no-price"],
    ];
    for (const [one, prices, reason] of cases) {
      const [ours, direct] = bothWays(one, [prices]);
      expect(ours).toEqual(direct);
      expect(prepareScenarios(one).totalsAt(prices).lpLossAssets).toEqual({ kind: "unknown", reason });
    }
  });

  it("are known without the price of an asset that nobody holds", () => {
    const [ours, direct] = bothWays(book, [without(FIXED)]);
    expect(ours).toEqual(direct);
    expect(prepareScenarios(book).totalsAt(without(FIXED)).lpLossAssets.kind).toBe("known");
  });
});
