import { describe, expect, it } from "vitest";
import { bookOf } from "@/testing/ledger-books";
import { DEAD, PEOPLE, Simulator, VAULT } from "@/testing/ledger-simulator";
import { addressFrom, historyOf, logAt, stateOf, transferOf, ZERO_ADDRESS } from "@/testing/vault-builders";
import { known, unknown } from "./figure";
import { eventsOf } from "./history";
import { replayHoldings } from "./holdings";
import type { LogPrices } from "./ledger-model";
import type { VaultEvent } from "./model";
import { shiftTotalsOf } from "./shift-totals";
import { statementOf, statementTotalsOf, virtualTotalsOf } from "./statement";
import { statementBookOf } from "./statement-book";

const [alice = DEAD, bob = DEAD, carol = DEAD] = PEOPLE;
const [ALICE, BOB, CAROL, DAVE] = [0, 1, 2, 3] as const;
const [TO_DEAD, TO_VAULT] = [4, 5] as const;

const deposit = (vault: Simulator, who: number, amount: bigint, by = who) =>
  vault.do({ do: "deposit", by, for: who, amount, eventFirst: false });
const leave = (vault: Simulator, of: number, part = 1_000n, by = of) =>
  vault.do({ do: "withdraw", by, of, part, eventFirst: false });
const move = (vault: Simulator, from: number, to: number, part = 1_000n) =>
  vault.do({ do: "move", from, to, part });
const lose = (vault: Simulator, part: bigint) => vault.do({ do: "lose", part, isDerived: false });
const next = (vault: Simulator, { open = 0n, drip = 0n, fall = 0n } = {}) =>
  vault.nextBlock({ open, drip, fall });

describe("two losses in one block", () => {
  /** Alice 600, Bob 400; 10 % lost; Alice gives everything to Bob; 10 % of the rest lost. */
  const vault = new Simulator(0n);
  deposit(vault, ALICE, 600_000n);
  deposit(vault, BOB, 400_000n);
  next(vault);
  lose(vault, 100n);
  move(vault, ALICE, BOB);
  lose(vault, 100n);
  next(vault);
  const book = bookOf(vault);

  it("fall on who held shares at each of them", () => {
    expect(statementOf(book, alice)).toMatchObject({
      lossesAssets: known(60_000n),
      transferredOutAssets: known(540_000n),
      valueAssets: known(0n),
      residualAssets: known(0n),
    });
    expect(statementOf(book, bob)).toMatchObject({
      lossesAssets: known(130_000n),
      transferredInAssets: known(540_000n),
      valueAssets: known(810_000n),
      residualAssets: known(0n),
    });
  });

  it("stand in the statement in the order of the chain, each with its price", () => {
    const { lines } = statementOf(book, bob);
    expect(lines.map(({ kind }) => kind)).toEqual(["deposit", "loss", "transfer-in", "loss"]);
    expect(lines[3]).toMatchObject({
      counterparty: addressFrom(50),
      amountAssets: known(90_000n),
      priceBefore: known({ assets: 900_000n, shares: 1_000_000n }),
      priceAfter: known({ assets: 810_000n, shares: 1_000_000n }),
    });
  });
});

describe("an LP who leaves to zero and returns", () => {
  const vault = new Simulator(1n);
  deposit(vault, BOB, 1_000_000n);
  deposit(vault, ALICE, 1_000_000n);
  next(vault, { drip: 1_000n });
  leave(vault, ALICE);
  next(vault);
  lose(vault, 500n);
  next(vault);
  deposit(vault, ALICE, 100_000n);
  next(vault, { drip: 1_000n });

  it("bears nothing of what happened in between, and earns nothing of it", () => {
    const statement = statementOf(bookOf(vault), alice);
    expect(statement.lines.map(({ kind }) => kind)).toEqual(["deposit", "withdrawal", "deposit"]);
    expect(statement).toMatchObject({ lossesAssets: known(0n), residualAssets: known(0n) });
    // One per cent of a million, of which the virtual share has its part, and one of a hundred thousand.
    expect(statement.lines[1]?.interestAssets).toEqual(known(9_999n));
    expect(statement.lines[2]?.interestAssets).toEqual(known(0n));
    expect(statement.interestAfterLastLineAssets).toEqual(known(1_000n));
  });
});

describe("who is meant", () => {
  const vault = new Simulator(1n);
  deposit(vault, ALICE, 1_000n, BOB);
  next(vault);
  leave(vault, ALICE, 500n, CAROL);
  move(vault, ALICE, TO_VAULT, 200n);
  move(vault, ALICE, TO_DEAD, 500n);
  move(vault, TO_VAULT, BOB);
  move(vault, ALICE, ALICE, 700n);
  move(vault, ALICE, DAVE, 0n);
  next(vault);
  const book = bookOf(vault);

  it("is the owner, whoever paid or received; the other one is named", () => {
    const { lines } = statementOf(book, alice);
    expect(lines.map(({ kind, counterparty }) => [kind, counterparty])).toEqual([
      ["deposit", bob],
      ["withdrawal", carol],
      ["transfer-out", VAULT],
      ["transfer-out", DEAD],
    ]);
  });

  it("is everybody who ever had a line, the vault and dead addresses too, but not who was only named", () => {
    expect(statementTotalsOf(book).map(({ address }) => address)).toEqual(
      [alice, bob, DEAD, VAULT].toSorted(),
    );
  });

  it("of an address that never had a line: zeros, which are true zeros", () => {
    expect(statementOf(book, addressFrom(77))).toMatchObject({
      lines: [],
      shares: 0n,
      depositedAssets: 0n,
      valueAssets: known(0n),
      interestAssets: known(0n),
      residualAssets: known(0n),
    });
  });
});

describe("shares without money", () => {
  it("minted ones are a transfer from the zero address, at the price that they left behind", () => {
    const vault = new Simulator(0n);
    deposit(vault, ALICE, 900n);
    next(vault);
    vault.do({ do: "fee-shares", to: BOB, amount: 100n });
    next(vault);
    const book = bookOf(vault);
    expect(statementOf(book, bob).lines).toMatchObject([
      {
        kind: "transfer-in",
        counterparty: ZERO_ADDRESS,
        amountAssets: known(90n),
        roundingAssets: known(0n),
      },
    ]);
    expect(statementOf(book, alice)).toMatchObject({
      interestAssets: known(-90n),
      residualAssets: known(0n),
    });
  });

  it("burned ones are a transfer to it, at the price that they had", () => {
    const vault = new Simulator(0n);
    deposit(vault, ALICE, 900n);
    deposit(vault, BOB, 100n);
    next(vault);
    const burn = transferOf(logAt(11n, 0), { from: bob, shares: 100n });
    const history = historyOf([...vault.events, burn], { toBlock: 11n });
    const price = (position: { blockNumber: bigint }) =>
      known({ assets: 1_000n, shares: position.blockNumber === 11n ? 900n : 1_000n });
    const prices: LogPrices = {
      before: (position) =>
        position.blockNumber === 11n
          ? known({ assets: 1_000n, shares: 1_000n })
          : vault.prices.before(position),
      after: (position) => (position.blockNumber === 11n ? price(position) : vault.prices.after(position)),
    };
    const book = bookOf(vault, {
      history,
      holdings: replayHoldings(eventsOf(history, "transfer")),
      state: stateOf({ block: vault.now, totalAssets: 1_000n, totalSupplyShares: 900n, virtualShares: 0n }),
      prices,
    });
    expect(statementOf(book, bob)).toMatchObject({
      transferredOutAssets: known(100n),
      valueAssets: known(0n),
      residualAssets: known(0n),
    });
    expect(statementOf(book, alice)).toMatchObject({
      interestAssets: known(100n),
      residualAssets: known(0n),
    });
  });
});

describe("what cannot be known", () => {
  const vault = new Simulator(1n);
  deposit(vault, ALICE, 1_000n);
  next(vault, { drip: 500n });
  lose(vault, 100n);
  move(vault, ALICE, BOB, 300n);
  leave(vault, BOB, 500n);
  next(vault, { open: 7n });
  const dark: LogPrices = {
    before: () => unknown("archive-unavailable"),
    after: () => unknown("archive-unavailable"),
  };

  it("unknown prices: interest, values of transfers and the residual are unknown, never zero", () => {
    const statement = statementOf(bookOf(vault, { prices: dark }), bob);
    for (const figure of [
      statement.interestAssets,
      statement.transferredInAssets,
      statement.roundingAssets,
      statement.residualAssets,
    ]) {
      expect(figure).toEqual(unknown("archive-unavailable"));
    }
  });

  it("unknown prices: what was paid, held and lost stays known", () => {
    const book = bookOf(vault, { prices: dark });
    const bright = bookOf(vault);
    expect(statementOf(book, alice)).toMatchObject({
      depositedAssets: 1_000n,
      lossesAssets: known(100n),
      valueAssets: statementOf(bright, alice).valueAssets,
    });
    expect(statementOf(book, bob).withdrawnAssets).toBe(statementOf(bright, bob).withdrawnAssets);
  });

  it("a loss whose amount is unknown leaves its part and the sum of losses unknown", () => {
    const { ledger } = bookOf(vault).input;
    const losses = ledger.events.losses.map((row) => ({ ...row, lpLossAssets: unknown("not-published") }));
    const book = bookOf(vault, { ledger: { ...ledger, events: { ...ledger.events, losses } } });
    expect(statementOf(book, alice)).toMatchObject({
      depositedAssets: 1_000n,
      lossesAssets: unknown("not-published"),
      residualAssets: unknown("not-published"),
    });
    expect(virtualTotalsOf(book)?.lossesAssets).toEqual(unknown("not-published"));
    // Bob came after it.
    expect(statementOf(book, bob).lossesAssets).toEqual(known(0n));
  });

  it("a history that is not whole: no total but what was paid is a number", () => {
    const { history } = bookOf(vault).input;
    const book = bookOf(vault, { history: { ...history, complete: false } });
    const { lines, interestAfterLastLineAssets, ...totals } = statementOf(book, bob);
    expect(totals.withdrawnAssets).toBeGreaterThan(0n);
    const figures = Object.values(totals).filter((value) => typeof value === "object");
    expect(figures).toHaveLength(10);
    for (const figure of [...figures, interestAfterLastLineAssets]) {
      expect(figure).toEqual(unknown("history-partial"));
    }
    for (const { interestAssets, roundingAssets } of lines) {
      expect([interestAssets, roundingAssets]).toEqual([
        unknown("history-partial"),
        unknown("history-partial"),
      ]);
    }
    expect(shiftTotalsOf(book)).toEqual(unknown("history-partial"));
  });

  it("transfers that take more than there was: unknown, and nobody is told a number", () => {
    const cut: readonly VaultEvent[] = vault.events.slice(2);
    const history = historyOf(cut, { toBlock: vault.now.number });
    const book = bookOf(vault, { history, holdings: replayHoldings(eventsOf(history, "transfer")) });
    expect(statementOf(book, bob).valueAssets).toEqual(unknown("history-partial"));
  });
});

describe("who left and who came", () => {
  /** 1,000 shares each; 100 open; Alice leaves with everything, Carol comes with 1,000. */
  const vault = new Simulator(0n);
  deposit(vault, ALICE, 1_000n);
  deposit(vault, BOB, 1_000n);
  next(vault);
  leave(vault, ALICE);
  next(vault, { open: 100n });
  deposit(vault, CAROL, 1_000n);
  next(vault, { open: 100n });

  it("avoid their part of what was open, and inherit what those before are relieved of", () => {
    const book = bookOf(vault);
    expect(statementOf(book, alice).avoidedAssets).toEqual(known(50n));
    expect(statementOf(book, carol).inheritedAssets).toEqual(known(50n));
    expect(statementOf(book, bob)).toMatchObject({ avoidedAssets: known(0n), inheritedAssets: known(0n) });
    expect(shiftTotalsOf(book)).toMatchObject({
      value: {
        left: { amountAssets: known(50n), actions: 1, addresses: 1 },
        came: { amountAssets: known(50n), actions: 1, addresses: 1 },
      },
    });
  });

  it("without old state: unknown for them, with what is known kept apart", () => {
    const book = bookOf(vault, { openShortfalls: vault.open.slice(0, 2) });
    expect(statementOf(book, carol).inheritedAssets).toEqual(unknown("archive-unavailable"));
    expect(statementOf(book, carol).residualAssets).toEqual(known(0n));
    expect(statementOf(book, alice).avoidedAssets).toEqual(known(50n));
    expect(shiftTotalsOf(book)).toMatchObject({
      value: {
        left: { amountAssets: known(50n), unknownActions: 0 },
        came: { amountAssets: unknown("archive-unavailable"), atLeastAssets: 0n, unknownActions: 1 },
      },
    });
  });

  it("a vault that is not Flux publishes no shortfall", () => {
    const { state } = bookOf(vault).input;
    const book = bookOf(vault, { state: { ...state, flux: undefined } });
    expect(statementOf(book, alice).avoidedAssets).toEqual(unknown("not-published"));
    expect(shiftTotalsOf(book)).toEqual(unknown("not-published"));
  });
});

describe("the virtual shares", () => {
  it("are a line of their own, and none where the vault has none", () => {
    const vault = new Simulator(1_000n);
    deposit(vault, ALICE, 1_000n);
    next(vault);
    lose(vault, 500n);
    next(vault);
    const book = bookOf(vault);
    const borne = statementTotalsOf(book).map(({ lossesAssets }) => lossesAssets);
    expect(borne).toHaveLength(1);
    expect(virtualTotalsOf(book)).toMatchObject({ shares: 1_000n });
    expect(virtualTotalsOf(bookOf(new Simulator(0n)))).toBeUndefined();
  });
});

describe("an empty vault", () => {
  it("has no statements", () => {
    const state = stateOf({ totalAssets: 0n, totalSupplyShares: 0n });
    const history = historyOf([]);
    const { ledger, prices } = bookOf(new Simulator(1n)).input;
    const book = statementBookOf({
      state,
      history,
      holdings: replayHoldings([]),
      ledger,
      prices,
      openShortfalls: [],
    });
    expect(statementTotalsOf(book)).toEqual([]);
  });
});
