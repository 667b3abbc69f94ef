import { CircleCheck, CircleQuestionMark, TriangleAlert } from "lucide-react";
import { useDeferredValue, useMemo } from "react";
import type { ExposureBook } from "@/domain/exposure";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { formatInteger } from "@/shared/format";
import { Disclosure } from "@/ui/data/disclosure";
import { DownloadButton } from "@/ui/data/download-button";
import type { SortState } from "@/ui/data/table-sort";
import { Stat, StatRow } from "@/ui/figures/stat";
import { SelectField, TextInput } from "@/ui/forms/inputs";
import { Panel } from "@/ui/layout/panel";
import { LossTable } from "./components/loss-table";
import { lossSharesCsv } from "./export";
import { filterLps, type LossChoice, LP_FILTERS, type LpFilter, lpTableOf, type SumCheck } from "./model";
import { lossOptionsOf, lpStatsOf, REMAINDER_RULE, sumCheckWords } from "./texts";

/** What the reader chose to see; it stands in the address. */
export interface LpChoice {
  readonly loss: LossChoice;
  readonly filter: LpFilter;
  readonly search: string;
  readonly sort: SortState;
}

export interface LossShareViewProps {
  readonly report: VaultReport;
  readonly book: ExposureBook;
  readonly choice: LpChoice;
  readonly onChoiceChange: (choice: LpChoice) => void;
  /** The reader's own words for addresses. */
  readonly labels: ReadonlyMap<Address, string>;
  readonly hrefOf: (address: Address) => string;
}

/** Today's largest holder first. */
export const DEFAULT_LP_SORT: SortState = { columnId: "shares", direction: "descending" };

/** Every LP with its part of every loss, and the proof that the parts add up. */
export function LossShareView(props: LossShareViewProps) {
  const { report, book, choice, onChoiceChange } = props;
  const { state } = report.snapshot;
  const { filter, loss } = choice;
  const table = useMemo(() => lpTableOf(report, { book, choice: loss }), [report, book, loss]);
  const stats = useMemo(() => lpStatsOf(report, table.lines), [report, table]);
  const options = useMemo(() => lossOptionsOf(report), [report]);
  const search = useDeferredValue(choice.search);
  const shown = useMemo(() => filterLps(table.lines, { filter, search }), [table, filter, search]);
  return (
    <>
      <StatRow label="All LPs together">
        {stats.map(({ id, isLoss, formula, ...stat }) => (
          <Stat
            key={id}
            {...stat}
            tone={isLoss ? "loss" : "neutral"}
            {...(formula === undefined ? {} : { formula })}
          />
        ))}
      </StatRow>
      <Panel
        title="Who bore what"
        description="Everybody who ever held shares, LPs who left among them: their part of a loss is still theirs."
        flush
        actions={
          <DownloadButton
            fileName={`loss-shares-${state.chainId}-${state.address}-block-${state.block.number}.csv`}
            mimeType="text/csv"
            label="Download the shown LPs as CSV, with their part of every loss"
            content={() => lossSharesCsv(shown, book)}
          >
            CSV
          </DownloadButton>
        }
      >
        <div className="grid gap-3 border-b border-line px-4 py-3 sm:grid-cols-2 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)] print:hidden">
          <SelectField
            label="Loss"
            value={loss}
            options={options}
            onChange={(value) => onChoiceChange({ ...choice, loss: value })}
          />
          <SelectField
            label="Show"
            value={filter}
            options={LP_FILTERS}
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
        <LossTable
          state={state}
          lines={shown}
          isOneLoss={loss !== "all"}
          labels={props.labels}
          hrefOf={props.hrefOf}
          sort={choice.sort}
          onSortChange={(sort) => onChoiceChange({ ...choice, sort })}
          emptyTitle={table.lines.length === 0 ? "No LPs" : "No LP fits"}
          emptyText={
            table.lines.length === 0
              ? `No shares were found since block ${formatInteger(report.history.fromBlock)}.`
              : "Change the search or the choice."
          }
          footer={
            <>
              {shown.length !== table.lines.length &&
                `${formatInteger(shown.length)} of ${formatInteger(table.lines.length)} lines shown. `}
              Values are rounded down, as a redemption would be; losses are shown rounded up to the last
              digit.
            </>
          }
        />
        <div className="flex flex-col gap-1 border-t border-line px-4 py-2.5 text-[0.8125rem]">
          <Sum check={table.check} report={report} />
          <Disclosure summary="How a loss is split to the unit">
            <p className="max-w-[80ch] text-ink-muted">{REMAINDER_RULE}</p>
          </Disclosure>
        </div>
      </Panel>
    </>
  );
}

const SUM_ICON = { closes: CircleCheck, differs: TriangleAlert, unknown: CircleQuestionMark } as const;
const SUM_TONE = { closes: "text-ok", differs: "text-loss", unknown: "text-stale" } as const;

function Sum({ check, report }: { readonly check: SumCheck; readonly report: VaultReport }) {
  const { kind, text } = sumCheckWords(check, report.snapshot.state);
  const Icon = SUM_ICON[kind];
  return (
    <p className="figures flex items-start gap-1.5 font-medium">
      <Icon size={16} className={`mt-0.5 shrink-0 ${SUM_TONE[kind]}`} />
      <span>{text}</span>
    </p>
  );
}
