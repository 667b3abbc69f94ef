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
import { addressFrom, percent, USDC } from "@/testing/vault-builders";
import type { Figure } from "../model";
import { lossCurveOf, marketCurveOf } from "./curve";
import { breakEvenOf, fallMarksOf } from "./fall-marks";
import type { RiskBook } from "./model";
import { outcomeAt } from "./outcome";
import { pricesAfter } from "./prices";

function valueOf<T>(figure: Figure<T>): T {
  if (figure.kind === "unknown") throw new Error(`unknown: ${figure.reason}`);
  return figure.value;
}

const amount = (max: bigint) => fc.bigInt({ min: 0n, max });

const position = fc
  .record({
    base: amount(400_000n * USDC),
    weth: amount(300n * 10n ** 18n),
    shares: amount(100n * 10n ** 18n),
    fixed: amount(50_000n * 10n ** 18n),
    principal: amount(900_000n * USDC),
    interest: amount(60_000n * USDC),
  })
  .map(({ base, weth, shares, fixed, principal, interest }) => ({
    ...riskPositionOf({
      debt: 0n,
      parts: [
        partOf(BASE, base, true),
        partOf(WETH, weth),
        partOf(SHARES_OF_WETH, shares),
        partOf(FIXED, fixed),
      ],
    }),
    principalAssets: principal,
    accruedInterestAssets: interest,
  }));

const book = fc
  .record({
    positions: fc.array(position, { maxLength: 12 }),
    rule: fc.constantFrom("a" as const, "b" as const),
    margin: fc.integer({ min: 0, max: 12 }),
    bond: fc.integer({ min: 12, max: 40 }),
  })
  .map(
    ({ positions, rule, margin, bond }): RiskBook =>
      riskBookOf(
        positions.map((one, index) => ({ ...one, manager: addressFrom(index + 1) })),
        {
          rule,
          // A feed of 18 decimals holds every price, so that only the roundings of the parts are left.
          assets: riskAssetsOf({ feedDecimals: 18 }),
          strategy: { liquidationProfitMarginWad: percent(margin), minBondRatioWad: percent(bond) },
        },
      ),
  );

const falls = fc
  .array(fc.bigInt({ min: 0n, max: 99n * 10n ** 16n }), { minLength: 1, maxLength: 8 })
  .map((list) => [...list].sort((a, b) => (a < b ? -1 : 1)));

/** Each of four parts is rounded, its price by less than a wei a unit, and the value once more in base units. */
const TOLERANCE_ASSETS = 200n;

describe("the curves of a shock of one factor", () => {
  it.each([
    ["collateral", WETH],
    ["the base asset", BASE],
  ])("are the exact outcome at every fall of %s, but for the roundings of the parts", (_name, asset) => {
    fc.assert(
      fc.property(book, falls, (drawn, fallsWad) => {
        const points = valueOf(lossCurveOf(drawn, { assets: [asset], fallsWad }));
        for (const point of points) {
          const { prices } = pricesAfter(drawn, [{ asset, fallWad: point.fallWad }]);
          const exact = outcomeAt(drawn, { prices });
          const owing = exact.positions.filter((one) => one.canLiquidate && one.trueDebtAssets > 0n);
          expect(point.managersLiquidatable).toBe(owing.length);
          expect(point.liquidationsAtRiskAssets).toBe(valueOf(exact.liquidationsAtRiskAssets));
          const differences = [
            point.badDebtAssets - valueOf(exact.badDebtAssets),
            point.lpLossAssets - valueOf(exact.lpLossAssets),
          ];
          for (const difference of differences) {
            expect(difference > -TOLERANCE_ASSETS && difference < TOLERANCE_ASSETS).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("never shrink as collateral falls further under rule (b), whose payment does not jump", () => {
    fc.assert(
      fc.property(book, falls, (drawn, fallsWad) => {
        const points = valueOf(lossCurveOf({ ...drawn, rule: "b" }, { assets: [WETH], fallsWad }));
        for (const [place, point] of points.entries()) {
          const before = points[place - 1];
          if (before === undefined) continue;
          expect(point.badDebtAssets >= before.badDebtAssets - TOLERANCE_ASSETS).toBe(true);
          expect(point.liquidationsAtRiskAssets >= before.liquidationsAtRiskAssets).toBe(true);
        }
      }),
    );
  });

  it("are unknown while a manager is unread, or a part has no price", () => {
    const drawn = riskBookOf([riskPositionOf({ parts: [partOf(WETH, 1n)], debt: 1n })]);
    const fallsWad = [0n];
    expect(lossCurveOf({ ...drawn, unread: [addressFrom(9)] }, { assets: [WETH], fallsWad })).toEqual({
      kind: "unknown",
      reason: "snapshot-incomplete",
    });
    const priceless = riskBookOf([riskPositionOf({ parts: [partOf(addressFrom(77), 1n)], debt: 1n })]);
    expect(lossCurveOf(priceless, { assets: [WETH], fallsWad })).toEqual({
      kind: "unknown",
      reason: "no-price",
    });
  });
});

describe("the market-marked curve", () => {
  it("sees a fall of an asset whose oracle price is fixed, where the oracle's curve sees none", () => {
    const owes = riskPositionOf({ debt: 90_000n, parts: [partOf(FIXED, 100_000n * 10n ** 18n)] });
    // So deep that the sale moves nothing that is shown: 100,000 bring 99,999.99.
    const pool = {
      pool: addressFrom(4_000),
      reserveIn: 10n ** 30n,
      reserveOutAssets: 10n ** 18n,
      feeBps: 0n,
    };
    const found = riskBookOf([owes], { exits: new Map([[FIXED, [pool]]]) });
    const shock = { assets: [FIXED], fallsWad: [0n, percent(50)] };
    const market = valueOf(marketCurveOf(found, shock)).map(({ badDebtAssets }) => badDebtAssets / USDC);
    // Half of it is 50,000, less 1 %: 49,500 of 90,000.
    expect(market).toEqual([0n, 40_500n]);
    expect(valueOf(lossCurveOf(found, shock)).map(({ badDebtAssets }) => badDebtAssets)).toEqual([0n, 0n]);
  });
});

describe("the order in which managers fall", () => {
  // T is 1.10. 60 WETH are 120,000 dollars.
  const early = riskPositionOf({
    manager: addressFrom(1),
    parts: [partOf(WETH, 60n * 10n ** 18n)],
    debt: 100_000n,
  });
  const late = riskPositionOf({
    manager: addressFrom(2),
    parts: [partOf(WETH, 60n * 10n ** 18n), partOf(BASE, 30_000n * USDC, true)],
    debt: 100_000n,
  });
  const never = riskPositionOf({
    manager: addressFrom(3),
    parts: [partOf(BASE, 120_000n * USDC, true)],
    debt: 100_000n,
  });

  it("is by the fall at which each can be liquidated, those that never can last", () => {
    const marks = valueOf(fallMarksOf(riskBookOf([never, late, early]), [WETH]));
    expect(marks.map(({ manager }) => manager)).toEqual([addressFrom(1), addressFrom(2), addressFrom(3)]);
    // 120,000 (1 − x) < 110,000 from x = 1/12 on, strictly; 120,000 (1 − x) < 100,000 from 1/6 on.
    expect(marks[0]?.liquidatable?.fromWad).toBe(10n ** 18n / 12n + 1n);
    expect(marks[0]?.losing?.fromWad).toBe(10n ** 18n / 6n + 1n);
    expect(marks[2]?.liquidatable).toBeUndefined();
  });

  it("gives the break-even shock and who breaks first", () => {
    expect(breakEvenOf(riskBookOf([never, late, early]), [WETH])).toEqual({
      kind: "known",
      value: { kind: "at", fallWad: 10n ** 18n / 6n + 1n, manager: addressFrom(1) },
    });
    expect(breakEvenOf(riskBookOf([never]), [WETH])).toEqual({ kind: "known", value: { kind: "never" } });
    const broken = { ...early, principalAssets: 130_000n * USDC };
    expect(breakEvenOf(riskBookOf([broken]), [WETH])).toEqual({ kind: "known", value: { kind: "already" } });
  });
});
