import { HashLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import { DataTable } from "@/ui/data/data-table";
import { EmptyState } from "@/ui/data/messages";
import type { Column } from "@/ui/data/table-types";
import type { ManagerEventLine } from "../manager-history";

function columnsOf(
  symbol: string,
  txHrefOf: ((hash: string) => string) | undefined,
): readonly Column<ManagerEventLine>[] {
  return [
    {
      id: "time",
      header: "Time",
      rowHeader: true,
      sortValue: ({ blockNumber }) => blockNumber,
      cell: ({ time, block }) => (
        <span className="figures">
          {time}
          <span className="block text-xs font-normal text-ink-faint">block {block}</span>
        </span>
      ),
    },
    {
      id: "what",
      header: "What",
      sortValue: ({ what }) => what,
      cell: ({ what, tone }) => (
        <Badge tone={tone} plain={tone === "neutral"}>
          {what}
        </Badge>
      ),
    },
    { id: "amount", header: `Amount, ${symbol}`, align: "end", cell: ({ amount }) => amount },
    {
      id: "detail",
      header: "Detail",
      cell: ({ detail }) => <span className="text-ink-muted">{detail}</span>,
    },
    {
      id: "transaction",
      header: "Transaction",
      cell: ({ transactionHash }) => (
        <HashLabel
          hash={transactionHash}
          what="transaction hash"
          external
          {...(txHrefOf === undefined ? {} : { href: txHrefOf(transactionHash) })}
        />
      ),
    },
  ];
}

export interface ManagerHistoryProps {
  readonly lines: readonly ManagerEventLine[];
  readonly symbol: string;
  /** "None found since block 1,204" while the history is partial. */
  readonly emptyTitle: string;
  readonly note: string | undefined;
  readonly txHrefOf: ((hash: string) => string) | undefined;
}

/** What the vault's logs say of one manager. */
export function ManagerHistory(props: ManagerHistoryProps) {
  return (
    <DataTable
      caption="History of this manager"
      columns={columnsOf(props.symbol, props.txHrefOf)}
      rows={props.lines}
      rowKey={({ key }) => key}
      empty={<EmptyState title={props.emptyTitle} />}
      {...(props.note === undefined ? {} : { footer: props.note })}
    />
  );
}
