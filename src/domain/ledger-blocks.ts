import { orderedEventsOf } from "./history";
import { type Holdings, sharesAt } from "./holdings";
import { compareBigint } from "./math";
import type { Address, VaultEvent, VaultHistory } from "./model";

/** Blocks whose state must be read before everything about the past is known; each list ascending, each once. */
export interface LedgerBlocks {
  /** Totals at the end of these blocks. */
  readonly ends: readonly bigint[];
  /** Totals at the start of these blocks: their parents' state under their own clock. All are among `ends`. */
  readonly starts: readonly bigint[];
  /** Blocks in which somebody came or left: the open LP loss at their parents. */
  readonly shortfalls: readonly bigint[];
  /**
   * Other blocks in which a strategy parameter changed. Nothing moves there, but read at both ends they split time
   * into spans of one interest rate, which spares the search for hidden falls its detours. Never necessary.
   */
  readonly rateChanges: readonly bigint[];
}

/** What an address has to do with an event, for statements of that address alone. */
function concerns(event: VaultEvent, holder: Address, holdings: Holdings): boolean {
  switch (event.kind) {
    case "transfer":
      return event.from === holder || event.to === holder;
    case "deposit":
    case "withdraw":
      return event.owner === holder;
    case "loss":
    case "liquidated":
    case "recovery":
      return sharesAt(holdings, { holder, at: event }) > 0n;
    case "borrowed":
    case "repaid":
    case "bond-deposited":
    case "bond-withdrawn":
    case "deleveraged":
    case "interest-collected":
      return false;
  }
}

/** Whether the event can leave total assets or shares other than they were. */
function movesTotals(event: VaultEvent): boolean {
  return event.kind !== "bond-deposited" && event.kind !== "bond-withdrawn";
}

/**
 * Which blocks have to be read. Every block in which anything happened to shares, loans or total assets is read at
 * its end; every one in which more happened than transfers between holders also at its start, because only the two
 * together tell a loss without an event, or a fall, from interest. With `for`, only what the statement of one
 * address needs: the blocks of its own share changes, and losses and recoveries while it held shares.
 */
export function ledgerBlocksOf(
  history: Pick<VaultHistory, "vault" | "parameters">,
  only?: { readonly for: Address; readonly holdings: Holdings },
): LedgerBlocks {
  const ends: bigint[] = [];
  const starts: bigint[] = [];
  const shortfalls: bigint[] = [];
  for (const event of orderedEventsOf(history)) {
    if (!movesTotals(event)) continue;
    if (only !== undefined && !concerns(event, only.for, only.holdings)) continue;
    const { blockNumber, kind } = event;
    pushNew(ends, blockNumber);
    if (kind !== "transfer") pushNew(starts, blockNumber);
    if (kind === "deposit" || kind === "withdraw") pushNew(shortfalls, blockNumber);
  }
  return { ends, starts, shortfalls, rateChanges: only === undefined ? rateChangesOf(history, ends) : [] };
}

/** Appends to an ascending list what is not its last item. */
function pushNew(list: bigint[], block: bigint): void {
  if (list[list.length - 1] !== block) list.push(block);
}

function rateChangesOf(
  { parameters }: Pick<VaultHistory, "parameters">,
  ends: readonly bigint[],
): readonly bigint[] {
  const changes = new Set<bigint>();
  for (const { kind, blockNumber } of parameters) if (kind === "parameter") changes.add(blockNumber);
  if (changes.size === 0) return [];
  for (const block of ends) changes.delete(block);
  return [...changes].sort(compareBigint);
}
