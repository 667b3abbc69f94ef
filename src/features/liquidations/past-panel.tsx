import { useMemo } from "react";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { toCsv } from "@/shared/csv";
import { formatInteger } from "@/shared/format";
import { AddressLabel, HashLabel } from "@/ui/data/address-label";
import { type Column, DataTable } from "@/ui/data/data-table";
import { DownloadButton } from "@/ui/data/download-button";
import { EmptyState } from "@/ui/data/messages";
import { FigureUnknown } from "@/ui/figures/figure-unknown";
import { ROUNDING_NOTE } from "@/ui/figures/rounding-note";
import { Stat, StatRow } from "@/ui/figures/stat";
import { Panel } from "@/ui/layout/panel";
import { type PastRow, pastCsv, pastRowsOf } from "./past";
import { pastSummaryOf, type SummaryFigure } from "./past-summary";

export interface PastPanelProps {
  readonly report: VaultReport;
  readonly managerHref: (manager: Address) => string;
}

/** How past liquidations went. */
export function PastPanel({ report, managerHref }: PastPanelProps) {
  const rows = useMemo(() => pastRowsOf(report), [report]);
  const summary = useMemo(() => pastSummaryOf(report), [report]);
  const { state } = report.snapshot;
  return (
    <>
      {rows.length > 0 && <PastSummaryView figures={summary} block={formatInteger(state.block.number)} />}
      <Panel
        title="Past liquidations"
        description="What each one paid of what was owed, from the vault's own events."
        flush
        actions={
          <DownloadButton
            fileName={`liquidations-${report.config.address}-block-${state.block.number}.csv`}
            mimeType="text/csv"
            content={() => toCsv(pastCsv(report))}
            label="Download past liquidations as CSV"
            disabledReason={rows.length === 0 ? "There is nothing to download." : undefined}
          >
            CSV
          </DownloadButton>
        }
      >
        <PastView
          rows={rows}
          symbol={state.asset.symbol}
          managerHref={managerHref}
          fromBlock={formatInteger(report.history.fromBlock)}
          isComplete={report.history.complete}
        />
      </Panel>
    </>
  );
}

function PastSummaryView({
  figures,
  block,
}: {
  readonly figures: readonly SummaryFigure[];
  readonly block: string;
}) {
  return (
    <StatRow label={`Past liquidations up to block ${block}`}>
      {figures.map((one) => (
        <Stat
          key={one.id}
          label={one.label}
          sublabel={one.sublabel}
          figure={one.figure}
          tone={one.isLoss ? "loss" : "neutral"}
          formula={one.formula}
          size="medium"
        />
      ))}
    </StatRow>
  );
}

export interface PastViewProps {
  readonly rows: readonly PastRow[];
  readonly symbol: string;
  readonly managerHref: (manager: Address) => string;
  readonly fromBlock: string;
  readonly isComplete: boolean;
}

/** The table of past liquidations. */
export function PastView({ rows, symbol, managerHref, fromBlock, isComplete }: PastViewProps) {
  const columns = useMemo(() => columnsOf(managerHref), [managerHref]);
  return (
    <DataTable
      caption={`Past liquidations, amounts in ${symbol}`}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.key}
      rowTone={(row) => (row.badDebtAssets > 0n ? "loss" : undefined)}
      defaultSort={{ columnId: "time", direction: "descending" }}
      empty={
        <EmptyState title={`No liquidations found since block ${fromBlock}`}>
          {isComplete
            ? "The history reaches back to the vault's first block."
            : "The history does not reach back to the vault's first block."}
        </EmptyState>
      }
      footer={`Amounts in ${symbol}. Recovery is payment over true debt. Bad debt is what the payment left; the LPs' loss is smaller by the fees on interest that nobody paid. ${ROUNDING_NOTE}`}
    />
  );
}

function columnsOf(managerHref: PastViewProps["managerHref"]): readonly Column<PastRow>[] {
  return [
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
      id: "manager",
      header: "Manager, liquidator",
      cell: (row) => (
        <span className="flex flex-col items-start gap-0.5 @max-lg:items-end">
          <AddressLabel address={row.manager} href={managerHref(row.manager)} />
          <span className="inline-flex flex-wrap items-center gap-1 text-xs text-ink-muted">
            by <AddressLabel address={row.liquidator} />
          </span>
        </span>
      ),
    },
    {
      id: "debt",
      header: "True debt",
      align: "end",
      sortValue: (row) => row.trueDebtAssets,
      cell: (row) => row.trueDebt,
    },
    {
      id: "value",
      header: "Value",
      align: "end",
      sortValue: (row) => row.valueAssets,
      cell: (row) => row.value,
    },
    {
      id: "payment",
      header: "Payment",
      align: "end",
      sortValue: (row) => row.paymentAssets,
      cell: (row) => row.payment,
    },
    {
      id: "bad-debt",
      header: "Bad debt",
      align: "end",
      sortValue: (row) => row.badDebtAssets,
      cell: (row) => (
        <span className={row.badDebtAssets > 0n ? "font-semibold text-loss" : undefined}>{row.badDebt}</span>
      ),
    },
    {
      id: "lp-loss",
      header: "LP loss",
      align: "end",
      sortValue: (row) => row.lpLossAssets,
      cell: (row) =>
        row.lpLoss ?? (
          <FigureUnknown why="The vault does not say what this loss did to its total assets." inline />
        ),
    },
    {
      id: "gain",
      header: "Value less payment",
      align: "end",
      sortValue: (row) => row.gainAssets,
      cell: (row) => row.gain,
    },
    {
      id: "recovery",
      header: "Recovery rate",
      align: "end",
      sortValue: (row) => row.recoveryWad,
      cell: (row) => row.recovery,
    },
  ];
}
