import type { Address, Hex } from "@/domain/model";
import { sha256Of } from "../digest";
import type { BlockInterval } from "./intervals";
import { PackingError, packLogs, unpackLogs } from "./packing";
import type { RawLog } from "./raw-log";
import type { ChunkHeader, StoredChunk } from "./store";

/** Which logs a scan wants: any of the addresses, and topics as `eth_getLogs` takes them. */
export interface LogFilter {
  readonly addresses: readonly Address[];
  readonly topics?: readonly (Hex | readonly Hex[] | null)[] | undefined;
}

const SCHEMA = 1;

/** The name under which chunks of a chain and filter are kept. Two filters that select differently never share one. */
export function scopeOf(chainId: number, { addresses, topics = [] }: LogFilter): string {
  const sorted = addresses.map((address) => address.toLowerCase()).sort();
  const first = topics.map((topic) => (topic === null ? "*" : [topic].flat().toSorted().join("+")));
  return [`logs-v${SCHEMA.toString()}`, chainId.toString(), sorted.join(","), first.join("/")].join("|");
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

/** Packs the logs of a finalised range, with the hash of its last block and a checksum over all of it. */
export async function sealChunk({
  scope,
  range,
  toBlockHash,
  logs,
}: {
  readonly scope: string;
  readonly range: BlockInterval;
  readonly toBlockHash: Hex;
  readonly logs: readonly RawLog[];
}): Promise<StoredChunk> {
  const body = packLogs(logs);
  const header = {
    schema: SCHEMA,
    scope,
    fromBlock: range.from,
    toBlock: range.to,
    toBlockHash,
    count: logs.length,
  } as const;
  return { header: { ...header, sha256: await sha256Of(digestInput(header, body)) }, body };
}

const HASH = /^0x[0-9a-f]{64}$/;

function isHeader(value: unknown): value is ChunkHeader {
  if (typeof value !== "object" || value === null) return false;
  const header = value as Record<string, unknown>;
  return (
    header["schema"] === SCHEMA &&
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

/** A stored chunk whose checksum was right, opened. */
export interface OpenChunk {
  readonly range: BlockInterval;
  readonly toBlockHash: Hex;
  readonly logs: readonly RawLog[];
}

function tryUnpack(body: Uint8Array): readonly RawLog[] | undefined {
  try {
    return unpackLogs(body);
  } catch (error) {
    if (error instanceof PackingError) return undefined;
    throw error;
  }
}

/**
 * Opens what a store returned: shape, scope, checksum, count and range, in this order. Undefined when any of them is
 * wrong; such a chunk is fetched again.
 */
export async function openChunk(value: unknown, scope: string): Promise<OpenChunk | undefined> {
  if (!isStoredChunk(value)) return undefined;
  const { header, body } = value;
  const { sha256, fromBlock, toBlock, toBlockHash, count } = header;
  if (header.scope !== scope || fromBlock > toBlock) return undefined;
  if ((await sha256Of(digestInput(header, body))) !== sha256) return undefined;
  const logs = tryUnpack(body);
  if (logs?.length !== count) return undefined;
  const inside = logs.every(({ blockNumber }) => blockNumber >= fromBlock && blockNumber <= toBlock);
  return inside ? { range: { from: fromBlock, to: toBlock }, toBlockHash, logs } : undefined;
}
