import { createStore, get, promisifyRequest, set, type UseStore } from "idb-keyval";
import { type ChunkStore, memoryStore, type StoreCommit } from "@/chain/logs/store";

/** Between a scope and a chunk's first block; scopes hold no such character. */
const SEPARATOR = "|";

const chunkKey = (scope: string, fromBlock: bigint): string =>
  `${scope}${SEPARATOR}${fromBlock.toString().padStart(20, "0")}`;

/**
 * A store in the browser's IndexedDB, which outlives the page. Where the browser refuses (private mode, full disk,
 * storage switched off) the store of this session is returned instead; its `persistent` is false, and pages say
 * that the history will not be kept.
 */
export async function openChunkStore(): Promise<ChunkStore> {
  if (typeof indexedDB === "undefined") return memoryStore();
  const chunks = createStore("plimsoll-chunks", "chunks");
  const notes = createStore("plimsoll-notes", "notes");
  try {
    await set("probe", "open", notes);
  } catch (refused) {
    if (refused instanceof DOMException) return memoryStore();
    throw refused;
  }
  return {
    persistent: true,
    load: (scope) => loadScope(chunks, scope),
    commit: (commit) => commitAll(chunks, commit),
    readNote: (key) => get<unknown>(key, notes),
    writeNote: (key, value) => set(key, value, notes),
  };
}

function loadScope(chunks: UseStore, scope: string): Promise<readonly unknown[]> {
  const range = IDBKeyRange.bound(`${scope}${SEPARATOR}`, `${scope}${SEPARATOR}\uffff`);
  return chunks("readonly", (store) => promisifyRequest<unknown[]>(store.getAll(range)));
}

/** Everything in one transaction: a page that is closed half-way leaves either all of it or nothing. */
function commitAll(chunks: UseStore, { scope, put, remove }: StoreCommit): Promise<void> {
  return chunks("readwrite", (store) => {
    for (const fromBlock of remove) store.delete(chunkKey(scope, fromBlock));
    for (const chunk of put) store.put(chunk, chunkKey(scope, chunk.header.fromBlock));
    return promisifyRequest(store.transaction);
  });
}
