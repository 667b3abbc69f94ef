import { useMemo, useState } from "react";
import type { StatementView } from "@/data/ledger-book/ledger-view";
import type { DatedStatement } from "@/data/statement/statement-document";
import type { VaultReport } from "@/report/vault-report";

/**
 * The newest statement together with the report of its own block. While a newer block is computed the last pair stays:
 * a statement is never shown or exported with another block's head.
 */
export function useDated(
  report: VaultReport,
  { data, isCurrent }: StatementView,
): DatedStatement | undefined {
  const [kept, setKept] = useState<DatedStatement>();
  const current = useMemo(
    () => (data !== undefined && isCurrent ? { report, statement: data } : undefined),
    [report, data, isCurrent],
  );
  if (current !== undefined && current !== kept) setKept(current);
  return current ?? kept;
}
