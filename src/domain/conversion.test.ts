import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  askedAssets,
  askedShares,
  type ConversionAnswer,
  conversionOf,
  convertedBy,
  tellsApart,
  VIRTUAL_SHARES,
} from "./conversion";

const amount = fc.bigInt({ min: 0n, max: 10n ** 30n });
const rule = fc.constantFrom(...VIRTUAL_SHARES.slice(0, 20));

function answersOf(
  virtualShares: bigint,
  totals: Pick<ConversionAnswer, "totalAssets" | "totalSupplyShares">,
): readonly ConversionAnswer[] {
  const questions = [
    { kind: "shares", amount: askedShares(totals) },
    { kind: "assets", amount: askedAssets(totals) },
  ] as const;
  return questions.flatMap((asked) => {
    const answered = convertedBy(virtualShares, { ...totals, asked });
    return answered === undefined ? [] : [{ ...totals, asked, answered }];
  });
}

describe("conversionOf", () => {
  it("finds the rule that a vault answers by, whatever its decimals suggest", () => {
    fc.assert(
      fc.property(rule, amount, amount, rule, (virtualShares, totalAssets, totalSupplyShares, guess) => {
        const totals = { totalAssets, totalSupplyShares };
        const answers = answersOf(virtualShares, totals);
        fc.pre(answers.length > 0);
        const conversion = conversionOf(answers, guess);
        if (conversion.kind === "proved") expect(conversion.virtualShares).toBe(virtualShares);
        // Where several rules fit, each of them gives the same answers, so none is contradicted.
        else expect(conversion.kind).toBe("assumed");
      }),
    );
  });

  it("tells one virtual share from none at any price but one to one", () => {
    const totals = { totalAssets: 1_000_000_000_001n, totalSupplyShares: 1_000_000_000_000n };
    expect(conversionOf(answersOf(0n, totals), 1n)).toEqual({ kind: "proved", virtualShares: 0n });
    expect(conversionOf(answersOf(1n, totals), 0n)).toEqual({ kind: "proved", virtualShares: 1n });
    expect(tellsApart([0n, 1n], totals)).toBe(true);
  });

  it("keeps what the decimals suggest while the price is one to one, and says that it is assumed", () => {
    const totals = { totalAssets: 5_000_000n, totalSupplyShares: 5_000_000n };
    expect(tellsApart([0n, 1n], totals)).toBe(false);
    expect(conversionOf(answersOf(0n, totals), 1n)).toEqual({ kind: "assumed", virtualShares: 1n });
    expect(conversionOf(answersOf(0n, totals), 10n ** 12n).virtualShares).toBe(0n);
  });

  it("says that a conversion is not standard when no rule gives the answers", () => {
    const totals = { totalAssets: 1_234_567n, totalSupplyShares: 1_000_000n };
    const answers = answersOf(1n, totals).map((one) => ({ ...one, answered: one.answered + 1n }));
    expect(conversionOf(answers, 1n)).toEqual({ kind: "not-standard", virtualShares: 0n });
  });

  it("assumes what the decimals suggest where the vault answers nothing", () => {
    expect(conversionOf([], 1000n)).toEqual({ kind: "assumed", virtualShares: 1000n });
  });
});
