import type { BlockRef, LogRef } from "@/domain/model";
import { isChainError } from "./errors";
import { decodeLogs, type HistoryRead, historyFilter } from "./history-read";
import { checkedLogs, logsCall, withTimes } from "./logs/fetch-range";
import { toQuantity } from "./quantity";
import { parseBlock } from "./reads/head";
import type { Rpc, RpcAnswer, RpcCall } from "./rpc/rpc";

function blockOf(answer: RpcAnswer | undefined): BlockRef | undefined {
  return answer?.ok === true ? parseBlock(answer.value) : undefined;
}

function blockCall(block: bigint | "finalized"): RpcCall {
  const tag = typeof block === "bigint" ? toQuantity(block) : block;
  return { method: "eth_getBlockByNumber", params: [tag, false] };
}

function upTo<T extends LogRef>(events: readonly T[], block: bigint): readonly T[] {
  return events.filter(({ blockNumber }) => blockNumber <= block);
}

/**
 * Brings a history to a new head in one exchange, however long it is: everything after its last final block is read
 * again, everything before is kept.
 *
 * The same object comes back for the same head. Undefined when the last final block is no longer part of the chain,
 * when the endpoint does not serve the stretch at once, or when the chain moved during the answer: the history must
 * then be read with `fetchHistory`, which finds most of it in the store.
 */
export async function extendHistory(
  rpc: Rpc,
  {
    previous,
    head,
    signal,
  }: { readonly previous: HistoryRead; readonly head: BlockRef; readonly signal?: AbortSignal | undefined },
): Promise<HistoryRead | undefined> {
  const { subject, settled } = previous;
  if (head.hash === previous.head.hash) return previous;
  if (settled === undefined || head.number <= settled.number) return undefined;
  const filter = historyFilter(subject);
  const range = { from: settled.number + 1n, to: head.number };
  const calls = [
    blockCall(settled.number),
    blockCall(head.number),
    logsCall(filter, range),
    blockCall(head.number),
    blockCall("finalized"),
  ];
  const { endpoint, answers } = await rpc.exchange(calls, { signal });
  const [mark, before, logs, after, finalised] = answers;
  if (blockOf(mark)?.hash !== settled.hash || logs?.ok !== true) return undefined;
  if (blockOf(before)?.hash !== head.hash || blockOf(after)?.hash !== head.hash) return undefined;
  try {
    const untimed = checkedLogs(logs.value, { endpoint, request: { range, filter }, toBlock: head });
    const raw = await withTimes(rpc, { logs: untimed, request: { times: new Map(), signal } });
    return extended(previous, { raw, head, settled, finalised: blockOf(finalised) });
  } catch (error) {
    if (isChainError(error) && (error.code === "chain-moved" || error.code === "bad-answer"))
      return undefined;
    throw error;
  }
}

interface Extension {
  readonly raw: Parameters<typeof decodeLogs>[0];
  readonly head: BlockRef;
  readonly settled: BlockRef;
  readonly finalised: BlockRef | undefined;
}

function extended(previous: HistoryRead, { raw, head, settled, finalised }: Extension): HistoryRead {
  const { undecoded, ...events } = decodeLogs(raw, previous.subject);
  const advanced =
    finalised !== undefined && finalised.number > settled.number && finalised.number <= head.number;
  return {
    ...previous,
    toBlock: head.number,
    head,
    settled: advanced ? finalised : settled,
    complete: previous.complete && undecoded === 0,
    undecoded: previous.undecoded + undecoded,
    vault: [...upTo(previous.vault, settled.number), ...events.vault],
    parameters: [...upTo(previous.parameters, settled.number), ...events.parameters],
    timelock: [...upTo(previous.timelock, settled.number), ...events.timelock],
  };
}
