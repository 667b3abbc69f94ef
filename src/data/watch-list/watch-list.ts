import type { Address } from "@/domain/model";
import { sanitiseText } from "@/shared/text";
import { parseAddress } from "../parse-address";

/** An address that somebody wants to keep an eye on. */
export interface WatchedAddress {
  readonly address: Address;
  /** The watcher's own word for it; undefined where none was given. */
  readonly label: string | undefined;
}

export type WatchListIssue =
  /** The text is no address; `message` says what is wrong and the cure. */
  | { readonly kind: "not-an-address"; readonly message: string }
  | { readonly kind: "already-watched"; readonly address: Address }
  | { readonly kind: "full"; readonly limit: number };

export type WatchResult =
  | { readonly ok: true; readonly address: Address }
  | { readonly ok: false; readonly issue: WatchListIssue };

/** Watched addresses, a list for each chain, kept by the browser. */
export interface WatchListStore {
  /** false: the browser keeps nothing for this page. */
  readonly isDurable: boolean;
  /** The same list until something changes. */
  list(chainId: number): readonly WatchedAddress[];
  add(entry: {
    readonly chainId: number;
    readonly text: string;
    readonly label?: string | undefined;
  }): WatchResult;
  remove(entry: { readonly chainId: number; readonly address: Address }): void;
  subscribe(listener: () => void): () => void;
}

/** More than anybody reads, and few enough to sum on every block. */
export const WATCH_LIST_LIMIT = 100;
const LABEL_LENGTH = 40;
const PREFIX = "plimsoll.watch.";
const EMPTY: readonly WatchedAddress[] = [];

interface WatchListArgs {
  readonly storage: Pick<Storage, "getItem" | "setItem"> | undefined;
  /** Tells of changes made in other tabs. */
  readonly events: Pick<Window, "addEventListener" | "removeEventListener">;
}

export function createWatchList({ storage, events }: WatchListArgs): WatchListStore {
  const lists = new Map<number, readonly WatchedAddress[]>();
  const listeners = new Set<() => void>();
  let isDurable = storage !== undefined;

  function tell(): void {
    for (const listener of listeners) listener();
  }

  function list(chainId: number): readonly WatchedAddress[] {
    const known = lists.get(chainId);
    if (known !== undefined) return known;
    const read = storage === undefined ? EMPTY : decode(storage.getItem(`${PREFIX}${chainId}`));
    lists.set(chainId, read);
    return read;
  }

  function save(chainId: number, next: readonly WatchedAddress[]): void {
    lists.set(chainId, next);
    try {
      storage?.setItem(`${PREFIX}${chainId}`, JSON.stringify(next));
    } catch {
      // Full or blocked: the list goes on in memory, and the page says that it will not be kept.
      isDurable = false;
    }
    tell();
  }

  const onStorage = (event: Event): void => {
    if (!(event instanceof StorageEvent) || event.key?.startsWith(PREFIX) === false) return;
    lists.clear();
    tell();
  };

  return {
    get isDurable() {
      return isDurable;
    },
    list,
    add({ chainId, text, label }) {
      const parsed = parseAddress(text);
      if (!parsed.ok) return { ok: false, issue: { kind: "not-an-address", message: parsed.message } };
      const { address } = parsed;
      const current = list(chainId);
      if (current.some((one) => one.address === address)) {
        return { ok: false, issue: { kind: "already-watched", address } };
      }
      if (current.length >= WATCH_LIST_LIMIT) {
        return { ok: false, issue: { kind: "full", limit: WATCH_LIST_LIMIT } };
      }
      save(chainId, [...current, { address, label: labelOf(label) }]);
      return { ok: true, address };
    },
    remove({ chainId, address }) {
      const current = list(chainId);
      const next = current.filter((one) => one.address !== address);
      if (next.length !== current.length) save(chainId, next);
    },
    subscribe(listener) {
      if (listeners.size === 0) events.addEventListener("storage", onStorage);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) events.removeEventListener("storage", onStorage);
      };
    },
  };
}

function labelOf(text: string | undefined): string | undefined {
  const trimmed = text?.trim() ?? "";
  return trimmed === "" ? undefined : sanitiseText(trimmed, LABEL_LENGTH);
}

/** What of a stored text is a watch list: every entry that is one, once each, up to the limit. */
function decode(text: string | null): readonly WatchedAddress[] {
  if (text === null) return EMPTY;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // Not ours, or cut short: an empty list, written anew at the next change.
    return EMPTY;
  }
  if (!Array.isArray(parsed)) return EMPTY;
  const entries = new Map<Address, WatchedAddress>();
  for (const item of parsed as readonly unknown[]) {
    if (typeof item !== "object" || item === null || !("address" in item)) continue;
    const address = typeof item.address === "string" ? parseAddress(item.address) : undefined;
    if (address?.ok !== true || entries.has(address.address) || entries.size >= WATCH_LIST_LIMIT) continue;
    const label = "label" in item && typeof item.label === "string" ? labelOf(item.label) : undefined;
    entries.set(address.address, { address: address.address, label });
  }
  return [...entries.values()];
}
