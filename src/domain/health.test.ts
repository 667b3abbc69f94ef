import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addressFrom,
  fluxOf,
  managerOf,
  percent,
  stateOf,
  strategyOf,
  USDC,
  usd,
} from "@/testing/vault-builders";
import {
  aggregateHealthWadDown,
  bandOfHealth,
  debtUsdWadDown,
  fallToThresholdWadDown,
  healthBandOf,
  healthRatioWadDown,
  isBelowThreshold,
  valueAssetsDown,
} from "./health";
import { WAD } from "./math";

const state = stateOf();

describe("conversion", () => {
  it("turns USD into base assets and back by the base asset's price, rounding down", () => {
    const pricing = { basePriceUsdWad: (95n * WAD) / 100n, decimals: 6 };
    expect(valueAssetsDown({ ...pricing, valueUsdWad: usd(100n) })).toBe(105_263_157n);
    expect(debtUsdWadDown({ ...pricing, debtAssets: 105_263_157n })).toBe(99_999_999_150_000_000_000n);
  });

  it("never gives more assets back than it took", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 30n }),
        fc.bigInt({ min: 1n, max: 10n ** 24n }),
        fc.integer({ min: 0, max: 30 }),
        (debtAssets, basePriceUsdWad, decimals) => {
          const pricing = { basePriceUsdWad, decimals };
          const valueUsdWad = debtUsdWadDown({ ...pricing, debtAssets });
          expect(valueAssetsDown({ ...pricing, valueUsdWad }) <= debtAssets).toBe(true);
        },
      ),
    );
  });
});

describe("health ratio", () => {
  it("nothing owed: no debt, not a number", () => {
    expect(healthRatioWadDown(managerOf({ value: 5n, debt: 0n }), state)).toEqual({
      kind: "unknown",
      reason: "no-debt",
    });
  });

  it("oracle reverts or answers zero: no price", () => {
    for (const basePriceUsdWad of [undefined, 0n]) {
      const dark = stateOf({ flux: fluxOf({ basePriceUsdWad }) });
      expect(healthRatioWadDown(managerOf({ value: 5n, debt: 4n }), dark)).toEqual({
        kind: "unknown",
        reason: "no-price",
      });
      expect(healthBandOf(managerOf({ value: 5n, debt: 4n }), dark)).toBe("unknown");
    }
  });

  it("a part of the value unreadable: unknown, not smaller", () => {
    expect(healthRatioWadDown(managerOf({ value: undefined, debt: 4n }), state)).toEqual({
      kind: "unknown",
      reason: "value-unreadable",
    });
  });

  it("not a Flux vault: not published", () => {
    expect(healthRatioWadDown(managerOf({ value: 5n, debt: 4n }), stateOf({ flux: undefined }))).toEqual({
      kind: "unknown",
      reason: "not-published",
    });
  });

  it("worth nothing: zero, which is then a true zero", () => {
    expect(healthRatioWadDown(managerOf({ value: 0n, debt: 4n }), state)).toEqual({
      kind: "known",
      value: 0n,
    });
  });

  it("falls when the price of the collateral falls, never rises", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        (one, other, debt) => {
          const [low, high] = one < other ? [one, other] : [other, one];
          const below = healthRatioWadDown(managerOf({ value: low, debt }), state);
          const above = healthRatioWadDown(managerOf({ value: high, debt }), state);
          if (below.kind === "unknown" || above.kind === "unknown") throw new Error("expected figures");
          expect(below.value <= above.value).toBe(true);
        },
      ),
    );
  });

  it("falls when the base asset's own price rises, because the debt is in it", () => {
    const at = (basePriceUsdWad: bigint) =>
      healthRatioWadDown(
        managerOf({ value: 120n, debt: 100n }),
        stateOf({ flux: fluxOf({ basePriceUsdWad }) }),
      );
    expect(at(WAD)).toEqual({ kind: "known", value: percent(120) });
    expect(at(2n * WAD)).toEqual({ kind: "known", value: percent(60) });
  });

  it("is never above the exact quotient, and less than one step below it", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        (value, debt) => {
          const health = healthRatioWadDown(managerOf({ value, debt }), state);
          if (health.kind === "unknown") throw new Error("expected a figure");
          expect(health.value * debt <= value * WAD).toBe(true);
          expect((health.value + 1n) * debt > value * WAD).toBe(true);
        },
      ),
    );
  });

  it("of a vault is total value over total debt, without the managers that owe nothing", () => {
    const managers = [
      managerOf({ value: 150n, debt: 100n }),
      managerOf({ value: 90n, debt: 100n, manager: addressFrom(2) }),
      managerOf({ value: undefined, debt: 0n, manager: addressFrom(3) }),
    ];
    expect(aggregateHealthWadDown(managers, state)).toEqual({ kind: "known", value: percent(120) });
    expect(aggregateHealthWadDown([], state)).toEqual({ kind: "unknown", reason: "no-debt" });
    expect(aggregateHealthWadDown([managerOf({ value: undefined, debt: 1n })], state).kind).toBe("unknown");
  });
});

describe("the comparison with the threshold", () => {
  it("agrees with the band whatever the amounts", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 30n }),
        fc.bigInt({ min: 1n, max: 10n ** 30n }),
        fc.bigInt({ min: WAD / 2n, max: 2n * WAD }),
        (value, debt, thresholdWad) => {
          const isBelow = isBelowThreshold({ value, debt, thresholdWad });
          expect(bandOfHealth({ value, debt, thresholdWad }) === "liquidatable").toBe(isBelow);
        },
      ),
    );
  });
});

describe("health bands", () => {
  // The documented table stands at a threshold of 110 %.
  it.each([
    [140_001n, "safe"],
    [140_000n, "caution"],
    [125_000n, "caution"],
    [124_999n, "warning"],
    [115_000n, "warning"],
    [114_999n, "danger"],
    [110_000n, "danger"],
    [109_999n, "liquidatable"],
  ])("%d against 100,000 at T = 1.10 is %s", (value, band) => {
    expect(bandOfHealth({ value, debt: 100_000n, thresholdWad: percent(110) })).toBe(band);
  });

  it("move with the threshold", () => {
    expect(bandOfHealth({ value: 1_100n, debt: 1_000n, thresholdWad: percent(105) })).toBe("warning");
    const strict = stateOf({ flux: fluxOf({ strategy: strategyOf({ liquidationBufferWad: percent(5) }) }) });
    expect(healthBandOf(managerOf({ value: 114n, debt: 100n }), strict)).toBe("liquidatable");
  });

  it("the strategy's own answer outranks the ratio, both ways", () => {
    const quote = (canLiquidate: boolean) => ({ canLiquidate, minPaymentAssets: 0n });
    expect(healthBandOf(managerOf({ value: 200n, debt: 100n, quote: quote(true) }), state)).toBe(
      "liquidatable",
    );
    expect(healthBandOf(managerOf({ value: 50n, debt: 100n, quote: quote(false) }), state)).toBe("danger");
    expect(healthBandOf(managerOf({ value: undefined, debt: 1n, quote: quote(true) }), state)).toBe(
      "liquidatable",
    );
    expect(healthBandOf(managerOf({ value: undefined, debt: 1n, quote: quote(false) }), state)).toBe(
      "unknown",
    );
    expect(healthBandOf(managerOf({ value: undefined, debt: 0n }), state)).toBe("no-debt");
  });
});

describe("the fall to the threshold", () => {
  it("is 1 − T/H, cut off", () => {
    expect(fallToThresholdWadDown(managerOf({ value: 120n, debt: 100n }), state)).toEqual({
      kind: "known",
      value: 83_333_333_333_333_333n,
    });
  });

  it("is zero when there is no room left, even for a position worth nothing", () => {
    for (const value of [110n, 109n, 0n]) {
      expect(fallToThresholdWadDown(managerOf({ value, debt: 100n }), state)).toEqual({
        kind: "known",
        value: 0n,
      });
    }
  });

  it("is unknown when nothing is owed", () => {
    expect(fallToThresholdWadDown(managerOf({ value: 1n, debt: 0n }), state)).toEqual({
      kind: "unknown",
      reason: "no-debt",
    });
  });
});

describe("a debt too small to have a USD value", () => {
  it("dust of a token worth almost nothing: no debt to put a ratio to", () => {
    const dust = stateOf({ flux: fluxOf({ basePriceUsdWad: 1n }) });
    const manager = { ...managerOf({ value: 1n, debt: 0n }), principalAssets: USDC / 2n };
    expect(healthRatioWadDown(manager, dust)).toEqual({ kind: "unknown", reason: "no-debt" });
  });
});
