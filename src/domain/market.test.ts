import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressFrom, completeOf, managerOf, USDC } from "@/testing/vault-builders";
import { isKnown, known, unknown } from "./figure";
import {
  bestSaleOf,
  depthAtPriceDown,
  type MarketHoldings,
  marketMarkOf,
  type Pool,
  priceBelow,
  saleProceedsDown,
  slippageWadUp,
} from "./market";
import { WAD } from "./math";
import type { Address } from "./model";

const WETH: Address = `0x${"e7".repeat(20)}`;
const OTHER: Address = `0x${"07".repeat(20)}`;
const POOL: Address = `0x${"aa".repeat(20)}`;

/** 1,000 WETH and 2,000,000 USDC, without a fee. */
const pool: Pool = { pool: POOL, reserveIn: 1_000n * WAD, reserveOutAssets: 2_000_000_000_000n, feeBps: 0n };

const reserves = fc.record({
  reserveIn: fc.bigInt({ min: 1n, max: 10n ** 27n }),
  reserveOutAssets: fc.bigInt({ min: 1n, max: 10n ** 18n }),
  feeBps: fc.bigInt({ min: 0n, max: 9_999n }),
});

describe("saleProceedsDown", () => {
  it("is x · y = k with the fee taken from what is sold", () => {
    // 1,000 WETH into 1,000 / 2,000,000: half of the other side. 30 bps less: 997 of 1,997.
    expect(saleProceedsDown(pool, 1_000n * WAD)).toBe(1_000_000_000_000n);
    expect(saleProceedsDown({ ...pool, feeBps: 30n }, 1_000n * WAD)).toBe(998_497_746_619n);
    expect(saleProceedsDown(pool, 0n)).toBe(0n);
    expect(saleProceedsDown({ ...pool, reserveIn: 0n }, WAD)).toBe(0n);
  });

  it("never takes more out than is there, never lets the product fall, and rounds by less than a unit", () => {
    fc.assert(
      fc.property(reserves, fc.bigInt({ min: 0n, max: 10n ** 28n }), (some, amountIn) => {
        const out = saleProceedsDown(some, amountIn);
        const taken = amountIn * (10_000n - some.feeBps);
        const [before, after] = [some.reserveIn * 10_000n, some.reserveIn * 10_000n + taken];
        expect(out).toBeLessThan(some.reserveOutAssets);
        expect(after * (some.reserveOutAssets - out)).toBeGreaterThanOrEqual(before * some.reserveOutAssets);
        expect(after * (some.reserveOutAssets - out - 1n)).toBeLessThan(before * some.reserveOutAssets);
      }),
    );
  });
});

describe("depthAtPriceDown", () => {
  it("is the most that can be sold on average at a price or better", () => {
    // R (1 / (1 − x) − 1): selling it all at 1 % under the spot price.
    const spot = { assets: 2_000_000_000_000n, amount: 1_000n * WAD };
    expect(depthAtPriceDown(pool, priceBelow(spot, WAD / 100n))).toBe((1_000n * WAD) / 99n);
    expect(depthAtPriceDown(pool, spot)).toBe(0n);
    expect(depthAtPriceDown({ ...pool, feeBps: 100n }, priceBelow(spot, WAD / 100n))).toBe(0n);
  });

  it("gives an amount that fetches the price, and one unit more does not", () => {
    fc.assert(
      fc.property(reserves, fc.bigInt({ min: 1n, max: WAD - 1n }), (some, underWad) => {
        const spot = { assets: some.reserveOutAssets, amount: some.reserveIn };
        const least = priceBelow(spot, underWad);
        const depth = depthAtPriceDown(some, least);
        // Proceeds before the pool's own rounding, as a fraction.
        const fetches = (amount: bigint): boolean => {
          const taken = amount * (10_000n - some.feeBps);
          const [out, over] = [taken * some.reserveOutAssets, some.reserveIn * 10_000n + taken];
          return out * least.amount >= amount * over * least.assets;
        };
        expect(fetches(depth)).toBe(true);
        expect(fetches(depth + 1n)).toBe(false);
      }),
    );
  });
});

describe("slippageWadUp", () => {
  it("is what a sale brings less than a value, negative where the market pays more", () => {
    expect(slippageWadUp({ proceedsAssets: 95n, valueAssets: 100n })).toEqual(known(WAD / 20n));
    expect(slippageWadUp({ proceedsAssets: 2n, valueAssets: 3n })).toEqual(known(WAD / 3n + 1n));
    expect(slippageWadUp({ proceedsAssets: 110n, valueAssets: 100n })).toEqual(known(-WAD / 10n));
    expect(slippageWadUp({ proceedsAssets: 1n, valueAssets: 0n })).toEqual(unknown("no-price"));
  });
});

describe("bestSaleOf", () => {
  it("takes the pool that pays most, which depends on the amount", () => {
    const small: Pool = {
      ...pool,
      pool: OTHER,
      reserveIn: 10n * WAD,
      reserveOutAssets: 30_000_000_000n,
    };
    expect(bestSaleOf([pool, small], { asset: WETH, amount: WAD })?.pool).toBe(OTHER);
    expect(bestSaleOf([pool, small], { asset: WETH, amount: 100n * WAD })?.pool).toBe(POOL);
    expect(bestSaleOf([], { asset: WETH, amount: WAD })).toBeUndefined();
  });
});

describe("marketMarkOf", () => {
  const managers = [110_000n, 50_000n, 0n].map((debt, index) =>
    managerOf({
      value: 111_000n,
      debt,
      manager: addressFrom(index + 1),
      bondAssets: 10_000n * USDC,
      workingCapitalAssets: 1_000n * USDC,
    }),
  );
  const complete = completeOf(managers);
  const [first, second] = managers.map(({ manager }) => manager);
  if (first === undefined || second === undefined) throw new Error("there are managers");
  const holds = (manager: Address, others: MarketHoldings["others"], baseAssets = 0n) =>
    [manager, { manager, baseAssets, others }] as const;
  const pools = new Map([[WETH, [pool]]]);

  it("is the debt less what the whole holding brings after the liquidator's margin", () => {
    const mark = marketMarkOf({
      complete,
      pools,
      holdings: new Map([
        holds(first, [{ asset: WETH, amount: 50n * WAD }], 7_000_000n),
        holds(second, [{ asset: WETH, amount: 50n * WAD }]),
      ]),
    });
    // 50 of 1,050 of 2,000,000 USDC; bond, working capital and base on top; the margin is 1 %.
    const sold = 95_238_095_238n;
    const [one, two, nothing] = mark.managers;
    expect(one?.marketValueAssets).toEqual(known(11_007_000_000n + sold));
    expect(one?.badDebtAssets).toEqual(known(110_000_000_000n - ((11_007_000_000n + sold) * 99n) / 100n));
    expect(two?.badDebtAssets).toEqual(known(0n));
    expect(nothing?.badDebtAssets).toEqual(known(0n));
    expect(mark.badDebtAssets).toEqual(one?.badDebtAssets);
    expect(mark.assetsWithoutPool).toEqual([]);
  });

  it("is unknown, never zero, with an asset that has no pool or a position that was not read", () => {
    const withOther = marketMarkOf({
      complete,
      pools,
      holdings: new Map([
        holds(first, [{ asset: WETH, amount: 50n * WAD }]),
        holds(second, [{ asset: OTHER, amount: 1n }]),
      ]),
    });
    expect(withOther.managers[1]?.badDebtAssets).toEqual(unknown("not-published"));
    expect(withOther.badDebtAssets).toEqual(unknown("not-published"));
    expect(withOther.assetsWithoutPool).toEqual([OTHER]);
    const ofFirst = withOther.managers[0]?.badDebtAssets ?? unknown("no-debt");
    expect(isKnown(ofFirst) && ofFirst.value === withOther.atLeastBadDebtAssets).toBe(true);
    const unread = marketMarkOf({ complete, pools, holdings: new Map([holds(first, [])]) });
    expect(unread.badDebtAssets).toEqual(unknown("value-unreadable"));
  });
});
