// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { PricedParts } from "@/data/vault/price-split";
import type { ManagerState } from "@/domain/model";
import { managerOf, snapshotOf, USDC, usd } from "@/testing/vault-builders";
import { candidateRowOf } from "./candidates";
import { isNotOpen, notOpenOf } from "./not-open";

const refused = { canLiquidate: false, minPaymentAssets: 0n };

/** 20,000 USDC of bond, the rest in something else. */
const partsOf = (riskyUsd: bigint | undefined): { kind: "known"; value: PricedParts } => ({
  kind: "known",
  value: {
    bondValueUsdWad: usd(20_000n),
    workingCapitalValueUsdWad: 0n,
    wrappers: [
      {
        underlying: "0x00000000000000000000000000000000000000aa",
        positions: [{ valueUsdWad: riskyUsd === undefined ? undefined : usd(riskyUsd) }],
      },
    ],
  },
});

function shown(manager: ManagerState, parts?: ReturnType<typeof partsOf>) {
  const { state } = snapshotOf([manager]);
  const row = candidateRowOf(manager, state);
  const { title, why, facts } = notOpenOf({ row, state, parts });
  return { row, title, why, facts: Object.fromEntries(facts.map(({ id, figure }) => [id, figure])) };
}

describe("notOpenOf", () => {
  // Threshold 1.10: the whole value may fall by 1 − 1.1 / 1.32, its other assets by 22,000 of 112,000.
  const healthy = managerOf({
    value: 132_000n,
    debt: 100_000n,
    bondAssets: 20_000n * USDC,
    quote: refused,
  });

  it("says that a healthy position cannot be liquidated, why, and which falls would change that", () => {
    const { title, why, facts } = shown(healthy, partsOf(112_000n));
    expect(title).toBe("It cannot be liquidated at block 100");
    expect(why).toContain("1.320 stands above the liquidation threshold of 1.100");
    expect(facts).toMatchObject({
      health: { text: "1.320" },
      threshold: { text: "1.100" },
      "value-fall": { text: "16.66%" },
      "price-fall": { text: "19.64%" },
    });
  });

  it("waits for what the position is made of, and does not guess when a part has no price", () => {
    expect(shown(healthy).facts["price-fall"]?.kind).toBe("loading");
    expect(shown(healthy, partsOf(undefined)).facts["price-fall"]).toEqual({
      kind: "unknown",
      why: "A part of the position could not be priced.",
    });
  });

  it("says when no fall of its other assets can make it liquidatable", () => {
    const covered = managerOf({ value: 132_000n, debt: 10_000n, quote: refused });
    expect(shown(covered, partsOf(112_000n)).facts["price-fall"]).toMatchObject({ text: "not even at 100%" });
  });

  it("keeps the strategy's no apart from the arithmetic's yes", () => {
    const below = managerOf({ value: 105_000n, debt: 100_000n, quote: refused });
    const { why, facts } = shown(below);
    expect(why).toContain("the strategy itself says no");
    expect(facts["value-fall"]).toMatchObject({ text: "below already" });
  });

  it("is for positions that are refused, not for those that are open or unknown", () => {
    const isRefused = (manager: ManagerState): boolean => isNotOpen(shown(manager).row);
    expect(isRefused(healthy)).toBe(true);
    expect(isRefused(managerOf({ value: 105_000n, debt: 100_000n }))).toBe(false);
    expect(isRefused(managerOf({ value: undefined, debt: 100_000n }))).toBe(false);
  });
});
