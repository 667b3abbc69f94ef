import { describe, expect, it } from "vitest";
import { addressFrom } from "@/testing/vault-builders";
import { EMPTY_FORM, firstDifferenceOf, parseForm } from "./model";

const HASH = `0x${"ab".repeat(32)}`;
const OTHER = `0x${"CD".repeat(32)}`;
const GOOD = { root: HASH, address: addressFrom(1), amount: "1000000", proof: "" };

describe("a claim that is typed", () => {
  it("takes a proof in any of the usual forms, and an empty one", () => {
    const lower = OTHER.toLowerCase();
    for (const proof of [
      JSON.stringify([HASH, OTHER]),
      `${HASH}\n${OTHER}`,
      `${HASH}, ${OTHER}`,
      `  ${HASH};${OTHER} `,
    ]) {
      expect(parseForm({ ...GOOD, proof })).toMatchObject({ ok: true, claim: { proof: [HASH, lower] } });
    }
    expect(parseForm(GOOD)).toMatchObject({ ok: true, claim: { proof: [], amountAssets: 1_000_000n } });
  });

  it("has its faults named by field", () => {
    const fields = (change: Partial<typeof GOOD>): readonly string[] => {
      const parsed = parseForm({ ...GOOD, ...change });
      return parsed.ok ? [] : Object.keys(parsed.issues);
    };
    expect(fields({ root: "0x12" })).toEqual(["root"]);
    expect(fields({ address: "0x12" })).toEqual(["address"]);
    expect(fields({ amount: "1.5" })).toEqual(["amount"]);
    expect(fields({ amount: "-1" })).toEqual(["amount"]);
    expect(fields({ proof: `${HASH} 0x12` })).toEqual(["proof"]);
    expect(fields({ proof: Array.from({ length: 65 }, () => HASH).join(" ") })).toEqual(["proof"]);
    const empty = parseForm(EMPTY_FORM);
    expect(empty.ok ? [] : Object.keys(empty.issues)).toEqual(["root", "address", "amount"]);
  });
});

describe("two lists of claims", () => {
  const leaf = (seed: number, amount: bigint) => ({
    address: addressFrom(seed),
    weight: "1",
    amount: amount.toString(),
  });
  const claim = (seed: number, amountAssets: bigint) => ({ address: addressFrom(seed), amountAssets });

  it("differ first at the lowest address whose claim is another, missing or spare", () => {
    const file = [leaf(1, 5n), leaf(3, 7n)];
    expect(firstDifferenceOf(file, [claim(1, 5n), claim(3, 7n)])).toBeUndefined();
    expect(firstDifferenceOf(file, [claim(1, 5n), claim(3, 8n)])).toEqual({
      address: addressFrom(3),
      inFile: 7n,
      computed: 8n,
    });
    expect(firstDifferenceOf(file, [claim(3, 7n)])).toEqual({
      address: addressFrom(1),
      inFile: 5n,
      computed: undefined,
    });
    expect(firstDifferenceOf(file, [claim(1, 5n), claim(2, 1n), claim(3, 7n)])).toEqual({
      address: addressFrom(2),
      inFile: undefined,
      computed: 1n,
    });
  });
});
