import { useMemo } from "react";
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
import { type LedgerLine, ledgerCsv, ledgerLines } from "./ledger-rows";

export interface LedgerViewProps {
  readonly report: VaultReport;
  /** Where a manager's own page is; left out on the public page. */
  readonly managerHref?: (manager: string) => string;
}

/** Every realised loss and every recovery that was found, newest first. */
export function LedgerView({ report, managerHref }: LedgerViewProps) {
  const lines = useMemo(() => ledgerLines(report), [report]);
  const columns = useMemo(() => columnsOf(report, managerHref), [report, managerHref]);
  return (
    <DataTable
      caption={`Loss ledger, amounts in ${report.snapshot.state.asset.symbol}`}
      columns={columns}
      rows={lines}
      rowKey={(line) => line.key}
      rowTone={(line) => (line.kind === "loss" ? "loss" : "ok")}
      empty={<NoLosses report={report} />}
      footer={<LedgerNote report={report} />}
    />
  );
}

/** The ledger as a file, with every digit. */
export function LedgerDownload({ report }: { readonly report: VaultReport }) {
  return (
    <DownloadButton
      fileName={`ledger-${report.config.address}-block-${report.snapshot.state.block.number}.csv`}
      mimeType="text/csv"
      content={() => toCsv(ledgerCsv(report))}
      label="Download the loss ledger as CSV"
      disabledReason={
        report.ledger.losses.length + report.ledger.recoveries.length === 0
          ? "There is nothing to download."
          : undefined
      }
    >
      CSV
    </DownloadButton>
  );
}

function NoLosses({ report }: { readonly report: VaultReport }) {
  const since = formatInteger(report.ledger.fromBlock);
  return (
    <EmptyState title={`No losses found since block ${since}`}>
      {report.history.complete
        ? "The history reaches back to the vault's first block."
        : "The history does not reach back to the vault's first block, so there may have been losses before."}
    </EmptyState>
  );
}

function LedgerNote({ report }: { readonly report: VaultReport }) {
  const since = formatInteger(report.ledger.fromBlock);
  const agrees = report.headline.ledgerAgreesWithCounter;
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-1">
      <span>
        From the vault&rsquo;s own events since block <span className="figures">{since}</span>
        {report.history.complete ? ", its first." : "; earlier losses are not in this list."}
      </span>
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

const cell = (figure: FigureText | undefined) =>
  figure === undefined ? <span className="text-ink-faint">&ndash;</span> : <Money figure={figure} />;

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
        <span className="flex flex-col">
          <span className="figures whitespace-nowrap">{line.time}</span>
          <span className="figures text-xs text-ink-muted">block {line.block}</span>
          <HashLabel hash={line.transaction} what="transaction hash" />
        </span>
      ),
    },
    {
      id: "party",
      header: "Manager or payer",
      cell: (line) => (
        <span className="flex flex-col items-start gap-0.5">
          <AddressLabel
            address={line.party}
            {...(line.kind === "loss" && managerHref !== undefined ? { href: managerHref(line.party) } : {})}
          />
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
      cell: (line) => (
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
      header: `Share price before → after (${symbol})`,
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
