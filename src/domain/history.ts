import { isZeroAddress } from "./address";
import { compareLogs, markOrdered, orderedLogs } from "./log-order";
import { sumOf } from "./math";
import type { Address, VaultEvent, VaultHistory } from "./model";

/** A vault's events of one kind. */
export type VaultEventOf<K extends VaultEvent["kind"]> = Extract<VaultEvent, { readonly kind: K }>;

/** A vault's events in order, whole and by kind. */
interface OrderedEvents {
  /** Of the list that they were taken from: one that has grown is ordered again. */
  readonly length: number;
  readonly all: readonly VaultEvent[];
  readonly byKind: ReadonlyMap<VaultEvent["kind"], readonly VaultEvent[]>;
}

/** Ordered once for each list of events, however many figures ask for them. */
const orderedByList = new WeakMap<readonly VaultEvent[], OrderedEvents>();

function orderedOf({ vault }: Pick<VaultHistory, "vault">): OrderedEvents {
  const found = orderedByList.get(vault);
  if (found?.length === vault.length) return found;
  const all = orderedLogs(vault);
  const byKind = new Map<VaultEvent["kind"], VaultEvent[]>();
  for (const event of all) {
    const { kind } = event;
    const list = byKind.get(kind);
    if (list === undefined) byKind.set(kind, [event]);
    else list.push(event);
  }
  for (const list of byKind.values()) markOrdered(list);
  const ordered = { length: vault.length, all, byKind };
  orderedByList.set(vault, ordered);
  return ordered;
}

/** All of a vault's events in the order of the chain, each once. */
export function orderedEventsOf(history: Pick<VaultHistory, "vault">): readonly VaultEvent[] {
  return orderedOf(history).all;
}

/** The events of one kind, in the order of the chain, each once. */
export function eventsOf<K extends VaultEvent["kind"]>(
  history: Pick<VaultHistory, "vault">,
  kind: K,
): readonly VaultEventOf<K>[] {
  return (orderedOf(history).byKind.get(kind) ?? []) as readonly VaultEventOf<K>[];
}

/**
 * The history as it stood at the end of a block: what a page pinned to that block may know. A history that ends
 * before the block is no longer complete.
 */
export function historyUpTo(history: VaultHistory, blockNumber: bigint): VaultHistory {
  if (history.toBlock === blockNumber) return history;
  const isInside = (log: { readonly blockNumber: bigint }) => log.blockNumber <= blockNumber;
  return {
    fromBlock: history.fromBlock,
    toBlock: blockNumber,
    complete: history.complete && history.toBlock > blockNumber,
    vault: history.vault.filter(isInside),
    parameters: history.parameters.filter(isInside),
    timelock: history.timelock.filter(isInside),
  };
}

/** Every manager that ever posted a bond, borrowed, repaid or was closed, in order of first appearance. */
export function managersOf(history: Pick<VaultHistory, "vault">): readonly Address[] {
  const found = new Set<Address>();
  for (const event of [...history.vault].sort(compareLogs)) {
    if ("manager" in event) found.add(event.manager);
  }
  return [...found];
}

/** Every address that ever held or received shares, in order of first appearance. */
export function holdersOf(history: Pick<VaultHistory, "vault">): readonly Address[] {
  const found = new Set<Address>();
  for (const event of eventsOf(history, "transfer")) {
    if (!isZeroAddress(event.to)) found.add(event.to);
  }
  return [...found];
}

/** Base assets ever lent out, by the borrow events. */
export function lentAssets(history: Pick<VaultHistory, "vault">): bigint {
  return sumOf(eventsOf(history, "borrowed").map(({ assets }) => assets));
}

/** Base assets ever deposited, by the deposit events. */
export function suppliedAssets(history: Pick<VaultHistory, "vault">): bigint {
  return sumOf(eventsOf(history, "deposit").map(({ assets }) => assets));
}
