import { fullLedgerOf, ledgerTimelinesOf } from "@/domain/full-ledger";
import type { FullLedger, LedgerReadings, LogPrices } from "@/domain/ledger-model";
import { logPricesFrom } from "@/domain/price-at-log";
import { type StatementBook, statementBookOf } from "@/domain/statement-book";
import type { VaultReport } from "./vault-report";

/**
 * The whole ledger of a vault: what every page, the statements, the claims and the command line's report are made of.
 * There is no second way to a figure of it.
 */
export interface LedgerReport {
  readonly report: VaultReport;
  readonly readings: LedgerReadings;
  /** No endpoint ran a call under another block's clock: why falls inside blocks could not be looked for. */
  readonly isClockRefused: boolean;
  /** Losses, recoveries and unexplained falls, with their totals. */
  readonly ledger: FullLedger;
  /** The share price at every log. */
  readonly prices: LogPrices;
  /** The statements of all LPs, each a walk away. */
  readonly book: StatementBook;
}

/** Computes the whole ledger from what was read. Pure: the same report and readings give the same ledger. */
export function assembleLedgerReport(input: {
  readonly report: VaultReport;
  readonly readings: LedgerReadings & { readonly isClockRefused?: boolean | undefined };
}): LedgerReport {
  const { report, readings } = input;
  const { history, holdings, snapshot } = report;
  const { state } = snapshot;
  const { samples } = report.series;
  const timelines = ledgerTimelinesOf({ history, readings, samples });
  const ledger = fullLedgerOf({ history, state, readings, ledger: report.ledger, samples, timelines });
  const prices = logPricesFrom(timelines, state.virtualShares);
  const book = statementBookOf({
    state,
    history,
    holdings,
    ledger,
    prices,
    openShortfalls: readings.openShortfalls,
  });
  return { report, readings, isClockRefused: readings.isClockRefused === true, ledger, prices, book };
}
