import { CircleCheck, CircleQuestionMark, TriangleAlert } from "lucide-react";
import { type ReactNode, useDeferredValue, useMemo } from "react";
import type { ExposureBook } from "@/domain/exposure";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { formatInteger } from "@/shared/format";
import { Disclosure } from "@/ui/data/disclosure";
import { DownloadButton } from "@/ui/data/download-button";
import { Skeleton } from "@/ui/data/skeleton";
import type { SortState } from "@/ui/data/table-sort";
import { Stat, StatRow } from "@/ui/figures/stat";
import { SelectField, TextInput } from "@/ui/forms/inputs";
import { Segmented } from "@/ui/forms/segmented";
import { Panel } from "@/ui/layout/panel";
import { LifeTable } from "./components/life-table";
import { LossTable } from "./components/loss-table";
import { lossSharesCsv } from "./export";
import { identityWords, LIFE_IDENTITY } from "./life";
import {
  borneRows,
  chosenRow,
  filterLps,
  type LossChoice,
  LP_FILTERS,
  type LpFilter,
  type LpLine,
  type LpTable,
  lpTableOf,
  type Split,
  type WholeLedger,
} from "./model";
import { lossOptionsOf, lpStatsOf, REMAINDER_RULE, sumCheckWords } from "./texts";

/** Two tables of the same LPs: their parts of losses, or their whole lives as sums. */
export type LpTableKind = "losses" | "life";

/** What the reader chose to see; it stands in the address. */
export interface LpChoice {
  readonly loss: LossChoice;
  readonly table: LpTableKind;
  readonly filter: LpFilter;
  readonly search: string;
  readonly sort: SortState;
}

export interface LossShareViewProps {
  readonly report: VaultReport;
  readonly book: ExposureBook;
  /** The whole ledger; undefined while the past is not read. */
  readonly whole: WholeLedger | undefined;
  /** Everybody's part of the chosen loss; undefined while it is being computed. */
  readonly parts: Split | undefined;
  /** How the reading of the past stands. */
  readonly reading: ReactNode;
  readonly choice: LpChoice;
  readonly onChoiceChange: (choice: LpChoice) => void;
  /** The reader's own words for addresses. */
  readonly labels: ReadonlyMap<Address, string>;
  readonly hrefOf: (address: Address) => string;
}

/** Today's largest holder first. */
export const DEFAULT_LP_SORT: SortState = { columnId: "shares", direction: "descending" };

const TABLES: readonly { readonly value: LpTableKind; readonly label: string }[] = [
  { value: "losses", label: "Losses" },
  { value: "life", label: "Whole life" },
];

/** Every LP with its part of every loss, and the proof that the parts add up. */
export function LossShareView(props: LossShareViewProps) {
  const { report, book, whole, parts, choice, onChoiceChange } = props;
  const { state } = report.snapshot;
  const { filter } = choice;
  const rows = useMemo(() => borneRows(report, whole), [report, whole]);
  const chosen = chosenRow(rows, choice.loss);
  const table = useMemo(
    () => lpTableOf(report, { book, chosen, parts: chosen === undefined ? undefined : parts, whole }),
    [report, book, chosen, parts, whole],
  );
  const stats = useMemo(() => lpStatsOf(report, table.lines, whole), [report, table, whole]);
  const options = useMemo(() => lossOptionsOf(rows, state), [rows, state]);
  const search = useDeferredValue(choice.search);
  const shown = useMemo(() => filterLps(table.lines, { filter, search }), [table, filter, search]);
  const isLife = choice.table === "life";
  const isWaiting = !isLife && chosen !== undefined && parts === undefined;
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
      {props.reading}
      <Panel
        title="Who bore what"
        description="Everybody who ever held shares, LPs who left among them: their part of a loss is still theirs."
        flush
        actions={
          <>
            <Segmented
              label="Table"
              value={choice.table}
              onChange={(kind) => onChoiceChange({ ...choice, table: kind })}
              options={TABLES}
            />
            <DownloadButton
              fileName={`loss-shares-${state.chainId}-${state.address}-block-${state.block.number}.csv`}
              mimeType="text/csv"
              label="Download the shown LPs as CSV, with their part of every loss"
              content={() => lossSharesCsv(shown, book)}
            >
              CSV
            </DownloadButton>
          </>
        }
      >
        <div className="grid gap-3 border-b border-line px-4 py-3 sm:grid-cols-2 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)] print:hidden">
          {!isLife && (
            <SelectField
              label="Loss"
              value={chosen === undefined ? "all" : choice.loss}
              options={options}
              onChange={(value) => onChoiceChange({ ...choice, loss: value })}
            />
          )}
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
        {isWaiting ? (
          <output className="block p-4">
            <span className="sr-only">Everybody&rsquo;s part is being computed</span>
            <Skeleton className="h-40 w-full" />
          </output>
        ) : (
          <ShownTable {...props} table={table} shown={shown} isOneLoss={chosen !== undefined} />
        )}
        <div className="flex flex-col gap-1 border-t border-line px-4 py-2.5 text-[0.8125rem]">
          {!isWaiting && <Sum words={sumCheckWords(table.check, state)} />}
          {whole !== undefined && <Sum words={identityWords(table.lines)} />}
          <Disclosure summary={isLife ? "How a life adds up" : "How a loss is split to the unit"}>
            <p className="max-w-[80ch] text-ink-muted">{isLife ? LIFE_IDENTITY : REMAINDER_RULE}</p>
          </Disclosure>
        </div>
      </Panel>
    </>
  );
}

interface ShownTableProps extends LossShareViewProps {
  readonly table: LpTable;
  readonly shown: readonly LpLine[];
  readonly isOneLoss: boolean;
}

function ShownTable(props: ShownTableProps) {
  const { report, table, shown, choice, onChoiceChange, whole } = props;
  const { state } = report.snapshot;
  const count =
    shown.length === table.lines.length
      ? ""
      : `${formatInteger(shown.length)} of ${formatInteger(table.lines.length)} lines shown. `;
  if (choice.table === "life") {
    return (
      <LifeTable
        state={state}
        lines={shown}
        labels={props.labels}
        hrefOf={props.hrefOf}
        empty={
          whole === undefined
            ? {
                title: "The past of the vault is not read",
                text: "Interest and the value of transfers need the share price at every log.",
              }
            : { title: "No LP fits", text: "Change the search or the choice." }
        }
        footer={
          <>
            {count}u: the smallest unit of {state.asset.symbol}. The virtual shares have no life of their own.
          </>
        }
      />
    );
  }
  return (
    <LossTable
      state={state}
      lines={shown}
      isOneLoss={props.isOneLoss}
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
          {count}
          Values are rounded down, as a redemption would be; losses are shown rounded up to the last digit.
          {whole === undefined && " Losses without an event are not in it: the past is not read."}
        </>
      }
    />
  );
}

const SUM_ICON = { closes: CircleCheck, differs: TriangleAlert, unknown: CircleQuestionMark } as const;
const SUM_TONE = { closes: "text-ok", differs: "text-loss", unknown: "text-stale" } as const;

interface Words {
  readonly kind: "closes" | "differs" | "unknown";
  readonly text: string;
}

function Sum({ words: { kind, text } }: { readonly words: Words }) {
  const Icon = SUM_ICON[kind];
  return (
    <p className="figures flex items-start gap-1.5 font-medium">
      <Icon size={16} className={`mt-0.5 shrink-0 ${SUM_TONE[kind]}`} />
      <span>{text}</span>
    </p>
  );
}
