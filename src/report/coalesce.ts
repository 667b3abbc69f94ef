import type { ChainError } from "@/chain/errors";
import type { Rpc, RpcAnswer, RpcCall, RpcOptions } from "@/chain/rpc/rpc";

interface Waiting extends RpcCall {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: ChainError) => void;
}

/**
 * The same way to the chain, with single calls that are made in one turn of the event loop sent as one batch: two
 * independent reads that begin together cost one HTTP request. Batches and exchanges pass through unchanged.
 */
export function coalesced(rpc: Rpc, options: RpcOptions = {}): Rpc {
  let waiting: Waiting[] = [];

  const flush = async (): Promise<void> => {
    const calls = waiting;
    waiting = [];
    try {
      const answers = await rpc.batch(calls, options);
      calls.forEach((call, index) => settle(call, answers[index]));
    } catch (error) {
      // `Rpc` throws nothing but ChainError; the whole batch failed for that reason.
      for (const call of calls) call.reject(error as ChainError);
    }
  };

  return {
    ...rpc,
    request: (method, params) =>
      new Promise((resolve, reject) => {
        waiting.push({ method, params, resolve, reject });
        if (waiting.length === 1) setTimeout(() => void flush(), 0);
      }),
  };
}

function settle(call: Waiting, answer: RpcAnswer | undefined): void {
  if (answer?.ok === true) call.resolve(answer.value);
  else if (answer !== undefined) call.reject(answer.error);
}
