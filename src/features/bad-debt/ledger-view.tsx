import { useMemo } from "react";
import type { FullLedger } from "@/domain/ledger-model";
import type { UnknownReason } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { toCsv } from "@/shared/csv";
import { formatInteger } from "@/shared/format";
import { AddressLabel, HashLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import { type Column, DataTable } from "@/ui/data/data-table";
import { DownloadButton } from "@/ui/data/download-button";
import { EmptyState } from "@/ui/data/messages";
import type { FigureText } from "@/ui/figures/figure-text";
import { Money } from "@/ui/figures/money";
import { ledgerCsv } from "./ledger-csv";
import { eventLedgerOf, type LedgerLine, ledgerLines } from "./ledger-rows";

export interface LedgerViewProps {
  readonly report: VaultReport;
  /** With losses that have no event; without it the rows are those of the vault's events. */
  readonly ledger?: FullLedger | undefined;
  /** Where a manager's own page is; left out on the public page. */
  readonly managerHref?: (manager: string) => string;
  /** Where a row's own page is, by its place in the chain. */
  readonly rowHref?: (row: string) => string;
}

/** Every loss and every recovery that was found, newest first. */
export function LedgerView({ report, ledger, managerHref, rowHref }: LedgerViewProps) {
  const { state } = report.snapshot;
  const lines = useMemo(() => ledgerLines(ledger ?? eventLedgerOf(report), state), [ledger, report, state]);
  const columns = useMemo(() => columnsOf(report, managerHref), [report, managerHref]);
  return (
    <DataTable
      caption={`Loss ledger, amounts in ${state.asset.symbol}`}
      columns={columns}
      rows={lines}
      rowKey={(line) => line.key}
      {...(rowHref === undefined ? {} : { rowHref: (line: LedgerLine) => rowHref(line.key) })}
      rowTone={(line) => (line.kind === "recovery" ? "ok" : "loss")}
      empty={<NoLosses report={report} ledger={ledger} />}
      footer={<LedgerNote report={report} ledger={ledger} />}
    />
  );
}

/** The ledger as a file, with every digit. */
export function LedgerDownload({ report, ledger }: Pick<LedgerViewProps, "report" | "ledger">) {
  const { state } = report.snapshot;
  const shown = ledger ?? eventLedgerOf(report);
  const rows = shown.events.losses.length + shown.events.recoveries.length + shown.falls.length;
  return (
    <DownloadButton
      fileName={`ledger-${report.config.address}-block-${state.block.number}.csv`}
      mimeType="text/csv"
      content={() => toCsv(ledgerCsv(shown, state))}
      label="Download the loss ledger as CSV"
      disabledReason={rows === 0 ? "There is nothing to download." : undefined}
    >
      CSV
    </DownloadButton>
  );
}

type Shown = Pick<LedgerViewProps, "report" | "ledger">;

function NoLosses({ report, ledger }: Shown) {
  const since = formatInteger(report.ledger.fromBlock);
  return (
    <EmptyState title={`No losses found since block ${since}`}>
      {report.history.complete
        ? "The history reaches back to the vault's first block."
        : "The history does not reach back to the vault's first block, so there may have been losses before."}{" "}
      {searchedText(ledger)}
    </EmptyState>
  );
}

function LedgerNote({ report, ledger }: Shown) {
  const since = formatInteger(report.ledger.fromBlock);
  const agrees = report.headline.ledgerAgreesWithCounter;
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-1">
      <span>
        From the vault&rsquo;s own events since block <span className="figures">{since}</span>
        {report.history.complete ? ", its first." : "; earlier losses are not in this list."}
      </span>
      <span>{searchedText(ledger)}</span>
      {agrees.kind === "known" && (
        <span>
          {agrees.value
            ? "The bad debt of all rows equals the vault\u2019s own counter."
            : "The bad debt of all rows does not equal the vault\u2019s own counter: something is missing."}
        </span>
      )}
    </span>
  );
}

/** How far losses without an event were looked for. */
function searchedText(ledger: FullLedger | undefined): string {
  if (ledger === undefined) return "Losses without an event were not looked for here.";
  const { fallsSearched } = ledger;
  if (fallsSearched.kind === "known") {
    return `Losses without an event were looked for in ${formatInteger(fallsSearched.value.blocks)} blocks: every one in which anything happened.`;
  }
  return WHY_NOT_SEARCHED.get(fallsSearched.reason) ?? SEARCHED_IN_PART;
}

const SEARCHED_IN_PART =
  "Losses without an event were looked for only in the part of the history that is known.";

const WHY_NOT_SEARCHED: ReadonlyMap<UnknownReason, string> = new Map([
  [
    "archive-unavailable",
    "Losses without an event could not be looked for everywhere: the endpoint does not keep all the state that it takes.",
  ],
  [
    "clock-refused",
    "Losses without an event could not be looked for everywhere: the endpoint does not answer under a past block's clock.",
  ],
]);

const NOTHING = <span className="text-ink-faint">&ndash;</span>;

const cell = (figure: FigureText | undefined) => (figure === undefined ? NOTHING : <Money figure={figure} />);

function Party(props: {
  readonly line: LedgerLine;
  readonly managerHref: ((manager: string) => string) | undefined;
}) {
  const { kind, party } = props.line;
  if (party === undefined) return NOTHING;
  const href = kind === "loss" ? props.managerHref?.(party) : undefined;
  return <AddressLabel address={party} {...(href === undefined ? {} : { href })} />;
}

function columnsOf(
  report: VaultReport,
  managerHref: ((manager: string) => string) | undefined,
): readonly Column<LedgerLine>[] {
  const { symbol } = report.snapshot.state.asset;
  return [
    {
      id: "time",
      header: "Time",
      rowHeader: true,
      sortValue: (line) => line.order,
      cell: (line) => (
        <span className="flex flex-col items-start">
          <span className="figures whitespace-nowrap">{line.time}</span>
          <span className="figures text-xs text-ink-muted">block {line.block}</span>
        </span>
      ),
    },
    {
      id: "what",
      header: "What",
      sortValue: (line) => line.tag.text,
      cell: (line) => (
        <span className="flex flex-col items-start gap-0.5">
          <Badge tone={line.tag.tone} title={line.tag.title}>
            {line.tag.text}
          </Badge>
          {line.transaction !== undefined && <HashLabel hash={line.transaction} what="transaction hash" />}
        </span>
      ),
    },
    {
      id: "party",
      header: "Manager or payer",
      cell: (line) => (
        <span className="flex flex-col items-start gap-0.5">
          <Party line={line} managerHref={managerHref} />
          {line.liquidator !== undefined && (
            <span className="text-xs text-ink-muted">
              <span className="block">liquidated by</span>
              <AddressLabel address={line.liquidator} />
            </span>
          )}
        </span>
      ),
    },
    { id: "debt", header: "True debt", align: "end", cell: (line) => cell(line.trueDebt) },
    { id: "value", header: "Position value", align: "end", cell: (line) => cell(line.value) },
    { id: "payment", header: "Payment", align: "end", cell: (line) => cell(line.payment) },
    {
      id: "amount",
      header: "Bad debt / recovery",
      align: "end",
      cell: (line) =>
        line.amount === undefined ? (
          NOTHING
        ) : (
          <span className={line.kind === "loss" ? "font-semibold text-loss" : "font-semibold text-ok"}>
            <span className="sr-only">{line.kind === "loss" ? "Bad debt " : "Recovery "}</span>
            {line.kind === "recovery" && "+"}
            <Money figure={line.amount} />
          </span>
        ),
    },
    { id: "lp-loss", header: "LP loss", align: "end", cell: (line) => cell(line.lpLoss) },
    {
      id: "price",
      header: `Share price, ${symbol}`,
      align: "end",
      cell: (line) => (
        <span className="figures flex flex-col items-end text-xs whitespace-nowrap">
          <Money figure={line.priceBefore} />
          <span>
            → <Money figure={line.priceAfter} />
          </span>
        </span>
      ),
    },
    {
      id: "badge",
      header: "Reconciliation",
      cell: (line) => (
        <Badge tone={line.badge.tone} title={line.badge.title}>
          {line.badge.text}
        </Badge>
      ),
    },
  ];
}
