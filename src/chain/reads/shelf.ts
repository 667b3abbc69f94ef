import type { BlockRef, Hex } from "@/domain/model";
import { checkBoundaries } from "../logs/boundaries";
import { seal, type Unsealed, unseal } from "../logs/seal";
import type { ChunkStore } from "../logs/store";
import type { Rpc } from "../rpc/rpc";

/*
 * What was once read of a final block never changes, so it is read once. A shelf keeps such readings in the browser's
 * store: in chunks with the same header and checksum as the chunks of logs, each reading with its block's hash.
 */

/** A reading as text; the block's number, hash and time stand before it in the row. */
export type ShelfFields = readonly string[];

export interface ShelfRecord<T> {
  readonly block: BlockRef;
  readonly value: T;
}

/** How values of one kind are written. `decode` returns undefined for anything that it did not write. */
export interface ShelfCodec<T> {
  readonly encode: (value: T) => ShelfFields;
  readonly decode: (fields: ShelfFields) => T | undefined;
  /** For kinds of which a block may have several: what tells them apart. */
  readonly variantOf?: (value: T) => string;
}

export interface Shelf<T> {
  /** What is kept for the block of that hash, and where a block may have several, of that variant. */
  readonly get: (blockHash: Hex, variant?: string) => ShelfRecord<T> | undefined;
  /** By number, for blocks of which only that is known; believed because the shelf's hashes were checked. */
  readonly at: (blockNumber: bigint) => ShelfRecord<T> | undefined;
  /** Keeps records of final blocks that are not kept yet; all of them or none. */
  readonly keep: (records: readonly ShelfRecord<T>[]) => Promise<void>;
}

/** Changes when what the rows mean changes: older ones are then not found. */
const SHELF_VERSION = "past-v1";
/** More chunks than this are written together as one when the shelf is opened. */
const MOST_CHUNKS = 48;

const DIGITS = /^\d{1,78}$/;
const HASH = /^0x[0-9a-f]{64}$/;

/** A whole number as a row holds it. */
export function bigintOfField(field: string | undefined): bigint | undefined {
  return field !== undefined && DIGITS.test(field) ? BigInt(field) : undefined;
}

function isRow(value: unknown): value is ShelfFields {
  return Array.isArray(value) && value.every((field) => typeof field === "string");
}

function recordOf<T>(row: ShelfFields, { decode }: ShelfCodec<T>): ShelfRecord<T> | undefined {
  const [numberText, hash = "", timeText, ...fields] = row;
  const [number, timestampSeconds] = [bigintOfField(numberText), bigintOfField(timeText)];
  if (number === undefined || timestampSeconds === undefined || !HASH.test(hash)) return undefined;
  const value = decode(fields);
  return value === undefined ? undefined : { block: { number, hash: hash as Hex, timestampSeconds }, value };
}

function rowOf<T>({ block, value }: ShelfRecord<T>, { encode }: ShelfCodec<T>): ShelfFields {
  return [block.number.toString(), block.hash, block.timestampSeconds.toString(), ...encode(value)];
}

function rowsOf(body: Uint8Array): readonly unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(body));
    return Array.isArray(parsed) ? parsed : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The records of a chunk; undefined when any of them is not one. */
function recordsIn<T>(
  { body, range, count }: Unsealed,
  codec: ShelfCodec<T>,
): readonly ShelfRecord<T>[] | undefined {
  const rows = rowsOf(body);
  if (rows?.length !== count) return undefined;
  const records: ShelfRecord<T>[] = [];
  for (const row of rows) {
    const record = isRow(row) ? recordOf(row, codec) : undefined;
    if (record === undefined || record.block.number < range.from || record.block.number > range.to) {
      return undefined;
    }
    records.push(record);
  }
  return records;
}

function sealRecords<T>(
  records: readonly ShelfRecord<T>[],
  { scope, codec }: { readonly scope: string; readonly codec: ShelfCodec<T> },
) {
  const ordered = records.toSorted((a, b) => (a.block.number < b.block.number ? -1 : 1));
  const [first, last] = [ordered[0], ordered.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const text = JSON.stringify(ordered.map((record) => rowOf(record, codec)));
  return seal({
    scope,
    range: { from: first.block.number, to: last.block.number },
    toBlockHash: last.block.hash,
    count: ordered.length,
    body: new TextEncoder().encode(text),
  });
}

interface ShelfRequest<T> {
  readonly store: ChunkStore;
  /** What is kept: the kind of reading, the vault, and whatever else it depends on. */
  readonly name: readonly string[];
  readonly codec: ShelfCodec<T>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens a shelf. Chunks with a wrong shape or checksum are left aside; when one of them ends in a block that is not
 * part of this chain, all are thrown away, since the chain is then another one. One request, none for an empty shelf.
 */
export async function openShelf<T>(rpc: Rpc, request: ShelfRequest<T>): Promise<Shelf<T>> {
  const { store, name, codec, signal } = request;
  const scope = [SHELF_VERSION, rpc.chainId.toString(), ...name].join("|");
  const chunks: { readonly unsealed: Unsealed; readonly records: readonly ShelfRecord<T>[] }[] = [];
  for (const stored of await store.load(scope)) {
    const unsealed = await unseal(stored, scope);
    const records = unsealed === undefined ? undefined : recordsIn(unsealed, codec);
    if (unsealed !== undefined && records !== undefined) chunks.push({ unsealed, records });
  }
  const marks = chunks.map(({ unsealed: { range, toBlockHash } }) => ({
    number: range.to,
    hash: toBlockHash,
  }));
  const wrong = await checkBoundaries(rpc, { marks, signal });
  const firsts = chunks.map(({ unsealed }) => unsealed.range.from);
  if (wrong.length > 0) await store.commit({ scope, put: [], remove: firsts });
  const kept = wrong.length > 0 ? [] : chunks.flatMap(({ records }) => records);
  const keyOf = ({ block, value }: ShelfRecord<T>) => `${block.hash}${codec.variantOf?.(value) ?? ""}`;
  const byKey = new Map(kept.map((record) => [keyOf(record), record]));
  const byNumber = new Map(kept.map((record) => [record.block.number, record]));
  /** Chunks by their first block, under which the store knows them. */
  const written = new Map(
    wrong.length > 0 ? [] : chunks.map(({ records }, index) => [firsts[index], records]),
  );
  const add = async (records: readonly ShelfRecord<T>[], remove: readonly bigint[]): Promise<void> => {
    const first = records.reduce<bigint | undefined>(
      (least, { block: { number } }) => (least === undefined || number < least ? number : least),
      undefined,
    );
    // A chunk with the same first block would be replaced: what it holds goes into the new one.
    const both = [...(written.get(first) ?? []), ...records];
    const chunk = await sealRecords(both, { scope, codec });
    if (chunk === undefined) return;
    written.set(first, both);
    await store.commit({ scope, put: [chunk], remove });
  };
  if (wrong.length === 0 && chunks.length > MOST_CHUNKS) {
    written.clear();
    await add(kept, firsts);
  }
  return {
    get: (blockHash, variant = "") => byKey.get(`${blockHash}${variant}`),
    at: (blockNumber) => byNumber.get(blockNumber),
    async keep(records) {
      const fresh = records.filter((record) => !byKey.has(keyOf(record)));
      for (const record of fresh) {
        byKey.set(keyOf(record), record);
        byNumber.set(record.block.number, record);
      }
      await add(fresh, []);
    },
  };
}

const RECORDS_A_PART = 24;

/** Collects records that arrive one by one and keeps them a few dozen at a time. */
export function keepingInParts<T>(shelf: Shelf<T>): {
  readonly add: (record: ShelfRecord<T>) => Promise<void>;
  readonly flush: () => Promise<void>;
} {
  let waiting: ShelfRecord<T>[] = [];
  const flush = async (): Promise<void> => {
    const records = waiting;
    waiting = [];
    await shelf.keep(records);
  };
  return {
    add: async (record) => {
      waiting.push(record);
      if (waiting.length >= RECORDS_A_PART) await flush();
    },
    flush,
  };
}
