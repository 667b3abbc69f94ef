import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addressFrom,
  historyOf,
  logAt,
  stateOf,
  transferOf,
  USDC,
  ZERO_ADDRESS,
} from "@/testing/vault-builders";
import {
  allLpSummariesOf,
  exposureBookOf,
  lpExposureOf,
  splitLedgerOf,
  wouldLoseAssetsDown,
} from "./exposure";
import { known, unknown } from "./figure";
import { eventsOf } from "./history";
import { replayHoldings } from "./holdings";
import { ledgerOf } from "./ledger";
import { sumOf } from "./math";
import type { Address, Figure, LogRef, VaultEvent, VaultHistory } from "./model";

const [alice, bob, carol] = [addressFrom(1), addressFrom(2), addressFrom(3)] as const;

const deposit = (log: LogRef, owner: Address, amount: bigint): VaultEvent[] => [
  transferOf(log, { to: owner, shares: amount }),
  {
    ...log,
    logIndex: log.logIndex + 1,
    kind: "deposit",
    sender: owner,
    owner,
    assets: amount,
    shares: amount,
  },
];
const loss = (log: LogRef, amount: bigint, supply: bigint): VaultEvent => ({
  ...log,
  kind: "loss",
  manager: addressFrom(50),
  principalAssets: amount,
  interestAssets: 0n,
  lpLossAssets: amount,
  totalAssetsBefore: supply,
  totalAssetsAfter: supply - amount,
  totalSupplyShares: supply,
});
const recovery = (log: LogRef, amount: bigint, supply: bigint): VaultEvent => ({
  ...log,
  kind: "recovery",
  from: addressFrom(51),
  assets: amount,
  totalAssetsBefore: supply,
  totalSupplyShares: supply,
});

/** Alice leaves between two losses in one block; Carol arrives after both and shares in the recovery. */
const events: readonly VaultEvent[] = [
  ...deposit(logAt(10n, 0), alice, 600n * USDC),
  ...deposit(logAt(11n, 0), bob, 400n * USDC),
  loss(logAt(20n, 2), 100n * USDC, 1_000n * USDC),
  transferOf(logAt(20n, 3), { from: alice, to: bob, shares: 600n * USDC }),
  loss(logAt(20n, 4), 50n * USDC, 1_000n * USDC),
  ...deposit(logAt(30n, 0), carol, 1_000n * USDC),
  recovery(logAt(40n, 0), 10n * USDC, 2_000n * USDC),
  transferOf(logAt(50n, 0), { from: carol, shares: 500n * USDC }),
  {
    ...logAt(50n, 1),
    kind: "withdraw",
    sender: carol,
    receiver: carol,
    owner: carol,
    assets: 490n * USDC,
    shares: 500n * USDC,
  },
];

function bookOf(
  vault: readonly VaultEvent[],
  {
    change = {},
    unrealised = known(30n * USDC),
  }: { change?: Partial<VaultHistory>; unrealised?: Figure } = {},
) {
  const history = historyOf(vault, change);
  const state = stateOf({ totalAssets: 1_470n * USDC, totalSupplyShares: 1_500n * USDC, virtualShares: 0n });
  const ledger = ledgerOf({ history, state });
  const holdings = replayHoldings(eventsOf(history, "transfer"));
  const split = splitLedgerOf({ ledger, holdings, virtualShares: state.virtualShares });
  return exposureBookOf({ state, history, holdings, split, unrealisedLpLossAssets: unrealised });
}

describe("one LP's exposure", () => {
  const book = bookOf(events);

  it("counts each loss by the shares held at its own log", () => {
    expect(lpExposureOf(alice, book)).toMatchObject({
      totalLossAssets: { kind: "known", value: 60n * USDC },
      losses: [{ shares: 600n * USDC, amountAssets: 60n * USDC }],
    });
    expect(lpExposureOf(bob, book).totalLossAssets).toEqual({ kind: "known", value: 90n * USDC });
    expect(lpExposureOf(bob, book).losses.map(({ amountAssets }) => amountAssets)).toEqual([
      40n * USDC,
      50n * USDC,
    ]);
  });

  it("gives a recovery to the holders of its moment, not to those who lost", () => {
    expect(lpExposureOf(alice, book).totalRecoveredAssets).toEqual({ kind: "known", value: 0n });
    expect(lpExposureOf(carol, book)).toMatchObject({
      totalLossAssets: { kind: "known", value: 0n },
      totalRecoveredAssets: { kind: "known", value: 5n * USDC },
    });
  });

  it("keeps deposits and withdrawals apart from transfers between holders", () => {
    expect(lpExposureOf(carol, book)).toMatchObject({
      depositedAssets: { kind: "known", value: 1_000n * USDC },
      withdrawnAssets: { kind: "known", value: 490n * USDC },
      transferredInShares: { kind: "known", value: 0n },
      transferredOutShares: { kind: "known", value: 0n },
    });
    expect(lpExposureOf(bob, book).transferredInShares).toEqual({ kind: "known", value: 600n * USDC });
    expect(lpExposureOf(alice, book).transferredOutShares).toEqual({ kind: "known", value: 600n * USDC });
  });

  it("a transfer to oneself is no transfer", () => {
    const self = transferOf(logAt(60n), { from: bob, to: bob, shares: 5n });
    const found = lpExposureOf(bob, bookOf([...events, self]));
    expect(found.transferredInShares).toEqual({ kind: "known", value: 600n * USDC });
    expect(found.transferredOutShares).toEqual({ kind: "known", value: 0n });
  });

  it("shows what the shares are worth and what they would lose, rounded down", () => {
    expect(lpExposureOf(carol, book)).toMatchObject({
      shares: { kind: "known", value: 500n * USDC },
      valueAssets: { kind: "known", value: 490n * USDC },
      wouldLoseAssets: { kind: "known", value: 10n * USDC },
    });
  });

  it("of an address that never held shares is zero, which is then a true zero", () => {
    expect(lpExposureOf(addressFrom(77), book)).toMatchObject({
      shares: { kind: "known", value: 0n },
      totalLossAssets: { kind: "known", value: 0n },
      losses: [],
    });
  });

  it("an unknown shortfall leaves what one would lose unknown", () => {
    const dark = bookOf(events, { unrealised: unknown("snapshot-incomplete") });
    expect(lpExposureOf(carol, dark).wouldLoseAssets).toEqual({
      kind: "unknown",
      reason: "snapshot-incomplete",
    });
    expect(lpExposureOf(carol, dark).valueAssets.kind).toBe("known");
  });
});

describe("an exposure that cannot be known", () => {
  const figures = (book: ReturnType<typeof bookOf>) => {
    const found = lpExposureOf(bob, book);
    return [found.shares, found.totalLossAssets, found.depositedAssets, found.wouldLoseAssets];
  };

  it("partial history: nothing is a number", () => {
    for (const figure of figures(bookOf(events, { change: { complete: false } }))) {
      expect(figure).toEqual({ kind: "unknown", reason: "history-partial" });
    }
  });

  it("replayed shares that do not add up to the supply: nothing is a number", () => {
    for (const figure of figures(bookOf(events.slice(2)))) {
      expect(figure).toEqual({ kind: "unknown", reason: "history-partial" });
    }
  });

  it("a transfer missing that nobody was overdrawn by: nothing is a number either", () => {
    const late = deposit(logAt(60n), addressFrom(8), 1n);
    for (const figure of figures(bookOf([...events, ...late]))) {
      expect(figure).toEqual({ kind: "unknown", reason: "history-partial" });
    }
  });

  it("history of another block: nothing is a number", () => {
    for (const figure of figures(bookOf(events, { change: { toBlock: 99n } }))) {
      expect(figure).toEqual({ kind: "unknown", reason: "blocks-differ" });
    }
  });
});

describe("all LPs", () => {
  it("come with the largest holder first, and bear together what was lost", () => {
    const all = allLpSummariesOf(bookOf(events));
    expect(all.map(({ address }) => address)).toEqual([bob, carol, alice]);
    const borne = all.map(({ totalLossAssets }) => totalLossAssets);
    expect(sumOf(borne.map((figure) => (figure.kind === "known" ? figure.value : -1n)))).toBe(150n * USDC);
  });
});

describe("random vault lives", () => {
  const step = fc.record({
    what: fc.constantFrom("mint" as const, "move" as const, "loss" as const, "recovery" as const),
    from: fc.integer({ min: 1, max: 4 }),
    to: fc.integer({ min: 0, max: 4 }),
    amount: fc.bigInt({ min: 1n, max: 1_000_000n }),
  });

  it("every loss and recovery is borne to the unit by those who held shares, virtual shares included", () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 40 }),
        fc.bigInt({ min: 1n, max: 1_000n }),
        (steps, virtual) => {
          const balances = new Map<Address, bigint>();
          const log: VaultEvent[] = [];
          let supply = 0n;
          steps.forEach(({ what, from, to, amount }, order) => {
            // Several steps share a block, so that order within it matters.
            const at = { ...logAt(BigInt(order >> 2) + 1n), logIndex: order };
            const holder = addressFrom(from);
            const held = balances.get(holder) ?? 0n;
            if (what === "mint") {
              balances.set(holder, held + amount);
              supply += amount;
              log.push(transferOf(at, { to: holder, shares: amount }));
            } else if (what === "move") {
              const shares = amount < held ? amount : held;
              balances.set(holder, held - shares);
              const receiver = to === 0 ? ZERO_ADDRESS : addressFrom(to);
              if (to === 0) supply -= shares;
              else balances.set(receiver, (balances.get(receiver) ?? 0n) + shares);
              log.push(transferOf(at, { from: holder, to: receiver, shares }));
            } else {
              log.push(what === "loss" ? loss(at, amount, supply) : recovery(at, amount, supply));
            }
          });
          const history = historyOf(log);
          const split = splitLedgerOf({
            ledger: ledgerOf({ history, state: stateOf({ virtualShares: virtual }) }),
            holdings: replayHoldings(eventsOf(history, "transfer")),
            virtualShares: virtual,
          });
          for (const { row, shares } of [...split.losses, ...split.recoveries]) {
            if (shares.kind === "unknown") throw new Error("expected a split");
            const whole = "badDebtAssets" in row ? row.badDebtAssets : row.assets;
            expect(sumOf(shares.value.map(({ amountAssets }) => amountAssets))).toBe(whole);
            expect(shares.value.at(-1)?.holder).toBeUndefined();
          }
        },
      ),
    );
  });
});

describe("what shares would lose", () => {
  it("no shares and no virtual shares: no supply", () => {
    expect(
      wouldLoseAssetsDown({
        shares: 0n,
        unrealisedLpLossAssets: 5n,
        state: { totalSupplyShares: 0n, virtualShares: 0n },
      }),
    ).toEqual({ kind: "unknown", reason: "no-supply" });
  });
});
