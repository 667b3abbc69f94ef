import { assert } from "@/shared/assert";
import { compareAddress, isZeroAddress } from "./address";
import { compareLogs, type LogPosition, orderedLogs } from "./log-order";
import type { Address, LogRef } from "./model";

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

function push(line: Line, at: LogPosition, change: bigint): bigint {
  const shares = lastShares(line) + change;
  line.shares.push(shares);
  line.at.push(at);
  return shares;
}

/** Lines by the order in which their addresses first appear. */
class Lines {
  readonly addresses: Address[] = [];
  private readonly lines: Line[] = [];
  private readonly placeOf = new Map<Address, number>();

  /** −1 for the zero address. */
  place(address: Address): number {
    if (isZeroAddress(address)) return -1;
    const found = this.placeOf.get(address);
    if (found !== undefined) return found;
    const place = this.lines.length;
    this.placeOf.set(address, place);
    this.addresses.push(address);
    this.lines.push({ at: [], shares: [] });
    return place;
  }

  line(place: number): Line {
    const line = this.lines[place];
    assert(line !== undefined, "every place has a line");
    return line;
  }
}

/** Replays transfers, in any order and with repeats, into the balances of every address at every moment. */
export function replayHoldings(transfers: readonly ShareTransfer[]): Holdings {
  const logs = orderedLogs(transfers);
  const found = new Lines();
  const supply: Line = { at: [], shares: [] };
  const from = new Int32Array(logs.length);
  const to = new Int32Array(logs.length);
  const moved: bigint[] = [];
  let firstOverdraft: ShareTransfer | undefined;
  logs.forEach((log, index) => {
    const { shares } = log;
    moved.push(shares);
    const sender = found.place(log.from);
    const receiver = found.place(log.to);
    from[index] = sender;
    to[index] = receiver;
    const held = push(sender < 0 ? supply : found.line(sender), log, sender < 0 ? shares : -shares);
    if (sender >= 0 && held < 0n) firstOverdraft ??= log;
    push(receiver < 0 ? supply : found.line(receiver), log, receiver < 0 ? -shares : shares);
  });
  // Ordered once here, so that no later question has to sort.
  const order = found.addresses
    .map((address, place) => ({ address, place }))
    .sort((a, b) => compareAddress(a.address, b.address));
  const newPlace = new Int32Array(order.length);
  order.forEach(({ place }, sorted) => {
    newPlace[place] = sorted;
  });
  const inOrder = (places: Int32Array) => places.map((place) => (place < 0 ? -1 : (newPlace[place] ?? -1)));
  return {
    lines: new Map(order.map(({ address, place }) => [address, found.line(place)])),
    addresses: order.map(({ address }) => address),
    moves: { logs, from: inOrder(from), to: inOrder(to), shares: moved },
    supply,
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
