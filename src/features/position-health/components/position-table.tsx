import { useMemo } from "react";
import type { Address, VaultState } from "@/domain/model";
import { DataTable } from "@/ui/data/data-table";
import { EmptyState } from "@/ui/data/messages";
import type { SortState } from "@/ui/data/table-sort";
import type { Column } from "@/ui/data/table-types";
import { Money } from "@/ui/figures/money";
import type { Tone } from "@/ui/tone";
import { STATE_WORD } from "../messages";
import { type PositionRow, type PositionTexts, positionTexts, sortableOf } from "../model";
import { healthColumn, managerColumn, Nothing, onceARow } from "./position-cells";
import { StateBadge } from "./state-badge";

/** Worst first, so that sorting by state brings what needs somebody to the top. */
const STATE_ORDER = {
  insolvent: 5,
  "would-lose": 4,
  liquidatable: 3,
  unknown: 2,
  healthy: 1,
  "no-debt": 0,
} as const;

/** The mark at a row's edge. */
export function toneOf({ shortfall }: PositionRow): Tone | undefined {
  const { state } = shortfall;
  return state === "healthy" || state === "no-debt" ? undefined : STATE_WORD[state].tone;
}

function columnsOf(state: VaultState): readonly Column<PositionRow>[] {
  const textsOf = onceARow((row: PositionRow) => positionTexts(row, state));
  const { symbol } = state.asset;
  return [
    managerColumn(),
    healthColumn((row) => textsOf(row).health),
    {
      id: "state",
      header: "State",
      sortValue: (row) => STATE_ORDER[row.shortfall.state],
      cell: (row) => <StateBadge state={row.shortfall.state} isInDeadZone={row.isInDeadZone} />,
    },
    {
      id: "value",
      header: `Value, ${symbol}`,
      align: "end",
      sortValue: (row) => sortableOf(row.shortfall.valueAssets),
      cell: (row) => <Money figure={textsOf(row).value} />,
    },
    {
      id: "debt",
      header: `True debt, ${symbol}`,
      align: "end",
      sortValue: (row) => row.shortfall.trueDebtAssets,
      cell: (row) => (
        <>
          <Money figure={textsOf(row).debt} />
          <span className="block text-xs whitespace-nowrap text-ink-faint">{textsOf(row).debtParts}</span>
        </>
      ),
    },
    {
      id: "bond",
      header: `Bond, ${symbol}`,
      align: "end",
      sortValue: (row) => row.position.bondAssets,
      cell: (row) => <Money figure={textsOf(row).bond} />,
    },
    {
      id: "cushion",
      header: "Fall to threshold",
      align: "end",
      sortValue: (row) => sortableOf(row.fallToThresholdWad),
      cell: (row) =>
        row.band === "no-debt" ? <Nothing what="nothing is owed" /> : <Money figure={textsOf(row).cushion} />,
    },
    {
      id: "payment",
      header: `Payment, ${symbol}`,
      align: "end",
      sortValue: (row) =>
        textsOf(row).payment === undefined ? undefined : sortableOf(row.shortfall.paymentAssets),
      cell: (row) => <Payment texts={textsOf(row)} />,
    },
    {
      id: "bad-debt",
      header: `Bad debt, ${symbol}`,
      align: "end",
      sortValue: (row) => sortableOf(row.shortfall.badDebtIfClosedAssets),
      cell: (row) => <Money figure={textsOf(row).badDebt} />,
    },
    {
      id: "lp-loss",
      header: `LP loss, ${symbol}`,
      align: "end",
      sortValue: (row) => sortableOf(row.shortfall.lpLossIfClosedAssets),
      cell: (row) => <Money figure={textsOf(row).lpLoss} />,
    },
  ];
}

function Payment({ texts }: { readonly texts: PositionTexts }) {
  if (texts.payment !== undefined) return <Money figure={texts.payment} />;
  return <Nothing what="cannot be liquidated now" />;
}

export interface PositionTableProps {
  readonly state: VaultState;
  readonly rows: readonly PositionRow[];
  readonly hrefOf: (manager: Address) => string;
  readonly sort: SortState;
  readonly onSortChange: (sort: SortState) => void;
  /** Why there is no row: nothing to show, or nothing that fits the search. */
  readonly emptyTitle: string;
  readonly emptyText: string;
  readonly footer: string;
}

/** Every manager with what a liquidation now would do. */
export function PositionTable(props: PositionTableProps) {
  const { state } = props;
  const columns = useMemo(() => columnsOf(state), [state]);
  return (
    <DataTable
      caption="Managers"
      columns={columns}
      rows={props.rows}
      rowKey={(row) => row.manager}
      rowHref={(row) => props.hrefOf(row.manager)}
      rowTone={toneOf}
      sort={props.sort}
      onSortChange={props.onSortChange}
      empty={<EmptyState title={props.emptyTitle}>{props.emptyText}</EmptyState>}
      footer={props.footer}
    />
  );
}
