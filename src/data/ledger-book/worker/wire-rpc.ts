import { ChainError } from "@/chain/errors";
import type { Rpc, RpcCall, RpcExchange, RpcOptions } from "@/chain/rpc/rpc";
import type { EndpointView, LedgerReply, RpcAsked, WireExchange } from "./messages";
import { chainErrorFrom, toWire } from "./wire-error";

/** The worker's way to the chain. */
export interface WireRpc {
  readonly rpc: Rpc;
  readonly onAnswer: (answer: {
    readonly call: number;
    readonly result: WireExchange;
    readonly endpoint: EndpointView;
  }) => void;
  readonly onEndpoint: (endpoint: EndpointView) => void;
}

interface Waiting {
  readonly resolve: (exchange: RpcExchange) => void;
  readonly reject: (error: ChainError) => void;
}

/** Makes an `Rpc` whose calls are sent to the page and answered from there. One for the worker's life. */
export function createWireRpc(
  first: EndpointView,
  send: (reply: Extract<LedgerReply, { readonly kind: "rpc" | "rpc-cancel" }>) => void,
): WireRpc {
  let endpoint = first;
  let calls = 0;
  const waiting = new Map<number, Waiting>();

  function ask(asked: RpcAsked, signal: AbortSignal | undefined): Promise<RpcExchange> {
    if (signal?.aborted === true) return Promise.reject(abortedError());
    calls += 1;
    const call = calls;
    return new Promise<RpcExchange>((resolve, reject) => {
      const onAbort = (): void => {
        waiting.delete(call);
        send({ kind: "rpc-cancel", call });
        reject(abortedError());
      };
      const ended = (): void => signal?.removeEventListener("abort", onAbort);
      signal?.addEventListener("abort", onAbort, { once: true });
      waiting.set(call, {
        resolve: (exchange) => {
          ended();
          resolve(exchange);
        },
        reject: (error) => {
          ended();
          reject(error);
        },
      });
      send({ kind: "rpc", call, asked });
    });
  }

  const asking = (
    how: RpcAsked["how"],
    list: readonly RpcCall[],
    options: RpcOptions = {},
  ): Promise<RpcExchange> => {
    const { signal, ...rest } = options;
    return ask({ how, calls: list, options: rest }, signal);
  };

  const rpc: Rpc = {
    chainId: first.chainId,
    async request(method, params, options) {
      const { answers } = await asking("request", [{ method, params }], options);
      const [answer] = answers;
      if (answer?.ok === true) return answer.value;
      throw answer?.error ?? new ChainError("bad-answer", { message: "A call came back without its answer" });
    },
    batch: async (list, options) => (await asking("batch", list, options)).answers,
    exchange: (list, options) => asking("exchange", list, options),
    preferredEndpoint: () => endpoint.preferred,
    status: () => endpoint.status,
    subscribe: () => () => undefined,
  };

  return {
    rpc,
    onAnswer({ call, result, endpoint: now }) {
      endpoint = now;
      const one = waiting.get(call);
      waiting.delete(call);
      if (one === undefined) return;
      if (!result.ok) {
        one.reject(chainErrorFrom(result.error));
        return;
      }
      const answers = result.answers.map((answer) =>
        answer.ok ? answer : { ok: false as const, error: chainErrorFrom(answer.error) },
      );
      one.resolve({ endpoint: result.endpoint, answers });
    },
    onEndpoint(now) {
      endpoint = now;
    },
  };
}

function abortedError(): ChainError {
  return new ChainError("aborted", { message: "Reading was stopped" });
}

/** What the worker must know of the page's client. */
export function endpointViewOf(rpc: Rpc): EndpointView {
  return { chainId: rpc.chainId, preferred: rpc.preferredEndpoint(), status: rpc.status() };
}

/** Makes a call of the worker on the page's client. Never throws: what went wrong is a value. */
export async function answerOnPage(
  rpc: Rpc,
  { how, calls, options }: RpcAsked,
  signal: AbortSignal,
): Promise<WireExchange> {
  const all = { ...options, signal };
  try {
    const exchange = await exchangeOnPage(rpc, { how, calls }, all);
    const answers = exchange.answers.map((answer) =>
      answer.ok ? answer : { ok: false as const, error: toWire(answer.error) },
    );
    return { ok: true, endpoint: exchange.endpoint, answers };
  } catch (error) {
    return { ok: false, error: toWire(error) };
  }
}

async function exchangeOnPage(
  rpc: Rpc,
  { how, calls }: Pick<RpcAsked, "how" | "calls">,
  options: RpcOptions,
): Promise<RpcExchange> {
  if (how === "exchange") return rpc.exchange(calls, options);
  const endpoint = rpc.preferredEndpoint();
  if (how === "batch") return { endpoint, answers: await rpc.batch(calls, options) };
  const answers = await Promise.all(
    calls.map(async ({ method, params }) => ({
      ok: true as const,
      value: await rpc.request(method, params, options),
    })),
  );
  return { endpoint, answers };
}
