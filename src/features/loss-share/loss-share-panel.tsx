import { type ReactNode, useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import { exposureBookFor } from "@/data/exposure-book";
import { useLedgerBook, useLedgerRowShares, useLpTotals } from "@/data/ledger-book/use-ledger-book";
import { useWatchList } from "@/data/watch-list/use-watch-list";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { sortFromText, sortText } from "@/ui/data/sort-text";
import { DEFAULT_LP_SORT, LossShareView, type LpChoice } from "./loss-share-view";
import {
  borneRows,
  chosenRow,
  lossChoiceOf,
  lpFilterOf,
  placeOf,
  statedParts,
  type WholeLedger,
} from "./model";

export interface LossSharePanelProps {
  readonly report: VaultReport;
  /** How the reading of the vault's past stands. */
  readonly reading: ReactNode;
  readonly hrefOf: (address: Address) => string;
}

/** Every LP's part of the losses, with loss, filter, search and order in the address. */
export function LossSharePanel({ report, reading, hrefOf }: LossSharePanelProps) {
  const [params, setParams] = useSearchParams();
  const { entries } = useWatchList(report.config.chainId);
  const labels = useMemo(
    () =>
      new Map(
        entries.flatMap(({ address, label }) => (label === undefined ? [] : [[address, label] as const])),
      ),
    [entries],
  );
  const exposures = exposureBookFor(report);
  const whole = useWholeLedger(report);
  const rows = useMemo(() => borneRows(report, whole), [report, whole]);
  const chosen = chosenRow(rows, params.get("loss"));
  const stated = useMemo(() => statedParts(exposures, chosen), [exposures, chosen]);
  const asked = useLedgerRowShares(
    report,
    chosen === undefined || stated !== undefined ? undefined : { kind: chosen.kind, ...placeOf(chosen) },
  );
  const choice = useMemo(
    (): LpChoice => ({
      loss: lossChoiceOf(rows, params.get("loss")),
      table: params.get("table") === "life" ? "life" : "losses",
      filter: lpFilterOf(params.get("show")),
      search: params.get("q") ?? "",
      sort: sortFromText(params.get("sort"), DEFAULT_LP_SORT),
    }),
    [params, rows],
  );
  const onChoiceChange = useCallback(
    ({ loss, table, filter, search, sort }: LpChoice): void => {
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          put(after, "loss", loss === "all" ? "" : loss);
          put(after, "table", table === "losses" ? "" : table);
          put(after, "show", filter === "all" ? "" : filter);
          put(after, "q", search);
          const order = sortText(sort);
          put(after, "sort", order === sortText(DEFAULT_LP_SORT) ? "" : order);
          return after;
        },
        { replace: true, preventScrollReset: true },
      );
    },
    [setParams],
  );
  return (
    <LossShareView
      report={report}
      book={exposures}
      whole={whole}
      parts={stated ?? asked.data}
      reading={reading}
      choice={choice}
      onChoiceChange={onChoiceChange}
      labels={labels}
      hrefOf={hrefOf}
    />
  );
}

/** The ledger and everybody's sums, once both are of one block. */
function useWholeLedger(report: VaultReport): WholeLedger | undefined {
  const book = useLedgerBook(report);
  const totals = useLpTotals(report);
  const isOneBlock = book.block !== undefined && book.block.hash === totals.block?.hash;
  return useMemo(
    () =>
      book.data === undefined || totals.data === undefined || !isOneBlock
        ? undefined
        : {
            ledger: book.data.ledger,
            virtual: book.data.virtual,
            totals: new Map(totals.data.map((one) => [one.address, one])),
          },
    [book.data, totals.data, isOneBlock],
  );
}

/** What is as usual stays out of the address. */
function put(params: URLSearchParams, name: string, value: string): void {
  if (value === "") params.delete(name);
  else params.set(name, value);
}
