import { describe, expect, it } from "vitest";
import { addressFrom, blockAt, historyOf, logAt, transferOf } from "@/testing/vault-builders";
import type { BlockTotals } from "./ledger-model";
import type { VaultEvent } from "./model";
import { logPricesOf } from "./price-at-log";

const alice = addressFrom(1);
const bob = addressFrom(2);

function endOf(number: bigint, totalAssets: bigint, totalSupplyShares: bigint): BlockTotals {
  return { block: blockAt(number), totalAssets, totalSupplyShares, atStart: undefined };
}

function pricesOf(vault: readonly VaultEvent[], totals: readonly BlockTotals[]) {
  return logPricesOf({ history: historyOf(vault), totals, virtualShares: 1n });
}

describe("prices inside a block", () => {
  const block = 10n;
  const vault: readonly VaultEvent[] = [
    transferOf(logAt(block, 2), { from: alice, to: bob, shares: 5n }),
    transferOf(logAt(block, 4), { to: bob, shares: 100n }),
    { ...logAt(block, 5), kind: "deposit", sender: bob, owner: bob, assets: 110n, shares: 100n },
    transferOf(logAt(block, 8), { from: bob, shares: 50n }),
    {
      ...logAt(block, 9),
      kind: "withdraw",
      sender: bob,
      receiver: bob,
      owner: bob,
      assets: 55n,
      shares: 50n,
    },
  ];
  const prices = pricesOf(vault, [endOf(block, 1_155n, 1_050n)]);

  it("are walked back from the block's end, a share transfer and its event being one action", () => {
    const pair = (assets: bigint, shares: bigint) => ({ kind: "known", value: { assets, shares } });
    expect(prices.before(logAt(block, 2))).toEqual(pair(1_101n, 1_001n));
    expect(prices.after(logAt(block, 2))).toEqual(pair(1_101n, 1_001n));
    for (const log of [4, 5]) {
      expect(prices.before(logAt(block, log))).toEqual(pair(1_101n, 1_001n));
      expect(prices.after(logAt(block, log))).toEqual(pair(1_211n, 1_101n));
    }
    for (const log of [8, 9]) {
      expect(prices.before(logAt(block, log))).toEqual(pair(1_211n, 1_101n));
      expect(prices.after(logAt(block, log))).toEqual(pair(1_156n, 1_051n));
    }
  });
});
