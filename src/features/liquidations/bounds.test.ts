// @vitest-environment node
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SaleRouteQuote } from "@/data/operator/use-sale-route";
import { addressFrom, managerOf, stateOf, USDC } from "@/testing/vault-builders";
import { type BoundsForm, boundsOf, seizureOf, suggestedPaymentOf } from "./bounds";

const state = stateOf();
const BASE = state.asset.address;
const WETH = addressFrom(50);
const POOL = addressFrom(60);
const position = managerOf({ value: 110_000n, debt: 100_000n, bondAssets: 20_000n * USDC });

const form: BoundsForm = {
  mode: "pay-from-wallet",
  spanSeconds: 1_800n,
  maxPaymentText: undefined,
  minProceedsText: undefined,
  toleranceText: "1",
};

const input = {
  form,
  position,
  state,
  quotedAssets: 100_000n * USDC,
  valueAssets: 110_000n * USDC,
  seizure: undefined,
  quote: undefined,
  allowanceAssets: undefined,
};

describe("suggestedPaymentOf", () => {
  it("adds the interest until the deadline, rounded up, to what is asked now", () => {
    // 100,000 at 15 % a year for half an hour: 0.856164… USDC.
    const suggested = suggestedPaymentOf({
      position,
      state,
      quotedAssets: 100_000n * USDC,
      spanSeconds: 1_800n,
    });
    expect(suggested).toEqual({
      quotedAssets: 100_000_000_000n,
      interestAssets: 856_165n,
      priceAssets: 0n,
      maxAssets: 100_000_856_165n,
    });
  });

  it("leaves room for the price where the payment follows it", () => {
    const { priceAssets } = suggestedPaymentOf({
      position,
      state,
      quotedAssets: 94_050n * USDC,
      spanSeconds: 1_800n,
    });
    expect(priceAssets).toBe(940_500_000n);
  });
});

describe("boundsOf, paying from the wallet", () => {
  it("suggests bounds that can be used as they stand", () => {
    const bounds = boundsOf(input);
    expect(bounds.maxPaymentText).toBe("100000.856165");
    expect(bounds.minProceedsAssets).toBe(108_900n * USDC);
    expect(bounds.problems).toEqual({});
    expect(bounds.obstacles).toEqual([]);
    expect(bounds.route).toEqual([]);
  });

  it("refuses a largest payment below what is asked now, and says how much that is", () => {
    const bounds = boundsOf({ ...input, form: { ...form, maxPaymentText: "99,999.999999" } });
    expect(bounds.problems.maxPayment).toBe("The strategy asks for 100,000 USDC now. Enter at least that.");
  });

  it("refuses more value than the position has", () => {
    const bounds = boundsOf({ ...input, form: { ...form, minProceedsText: "110000.000001" } });
    expect(bounds.problems.minProceeds).toContain("worth 110,000 USDC now");
  });

  it("refuses to accept nothing at all, in both modes, and lets a worthless position through", () => {
    const zero = { ...form, minProceedsText: "0" };
    expect(boundsOf({ ...input, form: zero }).problems.minProceeds).toContain("worth nothing");
    const selling = boundsOf({ ...input, form: { ...zero, mode: "sell-collateral" } });
    expect(selling.problems.minProceeds).toContain("bring nothing");
    expect(boundsOf({ ...input, form: zero, valueAssets: 0n }).problems).toEqual({});
  });

  it("warns of a least value far below what is there now, typed or by a wide tolerance", () => {
    const low = boundsOf({ ...input, form: { ...form, minProceedsText: "55000" } });
    expect(low.problems).toEqual({});
    expect(low.warnings.minProceeds).toBe("This accepts a position worth 50.00% less than it is now.");
    expect(boundsOf({ ...input, form: { ...form, toleranceText: "6" } }).warnings.minProceeds).toContain(
      "6.00%",
    );
    expect(boundsOf({ ...input, form: { ...form, toleranceText: "5" } }).warnings).toEqual({});
    expect(boundsOf(input).warnings).toEqual({});
  });

  it("keeps what was typed and says what is wrong with it", () => {
    const bounds = boundsOf({ ...input, form: { ...form, maxPaymentText: "1e9", toleranceText: "120" } });
    expect(bounds.maxPaymentText).toBe("1e9");
    expect(bounds.maxPaymentAssets).toBeUndefined();
    expect(Object.keys(bounds.problems).sort()).toEqual(["maxPayment", "tolerance"]);
  });

  it("goes on with an allowance given a few blocks ago, so that nobody approves twice", () => {
    const allowanceAssets = suggestedPaymentOf({ ...input, spanSeconds: 1_800n }).maxAssets;
    const laterAsked = 100_000n * USDC + 100_000n;
    const later = boundsOf({ ...input, quotedAssets: laterAsked, allowanceAssets });
    expect(later.isAllowanceUsed).toBe(true);
    expect(later.maxPaymentAssets).toBe(allowanceAssets);
  });

  it("asks for a new bound when the old allowance leaves too little room, or too much", () => {
    const spent = boundsOf({ ...input, allowanceAssets: 100_000n * USDC + 1n });
    expect(spent.isAllowanceUsed).toBe(false);
    expect(spent.maxPaymentAssets).toBe(100_000_856_165n);
    const huge = boundsOf({ ...input, allowanceAssets: 2n ** 256n - 1n });
    expect(huge.maxPaymentAssets).toBe(100_000_856_165n);
  });

  it("never suggests less than what is asked", () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 15n), fc.bigInt(0n, 10n ** 15n), (quotedAssets, allowanceAssets) => {
        const { maxPaymentAssets } = boundsOf({ ...input, quotedAssets, allowanceAssets });
        expect(maxPaymentAssets).toBeGreaterThan(quotedAssets);
      }),
    );
  });
});

describe("seizureOf", () => {
  const held = (underlying: `0x${string}` | undefined, ...balances: readonly (bigint | undefined)[]) => ({
    wrapper: addressFrom(70),
    underlying,
    positions: balances.map((balance) => ({ positionId: "0x00" as const, balance })),
  });

  it("adds bond, working capital and base asset in wrappers, and leaves the rest to be sold", () => {
    const seizure = seizureOf({
      position: managerOf({ value: 1n, debt: 1n, bondAssets: 5n, workingCapitalAssets: 7n }),
      wrappers: [held(BASE, 11n), held(WETH, 2n, 3n), held(WETH, 4n)],
      base: BASE,
    });
    expect(seizure).toEqual({ baseAssets: 23n, toSell: [{ token: WETH, amount: 9n }], unread: [] });
  });

  it("names wrappers whose holdings could not be read", () => {
    const seizure = seizureOf({
      position,
      wrappers: [held(undefined, 1n), held(WETH, undefined)],
      base: BASE,
    });
    expect(seizure.unread).toHaveLength(2);
    expect(seizure.toSell).toEqual([]);
  });
});

describe("boundsOf, selling the collateral", () => {
  const quote: SaleRouteQuote = {
    sales: [{ venue: POOL, tokenIn: WETH, amountIn: 40n, tokenOut: BASE, amountOut: 89_000n * USDC }],
    proceedsAssets: 89_000n * USDC,
    unsold: [],
  };
  const seizure = { baseAssets: 20_000n * USDC, toSell: [{ token: WETH, amount: 40n }], unread: [] };
  const selling = { ...input, form: { ...form, mode: "sell-collateral" as const }, seizure, quote };

  it("expects the sales and the bond together, and bounds each sale by the tolerance", () => {
    const bounds = boundsOf(selling);
    expect(bounds.expectedAssets).toBe(109_000n * USDC);
    expect(bounds.minProceedsAssets).toBe(107_910n * USDC);
    expect(bounds.route).toEqual([{ venue: POOL, tokenIn: WETH, minOut: 88_110n * USDC }]);
    expect(bounds.obstacles).toEqual([]);
  });

  it("refuses when the sales would not cover the payment", () => {
    const poor = { ...quote, proceedsAssets: 70_000n * USDC };
    const [obstacle] = boundsOf({ ...selling, quote: poor }).obstacles;
    expect(obstacle).toContain("90,000 USDC, less than the payment of 100,000 USDC");
  });

  it("does not guess while the sales are not quoted", () => {
    const bounds = boundsOf({ ...selling, quote: undefined });
    expect(bounds.expectedAssets).toBeUndefined();
    expect(bounds.minProceedsAssets).toBeUndefined();
    expect(bounds.obstacles).toEqual(["What the sale would bring is not known yet."]);
  });

  it("does not look at the allowance: nothing comes from the wallet", () => {
    expect(boundsOf({ ...selling, allowanceAssets: 100_000n * USDC + 500_000n }).isAllowanceUsed).toBe(false);
  });
});
