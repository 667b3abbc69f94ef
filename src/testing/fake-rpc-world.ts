import type { RpcEnvironment } from "@/chain/rpc/environment";

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly callback: () => void;
}

/** A world with its own time: nothing waits, and whatever would have taken an hour is over at once. */
export interface FakeWorld extends RpcEnvironment {
  /** Runs the promise to its end, moving time to the next timer whenever nothing else can happen. */
  run<T>(promise: Promise<T>): Promise<T>;
  /** Every HTTP request in the order of arrival. */
  readonly sent: readonly SentRequest[];
}

export interface SentRequest {
  readonly url: string;
  readonly atMs: number;
  readonly body: unknown;
}

/** What a fake endpoint does with one HTTP request. Throwing is a network failure. */
export type FakeEndpoint = (request: SentRequest, signal: AbortSignal) => Response | Promise<Response>;

const MAX_IDLE_TURNS = 3000;

function millisecond(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 1);
  });
}

/** A turn of the event loop, so that every promise that can settle has settled. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/**
 * The environment of an RPC client against scripted endpoints. An address that no endpoint was scripted for throws:
 * a test never talks to something it did not mean to.
 */
export function createFakeWorld({
  endpoints,
  latencyMs = 60,
  random = () => 0.5,
}: {
  readonly endpoints: Readonly<Record<string, FakeEndpoint>>;
  readonly latencyMs?: number;
  readonly random?: () => number;
}): FakeWorld {
  let nowMs = 0;
  let order = 0;
  const timers = new Set<Timer>();
  const sent: SentRequest[] = [];

  function setTimer(ms: number, callback: () => void): () => void {
    order += 1;
    const timer: Timer = { atMs: nowMs + ms, order, callback };
    timers.add(timer);
    return () => {
      timers.delete(timer);
    };
  }

  function fireNext(): boolean {
    const next = [...timers].sort((a, b) => a.atMs - b.atMs || a.order - b.order)[0];
    if (next === undefined) return false;
    timers.delete(next);
    nowMs = Math.max(nowMs, next.atMs);
    next.callback();
    return true;
  }

  return {
    nowMs: () => nowMs,
    random,
    setTimer,
    sent,
    fetch(url, init) {
      const endpoint = endpoints[url];
      if (endpoint === undefined) throw new Error("a request went to an endpoint that was not scripted");
      const request: SentRequest = { url, atMs: nowMs, body: JSON.parse(init.body) as unknown };
      sent.push(request);
      const signal = init.signal ?? new AbortController().signal;
      return new Promise((resolve, reject) => {
        const fail = (): void => {
          reject(new DOMException("The operation was aborted", "AbortError"));
        };
        signal.addEventListener("abort", fail, { once: true });
        setTimer(latencyMs, () => {
          Promise.resolve()
            .then(() => endpoint(request, signal))
            .then(resolve, reject);
        });
      });
    },
    async run(promise) {
      let settled = false;
      const mark = (): void => {
        settled = true;
      };
      promise.then(mark, mark);
      let idleTurns = 0;
      for (;;) {
        await turn();
        if (settled) return await promise;
        idleTurns = fireNext() ? 0 : idleTurns + 1;
        // Work of the platform's own threads (hashing) shows in no timer; it gets some real time to come back.
        if (idleTurns > 20) await millisecond();
        if (idleTurns > MAX_IDLE_TURNS) {
          throw new Error("nothing is left to happen, and the promise has not settled");
        }
      }
    },
  };
}

interface RpcBody {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

/** An answer that a handler gives in place of a result. */
export class FakeRpcError extends Error {
  override readonly name = "FakeRpcError";
  constructor(
    readonly code: number,
    message: string,
    readonly data?: unknown,
  ) {
    super(message);
  }
}

/** Answers one JSON-RPC call; throws `FakeRpcError` to refuse it, anything else for what it does not know. */
export type FakeHandler = (method: string, params: readonly unknown[]) => unknown;

function answerTo(body: RpcBody, handler: FakeHandler): unknown {
  try {
    return { jsonrpc: "2.0", id: body.id, result: handler(body.method, body.params) };
  } catch (error) {
    if (!(error instanceof FakeRpcError)) throw error;
    const { code, message, data } = error;
    return { jsonrpc: "2.0", id: body.id, error: { code, message, data } };
  }
}

/** A well-behaved endpoint around a handler: single calls and batches. */
export function jsonRpcEndpoint(handler: FakeHandler): FakeEndpoint {
  return ({ body }) => {
    const bodies = (Array.isArray(body) ? body : [body]) as readonly RpcBody[];
    const answers = bodies.map((one) => answerTo(one, handler));
    return Response.json(Array.isArray(body) ? answers : answers[0]);
  };
}

/** A handler from a table of methods; a method that is not in it throws, so that no call goes unnoticed. */
export function handlerOf(
  methods: Readonly<Record<string, (params: readonly unknown[]) => unknown>>,
): FakeHandler {
  return (method, params) => {
    const answer = methods[method];
    if (answer === undefined) throw new Error(`the fake was not told what to answer to ${method}`);
    return answer(params);
  };
}
