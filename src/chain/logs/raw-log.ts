import type { Address, Hex, LogRef } from "@/domain/model";
import { smallQuantityOf } from "../quantity";

/** A log with its block time. Hex is lower case. */
export interface RawLog extends LogRef {
  readonly address: Address;
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

/** A log as the endpoint sent it, its block time still to be found where the endpoint did not name it. */
export interface UntimedLog extends Omit<RawLog, "atSeconds"> {
  readonly atSeconds: bigint | undefined;
}

const HASH_LENGTH = 66;
const ADDRESS_LENGTH = 42;
const MAX_TOPICS = 4;

function hexOf(value: unknown, length?: number): Hex | undefined {
  if (typeof value !== "string" || !value.startsWith("0x")) return undefined;
  if (length === undefined ? value.length % 2 !== 0 : value.length !== length) return undefined;
  return value.toLowerCase() as Hex;
}

function topicsOf(value: unknown): readonly Hex[] | undefined {
  if (!Array.isArray(value) || value.length > MAX_TOPICS) return undefined;
  const topics: Hex[] = [];
  for (const item of value) {
    const topic = hexOf(item, HASH_LENGTH);
    if (topic === undefined) return undefined;
    topics.push(topic);
  }
  return topics;
}

function quantity(value: unknown): bigint | undefined {
  return typeof value === "string" && value.startsWith("0x") && value.length <= HASH_LENGTH
    ? BigInt(value)
    : undefined;
}

/**
 * Reads one log of an `eth_getLogs` answer. Undefined when a field is missing or malformed, or when the log is marked
 * as removed by a reorganisation: such an answer is refused as a whole.
 */
export function parseLog(value: unknown): UntimedLog | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const log = value as Record<string, unknown>;
  if (log["removed"] === true) return undefined;
  const address = hexOf(log["address"], ADDRESS_LENGTH);
  const topics = topicsOf(log["topics"]);
  const data = hexOf(log["data"]);
  const blockHash = hexOf(log["blockHash"], HASH_LENGTH);
  const transactionHash = hexOf(log["transactionHash"], HASH_LENGTH);
  const logIndex = smallQuantityOf(log["logIndex"]);
  try {
    const blockNumber = quantity(log["blockNumber"]);
    const atSeconds = quantity(log["blockTimestamp"]);
    if (
      address === undefined ||
      topics === undefined ||
      data === undefined ||
      blockHash === undefined ||
      transactionHash === undefined ||
      logIndex === undefined ||
      blockNumber === undefined
    ) {
      return undefined;
    }
    return { address, topics, data, blockNumber, blockHash, transactionHash, logIndex, atSeconds };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Order of the chain: by block, then by index within it. */
export function compareLogs(left: LogRef, right: LogRef): number {
  if (left.blockNumber !== right.blockNumber) return left.blockNumber < right.blockNumber ? -1 : 1;
  return left.logIndex - right.logIndex;
}

/** Sorted by the chain's order, each block hash and log index once. */
export function orderLogs<T extends LogRef>(logs: readonly T[]): readonly T[] {
  const sorted = [...logs].sort(compareLogs);
  return sorted.filter((log, index) => {
    const before = sorted[index - 1];
    return before === undefined || before.logIndex !== log.logIndex || before.blockHash !== log.blockHash;
  });
}
