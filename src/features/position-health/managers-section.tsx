import { type ReactNode, useDeferredValue, useMemo } from "react";
import type { Address } from "@/domain/model";
import type { RiskBook } from "@/domain/risk/model";
import type { VaultReport } from "@/report/vault-report";
import { countedManagers } from "@/shared/counted";
import { formatInteger } from "@/shared/format";
import { Disclosure } from "@/ui/data/disclosure";
import { DownloadButton } from "@/ui/data/download-button";
import { ROUNDING_NOTE } from "@/ui/figures/rounding-note";
import { SelectField, TextInput } from "@/ui/forms/inputs";
import { Segmented } from "@/ui/forms/segmented";
import { Panel } from "@/ui/layout/panel";
import { type AheadRow, aheadRowsOf, exposureChoicesOf, filterAhead } from "./ahead";
import { aheadNoteOf, columnNotesOf } from "./ahead-texts";
import { BAND_CHOICES, COLUMN_SETS, DEFAULT_SORT, withinOf } from "./choice";
import { AheadStanding } from "./components/ahead-standing";
import { AheadTable } from "./components/ahead-table";
import { PositionTable } from "./components/position-table";
import { positionsCsv } from "./export";
import {
  emptyAddressesText,
  filterPositions,
  POSITION_FILTERS,
  type PositionRow,
  positionRowsOf,
  rowsWithPosition,
  sourceNoteOf,
} from "./model";
import type { AheadReading, Positions } from "./use-positions";

export interface ManagersSectionProps extends Positions {
  readonly hrefOf: (manager: Address) => string;
}

/** The table of all managers, as they stand now or with what is ahead of them. */
export function ManagersSection(props: ManagersSectionProps) {
  const { report, choice, ahead } = props;
  const rows = useMemo(() => positionRowsOf(report.snapshot), [report.snapshot]);
  const search = useDeferredValue(choice.search);
  const found = useMemo(
    () => filterPositions(rows, { filter: choice.filter, search }),
    [rows, choice.filter, search],
  );
  if (ahead === undefined) return <NowManagers {...props} rows={rows} found={found} />;
  if (ahead.book?.kind === "known") {
    return <AheadManagers {...props} rows={rows} found={found} ahead={ahead} book={ahead.book.value} />;
  }
  return (
    <Panel title="Managers" flush actions={<SetChoice {...props} />}>
      <AheadStanding reading={ahead} />
    </Panel>
  );
}

interface FoundRows extends ManagersSectionProps {
  /** All of them. */
  readonly rows: readonly PositionRow[];
  /** Those with the chosen state and the searched digits. */
  readonly found: readonly PositionRow[];
}

function NowManagers(props: FoundRows) {
  const { report, choice, rows, found, onChoiceChange } = props;
  const { state } = report.snapshot;
  const { band } = choice;
  const shown = useMemo(
    () => (band === undefined ? found : found.filter((row) => row.band === band)),
    [found, band],
  );
  const note = useMemo(() => sourceNoteOf(rows), [rows]);
  const count = useCountText(props, shown.length);
  return (
    <Panel
      title="Managers"
      flush
      actions={
        <>
          <SetChoice {...props} />
          <CsvButton report={report} content={() => positionsCsv({ rows: shown, state })} />
        </>
      }
    >
      <Filters {...props} />
      <PositionTable
        state={state}
        rows={shown}
        hrefOf={props.hrefOf}
        sort={choice.sort}
        onSortChange={(sort) => onChoiceChange({ ...choice, sort })}
        emptyTitle={rows.length === 0 ? "No managers" : "No manager fits"}
        emptyText={emptyTextOf(report, rows.length)}
        footer={`${count}${note} Under true debt: principal + accrued interest. A fall is of the whole position's value. Bad debt and LP loss are what a liquidation now would leave. ${ROUNDING_NOTE}`}
      />
    </Panel>
  );
}

function AheadManagers(props: FoundRows & { readonly ahead: AheadReading; readonly book: RiskBook }) {
  const { report, choice, rows, found, ahead, book, onChoiceChange } = props;
  const { state } = report.snapshot;
  const { mark, volatilities } = ahead;
  const { band, asset } = choice;
  const all = useMemo(
    () => aheadRowsOf({ rows, book, mark, volatilities }),
    [rows, book, mark, volatilities],
  );
  const within = withinOf(choice.within);
  const withinWad = within.kind === "within" ? within.withinWad : undefined;
  const shown = useMemo((): readonly AheadRow[] => {
    const kept = new Set(found.map(({ manager }) => manager));
    return filterAhead(kept.size === all.length ? all : all.filter(({ manager }) => kept.has(manager)), {
      band,
      asset,
      withinWad,
    });
  }, [all, found, band, asset, withinWad]);
  const note = useMemo(() => aheadNoteOf(all), [all]);
  const count = useCountText(props, shown.length);
  const hasChances = volatilities !== undefined;
  return (
    <Panel
      title="Managers"
      flush
      actions={
        <>
          <SetChoice {...props} />
          <CsvButton report={report} content={() => positionsCsv({ rows: shown, state })} />
        </>
      }
    >
      <AheadStanding reading={ahead} />
      <Filters {...props}>
        <SelectField
          label="Exposed to"
          value={asset ?? "any"}
          options={[{ value: "any", label: "Any asset" }, ...exposureChoicesOf(book)]}
          onChange={(value) => onChoiceChange({ ...choice, asset: value === "any" ? undefined : value })}
        />
        <TextInput
          label="Liquidatable within a fall of"
          placeholder="any"
          inputMode="decimal"
          suffix="%"
          value={choice.within}
          {...(within.kind === "invalid" ? { error: "A per cent from 0 to 100, e.g. 12.5." } : {})}
          onChange={(text) => onChoiceChange({ ...choice, within: text })}
        />
      </Filters>
      <AheadTable
        state={state}
        rows={shown}
        hasChances={hasChances}
        hrefOf={props.hrefOf}
        sort={choice.sort}
        onSortChange={(sort) => onChoiceChange({ ...choice, sort })}
        emptyTitle={rows.length === 0 ? "No managers" : "No manager fits"}
        emptyText={emptyTextOf(report, rows.length)}
        footer={
          <>
            {`${count}${note} ${ROUNDING_NOTE}`}
            <Disclosure summary="What the columns say">
              <ul className="list-disc space-y-0.5 pl-4">
                {columnNotesOf(book, { hasChances }).map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ul>
            </Disclosure>
          </>
        }
      />
    </Panel>
  );
}

/** "3 of 14 managers shown." and who has nothing now. */
function useCountText({ choice, rows }: FoundRows, shown: number): string {
  const listed = useMemo(() => rowsWithPosition(rows).length, [rows]);
  const empty = useMemo(() => emptyAddressesText(rows), [rows]);
  const isAll = choice.filter === "all";
  const all = isAll ? rows.length : listed;
  const part = shown === all ? "" : `${formatInteger(shown)} of ${countedManagers(all)} shown. `;
  return `${part}${isAll || empty === undefined ? "" : `${empty} `}`;
}

function SetChoice({ choice, onChoiceChange }: Pick<Positions, "choice" | "onChoiceChange">) {
  return (
    <Segmented
      label="Columns"
      value={choice.set}
      options={COLUMN_SETS}
      onChange={(set) => onChoiceChange({ ...choice, set, sort: DEFAULT_SORT[set] })}
    />
  );
}

function CsvButton({ report, content }: { readonly report: VaultReport; readonly content: () => string }) {
  const { chainId, address, block } = report.snapshot.state;
  return (
    <DownloadButton
      fileName={`positions-${chainId}-${address}-block-${block.number}.csv`}
      mimeType="text/csv"
      label="Download the shown managers as CSV"
      content={content}
    >
      CSV
    </DownloadButton>
  );
}

function Filters({
  choice,
  onChoiceChange,
  children,
}: Pick<Positions, "choice" | "onChoiceChange"> & { readonly children?: ReactNode }) {
  return (
    <div className="flex flex-wrap gap-3 border-b border-line px-4 py-3 *:w-full *:sm:w-56 print:hidden">
      <TextInput
        label="Search by address"
        placeholder="0x… or any digits"
        mono
        value={choice.search}
        onChange={(text) => onChoiceChange({ ...choice, search: text })}
      />
      <SelectField
        label="State"
        value={choice.filter}
        options={POSITION_FILTERS}
        onChange={(filter) => onChoiceChange({ ...choice, filter })}
      />
      <SelectField
        label="Band"
        value={BAND_CHOICES.find(({ value }) => value === choice.band)?.value ?? "any"}
        options={BAND_CHOICES}
        onChange={(band) => onChoiceChange({ ...choice, band: band === "any" ? undefined : band })}
      />
      {children}
    </div>
  );
}

function emptyTextOf({ snapshot, history }: VaultReport, count: number): string {
  if (count > 0) return "Change the search or what is asked for.";
  if (snapshot.state.flux === undefined) return "This vault does not publish its managers.";
  return history.complete
    ? "Nobody has borrowed from this vault or posted a bond."
    : `None found since block ${formatInteger(history.fromBlock)}; the history does not reach back to the vault's first block.`;
}
