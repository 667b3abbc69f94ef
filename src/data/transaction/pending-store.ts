import { decodeStored, encodeStored, type StoredTransaction } from "./stored-shape";

/** Transactions that are not settled, kept where a reload and another tab find them. */
export interface PendingStore {
  /** false: the browser keeps nothing for this page, so a reload would lose sight of what is under way. */
  readonly durable: boolean;
  all(): readonly StoredTransaction[];
  put(record: StoredTransaction): void;
  remove(id: string): void;
}

/** The part of `Storage` that is used. */
export type TextStorage = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const PREFIX = "plimsoll.transaction.";

/** For tests, and for a browser that keeps nothing. */
export function memoryPendingStore(): PendingStore {
  const records = new Map<string, StoredTransaction>();
  return {
    durable: false,
    all: () => [...records.values()],
    put: (record) => {
      records.set(record.id, record);
    },
    remove: (id) => {
      records.delete(id);
    },
  };
}

/**
 * One entry a transaction, so that two tabs never overwrite each other's. An entry that does not read back as ours
 * is passed over and left alone: it may belong to another version of this app.
 */
export function storagePendingStore(storage: TextStorage): PendingStore {
  return {
    durable: true,
    all() {
      const names = Array.from({ length: storage.length }, (_, index) => storage.key(index));
      return names
        .filter((name) => name?.startsWith(PREFIX) === true)
        .map((name) => decodeStored(storage.getItem(name ?? "") ?? ""))
        .filter((record) => record !== undefined);
    },
    put: (record) => storage.setItem(`${PREFIX}${record.id}`, encodeStored(record)),
    remove: (id) => storage.removeItem(`${PREFIX}${id}`),
  };
}

/** The browser's storage if a trial write succeeds, else memory (private windows, blocked storage, full quota). */
export function openPendingStore(storage: () => TextStorage): PendingStore {
  const trial = `${PREFIX}trial`;
  try {
    const opened = storage();
    opened.setItem(trial, "1");
    opened.removeItem(trial);
    return storagePendingStore(opened);
  } catch {
    // The reason differs by browser and does not matter: `durable` tells the page to say so.
    return memoryPendingStore();
  }
}
