import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressFrom, historyOf, logAt, transferOf } from "@/testing/vault-builders";
import { eventsOf, historyUpTo, holdersOf, lentAssets, managersOf, suppliedAssets } from "./history";
import { orderedLogs } from "./log-order";
import type { LogRef, VaultEvent } from "./model";

const manager = (log: LogRef, seed: number, kind: "borrowed" | "bond-deposited"): VaultEvent => ({
  ...log,
  kind,
  manager: addressFrom(seed),
  assets: 10n,
});

describe("logs in order", () => {
  const log = fc.record({ block: fc.bigInt({ min: 1n, max: 5n }), index: fc.integer({ min: 0, max: 5 }) });

  it("are sorted by block and log index, each once", () => {
    fc.assert(
      fc.property(fc.array(log, { maxLength: 30 }), (places) => {
        const found = orderedLogs(places.map(({ block, index }) => logAt(block, index)));
        const keys = found.map(({ blockNumber, logIndex }) => Number(blockNumber) * 10 + logIndex);
        expect(keys).toEqual(
          [...new Set(places.map(({ block, index }) => Number(block) * 10 + index))].sort((a, b) => a - b),
        );
      }),
    );
  });

  it("an input in order is handed back, not copied", () => {
    const logs = [logAt(1n), logAt(2n)];
    expect(orderedLogs(logs)).toBe(logs);
  });
});

describe("a history", () => {
  const history = historyOf([
    manager(logAt(30n), 2, "borrowed"),
    manager(logAt(10n), 1, "bond-deposited"),
    manager(logAt(20n), 2, "bond-deposited"),
    transferOf(logAt(40n), { to: addressFrom(9), shares: 5n }),
    transferOf(logAt(50n), { from: addressFrom(9), shares: 5n }),
    {
      ...logAt(40n, 1),
      kind: "deposit",
      sender: addressFrom(9),
      owner: addressFrom(9),
      assets: 7n,
      shares: 5n,
    },
  ]);

  it("names every manager that ever acted, in order of first appearance", () => {
    expect(managersOf(history)).toEqual([addressFrom(1), addressFrom(2)]);
  });

  it("names every address that ever received shares, and not the zero address", () => {
    expect(holdersOf(history)).toEqual([addressFrom(9)]);
  });

  it("sums what was lent and what was supplied", () => {
    expect(lentAssets(history)).toBe(10n);
    expect(suppliedAssets(history)).toBe(7n);
  });

  it("cut at a block holds that block and nothing later", () => {
    const cut = historyUpTo(history, 30n);
    expect(cut.toBlock).toBe(30n);
    expect(cut.complete).toBe(true);
    expect(eventsOf(cut, "borrowed")).toHaveLength(1);
    expect(eventsOf(cut, "transfer")).toHaveLength(0);
  });

  it("cut beyond its end is no longer complete", () => {
    expect(historyUpTo(history, 101n)).toMatchObject({ toBlock: 101n, complete: false });
    expect(historyUpTo(history, 100n)).toBe(history);
  });
});
