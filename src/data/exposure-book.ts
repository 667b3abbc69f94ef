import { type ExposureBook, exposureBookOf, splitLedgerOf } from "@/domain/exposure";
import type { VaultReport } from "@/report/vault-report";

const books = new WeakMap<VaultReport, ExposureBook>();

/**
 * The exposures of all LPs of a report, made once: the split ledger costs losses times holders, and several parts
 * of a page ask for it.
 */
export function exposureBookFor(report: VaultReport): ExposureBook {
  const found = books.get(report);
  if (found !== undefined) return found;
  const { snapshot, history, ledger, holdings, headline } = report;
  const { state } = snapshot;
  const book = exposureBookOf({
    state,
    history,
    holdings,
    split: splitLedgerOf({ ledger, holdings, virtualShares: state.virtualShares }),
    unrealisedLpLossAssets: headline.unrealisedLpLossAssets,
  });
  books.set(report, book);
  return book;
}
