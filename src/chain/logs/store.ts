import type { Hex } from "@/domain/model";

/** What a stored chunk claims to be. Nothing of it is believed before the checksum was recomputed. */
export interface ChunkHeader {
  readonly schema: 1;
  /** Chain and filter; see `scopeOf`. */
  readonly scope: string;
  readonly fromBlock: bigint;
  readonly toBlock: bigint;
  readonly toBlockHash: Hex;
  readonly count: number;
  /** SHA-256 of the other header fields and the body. */
  readonly sha256: Hex;
}

/** Packed logs of a finalised range. */
export interface StoredChunk {
  readonly header: ChunkHeader;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** One transaction of a store: all of it happens or nothing. */
export interface StoreCommit {
  readonly scope: string;
  readonly put: readonly StoredChunk[];
  /** First blocks of chunks to remove. */
  readonly remove: readonly bigint[];
}

/**
 * Where finalised chunks of logs are kept. A store is dumb: it neither checks nor trusts. What it returns is
 * `unknown`, because a disk may hold anything, and is checked by the scanner.
 */
export interface ChunkStore {
  /** False when nothing outlives the page. */
  readonly persistent: boolean;
  load(scope: string): Promise<readonly unknown[]>;
  commit(commit: StoreCommit): Promise<void>;
  /** Small remarks about endpoints, such as the range they serve. */
  readNote(key: string): Promise<unknown>;
  writeNote(key: string, value: string): Promise<void>;
}

/** A store that lives as long as the page. */
export function memoryStore(): ChunkStore {
  const scopes = new Map<string, Map<bigint, StoredChunk>>();
  const notes = new Map<string, string>();
  return {
    persistent: false,
    load: (scope) => Promise.resolve([...(scopes.get(scope)?.values() ?? [])]),
    commit({ scope, put, remove }) {
      const chunks = scopes.get(scope) ?? new Map<bigint, StoredChunk>();
      for (const fromBlock of remove) chunks.delete(fromBlock);
      for (const chunk of put) chunks.set(chunk.header.fromBlock, chunk);
      scopes.set(scope, chunks);
      return Promise.resolve();
    },
    readNote: (key) => Promise.resolve(notes.get(key)),
    writeNote(key, value) {
      notes.set(key, value);
      return Promise.resolve();
    },
  };
}
