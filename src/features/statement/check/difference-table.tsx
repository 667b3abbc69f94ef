import type { ReactNode } from "react";
import { formatInteger } from "@/shared/format";

export interface DifferenceRow {
  readonly key: string;
  readonly field: string;
  readonly values: readonly [string, string];
  readonly tag: ReactNode;
}

/** More rows than anybody reads; the file and the CSV of the page itself have them all. */
const MAX_ROWS = 60;

/** Fields by name with both values, exactly as they stand. */
export function DifferenceTable(props: {
  readonly caption: string;
  readonly columns: readonly [string, string];
  readonly rows: readonly DifferenceRow[];
}) {
  const shown = props.rows.slice(0, MAX_ROWS);
  const more = props.rows.length - shown.length;
  return (
    <div>
      <table className="w-full border-collapse text-xs">
        <caption className="pb-1 text-left font-semibold">{props.caption}</caption>
        <thead className="max-sm:sr-only">
          <tr className="border-b border-line text-left text-ink-muted">
            <th scope="col" className="py-1 pr-4 font-medium">
              Field
            </th>
            {props.columns.map((name) => (
              <th key={name} scope="col" className="py-1 pr-4 font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ key, field, values, tag }) => (
            <tr key={key} className="border-b border-line align-top max-sm:block max-sm:py-1.5">
              <th
                scope="row"
                className="py-1 pr-4 text-left font-medium break-words max-sm:block max-sm:py-0"
              >
                {field} {tag}
              </th>
              {values.map((value, index) => (
                <td
                  key={props.columns[index]}
                  className="figures py-1 pr-4 font-mono break-all max-sm:block max-sm:py-0"
                >
                  <span aria-hidden="true" className="font-sans text-ink-muted sm:hidden">
                    {props.columns[index]}:{" "}
                  </span>
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className="pt-1 text-ink-muted">And {formatInteger(more)} more.</p>}
    </div>
  );
}
