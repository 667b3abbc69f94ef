import { clsx } from "clsx";
import { lazy, type ReactNode, Suspense, useMemo, useState } from "react";
import type { Tone } from "../tone";
import { TableHead, TableSortSelect } from "./table-head";
import { TableRow } from "./table-row";
import { nextSort, type SortState, sortRows } from "./table-sort";
import type { Column } from "./table-types";
import { useScrollable } from "./use-scrollable";
import type { MeasureRow, VirtualRowsProps } from "./virtual-rows";

export type { Column } from "./table-types";

export interface DataTableProps<Row> {
  /** What the table shows, for screen readers and for the name of its scrolled region. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** The whole row leads there; the link itself is around the row header. */
  readonly rowHref?: (row: Row) => string | undefined;
  /** Marks a row's edge. The row must also say it in words. */
  readonly rowTone?: (row: Row) => Tone | undefined;
  readonly defaultSort?: SortState;
  /** With `onSortChange`: the order is the caller's state, e.g. in the address. */
  readonly sort?: SortState | undefined;
  readonly onSortChange?: (sort: SortState) => void;
  readonly empty: ReactNode;
  /** Under the table: notes, "3 of 1,204 shown". */
  readonly footer?: ReactNode;
  /** On a narrow screen: rows as label and value, or the table scrolled sideways. */
  readonly narrow?: "stack" | "scroll";
  /** From how many rows on only the visible ones are drawn. */
  readonly virtualiseAbove?: number;
  /** Height of the scrolled region in pixels where rows are virtual; 640 without it. */
  readonly height?: number;
}

/** With rows of 38 px and the spare ones above and below, this keeps the drawn rows under eighty. */
const MAX_HEIGHT_PX = 640;
/** Drawn while the code for long tables is on its way: more than a screenful. */
const FIRST_ROWS = 30;

// Only long tables need it, so pages with short ones never load it.
const VirtualRows = lazy(async () => {
  try {
    return { default: (await import("./virtual-rows")).VirtualRows };
  } catch {
    // The file could not be fetched (offline, a newer version was published): say that rows are missing.
    return { default: FirstRowsOnly };
  }
});

function FirstRowsOnly({ count, renderRow }: VirtualRowsProps) {
  return (
    <>
      <FirstRows count={count} renderRow={renderRow} />
      <tr>
        <td colSpan={99} className="px-4 py-2 text-caution">
          {count - Math.min(count, FIRST_ROWS)} more rows are not drawn: a part of this page could not be
          loaded. Load the page again to see them.
        </td>
      </tr>
    </>
  );
}

function FirstRows({ count, renderRow }: Pick<VirtualRowsProps, "count" | "renderRow">) {
  return Array.from({ length: Math.min(count, FIRST_ROWS) }, (_, index) => renderRow(index, ignoreMeasure));
}

function ignoreMeasure(): void {
  // Rows that are drawn whatever their height need no measuring.
}

/** A table that can be sorted, read on a phone, and hold ten thousand rows while drawing at most eighty. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, narrow = "stack", virtualiseAbove = 60 } = props;
  const [ownSort, setOwnSort] = useState(props.defaultSort);
  const sort = props.onSortChange === undefined ? ownSort : props.sort;
  const setSort = props.onSortChange ?? setOwnSort;
  const [region, setRegion] = useState<HTMLElement | null>(null);
  const scrollable = useScrollable(region);

  const sorted = useMemo(() => {
    const valueOf = columns.find((column) => column.id === sort?.columnId)?.sortValue;
    if (sort === undefined || valueOf === undefined) return rows;
    return sortRows({ rows, valueOf, direction: sort.direction });
  }, [columns, rows, sort]);

  if (rows.length === 0) return <div>{props.empty}</div>;
  const virtual = rows.length > virtualiseAbove;
  const stack = narrow === "stack";
  const focusable = virtual || scrollable;

  const renderRow = (index: number, measure?: MeasureRow): ReactNode => {
    const row = sorted[index];
    if (row === undefined) return null;
    return (
      <TableRow
        key={props.rowKey(row)}
        row={row}
        columns={columns}
        index={index}
        href={props.rowHref?.(row)}
        tone={props.rowTone?.(row)}
        stack={stack}
        measure={measure}
      />
    );
  };

  return (
    <div className="@container min-w-0">
      {stack && <TableSortSelect columns={columns} sort={sort} onSort={setSort} name={props.caption} />}
      <section
        ref={setRegion}
        aria-label={focusable ? `${props.caption}, scrolls` : undefined}
        // A region that scrolls must be reachable by keyboard, else its hidden part is not.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={focusable ? 0 : undefined}
        className={clsx(
          "thin-scrollbar overflow-x-auto -outline-offset-2 print:max-h-none! print:overflow-visible",
          virtual && "overflow-y-auto",
        )}
        style={virtual ? { maxHeight: Math.min(props.height ?? MAX_HEIGHT_PX, MAX_HEIGHT_PX) } : undefined}
      >
        <table
          aria-rowcount={virtual ? sorted.length + 1 : undefined}
          className={clsx("w-full border-collapse text-[0.8125rem]", stack && "@max-lg:block")}
        >
          <caption className="sr-only">{props.caption}</caption>
          <TableHead
            columns={columns}
            sort={sort}
            onSort={(id) => setSort(nextSort(sort, id))}
            stack={stack}
          />
          <tbody className={clsx(stack && "@max-lg:block")}>
            {virtual ? (
              <Suspense fallback={<FirstRows count={sorted.length} renderRow={renderRow} />}>
                <VirtualRows count={sorted.length} region={region} renderRow={renderRow} />
              </Suspense>
            ) : (
              sorted.map((_, index) => renderRow(index))
            )}
          </tbody>
        </table>
      </section>
      {virtual && (
        <p className="hidden px-4 py-2 text-xs print:block">
          Printed: the rows that were on the screen, of {sorted.length} in all.
        </p>
      )}
      {props.footer !== undefined && (
        <div className="border-t border-line px-4 py-2 text-xs text-ink-muted">{props.footer}</div>
      )}
    </div>
  );
}
