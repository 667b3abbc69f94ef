import type { LossRow, RecoveryRow } from "@/domain/ledger";
import type { FallRow, FullLedger } from "@/domain/ledger-model";
import type { Figure, SharePrice, VaultState } from "@/domain/model";
import type { CsvTable } from "@/shared/csv";
import { formatExactAmount, formatTimestamp } from "@/shared/format";
import { type AnyRow, rowIdOf, rowsNewestFirst } from "./ledger-row-id";
import { badgeOfLoss } from "./reconciliation";

const COLUMNS = [
  "kind",
  "block",
  "block hash",
  "log",
  "time",
  "transaction",
  "manager or payer",
  "liquidator",
  "true debt",
  "position value",
  "payment",
  "bad debt",
  "LP loss",
  "recovered",
  "share price before: assets",
  "share price before: shares",
  "share price after: assets",
  "share price after: shares",
  "reconciliation",
] as const;

type Cells = Readonly<Partial<Record<(typeof COLUMNS)[number], string>>>;

const MONEY = new Set<string>(["true debt", "position value", "payment", "bad debt", "LP loss", "recovered"]);

/**
 * The ledger for a spreadsheet, oldest first, amounts with every digit. Share prices are pairs in base units, virtual
 * asset and shares included: a quotient would be rounded. What is not known says why.
 */
export function ledgerCsv(ledger: Pick<FullLedger, "events" | "falls">, state: VaultState): CsvTable {
  const { symbol } = state.asset;
  const rows = rowsNewestFirst(ledger)
    .toReversed()
    .map((row) => cellsOf(row, state));
  return {
    header: COLUMNS.map((name) => (MONEY.has(name) ? `${name} (${symbol})` : name)),
    rows: rows.map((cells) => COLUMNS.map((name) => cells[name] ?? "")),
  };
}

function cellsOf(row: AnyRow, state: VaultState): Cells {
  const { blockNumber, logIndex } = rowIdOf(row);
  const place = { block: `${blockNumber}`, log: logIndex < 0 ? "" : `${logIndex}` };
  switch (row.kind) {
    case "loss":
      return { ...place, ...lossCells(row.row, state) };
    case "fall":
      return { ...place, ...fallCells(row.row, state) };
    case "recovery":
      return { ...place, ...recoveryCells(row.row, state) };
  }
}

function lossCells(row: LossRow, state: VaultState): Cells {
  const exact = (figure: Figure): string => exactOf(figure, state);
  return {
    kind: row.source === "event" ? "loss" : "loss, derived",
    "block hash": row.blockHash,
    time: formatTimestamp(row.atSeconds),
    transaction: row.transactionHash,
    "manager or payer": row.manager,
    liquidator: row.liquidator ?? "",
    "true debt": exact(row.trueDebtAssets),
    "position value": exact(row.positionValueAssets),
    payment: exact(row.paymentAssets),
    "bad debt": exact({ kind: "known", value: row.badDebtAssets }),
    "LP loss": exact(row.lpLossAssets),
    ...priceCells(row.priceBefore, row.priceAfter),
    reconciliation: badgeOfLoss(row, state).text,
  };
}

function fallCells(row: FallRow, state: VaultState): Cells {
  return {
    kind: state.flux === undefined ? "suspected loss" : "unexplained fall",
    "block hash": row.to.hash,
    time: formatTimestamp(row.to.timestampSeconds),
    "LP loss": exactOf({ kind: "known", value: row.lpLossAssets }, state),
    ...priceCells({ kind: "known", value: row.priceBefore }, { kind: "known", value: row.priceAfter }),
    reconciliation: "no event",
  };
}

function recoveryCells(row: RecoveryRow, state: VaultState): Cells {
  return {
    kind: "recovery",
    "block hash": row.blockHash,
    time: formatTimestamp(row.atSeconds),
    transaction: row.transactionHash,
    "manager or payer": row.from,
    recovered: exactOf({ kind: "known", value: row.assets }, state),
    ...priceCells({ kind: "known", value: row.priceBefore }, { kind: "known", value: row.priceAfter }),
  };
}

function exactOf(figure: Figure, state: VaultState): string {
  return figure.kind === "known"
    ? formatExactAmount({ value: figure.value, decimals: state.asset.decimals })
    : `unknown (${figure.reason})`;
}

function priceCells(before: Figure<SharePrice>, after: Figure<SharePrice>): Cells {
  const part = (price: Figure<SharePrice>, of: keyof SharePrice): string =>
    price.kind === "known" ? `${price.value[of]}` : `unknown (${price.reason})`;
  return {
    "share price before: assets": part(before, "assets"),
    "share price before: shares": part(before, "shares"),
    "share price after: assets": part(after, "assets"),
    "share price after: shares": part(after, "shares"),
  };
}
