import { type ReactNode, useMemo } from "react";
import type { Address, VaultState } from "@/domain/model";
import { Badge } from "@/ui/data/badge";
import { DataTable } from "@/ui/data/data-table";
import { EmptyState } from "@/ui/data/messages";
import type { SortState } from "@/ui/data/table-sort";
import type { Column } from "@/ui/data/table-types";
import { Money } from "@/ui/figures/money";
import { type AheadRow, chanceOf, chanceOrder, HORIZONS, isNotWorthIt, markOrder, timeOrder } from "../ahead";
import { type AheadTexts, aheadTexts } from "../ahead-texts";
import { DEAD_ZONE_MEANING } from "../messages";
import { positionTexts, sortableOf } from "../model";
import { healthColumn, managerColumn, Nothing, onceARow } from "./position-cells";
import { toneOf } from "./position-table";

type TextsOf = (row: AheadRow) => AheadTexts;

function profitSort({ profit }: AheadRow): bigint | undefined {
  return profit.kind === "offer" ? sortableOf(profit.profitAssets) : undefined;
}

/** What comes of a liquidation now, and whether anybody will do it. */
function Profit({ row, textsOf }: { readonly row: AheadRow; readonly textsOf: TextsOf }) {
  const { profit } = textsOf(row);
  if (row.band === "no-debt") return <Nothing what="nothing is owed" />;
  if (profit === undefined) return <Nothing what="cannot be liquidated now" />;
  return (
    <span className="inline-flex flex-wrap items-center justify-end gap-1.5">
      {isNotWorthIt(row) && (
        <Badge
          tone="caution"
          title="Not worth it to anyone: a liquidator would pay no less than the position brings."
        >
          Not worth it
        </Badge>
      )}
      {row.isInDeadZone && (
        <Badge tone="caution" title={DEAD_ZONE_MEANING}>
          Dead zone
        </Badge>
      )}
      <Money figure={profit} />
    </span>
  );
}

function aheadColumns(symbol: string, textsOf: TextsOf): readonly Column<AheadRow>[] {
  const owed = (row: AheadRow, cell: ReactNode) =>
    row.band === "no-debt" ? <Nothing what="nothing is owed" /> : cell;
  return [
    {
      id: "exposed",
      header: "Exposed",
      align: "end",
      sortValue: ({ ahead }) => (ahead.kind === "known" ? sortableOf(ahead.value.exposedWad) : undefined),
      cell: (row) => owed(row, <Money figure={textsOf(row).exposed} />),
    },
    {
      id: "fall",
      header: "Fall to liquidation",
      align: "end",
      sortValue: ({ ahead }) => (ahead.kind === "known" ? markOrder(ahead.value.toLiquidation) : undefined),
      cell: (row) =>
        owed(
          row,
          <span className="inline-flex flex-wrap items-center justify-end gap-1.5">
            {row.ahead.kind === "known" && !row.ahead.value.isExact && (
              <Badge tone="neutral" plain title="The parts do not give the chain's own value to the unit.">
                estimate
              </Badge>
            )}
            <Money figure={textsOf(row).toLiquidation} />
          </span>,
        ),
    },
    {
      id: "bad-fall",
      header: "Fall to bad debt",
      align: "end",
      sortValue: ({ ahead }) => (ahead.kind === "known" ? markOrder(ahead.value.toBadDebt) : undefined),
      cell: (row) => owed(row, <Money figure={textsOf(row).toBadDebt} />),
    },
    {
      id: "interest",
      header: "By interest",
      align: "end",
      sortValue: (row) => timeOrder(row.interestTime),
      cell: (row) => owed(row, <Money figure={textsOf(row).interest} />),
    },
    {
      id: "room",
      header: "Room left",
      align: "end",
      sortValue: (row) => sortableOf(row.openingRoomLeftWad),
      cell: (row) => owed(row, <Money figure={textsOf(row).room} />),
    },
    {
      id: "profit",
      header: `Profit, ${symbol}`,
      align: "end",
      sortValue: profitSort,
      cell: (row) => <Profit row={row} textsOf={textsOf} />,
    },
  ];
}

function chanceColumns(textsOf: TextsOf): readonly Column<AheadRow>[] {
  return HORIZONS.map(({ id, label, seconds }) => ({
    id,
    header: `Hit ${label} (model)`,
    align: "end",
    sortValue: (row) => chanceOrder(chanceOf(row, seconds)),
    cell: (row) => {
      const text = textsOf(row).chances[id];
      if (row.band === "no-debt" || text === undefined) return <Nothing what="nothing is owed" />;
      return <Money figure={text} />;
    },
  }));
}

export interface AheadTableProps {
  readonly state: VaultState;
  readonly rows: readonly AheadRow[];
  /** Whether the feeds' rounds were read: then the chances have columns. */
  readonly hasChances: boolean;
  readonly hrefOf: (manager: Address) => string;
  readonly sort: SortState;
  readonly onSortChange: (sort: SortState) => void;
  readonly emptyTitle: string;
  readonly emptyText: string;
  readonly footer: ReactNode;
}

/** Every manager with how far it is from everything that may happen to it. */
export function AheadTable(props: AheadTableProps) {
  const { state, hasChances } = props;
  const columns = useMemo((): readonly Column<AheadRow>[] => {
    const textsOf = onceARow((row: AheadRow) => aheadTexts(row, state));
    const healthOf = onceARow((row: AheadRow) => positionTexts(row, state).health);
    return [
      managerColumn(),
      healthColumn(healthOf),
      ...aheadColumns(state.asset.symbol, textsOf),
      ...(hasChances ? chanceColumns(textsOf) : []),
    ];
  }, [state, hasChances]);
  return (
    <DataTable
      caption="Managers, what is ahead"
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
