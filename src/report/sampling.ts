import type { BlockRef, LogRef, VaultHistory } from "@/domain/model";

/** Points of a chart beside the losses; more would not be seen, and each costs a read of old state. */
export const EVEN_SAMPLES = 96;

const EVENTS_THAT_MOVE_PRICE: ReadonlySet<string> = new Set([
  "loss",
  "recovery",
  "liquidated",
  "deleveraged",
]);

/**
 * The blocks whose totals tell the vault's story: the block of every loss and recovery and the one before it (so
 * that no fall is drawn as a slope), and besides them the last active block in each of `EVEN_SAMPLES` equal spans
 * of time. Ascending, each once, never beyond the head.
 */
export function blocksToSample(history: VaultHistory, head: BlockRef): readonly bigint[] {
  const logs = [...history.vault, ...history.parameters].filter((log) => log.blockNumber <= head.number);
  const chosen = new Set<bigint>();
  for (const event of history.vault) {
    if (!EVENTS_THAT_MOVE_PRICE.has(event.kind) || event.blockNumber > head.number) continue;
    chosen.add(event.blockNumber);
    if (event.blockNumber > history.fromBlock) chosen.add(event.blockNumber - 1n);
  }
  for (const block of lastOfEachSpan(logs, head)) chosen.add(block);
  chosen.delete(head.number);
  return [...chosen].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function lastOfEachSpan(logs: readonly LogRef[], head: BlockRef): Iterable<bigint> {
  const first = logs.reduce<bigint | undefined>(
    (least, { atSeconds }) => (least === undefined || atSeconds < least ? atSeconds : least),
    undefined,
  );
  const latest = new Map<bigint, bigint>();
  if (first === undefined || head.timestampSeconds <= first) return [];
  const length = head.timestampSeconds - first;
  for (const { atSeconds, blockNumber } of logs) {
    const span = ((atSeconds - first) * BigInt(EVEN_SAMPLES)) / length;
    const found = latest.get(span);
    if (found === undefined || blockNumber > found) latest.set(span, blockNumber);
  }
  return latest.values();
}
