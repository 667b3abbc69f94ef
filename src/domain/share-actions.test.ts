import { describe, expect, it } from "vitest";
import { addressFrom, logAt, transferOf } from "@/testing/vault-builders";
import type { Address, LogRef, VaultEvent } from "./model";
import { shareActionsOf } from "./share-actions";

const [alice, bob, treasury] = [addressFrom(1), addressFrom(2), addressFrom(3)] as const;

const at = (logIndex: number, transaction = 1n): LogRef => logAt(10n, logIndex, transaction);
const depositOf = (log: LogRef, owner: Address, shares: bigint): VaultEvent => ({
  ...log,
  kind: "deposit",
  sender: bob,
  owner,
  assets: 2n * shares,
  shares,
});
const withdrawalOf = (log: LogRef, owner: Address, shares: bigint): VaultEvent => ({
  ...log,
  kind: "withdraw",
  sender: bob,
  receiver: bob,
  owner,
  assets: 2n * shares,
  shares,
});

/** Each action as the log indices of its transfer and of its event. */
const joined = (...vault: readonly VaultEvent[]) =>
  shareActionsOf({ vault }).map(({ transfer, flow }) => [transfer?.logIndex, flow?.logIndex]);

describe("a deposit and its mint", () => {
  it("are one action, whichever of the two logs comes first", () => {
    expect(joined(transferOf(at(1), { to: alice, shares: 5n }), depositOf(at(2), alice, 5n))).toEqual([
      [1, 2],
    ]);
    expect(joined(depositOf(at(1), alice, 5n), transferOf(at(2), { to: alice, shares: 5n }))).toEqual([
      [2, 1],
    ]);
  });

  it("belong together by owner, also where others get shares in the same transaction", () => {
    expect(
      joined(
        transferOf(at(1), { to: treasury, shares: 5n }),
        transferOf(at(2), { to: alice, shares: 5n }),
        depositOf(at(3), alice, 5n),
      ),
    ).toEqual([
      [1, undefined],
      [2, 3],
    ]);
  });

  it("are found by shares first: the fee shares of the owner are not its deposit", () => {
    expect(
      joined(
        transferOf(at(1), { to: alice, shares: 100n }),
        transferOf(at(2), { to: alice, shares: 1n }),
        depositOf(at(3), alice, 100n),
      ),
    ).toEqual([
      [1, 3],
      [2, undefined],
    ]);
  });

  it("are one action also where the vault keeps a part of the shares", () => {
    expect(
      joined(
        transferOf(at(1), { to: alice, shares: 99n }),
        transferOf(at(2), { to: treasury, shares: 1n }),
        depositOf(at(3), alice, 100n),
      ),
    ).toEqual([
      [1, 3],
      [2, undefined],
    ]);
  });

  it("twice the same in one transaction: each event has its own mint", () => {
    const mint = (logIndex: number) => transferOf(at(logIndex), { to: alice, shares: 5n });
    const event = (logIndex: number) => depositOf(at(logIndex), alice, 5n);
    expect(joined(mint(1), event(2), mint(3), event(4))).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(joined(event(1), mint(2), event(3), mint(4))).toEqual([
      [2, 1],
      [4, 3],
    ]);
  });

  it("never reach over to another transaction", () => {
    expect(joined(transferOf(at(1, 1n), { to: alice, shares: 5n }), depositOf(at(2, 2n), alice, 5n))).toEqual(
      [
        [1, undefined],
        [undefined, 2],
      ],
    );
  });
});

describe("a withdrawal and its burn", () => {
  it("are one action of the owner, whoever asked for it", () => {
    expect(joined(transferOf(at(1), { from: alice, shares: 5n }), withdrawalOf(at(2), alice, 5n))).toEqual([
      [1, 2],
    ]);
  });

  it("are not mixed up with a deposit of the same owner and shares", () => {
    expect(
      joined(
        transferOf(at(1), { to: alice, shares: 5n }),
        transferOf(at(2), { from: alice, shares: 5n }),
        depositOf(at(3), alice, 5n),
        withdrawalOf(at(4), alice, 5n),
      ),
    ).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });
});

describe("the order", () => {
  it("is that of the chain, whatever the order of the input, each log once", () => {
    const logs = [
      transferOf(at(1), { to: alice, shares: 5n }),
      depositOf(at(2), alice, 5n),
      transferOf(at(3, 2n), { from: alice, to: bob, shares: 5n }),
    ];
    expect(joined(...logs.toReversed(), ...logs)).toEqual([
      [1, 2],
      [3, undefined],
    ]);
  });
});

describe("a list of events that has grown", () => {
  it("is joined again", () => {
    const vault: VaultEvent[] = [transferOf(at(1), { to: alice, shares: 5n })];
    expect(shareActionsOf({ vault }).length).toBe(1);
    vault.push(transferOf(at(3, 2n), { from: alice, to: bob, shares: 5n }));
    expect(shareActionsOf({ vault }).length).toBe(2);
  });
});
