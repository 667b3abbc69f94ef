import { AddressLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import { DataTable } from "@/ui/data/data-table";
import { EmptyState } from "@/ui/data/messages";
import type { Column } from "@/ui/data/table-types";
import { Money } from "@/ui/figures/money";
import type { CompositionLine } from "../composition";

function columnsOf(symbol: string): readonly Column<CompositionLine>[] {
  return [
    {
      id: "what",
      header: "Part",
      rowHeader: true,
      cell: ({ what, isBaseAsset, wrapper }) => (
        <span className="inline-flex flex-wrap items-center gap-1.5">
          {what}
          {isBaseAsset && wrapper !== undefined && (
            <Badge tone="neutral" plain>
              base asset
            </Badge>
          )}
        </span>
      ),
    },
    {
      id: "wrapper",
      header: "Wrapper",
      cell: ({ wrapper }) =>
        wrapper === undefined ? (
          <span className="text-ink-faint">the base asset's own</span>
        ) : (
          <AddressLabel address={wrapper} />
        ),
    },
    { id: "balance", header: "Balance", align: "end", cell: ({ balance }) => <Money figure={balance} /> },
    { id: "value", header: `Value, ${symbol}`, align: "end", cell: ({ value }) => <Money figure={value} /> },
    {
      id: "market",
      header: `In the market, ${symbol}`,
      align: "end",
      cell: ({ market }) => <Money figure={market} />,
    },
    { id: "priced-by", header: "Priced by", cell: ({ pricedBy }) => <Money figure={pricedBy} /> },
    { id: "share", header: "Of the position", align: "end", cell: ({ share }) => <Money figure={share} /> },
  ];
}

/** What a position is made of. */
export function CompositionTable(props: {
  readonly lines: readonly CompositionLine[];
  readonly symbol: string;
  readonly note: string | undefined;
}) {
  return (
    <DataTable
      caption="Composition of the position"
      columns={columnsOf(props.symbol)}
      rows={props.lines}
      rowKey={({ key }) => key}
      empty={<EmptyState title="The position holds nothing" />}
      {...(props.note === undefined ? {} : { footer: props.note })}
    />
  );
}
