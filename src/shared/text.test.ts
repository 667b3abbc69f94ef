import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasMixedScripts, sanitiseText } from "./text";

describe("a name from a contract", () => {
  it.each([
    ["USD Coin", "USD Coin"],
    ["évil", "évil"],
    ["USD\u202ECoin", "USDCoin"],
    ["US\u200BD\u200D\uFEFF", "USD"],
    ["a\u2066b\u2069c", "abc"],
    ["line\nbreak\tand\u0000nul", "line break andnul"],
    ["\u2028a\u2029", "a"],
    ["\u3164\u115F\u2800", "(unnamed)"],
    ["", "(unnamed)"],
    ["A\uFE0F", "A"],
    ["x\uD800y", "xy"],
    ["  two   spaces ", "two spaces"],
  ])("%j becomes %j", (text, clean) => {
    expect(sanitiseText(text)).toBe(clean);
  });

  it("keeps markup as harmless text", () => {
    expect(sanitiseText("<script>alert(1)</script>", 80)).toBe("<script>alert(1)</script>");
  });

  it("keeps at most two marks on a letter", () => {
    expect(sanitiseText(`Z${"\u0301".repeat(50)}`)).toBe("Z\u0301\u0301");
  });

  it("is cut to its cap by characters, not inside one", () => {
    expect(sanitiseText("😀".repeat(50), 5)).toBe("😀😀😀😀…");
    expect(sanitiseText("x".repeat(1_000_000))).toHaveLength(40);
  });

  it("holds nothing invisible, whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const clean = sanitiseText(text);
        expect(clean).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        expect(Array.from(clean).length).toBeLessThanOrEqual(40);
        expect(sanitiseText(clean)).toBe(clean);
      }),
      { numRuns: 500 },
    );
  });
});

describe("look-alike letters", () => {
  it("of another script inside a word are noticed", () => {
    expect(hasMixedScripts("USD\u0421")).toBe(true);
    expect(hasMixedScripts("USDC")).toBe(false);
    expect(hasMixedScripts("\u0420\u0443\u0431\u043B\u044C")).toBe(false);
  });
});
