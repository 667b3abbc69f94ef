import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressFrom, logAt, transferOf } from "@/testing/vault-builders";
import { replayHoldings } from "./holdings";
import { allocateByLargestRemainder, shareholderKindOf, sharesOfAmount, type Weight } from "./loss-share";
import { sumOf } from "./math";

function amounts(amount: bigint, weights: readonly Weight[]): readonly bigint[] {
  const split = allocateByLargestRemainder({ amount, weights });
  if (split.kind === "unknown") throw new Error("expected a split");
  return split.value.map((part) => part.amount);
}

const weight = (seed: number, share: bigint): Weight => ({ address: addressFrom(seed), weight: share });
const virtual = (share: bigint): Weight => ({ address: undefined, weight: share });

describe("largest remainder", () => {
  it("gives the unit left over to the largest remainder", () => {
    // 10 over 1 : 2 : 4 → 1.43, 2.86, 5.71
    expect(amounts(10n, [weight(1, 1n), weight(2, 2n), weight(3, 4n)])).toEqual([1n, 3n, 6n]);
  });

  it("gives ties to the lower address", () => {
    expect(amounts(2n, [weight(3, 1n), weight(1, 1n), weight(2, 1n)])).toEqual([1n, 1n, 0n]);
  });

  it("gives ties to virtual shares last", () => {
    expect(amounts(1n, [virtual(1n), weight(1, 1n)])).toEqual([1n, 0n]);
    expect(amounts(1n, [virtual(3n), weight(1, 1n)])).toEqual([0n, 1n]);
  });

  it("nobody to bear it: no supply, not zero", () => {
    expect(allocateByLargestRemainder({ amount: 5n, weights: [] })).toEqual({
      kind: "unknown",
      reason: "no-supply",
    });
    expect(allocateByLargestRemainder({ amount: 5n, weights: [weight(1, 0n)] }).kind).toBe("unknown");
  });

  const claimants = fc
    .uniqueArray(
      fc.record({
        seed: fc.integer({ min: 0, max: 500 }),
        share: fc.oneof(fc.bigInt({ min: 1n, max: 5n }), fc.bigInt({ min: 1n, max: 10n ** 30n })),
      }),
      { minLength: 1, maxLength: 40, selector: ({ seed }) => seed },
    )
    .map((list) => list.map(({ seed, share }) => (seed === 0 ? virtual(share) : weight(seed, share))));
  const amount = fc.oneof(fc.bigInt({ min: 0n, max: 50n }), fc.bigInt({ min: 0n, max: 10n ** 30n }));

  it("adds up exactly to the amount", () => {
    fc.assert(
      fc.property(claimants, amount, (weights, whole) => {
        expect(sumOf(amounts(whole, weights))).toBe(whole);
      }),
    );
  });

  it("gives everybody the quotient or one unit more", () => {
    fc.assert(
      fc.property(claimants, amount, (weights, whole) => {
        const total = sumOf(weights.map((one) => one.weight));
        const split = allocateByLargestRemainder({ amount: whole, weights });
        if (split.kind === "unknown") throw new Error("expected a split");
        for (const part of split.value) {
          const floor = (whole * part.weight) / total;
          expect(part.amount === floor || part.amount === floor + 1n).toBe(true);
        }
      }),
    );
  });

  it("never gives the unit to a smaller remainder, nor on a tie to the higher address", () => {
    fc.assert(
      fc.property(claimants, amount, (weights, whole) => {
        const total = sumOf(weights.map((one) => one.weight));
        const split = allocateByLargestRemainder({ amount: whole, weights });
        if (split.kind === "unknown") throw new Error("expected a split");
        const parts = split.value.map((part, order) => ({
          order,
          remainder: (whole * part.weight) % total,
          hasExtra: part.amount > (whole * part.weight) / total,
        }));
        for (const winner of parts.filter(({ hasExtra }) => hasExtra)) {
          for (const loser of parts.filter(({ hasExtra }) => !hasExtra)) {
            expect(
              winner.remainder > loser.remainder ||
                (winner.remainder === loser.remainder && winner.order < loser.order),
            ).toBe(true);
          }
        }
      }),
    );
  });

  it("does not depend on the order of the input", () => {
    fc.assert(
      fc.property(
        claimants.chain((weights) =>
          fc.tuple(
            fc.constant(weights),
            fc.shuffledSubarray(weights, { minLength: weights.length, maxLength: weights.length }),
          ),
        ),
        amount,
        ([weights, shuffled], whole) => {
          expect(allocateByLargestRemainder({ amount: whole, weights: shuffled })).toEqual(
            allocateByLargestRemainder({ amount: whole, weights }),
          );
        },
      ),
    );
  });
});

describe("a loss over the shares held at its log", () => {
  const alice = addressFrom(1);
  const dead = "0x000000000000000000000000000000000000dead" as const;
  const holdings = replayHoldings([
    transferOf(logAt(10n, 0), { to: alice, shares: 9_000n }),
    transferOf(logAt(10n, 1), { to: dead, shares: 1_000n }),
    transferOf(logAt(20n, 5), { from: alice, to: addressFrom(2), shares: 4_500n }),
  ]);
  const loss = { amountAssets: 101n, holdings, virtualShares: 100n };

  it("lists LPs, dead addresses and the virtual shares as lines of their own", () => {
    const split = sharesOfAmount({
      ...loss,
      at: { blockNumber: 20n, logIndex: 5 },
      totalSupplyShares: 10_000n,
    });
    expect(split).toEqual({
      kind: "known",
      value: [
        { holder: dead, shares: 1_000n, amountAssets: 10n },
        { holder: alice, shares: 9_000n, amountAssets: 90n },
        { holder: undefined, shares: 100n, amountAssets: 1n },
      ],
    });
  });

  it("tells them apart", () => {
    expect([alice, dead, undefined].map(shareholderKindOf)).toEqual(["lp", "dead", "virtual"]);
    expect(shareholderKindOf("0x0000000000000000000000000000000000000001")).toBe("dead");
    expect(shareholderKindOf("0x0000000000000000000000000000000000000011")).toBe("lp");
  });

  it("two losses in one block with a transfer between them fall on different holders", () => {
    const at = (logIndex: number) =>
      sharesOfAmount({ ...loss, at: { blockNumber: 20n, logIndex }, totalSupplyShares: 10_000n });
    const lines = (logIndex: number) => {
      const split = at(logIndex);
      return split.kind === "known"
        ? split.value.filter(({ holder }) => shareholderKindOf(holder) === "lp").length
        : 0;
    };
    expect(lines(4)).toBe(1);
    expect(lines(6)).toBe(2);
  });

  it("replayed shares that are not the vault's supply: nobody's part is known", () => {
    const split = sharesOfAmount({
      ...loss,
      at: { blockNumber: 20n, logIndex: 5 },
      totalSupplyShares: 10_001n,
    });
    expect(split).toEqual({ kind: "unknown", reason: "history-partial" });
  });

  it("an overdrawn holder: unknown even when the sum happens to fit", () => {
    const broken = replayHoldings([
      transferOf(logAt(10n, 0), { from: alice, to: addressFrom(2), shares: 50n }),
    ]);
    const split = sharesOfAmount({
      ...loss,
      holdings: broken,
      at: { blockNumber: 20n, logIndex: 0 },
      totalSupplyShares: 0n,
    });
    expect(split).toEqual({ kind: "unknown", reason: "history-partial" });
  });
});
