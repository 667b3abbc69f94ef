import { clsx } from "clsx";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import { nextSort, type SortState } from "./table-sort";
import type { Column } from "./table-types";

interface TableHeadProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sort: SortState | undefined;
  readonly onSort: (columnId: string) => void;
  readonly stack: boolean;
}

/** The header row. A sortable header is a button; its state is on the cell, where screen readers look. */
export function TableHead<Row>({ columns, sort, onSort, stack }: TableHeadProps<Row>) {
  return (
    <thead className={clsx("sticky top-0 z-20 bg-surface", stack && "@max-lg:sr-only")}>
      <tr>
        {columns.map((column) => {
          const active = sort?.columnId === column.id ? sort.direction : undefined;
          return (
            <th
              key={column.id}
              scope="col"
              aria-sort={column.sortValue === undefined ? undefined : (active ?? "none")}
              className={clsx(
                "px-3 py-2 text-xs font-medium whitespace-nowrap text-ink-muted shadow-[inset_0_-1px_0_var(--line)] first:pl-4 last:pr-4",
                column.align === "end" ? "text-right" : "text-left",
              )}
            >
              {column.sortValue === undefined ? (
                column.header
              ) : (
                <button
                  type="button"
                  onClick={() => onSort(column.id)}
                  className={clsx(
                    "inline-flex items-center gap-1 rounded-sm hover:text-ink",
                    column.align === "end" && "flex-row-reverse",
                    active !== undefined && "text-ink",
                  )}
                >
                  {column.header}
                  <SortIcon direction={active} />
                </button>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

function SortIcon({ direction }: { readonly direction: SortState["direction"] | undefined }) {
  if (direction === "ascending") return <ArrowUp size={12} />;
  if (direction === "descending") return <ArrowDown size={12} />;
  return <ChevronsUpDown size={12} className="opacity-50 print:hidden" />;
}

interface TableSortSelectProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sort: SortState | undefined;
  readonly onSort: (sort: SortState) => void;
  readonly name: string;
}

/** The same choice where the rows are stacked and there is no header to press. */
export function TableSortSelect<Row>({ columns, sort, onSort, name }: TableSortSelectProps<Row>) {
  const sortable = columns.filter((column) => column.sortValue !== undefined);
  if (sortable.length === 0) return null;
  const opposite = sort === undefined ? undefined : nextSort(sort, sort.columnId);
  return (
    <div className="hidden items-center gap-2 border-b border-line px-4 py-2 text-xs text-ink-muted @max-lg:flex print:hidden">
      <label className="flex min-w-0 grow items-center gap-2">
        Sort by
        <select
          aria-label={`Sort ${name} by`}
          value={sort?.columnId ?? ""}
          onChange={(event) => onSort({ columnId: event.currentTarget.value, direction: "descending" })}
          className="min-h-9 min-w-0 grow rounded-md border border-line-strong bg-surface px-2 text-base text-ink sm:text-xs"
        >
          {sort === undefined && <option value="">as given</option>}
          {sortable.map((column) => (
            <option key={column.id} value={column.id}>
              {column.header}
            </option>
          ))}
        </select>
      </label>
      {sort !== undefined && opposite !== undefined && (
        <button
          type="button"
          onClick={() => onSort(opposite)}
          aria-label={`Order: ${sort.direction}. Change to ${opposite.direction}.`}
          className="grid size-9 shrink-0 place-items-center rounded-md border border-line-strong bg-surface text-ink"
        >
          <SortIcon direction={sort.direction} />
        </button>
      )}
    </div>
  );
}
