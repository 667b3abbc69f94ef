import type { LogRef } from "./model";

/** A place between logs: everything before log `logIndex` of block `blockNumber` has happened, that log has not. */
export interface LogPosition {
  readonly blockNumber: bigint;
  readonly logIndex: number;
}

/** Order of two places on the chain: by block, then by log index. */
export function compareLogs(a: LogPosition, b: LogPosition): number {
  if (a.blockNumber !== b.blockNumber) return a.blockNumber < b.blockNumber ? -1 : 1;
  return a.logIndex - b.logIndex;
}

/** The place after the last log of a block. */
export function endOfBlock(blockNumber: bigint): LogPosition {
  return { blockNumber: blockNumber + 1n, logIndex: 0 };
}

/** Lists known to be in order, each log once, by the length that they had: asked for again and again, checked once. */
const inOrder = new WeakMap<object, number>();

/** Says of a list that it was made in the order of the chain, each log once, and returns it. */
export function markOrdered<T extends readonly LogRef[]>(logs: T): T {
  inOrder.set(logs, logs.length);
  return logs;
}

/**
 * Logs in the order of the chain, each once. Readers promise as much, but a loss counted twice or out of order
 * would be a wrong number, so it is made sure of here; an input already in order is returned as it is.
 */
export function orderedLogs<T extends LogRef>(logs: readonly T[]): readonly T[] {
  if (inOrder.get(logs) === logs.length) return logs;
  let isOrdered = true;
  let before: T | undefined;
  for (const log of logs) {
    isOrdered = before === undefined || compareLogs(before, log) < 0;
    if (!isOrdered) break;
    before = log;
  }
  if (isOrdered) return markOrdered(logs);
  const result: T[] = [];
  for (const log of [...logs].sort(compareLogs)) {
    const last = result.at(-1);
    const isRepeated = last !== undefined && compareLogs(last, log) === 0 && last.blockHash === log.blockHash;
    if (!isRepeated) result.push(log);
  }
  return markOrdered(result);
}
