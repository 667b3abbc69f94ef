import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openChunk, sealChunk } from "@/chain/logs/chunk";
import type { StoredChunk } from "@/chain/logs/store";
import { blockHash } from "@/testing/vault-builders";
import { openFileStore } from "./file-store";

const SCOPE = "1:0xabc/../weird:scope";
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "plimsoll-store-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function chunkAt(from: bigint, to = from + 9n): Promise<StoredChunk> {
  return sealChunk({ scope: SCOPE, range: { from, to }, toBlockHash: blockHash(to), logs: [] });
}

async function filesBelow(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

describe("a store in a folder", () => {
  it("gives back, to the next process, what was committed, to the byte", async () => {
    const chunks = [await chunkAt(0n), await chunkAt(10n)];
    await (await openFileStore(folder)).commit({ scope: SCOPE, put: chunks, remove: [] });
    const loaded = await (await openFileStore(folder)).load(SCOPE);
    expect(loaded).toEqual(chunks);
    for (const chunk of loaded) expect(await openChunk(chunk, SCOPE)).toBeDefined();
  });

  it("keeps scopes apart and knows nothing of others", async () => {
    const store = await openFileStore(folder);
    await store.commit({ scope: SCOPE, put: [await chunkAt(0n)], remove: [] });
    expect(await store.load("another")).toEqual([]);
  });

  it("replaces and removes by the first block, and leaves no file behind", async () => {
    const store = await openFileStore(folder);
    const longer = await chunkAt(0n, 19n);
    await store.commit({ scope: SCOPE, put: [await chunkAt(0n), await chunkAt(10n)], remove: [] });
    await store.commit({ scope: SCOPE, put: [longer], remove: [10n] });
    expect(await store.load(SCOPE)).toEqual([longer]);
    expect((await filesBelow(folder)).filter((name) => name.endsWith(".chunk"))).toHaveLength(1);
    await store.commit({ scope: SCOPE, put: [], remove: [0n] });
    expect(await store.load(SCOPE)).toEqual([]);
  });

  it("keeps every one of many commits that are made at once", async () => {
    const store = await openFileStore(folder);
    const chunks = await Promise.all([0n, 10n, 20n, 30n].map((from) => chunkAt(from)));
    await Promise.all(chunks.map((chunk) => store.commit({ scope: SCOPE, put: [chunk], remove: [] })));
    expect(await store.load(SCOPE)).toHaveLength(chunks.length);
  });

  it.each([
    ["an index that is no JSON", "index.json", "{"],
    ["an index of another shape", "index.json", "[]"],
    ["an index that points outside", "index.json", '{"files":{"0":"../../x"}}'],
  ])("reads nothing from %s", async (_title, name, text) => {
    const store = await openFileStore(folder);
    await store.commit({ scope: SCOPE, put: [await chunkAt(0n)], remove: [] });
    const [scopeFolder = ""] = await readdir(join(folder, "chunks"));
    await writeFile(join(folder, "chunks", scopeFolder, name), text);
    expect(await store.load(SCOPE)).toEqual([]);
  });

  it("leaves a damaged chunk to the reader, whose checksum refuses it", async () => {
    const store = await openFileStore(folder);
    await store.commit({ scope: SCOPE, put: [await chunkAt(0n)], remove: [] });
    const [scopeFolder = ""] = await readdir(join(folder, "chunks"));
    const at = join(folder, "chunks", scopeFolder);
    const name = (await readdir(at)).find((one) => one.endsWith(".chunk")) ?? "";
    await writeFile(join(at, name), "half of a");
    const [damaged] = await store.load(SCOPE);
    expect(await openChunk(damaged, SCOPE)).toBeUndefined();
  });

  it("keeps notes by key", async () => {
    const store = await openFileStore(folder);
    await store.writeNote("range:https://key@host", "5000:");
    const next = await openFileStore(folder);
    expect(await next.readNote("range:https://key@host")).toBe("5000:");
    expect(await next.readNote("range:elsewhere")).toBeUndefined();
  });
});
