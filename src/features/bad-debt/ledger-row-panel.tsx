import { type ReactNode, useMemo } from "react";
import { exposureBookFor } from "@/data/exposure-book";
import { useLedgerBook, useLedgerRowShares } from "@/data/ledger-book/use-ledger-book";
import { useChainInfo } from "@/data/use-chain-info";
import type { LossShare } from "@/domain/loss-share";
import type { Figure } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { EmptyState } from "@/ui/data/messages";
import { Skeleton } from "@/ui/data/skeleton";
import { LinkButton } from "@/ui/forms/button";
import { type AnyRow, parseRowId, type RowId, rowAt, rowIdOf, rowIdText } from "./ledger-row-id";
import { LedgerRowView, type RowLinks } from "./ledger-row-view";
import { eventLedgerOf } from "./ledger-rows";

export interface LedgerRowPanelProps extends Omit<RowLinks, "txHref"> {
  readonly report: VaultReport;
  /** As the address bar has it. */
  readonly rowText: string;
  readonly ledgerHref: string;
  /** How the reading of the past stands; shown only for a row that needs it. */
  readonly reading: ReactNode;
}

/** One row of the ledger by its place in the chain. */
export function LedgerRowPanel(props: LedgerRowPanelProps) {
  const { report, rowText, ledgerHref } = props;
  const id = useMemo(() => parseRowId(rowText), [rowText]);
  if (id === undefined) {
    return (
      <NoSuchRow ledgerHref={ledgerHref}>
        A row is named by what it is, its block and its log, as in loss-1204-3.
      </NoSuchRow>
    );
  }
  const stated = rowAt(eventLedgerOf(report), id);
  const parts = stated === undefined ? undefined : statedParts(report, stated);
  return stated !== undefined && parts !== undefined ? (
    <Found {...props} row={stated} parts={parts} isWaiting={false} />
  ) : (
    <ReadRow {...props} id={id} />
  );
}

/** A row that the vault itself states in full: its parts follow from the transfers alone, and stand at once. */
function statedParts(report: VaultReport, { kind, row }: AnyRow): Figure<readonly LossShare[]> | undefined {
  const { split } = exposureBookFor(report).input;
  if (kind === "recovery") return split.recoveries.find((one) => one.row === row)?.shares;
  if (kind === "fall" || row.source === "derived") return undefined;
  return split.losses.find((one) => one.row === row)?.shares;
}

/** A row that only the past totals tell. */
function ReadRow(props: LedgerRowPanelProps & { readonly id: RowId }) {
  const { report, id, ledgerHref, reading } = props;
  const view = useLedgerBook(report);
  const shares = useLedgerRowShares(report, id);
  const row = view.data === undefined ? undefined : rowAt(view.data.ledger, id);
  return (
    <>
      {reading}
      {row !== undefined && <Found {...props} row={row} parts={shares.data} isWaiting={shares.isReading} />}
      {row === undefined && view.data !== undefined && view.isCurrent && (
        <NoSuchRow ledgerHref={ledgerHref}>The ledger of this vault holds no such row.</NoSuchRow>
      )}
      {view.data === undefined && view.isReading && (
        <output className="block">
          <span className="sr-only">The row is being read</span>
          <Skeleton className="h-40 w-full" />
        </output>
      )}
    </>
  );
}

function Found(
  props: LedgerRowPanelProps & {
    readonly row: AnyRow;
    readonly parts: Figure<readonly LossShare[]> | undefined;
    readonly isWaiting: boolean;
  },
) {
  const explorer = useChainInfo(props.report.config.chainId)?.explorerUrl;
  return (
    <LedgerRowView
      key={rowIdText(rowIdOf(props.row))}
      report={props.report}
      row={props.row}
      parts={props.parts}
      isWaiting={props.isWaiting}
      managerHref={props.managerHref}
      lpHref={props.lpHref}
      blockHref={props.blockHref}
      txHref={explorer === undefined ? undefined : (hash) => `${explorer}/tx/${hash}`}
    />
  );
}

function NoSuchRow(props: { readonly ledgerHref: string; readonly children: ReactNode }) {
  return (
    <EmptyState
      title="There is no such row"
      action={<LinkButton href={props.ledgerHref}>The whole ledger</LinkButton>}
    >
      {props.children}
    </EmptyState>
  );
}
