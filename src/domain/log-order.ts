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

/**
 * Logs in the order of the chain, each once. Readers promise as much, but a loss counted twice or out of order
 * would be a wrong number, so it is made sure of here; an input already in order is returned as it is.
 */
export function orderedLogs<T extends LogRef>(logs: readonly T[]): readonly T[] {
  let isOrdered = true;
  for (let index = 1; index < logs.length && isOrdered; index += 1) {
    const before = logs[index - 1];
    const log = logs[index];
    isOrdered = before !== undefined && log !== undefined && compareLogs(before, log) < 0;
  }
  if (isOrdered) return logs;
  const result: T[] = [];
  for (const log of [...logs].sort(compareLogs)) {
    const before = result.at(-1);
    const isRepeated =
      before !== undefined && compareLogs(before, log) === 0 && before.blockHash === log.blockHash;
    if (!isRepeated) result.push(log);
  }
  return result;
}
