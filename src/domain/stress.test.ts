import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { percent } from "@/testing/vault-builders";
import { WAD } from "./math";
import { insolvencyShockOf, liquidationShockOf, stressOf } from "./stress";

const thresholdWad = percent(110);
const settings = { thresholdWad, profitMarginWad: percent(1), rule: "a" as const };

describe("the fall that does it", () => {
  it("nothing owed: no debt", () => {
    const book = { baseAssets: 1n, riskyAssets: 1n, trueDebtAssets: 0n };
    expect(liquidationShockOf({ ...book, thresholdWad })).toEqual({ kind: "no-debt" });
  });

  it("already below: already", () => {
    const book = { baseAssets: 0n, riskyAssets: 109n, trueDebtAssets: 100n };
    expect(liquidationShockOf({ ...book, thresholdWad })).toEqual({ kind: "already" });
  });

  it("exactly at the threshold: at a fall of zero", () => {
    const book = { baseAssets: 0n, riskyAssets: 110n, trueDebtAssets: 100n };
    expect(liquidationShockOf({ ...book, thresholdWad })).toEqual({ kind: "at", shockWad: 0n });
  });

  it("the base part alone carries the debt: unreachable", () => {
    const book = { baseAssets: 111n, riskyAssets: 500n, trueDebtAssets: 100n };
    expect(liquidationShockOf({ ...book, thresholdWad })).toEqual({ kind: "unreachable" });
  });

  it("nothing at risk: unreachable", () => {
    const book = { baseAssets: 110n, riskyAssets: 0n, trueDebtAssets: 100n };
    expect(liquidationShockOf({ ...book, thresholdWad })).toEqual({ kind: "unreachable" });
    expect(insolvencyShockOf({ ...book, baseAssets: 100n })).toEqual({ kind: "unreachable" });
  });

  it("comes for liquidation before it comes for insolvency", () => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 24n });
    fc.assert(
      fc.property(amount, amount, amount, (baseAssets, riskyAssets, trueDebtAssets) => {
        const book = { baseAssets, riskyAssets, trueDebtAssets };
        const first = liquidationShockOf({ ...book, thresholdWad });
        const second = insolvencyShockOf(book);
        if (second.kind === "already") expect(first.kind).toBe("already");
        if (first.kind === "at" && second.kind === "at") {
          expect(first.shockWad <= second.shockWad).toBe(true);
        }
      }),
    );
  });

  it("is where liquidation begins: not at it, but one step beyond", () => {
    const amount = fc.bigInt({ min: 10n ** 20n, max: 10n ** 24n });
    fc.assert(
      fc.property(amount, amount, amount, (baseAssets, riskyAssets, trueDebtAssets) => {
        const book = { baseAssets, riskyAssets, trueDebtAssets };
        const mark = liquidationShockOf({ ...book, thresholdWad });
        if (mark.kind !== "at" || mark.shockWad + 2n > WAD) return;
        expect(stressOf({ ...book, ...settings, shockWad: mark.shockWad + 2n }).canLiquidate).toBe(true);
        // Rounding the risky part down can cost one unit, which is far less than this step.
        if (mark.shockWad > 10n ** 6n) {
          const before = stressOf({ ...book, ...settings, shockWad: mark.shockWad - 10n ** 6n });
          expect(before.canLiquidate).toBe(false);
        }
      }),
    );
  });
});

describe("a position after a fall", () => {
  const book = { baseAssets: 20n, riskyAssets: 100n, trueDebtAssets: 100n };

  it("is worth the base part after a fall of 100 % and more", () => {
    for (const shockWad of [WAD, 3n * WAD]) {
      expect(stressOf({ ...book, ...settings, shockWad }).valueAssets).toBe(20n);
    }
  });

  it("is unchanged by a fall below zero", () => {
    expect(stressOf({ ...book, ...settings, shockWad: -WAD }).valueAssets).toBe(120n);
  });

  it("leaves no bad debt while it cannot be liquidated, under either rule", () => {
    const found = stressOf({ ...book, ...settings, rule: "b", shockWad: percent(5) });
    expect(found).toMatchObject({ canLiquidate: false, badDebtAssets: 0n });
  });

  it("leaves more bad debt the deeper the fall", () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 24n });
    const shock = fc.bigInt({ min: 0n, max: WAD });
    fc.assert(
      fc.property(amount, amount, amount, shock, shock, (baseAssets, riskyAssets, trueDebtAssets, a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        const of = (shockWad: bigint) =>
          stressOf({ baseAssets, riskyAssets, trueDebtAssets, ...settings, shockWad }).badDebtAssets;
        expect(of(less) <= of(more)).toBe(true);
      }),
    );
  });
});
