import { type ReactNode, useMemo } from "react";
import type { Address, VaultState } from "@/domain/model";
import { DataTable } from "@/ui/data/data-table";
import { EmptyState } from "@/ui/data/messages";
import type { Column } from "@/ui/data/table-types";
import { Money } from "@/ui/figures/money";
import { LIFE_COLUMNS, lifeText } from "../life";
import type { LpLine } from "../model";
import { LpHolder } from "./lp-holder";

export interface LifeTableProps {
  readonly state: VaultState;
  readonly lines: readonly LpLine[];
  readonly labels: ReadonlyMap<Address, string>;
  readonly hrefOf: (address: Address) => string;
  readonly empty: { readonly title: string; readonly text: string };
  readonly footer: ReactNode;
}

/** Every LP's whole life in the vault as sums, with the residual that must be zero. */
export function LifeTable(props: LifeTableProps) {
  const { state, labels } = props;
  const lines = useMemo(() => props.lines.filter(({ life }) => life !== undefined), [props.lines]);
  const columns = useMemo(
    (): readonly Column<LpLine>[] => [
      {
        id: "lp",
        header: "LP",
        rowHeader: true,
        sortValue: ({ address }) => address,
        cell: (line) => <LpHolder line={line} labels={labels} />,
      },
      ...LIFE_COLUMNS.map(
        (column): Column<LpLine> => ({
          id: column.id,
          header: column.header,
          align: "end",
          sortValue: ({ life }) => {
            const figure = life === undefined ? undefined : column.valueOf(life);
            return figure?.kind === "known" ? figure.value : undefined;
          },
          cell: ({ life }) => (life === undefined ? null : <Money figure={lifeText(column, life, state)} />),
        }),
      ),
    ],
    [labels, state],
  );
  return (
    <DataTable
      caption={`Every LP's whole life, amounts in ${state.asset.symbol}`}
      columns={columns}
      rows={lines}
      rowKey={({ address }) => address ?? "virtual"}
      rowHref={({ address }) => (address === undefined ? undefined : props.hrefOf(address))}
      defaultSort={{ columnId: "value", direction: "descending" }}
      empty={<EmptyState title={props.empty.title}>{props.empty.text}</EmptyState>}
      footer={props.footer}
    />
  );
}
