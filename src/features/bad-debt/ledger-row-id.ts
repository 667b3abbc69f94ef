import type { LossRow, RecoveryRow } from "@/domain/ledger";
import type { FallRow, FullLedger } from "@/domain/ledger-model";

/** One row of the ledger by its place in the chain, as an address bar names it: "loss-1204-3". */
export interface RowId {
  readonly kind: "loss" | "fall" | "recovery";
  readonly blockNumber: bigint;
  /** −1 for a fall before the first log of its block. */
  readonly logIndex: number;
}

/** A row of any kind, with its place. */
export type AnyRow =
  | { readonly kind: "loss"; readonly row: LossRow }
  | { readonly kind: "fall"; readonly row: FallRow }
  | { readonly kind: "recovery"; readonly row: RecoveryRow };

/** The place of a row. */
export function rowIdOf({ kind, row }: AnyRow): RowId {
  const { blockNumber, logIndex } = kind === "fall" ? row.at : row;
  return { kind, blockNumber, logIndex };
}

/** The place as a word for an address. A fall before the first log has no log in it. */
export function rowIdText({ kind, blockNumber, logIndex }: RowId): string {
  return logIndex < 0 ? `${kind}-${blockNumber}` : `${kind}-${blockNumber}-${logIndex}`;
}

const ROW_ID = /^(loss|fall|recovery)-(\d{1,15})(?:-(\d{1,9}))?$/;

/** Reads a place from an address; undefined for anything that names none. */
export function parseRowId(text: string): RowId | undefined {
  const [, kind, block, log] = ROW_ID.exec(text) ?? [];
  if (block === undefined || (kind !== "loss" && kind !== "fall" && kind !== "recovery")) return undefined;
  return {
    kind,
    blockNumber: BigInt(block),
    logIndex: log === undefined ? -1 : Number.parseInt(log, 10),
  };
}

/** All rows of a ledger, newest first. */
export function rowsNewestFirst(ledger: Pick<FullLedger, "events" | "falls">): readonly AnyRow[] {
  const rows: AnyRow[] = [
    ...ledger.events.losses.map((row) => ({ kind: "loss" as const, row })),
    ...ledger.falls.map((row) => ({ kind: "fall" as const, row })),
    ...ledger.events.recoveries.map((row) => ({ kind: "recovery" as const, row })),
  ];
  return rows
    .map((one) => ({ one, at: rowIdOf(one) }))
    .sort((a, b) =>
      a.at.blockNumber === b.at.blockNumber
        ? b.at.logIndex - a.at.logIndex
        : a.at.blockNumber < b.at.blockNumber
          ? 1
          : -1,
    )
    .map(({ one }) => one);
}

/** The row at a place; undefined where the ledger holds none. */
export function rowAt(ledger: Pick<FullLedger, "events" | "falls">, id: RowId): AnyRow | undefined {
  return rowsNewestFirst(ledger).find((row) => rowIdText(rowIdOf(row)) === rowIdText(id));
}
