import { clsx } from "clsx";
import { type Column, DataTable } from "@/ui/data/data-table";
import { Money } from "@/ui/figures/money";
import type { ComparisonRow } from "../texts";

const COLUMNS: readonly Column<ComparisonRow>[] = [
  {
    id: "question",
    header: "Who gets it",
    rowHeader: true,
    cell: ({ question, hint, isTotal }) => (
      <span className={clsx("flex flex-col", isTotal && "font-semibold")}>
        {question}
        {hint !== undefined && <span className="text-xs font-normal text-ink-faint">{hint}</span>}
      </span>
    ),
  },
  {
    id: "paid-in",
    header: "Paid into the vault",
    align: "end",
    cell: ({ paidIn }) => <Money figure={paidIn} />,
  },
  {
    id: "claims",
    header: "By claims",
    align: "end",
    cell: ({ byClaims }) => <Money figure={byClaims} />,
  },
];

/** The sums of both ways side by side. */
export function ComparisonTable({ rows }: { readonly rows: readonly ComparisonRow[] }) {
  return (
    <DataTable
      caption="Where the amount goes, in both ways"
      columns={COLUMNS}
      rows={rows}
      rowKey={({ id }) => id}
      empty={null}
    />
  );
}
