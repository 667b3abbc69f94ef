import { compareAddress, isZeroAddress } from "./address";
import { compareLogs, type LogPosition, orderedLogs } from "./log-order";
import type { Address, LogRef } from "./model";

const ZERO_ADDRESS: Address = "0x0000000000000000000000000000000000000000";

/** A transfer of shares; mints come from the zero address, burns go to it. */
export type ShareTransfer = LogRef & {
  readonly from: Address;
  readonly to: Address;
  readonly shares: bigint;
};

/** One address and the shares it held. */
export interface Holding {
  readonly holder: Address;
  readonly shares: bigint;
}

/** The balances of one address over time: `shares[i]` from just after log `at[i]` on. */
interface Line {
  readonly at: LogPosition[];
  readonly shares: bigint[];
}

/** Every transfer in the order of the chain, with the places of its two sides among the addresses. */
interface Moves {
  readonly logs: readonly ShareTransfer[];
  /** Place in `addresses`; −1 for the zero address. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly shares: readonly bigint[];
}

/**
 * Share balances at every moment, replayed from transfers. Building is one pass; asking for one address at one
 * moment is a binary search in that address's own transfers; whoever asks for everybody at many moments passes the
 * moves once.
 */
export interface Holdings {
  /** Everybody who ever held shares, by address. */
  readonly lines: ReadonlyMap<Address, Line>;
  /** The keys of `lines` in the same order. */
  readonly addresses: readonly Address[];
  readonly moves: Moves;
  readonly supply: Line;
  /** The first transfer that took more than the address had: the transfers do not reach back far enough. */
  readonly firstOverdraft: ShareTransfer | undefined;
}

function lastShares(line: Line): bigint {
  const { length } = line.shares;
  return length === 0 ? 0n : (line.shares[length - 1] ?? 0n);
}

/** Addresses by the order in which they first appear, and how many transfers each takes part in. */
class Parties {
  readonly addresses: Address[] = [];
  readonly transfers: number[] = [];
  private readonly placeOf = new Map<Address, number>();

  /** Counts one transfer; −1 for the zero address. */
  count(address: Address): number {
    if (isZeroAddress(address)) return -1;
    const found = this.placeOf.get(address);
    if (found !== undefined) {
      this.transfers[found] = (this.transfers[found] ?? 0) + 1;
      return found;
    }
    const place = this.addresses.length;
    this.placeOf.set(address, place);
    this.addresses.push(address);
    this.transfers.push(1);
    return place;
  }
}

/** A line that is filled from the front; its arrays have their length from the beginning and never grow. */
class Filling {
  readonly line: Line;
  held = 0n;
  private next = 0;

  constructor(transfers: number) {
    this.line = { at: Array.from({ length: transfers }), shares: Array.from({ length: transfers }) };
  }

  change(at: LogPosition, shares: bigint): bigint {
    this.held += shares;
    this.line.at[this.next] = at;
    this.line.shares[this.next] = this.held;
    this.next += 1;
    return this.held;
  }
}

/** Replays transfers, in any order and with repeats, into the balances of every address at every moment. */
export function replayHoldings(transfers: readonly ShareTransfer[]): Holdings {
  const logs = orderedLogs(transfers);
  const parties = new Parties();
  const from = new Int32Array(logs.length);
  const to = new Int32Array(logs.length);
  let supplyChanges = 0;
  logs.forEach((log, index) => {
    const sender = parties.count(log.from);
    const receiver = parties.count(log.to);
    if (sender < 0) supplyChanges += 1;
    if (receiver < 0) supplyChanges += 1;
    from[index] = sender;
    to[index] = receiver;
  });
  // Ordered once here, so that no later question has to sort.
  const order = parties.addresses.map((_, place) => place);
  const addressAt = (place: number): Address => parties.addresses[place] ?? ZERO_ADDRESS;
  order.sort((a, b) => compareAddress(addressAt(a), addressAt(b)));
  const sorted = new Int32Array(order.length);
  order.forEach((place, at) => {
    sorted[place] = at;
  });
  const addresses = order.map(addressAt);
  const moves: Moves = {
    logs,
    from: from.map((place) => (place < 0 ? -1 : (sorted[place] ?? -1))),
    to: to.map((place) => (place < 0 ? -1 : (sorted[place] ?? -1))),
    shares: logs.map(({ shares }) => shares),
  };
  const filling = order.map((place) => new Filling(parties.transfers[place] ?? 0));
  const supply = new Filling(supplyChanges);
  let firstOverdraft: ShareTransfer | undefined;
  logs.forEach((log, index) => {
    const shares = moves.shares[index] ?? 0n;
    const sender = moves.from[index] ?? -1;
    const receiver = moves.to[index] ?? -1;
    if (sender < 0) supply.change(log, shares);
    else if ((filling[sender]?.change(log, -shares) ?? 0n) < 0n) firstOverdraft ??= log;
    if (receiver < 0) supply.change(log, -shares);
    else filling[receiver]?.change(log, shares);
  });
  return {
    lines: new Map(filling.map(({ line }, place) => [addresses[place] ?? ZERO_ADDRESS, line])),
    addresses,
    moves,
    supply: supply.line,
    firstOverdraft,
  };
}

/** How many of these places, which are in order, stand before `position`. */
function countBefore(places: readonly LogPosition[], position: LogPosition): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = places[middle];
    if (at !== undefined && compareLogs(at, position) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The balance just before the log at `position` was written. */
function sharesBefore(line: Line | undefined, position: LogPosition): bigint {
  if (line === undefined) return 0n;
  const count = countBefore(line.at, position);
  return count === 0 ? 0n : (line.shares[count - 1] ?? 0n);
}

/** How many transfers had happened when the log at `at` was written. */
export function movesBefore({ moves }: Holdings, at: LogPosition): number {
  return countBefore(moves.logs, at);
}

/** Shares an address held when the log at `at` was written, share units. */
export function sharesAt(
  holdings: Holdings,
  { holder, at }: { readonly holder: Address; readonly at: LogPosition },
): bigint {
  return sharesBefore(holdings.lines.get(holder), at);
}

/**
 * Shares of one address at moments that are asked for in the order of the chain; each transfer is passed once,
 * however many moments there are.
 */
export function sharesOver(holdings: Holdings, holder: Address): (at: LogPosition) => bigint {
  const line = holdings.lines.get(holder);
  let next = 0;
  return (at) => {
    if (line === undefined) return 0n;
    for (let log = line.at[next]; log !== undefined && compareLogs(log, at) < 0; log = line.at[next])
      next += 1;
    return next === 0 ? 0n : (line.shares[next - 1] ?? 0n);
  };
}

/** Shares an address holds after the last transfer. */
export function sharesAtEnd(holdings: Holdings, holder: Address): bigint {
  const line = holdings.lines.get(holder);
  return line === undefined ? 0n : lastShares(line);
}

/** The supply, as replayed from mints and burns, when the log at `at` was written. */
export function supplySharesAt(holdings: Holdings, at: LogPosition): bigint {
  return sharesBefore(holdings.supply, at);
}

/** The supply after the last transfer. */
export function supplySharesAtEnd(holdings: Holdings): bigint {
  return lastShares(holdings.supply);
}

/** Everybody who held shares when the log at `at` was written, by address. */
export function holdersAt(holdings: Holdings, at: LogPosition): readonly Holding[] {
  const found: Holding[] = [];
  for (const [holder, line] of holdings.lines) {
    const shares = sharesBefore(line, at);
    if (shares !== 0n) found.push({ holder, shares });
  }
  return found;
}

/** Everybody who holds shares after the last transfer, by address. */
export function holdersAtEnd(holdings: Holdings): readonly Holding[] {
  const found: Holding[] = [];
  for (const [holder, line] of holdings.lines) {
    const shares = lastShares(line);
    if (shares !== 0n) found.push({ holder, shares });
  }
  return found;
}
