import type { ReactNode } from "react";
import type { SortValue } from "./table-sort";

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Figures end on one edge. */
  readonly align?: "start" | "end";
  /** Present: the column can be sorted. */
  readonly sortValue?: (row: Row) => SortValue;
  /** Names the row; it carries the row's link. One column should. */
  readonly rowHeader?: boolean;
}
