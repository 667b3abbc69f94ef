import { AddressLabel } from "@/ui/data/address-label";
import { Badge, HealthBadge } from "@/ui/data/badge";
import type { Column } from "@/ui/data/table-types";
import type { FigureText } from "@/ui/figures/figure-text";
import { Money } from "@/ui/figures/money";
import { type PositionRow, sortableOf } from "../model";

/** The texts of a row, made once a drawn row and shared by its cells. */
export function onceARow<Row extends object, Texts>(make: (row: Row) => Texts): (row: Row) => Texts {
  const made = new WeakMap<Row, Texts>();
  return (row) => {
    const found = made.get(row) ?? make(row);
    made.set(row, found);
    return found;
  };
}

/** A cell without a figure: a dash to look at, the reason to hear. */
export function Nothing({ what }: { readonly what: string }) {
  return (
    <span className="text-ink-faint">
      <span aria-hidden="true">–</span>
      <span className="sr-only">{what}</span>
    </span>
  );
}

/** Who it is: the same in every set of columns. */
export function managerColumn<Row extends PositionRow>(): Column<Row> {
  return {
    id: "manager",
    header: "Manager",
    rowHeader: true,
    sortValue: (row) => row.manager,
    cell: (row) => (
      <AddressLabel
        address={row.manager}
        tags={
          row.hasLookAlike ? (
            <Badge
              tone="caution"
              title="Another manager's address begins and ends alike. Compare the whole address."
            >
              look-alike
            </Badge>
          ) : undefined
        }
      />
    ),
  };
}

/** Health and its band: the same in every set of columns. */
export function healthColumn<Row extends PositionRow>(textOf: (row: Row) => FigureText): Column<Row> {
  return {
    id: "health",
    header: "Health",
    align: "end",
    sortValue: (row) => sortableOf(row.healthWad),
    cell: (row) => (
      <span className="inline-flex items-center justify-end gap-2">
        {row.band !== "no-debt" && <Money figure={textOf(row)} />}
        <HealthBadge band={row.band} />
      </span>
    ),
  };
}
