import { useMemo } from "react";
import type { VaultReport } from "@/report/vault-report";
import { toCsv } from "@/shared/csv";
import { formatInteger } from "@/shared/format";
import { AddressLabel, HashLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import { type Column, DataTable } from "@/ui/data/data-table";
import { DownloadButton } from "@/ui/data/download-button";
import { EmptyState } from "@/ui/data/messages";
import { Panel } from "@/ui/layout/panel";
import { type ChangeRow, changeRowsOf, changesCsv } from "./change-history";

/** Every change that took effect. */
export function HistoryPanel({ report }: { readonly report: VaultReport }) {
  const rows = useMemo(() => changeRowsOf(report), [report]);
  const { state } = report.snapshot;
  return (
    <Panel
      title="Changes that took effect"
      description="From the strategy's own events."
      flush
      actions={
        <DownloadButton
          fileName={`parameters-${report.config.address}-block-${state.block.number}.csv`}
          mimeType="text/csv"
          content={() => toCsv(changesCsv(report))}
          label="Download parameter changes as CSV"
          disabledReason={rows.length === 0 ? "There is nothing to download." : undefined}
        >
          CSV
        </DownloadButton>
      }
    >
      <HistoryView
        rows={rows}
        fromBlock={formatInteger(report.history.fromBlock)}
        isMutable={state.flux?.strategy.isMutable !== false}
      />
    </Panel>
  );
}

export interface HistoryViewProps {
  readonly rows: readonly ChangeRow[];
  readonly fromBlock: string;
  readonly isMutable: boolean;
}

/** The table of changes. */
export function HistoryView({ rows, fromBlock, isMutable }: HistoryViewProps) {
  return (
    <DataTable
      caption="Parameter changes"
      columns={COLUMNS}
      rows={rows}
      rowKey={(row) => row.key}
      empty={
        <EmptyState title={`No change found since block ${fromBlock}`}>
          {isMutable ? "Nothing has been changed in the blocks read." : "This strategy can never change."}
        </EmptyState>
      }
    />
  );
}

const COLUMNS: readonly Column<ChangeRow>[] = [
  {
    id: "time",
    header: "Time",
    rowHeader: true,
    sortValue: (row) => row.order,
    cell: (row) => (
      <span className="flex flex-col">
        <span className="figures whitespace-nowrap">{row.time}</span>
        <span className="figures text-xs text-ink-muted">block {row.block}</span>
        <HashLabel hash={row.transaction} what="transaction hash" />
      </span>
    ),
  },
  {
    id: "what",
    header: "Parameter",
    sortValue: (row) => row.what,
    cell: (row) => (
      <span className="flex flex-col items-start gap-0.5 @max-lg:items-end">
        {row.what}
        {row.asset !== undefined && <AddressLabel address={row.asset} />}
      </span>
    ),
  },
  {
    id: "change",
    header: "Old → new",
    align: "end",
    cell: (row) => (
      <span className="whitespace-nowrap">
        {row.before} → <strong className="font-semibold">{row.after}</strong>
      </span>
    ),
  },
  {
    id: "risk",
    header: "Risk to LPs",
    cell: (row) => (
      <Badge tone={row.direction.tone} title={row.direction.meaning}>
        {row.direction.word}
      </Badge>
    ),
  },
];
