import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressFrom, blockAt, historyOf, logAt, transferOf, ZERO_ADDRESS } from "@/testing/vault-builders";
import type { BlockTotals } from "./ledger-model";
import type { Figure, SharePrice, VaultEvent } from "./model";
import { logPricesOf } from "./price-at-log";

const alice = addressFrom(1);
const bob = addressFrom(2);
const manager = addressFrom(11);
const BLOCK = 10n;

const pair = (assets: bigint, shares: bigint) => ({ kind: "known", value: { assets, shares } });
const notKept = { kind: "unknown", reason: "archive-unavailable" };

function readAt(
  number: bigint,
  end: { readonly assets: bigint; readonly shares: bigint },
  start?: { readonly assets: bigint; readonly shares: bigint },
): BlockTotals {
  return {
    block: blockAt(number),
    totalAssets: end.assets,
    totalSupplyShares: end.shares,
    atStart: start && { totalAssets: start.assets, totalSupplyShares: start.shares },
  };
}

function pricesOf(vault: readonly VaultEvent[], totals: readonly BlockTotals[], virtualShares = 1n) {
  return logPricesOf({ history: historyOf(vault), totals, virtualShares });
}

const at = (logIndex: number, blockNumber = BLOCK) => ({ blockNumber, logIndex });

function mint(logIndex: number, change: { readonly shares: bigint; readonly to?: typeof bob }): VaultEvent {
  return transferOf(logAt(BLOCK, logIndex), { to: change.to ?? bob, shares: change.shares });
}

function deposit(logIndex: number, change: { readonly assets: bigint; readonly shares: bigint }): VaultEvent {
  return { ...logAt(BLOCK, logIndex), kind: "deposit", sender: bob, owner: bob, ...change };
}

function collected(logIndex: number, fee = 1n): VaultEvent {
  const fees = { interestAssets: 100n, protocolFeeAssets: fee, curatorFeeAssets: 0n };
  return { ...logAt(BLOCK, logIndex, 900n + BigInt(logIndex)), kind: "interest-collected", manager, ...fees };
}

function repaid(logIndex: number, assets: bigint): VaultEvent {
  return { ...logAt(BLOCK, logIndex, 899n + BigInt(logIndex)), kind: "repaid", manager, assets };
}

function loss(logIndex: number, before: bigint, after: bigint): VaultEvent {
  return {
    ...logAt(BLOCK, logIndex),
    kind: "loss",
    manager,
    principalAssets: before - after,
    interestAssets: 0n,
    lpLossAssets: before - after,
    totalAssetsBefore: before,
    totalAssetsAfter: after,
    totalSupplyShares: 1_000n,
  };
}

describe("prices inside a block", () => {
  const vault: readonly VaultEvent[] = [
    transferOf(logAt(BLOCK, 2), { from: alice, to: bob, shares: 5n }),
    mint(4, { shares: 100n }),
    deposit(5, { assets: 110n, shares: 100n }),
    transferOf(logAt(BLOCK, 8), { from: bob, shares: 50n }),
    {
      ...logAt(BLOCK, 9),
      kind: "withdraw",
      sender: bob,
      receiver: bob,
      owner: bob,
      assets: 55n,
      shares: 50n,
    },
  ];
  const prices = pricesOf(vault, [readAt(BLOCK, { assets: 1_155n, shares: 1_050n })]);

  it("are walked back from the block's end, a share transfer and its event being one action", () => {
    expect(prices.before(at(2))).toEqual(pair(1_101n, 1_001n));
    expect(prices.after(at(2))).toEqual(pair(1_101n, 1_001n));
    for (const log of [4, 5]) {
      expect(prices.before(at(log))).toEqual(pair(1_101n, 1_001n));
      expect(prices.after(at(log))).toEqual(pair(1_211n, 1_101n));
    }
    for (const log of [8, 9]) {
      expect(prices.before(at(log))).toEqual(pair(1_211n, 1_101n));
      expect(prices.after(at(log))).toEqual(pair(1_156n, 1_051n));
    }
  });

  it("at a place between logs are those before the next action; −1 is the start, behind all is the end", () => {
    expect(prices.before(at(-1))).toEqual(pair(1_101n, 1_001n));
    expect(prices.before(at(6))).toEqual(pair(1_211n, 1_101n));
    expect(prices.after(at(6))).toEqual(pair(1_211n, 1_101n));
    expect(prices.before(at(99))).toEqual(pair(1_156n, 1_051n));
  });

  it("are the same whichever question came before, and in any order of logs", () => {
    const shuffled = pricesOf(vault.toReversed(), [readAt(BLOCK, { assets: 1_155n, shares: 1_050n })]);
    for (const log of [9, 2, 9, 5, 4, 4, 8]) {
      expect(shuffled.after(at(log))).toEqual(prices.after(at(log)));
      expect(shuffled.before(at(log))).toEqual(prices.before(at(log)));
    }
  });

  it("are unknown where the block was not read, never those of a neighbour", () => {
    expect(prices.before(at(0, 11n))).toEqual(notKept);
    const unread = pricesOf(vault, [readAt(9n, { assets: 1n, shares: 1n })]);
    for (const log of [-1, 2, 4, 9, 99]) expect(unread.before(at(log))).toEqual(notKept);
  });

  it("without a virtual share are the bare pair, and without any share not a price", () => {
    const bare = pricesOf(vault, [readAt(BLOCK, { assets: 1_155n, shares: 1_050n })], 0n);
    expect(bare.after(at(9))).toEqual(pair(1_155n, 1_050n));
    const first = pricesOf(
      [mint(0, { shares: 10n }), deposit(1, { assets: 10n, shares: 10n })],
      [readAt(BLOCK, { assets: 10n, shares: 10n })],
      0n,
    );
    expect(first.before(at(0))).toEqual({ kind: "unknown", reason: "no-supply" });
    expect(first.after(at(0))).toEqual(pair(10n, 10n));
  });

  it("shares minted without a deposit move the supply alone", () => {
    const fee = pricesOf([mint(3, { shares: 10n })], [readAt(BLOCK, { assets: 100n, shares: 110n })]);
    expect(fee.before(at(3))).toEqual(pair(101n, 101n));
    expect(fee.after(at(3))).toEqual(pair(101n, 111n));
  });

  it("shares sent to the zero address by the zero address are nothing", () => {
    const nothing = transferOf(logAt(BLOCK, 1), { from: ZERO_ADDRESS, to: ZERO_ADDRESS, shares: 7n });
    const found = pricesOf([nothing], [readAt(BLOCK, { assets: 100n, shares: 110n })]);
    expect(found.before(at(1))).toEqual(found.after(at(1)));
  });
});

describe("prices between two losses of one block", () => {
  const vault: readonly VaultEvent[] = [
    transferOf(logAt(BLOCK, 0), { from: alice, to: bob, shares: 5n }),
    loss(2, 1_000n, 900n),
    transferOf(logAt(BLOCK, 3), { from: alice, to: bob, shares: 5n }),
    loss(5, 900n, 700n),
    transferOf(logAt(BLOCK, 6), { from: bob, to: alice, shares: 5n }),
  ];

  it("are what the vault states, without anything being read", () => {
    const prices = pricesOf(vault, []);
    expect(prices.after(at(2))).toEqual(pair(901n, 1_001n));
    expect(prices.before(at(3))).toEqual(pair(901n, 1_001n));
    expect(prices.before(at(5))).toEqual(pair(901n, 1_001n));
    expect(prices.after(at(5))).toEqual(pair(701n, 1_001n));
    expect(prices.before(at(6))).toEqual(pair(701n, 1_001n));
    expect(prices.before(at(0))).toEqual(pair(1_001n, 1_001n));
  });
});

describe("what collecting interest frees", () => {
  const transfer = (logIndex: number) =>
    transferOf(logAt(BLOCK, logIndex), { from: alice, to: bob, shares: 5n });
  const end = { assets: 1_001n, shares: 1_000n };
  const start = { assets: 1_000n, shares: 1_000n };
  const vault = [transfer(0), collected(1), repaid(2, 500n), transfer(3)];

  it("moves the total at the log of the collection, by what start and end tell", () => {
    const prices = pricesOf(vault, [readAt(BLOCK, end, start)]);
    expect(prices.before(at(0))).toEqual(pair(1_001n, 1_001n));
    expect(prices.before(at(1))).toEqual(pair(1_001n, 1_001n));
    expect(prices.after(at(1))).toEqual(pair(1_002n, 1_001n));
    expect(prices.before(at(3))).toEqual(pair(1_002n, 1_001n));
  });

  it("leaves what came before unknown where the start was not read", () => {
    const prices = pricesOf(vault, [readAt(BLOCK, end)]);
    expect(prices.before(at(0))).toEqual(notKept);
    expect(prices.after(at(1))).toEqual(pair(1_002n, 1_001n));
  });

  it("goes to the collection that paid all interest and a fee, before one that did not", () => {
    const partly = [
      collected(0),
      repaid(1, 100n),
      transfer(2),
      collected(3, 0n),
      transfer(4),
      collected(5),
      repaid(6, 101n),
    ];
    const prices = pricesOf(partly, [readAt(BLOCK, end, start)]);
    expect(prices.before(at(5))).toEqual(pair(1_001n, 1_001n));
    expect(prices.after(at(5))).toEqual(pair(1_002n, 1_001n));
  });

  it("is in the statement of a loss, not in the segment before it", () => {
    const log = logAt(BLOCK, 5);
    const liquidation: readonly VaultEvent[] = [
      {
        ...log,
        logIndex: 4,
        kind: "interest-collected",
        manager,
        interestAssets: 9n,
        protocolFeeAssets: 1n,
        curatorFeeAssets: 0n,
      },
      {
        ...log,
        kind: "liquidated",
        manager,
        liquidator: bob,
        positionValueAssets: 1n,
        trueDebtAssets: 101n,
        paymentAssets: 1n,
        badDebtAssets: 100n,
      },
      loss(6, 1_001n, 901n),
    ];
    const stated = liquidation.map((event) => ({ ...event, transactionHash: log.transactionHash }));
    const prices = pricesOf(
      [collected(0), repaid(1, 500n), transfer(2), ...stated],
      [readAt(BLOCK, { assets: 901n, shares: 1_000n }, start)],
    );
    expect(prices.before(at(2))).toEqual(pair(1_002n, 1_001n));
    expect(prices.after(at(4))).toEqual(pair(1_002n, 1_001n));
    expect(prices.before(at(5))).toEqual(pair(1_002n, 1_001n));
    expect(prices.after(at(5))).toEqual(pair(902n, 1_001n));
  });
});

/** One thing that happens in a random block, and whether the vault states its totals at it. */
const step = fc.record({
  kind: fc.constantFrom("deposit", "withdraw", "transfer", "loss", "recovery", "mint"),
  amount: fc.bigInt({ min: 1n, max: 10n ** 12n }),
  shares: fc.bigInt({ min: 1n, max: 10n ** 12n }),
});

interface Truth {
  readonly logIndex: number;
  readonly before: SharePrice;
  readonly after: SharePrice;
}

describe("a random block", () => {
  it("has the prices that playing it forwards has, from its end alone and from its statements alone", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 10n ** 13n, max: 10n ** 30n }),
        fc.bigInt({ min: 10n ** 13n, max: 10n ** 30n }),
        fc.array(step, { minLength: 1, maxLength: 12 }),
        (assets, shares, steps) => {
          let now = { assets: assets + 1n, shares: shares + 1n };
          const vault: VaultEvent[] = [];
          const truth: Truth[] = [];
          for (const { kind, amount, shares: moved } of steps) {
            const logIndex = vault.length;
            const log = logAt(BLOCK, logIndex, BigInt(logIndex));
            const event = { ...log, logIndex: logIndex + 1 };
            const before = now;
            const stated = { totalAssetsBefore: before.assets - 1n, totalSupplyShares: before.shares - 1n };
            const lost = amount / 100n;
            if (kind === "deposit") {
              now = { assets: now.assets + amount, shares: now.shares + moved };
              vault.push(transferOf(log, { to: bob, shares: moved }), {
                ...event,
                kind,
                sender: alice,
                owner: bob,
                assets: amount,
                shares: moved,
              });
            } else if (kind === "withdraw") {
              const [out, burned] = [amount / 100n, moved / 100n];
              now = { assets: now.assets - out, shares: now.shares - burned };
              vault.push(transferOf(log, { from: bob, shares: burned }), {
                ...event,
                kind,
                sender: alice,
                receiver: alice,
                owner: bob,
                assets: out,
                shares: burned,
              });
            } else if (kind === "mint") {
              now = { assets: now.assets, shares: now.shares + moved };
              vault.push(transferOf(log, { to: bob, shares: moved }));
            } else if (kind === "transfer") {
              vault.push(transferOf(log, { from: alice, to: bob, shares: moved }));
            } else if (kind === "recovery") {
              now = { assets: now.assets + amount, shares: now.shares };
              vault.push({ ...log, kind, from: alice, assets: amount, ...stated });
            } else {
              now = { assets: now.assets - lost, shares: now.shares };
              vault.push({
                ...log,
                kind,
                manager,
                principalAssets: lost,
                interestAssets: 0n,
                lpLossAssets: lost,
                totalAssetsAfter: now.assets - 1n,
                ...stated,
              });
            }
            for (let index = logIndex; index < vault.length; index += 1) {
              truth.push({ logIndex: index, before, after: now });
            }
          }
          const read = readAt(BLOCK, { assets: now.assets - 1n, shares: now.shares - 1n });
          const known = (figure: Figure<SharePrice>, value: SharePrice) =>
            expect(figure).toEqual({ kind: "known", value });
          const byEnd = pricesOf(vault, [read]);
          const byStatements = pricesOf(vault, []);
          const isStated = steps.some(({ kind }) => kind === "loss" || kind === "recovery");
          for (const { logIndex, before, after } of truth) {
            known(byEnd.before(at(logIndex)), before);
            known(byEnd.after(at(logIndex)), after);
            if (!isStated) continue;
            known(byStatements.before(at(logIndex)), before);
            known(byStatements.after(at(logIndex)), after);
          }
        },
      ),
    );
  });
});
