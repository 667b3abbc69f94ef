import { describe, expect, it } from "vitest";
import { addressFrom, blockAt, historyOf, logAt, stateOf, transferOf } from "@/testing/vault-builders";
import { type FullLedgerInput, fullLedgerOf } from "./full-ledger";
import { ledgerOf } from "./ledger";
import type { BlockTotals } from "./ledger-model";
import type { LogRef, VaultEvent, VaultHistory, VaultState } from "./model";

const lp = addressFrom(1);
const manager = addressFrom(11);
const known = (value: bigint) => ({ kind: "known", value });
const unknown = (reason: string) => ({ kind: "unknown", reason });

const deposit = (log: LogRef, amount: bigint): readonly VaultEvent[] => [
  transferOf(log, { to: lp, shares: amount }),
  {
    ...log,
    logIndex: log.logIndex + 1,
    kind: "deposit",
    sender: lp,
    owner: lp,
    assets: amount,
    shares: amount,
  },
];

/** Principal 100,000, interest 10,000, fees 15 %: a payment of 94,050 leaves 15,950, of which LPs bear 14,450. */
const liquidation: VaultEvent = {
  ...logAt(50n, 3),
  kind: "liquidated",
  manager,
  liquidator: addressFrom(99),
  positionValueAssets: 95_000n,
  trueDebtAssets: 110_000n,
  paymentAssets: 94_050n,
  badDebtAssets: 15_950n,
};

const life: readonly VaultEvent[] = [
  ...deposit(logAt(5n), 1_000_000n),
  { ...logAt(6n), kind: "borrowed", manager, assets: 120_000n },
  {
    ...logAt(7n),
    kind: "interest-collected",
    manager,
    interestAssets: 300n,
    protocolFeeAssets: 15n,
    curatorFeeAssets: 30n,
  },
  { ...logAt(7n, 1), kind: "repaid", manager, assets: 20_300n },
  liquidation,
];

function readAt(
  block: bigint,
  change: { readonly start: bigint; readonly end: bigint; readonly since?: bigint },
): BlockTotals {
  const { start, end, since } = change;
  return {
    block: blockAt(block),
    totalAssets: end,
    totalSupplyShares: 1_000_000n,
    atStart: { totalAssets: start, totalSupplyShares: block === 5n ? 0n : 1_000_000n },
    unmoved: since === undefined ? undefined : { sinceBlock: since, totalAssets: start },
  };
}

const totals: readonly BlockTotals[] = [
  readAt(5n, { start: 0n, end: 1_000_000n }),
  readAt(6n, { start: 1_000_000n, end: 1_000_000n }),
  readAt(7n, { start: 1_000_255n, end: 1_000_255n }),
  readAt(50n, { start: 1_008_500n, end: 994_050n, since: 7n }),
];

function ledgerWith(
  change: Partial<FullLedgerInput["readings"]> = {},
  {
    history = {},
    state = stateOf(),
    vault = life,
  }: {
    readonly history?: Partial<VaultHistory>;
    readonly state?: VaultState;
    readonly vault?: readonly VaultEvent[];
  } = {},
) {
  const whole = historyOf(vault, history);
  return fullLedgerOf({
    history: whole,
    state,
    ledger: ledgerOf({ history: whole, state }),
    samples: [],
    readings: { totals, unavailableBlocks: [], ...change },
  });
}

describe("a loss that the vault did not state", () => {
  const [row] = ledgerWith().events.losses;

  it("is completed from the totals around it", () => {
    expect(row).toMatchObject({
      source: "derived",
      lpLossAssets: known(14_450n),
      totalAssetsBefore: known(1_008_500n),
      totalSupplyShares: known(1_000_000n),
      priceBefore: { kind: "known", value: { assets: 1_008_501n, shares: 1_000_001n } },
      priceAfter: { kind: "known", value: { assets: 994_051n, shares: 1_000_001n } },
    });
    expect(row?.lpLossSharedBy).toBeUndefined();
  });

  it("has its unpaid interest by the principal left, which explains the fees in the difference", () => {
    expect(row?.unpaidInterestAssets).toEqual(known(10_000n));
    expect(row?.reconciliation).toEqual({
      kind: "differs",
      byAssets: 1_500n,
      explainedByFees: true,
      explainedByRounding: false,
    });
  });

  it("is part of the totals", () => {
    const ledger = ledgerWith();
    expect(ledger.totals).toEqual({
      grossBadDebtAssets: known(15_950n),
      recordedLpLossAssets: known(14_450n),
      unexplainedLossAssets: known(0n),
      lpLossAssets: known(14_450n),
      recoveredAssets: known(0n),
      netLossAssets: known(14_450n),
    });
    expect(ledger.events.totals.netLpLossAssets).toEqual(known(14_450n));
    expect(ledger.events.found.atLeastLpLossAssets).toBe(14_450n);
    expect(ledger.fallsSearched).toEqual({ kind: "known", value: { blocks: 4 } });
  });

  it("is unknown for the reason that its block's start, or its end, could not be read", () => {
    const noStart = totals.map((one) => ({ ...one, atStart: undefined }));
    for (const [readings, reason] of [
      [{ totals: noStart, isClockRefused: true }, "clock-refused"],
      [{ totals: noStart }, "archive-unavailable"],
      [{ totals: totals.slice(0, 3), unavailableBlocks: [50n] }, "archive-unavailable"],
    ] as const) {
      const ledger = ledgerWith(readings);
      expect(ledger.events.losses[0]?.lpLossAssets).toEqual(unknown(reason));
      expect(ledger.totals.lpLossAssets).toEqual(unknown(reason));
      expect(ledger.totals.grossBadDebtAssets).toEqual(known(15_950n));
      expect(ledger.fallsSearched).toEqual(unknown(reason));
    }
  });

  it("says with how many others it shares one fall", () => {
    const second = { ...liquidation, logIndex: 7, manager: addressFrom(12), badDebtAssets: 15_950n };
    const rows = ledgerWith({}, { vault: [...life, second] }).events.losses;
    expect(rows.map(({ lpLossSharedBy }) => lpLossSharedBy)).toEqual([2, 2]);
    expect(rows.map(({ lpLossAssets }) => lpLossAssets)).toEqual([known(7_225n), known(7_225n)]);
    expect(rows.map(({ reconciliation }) => reconciliation.kind)).toEqual(["unknown", "unknown"]);
  });
});

describe("falls in the ledger", () => {
  const fallen = totals.map((one) =>
    one.block.number === 7n ? { ...one, totalAssets: one.totalAssets - 40n } : one,
  );
  // What was left grows on, so the later figures are 40 lower.
  const after = fallen.map((one) =>
    one.block.number === 50n
      ? {
          ...one,
          totalAssets: one.totalAssets - 40n,
          atStart: { totalAssets: 1_008_460n, totalSupplyShares: 1_000_000n },
          unmoved: { sinceBlock: 7n, totalAssets: 1_008_460n },
        }
      : one,
  );

  it("count in what LPs lost, and in no bad debt", () => {
    const ledger = ledgerWith({ totals: after });
    expect(ledger.falls).toMatchObject([{ to: blockAt(7n), lpLossAssets: 40n, isNarrow: true }]);
    expect(ledger.totals).toMatchObject({
      grossBadDebtAssets: known(15_950n),
      recordedLpLossAssets: known(14_450n),
      unexplainedLossAssets: known(40n),
      lpLossAssets: known(14_490n),
    });
  });

  it("that could not be narrowed down stand as rows, and no total does", () => {
    const unread = after.filter(({ block }) => block.number !== 7n);
    const ledger = ledgerWith({ totals: unread, unavailableBlocks: [7n, 28n] });
    expect(ledger.fallsSearched).toEqual(unknown("archive-unavailable"));
    expect(ledger.totals.unexplainedLossAssets).toEqual(unknown("archive-unavailable"));
    expect(ledger.totals.lpLossAssets).toEqual(unknown("archive-unavailable"));
  });

  it("of which interest could hide one are not said to have been looked for everywhere", () => {
    const ledger = ledgerWith({ totals: totals.map((one) => ({ ...one, unmoved: undefined })) });
    expect(ledger.falls).toEqual([]);
    expect(ledger.fallsSearched).toEqual(unknown("archive-unavailable"));
  });
});

describe("what is not the whole history", () => {
  it("gives rows and no totals", () => {
    const ledger = ledgerWith({}, { history: { complete: false } });
    expect(ledger.events.losses[0]?.lpLossAssets).toEqual(known(14_450n));
    expect(ledger.events.losses[0]?.unpaidInterestAssets).toEqual(unknown("history-partial"));
    for (const total of Object.values(ledger.totals)) expect(total).toEqual(unknown("history-partial"));
  });
});

describe("a vault that publishes no losses", () => {
  it("has its falls as what LPs lost, and nothing else", () => {
    const state = stateOf({ flux: undefined });
    const vault = [...deposit(logAt(5n), 1_000_000n), ...deposit(logAt(7n), 1_000n)];
    const read: readonly BlockTotals[] = [
      {
        block: blockAt(5n),
        totalAssets: 1_000_000n,
        totalSupplyShares: 1_000_000n,
        atStart: { totalAssets: 0n, totalSupplyShares: 0n },
      },
      { block: blockAt(6n), totalAssets: 1_000_000n, totalSupplyShares: 1_000_000n, atStart: undefined },
      {
        block: blockAt(7n),
        totalAssets: 1_000_900n,
        totalSupplyShares: 1_001_000n,
        atStart: { totalAssets: 1_000_000n, totalSupplyShares: 1_000_000n },
      },
    ];
    const ledger = ledgerWith({ totals: read }, { state, vault });
    expect(ledger.falls).toMatchObject([{ lpLossAssets: 100n, isNarrow: true }]);
    expect(ledger.totals).toEqual({
      grossBadDebtAssets: unknown("not-published"),
      recordedLpLossAssets: unknown("not-published"),
      unexplainedLossAssets: known(100n),
      lpLossAssets: known(100n),
      recoveredAssets: unknown("not-published"),
      netLossAssets: unknown("not-published"),
    });
  });
});
