import type { ReactNode } from "react";
import type { Address } from "@/domain/model";
import { formatInteger } from "@/shared/format";
import { AddressLabel, HashLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import { CopyButton } from "@/ui/data/copy-button";
import { type Column, DataTable } from "@/ui/data/data-table";
import { Disclosure } from "@/ui/data/disclosure";
import { type KeyValue, KeyValueList } from "@/ui/data/key-value-list";
import { Callout, EmptyState } from "@/ui/data/messages";
import { EffectView } from "./components/effect-view";
import type { QueueCall, QueueRow } from "./queue";

export interface OpenOperationViewProps {
  readonly row: QueueRow;
  /** The timelock itself knows nothing of it, or holds it as done. */
  readonly disagreement: string | undefined;
  readonly managerHref: (manager: Address) => string;
  /** Override, execute, cancel. */
  readonly children: ReactNode;
}

/** One operation that waits or is ready. */
export function OpenOperationView({ row, disagreement, managerHref, children }: OpenOperationViewProps) {
  return (
    <article
      aria-label={`Operation ${row.operation.id}`}
      className="flex flex-col gap-3 border-b border-line px-4 py-4 last:border-b-0"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={row.state.tone}>{row.state.word}</Badge>
        <span className="figures font-medium">{row.when}</span>
        {row.isShortNotice && (
          <Badge tone="danger" title="Its delay is shorter than what LPs were promised.">
            short notice
          </Badge>
        )}
        <HashLabel hash={row.operation.id} what="operation id" />
      </div>
      <Calls row={row} />
      {row.usableNotice !== undefined && (
        <p className="max-w-[80ch] text-[0.8125rem] text-ink-muted">{row.usableNotice}</p>
      )}
      {row.moved !== undefined && (
        <Callout tone="caution" title="The parameter has moved">
          {row.moved}
        </Callout>
      )}
      {disagreement !== undefined && (
        <Callout tone="danger" title="The timelock says otherwise">
          {disagreement}
        </Callout>
      )}
      {row.effect !== undefined && (
        <Disclosure
          summary="What it would do to the book as it stands now"
          open={row.effect.newlyLiquidatable.length > 0}
        >
          <div className="max-w-[52rem]">
            <EffectView effect={row.effect} managerHref={managerHref} />
          </div>
        </Disclosure>
      )}
      {children}
      <Disclosure summary="Details">
        <KeyValueList items={detailsOf(row)} />
      </Disclosure>
    </article>
  );
}

function Calls({ row }: { readonly row: QueueRow }) {
  return (
    <div className="flex flex-col gap-2">
      {row.unreadable > 0 && (
        <Callout
          tone="danger"
          title={`${formatInteger(row.unreadable)} of ${formatInteger(row.calls.length)} calls cannot be read`}
        >
          Do not execute or sign what you cannot read elsewhere.
        </Callout>
      )}
      <ol aria-label="Calls of the operation" className="flex flex-col gap-1.5">
        {row.calls.map((call) => (
          <li key={call.key} className={call.isUnderstood ? undefined : "text-danger"}>
            {call.place !== undefined && (
              <span className="figures mr-2 text-xs text-ink-muted">{call.place}</span>
            )}
            <span className={row.calls.length === 1 ? "font-medium" : undefined}>{call.sentence}</span>
            {!call.isUnderstood && <Raw call={call} />}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Raw({ call }: { readonly call: QueueCall }) {
  const { to, data } = call.description;
  return (
    <span className="mt-1 flex flex-wrap items-center gap-2 text-xs text-ink">
      to <AddressLabel address={to} />
      <code className="thin-scrollbar block max-h-20 min-w-0 overflow-y-auto font-mono break-all">
        {data}
      </code>
      <CopyButton text={data} what="call data" />
    </span>
  );
}

function detailsOf(row: QueueRow): readonly KeyValue[] {
  const { operation, scheduled, delay, predecessor } = row;
  return [
    { key: "id", label: "Operation id", value: <HashLabel hash={operation.id} what="operation id" /> },
    { key: "salt", label: "Salt", value: <HashLabel hash={operation.salt} what="hash" /> },
    { key: "delay", label: "Delay", value: delay },
    { key: "scheduled", label: "Scheduled", hint: `block ${scheduled.block}`, value: scheduled.time },
    {
      key: "transaction",
      label: "Transaction",
      value: <HashLabel hash={scheduled.transaction} what="transaction hash" />,
    },
    { key: "predecessor", label: "Order", value: predecessor ?? "nothing has to come first" },
    ...operation.calls.map((call, index) => ({
      key: `call-${call.index}`,
      label: operation.calls.length === 1 ? "Call data" : `Call data ${index + 1}`,
      hint: <AddressLabel address={call.target} />,
      value: (
        <span className="inline-flex max-w-full items-center gap-1">
          <code className="max-w-[24ch] truncate font-mono text-xs">{call.data}</code>
          <CopyButton text={call.data} what="call data" />
        </span>
      ),
    })),
  ];
}

/** What has ended: executed and cancelled operations. */
export function ClosedOperationsView({
  rows,
  fromBlock,
}: {
  readonly rows: readonly QueueRow[];
  readonly fromBlock: string;
}) {
  return (
    <DataTable
      caption="Executed and cancelled operations"
      columns={CLOSED_COLUMNS}
      rows={rows}
      rowKey={(row) => row.key}
      empty={<EmptyState title={`No operation has ended since block ${fromBlock}`} />}
    />
  );
}

const CLOSED_COLUMNS: readonly Column<QueueRow>[] = [
  {
    id: "time",
    header: "Ended",
    rowHeader: true,
    sortValue: (row) => row.operation.closedAt?.blockNumber,
    cell: (row) => (
      <span className="flex flex-col">
        <span className="figures whitespace-nowrap">{row.closed?.time}</span>
        <span className="figures text-xs text-ink-muted">block {row.closed?.block}</span>
        {row.closed !== undefined && <HashLabel hash={row.closed.transaction} what="transaction hash" />}
      </span>
    ),
  },
  {
    id: "state",
    header: "State",
    cell: (row) => <Badge tone={row.state.tone}>{row.state.word}</Badge>,
  },
  {
    id: "calls",
    header: "What",
    cell: (row) => (
      <span className="flex flex-col gap-0.5 @max-lg:items-end">
        {row.calls.map((call) => (
          <span key={call.key} className={call.isUnderstood ? undefined : "text-danger"}>
            {call.sentence}
          </span>
        ))}
      </span>
    ),
  },
  {
    id: "scheduled",
    header: "Scheduled",
    cell: (row) => (
      <span className="flex flex-col @max-lg:items-end">
        <span className="figures whitespace-nowrap">{row.scheduled.time}</span>
        <span className="figures text-xs text-ink-muted">delay {row.delay}</span>
      </span>
    ),
  },
  {
    id: "id",
    header: "Operation",
    cell: (row) => <HashLabel hash={row.operation.id} what="operation id" />,
  },
];
