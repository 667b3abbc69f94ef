import { describe, expect, it } from "vitest";
import { createWatchList, WATCH_LIST_LIMIT, type WatchListStore } from "./watch-list";

const FIRST = "0x00000000000000000000000000000000000000aa";
const SECOND = "0x00000000000000000000000000000000000000bb";

function storageWith(entries: Record<string, string> = {}): {
  readonly entries: Record<string, string>;
  getItem(name: string): string | null;
  setItem(name: string, text: string): void;
} {
  return {
    entries,
    getItem: (name) => entries[name] ?? null,
    setItem: (name, text) => {
      entries[name] = text;
    },
  };
}

function listOn(storage: ReturnType<typeof storageWith> | undefined): WatchListStore {
  return createWatchList({ storage, events: new EventTarget() });
}

describe("the watch list", () => {
  it("keeps addresses by chain, with the watcher's own words", () => {
    const storage = storageWith();
    const list = listOn(storage);
    expect(
      list.add({ chainId: 1, text: ` ${FIRST.toUpperCase().replace("0X", "0x")} `, label: " Treasury " }),
    ).toEqual({
      ok: true,
      address: FIRST,
    });
    list.add({ chainId: 10, text: SECOND });
    const after = listOn(storage);
    expect(after.list(1)).toEqual([{ address: FIRST, label: "Treasury" }]);
    expect(after.list(10)).toEqual([{ address: SECOND, label: undefined }]);
  });

  it("says what is wrong with a text that is no address, and changes nothing", () => {
    const list = listOn(storageWith());
    const result = list.add({ chainId: 1, text: "vitalik.eth" });
    expect(result).toMatchObject({ ok: false, issue: { kind: "not-an-address" } });
    expect(list.list(1)).toEqual([]);
  });

  it("watches no address twice and no more than it can sum", () => {
    const list = listOn(storageWith());
    list.add({ chainId: 1, text: FIRST });
    expect(list.add({ chainId: 1, text: FIRST })).toMatchObject({ issue: { kind: "already-watched" } });
    for (let index = 1; index < WATCH_LIST_LIMIT; index += 1) {
      list.add({ chainId: 1, text: `0x${index.toString(16).padStart(40, "0")}` });
    }
    expect(list.add({ chainId: 1, text: SECOND })).toMatchObject({ ok: false, issue: { kind: "full" } });
  });

  it("takes from the browser only what is a watch list", () => {
    const stored = JSON.stringify([
      { address: FIRST, label: "a\u202Eb" },
      { address: "0x12" },
      5,
      { address: FIRST },
    ]);
    expect(listOn(storageWith({ "plimsoll.watch.1": stored })).list(1)).toEqual([
      { address: FIRST, label: "ab" },
    ]);
    expect(listOn(storageWith({ "plimsoll.watch.1": "{" })).list(1)).toEqual([]);
    expect(listOn(storageWith({ "plimsoll.watch.1": '"text"' })).list(1)).toEqual([]);
  });

  it("goes on in memory when the browser refuses, and says so", () => {
    const full = {
      ...storageWith(),
      setItem: () => {
        throw new DOMException("full", "QuotaExceededError");
      },
    };
    const list = listOn(full);
    expect(list.isDurable).toBe(true);
    list.add({ chainId: 1, text: FIRST });
    expect(list.isDurable).toBe(false);
    expect(list.list(1)).toHaveLength(1);
    expect(listOn(undefined).isDurable).toBe(false);
  });

  it("gives the same list until something changes, and tells of changes", () => {
    const list = listOn(storageWith());
    let told = 0;
    const stop = list.subscribe(() => {
      told += 1;
    });
    expect(list.list(1)).toBe(list.list(1));
    list.add({ chainId: 1, text: FIRST });
    list.remove({ chainId: 1, address: SECOND });
    list.remove({ chainId: 1, address: FIRST });
    expect(told).toBe(2);
    stop();
    list.add({ chainId: 1, text: FIRST });
    expect(told).toBe(2);
  });
});
