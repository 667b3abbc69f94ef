import type { Hex } from "@/domain/model";
import { sha256Of } from "../digest";
import type { BlockInterval } from "./intervals";
import type { ChunkHeader, StoredChunk } from "./store";

/** Of the header's own layout. */
export const CHUNK_SCHEMA = 1;

/** A body with what it is about. */
export interface Unsealed {
  readonly scope: string;
  readonly range: BlockInterval;
  /** Of the last block of the range: what tells later whether the chunk is of this chain. */
  readonly toBlockHash: Hex;
  readonly count: number;
  readonly body: Uint8Array<ArrayBuffer>;
}

function digestInput(header: Omit<ChunkHeader, "sha256">, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const { schema, scope, fromBlock, toBlock, toBlockHash, count } = header;
  const text = [schema, scope, fromBlock, toBlock, toBlockHash, count].join("\n");
  const head = new TextEncoder().encode(`${text}\n`);
  const input = new Uint8Array(head.length + body.length);
  input.set(head);
  input.set(body, head.length);
  return input;
}

/** Makes a chunk for the store: the body with a header and a checksum over both. */
export async function seal({ scope, range, toBlockHash, count, body }: Unsealed): Promise<StoredChunk> {
  const header = {
    schema: CHUNK_SCHEMA,
    scope,
    fromBlock: range.from,
    toBlock: range.to,
    toBlockHash,
    count,
  } as const;
  return { header: { ...header, sha256: await sha256Of(digestInput(header, body)) }, body };
}

const HASH = /^0x[0-9a-f]{64}$/;

function isHeader(value: unknown): value is ChunkHeader {
  if (typeof value !== "object" || value === null) return false;
  const header = value as Record<string, unknown>;
  return (
    header["schema"] === CHUNK_SCHEMA &&
    typeof header["scope"] === "string" &&
    typeof header["fromBlock"] === "bigint" &&
    typeof header["toBlock"] === "bigint" &&
    typeof header["toBlockHash"] === "string" &&
    HASH.test(header["toBlockHash"]) &&
    typeof header["count"] === "number" &&
    typeof header["sha256"] === "string"
  );
}

function isStoredChunk(value: unknown): value is StoredChunk {
  if (typeof value !== "object" || value === null) return false;
  const { header, body } = value as Record<string, unknown>;
  return isHeader(header) && body instanceof Uint8Array;
}

/** Opens what a store returned: shape, scope and checksum. Undefined when any of them is wrong. */
export async function unseal(value: unknown, scope: string): Promise<Unsealed | undefined> {
  if (!isStoredChunk(value)) return undefined;
  const { header, body } = value;
  const { sha256, fromBlock, toBlock, toBlockHash, count } = header;
  if (header.scope !== scope || fromBlock > toBlock) return undefined;
  if ((await sha256Of(digestInput(header, body))) !== sha256) return undefined;
  return { scope, range: { from: fromBlock, to: toBlock }, toBlockHash, count, body };
}
