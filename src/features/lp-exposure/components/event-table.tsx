import { useMemo } from "react";
import { AddressLabel, HashLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import { DataTable } from "@/ui/data/data-table";
import { EmptyState } from "@/ui/data/messages";
import type { Column } from "@/ui/data/table-types";
import { Money } from "@/ui/figures/money";
import type { LpEventLine } from "../line-texts";

export type TransactionHref = ((hash: string) => string) | undefined;

function columnsOf(symbol: string, txHrefOf: TransactionHref): readonly Column<LpEventLine>[] {
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
      id: "kind",
      header: "What",
      sortValue: ({ word }) => word,
      cell: ({ kind, word }) => <Badge tone={kind === "loss" ? "loss" : "ok"}>{word}</Badge>,
    },
    {
      id: "shares",
      header: "Shares at that log",
      align: "end",
      cell: ({ shares }) => shares,
    },
    {
      id: "of-supply",
      header: "Of the supply",
      align: "end",
      cell: ({ ofSupply }) => <Money figure={ofSupply} />,
    },
    {
      id: "amount",
      header: `Own part, ${symbol}`,
      align: "end",
      sortValue: ({ amountAssets }) => amountAssets,
      cell: ({ amount, kind }) => (
        <span className={kind === "loss" ? "font-medium text-loss" : "font-medium text-ok"}>
          {kind === "loss" ? "\u2212" : "+"}
          {amount}
        </span>
      ),
    },
    {
      id: "party",
      header: "Manager closed, or payer",
      cell: ({ party }) => <AddressLabel address={party} />,
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

export interface EventTableProps {
  readonly lines: readonly LpEventLine[];
  readonly symbol: string;
  readonly txHrefOf: TransactionHref;
  readonly emptyTitle: string;
  readonly sum: string;
}

/** Every loss that an LP bore and every recovery it took part in. */
export function EventTable({ lines, symbol, txHrefOf, emptyTitle, sum }: EventTableProps) {
  const columns = useMemo(() => columnsOf(symbol, txHrefOf), [symbol, txHrefOf]);
  return (
    <DataTable
      caption="Losses and recoveries of this LP"
      columns={columns}
      rows={lines}
      rowKey={({ key }) => key}
      empty={<EmptyState title={emptyTitle} />}
      footer={<span className="figures font-medium text-ink">{sum}</span>}
    />
  );
}
