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
 * is passed over and left alone: it may belong to another version of this app. A write that the browser refuses
 * (quota, storage blocked meanwhile) never gets in the way of a transaction: the record is then kept in memory.
 */
export function storagePendingStore(storage: TextStorage): PendingStore {
  const refused = memoryPendingStore();
  let durable = true;
  return {
    get durable() {
      return durable;
    },
    all() {
      const names = Array.from({ length: storage.length }, (_, index) => storage.key(index));
      const stored = names
        .filter((name) => name?.startsWith(PREFIX) === true)
        .map((name) => decodeStored(storage.getItem(name ?? "") ?? ""))
        .filter((record) => record !== undefined);
      const inMemory = refused.all();
      return [...stored.filter((one) => !inMemory.some((other) => other.id === one.id)), ...inMemory];
    },
    put(record) {
      try {
        storage.setItem(`${PREFIX}${record.id}`, encodeStored(record));
        refused.remove(record.id);
      } catch {
        // `durable` tells the page that a reload would lose sight of this one.
        durable = false;
        refused.put(record);
      }
    },
    remove(id) {
      refused.remove(id);
      storage.removeItem(`${PREFIX}${id}`);
    },
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
