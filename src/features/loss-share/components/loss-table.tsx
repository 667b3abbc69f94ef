import { type ReactNode, useMemo } from "react";
import type { Address, VaultState } from "@/domain/model";
import { DataTable } from "@/ui/data/data-table";
import { EmptyState } from "@/ui/data/messages";
import type { SortState } from "@/ui/data/table-sort";
import type { Column } from "@/ui/data/table-types";
import { Money } from "@/ui/figures/money";
import type { LpLine } from "../model";
import { type LpTexts, lpTexts } from "../texts";
import { LpHolder } from "./lp-holder";

const sortable = (figure: LpLine["shares"] | undefined): bigint | undefined =>
  figure?.kind === "known" ? figure.value : undefined;

/** The cells of one line share its texts: made once a drawn line. */
function textsOnce(state: VaultState): (line: LpLine) => LpTexts {
  const made = new WeakMap<LpLine, LpTexts>();
  return (line) => {
    const found = made.get(line) ?? lpTexts(line, state);
    made.set(line, found);
    return found;
  };
}

function NoPart() {
  return (
    <span className="text-ink-faint">
      <span aria-hidden="true">–</span>
      <span className="sr-only">no part of the supply</span>
    </span>
  );
}

interface ColumnInput {
  readonly state: VaultState;
  readonly isOneLoss: boolean;
  readonly labels: ReadonlyMap<Address, string>;
}

function columnsOf({ state, isOneLoss, labels }: ColumnInput): readonly Column<LpLine>[] {
  const textsOf = textsOnce(state);
  const { symbol } = state.asset;
  const then: readonly Column<LpLine>[] = isOneLoss
    ? [
        {
          id: "shares-then",
          header: "Shares at that log",
          align: "end",
          sortValue: (line) => sortable(line.sharesThen),
          cell: (line) => {
            const { sharesThen } = textsOf(line);
            return sharesThen === undefined ? null : <Money figure={sharesThen} />;
          },
        },
      ]
    : [];
  return [
    {
      id: "lp",
      header: "LP",
      rowHeader: true,
      sortValue: ({ address }) => address,
      cell: (line) => <LpHolder line={line} labels={labels} />,
    },
    {
      id: "shares",
      header: isOneLoss ? "Shares now" : "Shares",
      align: "end",
      sortValue: (line) => sortable(line.shares),
      cell: (line) => <Money figure={textsOf(line).shares} />,
    },
    {
      id: "share",
      header: "Of the supply",
      align: "end",
      sortValue: (line) => sortable(line.shareOfSupplyWad),
      cell: (line) => {
        const { shareOfSupply } = textsOf(line);
        return shareOfSupply === undefined ? <NoPart /> : <Money figure={shareOfSupply} />;
      },
    },
    {
      id: "value",
      header: `Value, ${symbol}`,
      align: "end",
      sortValue: (line) => sortable(line.valueAssets),
      cell: (line) => <Money figure={textsOf(line).value} />,
    },
    ...then,
    {
      id: "loss",
      header: isOneLoss ? `Loss here, ${symbol}` : `Lost, ${symbol}`,
      align: "end",
      sortValue: (line) => sortable(line.lossAssets),
      cell: (line) => <Money figure={textsOf(line).loss} />,
    },
    {
      id: "recovered",
      header: isOneLoss ? `Recovered in all, ${symbol}` : `Recovered, ${symbol}`,
      align: "end",
      sortValue: (line) => sortable(line.recoveredAssets),
      cell: (line) => <Money figure={textsOf(line).recovered} />,
    },
    {
      id: "would-lose",
      header: `Would lose now, ${symbol}`,
      align: "end",
      sortValue: (line) => sortable(line.wouldLoseAssets),
      cell: (line) => <Money figure={textsOf(line).wouldLose} />,
    },
  ];
}

export interface LossTableProps {
  readonly state: VaultState;
  readonly lines: readonly LpLine[];
  /** One loss is chosen, not all. */
  readonly isOneLoss: boolean;
  /** The reader's own words for addresses. */
  readonly labels: ReadonlyMap<Address, string>;
  readonly hrefOf: (address: Address) => string;
  readonly sort: SortState;
  readonly onSortChange: (sort: SortState) => void;
  readonly emptyTitle: string;
  readonly emptyText: string;
  readonly footer: ReactNode;
}

/** Every holder with its part of the chosen losses. */
export function LossTable(props: LossTableProps) {
  const { state, isOneLoss, labels } = props;
  const columns = useMemo(() => columnsOf({ state, isOneLoss, labels }), [state, isOneLoss, labels]);
  return (
    <DataTable
      caption="LPs and their part of the losses"
      columns={columns}
      rows={props.lines}
      rowKey={({ address }) => address ?? "virtual"}
      rowHref={({ address }) => (address === undefined ? undefined : props.hrefOf(address))}
      sort={props.sort}
      onSortChange={props.onSortChange}
      empty={<EmptyState title={props.emptyTitle}>{props.emptyText}</EmptyState>}
      footer={props.footer}
    />
  );
}
