import { type Column, DataTable } from "@/ui/data/data-table";
import type { BoundRow } from "./model";
import { BOUND_WORD, exactPercent, rangeText, STANDING_WORD } from "./texts";

function profileColumn(place: number, header: string): Column<BoundRow> {
  return {
    id: header,
    header,
    align: "end",
    cell: ({ standings }) => {
      const one = standings[place];
      const range = one === undefined ? undefined : rangeText(one.range);
      if (one === undefined || range === undefined)
        return <span className="text-ink-muted">{STANDING_WORD["not-published"]}</span>;
      return (
        <span className="figures inline-flex flex-col">
          <span>{range}</span>
          <span className={one.standing === "inside" ? "text-xs font-semibold" : "text-xs text-ink-muted"}>
            {STANDING_WORD[one.standing]}
          </span>
        </span>
      );
    },
  };
}

const COLUMNS: readonly Column<BoundRow>[] = [
  { id: "parameter", header: "Parameter", rowHeader: true, cell: ({ name }) => BOUND_WORD[name] },
  {
    id: "value",
    header: "This vault",
    align: "end",
    cell: ({ valueWad }) => <span className="figures font-medium">{exactPercent(valueWad)}</span>,
  },
  profileColumn(0, "Conservative"),
  profileColumn(1, "Moderate"),
  profileColumn(2, "Aggressive"),
];

/** Every parameter beside the ranges that the protocol's documentation publishes. */
export function BoundsTable({ rows }: { readonly rows: readonly BoundRow[] }) {
  return (
    <DataTable
      caption="Parameters beside the published profiles"
      columns={COLUMNS}
      rows={rows}
      rowKey={({ name }) => name}
      empty={null}
      footer="Ranges of the Flux documentation, page “choosing a vault strategy”; both ends belong to them. For the buffer it gives a figure only in the moderate profile. A larger buffer means later liquidation, so “above” is not the safer side of it."
    />
  );
}
