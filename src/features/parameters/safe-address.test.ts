// @vitest-environment node
import { describe, expect, it } from "vitest";
import { parseAddress } from "@/data/parse-address";
import { addressFrom } from "@/testing/vault-builders";
import { safeProblemOf } from "./safe-address";

const problemOf = (text: string, hasCode: boolean | undefined): string | undefined =>
  safeProblemOf({ parsed: text === "" ? undefined : parseAddress(text), hasCode, chainId: 31_337 });

describe("the address of a Safe", () => {
  it("is refused where no contract is, and the chain is named", () => {
    expect(problemOf(addressFrom(1), false)).toBe(
      "No contract at this address on chain 31337. A Safe is a contract.",
    );
  });

  it("is taken where there is one, and while nobody knows", () => {
    expect(problemOf(addressFrom(1), true)).toBeUndefined();
    expect(problemOf(addressFrom(1), undefined)).toBeUndefined();
  });

  it("may be left out, and must be an address", () => {
    expect(problemOf("", undefined)).toBeUndefined();
    expect(problemOf("0x12", undefined)).toBeDefined();
  });
});
