// @vitest-environment node
import { describe, expect, it } from "vitest";
import { managerOf } from "@/testing/vault-builders";
import { holdsNothing } from "./holds-nothing";

const empty = managerOf({ value: 0n, debt: 0n, wrapperCount: 0 });

describe("holdsNothing", () => {
  it("is so without debt, bond, working capital and wrappers", () => {
    expect(holdsNothing(empty)).toBe(true);
    expect(holdsNothing({ ...empty, wrapperCount: 2 })).toBe(true);
  });

  it("is not so with any of them, nor while a position has no price", () => {
    for (const change of [
      { principalAssets: 1n },
      { accruedInterestAssets: 1n },
      { bondAssets: 1n },
      { workingCapitalAssets: 1n },
      { wrapperCount: 1, valueUsdWad: 1n },
      { wrapperCount: 1, valueUsdWad: undefined },
    ]) {
      expect(holdsNothing({ ...empty, ...change })).toBe(false);
    }
  });
});
