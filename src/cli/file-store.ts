import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ChunkHeader, ChunkStore, StoreCommit, StoredChunk } from "@/chain/logs/store";
import { isFileFault } from "./faults";

/** The chunks of one scope that count; a chunk's file that no index names is not there. */
interface Index {
  /** Names of files by the chunk's first block. */
  readonly files: Readonly<Record<string, string>>;
}

const NEWLINE = 0x0a;
const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex");

async function readOrUndefined(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (cause) {
    if (isFileFault(cause, "ENOENT")) return undefined;
    throw cause;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

/** A file that is there whole or not at all, even if the process is ended while it writes. */
async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const draft = `${path}.${randomUUID()}.new`;
  await writeFile(draft, content);
  await rename(draft, path);
}

/** One line of JSON, then the packed logs as they are. */
function encodeChunk({ header, body }: StoredChunk): Uint8Array {
  const { fromBlock, toBlock, ...rest } = header;
  const line = JSON.stringify({ ...rest, fromBlock: fromBlock.toString(), toBlock: toBlock.toString() });
  return Buffer.concat([Buffer.from(`${line}\n`), body]);
}

function blockNumber(value: unknown): bigint | undefined {
  return typeof value === "string" && /^\d{1,20}$/u.test(value) ? BigInt(value) : undefined;
}

/** What a file claims to be, unchecked: the scanner recomputes the checksum of whatever comes from a store. */
function decodeChunk(bytes: Buffer): unknown {
  const end = bytes.indexOf(NEWLINE);
  if (end === -1) return undefined;
  const header = parsed(bytes.subarray(0, end).toString("utf8"));
  if (typeof header !== "object" || header === null) return undefined;
  const claimed = header as Readonly<Record<keyof ChunkHeader, unknown>>;
  return {
    header: {
      ...claimed,
      fromBlock: blockNumber(claimed.fromBlock),
      toBlock: blockNumber(claimed.toBlock),
    },
    body: new Uint8Array(bytes.subarray(end + 1)),
  };
}

/**
 * A store of finalised logs in a folder, for `--cache`. A commit writes the new chunks first and then replaces the
 * scope's index in one step, so a process that is ended half-way leaves the state before. What another process or a
 * damaged disk left behind is read as far as it can be; the scanner believes nothing without its checksum.
 */
export async function openFileStore(folder: string): Promise<ChunkStore> {
  const chunks = join(folder, "chunks");
  const notes = join(folder, "notes");
  await mkdir(chunks, { recursive: true });
  await mkdir(notes, { recursive: true });
  const scopeFolder = (scope: string): string => join(chunks, digestOf(scope).slice(0, 32));
  const noteFile = (key: string): string => join(notes, `${digestOf(key).slice(0, 32)}.json`);
  // One commit after the other: each reads the index that the last one wrote.
  let last: Promise<void> = Promise.resolve();

  async function readIndex(scope: string): Promise<Index> {
    const bytes = await readOrUndefined(join(scopeFolder(scope), "index.json"));
    const found = bytes === undefined ? undefined : parsed(bytes.toString("utf8"));
    if (typeof found !== "object" || found === null || !("files" in found)) return { files: {} };
    const { files } = found;
    if (typeof files !== "object" || files === null) return { files: {} };
    const named = Object.entries(files).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string" && /^[\w-]+\.chunk$/u.test(entry[1]),
    );
    return { files: Object.fromEntries(named) };
  }

  async function commitNow({ scope, put, remove }: StoreCommit): Promise<void> {
    const at = scopeFolder(scope);
    await mkdir(at, { recursive: true });
    const before = (await readIndex(scope)).files;
    const files = new Map(Object.entries(before));
    for (const fromBlock of remove) files.delete(fromBlock.toString());
    for (const chunk of put) {
      const name = `${randomUUID()}.chunk`;
      await writeFile(join(at, name), encodeChunk(chunk));
      files.set(chunk.header.fromBlock.toString(), name);
    }
    await replaceFile(join(at, "index.json"), JSON.stringify({ scope, files: Object.fromEntries(files) }));
    const kept = new Set(files.values());
    for (const name of Object.values(before)) {
      if (!kept.has(name)) await rm(join(at, name), { force: true });
    }
  }

  return {
    persistent: true,
    async load(scope) {
      const { files } = await readIndex(scope);
      const found = await Promise.all(
        Object.values(files).map((name) => readOrUndefined(join(scopeFolder(scope), name))),
      );
      return found.flatMap((bytes) => (bytes === undefined ? [] : [decodeChunk(bytes)]));
    },
    commit(commit) {
      // Whoever asked for the commit before hears of its failure; it is no reason to refuse this one.
      const next = last.then(
        () => commitNow(commit),
        () => commitNow(commit),
      );
      last = next;
      return next;
    },
    async readNote(key) {
      const bytes = await readOrUndefined(noteFile(key));
      const note = bytes === undefined ? undefined : parsed(bytes.toString("utf8"));
      const isOwn = typeof note === "object" && note !== null && "key" in note && note.key === key;
      return isOwn && "value" in note ? note.value : undefined;
    },
    writeNote: (key, value) => replaceFile(noteFile(key), JSON.stringify({ key, value })),
  };
}
