import { clsx } from "clsx";
import type { ReactNode } from "react";
import type { Tone } from "../tone";
import type { Column } from "./table-types";

const ROW_EDGE: Readonly<Record<Tone, string>> = {
  neutral: "shadow-[inset_3px_0_0_var(--line-strong)]",
  accent: "shadow-[inset_3px_0_0_var(--accent)]",
  ok: "shadow-[inset_3px_0_0_var(--ok)]",
  caution: "shadow-[inset_3px_0_0_var(--caution)]",
  danger: "shadow-[inset_3px_0_0_var(--danger)]",
  loss: "shadow-[inset_3px_0_0_var(--loss)]",
  stale: "shadow-[inset_3px_0_0_var(--stale)]",
};

interface TableRowProps<Row> {
  readonly row: Row;
  readonly columns: readonly Column<Row>[];
  readonly index: number;
  readonly href: string | undefined;
  readonly tone: Tone | undefined;
  readonly stack: boolean;
  readonly measure: ((row: HTMLElement | null) => void) | undefined;
}

/** One row; stacked, it is a small card of labels and values with the row header on top. */
export function TableRow<Row>(props: TableRowProps<Row>) {
  const { row, stack, href, measure, index } = props;
  return (
    <tr
      ref={measure}
      data-index={index}
      aria-rowindex={measure === undefined ? undefined : index + 2}
      className={clsx(
        "relative border-b border-line last:border-b-0",
        href !== undefined && "hover:bg-sunken",
        props.tone !== undefined && ROW_EDGE[props.tone],
        stack && "@max-lg:block @max-lg:px-4 @max-lg:py-2.5",
      )}
    >
      {props.columns.map((column) => {
        const content = column.cell(row);
        const className = clsx(
          "px-3 py-2 align-middle first:pl-4 last:pr-4",
          column.align === "end" ? "figures text-right" : "text-left",
          stack &&
            "@max-lg:flex @max-lg:items-baseline @max-lg:justify-between @max-lg:gap-4 @max-lg:p-0 @max-lg:py-0.5 @max-lg:first:pl-0 @max-lg:last:pr-0",
        );
        if (column.rowHeader === true) {
          return (
            <th
              key={column.id}
              scope="row"
              className={clsx(
                className,
                "font-medium",
                stack && "@max-lg:justify-start @max-lg:pb-1 @max-lg:text-left",
              )}
            >
              {href === undefined ? content : <RowLink href={href}>{content}</RowLink>}
            </th>
          );
        }
        return (
          <td key={column.id} className={className}>
            {stack && (
              <span aria-hidden="true" className="hidden shrink-0 text-xs text-ink-muted @max-lg:inline">
                {column.header}
              </span>
            )}
            <span className={clsx("min-w-0", stack && "@max-lg:text-right")}>{content}</span>
          </td>
        );
      })}
    </tr>
  );
}

/** The link of a row: it stands around the row header and reaches over the whole row. */
function RowLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <a href={href} className="group/rowlink after:absolute after:inset-0 -outline-offset-2 hover:text-accent">
      {children}
    </a>
  );
}
