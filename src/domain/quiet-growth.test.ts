import { describe, expect, it } from "vitest";
import { blockAt, fluxOf, stateOf, strategyOf, USDC } from "@/testing/vault-builders";
import type { VaultState } from "./model";
import { hasGrownAlone } from "./quiet-growth";

/** 1,000,000 lent at 15 % a year, of which the LPs keep 85 %: 12 seconds earn them 48,515.98 units. */
const before = stateOf({
  block: { ...blockAt(100n), timestampSeconds: 1_000n },
  flux: fluxOf({
    totalPrincipalDebtAssets: 1_000_000n * USDC,
    strategy: strategyOf({ interestRateWad: 150_000_000_000_000_000n }),
  }),
});
const later = (grownAssets: bigint, change: Partial<VaultState> = {}): VaultState => ({
  ...before,
  block: { ...blockAt(101n), timestampSeconds: 1_012n },
  totalAssets: before.totalAssets + grownAssets,
  ...change,
});

describe("a vault that went on as it must where nothing happens", () => {
  it("grew by its interest less fees, rounded down or up", () => {
    expect(hasGrownAlone(before, later(48_515n))).toBe(true);
    expect(hasGrownAlone(before, later(48_516n))).toBe(true);
  });

  it("did not, where a fall hides behind the interest, or a changed rate may hide one", () => {
    expect(hasGrownAlone(before, later(48_514n))).toBe(false);
    expect(hasGrownAlone(before, later(0n))).toBe(false);
    expect(hasGrownAlone(before, later(48_517n))).toBe(false);
  });

  it("is not taken for granted where shares came or went, or fees are unknown", () => {
    expect(hasGrownAlone(before, later(48_515n, { totalSupplyShares: 1n }))).toBe(false);
    const blind = { ...before, flux: fluxOf({ ...before.flux, protocolFeeBps: undefined }) };
    expect(hasGrownAlone(blind, later(48_515n))).toBe(false);
  });

  it("of a vault that is not Flux, did not lose share price", () => {
    const plain = { ...before, flux: undefined };
    expect(hasGrownAlone(plain, later(1n, { flux: undefined }))).toBe(true);
    expect(hasGrownAlone(plain, later(-1n, { flux: undefined }))).toBe(false);
  });
});
