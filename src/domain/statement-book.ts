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

/** Whose lines an action makes: one, or both sides of a transfer; nobody's where nothing moved. */
export function partiesOf({ transfer, flow }: ShareAction): readonly Address[] {
  if (flow !== undefined) return [flow.owner];
  if (transfer === undefined || transfer.shares === 0n || transfer.from === transfer.to) return [];
  return [transfer.from, transfer.to];
}

function addressesOf(actions: readonly ShareAction[]): readonly Address[] {
  const found = new Set<Address>();
  for (const action of actions) for (const party of partiesOf(action)) found.add(party);
  return [...found].filter((address) => !isZeroAddress(address)).sort(compareAddress);
}

/** The actions of each address, one array for all of them. */
function ownActionsOf(actions: readonly ShareAction[], placeOf: ReadonlyMap<Address, number>) {
  const firstOwn = new Int32Array(placeOf.size + 1);
  const places: number[] = [];
  const which: number[] = [];
  actions.forEach((action, index) => {
    for (const party of partiesOf(action)) {
      const place = placeOf.get(party);
      if (place === undefined) continue;
      places.push(place);
      which.push(index);
      firstOwn[place + 1] = (firstOwn[place + 1] ?? 0) + 1;
    }
  });
  for (let place = 0; place < placeOf.size; place += 1) {
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
  const addresses = addressesOf(actions);
  const placeOf = new Map(addresses.map((address, place) => [address, place]));
  return {
    input,
    whole: wholeReplayOf(input),
    addresses,
    placeOf,
    actions,
    ...ownActionsOf(actions, placeOf),
    rows,
    rowsBefore: rowsBeforeOf(actions, rows),
    shortfalls: new Map(
      input.openShortfalls.map(({ blockNumber, openLpLossAssets }) => [blockNumber, openLpLossAssets]),
    ),
  };
}
