import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvariantError } from "@/shared/assert";
import { bookOf } from "@/testing/ledger-books";
import { expectedLines, life, sum } from "@/testing/ledger-lives";
import { DEAD, PEOPLE, Simulator } from "@/testing/ledger-simulator";
import { type Claims, claimsOf } from "./claims";
import { known, unknown } from "./figure";
import type { Address, Figure } from "./model";
import type { StatementBook } from "./statement-book";

const [alice = DEAD, bob = DEAD, carol = DEAD] = PEOPLE;
const [ALICE, BOB, CAROL] = [0, 1, 2] as const;
const TO_DEAD = 4;

function claimed(book: StatementBook, amountAssets: bigint): Claims {
  const claims = claimsOf({ book, amountAssets });
  if (claims.kind === "unknown") throw new Error(`expected claims, not ${claims.reason}`);
  return claims.value;
}

const valueOf = (figure: Figure): bigint => (figure.kind === "known" ? figure.value : -1n);

/** Alice and Bob lose half of what they have; Alice leaves, Carol comes; the dead address holds a little throughout. */
function unevenVault(): Simulator {
  const vault = new Simulator(0n);
  const enter = (who: number, amount: bigint) =>
    vault.do({ do: "deposit", by: who, for: who, amount, eventFirst: false });
  enter(ALICE, 3_000n);
  enter(BOB, 1_100n);
  vault.do({ do: "move", from: BOB, to: TO_DEAD, part: 91n });
  vault.nextBlock({ drip: 0n, fall: 0n, open: 0n });
  vault.do({ do: "lose", part: 500n, isDerived: false });
  vault.do({ do: "withdraw", by: ALICE, of: ALICE, part: 1_000n, eventFirst: false });
  enter(CAROL, 1_000n);
  vault.nextBlock({ drip: 0n, fall: 0n, open: 0n });
  return vault;
}

describe("claims on a recovery", () => {
  const book = bookOf(unevenVault());

  it("go to who lost, by what was lost; what dead addresses lost is no weight", () => {
    const { lines, excluded } = claimed(book, 400n);
    expect(
      lines.map(({ address, lossesAssets, claimAssets }) => [address, lossesAssets, claimAssets]),
    ).toEqual([
      [alice, 1_500n, 300n],
      [bob, 500n, 100n],
      [carol, 0n, 0n],
    ]);
    expect(excluded).toMatchObject([{ reason: "dead", address: DEAD, lossesAssets: 50n }]);
  });

  it("stand beside what the same money would be if it were paid into the vault", () => {
    const { lines, excluded, paidInToLpsAssets } = claimed(book, 400n);
    // 1,000, 100 and 2,000 of 3,100 shares: who left gets nothing, who came gets most.
    expect(lines.map(({ paidInAssets }) => valueOf(paidInAssets))).toEqual([0n, 129n, 258n]);
    expect(lines.map(({ differenceAssets }) => valueOf(differenceAssets))).toEqual([300n, -29n, -258n]);
    expect(excluded.map(({ paidInAssets }) => valueOf(paidInAssets))).toEqual([13n]);
    expect(paidInToLpsAssets).toEqual(known(387n));
  });

  it("by largest remainder, ties to the lower address", () => {
    const vault = new Simulator(0n);
    for (const by of [CAROL, BOB, ALICE])
      vault.do({ do: "deposit", by, for: by, amount: 1_000n, eventFirst: false });
    vault.do({ do: "lose", part: 100n, isDerived: false });
    vault.nextBlock({ drip: 0n, fall: 0n, open: 0n });
    const { lines } = claimed(bookOf(vault), 5n);
    expect(lines.map(({ claimAssets }) => claimAssets)).toEqual([2n, 2n, 1n]);
  });

  it("of a vault in which nobody lost anything: nothing is handed out", () => {
    const vault = new Simulator(1n);
    vault.do({ do: "deposit", by: ALICE, for: ALICE, amount: 1_000n, eventFirst: false });
    vault.nextBlock({ drip: 0n, fall: 0n, open: 0n });
    expect(claimed(bookOf(vault), 100n)).toMatchObject({
      claimingLossesAssets: 0n,
      distributedAssets: 0n,
      lines: [{ address: alice, claimAssets: 0n }],
    });
  });

  it("of a vault that everybody has left: claims are known, paying in is not possible", () => {
    const vault = new Simulator(0n);
    vault.do({ do: "deposit", by: ALICE, for: ALICE, amount: 1_000n, eventFirst: false });
    vault.do({ do: "lose", part: 100n, isDerived: false });
    vault.do({ do: "withdraw", by: ALICE, of: ALICE, part: 1_000n, eventFirst: false });
    vault.nextBlock({ drip: 0n, fall: 0n, open: 0n });
    expect(claimed(bookOf(vault), 100n).lines).toEqual([
      {
        address: alice,
        lossesAssets: 100n,
        claimAssets: 100n,
        sharesNow: 0n,
        paidInAssets: unknown("no-supply"),
        differenceAssets: unknown("no-supply"),
      },
    ]);
  });

  it("are unknown where any loss is, and from a history that is not whole", () => {
    const { ledger, history } = book.input;
    const losses = ledger.events.losses.map((row) => ({
      ...row,
      lpLossAssets: unknown("archive-unavailable"),
    }));
    const dark = bookOf(unevenVault(), { ledger: { ...ledger, events: { ...ledger.events, losses } } });
    expect(claimsOf({ book: dark, amountAssets: 1n })).toEqual(unknown("archive-unavailable"));
    const partial = bookOf(unevenVault(), { history: { ...history, complete: false } });
    expect(claimsOf({ book: partial, amountAssets: 1n })).toEqual(unknown("history-partial"));
  });

  it("refuse a negative amount", () => {
    expect(() => claimsOf({ book, amountAssets: -1n })).toThrow(InvariantError);
  });
});

describe("claims in any life of a vault", () => {
  it("add up to the amount, by the losses of everybody's statement", () => {
    fc.assert(
      fc.property(life, fc.bigInt({ min: 0n, max: 10n ** 14n }), (vault, amount) => {
        const claims = claimed(bookOf(vault), amount);
        const lost = (who: Address) =>
          sum(
            expectedLines(vault, who)
              .filter(({ kind }) => kind === "loss" || kind === "fall")
              .map((line) => line.amount),
          );
        const weights = new Map(vault.holders.filter((who) => who !== DEAD).map((who) => [who, lost(who)]));
        const whole = sum([...weights.values()]);
        expect(claims.claimingLossesAssets).toBe(whole);
        expect(claims.distributedAssets).toBe(whole === 0n ? 0n : amount);
        expect(claims.totalLossesAssets).toBe(
          sum(
            vault.facts.filter(({ kind }) => kind === "loss" || kind === "fall").map(({ assets }) => assets),
          ),
        );
        for (const { address, claimAssets, lossesAssets } of claims.lines) {
          expect(lossesAssets).toBe(weights.get(address));
          const floor = whole === 0n ? 0n : (amount * lossesAssets) / whole;
          expect(claimAssets === floor || claimAssets === floor + 1n).toBe(true);
        }
        if (vault.supply + vault.virtual === 0n) return;
        const paidIn = [...claims.lines, ...claims.excluded].map(({ paidInAssets }) => valueOf(paidInAssets));
        expect(sum(paidIn)).toBe(amount);
      }),
      { numRuns: 200 },
    );
  });
});
