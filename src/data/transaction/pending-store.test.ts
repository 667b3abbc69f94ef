import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashFrom, intentOf, sentOf, TARGET } from "@/testing/transactions/builders";
import { signingRequestOf } from "./intent";
import { openPendingStore, storagePendingStore, type TextStorage } from "./pending-store";
import { decodeStored, encodeStored, type StoredTransaction } from "./stored-shape";

function fakeStorage(): TextStorage {
  const entries = new Map<string, string>();
  return {
    get length() {
      return entries.size;
    },
    key: (index) => [...entries.keys()][index] ?? null,
    getItem: (name) => entries.get(name) ?? null,
    setItem: (name, text) => void entries.set(name, text),
    removeItem: (name) => void entries.delete(name),
  };
}

const intent = intentOf({
  before: [
    {
      label: "may propose",
      otherwise: "ask",
      to: TARGET,
      data: "0x01",
      expects: { kind: "equals", word: hashFrom(1) },
    },
    {
      label: "enough",
      otherwise: "top up",
      to: TARGET,
      data: "0x02",
      expects: { kind: "at-least", value: 2n ** 200n },
    },
  ],
  inner: [{ label: "later", from: TARGET, call: { to: TARGET, data: "0x", value: 0n } }],
  events: [{ label: "Approval", address: TARGET, topics: [hashFrom(9)] }],
  invalidates: [["vault", 31_337, TARGET]],
  known: { [TARGET]: { kind: "token", label: "USDC" } },
});
const request = signingRequestOf(intent);

function recordOf(id: string, sent: StoredTransaction["sent"]): StoredTransaction {
  return { id, intent, request, asked: { blockNumber: 12n, nonce: 3n }, sent };
}

describe("the store of transactions under way", () => {
  it("gives back exactly what was put in, integers of any size included", () => {
    const store = storagePendingStore(fakeStorage());
    const asked = recordOf("a", undefined);
    const sent = recordOf("b", { ...sentOf(request, hashFrom(7)), nonce: 3n, replaced: [hashFrom(6)] });
    store.put(asked);
    store.put(sent);
    expect(store.all()).toEqual([asked, sent]);
    store.remove("a");
    expect(store.all()).toEqual([sent]);
  });

  it("passes over entries of others and leaves them in place", () => {
    const storage = fakeStorage();
    storage.setItem("theme", "dark");
    storage.setItem("plimsoll.transaction.x", "{}");
    const store = storagePendingStore(storage);
    store.put(recordOf("a", undefined));
    expect(store.all().map((record) => record.id)).toEqual(["a"]);
    expect(storage.getItem("plimsoll.transaction.x")).toBe("{}");
  });

  it("reads no record in which any one field was taken away or replaced", () => {
    const text = encodeStored(recordOf("a", sentOf(request, hashFrom(7))));
    const whole: unknown = JSON.parse(text);
    const optional = new Set(["record.intent.target.codeHash", "record.sent", "record.sent.nonce"]);
    const paths = pathsOf(whole).filter((path) => !optional.has(path.join(".")));
    expect(paths.length).toBeGreaterThan(30);
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.constantFrom(null, true, -1.5, "zz", {}), (path, junk) => {
        const copy: unknown = JSON.parse(text);
        fc.pre(!isSameKind(path, junk));
        put(copy, path, junk);
        expect(decodeStored(JSON.stringify(copy))).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it("falls back to memory when the browser refuses storage, and says that nothing will be kept", () => {
    const store = openPendingStore(() => {
      throw new DOMException("blocked", "SecurityError");
    });
    expect(store.durable).toBe(false);
    store.put(recordOf("a", undefined));
    expect(store.all()).toHaveLength(1);
    expect(openPendingStore(fakeStorage).durable).toBe(true);
  });
});

/** Texts for people may be any text, the listing flag any flag, and a name may be any object's key. */
function isSameKind(path: readonly string[], junk: unknown): boolean {
  const last = path.at(-1) ?? "";
  const isWords =
    ["id", "key", "title", "label", "otherwise", "name", "symbol"].includes(last) || path.includes("effect");
  if (isWords) return typeof junk === "string";
  if (last === "listed") return typeof junk === "boolean";
  if (last === "known") return typeof junk === "object" && junk !== null;
  return path.includes("invalidates") && path.length > 4;
}

function pathsOf(value: unknown, at: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null || "$int" in value) return at.length === 0 ? [] : [at];
  const inside = Object.entries(value).flatMap(([name, child]) => pathsOf(child, [...at, name]));
  return at.length === 0 ? inside : [at, ...inside];
}

function put(root: unknown, path: readonly string[], value: unknown): void {
  let at = root as Record<string, unknown>;
  for (const name of path.slice(0, -1)) at = at[name] as Record<string, unknown>;
  at[path.at(-1) ?? ""] = value;
}
