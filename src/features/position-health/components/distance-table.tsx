import { DataTable } from "@/ui/data/data-table";
import type { Column } from "@/ui/data/table-types";
import { Money } from "@/ui/figures/money";
import type { DistanceLine } from "../manager-texts";

const COLUMNS: readonly Column<DistanceLine>[] = [
  { id: "mark", header: "Mark", rowHeader: true, cell: ({ mark }) => mark },
  { id: "health", header: "At health", align: "end", cell: ({ health }) => <Money figure={health} /> },
  {
    id: "value",
    header: "Whole value falls by",
    align: "end",
    cell: ({ valueFall }) => <Money figure={valueFall} />,
  },
  {
    id: "price",
    header: "Other assets fall by",
    align: "end",
    cell: ({ priceFall }) => <Money figure={priceFall} />,
  },
];

/** How far each mark of the vault is from a position. */
export function DistanceTable({ lines }: { readonly lines: readonly DistanceLine[] }) {
  return (
    <DataTable
      caption="Distance to the vault's marks"
      columns={COLUMNS}
      rows={lines}
      rowKey={({ id }) => id}
      empty={null}
      footer="Other assets: everything in the position that is not the vault's base asset, all falling alike. Interest not counted."
    />
  );
}
