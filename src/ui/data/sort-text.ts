import type { SortState } from "./table-sort";

const WORD = { ascending: "asc", descending: "desc" } as const;

/** A table's order for the address bar: "health.asc". */
export function sortText({ columnId, direction }: SortState): string {
  return `${columnId}.${WORD[direction]}`;
}

/** The order that the address bar names; the fallback for everything else. A column that is not there sorts nothing. */
export function sortFromText(text: string | null, fallback: SortState): SortState {
  const match = /^([a-z][a-z-]{0,30})\.(asc|desc)$/u.exec(text ?? "");
  const columnId = match?.[1];
  if (columnId === undefined) return fallback;
  return { columnId, direction: match?.[2] === "asc" ? "ascending" : "descending" };
}
