import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressFrom, logAt, transferOf, ZERO_ADDRESS } from "@/testing/vault-builders";
import {
  holdersAt,
  holdersAtEnd,
  replayHoldings,
  sharesAt,
  sharesAtEnd,
  supplySharesAt,
  supplySharesAtEnd,
} from "./holdings";
import { compareLogs, endOfBlock } from "./log-order";
import type { Address } from "./model";

const [alice, bob, carol] = [addressFrom(1), addressFrom(2), addressFrom(3)] as const;

const transfers = [
  transferOf(logAt(10n, 0), { to: alice, shares: 100n }),
  transferOf(logAt(20n, 3), { from: alice, to: bob, shares: 30n }),
  transferOf(logAt(20n, 7), { from: bob, to: carol, shares: 10n }),
  transferOf(logAt(30n, 1), { from: alice, shares: 70n }),
];

describe("balances at a log", () => {
  const holdings = replayHoldings(transfers);

  it("are those just before that log", () => {
    const at = (logIndex: number) => ({ blockNumber: 20n, logIndex });
    expect(sharesAt(holdings, { holder: alice, at: at(3) })).toBe(100n);
    expect(sharesAt(holdings, { holder: alice, at: at(4) })).toBe(70n);
    expect(sharesAt(holdings, { holder: bob, at: at(5) })).toBe(30n);
    expect(sharesAt(holdings, { holder: bob, at: at(8) })).toBe(20n);
  });

  it("at the end of a block count all of its transfers", () => {
    expect(holdersAt(holdings, endOfBlock(20n))).toEqual([
      { holder: alice, shares: 70n },
      { holder: bob, shares: 20n },
      { holder: carol, shares: 10n },
    ]);
  });

  it("leave out who left to zero, and know no one before the first mint", () => {
    expect(holdersAtEnd(holdings).map(({ holder }) => holder)).toEqual([bob, carol]);
    expect(sharesAtEnd(holdings, alice)).toBe(0n);
    expect(holdersAt(holdings, { blockNumber: 10n, logIndex: 0 })).toEqual([]);
  });

  it("follow the supply through mints and burns", () => {
    expect(supplySharesAt(holdings, { blockNumber: 25n, logIndex: 0 })).toBe(100n);
    expect(supplySharesAtEnd(holdings)).toBe(30n);
  });

  it("an address that never held anything has zero", () => {
    expect(sharesAtEnd(holdings, addressFrom(77))).toBe(0n);
    expect(sharesAt(holdings, { holder: addressFrom(77), at: endOfBlock(99n) })).toBe(0n);
  });
});

describe("the input's order", () => {
  it("does not matter, nor do repeats", () => {
    const shuffled = [transfers[2], transfers[0], transfers[3], transfers[1], transfers[0]].filter(
      (transfer) => transfer !== undefined,
    );
    expect(replayHoldings(shuffled)).toEqual(replayHoldings(transfers));
  });
});

describe("transfers that do not reach back far enough", () => {
  it("are found by the first one that takes more than there was", () => {
    const holdings = replayHoldings(transfers.slice(1));
    expect(holdings.firstOverdraft?.blockNumber).toBe(20n);
    expect(replayHoldings(transfers).firstOverdraft).toBeUndefined();
  });
});

describe("transfers to oneself", () => {
  it("move nothing", () => {
    const holdings = replayHoldings([
      ...transfers,
      transferOf(logAt(40n), { from: bob, to: bob, shares: 20n }),
    ]);
    expect(sharesAtEnd(holdings, bob)).toBe(20n);
    expect(holdings.firstOverdraft).toBeUndefined();
  });
});

describe("random histories", () => {
  /** Moves between five addresses and the zero address, never more than the sender has. */
  const history = fc
    .array(
      fc.record({
        from: fc.integer({ min: 0, max: 5 }),
        to: fc.integer({ min: 0, max: 5 }),
        part: fc.bigInt({ min: 0n, max: 1_000n }),
        sameBlock: fc.boolean(),
      }),
      { maxLength: 60 },
    )
    .map((moves) => {
      const balances = new Map<Address, bigint>();
      let block = 1n;
      let logIndex = 0;
      return moves.map(({ from, to, part, sameBlock }) => {
        if (sameBlock) logIndex += 1;
        else [block, logIndex] = [block + 1n, 0];
        const sender = from === 0 ? ZERO_ADDRESS : addressFrom(from);
        const receiver = to === 0 ? ZERO_ADDRESS : addressFrom(to);
        const held = balances.get(sender) ?? 0n;
        const shares = from === 0 ? part : (held * part) / 1_000n;
        if (from !== 0) balances.set(sender, held - shares);
        if (to !== 0) balances.set(receiver, (balances.get(receiver) ?? 0n) + shares);
        return transferOf(logAt(block, logIndex), { from: sender, to: receiver, shares });
      });
    });

  it("give at every log the balances of a naive replay, which add up to the supply", () => {
    fc.assert(
      fc.property(history, (log) => {
        const holdings = replayHoldings(log);
        for (const position of [...log, endOfBlock(1_000n)]) {
          const naive = new Map<Address, bigint>();
          let supply = 0n;
          for (const { from, to, shares } of log.filter((move) => compareLogs(move, position) < 0)) {
            if (from === ZERO_ADDRESS) supply += shares;
            else naive.set(from, (naive.get(from) ?? 0n) - shares);
            if (to === ZERO_ADDRESS) supply -= shares;
            else naive.set(to, (naive.get(to) ?? 0n) + shares);
          }
          const expected = [...naive]
            .filter(([, shares]) => shares !== 0n)
            .map(([holder, shares]) => ({ holder, shares }))
            .sort((a, b) => (a.holder < b.holder ? -1 : 1));
          expect(holdersAt(holdings, position)).toEqual(expected);
          expect(supplySharesAt(holdings, position)).toBe(supply);
        }
      }),
    );
  });
});
