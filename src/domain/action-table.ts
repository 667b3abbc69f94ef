import { compareAddress, isZeroAddress } from "./address";
import type { LogPrices } from "./ledger-model";
import { compareLogs, type LogPosition } from "./log-order";
import type { Address, Figure, SharePrice } from "./model";
import { positionOfAction, type ShareAction } from "./share-actions";

/** What an action is, as a number in a table. */
export const ACTION_KIND = { deposit: 0, withdrawal: 1, transfer: 2 } as const;

/**
 * All share actions as columns, in the order of the chain. Every address's lines, one after the other or all at once,
 * are read from here: a hundred thousand logs are looked up once, not by everybody who took part in them.
 */
export interface ActionTable {
  readonly actions: readonly ShareAction[];
  /** Of {@link ACTION_KIND}. */
  readonly kinds: Uint8Array;
  /** Places of who gained and who gave shares among `addresses`; −1 for nobody. */
  readonly gains: Int32Array;
  readonly gives: Int32Array;
  readonly shares: readonly bigint[];
  /** Paid in or out; zero for a transfer, whose value is its shares at the price. */
  readonly assets: readonly bigint[];
  readonly priceBefore: readonly Figure<SharePrice>[];
  readonly priceAfter: readonly Figure<SharePrice>[];
  /** The supply just before, as replayed. */
  readonly supplyBefore: readonly bigint[];
  /** How many rows of the ledger stand before the action. */
  readonly rowsBefore: Int32Array;
  /** Everybody with an action, by address. */
  readonly addresses: readonly Address[];
  readonly placeOf: ReadonlyMap<Address, number>;
  /** Actions of the address at place p: `ownActions` from `firstOwn[p]` up to `firstOwn[p + 1]`, ascending. */
  readonly ownActions: Int32Array;
  readonly firstOwn: Int32Array;
}

/**
 * Deposits and withdrawals have the prices before and after the whole action. A transfer moves no price. Shares that
 * are minted or burned without money change the price for everybody: minted ones count at the price that they left
 * behind, burned ones at the price that they had, and what that did to other shares is interest, as for every holder.
 */
function pricesAround({ log, transfer }: ShareAction, prices: LogPrices) {
  if (log.kind === "transfer") {
    const price = isZeroAddress(log.from) ? prices.after(log) : prices.before(log);
    return { before: price, after: price };
  }
  const isFirst = transfer === undefined || compareLogs(log, transfer) < 0;
  const [first, last] = isFirst ? [log, transfer ?? log] : [transfer, log];
  return { before: prices.before(first), after: prices.after(last) };
}

/** Places by the order in which addresses first appear, until they are sorted. */
class Places {
  readonly found: Address[] = [];
  private readonly placeOf = new Map<Address, number>();

  /** −1 for the zero address. */
  of(address: Address): number {
    if (isZeroAddress(address)) return -1;
    const known = this.placeOf.get(address);
    if (known !== undefined) return known;
    const place = this.found.length;
    this.placeOf.set(address, place);
    this.found.push(address);
    return place;
  }

  /** The addresses in order, and what becomes of each place. */
  sorted() {
    const addresses = this.found.slice().sort(compareAddress);
    const placeOf = new Map(addresses.map((address, place) => [address, place]));
    const newPlace = Int32Array.from(this.found, (address) => placeOf.get(address) ?? -1);
    return { addresses, placeOf, newPlace };
  }
}

/** Whose shares an action changes; nobody's where nothing moved, so that who is only named by a log has no line. */
function partiesOf({ transfer, flow }: ShareAction, places: Places) {
  if (flow?.kind === "deposit") return { gains: places.of(flow.owner), gives: -1 };
  if (flow?.kind === "withdraw") return { gains: -1, gives: places.of(flow.owner) };
  if (transfer === undefined || transfer.shares === 0n || transfer.from === transfer.to) {
    return { gains: -1, gives: -1 };
  }
  return { gains: places.of(transfer.to), gives: places.of(transfer.from) };
}

function kindOf({ flow }: ShareAction): number {
  if (flow === undefined) return ACTION_KIND.transfer;
  return flow.kind === "deposit" ? ACTION_KIND.deposit : ACTION_KIND.withdrawal;
}

/** Indices of actions grouped by the places of their parties, ascending in each group. */
function grouped({ gains, gives, count }: { gains: Int32Array; gives: Int32Array; count: number }) {
  const firstOwn = new Int32Array(count + 1);
  const add = (places: Int32Array) => {
    for (const place of places) if (place >= 0) firstOwn[place + 1] = (firstOwn[place + 1] ?? 0) + 1;
  };
  add(gains);
  add(gives);
  for (let place = 0; place < count; place += 1) {
    firstOwn[place + 1] = (firstOwn[place + 1] ?? 0) + (firstOwn[place] ?? 0);
  }
  const next = firstOwn.slice();
  const ownActions = new Int32Array(firstOwn[count] ?? 0);
  const put = (place: number, index: number): void => {
    if (place < 0) return;
    const free = next[place] ?? 0;
    ownActions[free] = index;
    next[place] = free + 1;
  };
  for (let index = 0; index < gains.length; index += 1) {
    put(gives[index] ?? -1, index);
    put(gains[index] ?? -1, index);
  }
  return { firstOwn, ownActions };
}

/** Makes the table: one pass over the actions. `rowsAt` are the places of the ledger's rows, ascending. */
export function actionTableOf(input: {
  readonly actions: readonly ShareAction[];
  readonly prices: LogPrices;
  readonly rowsAt: readonly LogPosition[];
}): ActionTable {
  const { actions, prices, rowsAt } = input;
  const count = actions.length;
  const kinds = new Uint8Array(count);
  const gains = new Int32Array(count);
  const gives = new Int32Array(count);
  const rowsBefore = new Int32Array(count);
  const shares: bigint[] = [];
  const assets: bigint[] = [];
  const priceBefore: Figure<SharePrice>[] = [];
  const priceAfter: Figure<SharePrice>[] = [];
  const supplyBefore: bigint[] = [];
  const places = new Places();
  let supply = 0n;
  let row = 0;
  actions.forEach((action, index) => {
    const { transfer } = action;
    const at = positionOfAction(action);
    // A fall stands before the log at its position, so equal is before.
    for (let rowAt = rowsAt[row]; rowAt !== undefined && compareLogs(rowAt, at) <= 0; rowAt = rowsAt[row]) {
      row += 1;
    }
    rowsBefore[index] = row;
    kinds[index] = kindOf(action);
    const parties = partiesOf(action, places);
    gains[index] = parties.gains;
    gives[index] = parties.gives;
    const around = pricesAround(action, prices);
    priceBefore.push(around.before);
    priceAfter.push(around.after);
    shares.push(transfer?.shares ?? 0n);
    assets.push(action.flow?.assets ?? 0n);
    supplyBefore.push(supply);
    if (transfer !== undefined) {
      if (isZeroAddress(transfer.from)) supply += transfer.shares;
      if (isZeroAddress(transfer.to)) supply -= transfer.shares;
    }
  });
  const { addresses, placeOf, newPlace } = places.sorted();
  const inOrder = (list: Int32Array) => list.map((place) => (place < 0 ? -1 : (newPlace[place] ?? -1)));
  const parties = { gains: inOrder(gains), gives: inOrder(gives) };
  return {
    actions,
    kinds,
    ...parties,
    shares,
    assets,
    priceBefore,
    priceAfter,
    supplyBefore,
    rowsBefore,
    addresses,
    placeOf,
    ...grouped({ ...parties, count: addresses.length }),
  };
}
