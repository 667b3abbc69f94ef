import type { BlockTotals, LedgerReadings } from "@/domain/ledger-model";
import type { VaultHistory } from "@/domain/model";
import { assembleLedgerReport, type LedgerReport } from "@/report/ledger-report";
import type { VaultReport } from "@/report/vault-report";
import { lessonReport } from "./report-builders";
import { blockAt, USDC } from "./vault-builders";

/**
 * Totals around a block in whole USDC, shares at one each unless given. `since`: the block read before, after which
 * nothing happened until this one.
 */
export function totalsAt(
  block: bigint,
  input: {
    readonly start: bigint;
    readonly end: bigint;
    readonly supplyAtStart?: bigint;
    readonly supply?: bigint;
    readonly since?: bigint;
  },
): BlockTotals {
  const { start, end, supplyAtStart = start, supply = end, since } = input;
  return {
    block: blockAt(block),
    totalAssets: end * USDC,
    totalSupplyShares: supply * USDC,
    atStart: { totalAssets: start * USDC, totalSupplyShares: supplyAtStart * USDC },
    unmoved: since === undefined ? undefined : { sinceBlock: since, totalAssets: start * USDC },
  };
}

/** A whole ledger of a report and of what was read of the past; nothing unless given. */
export function ledgerReportOf(
  report: VaultReport,
  readings: Partial<LedgerReadings> & { readonly isClockRefused?: boolean } = {},
): LedgerReport {
  const nothing: LedgerReadings = { totals: [], unavailableBlocks: [], openShortfalls: [] };
  return assembleLedgerReport({ report, readings: { ...nothing, ...readings } });
}

/** Everything that the chain would say of the lesson's past: three deposits, then the loss. */
export const LESSON_READINGS: LedgerReadings = {
  totals: [
    totalsAt(10n, { start: 0n, end: 600_000n }),
    totalsAt(11n, { start: 600_000n, end: 900_000n }),
    totalsAt(12n, { start: 900_000n, end: 1_000_000n }),
    totalsAt(50n, { start: 1_000_000n, end: 995_000n, supply: 1_000_000n, since: 12n }),
  ],
  unavailableBlocks: [],
  openShortfalls: [10n, 11n, 12n].map((blockNumber) => ({
    blockNumber,
    openLpLossAssets: { kind: "known", value: 0n },
  })),
};

/** The lesson's whole ledger: 5,000 lost of 1,000,000, borne 3,000 / 1,500 / 500. */
export function lessonLedger(change: { readonly history?: VaultHistory } = {}): LedgerReport {
  return ledgerReportOf(lessonReport(change), LESSON_READINGS);
}
