import type { Address, Hex } from "@/domain/model";
import type { BlockInterval } from "./intervals";
import { PackingError, packLogs, unpackLogs } from "./packing";
import type { RawLog } from "./raw-log";
import { CHUNK_SCHEMA, seal, unseal } from "./seal";
import type { StoredChunk } from "./store";

/** Which logs a scan wants: any of the addresses, and topics as `eth_getLogs` takes them. */
export interface LogFilter {
  readonly addresses: readonly Address[];
  readonly topics?: readonly (Hex | readonly Hex[] | null)[] | undefined;
}

/** The name under which chunks of a chain and filter are kept. Two filters that select differently never share one. */
export function scopeOf(chainId: number, { addresses, topics = [] }: LogFilter): string {
  const sorted = addresses.map((address) => address.toLowerCase()).sort();
  const first = topics.map((topic) => (topic === null ? "*" : [topic].flat().toSorted().join("+")));
  return [`logs-v${CHUNK_SCHEMA.toString()}`, chainId.toString(), sorted.join(","), first.join("/")].join(
    "|",
  );
}

/** Packs the logs of a finalised range, with the hash of its last block and a checksum over all of it. */
export function sealChunk({
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
  return seal({ scope, range, toBlockHash, count: logs.length, body: packLogs(logs) });
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
  const opened = await unseal(value, scope);
  if (opened === undefined) return undefined;
  const { range, toBlockHash, count, body } = opened;
  const logs = tryUnpack(body);
  if (logs?.length !== count) return undefined;
  const inside = logs.every(({ blockNumber }) => blockNumber >= range.from && blockNumber <= range.to);
  return inside ? { range, toBlockHash, logs } : undefined;
}
