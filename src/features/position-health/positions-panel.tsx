import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { sortFromText, sortText } from "@/ui/data/sort-text";
import { DEFAULT_POSITION_FILTER, positionFilterOf } from "./model";
import { DEFAULT_POSITION_SORT, type PositionChoice, PositionsView } from "./positions-view";

export interface PositionsPanelProps {
  readonly report: VaultReport;
  readonly hrefOf: (manager: Address) => string;
}

/** The managers of a vault, with search, state and order in the address. */
export function PositionsPanel({ report, hrefOf }: PositionsPanelProps) {
  const [params, setParams] = useSearchParams();
  const choice = useMemo(
    (): PositionChoice => ({
      filter: positionFilterOf(params.get("state")),
      search: params.get("q") ?? "",
      sort: sortFromText(params.get("sort"), DEFAULT_POSITION_SORT),
    }),
    [params],
  );
  const onChoiceChange = useCallback(
    ({ filter, search, sort }: PositionChoice): void => {
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          put(after, "state", filter === DEFAULT_POSITION_FILTER ? "" : filter);
          put(after, "q", search);
          const order = sortText(sort);
          put(after, "sort", order === sortText(DEFAULT_POSITION_SORT) ? "" : order);
          return after;
        },
        { replace: true, preventScrollReset: true },
      );
    },
    [setParams],
  );
  return <PositionsView report={report} choice={choice} onChoiceChange={onChoiceChange} hrefOf={hrefOf} />;
}

/** What is as usual stays out of the address. */
function put(params: URLSearchParams, name: string, value: string): void {
  if (value === "") params.delete(name);
  else params.set(name, value);
}
