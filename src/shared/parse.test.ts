import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAmount, parseInteger, parsePercent } from "./parse";

const usdc = (text: string) => parseAmount({ text, decimals: 6 });

describe("a typed amount", () => {
  it.each([
    ["1", 1_000_000n],
    [" 1,000.5 ", 1_000_500_000n],
    ["1000.50", 1_000_500_000n],
    [".5", 500_000n],
    ["5.", 5_000_000n],
    ["0", 0n],
    ["0.0000010", 1n],
    ["1,234,567.000001", 1_234_567_000_001n],
  ])("%j is %d units", (text, value) => {
    expect(usdc(text)).toEqual({ ok: true, value });
  });

  it.each([
    ["", "empty"],
    ["   ", "empty"],
    ["-1", "negative"],
    ["\u22121", "negative"],
    ["abc", "not-a-number"],
    ["1e6", "not-a-number"],
    ["0x10", "not-a-number"],
    ["1.2.3", "not-a-number"],
    [".", "not-a-number"],
    ["NaN", "not-a-number"],
    ["Infinity", "not-a-number"],
    ["１", "not-a-number"],
    ["1,5", "separator"],
    ["1.000,50", "separator"],
    ["1,00,000", "separator"],
    ["0.0000001", "too-precise"],
    ["9".repeat(81), "too-large"],
    [(2n ** 256n).toString(), "too-large"],
  ])("%j is refused as %s, with a message that names the problem", (text, code) => {
    const parsed = usdc(text);
    expect(parsed).toMatchObject({ ok: false, code });
    expect(!parsed.ok && parsed.message.length > 10 && parsed.message.endsWith(".")).toBe(true);
  });

  it("never throws and never guesses, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 100 }), (text) => {
        const parsed = usdc(text);
        expect(parsed.ok ? parsed.value >= 0n : parsed.message !== "").toBe(true);
      }),
    );
  });
});

describe("a typed per cent", () => {
  it.each([
    ["20", 2n * 10n ** 17n],
    ["22.5%", 225n * 10n ** 15n],
    ["0.01 %", 10n ** 14n],
    ["100", 10n ** 18n],
  ])("%j is a ratio of %d", (text, value) => {
    expect(parsePercent({ text })).toEqual({ ok: true, value });
  });

  it("a lone sign is no number", () => {
    expect(parsePercent({ text: "%" })).toMatchObject({ ok: false, code: "empty" });
    expect(parsePercent({ text: "5%%" })).toMatchObject({ ok: false });
  });
});

describe("a typed whole number", () => {
  it("has no decimals", () => {
    expect(parseInteger({ text: "1,200" })).toEqual({ ok: true, value: 1_200n });
    expect(parseInteger({ text: "1.5" })).toMatchObject({ ok: false, code: "too-precise" });
    expect(parseInteger({ text: "1.0" })).toEqual({ ok: true, value: 1n });
  });
});
