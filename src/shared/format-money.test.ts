import { describe, expect, it } from "vitest";
import { formatHeld, formatMoney, formatOwed } from "./format-money";

describe("formatMoney", () => {
  it("gives every amount of an asset the same number of digits", () => {
    const texts = [0n, 1_500_000n, 1_234_567_890_000n].map((value) => formatMoney({ value, decimals: 6 }));
    expect(texts).toEqual(["0.00", "1.50", "1,234,567.89"]);
  });

  it("shows more digits of assets with many decimals, and none where there are none", () => {
    expect(formatMoney({ value: 1_234_567_000_000_000_000n, decimals: 18 })).toBe("1.2345");
    expect(formatMoney({ value: 12n, decimals: 0 })).toBe("12");
    expect(formatMoney({ value: 12n, decimals: 1 })).toBe("1.2");
  });

  it("never prints something as nothing", () => {
    expect(formatMoney({ value: 1n, decimals: 6 })).toBe("<0.01");
  });

  it("cuts towards the cautious side", () => {
    expect(formatMoney({ value: 1_000_001n, decimals: 6, toward: "up", symbol: "USDC" })).toBe("1.01 USDC");
  });
});

describe("the rule of rounding", () => {
  it("rounds what is owed up and what is held down, each against whoever reads it hopefully", () => {
    const value = 1_234_561n;
    expect(formatOwed({ value, decimals: 6 })).toBe("1.24");
    expect(formatHeld({ value, decimals: 6 })).toBe("1.23");
    expect(formatHeld({ value: -value, decimals: 6 })).toBe("−1.24");
    expect(formatOwed({ value: -value, decimals: 6 })).toBe("−1.23");
  });

  it("leaves alone what has no more digits than are shown", () => {
    for (const format of [formatOwed, formatHeld]) {
      expect(format({ value: 1_230_000n, decimals: 6, symbol: "USDC" })).toBe("1.23 USDC");
    }
  });
});
