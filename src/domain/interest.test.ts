import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fluxOf, managerOf, percent, stateOf } from "@/testing/vault-builders";
import { isBelowThreshold } from "./health";
import {
  accruedInterestDown,
  lpYieldWadDown,
  projectedDebtDown,
  secondsToLiquidationByInterest,
  splitInterestDown,
  timeToLiquidationOf,
} from "./interest";
import { WAD } from "./math";

describe("interest", () => {
  it("is linear: two spans give what one of their length gives, but for one unit of rounding", () => {
    const span = fc.bigInt({ min: 0n, max: 10n ** 9n });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 24n }), span, span, (principalAssets, first, second) => {
        const of = (elapsedSeconds: bigint) =>
          accruedInterestDown({ principalAssets, interestRateWad: percent(13), elapsedSeconds });
        const difference = of(first + second) - of(first) - of(second);
        expect(difference === 0n || difference === 1n).toBe(true);
      }),
    );
  });
});

describe("time to liquidation by interest", () => {
  const position = {
    valueAssets: 120n,
    trueDebtAssets: 100n,
    principalAssets: 100n,
    interestRateWad: percent(10),
    thresholdWad: percent(110),
  };

  it("below the threshold: already", () => {
    expect(secondsToLiquidationByInterest({ ...position, valueAssets: 109n })).toEqual({ kind: "already" });
  });

  it("at the threshold: in no time", () => {
    expect(secondsToLiquidationByInterest({ ...position, valueAssets: 110n })).toEqual({
      kind: "in",
      seconds: 0n,
    });
  });

  it("whether it has come is the strategy's to say: the rounded amounts may stand a unit too low", () => {
    const low = { ...position, valueAssets: 109n };
    expect(secondsToLiquidationByInterest({ ...low, isLiquidatable: false })).toEqual({
      kind: "in",
      seconds: 0n,
    });
    expect(secondsToLiquidationByInterest({ ...position, isLiquidatable: true })).toEqual({
      kind: "already",
    });
  });

  it("of a manager follows its quote, and without one the exact values in USD", () => {
    // Exactly at the line of 12.1 units; in whole units it is worth 12, which seems too low.
    const state = stateOf({ flux: fluxOf({ basePriceUsdWad: 3n * WAD }) });
    const manager = managerOf({
      value: undefined,
      debt: 0n,
      principalAssets: 11n,
      valueUsdWad: 363n * 10n ** 11n,
    });
    const time = (quote?: { canLiquidate: boolean; minPaymentAssets: bigint }) =>
      timeToLiquidationOf({ manager: { ...manager, quote }, state, interestRateWad: percent(10) });
    expect(time()).toMatchObject({ kind: "known", value: { kind: "in" } });
    expect(time({ canLiquidate: true, minPaymentAssets: 1n })).toEqual({
      kind: "known",
      value: { kind: "already" },
    });
    expect(
      timeToLiquidationOf({
        manager: { ...manager, valueUsdWad: 363n * 10n ** 11n - 1n },
        state,
        interestRateWad: percent(10),
      }),
    ).toEqual({ kind: "known", value: { kind: "already" } });
  });

  it("no rate, or no principal: never", () => {
    expect(secondsToLiquidationByInterest({ ...position, interestRateWad: 0n })).toEqual({ kind: "never" });
    expect(secondsToLiquidationByInterest({ ...position, principalAssets: 0n })).toEqual({ kind: "never" });
  });

  it("is not past the moment of liquidation, and a second later it has come", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 10n ** 12n, max: 10n ** 18n }),
        fc.bigInt({ min: 10n ** 12n, max: 10n ** 18n }),
        fc.bigInt({ min: percent(1), max: percent(100) }),
        (valueAssets, principalAssets, interestRateWad) => {
          const input = {
            valueAssets,
            principalAssets,
            trueDebtAssets: principalAssets,
            interestRateWad,
            thresholdWad: percent(110),
          };
          const time = secondsToLiquidationByInterest(input);
          if (time.kind !== "in") return;
          const isBelow = (elapsedSeconds: bigint) =>
            isBelowThreshold({
              value: valueAssets,
              debt: projectedDebtDown({ ...input, elapsedSeconds }),
              thresholdWad: input.thresholdWad,
            });
          expect(isBelow(time.seconds)).toBe(false);
          // Interest of these sizes is at least hundreds of units a second, so rounding cannot hide a second.
          expect(isBelow(time.seconds + 1n)).toBe(true);
        },
      ),
    );
  });
});

describe("the split of interest", () => {
  it("adds up exactly, odd units going to LPs", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 30n }),
        fc.bigInt({ min: 0n, max: 5_000n }),
        fc.bigInt({ min: 0n, max: 5_000n }),
        (interestAssets, protocolFeeBps, curatorFeeBps) => {
          const split = splitInterestDown({ interestAssets, protocolFeeBps, curatorFeeBps });
          expect(split.protocolFeeAssets + split.curatorFeeAssets + split.lpAssets).toBe(interestAssets);
        },
      ),
    );
  });

  it("fees of 15 % turn 16 % into 13.6 %", () => {
    const yieldWad = lpYieldWadDown({
      interestRateWad: percent(20),
      utilisationWad: percent(80),
      feeBps: 1_500n,
    });
    expect(yieldWad).toBe(percent(13.6));
  });
});
