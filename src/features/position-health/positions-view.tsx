import { useDeferredValue, useMemo } from "react";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { countedManagers } from "@/shared/counted";
import { formatInteger } from "@/shared/format";
import { AddressLabel } from "@/ui/data/address-label";
import { Disclosure } from "@/ui/data/disclosure";
import { DownloadButton } from "@/ui/data/download-button";
import type { SortState } from "@/ui/data/table-sort";
import { ROUNDING_NOTE } from "@/ui/figures/rounding-note";
import { Stat, StatRow } from "@/ui/figures/stat";
import { SelectField, TextInput } from "@/ui/forms/inputs";
import { Grid } from "@/ui/layout/page";
import { Panel } from "@/ui/layout/panel";
import { BandDistribution } from "./components/band-distribution";
import { PositionTable } from "./components/position-table";

import { positionsCsv } from "./export";
import {
  emptyAddressesText,
  filterPositions,
  POSITION_FILTERS,
  type PositionFilter,
  positionRowsOf,
  rowsWithPosition,
  sourceNoteOf,
} from "./model";
import { bandLinesOf, type MissingManagers, positionTotalsOf } from "./totals";
import { VaultLoadLine } from "./vault-load-line";

/** What the reader chose to see; it stands in the address. */
export interface PositionChoice {
  readonly filter: PositionFilter;
  readonly search: string;
  readonly sort: SortState;
}

export interface PositionsViewProps {
  readonly report: VaultReport;
  readonly choice: PositionChoice;
  readonly onChoiceChange: (choice: PositionChoice) => void;
  readonly hrefOf: (manager: Address) => string;
}

/** The worst health first. */
export const DEFAULT_POSITION_SORT: SortState = { columnId: "health", direction: "ascending" };

/** Every manager of a vault: totals, load line, distribution and the table. */
export function PositionsView(props: PositionsViewProps) {
  const { report, choice, onChoiceChange } = props;
  const { state } = report.snapshot;
  const rows = useMemo(() => positionRowsOf(report.snapshot), [report.snapshot]);
  const totals = useMemo(() => positionTotalsOf(report), [report]);
  const bands = useMemo(() => bandLinesOf(report), [report]);
  const note = useMemo(() => sourceNoteOf(rows), [rows]);
  const { filter } = choice;
  const search = useDeferredValue(choice.search);
  const shown = useMemo(() => filterPositions(rows, { filter, search }), [rows, filter, search]);
  const listed = useMemo(() => rowsWithPosition(rows), [rows]);
  const empty = useMemo(() => emptyAddressesText(rows), [rows]);
  const all = filter === "all" ? rows : listed;
  return (
    <>
      <StatRow label="All managers together">
        {totals.figures.map(({ id, formula, isLoss, ...stat }) => (
          <Stat
            key={id}
            {...stat}
            tone={isLoss ? "loss" : "neutral"}
            {...(formula === undefined ? {} : { formula })}
          />
        ))}
      </StatRow>
      {totals.missing !== undefined && <Missing missing={totals.missing} />}
      <Grid columns="aside">
        <Panel
          title="Load line"
          description="How deep the vault sits: its debt by health, against its own marks."
        >
          <VaultLoadLine report={report} hrefOf={props.hrefOf} />
        </Panel>
        <Panel title="Debt by health band">
          <BandDistribution lines={bands} symbol={state.asset.symbol} />
        </Panel>
      </Grid>
      <Panel
        title="Managers"
        flush
        actions={
          <DownloadButton
            fileName={`positions-${state.chainId}-${state.address}-block-${state.block.number}.csv`}
            mimeType="text/csv"
            label="Download the shown managers as CSV"
            content={() => positionsCsv({ rows: shown, state })}
          >
            CSV
          </DownloadButton>
        }
      >
        <div className="flex flex-wrap gap-3 border-b border-line px-4 py-3 *:w-full *:sm:w-64 print:hidden">
          <TextInput
            label="Search by address"
            placeholder="0x… or any digits"
            mono
            value={choice.search}
            onChange={(text) => onChoiceChange({ ...choice, search: text })}
          />
          <SelectField
            label="State"
            value={filter}
            options={POSITION_FILTERS}
            onChange={(value) => onChoiceChange({ ...choice, filter: value })}
          />
        </div>
        <PositionTable
          state={state}
          rows={shown}
          hrefOf={props.hrefOf}
          sort={choice.sort}
          onSortChange={(sort) => onChoiceChange({ ...choice, sort })}
          emptyTitle={rows.length === 0 ? "No managers" : "No manager fits"}
          emptyText={emptyTextOf(report, rows.length)}
          footer={`${shown.length === all.length ? "" : `${formatInteger(shown.length)} of ${countedManagers(all.length)} shown. `}${filter === "all" || empty === undefined ? "" : `${empty} `}${note} Under true debt: principal + accrued interest. A fall is of the whole position's value. Bad debt and LP loss are what a liquidation now would leave. ${ROUNDING_NOTE}`}
        />
      </Panel>
    </>
  );
}

function emptyTextOf({ snapshot, history }: VaultReport, count: number): string {
  if (count > 0) return "Change the search or the state.";
  if (snapshot.state.flux === undefined) return "This vault does not publish its managers.";
  return history.complete
    ? "Nobody has borrowed from this vault or posted a bond."
    : `None found since block ${formatInteger(history.fromBlock)}; the history does not reach back to the vault's first block.`;
}

/** Names the managers that are missing from every total. */
function Missing({ missing }: { readonly missing: MissingManagers }) {
  const { words, unread } = missing;
  return (
    <div className="text-[0.8125rem] text-ink-muted">
      <p>{words}: totals over all managers are unknown; the rows below stand.</p>
      {unread.length > 0 && (
        <Disclosure
          summary={unread.length === 1 ? "The unread manager" : "The unread managers"}
          open={unread.length <= 5}
        >
          <ul className="flex flex-wrap gap-x-4 gap-y-1">
            {unread.map((manager) => (
              <li key={manager}>
                <AddressLabel address={manager} />
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </div>
  );
}
