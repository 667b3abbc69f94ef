import { type Claims, claimsOf } from "@/domain/claims";
import { unknown } from "@/domain/figure";
import { fullLedgerOf } from "@/domain/full-ledger";
import type { FullLedger } from "@/domain/ledger-model";
import type { Figure } from "@/domain/model";
import { logPricesOf } from "@/domain/price-at-log";
import { type StatementBook, statementBookOf } from "@/domain/statement-book";
import type { VaultReport } from "@/report/vault-report";

const books = new WeakMap<VaultReport, StatementBook>();

/**
 * The statements of a report from its events alone: no old state is read. Its values and interest are unknown, its
 * shares and its parts of recorded losses are exact, and falls without an event are not in it.
 */
function recordedBookFor(report: VaultReport): StatementBook {
  const found = books.get(report);
  if (found !== undefined) return found;
  const { snapshot, history, holdings, ledger } = report;
  const { state } = snapshot;
  const full = fullLedgerOf({
    history,
    ledger,
    state,
    samples: [],
    readings: { totals: [], unavailableBlocks: [] },
  });
  const recorded: FullLedger = { ...full, falls: [], fallsSearched: unknown("archive-unavailable") };
  const book = statementBookOf({
    state,
    history,
    holdings,
    ledger: recorded,
    prices: logPricesOf({ history, totals: [], virtualShares: state.virtualShares }),
    openShortfalls: [],
  });
  books.set(report, book);
  return book;
}

/**
 * Claims on an amount by the losses that the vault's own events record. Exact without any old state; unknown from a
 * partial history, and where a loss was not stated by an event.
 */
export function recordedClaimsOf(
  report: VaultReport,
  { amountAssets }: { readonly amountAssets: bigint },
): Figure<Claims> {
  return claimsOf({ book: recordedBookFor(report), amountAssets });
}
