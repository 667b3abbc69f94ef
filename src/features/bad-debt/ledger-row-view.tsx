import { CircleCheck, CircleQuestionMark, TriangleAlert } from "lucide-react";
import { useMemo } from "react";
import type { LossShare } from "@/domain/loss-share";
import type { Figure } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { toCsv } from "@/shared/csv";
import { formatInteger } from "@/shared/format";
import { AddressLabel, HashLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import { DataTable } from "@/ui/data/data-table";
import { Disclosure } from "@/ui/data/disclosure";
import { DownloadButton } from "@/ui/data/download-button";
import { KeyValueList } from "@/ui/data/key-value-list";
import { EmptyState } from "@/ui/data/messages";
import { Skeleton } from "@/ui/data/skeleton";
import type { Column } from "@/ui/data/table-types";
import { Grid } from "@/ui/layout/page";
import { Panel } from "@/ui/layout/panel";
import { type AnyRow, rowIdOf, rowIdText } from "./ledger-row-id";
import { type RowFact, rowBlocks, rowFactGroups } from "./row-facts";
import { type PartLine, partLines, partsCsv, partsSum, REMAINDER_RULE } from "./row-parts";

export interface RowLinks {
  readonly managerHref: (manager: string) => string;
  readonly lpHref: (address: string) => string;
  /** The vault as it stood at a block. */
  readonly blockHref: (block: bigint) => string;
  /** Undefined where the configuration names no explorer. */
  readonly txHref: ((hash: string) => string) | undefined;
}

export interface LedgerRowViewProps extends RowLinks {
  readonly report: VaultReport;
  readonly row: AnyRow;
  /** Undefined while they are being computed, or while they cannot be; `isWaiting` says which. */
  readonly parts: Figure<readonly LossShare[]> | undefined;
  readonly isWaiting: boolean;
}

/** One row of the ledger: what happened, and every holder's part of it. */
export function LedgerRowView(props: LedgerRowViewProps) {
  const { report, row } = props;
  const { state } = report.snapshot;
  const { before, at } = rowBlocks(row);
  const { happened, price } = useMemo(() => rowFactGroups(row, state), [row, state]);
  return (
    <>
      <Grid columns={2}>
        <Panel title="What happened">
          <Facts {...props} facts={happened} />
        </Panel>
        <Panel
          title="What it did to the share price"
          footer={
            <span className="flex flex-wrap gap-x-4 gap-y-1">
              <a className={LINK} href={props.blockHref(before)}>
                The vault before it, at block {formatInteger(before)}
              </a>
              <a className={LINK} href={props.blockHref(at)}>
                The vault after it, at block {formatInteger(at)}
              </a>
            </span>
          }
        >
          <Facts {...props} facts={price} />
        </Panel>
      </Grid>
      <Parts {...props} />
    </>
  );
}

const LINK = "text-accent underline underline-offset-2";

function Facts(props: RowLinks & { readonly facts: readonly RowFact[] }) {
  return (
    <KeyValueList
      items={props.facts.map((fact) => ({
        key: fact.key,
        label: fact.label,
        value: <FactValue value={fact.value} {...props} />,
        ...(fact.hint === undefined ? {} : { hint: fact.hint }),
      }))}
    />
  );
}

function FactValue({ value, managerHref, lpHref, txHref }: { readonly value: RowFact["value"] } & RowLinks) {
  switch (value.kind) {
    case "text":
      return value.text;
    case "manager":
      return <AddressLabel address={value.address} href={managerHref(value.address)} />;
    case "account":
      return <AddressLabel address={value.address} href={lpHref(value.address)} />;
    case "transaction":
      return (
        <HashLabel
          hash={value.hash}
          what="transaction hash"
          {...(txHref === undefined ? {} : { href: txHref(value.hash), external: true })}
        />
      );
    case "badge":
      return (
        <span className="flex flex-wrap items-center justify-end gap-x-2 gap-y-0.5 font-normal">
          <Badge tone={value.badge.tone}>{value.badge.text}</Badge>
          <span className="max-w-[60ch] text-xs text-ink-muted">{value.badge.title}</span>
        </span>
      );
  }
}

function Parts({ report, row, parts, isWaiting, lpHref }: LedgerRowViewProps) {
  const { state } = report.snapshot;
  const { contractHolders } = report;
  const lines = useMemo(
    () => (parts?.kind === "known" ? partLines(parts.value, { state, contractHolders }) : []),
    [parts, state, contractHolders],
  );
  const isRecovery = row.kind === "recovery";
  const columns = useMemo(() => columnsOf(report, isRecovery), [report, isRecovery]);
  return (
    <Panel
      title={isRecovery ? "Who received it" : "Who bore it"}
      description="By the shares held just before the row's own log, to the unit."
      flush
      actions={
        <DownloadButton
          fileName={`${rowIdText(rowIdOf(row))}-${report.config.address}.csv`}
          mimeType="text/csv"
          label="Download the parts of this row as CSV"
          content={() => toCsv(partsCsv(row, lines, state))}
          disabledReason={lines.length === 0 ? "There is nothing to download." : undefined}
        >
          CSV
        </DownloadButton>
      }
    >
      {parts === undefined ? (
        <NoPartsYet isWaiting={isWaiting} />
      ) : (
        <>
          <DataTable
            caption={isRecovery ? "Who received the recovery" : "Who bore the loss"}
            columns={columns}
            rows={lines}
            rowKey={({ key }) => key}
            rowHref={({ address }) => (address === undefined ? undefined : lpHref(address))}
            defaultSort={{ columnId: "part", direction: "descending" }}
            empty={<EmptyState title="Nobody's part is known" />}
          />
          <div className="flex flex-col gap-1 border-t border-line px-4 py-2.5 text-[0.8125rem]">
            <Sum sum={partsSum(row, parts, state)} />
            <Disclosure summary="How it is split to the unit">
              <p className="max-w-[80ch] text-ink-muted">{REMAINDER_RULE}</p>
            </Disclosure>
          </div>
        </>
      )}
    </Panel>
  );
}

function NoPartsYet({ isWaiting }: { readonly isWaiting: boolean }) {
  if (!isWaiting) {
    return <EmptyState title="Nobody's part is known">The past of the vault is not read.</EmptyState>;
  }
  return (
    <output className="block p-4">
      <span className="sr-only">The parts are being computed</span>
      <Skeleton className="h-24 w-full" />
    </output>
  );
}

const SUM_ICON = { closes: CircleCheck, differs: TriangleAlert, unknown: CircleQuestionMark } as const;
const SUM_TONE = { closes: "text-ok", differs: "text-loss", unknown: "text-stale" } as const;

function Sum({ sum }: { readonly sum: ReturnType<typeof partsSum> }) {
  const Icon = SUM_ICON[sum.kind];
  return (
    <p className="figures flex items-start gap-1.5 font-medium">
      <Icon size={16} className={`mt-0.5 shrink-0 ${SUM_TONE[sum.kind]}`} />
      <span>{sum.text}</span>
    </p>
  );
}

function columnsOf(report: VaultReport, isRecovery: boolean): readonly Column<PartLine>[] {
  const { symbol } = report.snapshot.state.asset;
  return [
    {
      id: "lp",
      header: "LP",
      rowHeader: true,
      sortValue: ({ address }) => address,
      cell: (line) => <Holder line={line} />,
    },
    {
      id: "shares",
      header: "Shares just before",
      align: "end",
      sortValue: ({ shares }) => shares,
      cell: ({ sharesText }) => sharesText,
    },
    {
      id: "of-shares",
      header: "Of all shares",
      align: "end",
      sortValue: ({ shares }) => shares,
      cell: ({ ofSharesText }) => ofSharesText,
    },
    {
      id: "part",
      header: isRecovery ? `Received, ${symbol}` : `Lost, ${symbol}`,
      align: "end",
      sortValue: ({ amountAssets }) => amountAssets,
      cell: ({ amountText }) => amountText,
    },
  ];
}

function Holder({ line }: { readonly line: PartLine }) {
  if (line.address === undefined) {
    return (
      <span title="Shares that exist in the conversion alone and belong to nobody.">Virtual shares</span>
    );
  }
  return (
    <AddressLabel
      address={line.address}
      tags={
        <>
          {line.kind === "dead" && (
            <Badge tone="neutral" plain title="Nobody can sign for this address: the shares there are lost.">
              dead address
            </Badge>
          )}
          {line.isContract && (
            <Badge
              tone="neutral"
              plain
              title="A pool, a Safe or another vault: the shares may stand for many people."
            >
              contract
            </Badge>
          )}
        </>
      }
    />
  );
}
