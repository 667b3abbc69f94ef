import { describe, expect, it } from "vitest";
import { gasLimitOf } from "./intent";

describe("the gas limit of a transaction", () => {
  it("is a quarter above the estimate, rounded up", () => {
    expect(gasLimitOf({ kind: "passed", gasUsed: 100_000n })).toBe(125_000n);
    expect(gasLimitOf({ kind: "passed", gasUsed: 100_001n })).toBe(125_002n);
  });

  it("is left to the wallet without an estimate", () => {
    expect(gasLimitOf({ kind: "passed", gasUsed: undefined })).toBeUndefined();
    expect(gasLimitOf({ kind: "not-simulated", reason: "no answer" })).toBeUndefined();
  });
});
