/** A table for export: a header and rows of as many cells, all finished text. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/u;

/**
 * One cell. A text that a spreadsheet would run as a formula gets an apostrophe in front: names and symbols come
 * from contracts, and a name may be `=HYPERLINK(...)`. Numbers, negative ones too, are left alone.
 */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/u.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The table as comma-separated text with CRLF line ends. Source: RFC 4180. */
export function toCsv({ header, rows }: CsvTable): string {
  return [header, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}
