import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvariantError } from "./assert";
import {
  formatAddress,
  formatAmount,
  formatBps,
  formatDate,
  formatDuration,
  formatExactAmount,
  formatInteger,
  formatRatio,
  formatRatioPercent,
  formatSharePrice,
  formatTimestamp,
  toChartNumber,
  toSafeInteger,
} from "./format";
import { parseAmount, parsePercent } from "./parse";

const WAD = 10n ** 18n;

describe("amounts", () => {
  it.each([
    [1_234_567_890n, 6, {}, "1,234.56"],
    [1_234_567_890n, 6, { toward: "up" as const }, "1,234.57"],
    [1_999_999n, 6, { maximumFractionDigits: 0 }, "1"],
    [1_000_000n, 6, { minimumFractionDigits: 2 }, "1.00"],
    [1_500_000n, 6, { minimumFractionDigits: 2 }, "1.50"],
    [0n, 6, {}, "0"],
    [0n, 6, { minimumFractionDigits: 2 }, "0.00"],
    [-1_234_567n, 6, {}, "\u22121.23"],
    [123n, 0, {}, "123"],
    [10n ** 24n, 18, { symbol: "WETH" }, "1,000,000 WETH"],
    [2n ** 256n - 1n, 255, { maximumFractionDigits: 2 }, "<0.01"],
  ])("%d with %d decimals and %j is %s", (value, decimals, options, text) => {
    expect(formatAmount({ value, decimals, ...options })).toBe(text);
  });

  it("something too small to show is never shown as nothing", () => {
    expect(formatAmount({ value: 1n, decimals: 6 })).toBe("<0.01");
    expect(formatAmount({ value: 1n, decimals: 6, maximumFractionDigits: 0 })).toBe("<1");
    expect(formatAmount({ value: -1n, decimals: 6 })).toBe(">\u22120.01");
    expect(formatAmount({ value: 1n, decimals: 6, toward: "up" })).toBe("0.01");
  });

  it("has no exponent, no NaN and no Infinity for any amount of any token", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 256n), max: 2n ** 256n }),
        fc.constantFrom(0, 6, 8, 18, 27, 77, 255),
        (value, decimals) => {
          expect(formatAmount({ value, decimals })).toMatch(/^[<>]?\u2212?\d{1,3}(,\d{3})*(\.\d+)?$/u);
        },
      ),
    );
  });

  it("written out in full can be read back to the unit", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
        fc.constantFrom(0, 6, 18, 77),
        (value, decimals) => {
          const shown = formatAmount({ value, decimals, maximumFractionDigits: decimals });
          expect(parseAmount({ text: shown, decimals })).toEqual({ ok: true, value });
          expect(parseAmount({ text: formatExactAmount({ value, decimals }), decimals })).toEqual({
            ok: true,
            value,
          });
        },
      ),
    );
  });

  it("cut off is never above the amount, and rounded up never below it", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 10n ** 6n, max: 10n ** 20n }), (value) => {
        const read = (toward: "down" | "up") => {
          const parsed = parseAmount({ text: formatAmount({ value, decimals: 6, toward }), decimals: 6 });
          return parsed.ok ? parsed.value : -1n;
        };
        expect(read("down") <= value && value - read("down") < 10_000n).toBe(true);
        expect(read("up") >= value && read("up") - value < 10_000n).toBe(true);
      }),
    );
  });

  it("decimals that no token can have are refused", () => {
    expect(() => formatAmount({ value: 1n, decimals: 256 })).toThrow(InvariantError);
    expect(() => formatAmount({ value: 1n, decimals: -1 })).toThrow(InvariantError);
  });
});

describe("ratios", () => {
  it("health is cut off, never rounded up: 70/85 is 0.823 and 82.35 %", () => {
    const ratioWad = 823_529_411_764_705_882n;
    expect(formatRatio({ ratioWad })).toBe("0.823");
    expect(formatRatioPercent({ ratioWad })).toBe("82.35%");
    expect(formatRatioPercent({ ratioWad, fractionDigits: 1 })).toBe("82.3%");
    expect(formatRatio({ ratioWad: 1_099_999_999_999_999_999n })).toBe("1.099");
  });

  it("a loss can be asked for on its cautious side", () => {
    expect(formatRatioPercent({ ratioWad: WAD / 300n, toward: "up" })).toBe("0.34%");
    expect(formatRatioPercent({ ratioWad: 1n })).toBe("<0.01%");
    expect(formatRatioPercent({ ratioWad: 0n })).toBe("0.00%");
  });

  it("a negative tolerance carries a minus", () => {
    expect(formatRatioPercent({ ratioWad: -10_101_010_101_010_102n, fractionDigits: 1 })).toBe("\u22121.0%");
  });

  it("basis points read as per cent", () => {
    expect(formatBps(1_000n)).toBe("10%");
    expect(formatBps(1_025n)).toBe("10.25%");
  });
});

describe("share prices", () => {
  const decimals = { assetDecimals: 6, shareDecimals: 6 };

  it("are assets for one whole share, cut off", () => {
    expect(formatSharePrice({ assets: 9_994_550n, shares: 10_000_000n, ...decimals })).toBe("0.999455");
    expect(formatSharePrice({ assets: 1n, shares: 3n, assetDecimals: 6, shareDecimals: 18 })).toBe(
      "333,333,333,333.333333",
    );
  });

  it("without shares there is none", () => {
    expect(formatSharePrice({ assets: 1n, shares: 0n, ...decimals })).toBeUndefined();
  });
});

describe("times", () => {
  it.each([
    [0n, "0 s"],
    [59n, "59 s"],
    [60n, "1 min"],
    [3_599n, "59 min 59 s"],
    [90_000n, "1 d 1 h"],
    [86_401n, "1 d"],
    [-90n, "\u22121 min 30 s"],
    [86_400n * 1_234n, "1,234 d"],
  ])("%d seconds are %s", (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it("are written in UTC for every reader", () => {
    expect(formatTimestamp(1_700_000_000n)).toBe("2023-11-14 22:13 UTC");
    expect(formatDate(1_700_000_000n)).toBe("2023-11-14");
    expect(() => formatTimestamp(10n ** 18n)).toThrow(InvariantError);
  });
});

describe("addresses and counts", () => {
  it("show six digits at either end", () => {
    expect(formatAddress("0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48")).toBe("0xa0b869…06eb48");
    expect(formatAddress("0x1234")).toBe("0x1234");
  });

  it("count in groups of three", () => {
    expect(formatInteger(1_234_567n)).toBe("1,234,567");
    expect(formatInteger(-1_234)).toBe("\u22121,234");
  });
});

describe("numbers for pixels and indexes", () => {
  it("come close enough to draw", () => {
    expect(toChartNumber({ value: 1_234_567n, decimals: 6 })).toBe(1.234567);
    expect(toChartNumber({ value: -5n * WAD, decimals: 18 })).toBe(-5);
    expect(toChartNumber({ value: 1n, decimals: 18 })).toBe(1e-18);
    expect(toChartNumber({ value: 2n ** 256n, decimals: 18 })).toBeCloseTo(1.157920892373162e59, -50);
  });

  it("an index that a number cannot hold exactly is refused", () => {
    expect(toSafeInteger(31_337n)).toBe(31_337);
    expect(() => toSafeInteger(2n ** 53n)).toThrow(InvariantError);
  });

  it("a typed per cent comes back as it was typed", () => {
    const parsed = parsePercent({ text: "22.5 %" });
    expect(parsed.ok && formatRatioPercent({ ratioWad: parsed.value })).toBe("22.50%");
  });
});
