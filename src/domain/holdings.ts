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

/**
 * Share balances at every moment, replayed from transfers. Building is one pass; asking for one address at one
 * moment is a binary search in that address's own transfers.
 */
export interface Holdings {
  /** Everybody who ever held shares, by address. */
  readonly lines: ReadonlyMap<Address, Line>;
  readonly supply: Line;
  /** The first transfer that took more than the address had: the transfers do not reach back far enough. */
  readonly firstOverdraft: ShareTransfer | undefined;
}

function lastShares(line: Line): bigint {
  return line.shares.at(-1) ?? 0n;
}

function push(line: Line, at: LogPosition, change: bigint): void {
  line.shares.push(lastShares(line) + change);
  line.at.push(at);
}

function lineOf(lines: Map<Address, Line>, address: Address): Line {
  const found = lines.get(address);
  if (found !== undefined) return found;
  const line: Line = { at: [], shares: [] };
  lines.set(address, line);
  return line;
}

/** Replays transfers, in any order and with repeats, into the balances of every address at every moment. */
export function replayHoldings(transfers: readonly ShareTransfer[]): Holdings {
  const lines = new Map<Address, Line>();
  const supply: Line = { at: [], shares: [] };
  let firstOverdraft: ShareTransfer | undefined;
  for (const transfer of orderedLogs(transfers)) {
    const at: LogPosition = { blockNumber: transfer.blockNumber, logIndex: transfer.logIndex };
    const { from, to, shares } = transfer;
    if (isZeroAddress(from)) {
      push(supply, at, shares);
    } else {
      const line = lineOf(lines, from);
      push(line, at, -shares);
      if (lastShares(line) < 0n) firstOverdraft ??= transfer;
    }
    if (isZeroAddress(to)) push(supply, at, -shares);
    else push(lineOf(lines, to), at, shares);
  }
  // Ordered once here, so that no later question has to sort.
  const ordered = new Map([...lines].sort(([a], [b]) => compareAddress(a, b)));
  return { lines: ordered, supply, firstOverdraft };
}

/** The balance just before the log at `position` was written. */
function sharesBefore(line: Line | undefined, position: LogPosition): bigint {
  if (line === undefined) return 0n;
  let low = 0;
  let high = line.at.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = line.at[middle];
    if (at !== undefined && compareLogs(at, position) < 0) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0n : (line.shares[low - 1] ?? 0n);
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
