import { useMemo } from "react";
import type { Address, Figure, VaultState } from "@/domain/model";
import { toCsv } from "@/shared/csv";
import { formatInteger } from "@/shared/format";
import { HashLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import { type Column, DataTable } from "@/ui/data/data-table";
import { Disclosure } from "@/ui/data/disclosure";
import { DownloadButton } from "@/ui/data/download-button";
import { EmptyState } from "@/ui/data/messages";
import { FigureUnknown } from "@/ui/figures/figure-unknown";
import { Money } from "@/ui/figures/money";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { SelectField } from "@/ui/forms/inputs";
import { Panel } from "@/ui/layout/panel";
import { receivedCsv } from "../export";
import { type PastRecovery, type ReceivedLine, recoveryIdOf } from "../past";
import { pastTexts, receivedTexts, recoveryOptionText } from "../texts";
import { HolderCell } from "./holder-cell";

export interface PastRecoveriesProps {
  readonly state: VaultState;
  readonly past: readonly PastRecovery[];
  readonly chosen: PastRecovery | undefined;
  readonly onChoose: (id: string) => void;
  readonly labels: ReadonlyMap<Address, string>;
  readonly hrefOf: (address: Address) => string;
  readonly txHrefOf: ((hash: string) => string) | undefined;
  readonly fromBlock: bigint;
  readonly isComplete: boolean;
}

const sortable = (figure: Figure): bigint | undefined => (figure.kind === "known" ? figure.value : undefined);

function pastColumns({
  state,
  labels,
  txHrefOf,
}: Pick<PastRecoveriesProps, "state" | "labels" | "txHrefOf">): readonly Column<PastRecovery>[] {
  const { symbol } = state.asset;
  return [
    {
      id: "time",
      header: "Time",
      rowHeader: true,
      sortValue: ({ row }) => row.blockNumber * 1_000_000n + BigInt(row.logIndex),
      cell: (past) => {
        const { time, block } = pastTexts(past, state);
        const href = txHrefOf?.(past.row.transactionHash);
        return (
          <span className="flex flex-col">
            <span className="whitespace-nowrap">{time}</span>
            <span className="figures text-xs text-ink-muted">block {block}</span>
            <HashLabel
              hash={past.row.transactionHash}
              what="transaction hash"
              {...(href === undefined ? {} : { href, external: true })}
            />
          </span>
        );
      },
    },
    {
      id: "from",
      header: "Paid by",
      cell: ({ row }) => <HolderCell kind="lp" address={row.from} labels={labels} />,
    },
    {
      id: "amount",
      header: `Amount, ${symbol}`,
      align: "end",
      sortValue: ({ row }) => row.assets,
      cell: (past) => <Money figure={pastTexts(past, state).amount} />,
    },
    {
      id: "price",
      header: "Share price before and after",
      align: "end",
      sortValue: ({ riseWad }) => riseWad,
      cell: (past) => {
        const { priceBefore, priceAfter, rise } = pastTexts(past, state);
        return (
          <span className="figures inline-flex flex-col items-end">
            <span>{priceBefore}</span>
            <span>{priceAfter}</span>
            <span className="text-xs text-ink-faint">{rise}</span>
          </span>
        );
      },
    },
    {
      id: "receivers",
      header: "LPs who received",
      align: "end",
      sortValue: ({ summary }) => (summary.kind === "known" ? summary.value.receivers : undefined),
      cell: (past) => <Money figure={pastTexts(past, state).receivers} />,
    },
    {
      id: "late",
      header: `To holders who had not lost, ${symbol}`,
      align: "end",
      sortValue: ({ summary }) => (summary.kind === "known" ? summary.value.toLateAssets : undefined),
      cell: (past) => <Money figure={pastTexts(past, state).toLate} />,
    },
    {
      id: "left-out",
      header: "Had lost and left: got nothing",
      align: "end",
      sortValue: ({ summary }) => (summary.kind === "known" ? summary.value.leftOut : undefined),
      cell: (past) => <Money figure={pastTexts(past, state).leftOut} />,
    },
  ];
}

function receivedColumns(
  state: VaultState,
  labels: ReadonlyMap<Address, string>,
): readonly Column<ReceivedLine>[] {
  const { symbol } = state.asset;
  return [
    {
      id: "lp",
      header: "LP",
      rowHeader: true,
      sortValue: ({ address }) => address,
      cell: ({ kind, address, lostBeforeAssets }) => (
        <HolderCell
          kind={kind}
          address={address}
          labels={labels}
          tags={
            kind === "lp" &&
            lostBeforeAssets.kind === "known" &&
            lostBeforeAssets.value === 0n && (
              <Badge tone="neutral" plain title="Had borne no loss before this recovery.">
                had not lost
              </Badge>
            )
          }
        />
      ),
    },
    {
      id: "shares",
      header: "Shares at that log",
      align: "end",
      sortValue: ({ shares }) => shares,
      cell: (line) => <Money figure={receivedTexts(line, state).shares} />,
    },
    {
      id: "received",
      header: `Received, ${symbol}`,
      align: "end",
      sortValue: ({ receivedAssets }) => receivedAssets,
      cell: (line) => <Money figure={receivedTexts(line, state).received} />,
    },
    {
      id: "lost-before",
      header: `Lost before it, ${symbol}`,
      align: "end",
      sortValue: ({ lostBeforeAssets }) => sortable(lostBeforeAssets),
      cell: (line) => <Money figure={receivedTexts(line, state).lostBefore} />,
    },
  ];
}

/** What came back so far, what it did to the share price, and who got it. */
export function PastRecoveries(props: PastRecoveriesProps) {
  const { state, past, chosen, labels, txHrefOf } = props;
  const columns = useMemo(() => pastColumns({ state, labels, txHrefOf }), [state, labels, txHrefOf]);
  return (
    <Panel
      title="Past recoveries"
      description="Money paid into the vault raises the price of every share, so it went to the holders of its own day."
      flush
    >
      <DataTable
        caption="Past recoveries"
        columns={columns}
        rows={past}
        rowKey={({ row }) => recoveryIdOf(row)}
        defaultSort={{ columnId: "time", direction: "descending" }}
        empty={
          <EmptyState title={`None found since block ${formatInteger(props.fromBlock)}`}>
            {props.isComplete
              ? "Nothing was ever paid into this vault for all its shares."
              : "The history does not reach back to the vault's first block."}
          </EmptyState>
        }
      />
      {chosen !== undefined && <Receivers {...props} chosen={chosen} />}
    </Panel>
  );
}

function Receivers(props: PastRecoveriesProps & { readonly chosen: PastRecovery }) {
  const { state, past, chosen, labels, hrefOf } = props;
  const columns = useMemo(() => receivedColumns(state, labels), [state, labels]);
  const id = recoveryIdOf(chosen.row);
  return (
    <div className="border-t border-line px-4 py-2">
      <Disclosure summary="Who received it">
        <div className="-mx-4 -mb-3 border-t border-line">
          <div className="flex flex-wrap items-end gap-x-4 gap-y-2 px-4 py-3 print:hidden">
            <div className="min-w-0 grow basis-72">
              <SelectField
                label="Recovery"
                value={id}
                options={past.toReversed().map((one) => ({
                  value: recoveryIdOf(one.row),
                  label: recoveryOptionText(one, state),
                }))}
                onChange={props.onChoose}
              />
            </div>
            {chosen.lines.kind === "known" && (
              <DownloadButton
                fileName={`recovery-${state.chainId}-${state.address}-${id}.csv`}
                mimeType="text/csv"
                label="Download who received this recovery as CSV"
                content={() => toCsv(receivedCsv(chosen, state))}
              >
                CSV
              </DownloadButton>
            )}
          </div>
          {chosen.lines.kind === "known" ? (
            <DataTable
              caption="Who received the recovery"
              columns={columns}
              rows={chosen.lines.value}
              rowKey={({ address }) => address ?? "virtual"}
              rowHref={({ address }) => (address === undefined ? undefined : hrefOf(address))}
              defaultSort={{ columnId: "received", direction: "descending" }}
              empty={<EmptyState title="Nobody held shares" />}
            />
          ) : (
            <div className="px-4 pb-3">
              <FigureUnknown why={WHY_UNKNOWN[chosen.lines.reason]} />
            </div>
          )}
        </div>
      </Disclosure>
    </div>
  );
}
