import { type ActionPrices, pricesOfActions } from "./action-prices";
import { compareAddress, isZeroAddress } from "./address";
import { type SplitRow, sharedLossOf, sharedRecoveryOf, splitRowsOf } from "./exposure";
import { known } from "./figure";
import type { Holdings } from "./holdings";
import type { LossRow, RecoveryRow } from "./ledger";
import type { FallRow, FullLedger, LogPrices, OpenShortfall } from "./ledger-model";
import { compareLogs, type LogPosition } from "./log-order";
import type { Address, BlockRef, Figure, LogRef, SharePrice, VaultHistory, VaultState } from "./model";
import { positionOfAction, type ShareAction, shareActionsOf } from "./share-actions";
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
  readonly placeOf: ReadonlyMap<Address, number>;
  readonly actions: readonly ShareAction[];
  readonly actionPrices: ActionPrices;
  /** Actions of the address at place p: `ownActions` from `firstOwn[p]` up to `firstOwn[p + 1]`, ascending. */
  readonly ownActions: Int32Array;
  readonly firstOwn: Int32Array;
  /** Losses, falls and recoveries together, in the order of the chain. */
  readonly rows: readonly BookRow[];
  /** For each action, how many rows stand before it. */
  readonly rowsBefore: Int32Array;
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

/** The actions of everybody, in the order of the addresses, one array for all of them. */
function ownActionsOf(actions: readonly ShareAction[]) {
  const placeOf = new Map<Address, number>();
  const found: Address[] = [];
  const places: number[] = [];
  const which: number[] = [];
  const add = (address: Address, index: number): void => {
    if (isZeroAddress(address)) return;
    let place = placeOf.get(address);
    if (place === undefined) {
      place = found.length;
      placeOf.set(address, place);
      found.push(address);
    }
    places.push(place);
    which.push(index);
  };
  actions.forEach(({ transfer, flow }, index) => {
    if (flow !== undefined) {
      add(flow.owner, index);
    } else if (transfer !== undefined && transfer.shares > 0n && transfer.from !== transfer.to) {
      // Nothing moved otherwise, and whoever was only named by such a log never held anything.
      add(transfer.from, index);
      add(transfer.to, index);
    }
  });
  const addresses = found.slice().sort(compareAddress);
  addresses.forEach((address, place) => placeOf.set(address, place));
  const sorted = Int32Array.from(found, (address) => placeOf.get(address) ?? -1);
  return {
    addresses,
    placeOf,
    ...groupedBy({ places: places.map((place) => sorted[place] ?? -1), which, count: found.length }),
  };
}

/** Numbers grouped by place, each group in the order of the input: group p from `firstOwn[p]` on. */
function groupedBy(input: {
  readonly places: readonly number[];
  readonly which: readonly number[];
  readonly count: number;
}) {
  const { places, which, count } = input;
  const firstOwn = new Int32Array(count + 1);
  for (const place of places) firstOwn[place + 1] = (firstOwn[place + 1] ?? 0) + 1;
  for (let place = 0; place < count; place += 1) {
    firstOwn[place + 1] = (firstOwn[place + 1] ?? 0) + (firstOwn[place] ?? 0);
  }
  const next = firstOwn.slice();
  const ownActions = new Int32Array(which.length);
  which.forEach((index, at) => {
    const place = places[at] ?? 0;
    const free = next[place] ?? 0;
    ownActions[free] = index;
    next[place] = free + 1;
  });
  return { firstOwn, ownActions };
}

function rowsBeforeOf(actions: readonly ShareAction[], rows: readonly BookRow[]): Int32Array {
  const before = new Int32Array(actions.length);
  let count = 0;
  actions.forEach((action, index) => {
    const at = positionOfAction(action);
    // A fall stands before the log at its position, so equal is before.
    for (let row = rows[count]; row !== undefined && compareLogs(row.at, at) <= 0; row = rows[count]) {
      count += 1;
    }
    before[index] = count;
  });
  return before;
}

/** Prepares all statements. Cost: events + holders × (losses, falls and recoveries). */
export function statementBookOf(input: StatementInput): StatementBook {
  const actions = shareActionsOf(input.history);
  const rows = rowsOf(input);
  return {
    input,
    whole: wholeReplayOf(input),
    ...ownActionsOf(actions),
    actions,
    actionPrices: pricesOfActions(actions, input.prices),
    rows,
    rowsBefore: rowsBeforeOf(actions, rows),
    shortfalls: new Map(
      input.openShortfalls.map(({ blockNumber, openLpLossAssets }) => [blockNumber, openLpLossAssets]),
    ),
  };
}
