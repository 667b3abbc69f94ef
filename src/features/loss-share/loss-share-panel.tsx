import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import { exposureBookFor } from "@/data/exposure-book";
import { useWatchList } from "@/data/watch-list/use-watch-list";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { sortFromText, sortText } from "@/ui/data/sort-text";
import { DEFAULT_LP_SORT, LossShareView, type LpChoice } from "./loss-share-view";
import { lossChoiceOf, lpFilterOf } from "./model";

export interface LossSharePanelProps {
  readonly report: VaultReport;
  readonly hrefOf: (address: Address) => string;
}

/** Every LP's part of the losses, with loss, filter, search and order in the address. */
export function LossSharePanel({ report, hrefOf }: LossSharePanelProps) {
  const [params, setParams] = useSearchParams();
  const { entries } = useWatchList(report.config.chainId);
  const labels = useMemo(
    () =>
      new Map(
        entries.flatMap(({ address, label }) => (label === undefined ? [] : [[address, label] as const])),
      ),
    [entries],
  );
  const choice = useMemo(
    (): LpChoice => ({
      loss: lossChoiceOf(report, params.get("loss")),
      filter: lpFilterOf(params.get("show")),
      search: params.get("q") ?? "",
      sort: sortFromText(params.get("sort"), DEFAULT_LP_SORT),
    }),
    [params, report],
  );
  const onChoiceChange = useCallback(
    ({ loss, filter, search, sort }: LpChoice): void => {
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          put(after, "loss", loss === "all" ? "" : loss);
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
      book={exposureBookFor(report)}
      choice={choice}
      onChoiceChange={onChoiceChange}
      labels={labels}
      hrefOf={hrefOf}
    />
  );
}

/** What is as usual stays out of the address. */
function put(params: URLSearchParams, name: string, value: string): void {
  if (value === "") params.delete(name);
  else params.set(name, value);
}
