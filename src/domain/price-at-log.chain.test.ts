/**
 * Share prices inside a block, and losses that a vault does not state, against the contracts: random lives in which
 * several transactions share a block, played a second time one transaction a block, at the same seconds, where the
 * contract itself says every total.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { type LedgerPlayed, playLedgers, type TotalsSeen, type TransactionSeen } from "@/testing/ledger-play";
import { stateOf } from "@/testing/vault-builders";
import { MAX_FEE_DUST_ASSETS } from "./block-steps";
import { fullLedgerOf } from "./full-ledger";
import { type LossRow, ledgerOf } from "./ledger";
import { ledgerBlocksOf } from "./ledger-blocks";
import type { BlockTotals } from "./ledger-model";
import { sumOf } from "./math";
import type { Figure, SharePrice, VaultEvent, VaultHistory } from "./model";
import { logPricesOf } from "./price-at-log";
import { sharePriceOf } from "./share-price";

const SEED = 20_260_803;
const LIVES = 18;
const VIRTUAL_SHARES = 1n;
const state = stateOf({ virtualShares: VIRTUAL_SHARES });

let lives: readonly LedgerPlayed[] = [];

beforeAll(async () => {
  lives = await playLedgers({ seed: SEED, lives: LIVES });
});

const priceOf = (totals: TotalsSeen) => sharePriceOf({ ...totals, virtualShares: VIRTUAL_SHARES });

function logsOf({ history }: LedgerPlayed, { hash }: TransactionSeen): readonly VaultEvent[] {
  return history.vault.filter(({ transactionHash }) => transactionHash === hash);
}

function inBlock(history: VaultHistory, blockNumber: bigint, kind: VaultEvent["kind"]): number {
  return history.vault.filter((event) => event.blockNumber === blockNumber && event.kind === kind).length;
}

/** The contract's price; where two collections of interest share a block, to what rounding their fees can free. */
function expectPrice(found: Figure<SharePrice>, wanted: SharePrice, collections: number): void {
  if (found.kind === "unknown") throw new Error(`the price is unknown: ${found.reason}`);
  if (collections < 2) expect(found.value).toEqual(wanted);
  expect(found.value.shares).toBe(wanted.shares);
  const off = found.value.assets - wanted.assets;
  expect((off < 0n ? -off : off) <= MAX_FEE_DUST_ASSETS * BigInt(Math.max(0, collections - 1))).toBe(true);
}

describe("share prices at logs", () => {
  it("are the contract's before and after every transaction, however many share a block", () => {
    let together = 0;
    let freed = 0;
    for (const life of lives) {
      const { history, totals, transactions } = life;
      const prices = logPricesOf({ history, totals, virtualShares: VIRTUAL_SHARES });
      for (const transaction of transactions) {
        const logs = logsOf(life, transaction);
        const [first, last] = [logs[0], logs.at(-1)];
        if (first === undefined || last === undefined) continue;
        const collections = inBlock(history, first.blockNumber, "interest-collected");
        expectPrice(prices.before(first), priceOf(transaction.before), collections);
        expectPrice(prices.after(last), priceOf(transaction.after), collections);
        const isRepayment = logs.every(({ kind }) => kind === "repaid" || kind === "interest-collected");
        if (isRepayment && transaction.after.totalAssets > transaction.before.totalAssets) freed += 1;
        const isShared = history.vault.some(
          ({ blockNumber, transactionHash }) =>
            blockNumber === first.blockNumber && transactionHash !== transaction.hash,
        );
        together += isShared ? 1 : 0;
      }
    }
    expect(together).toBeGreaterThan(400);
    // Repayments that left a rounded fee to the LPs: the only thing besides logs that moves a total inside a block.
    expect(freed).toBeGreaterThan(5);
  });

  it("by the ends of blocks alone are the same, or unknown where only a start could tell what rounding freed", () => {
    let unknown = 0;
    for (const life of lives) {
      const { history, transactions } = life;
      const totals = life.totals.map((one): BlockTotals => ({ ...one, atStart: undefined }));
      const prices = logPricesOf({ history, totals, virtualShares: VIRTUAL_SHARES });
      for (const transaction of transactions) {
        const logs = logsOf(life, transaction);
        const [first, last] = [logs[0], logs.at(-1)];
        if (first === undefined || last === undefined) continue;
        for (const [found, wanted] of [
          [prices.before(first), priceOf(transaction.before)],
          [prices.after(last), priceOf(transaction.after)],
        ] as const) {
          if (found.kind === "known") expect(found.value).toEqual(wanted);
          else {
            expect(inBlock(history, first.blockNumber, "interest-collected")).toBeGreaterThan(0);
            unknown += 1;
          }
        }
      }
    }
    expect(unknown).toBeGreaterThan(10);
  });

  it("are known with nothing read around a loss and a recovery, which the vault states", () => {
    for (const { history } of lives) {
      const prices = logPricesOf({ history, totals: [], virtualShares: VIRTUAL_SHARES });
      for (const event of history.vault) {
        if (event.kind !== "loss" && event.kind !== "recovery") continue;
        const { totalAssetsBefore: totalAssets, totalSupplyShares } = event;
        expect(prices.before(event)).toEqual({
          kind: "known",
          value: priceOf({ totalAssets, totalSupplyShares }),
        });
      }
    }
  });
});

function wholeLedger(history: VaultHistory, totals: readonly BlockTotals[]) {
  return fullLedgerOf({
    history,
    state,
    ledger: ledgerOf({ history, state }),
    samples: [],
    readings: { totals, unavailableBlocks: [] },
  });
}

function valueOf(figure: Figure): bigint {
  if (figure.kind === "unknown") throw new Error(`unknown: ${figure.reason}`);
  return figure.value;
}

describe("losses that the vault does not state", () => {
  it("are what it stated: each to the unit where it is the only one of its block, otherwise all of them together", () => {
    const seen = { alone: 0, together: 0, split: 0 };
    for (const { history, totals } of lives) {
      const silent = { ...history, vault: history.vault.filter(({ kind }) => kind !== "loss") };
      const stated = ledgerOf({ history, state }).losses;
      const { events } = wholeLedger(silent, totals);
      expect(events.losses).toHaveLength(stated.length);
      for (const blockNumber of new Set(stated.map((row) => row.blockNumber))) {
        const ofBlock = (rows: readonly LossRow[]) => rows.filter((row) => row.blockNumber === blockNumber);
        const lossOf = (rows: readonly LossRow[]) =>
          sumOf(ofBlock(rows).map(({ lpLossAssets }) => valueOf(lpLossAssets)));
        // What a repayment of the same block frees hides in the loss.
        const freed = MAX_FEE_DUST_ASSETS * BigInt(inBlock(history, blockNumber, "interest-collected"));
        const hidden = lossOf(stated) - lossOf(events.losses);
        expect(hidden >= 0n && hidden <= freed).toBe(true);
        const rows = ofBlock(events.losses);
        if (rows.length === 1) seen.alone += 1;
        else seen.together += 1;
        seen.split += rows.filter(({ lpLossSharedBy }) => lpLossSharedBy !== undefined).length;
        for (const row of rows) expect(row.source).toBe("derived");
      }
    }
    expect(seen.alone).toBeGreaterThan(10);
    expect(seen.together).toBeGreaterThan(3);
    expect(seen.split).toBeGreaterThan(3);
  });

  it("have the unpaid interest that the vault stated, replayed from loans and repayments", () => {
    let withInterest = 0;
    for (const { history, totals } of lives) {
      const silent = { ...history, vault: history.vault.filter(({ kind }) => kind !== "loss") };
      const stated = ledgerOf({ history, state }).losses;
      wholeLedger(silent, totals).events.losses.forEach((row, index) => {
        expect(row.unpaidInterestAssets).toEqual(stated[index]?.unpaidInterestAssets);
        withInterest += valueOf(row.unpaidInterestAssets) > 0n ? 1 : 0;
        if (row.reconciliation.kind === "differs") expect(row.reconciliation.explainedByFees).toBe(true);
      });
    }
    expect(withInterest).toBeGreaterThan(10);
  });
});

describe("the search for falls", () => {
  it("finds none where every fall has its event, and says where it looked", () => {
    for (const { history, totals } of lives) {
      const { ends } = ledgerBlocksOf(history);
      const { falls, fallsSearched, totals: sums, events } = wholeLedger(history, totals);
      expect(falls).toEqual([]);
      expect(fallsSearched).toEqual({ kind: "known", value: { blocks: totals.length } });
      expect(totals.length).toBeGreaterThan(ends.length);
      expect(sums.lpLossAssets).toEqual(events.totals.lpLossAssets);
    }
  });
});
