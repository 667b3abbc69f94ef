import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import type {
  LedgerBookView,
  LedgerRowId,
  LedgerRowSharesView,
  LedgerView,
  LpTotalsView,
  StatementView,
} from "./ledger-view";

const WAITING: LedgerView<never> = {
  data: undefined,
  block: undefined,
  isCurrent: false,
  progress: undefined,
  fault: undefined,
  isReading: false,
  isStopped: false,
  stop: () => undefined,
  resume: () => undefined,
  retry: () => undefined,
};

/**
 * The full ledger of a report: old totals are read when the first caller asks, only what new blocks add afterwards,
 * and nothing while nobody asks or the page is hidden. `for` reads what one address's statement needs, no more.
 */
export function useLedgerBook(
  _report: VaultReport,
  _options: { readonly for?: Address | undefined } = {},
): LedgerBookView {
  return WAITING;
}

/** One address's statement: from everybody's ledger where that is read already, otherwise read for it alone. */
export function useStatement(_report: VaultReport, _address: Address): StatementView {
  return WAITING;
}

/** Everybody's sums. Needs the whole ledger. */
export function useLpTotals(_report: VaultReport): LpTotalsView {
  return WAITING;
}

/** Who bore how much of one row; undefined row: nothing is asked. */
export function useLedgerRowShares(_report: VaultReport, _row: LedgerRowId | undefined): LedgerRowSharesView {
  return WAITING;
}
