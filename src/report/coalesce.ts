import type { ChainError } from "@/chain/errors";
import type { Rpc, RpcAnswer, RpcCall, RpcExchange, RpcOptions } from "@/chain/rpc/rpc";

/** Calls of one caller, waiting for the turn to end. */
interface Waiting {
  readonly calls: readonly RpcCall[];
  readonly resolve: (exchange: RpcExchange) => void;
  readonly reject: (error: ChainError) => void;
}

/** Whether a caller asks for nothing but the answer: only then may its calls travel with others'. */
function isPlain(options: RpcOptions | undefined): boolean {
  return Object.entries(options ?? {}).every(([name, value]) => name === "signal" || value === undefined);
}

/**
 * The same way to the chain, with everything that is asked in one turn of the event loop sent as one batch: two
 * independent reads that begin together cost one HTTP request. All answers of a turn come from one endpoint. Calls
 * with wishes of their own (another endpoint, fewer attempts) go alone.
 */
export function coalesced(rpc: Rpc, options: RpcOptions = {}): Rpc {
  let waiting: Waiting[] = [];

  async function flush(): Promise<void> {
    const turn = waiting;
    waiting = [];
    try {
      const { endpoint, answers } = await rpc.exchange(
        turn.flatMap(({ calls }) => calls),
        options,
      );
      let next = 0;
      for (const { calls, resolve } of turn) {
        resolve({ endpoint, answers: answers.slice(next, next + calls.length) });
        next += calls.length;
      }
    } catch (error) {
      // `Rpc` throws nothing but ChainError; the whole turn failed for that reason.
      for (const { reject } of turn) reject(error as ChainError);
    }
  }

  const join = (calls: readonly RpcCall[]): Promise<RpcExchange> =>
    new Promise((resolve, reject) => {
      waiting.push({ calls, resolve, reject });
      if (waiting.length === 1) setTimeout(() => void flush(), 0);
    });

  return {
    ...rpc,
    async request(method, params, own) {
      if (!isPlain(own)) return rpc.request(method, params, own);
      const { answers } = await join([{ method, params }]);
      return valueOf(answers[0]);
    },
    async batch(calls, own) {
      return isPlain(own) ? (await join(calls)).answers : rpc.batch(calls, own);
    },
    exchange: (calls, own) => (isPlain(own) ? join(calls) : rpc.exchange(calls, own)),
  };
}

function valueOf(answer: RpcAnswer | undefined): unknown {
  if (answer?.ok === true) return answer.value;
  if (answer === undefined) throw new RangeError("A batch answered fewer calls than it was asked");
  throw answer.error;
}
