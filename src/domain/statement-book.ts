import { type ActionTable, actionTableOf } from "./action-table";
import { type SplitRow, sharedLossOf, sharedRecoveryOf, splitRowsOf } from "./exposure";
import { known } from "./figure";
import type { Holdings } from "./holdings";
import type { LossRow, RecoveryRow } from "./ledger";
import type { FallRow, FullLedger, LogPrices, OpenShortfall } from "./ledger-model";
import { compareLogs, type LogPosition } from "./log-order";
import type { Address, BlockRef, Figure, LogRef, SharePrice, VaultHistory, VaultState } from "./model";
import { shareActionsOf } from "./share-actions";
import type { SharedAmount } from "./split-plan";
import { wholeReplayOf } from "./whole-replay";

/** What statements are made of; everything of one vault and one block. */
export interface StatementInput {
  readonly state: VaultState;
  readonly history: VaultHistory;
  readonly holdings: Holdings;
  readonly ledger: FullLedger;
  readonly prices: LogPrices;
  readonly openShortfalls: readonly OpenShortfall[];
}

/** A row of the full ledger that everybody who held shares took part in. */
export type BorneRow =
  | { readonly kind: "loss"; readonly row: LossRow }
  | { readonly kind: "fall"; readonly row: FallRow }
  | { readonly kind: "recovery"; readonly row: RecoveryRow };

/** Such a row as it stands in a statement, the same for every LP. */
export interface BookRow {
  readonly split: SplitRow<BorneRow>;
  readonly kind: BorneRow["kind"];
  readonly at: LogPosition;
  readonly atSeconds: bigint;
  readonly blockHash: BlockRef["hash"];
  readonly transactionHash: LogRef["transactionHash"] | undefined;
  readonly counterparty: Address | undefined;
  readonly priceBefore: Figure<SharePrice>;
  readonly priceAfter: Figure<SharePrice>;
}

/**
 * The statements of all LPs, prepared: one pass over the history and one over holders and rows. Any statement is then
 * a walk over that LP's own actions and the rows at which it held shares. Nothing is kept by LP and row.
 */
export interface StatementBook {
  readonly input: StatementInput;
  /** Whether the replay is whole; otherwise values, interest and totals are unknown for this reason. */
  readonly whole: Figure<true>;
  /** Everybody with a line, by address: also who has left. */
  readonly addresses: readonly Address[];
  readonly table: ActionTable;
  /** Losses, falls and recoveries together, in the order of the chain. */
  readonly rows: readonly BookRow[];
  readonly shortfalls: ReadonlyMap<bigint, Figure>;
}

function positionOfRow(borne: BorneRow): LogPosition {
  return borne.kind === "fall" ? borne.row.at : borne.row;
}

function sharedAmountOf(borne: BorneRow): Figure<SharedAmount> {
  switch (borne.kind) {
    case "loss":
      return sharedLossOf(borne.row);
    case "recovery":
      return sharedRecoveryOf(borne.row);
    case "fall": {
      const { at, lpLossAssets, totalSupplyShares } = borne.row;
      return known({ at, amountAssets: lpLossAssets, totalSupplyShares });
    }
  }
}

function bookRowOf(split: SplitRow<BorneRow>): BookRow {
  const borne = split.row;
  const { blockNumber, logIndex } = positionOfRow(borne);
  const place = { split, kind: borne.kind, at: { blockNumber, logIndex } };
  if (borne.kind === "fall") {
    const { to, priceBefore, priceAfter } = borne.row;
    return {
      ...place,
      atSeconds: to.timestampSeconds,
      blockHash: to.hash,
      transactionHash: undefined,
      counterparty: undefined,
      priceBefore: known(priceBefore),
      priceAfter: known(priceAfter),
    };
  }
  const { atSeconds, blockHash, transactionHash } = borne.row;
  const log = { ...place, atSeconds, blockHash, transactionHash };
  if (borne.kind === "loss") {
    const { manager, priceBefore, priceAfter } = borne.row;
    return { ...log, counterparty: manager, priceBefore, priceAfter };
  }
  const { from, priceBefore, priceAfter } = borne.row;
  return { ...log, counterparty: from, priceBefore: known(priceBefore), priceAfter: known(priceAfter) };
}

function rowsOf({ ledger, holdings, state }: StatementInput): readonly BookRow[] {
  const rows: readonly BorneRow[] = [
    ...ledger.falls.map((row) => ({ kind: "fall" as const, row })),
    ...ledger.events.losses.map((row) => ({ kind: "loss" as const, row })),
    ...ledger.events.recoveries.map((row) => ({ kind: "recovery" as const, row })),
  ].sort((a, b) => compareLogs(positionOfRow(a), positionOfRow(b)));
  return splitRowsOf({
    rows,
    amountOf: sharedAmountOf,
    holdings,
    virtualShares: state.virtualShares,
  }).map(bookRowOf);
}

/** Prepares all statements. Cost: events + holders × (losses, falls and recoveries). */
export function statementBookOf(input: StatementInput): StatementBook {
  const { history, prices } = input;
  const rows = rowsOf(input);
  const table = actionTableOf({
    actions: shareActionsOf(history),
    prices,
    rowsAt: rows.map(({ at }) => at),
  });
  return {
    input,
    whole: wholeReplayOf(input),
    addresses: table.addresses,
    table,
    rows,
    shortfalls: new Map(
      input.openShortfalls.map(({ blockNumber, openLpLossAssets }) => [blockNumber, openLpLossAssets]),
    ),
  };
}
