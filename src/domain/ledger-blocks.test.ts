import { describe, expect, it } from "vitest";
import { addressFrom, historyOf, logAt, transferOf } from "@/testing/vault-builders";
import { eventsOf } from "./history";
import { replayHoldings } from "./holdings";
import { ledgerBlocksOf } from "./ledger-blocks";
import type { LogRef, ParameterEvent, VaultEvent } from "./model";

const [alice, bob, manager] = [addressFrom(1), addressFrom(2), addressFrom(11)];

const deposit = (log: LogRef, owner = alice): readonly VaultEvent[] => [
  transferOf(log, { to: owner, shares: 10n }),
  { ...log, logIndex: 1, kind: "deposit", sender: bob, owner, assets: 10n, shares: 10n },
];
const loss = (log: LogRef): VaultEvent => ({
  ...log,
  kind: "loss",
  manager,
  principalAssets: 1n,
  interestAssets: 0n,
  lpLossAssets: 1n,
  totalAssetsBefore: 10n,
  totalAssetsAfter: 9n,
  totalSupplyShares: 10n,
});
const rate = (log: LogRef): ParameterEvent => ({
  ...log,
  kind: "parameter",
  key: "rate",
  oldValue: 1n,
  newValue: 2n,
});

const vault: readonly VaultEvent[] = [
  ...deposit(logAt(5n)),
  { ...logAt(6n), kind: "bond-deposited", manager, assets: 1n },
  { ...logAt(7n), kind: "borrowed", manager, assets: 1n },
  ...deposit(logAt(8n), bob),
  transferOf(logAt(9n), { from: bob, to: addressFrom(3), shares: 1n }),
  loss(logAt(12n)),
  transferOf(logAt(13n), { from: alice, to: bob, shares: 10n }),
  loss(logAt(14n)),
];
const history = historyOf(vault, { parameters: [rate(logAt(10n)), rate(logAt(7n, 5))] });

describe("the blocks to read", () => {
  it("are those in which shares, loans or assets moved; bonds are none of them", () => {
    const { ends, starts, shortfalls, rateChanges } = ledgerBlocksOf(history);
    expect(ends).toEqual([5n, 7n, 8n, 9n, 12n, 13n, 14n]);
    expect(starts).toEqual([5n, 7n, 8n, 12n, 14n]);
    expect(shortfalls).toEqual([5n, 8n]);
    expect(rateChanges).toEqual([10n]);
  });

  it("stand in order and once, however the events come", () => {
    const shuffled = { ...history, vault: vault.toReversed() };
    expect(ledgerBlocksOf(shuffled)).toEqual(ledgerBlocksOf(history));
  });

  it("for one address are its own, and losses while it held shares", () => {
    const holdings = replayHoldings(eventsOf(history, "transfer"));
    expect(ledgerBlocksOf(history, { for: alice, holdings })).toEqual({
      ends: [5n, 12n, 13n],
      starts: [5n, 12n],
      shortfalls: [5n],
      rateChanges: [],
    });
  });
});
