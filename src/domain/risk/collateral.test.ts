import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  BASE,
  FIXED,
  partOf,
  riskBookOf,
  riskPositionOf,
  SHARES_OF_WETH,
  WETH,
} from "@/testing/risk-builders";
import { addressFrom, USDC } from "@/testing/vault-builders";
import { known, unknown } from "../figure";
import { type Pool, saleProceedsDown } from "../market";
import { sumOf, unitOf, WAD } from "../math";
import {
  answerUsdWad,
  collateralOf,
  deviationStandingOf,
  deviationWadAway,
  EXIT_IMPACTS_WAD,
  mostExposedOf,
  timesDepthWadUp,
} from "./collateral";
import type { RiskBook } from "./model";
import { valueUsdWadAt } from "./outcome";
import { todaysPrices } from "./prices";

const ETHER = unitOf(18);
/** 1,000 WETH and 2,000,000 USDC: the oracle's own price. */
const POOL: Pool = {
  pool: addressFrom(4_000),
  reserveIn: 1_000n * ETHER,
  reserveOutAssets: 2_000_000n * USDC,
  feeBps: 5n,
};
const SMALL: Pool = {
  ...POOL,
  pool: addressFrom(4_001),
  reserveIn: 10n * ETHER,
  reserveOutAssets: 20_000n * USDC,
};

const TWO = [
  riskPositionOf({
    debt: 50_000n,
    manager: addressFrom(11),
    parts: [
      partOf(BASE, 10_000n * USDC, true),
      partOf(WETH, 20n * ETHER),
      partOf(SHARES_OF_WETH, 10n * ETHER),
    ],
  }),
  riskPositionOf({
    debt: 10_000n,
    manager: addressFrom(12),
    parts: [partOf(BASE, 1_000n * USDC, true), partOf(WETH, 5n * ETHER), partOf(FIXED, 3_000n * ETHER)],
  }),
];

function holdingOf(book: RiskBook, asset: string) {
  const found = collateralOf(book).holdings.find((one) => one.asset.address === asset);
  if (found === undefined) throw new Error(`nobody holds ${asset}`);
  return found;
}

describe("the collateral by asset", () => {
  it("adds amounts and values of all positions, the most valuable asset first", () => {
    const { holdings, totalAssets } = collateralOf(riskBookOf(TWO));
    expect(holdings.map(({ asset, amount, valueAssets }) => [asset.symbol, amount, valueAssets])).toEqual([
      ["WETH", 25n * ETHER, known(50_000n * USDC)],
      ["yWETH", 10n * ETHER, known(21_000n * USDC)],
      ["USDC", 11_000n * USDC, known(11_000n * USDC)],
      ["FIX", 3_000n * ETHER, known(3_000n * USDC)],
    ]);
    expect(totalAssets).toEqual(known(85_000n * USDC));
  });

  it("rounds each stored part by itself, so that it is the positions' value to the unit", () => {
    const amounts = fc.array(fc.bigInt({ min: 0n, max: 10n ** 24n }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(amounts, amounts, (first, second) => {
        const book = riskBookOf(
          [first, second].map((list, index) =>
            riskPositionOf({
              debt: 1n,
              manager: addressFrom(index),
              parts: list.map((amount, at) => partOf(at % 2 === 0 ? WETH : SHARES_OF_WETH, amount)),
            }),
          ),
        );
        const values = book.positions.map((one) => valueUsdWadAt(one, { book, prices: todaysPrices(book) }));
        const { totalUsdWad } = collateralOf(book);
        expect(totalUsdWad).toEqual(
          known(sumOf(values.map((one) => (one.kind === "known" ? one.value : -1n)))),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("gives shares that add up to the whole but for one unit of rounding each", () => {
    const { holdings } = collateralOf(riskBookOf(TWO));
    const sum = sumOf(holdings.map(({ shareWad }) => (shareWad.kind === "known" ? shareWad.value : 0n)));
    expect(sum).toBeLessThanOrEqual(WAD);
    expect(WAD - sum).toBeLessThan(BigInt(holdings.length));
  });

  it("measures in how few hands an asset is", () => {
    const { concentration } = holdingOf(riskBookOf(TWO), WETH);
    expect(concentration).toMatchObject({
      value: { holders: 2, largestWad: (8n * WAD) / 10n, herfindahlWad: (68n * WAD) / 100n },
    });
  });

  it("knows no total, share or hand while a position could not be taken apart", () => {
    const book = riskBookOf(TWO, { unread: [addressFrom(13)] });
    const { totalAssets, holdings } = collateralOf(book);
    expect(totalAssets).toEqual(unknown("snapshot-incomplete"));
    expect(holdings.every(({ shareWad }) => shareWad.kind === "unknown")).toBe(true);
    expect(holdings.every(({ concentration }) => concentration.kind === "unknown")).toBe(true);
  });

  it("takes shares of a vault together with what is in them where one feed moves both", () => {
    const book = riskBookOf(TWO);
    expect(mostExposedOf(book, collateralOf(book))).toMatchObject({
      asset: { address: WETH },
      valueUsdWad: 71_000n * WAD,
    });
  });
});

describe("the way out", () => {
  it("needs no sale of the base asset, and names what no pool takes", () => {
    const book = riskBookOf(TWO);
    expect(holdingOf(book, BASE).exit).toEqual({ kind: "base" });
    expect(holdingOf(book, FIXED).exit).toEqual({ kind: "none" });
  });

  it("is the most that a pool takes before the average price is too low: one unit more is too much", () => {
    const book = riskBookOf(TWO, { exits: new Map([[WETH, [SMALL, POOL]]]) });
    const { exit } = holdingOf(book, WETH);
    if (exit.kind !== "pools") throw new Error("there are pools");
    expect(exit.pools.map(({ pool }) => pool)).toEqual([POOL.pool, SMALL.pool]);
    for (const [place, underWad] of EXIT_IMPACTS_WAD.entries()) {
      const depth = exit.pools[0]?.depths[place] ?? 0n;
      // 2,000 USDC a WETH, less the impact: the proceeds are at least that, the pool's own rounding aside.
      const least = (amount: bigint): bigint => (amount * 2_000n * USDC * (WAD - underWad)) / (ETHER * WAD);
      expect(saleProceedsDown(POOL, depth)).toBeGreaterThanOrEqual(least(depth));
      const more = depth + ETHER / 1_000n;
      expect(saleProceedsDown(POOL, more)).toBeLessThan(least(more));
    }
  });

  it("redeems shares first, and counts everything that is sold into the same pool", () => {
    const book = riskBookOf(TWO, { exits: new Map([[WETH, [POOL]]]) });
    const { exit } = holdingOf(book, SHARES_OF_WETH);
    expect(exit).toMatchObject({
      kind: "pools",
      sold: { address: WETH },
      amountSold: (105n * ETHER) / 10n,
      togetherSold: 25n * ETHER + (105n * ETHER) / 10n,
    });
  });

  it("says by how much the oracle is above the pool's own price", () => {
    const cheap: Pool = { ...POOL, reserveOutAssets: 1_600_000n * USDC };
    const book = riskBookOf(TWO, { exits: new Map([[WETH, [cheap]]]) });
    const { exit } = holdingOf(book, WETH);
    expect(exit.kind === "pools" ? exit.pools[0]?.oracleAboveSpotWad : undefined).toEqual(known(WAD / 4n));
  });

  it("rounds the number of depths up, and has none where nothing can be sold", () => {
    expect(timesDepthWadUp(3n, 2n)).toBe((3n * WAD) / 2n);
    expect(timesDepthWadUp(1n, 3n)).toBe(WAD / 3n + 1n);
    expect(timesDepthWadUp(1n, 0n)).toBeUndefined();
  });
});

describe("a deviation", () => {
  it("is rounded away from zero in both directions", () => {
    expect(deviationWadAway(4n, 3n)).toEqual(known(WAD / 3n + 1n));
    expect(deviationWadAway(2n, 3n)).toEqual(known(-(WAD / 3n) - 1n));
    expect(deviationWadAway(3n, 3n)).toEqual(known(0n));
    expect(deviationWadAway(3n, 0n)).toEqual(unknown("no-price"));
  });

  it.each([
    [10n, "within"],
    [50n, "within"],
    [51n, "beyond-half"],
    [100n, "beyond-half"],
    [101n, "beyond"],
    [-101n, "beyond"],
  ] as const)("of %s against a margin of 100 is %s", (deviation, standing) => {
    expect(deviationStandingOf(deviation, 100n)).toBe(standing);
  });
});

describe("a feed's answer", () => {
  it("becomes 18 decimals, and is no price at zero or below", () => {
    expect(answerUsdWad(2_000n * 10n ** 8n, 8)).toEqual(known(2_000n * WAD));
    expect(answerUsdWad(2_000n * 10n ** 20n, 20)).toEqual(known(2_000n * WAD));
    expect(answerUsdWad(0n, 8)).toEqual(unknown("no-price"));
    expect(answerUsdWad(-1n, 8)).toEqual(unknown("no-price"));
    expect(answerUsdWad(undefined, 8)).toEqual(unknown("no-price"));
  });
});
