import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addressFrom,
  completeOf,
  fluxOf,
  logAt,
  managerOf,
  percent,
  stateOf,
  strategyOf,
  USDC,
} from "@/testing/vault-builders";
import { healthRatioWadDown } from "./health";
import type { ParameterEvent } from "./model";
import { bondRatioImpactOf, exitFeasibilityOf, parameterHistoryOf, rateImpactOf } from "./parameters";

const at = (seed: number, value: bigint | undefined, debt = 100n) =>
  managerOf({ value, debt, manager: addressFrom(seed) });

function impact(managers: readonly ReturnType<typeof at>[], ratio: number, strategy = strategyOf()) {
  return bondRatioImpactOf({
    complete: completeOf(managers, { state: stateOf({ flux: fluxOf({ strategy }) }) }),
    newMinBondRatioWad: percent(ratio),
  });
}

const codes = (found: { issues: readonly { code: string }[] }) => found.issues.map(({ code }) => code);

describe("a higher bond ratio", () => {
  const managers = [at(1, 109n), at(2, 110n), at(3, 114n, 100n), at(4, 115n), at(5, 200n), at(6, 1n, 0n)];
  const found = impact(managers, 25);

  it("from 20 to 25 % moves T from 1.10 to 1.15", () => {
    expect(found.before.thresholdWad).toBe(percent(110));
    expect(found.after.thresholdWad).toBe(percent(115));
    expect(found.direction).toBe("risk-down");
  });

  it("makes exactly those with T_old <= H < T_new liquidatable", () => {
    expect(found.newlyLiquidatable.map(({ manager }) => manager)).toEqual([addressFrom(2), addressFrom(3)]);
    expect(found.newlyLiquidatable[0]?.healthRatioWad).toEqual({ kind: "known", value: percent(110) });
    expect(found.noLongerLiquidatable).toEqual([]);
    expect(codes(found)).toEqual(["would-liquidate"]);
  });

  it("names first who owes most", () => {
    const big = { ...at(9, 2_200n, 2_000n) };
    expect(impact([...managers, big], 25).newlyLiquidatable[0]?.manager).toBe(addressFrom(9));
  });

  it("does not count those that the strategy would liquidate already, and distrusts itself then", () => {
    const quoted = { ...at(2, 112n), quote: { canLiquidate: true, minPaymentAssets: 0n } };
    const other = impact([quoted], 25);
    expect(other.newlyLiquidatable).toEqual([]);
    expect(other.modelAgreesToday).toBe(false);
    expect(found.modelAgreesToday).toBe(true);
  });

  it("a position that could not be valued is listed as undetermined, not as safe", () => {
    const dark = impact([at(1, undefined)], 25);
    expect(dark.undetermined.map(({ manager }) => manager)).toEqual([addressFrom(1)]);
    expect(codes(dark)).toContain("effect-unknown");
  });

  it("agrees with the ratio that is shown for every manager", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        (value, debt) => {
          const manager = at(1, value, debt);
          const health = healthRatioWadDown(manager, stateOf());
          if (health.kind === "unknown") throw new Error("expected a figure");
          const isNew = health.value >= percent(110) && health.value < percent(115);
          expect(impact([manager], 25).newlyLiquidatable.length).toBe(isNew ? 1 : 0);
        },
      ),
    );
  });
});

describe("a lower bond ratio", () => {
  it("raises the risk and frees those between the thresholds", () => {
    const found = impact([at(1, 109n), at(2, 104n)], 15);
    expect(found.direction).toBe("risk-up");
    expect(found.noLongerLiquidatable.map(({ manager }) => manager)).toEqual([addressFrom(1)]);
    expect(found.newlyLiquidatable).toEqual([]);
  });
});

describe("a proposal of a bond ratio", () => {
  it.each([
    [20, ["unchanged"]],
    [25.000001, ["step-too-large"]],
    [14.999999, ["step-too-large"]],
    [4, ["below-minimum", "step-too-large", "not-above-buffer", "gap-not-positive"]],
    [101, ["above-maximum", "step-too-large"]],
    [22.5, []],
  ])("of %d %% has the issues %j", (ratio, expected) => {
    expect(codes(impact([], ratio))).toEqual(expected);
  });

  it("not above the buffer is refused; a gap below zero only asks for a confirmation", () => {
    const thin = strategyOf({ minBondRatioWad: percent(12), liquidationProfitMarginWad: percent(5) });
    expect(impact([], 10, thin).issues).toContainEqual({ code: "not-above-buffer", severity: "refuse" });
    expect(impact([], 14, thin).issues).toEqual([{ code: "gap-not-positive", severity: "override" }]);
  });

  it("to an immutable strategy is refused", () => {
    expect(codes(impact([], 22, strategyOf({ isMutable: false })))).toContain("immutable");
  });
});

describe("a new interest rate", () => {
  const complete = completeOf([at(1, 120n), at(2, undefined)], {
    state: stateOf({ totalAssets: 250n * USDC, flux: fluxOf({ idleAssets: 50n * USDC }) }),
  });
  const found = rateImpactOf({ complete, newInterestRateWad: percent(30) });

  it("has no direction of its own, and twice the rate is twice the yearly interest", () => {
    expect(found.direction).toBe("neutral");
    expect(found.yearlyInterestBeforeAssets).toBe(30n * USDC);
    expect(found.yearlyInterestAfterAssets).toBe(60n * USDC);
  });

  it("shows what LPs would earn at today's utilisation after fees", () => {
    expect(found.lpYieldBeforeWad).toEqual({ kind: "known", value: percent(10.2) });
    expect(found.lpYieldAfterWad).toEqual({ kind: "known", value: percent(20.4) });
  });

  it("brings liquidation by interest nearer, and is unknown for what was not valued", () => {
    const [first, second] = found.managers;
    if (first?.before.kind !== "known" || first.after.kind !== "known") throw new Error("expected figures");
    if (first.before.value.kind !== "in" || first.after.value.kind !== "in")
      throw new Error("expected times");
    expect(first.before.value.seconds / first.after.value.seconds).toBe(2n);
    expect(second?.after).toEqual({ kind: "unknown", reason: "value-unreadable" });
  });

  it("is refused when unchanged or above 100 %", () => {
    const issues = (rate: bigint) => codes(rateImpactOf({ complete, newInterestRateWad: rate }));
    expect(issues(percent(15))).toEqual(["unchanged"]);
    expect(issues(percent(101))).toEqual(["above-maximum"]);
    expect(issues(percent(100))).toEqual([]);
  });
});

describe("the history of parameters", () => {
  const changed = (block: bigint, key: string, oldValue: bigint, newValue: bigint): ParameterEvent => ({
    ...logAt(block),
    kind: "parameter",
    key,
    oldValue,
    newValue,
  });

  it("is oldest first, each change once, judged by what it did to the threshold", () => {
    const events = [
      changed(30n, "minBondRatio", 20n, 15n),
      changed(10n, "minBondRatio", 15n, 20n),
      changed(20n, "interestRate", 1n, 2n),
      changed(20n, "interestRate", 1n, 2n),
      { ...logAt(40n), kind: "asset-allowed", asset: addressFrom(3), allowed: true } as const,
    ];
    const found = parameterHistoryOf(events);
    expect(found.map(({ event, direction }) => [event.blockNumber, direction])).toEqual([
      [10n, "risk-down"],
      [20n, "neutral"],
      [30n, "risk-up"],
      [40n, "risk-up"],
    ]);
  });

  it("a larger buffer is more risk, because it lowers the threshold", () => {
    const [found] = parameterHistoryOf([changed(1n, "liquidationBuffer", 5n, 10n)]);
    expect(found?.direction).toBe("risk-up");
  });
});

describe("leaving before a change", () => {
  it.each([
    [0n, 5n, "nothing-held"],
    [5n, 5n, "yes"],
    [5n, 4n, "partly"],
    [5n, 0n, "no"],
  ])("with %d held and %d idle: %s", (balanceAssets, idleAssets, expected) => {
    expect(exitFeasibilityOf({ balanceAssets, idleAssets })).toBe(expected);
  });
});
