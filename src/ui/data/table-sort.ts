/** What a column is sorted by. Unknown values go last in both directions: they are neither large nor small. */
export type SortValue = bigint | number | string | undefined;

export interface SortState {
  readonly columnId: string;
  readonly direction: "ascending" | "descending";
}

function compareKnown(a: bigint | number | string, b: bigint | number | string): number {
  if (typeof a === "string" && typeof b === "string") return a.localeCompare(b, "en");
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

/** The rows in the asked order; rows of equal value keep theirs. The input is left alone. */
export function sortRows<Row>(input: {
  readonly rows: readonly Row[];
  readonly valueOf: (row: Row) => SortValue;
  readonly direction: SortState["direction"];
}): readonly Row[] {
  const sign = input.direction === "ascending" ? 1 : -1;
  return input.rows
    .map((row) => ({ row, value: input.valueOf(row) }))
    .sort((a, b) => {
      if (a.value === undefined) return b.value === undefined ? 0 : 1;
      if (b.value === undefined) return -1;
      return sign * compareKnown(a.value, b.value);
    })
    .map((entry) => entry.row);
}

/** What a press on a header does: descending first (the largest is what one looks for), then ascending. */
export function nextSort(current: SortState | undefined, columnId: string): SortState {
  if (current?.columnId !== columnId) return { columnId, direction: "descending" };
  return { columnId, direction: current.direction === "descending" ? "ascending" : "descending" };
}
