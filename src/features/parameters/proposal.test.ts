// @vitest-environment node
import { describe, expect, it } from "vitest";
import { completeSnapshotOf } from "@/domain/complete";
import { addressFrom, managerOf, percent, snapshotOf, strategyOf, USDC } from "@/testing/vault-builders";
import { newlyText, type Proposal, proposalOf } from "./proposal";

const owing = (seed: number, value: bigint, canLiquidate = false) =>
  managerOf({
    manager: addressFrom(seed),
    value,
    debt: 100_000n,
    quote: { canLiquidate, minPaymentAssets: 100_000n * USDC },
  });

/** Threshold 1.10: one manager at 1.12, one at exactly 1.15, one far above, one below. */
const snapshot = snapshotOf([
  owing(1, 112_000n),
  owing(2, 115_000n),
  owing(3, 180_000n),
  owing(4, 105_000n, true),
]);
const strategy = strategyOf();
const completeness = completeSnapshotOf(snapshot);

function bond(text: string): Proposal {
  return proposalOf({ form: { parameter: "minBondRatio", text }, strategy, completeness });
}

function rate(text: string): Proposal {
  return proposalOf({ form: { parameter: "interestRate", text }, strategy, completeness });
}

describe("proposalOf, a bond ratio", () => {
  it("says nothing of an empty field", () => {
    expect(bond("")).toMatchObject({ problem: undefined, effect: undefined, obstacle: undefined });
  });

  it.each([
    ["abc", "Enter a per cent in digits, as in 22.5."],
    ["-1", "Enter a per cent that is not negative."],
    ["20", "That is the value in force. Enter another one."],
    ["25.0001", "At most 5 points at once, and 20% is in force. Enter 15% to 25%."],
    ["14", "At most 5 points at once, and 20% is in force. Enter 15% to 25%."],
    ["4", "A minimum bond ratio is at least 5% here. Enter 15% to 25%."],
    ["101", "A minimum bond ratio is at most 100% here. Enter 15% to 25%."],
  ])("names the bound and the cure for %s", (text, problem) => {
    expect(bond(text)).toMatchObject({ problem, effect: undefined });
  });

  it("refuses what is not above the buffer, and says why", () => {
    const thin = strategyOf({ minBondRatioWad: percent(12), liquidationBufferWad: percent(10) });
    const { problem } = proposalOf({
      form: { parameter: "minBondRatio", text: "10" },
      strategy: thin,
      completeness: completeSnapshotOf(snapshotOf([owing(1, 112_000n)], { flux: { strategy: thin } })),
    });
    expect(problem).toBe(
      "It must stay above the liquidation buffer of 10%, or every liquidation would start insolvent. Enter more than 10%, up to 17%.",
    );
  });

  it("shows the documented raise from 20 to 25 %: threshold 1.10 to 1.15, below it liquidatable", () => {
    const { effect } = bond("25");
    expect(effect?.rows.find(({ id }) => id === "threshold")).toMatchObject({
      before: "1.100",
      after: "1.150",
    });
    expect(effect?.direction).toBe("risk-down");
    // Health of exactly 1.15 is not below 1.15.
    expect(effect?.newlyLiquidatable.map(({ manager }) => manager)).toEqual([addressFrom(1)]);
    expect(effect?.newlyLiquidatable[0]).toMatchObject({ health: "1.120", trueDebt: "100,000.00 USDC" });
    expect(effect?.overrides.map(({ code }) => code)).toEqual(["would-liquidate"]);
  });

  it("shows a cut as a risk for the LPs, and who could no longer be liquidated", () => {
    const { effect } = bond("15");
    expect(effect?.direction).toBe("risk-up");
    expect(effect?.rows.find(({ id }) => id === "gap-a")).toMatchObject({ before: "9.09%", after: "4.76%" });
    expect(effect?.noLongerLiquidatable.map(({ manager }) => manager)).toEqual([addressFrom(4)]);
    expect(effect?.overrides).toEqual([]);
  });

  it("refuses by default a change that leaves no gap tolerance", () => {
    const tight = strategyOf({ minBondRatioWad: percent(15), liquidationProfitMarginWad: percent(10) });
    const { effect } = proposalOf({
      form: { parameter: "minBondRatio", text: "18" },
      strategy: tight,
      completeness: completeSnapshotOf(snapshotOf([owing(3, 180_000n)], { flux: { strategy: tight } })),
    });
    expect(effect?.overrides.map(({ code }) => code)).toEqual(["gap-not-positive"]);
  });

  it("works nothing out from a snapshot that is not complete", () => {
    const partial = { ...snapshot, unreadManagers: [addressFrom(9)] };
    const { obstacle, effect } = proposalOf({
      form: { parameter: "minBondRatio", text: "22" },
      strategy,
      completeness: completeSnapshotOf(partial),
    });
    expect(effect).toBeUndefined();
    expect(obstacle).toContain("Not every manager could be read");
  });

  it("says when the strategy decides by other rules than the formula", () => {
    const other = snapshotOf([owing(1, 180_000n, true)]);
    const { effect } = proposalOf({
      form: { parameter: "minBondRatio", text: "22" },
      strategy,
      completeness: completeSnapshotOf(other),
    });
    expect(effect?.isModelOff).toBe(true);
  });
});

describe("proposalOf, an interest rate", () => {
  it("is neutral to the threshold and says what a year brings", () => {
    const { effect } = rate("20");
    expect(effect?.direction).toBe("neutral");
    expect(effect?.rows.find(({ id }) => id === "interest")).toMatchObject({
      before: "60,000.00 USDC",
      after: "80,000.00 USDC",
    });
    expect(effect?.before).toEqual(effect?.after);
  });

  it("is at most 100 % a year", () => {
    expect(rate("100.1").problem).toBe("A rate is 0% to 100% a year here. Enter at most 100.");
    expect(rate("0").problem).toBeUndefined();
  });
});

describe("newlyText", () => {
  it("counts in words", () => {
    const effect = bond("25").effect;
    if (effect === undefined) throw new Error("no effect");
    expect(newlyText(effect)).toBe("1 manager that is healthy today would become liquidatable at once.");
    expect(newlyText({ ...effect, newlyLiquidatable: [] })).toBe(
      "No healthy manager would become liquidatable.",
    );
  });
});
