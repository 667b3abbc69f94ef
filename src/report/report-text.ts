import type { ReportJson } from "./report-schema";

/**
 * The bytes of report.json, in pieces: one line a field, and one line a row in lists, so that two reports can be
 * compared line by line and a vault with thousands of LPs needs no text of all of them at once. The same object gives
 * the same bytes.
 */
export function* reportText(report: ReportJson): Generator<string> {
  const fields = Object.entries(report);
  yield "{\n";
  for (const [index, [name, value]] of fields.entries()) {
    const comma = index === fields.length - 1 ? "" : ",";
    yield `  ${JSON.stringify(name)}: `;
    if (Array.isArray(value) && value.length > 0) yield* rowsText(value);
    else yield JSON.stringify(value);
    yield `${comma}\n`;
  }
  yield "}\n";
}

function* rowsText(rows: readonly unknown[]): Generator<string> {
  yield "[\n";
  for (const [index, row] of rows.entries()) {
    yield `    ${JSON.stringify(row)}${index === rows.length - 1 ? "" : ","}\n`;
  }
  yield "  ]";
}
