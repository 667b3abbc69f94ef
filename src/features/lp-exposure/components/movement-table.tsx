import { useMemo } from "react";
import { AddressLabel, HashLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import { DataTable } from "@/ui/data/data-table";
import { EmptyState } from "@/ui/data/messages";
import type { Column } from "@/ui/data/table-types";
import { Money } from "@/ui/figures/money";
import type { MovementLine } from "../line-texts";
import type { TransactionHref } from "./event-table";

function columnsOf(symbol: string, txHrefOf: TransactionHref): readonly Column<MovementLine>[] {
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
      sortValue: ({ word }) => word,
      cell: ({ word, tone }) => (
        <Badge tone={tone} plain>
          {word}
        </Badge>
      ),
    },
    {
      id: "assets",
      header: `Amount, ${symbol}`,
      align: "end",
      cell: ({ assets }) =>
        assets ?? (
          <span className="text-ink-faint">
            <span aria-hidden="true">–</span>
            <span className="sr-only">no assets moved</span>
          </span>
        ),
    },
    { id: "shares", header: "Shares", align: "end", cell: ({ shares }) => shares },
    {
      id: "after",
      header: "Shares after",
      align: "end",
      cell: ({ sharesAfter }) => <Money figure={sharesAfter} />,
    },
    {
      id: "counterparty",
      header: "From or to",
      cell: ({ counterparty }) =>
        counterparty === undefined ? (
          <span className="text-ink-faint">the vault</span>
        ) : (
          <AddressLabel address={counterparty} />
        ),
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

export interface MovementTableProps {
  readonly lines: readonly MovementLine[];
  readonly symbol: string;
  readonly txHrefOf: TransactionHref;
  readonly emptyTitle: string;
}

/** Everything that changed an LP's shares. */
export function MovementTable({ lines, symbol, txHrefOf, emptyTitle }: MovementTableProps) {
  const columns = useMemo(() => columnsOf(symbol, txHrefOf), [symbol, txHrefOf]);
  return (
    <DataTable
      caption="Deposits, withdrawals and transfers of this LP"
      columns={columns}
      rows={lines}
      rowKey={({ key }) => key}
      empty={<EmptyState title={emptyTitle} />}
    />
  );
}
