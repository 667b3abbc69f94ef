import { useDeferredValue, useMemo } from "react";
import type { Claims } from "@/domain/claims";
import type { Address, VaultState } from "@/domain/model";
import { toCsv } from "@/shared/csv";
import { formatInteger } from "@/shared/format";
import { DownloadButton } from "@/ui/data/download-button";
import type { SortState } from "@/ui/data/table-sort";
import { SelectField, TextInput } from "@/ui/forms/inputs";
import { Panel } from "@/ui/layout/panel";
import {
  comparisonOf,
  DISTRIBUTION_FILTERS,
  type DistributionFilter,
  distributionLinesOf,
  filterDistribution,
} from "../distribution";
import { distributionCsv } from "../export";
import { comparisonRows, excludedTexts, mismatchText } from "../texts";
import { ComparisonTable } from "./comparison-table";
import { DistributionTable } from "./distribution-table";

/** What the reader chose to see of the lines; it stands in the address. */
export interface LineChoice {
  readonly filter: DistributionFilter;
  readonly search: string;
  readonly sort: SortState;
}

/** Who lost most first. */
export const DEFAULT_LINE_SORT: SortState = { columnId: "lost", direction: "descending" };

export interface DistributionViewProps {
  readonly claims: Claims;
  readonly state: VaultState;
  readonly choice: LineChoice;
  readonly onChoiceChange: (choice: LineChoice) => void;
  readonly labels: ReadonlyMap<Address, string>;
  readonly hrefOf: (address: Address) => string;
}

/** One amount handed out in two ways: the sums, then every address. */
export function DistributionView(props: DistributionViewProps) {
  const { claims, state, choice, onChoiceChange } = props;
  const lines = useMemo(() => distributionLinesOf(claims), [claims]);
  const comparison = useMemo(() => comparisonOf(lines), [lines]);
  const { filter } = choice;
  const search = useDeferredValue(choice.search);
  const shown = useMemo(() => filterDistribution(lines, { filter, search }), [lines, filter, search]);
  return (
    <>
      <Panel
        title="The two ways compared"
        description={mismatchText(comparison, state)}
        flush
        footer={<ExcludedNote lines={excludedTexts(claims, state)} />}
      >
        <ComparisonTable rows={comparisonRows(comparison, state)} />
      </Panel>
      <Panel
        title="Address by address"
        description="Everybody who ever bore a loss or holds shares now."
        flush
        actions={
          <DownloadButton
            fileName={`distribution-${state.chainId}-${state.address}-block-${state.block.number}.csv`}
            mimeType="text/csv"
            label="Download the shown lines as CSV"
            content={() => toCsv(distributionCsv(shown, state))}
          >
            CSV
          </DownloadButton>
        }
      >
        <div className="grid gap-3 border-b border-line px-4 py-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] print:hidden">
          <SelectField
            label="Show"
            value={filter}
            options={DISTRIBUTION_FILTERS}
            onChange={(value) => onChoiceChange({ ...choice, filter: value })}
          />
          <TextInput
            label="Search by address"
            placeholder="0x… or any digits"
            mono
            value={choice.search}
            onChange={(text) => onChoiceChange({ ...choice, search: text })}
          />
        </div>
        <DistributionTable
          state={state}
          lines={shown}
          labels={props.labels}
          hrefOf={props.hrefOf}
          sort={choice.sort}
          onSortChange={(sort) => onChoiceChange({ ...choice, sort })}
          footer={
            <>
              {shown.length !== lines.length &&
                `${formatInteger(shown.length)} of ${formatInteger(lines.length)} lines shown. `}
              Claims add up to the amount to the last unit; so do the parts if it is paid in, virtual shares
              included. Money is shown rounded down, losses up.
            </>
          }
        />
      </Panel>
    </>
  );
}

function ExcludedNote({ lines }: { readonly lines: readonly string[] }) {
  if (lines.length === 0) return "Nothing is left out: no virtual shares, and no dead address has a part.";
  return (
    <ul className="flex flex-col gap-0.5">
      {lines.map((line) => (
        <li key={line} className="figures">
          {line}
        </li>
      ))}
    </ul>
  );
}
