import { type ReactNode, useMemo } from "react";
import { AddressLabel, HashLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import { DataTable } from "@/ui/data/data-table";
import { EmptyState } from "@/ui/data/messages";
import type { Column } from "@/ui/data/table-types";
import { Money } from "@/ui/figures/money";
import type { LineText } from "./texts";

/** Where a transaction is shown in detail; undefined without an explorer. */
export type TransactionHref = ((hash: string) => string) | undefined;

function Nothing({ why }: { readonly why: string }) {
  return (
    <span className="text-ink-faint">
      <span aria-hidden="true">–</span>
      <span className="sr-only">{why}</span>
    </span>
  );
}

function Counterparty({ line }: { readonly line: LineText }) {
  const { counterparty, counterpartyWord, counterpartyName } = line;
  if (counterpartyName !== undefined) {
    return <span className="block text-xs text-ink-muted">{counterpartyName}</span>;
  }
  if (counterparty === undefined) return null;
  return (
    <span className="block text-xs text-ink-muted">
      {counterpartyWord} <AddressLabel address={counterparty} />
    </span>
  );
}

function columnsOf(symbol: string, txHrefOf: TransactionHref): readonly Column<LineText>[] {
  return [
    {
      id: "time",
      header: "Time",
      rowHeader: true,
      sortValue: ({ blockNumber }) => blockNumber,
      cell: ({ time, block, log }) => (
        <span className="figures">
          {time}
          <span className="block text-xs font-normal text-ink-faint">
            block {block}
            {log === undefined ? "" : `, ${log}`}
          </span>
        </span>
      ),
    },
    {
      id: "what",
      header: "What",
      sortValue: ({ word }) => word,
      cell: (line) => (
        <span>
          <Badge tone={line.tone}>{line.word}</Badge>
          <Counterparty line={line} />
        </span>
      ),
    },
    {
      id: "amount",
      header: `Amount, ${symbol}`,
      align: "end",
      sortValue: ({ amountAssets }) => amountAssets,
      cell: ({ amount, shift }) => (
        <span className="inline-flex flex-col items-end">
          <Money figure={amount} />
          {shift !== undefined && (
            <span className="text-xs text-ink-muted">
              {shift.word} <Money figure={shift.figure} />
            </span>
          )}
        </span>
      ),
    },
    {
      id: "shares",
      header: "Shares",
      align: "end",
      cell: ({ sharesChange, sharesAfter }) => (
        <span className="figures">
          {sharesChange === "" ? <Nothing why="unchanged" /> : sharesChange}
          <span className="flex items-baseline justify-end gap-1 text-xs text-ink-faint">
            holds <Money figure={sharesAfter} />
          </span>
        </span>
      ),
    },
    {
      id: "price",
      header: `Share price, ${symbol}`,
      align: "end",
      cell: ({ priceBefore, priceAfter }) => (
        <span className="inline-flex flex-col items-end">
          <span className="inline-flex items-baseline gap-1 text-xs text-ink-faint">
            before <Money figure={priceBefore} />
          </span>
          <Money figure={priceAfter} />
        </span>
      ),
    },
    {
      id: "interest",
      header: "Interest since",
      align: "end",
      cell: ({ interest }) => <Money figure={interest} />,
    },
    { id: "rounding", header: "Rounding", align: "end", cell: ({ rounding }) => <Money figure={rounding} /> },
    {
      id: "transaction",
      header: "Transaction",
      cell: ({ transactionHash, blockHash }) =>
        transactionHash === undefined ? (
          <span className="text-xs text-ink-muted">
            no log; block <HashLabel hash={blockHash} what="block hash" />
          </span>
        ) : (
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

export interface LinesTableProps {
  readonly lines: readonly LineText[];
  readonly symbol: string;
  readonly txHrefOf: TransactionHref;
  readonly emptyTitle: string;
  readonly footer: ReactNode;
}

/** Everything that happened to an LP's shares or to their value, line by line. */
export function LinesTable({ lines, symbol, txHrefOf, emptyTitle, footer }: LinesTableProps) {
  const columns = useMemo(() => columnsOf(symbol, txHrefOf), [symbol, txHrefOf]);
  return (
    <DataTable
      caption="Lines of the statement"
      columns={columns}
      rows={lines}
      rowKey={({ key }) => key}
      empty={<EmptyState title={emptyTitle} />}
      footer={footer}
    />
  );
}
