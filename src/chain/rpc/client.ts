import { ChainError, toChainError } from "../errors";
import { createEndpoint, type Endpoint, type RpcLimits } from "./endpoint";
import { type RpcEnvironment, sleep, systemEnvironment, throwIfAborted } from "./environment";
import type { Rpc, RpcCall, RpcExchange, RpcOptions, RpcStatus } from "./rpc";

export interface RpcConfig {
  readonly chainId: number;
  /** URLs in order of preference. They may hold keys; nothing but their host ever leaves this module. */
  readonly endpoints: readonly string[];
  readonly environment?: RpcEnvironment | undefined;
  readonly limits?: Partial<RpcLimits> | undefined;
}

const DEFAULT_LIMITS: RpcLimits = {
  timeoutMs: 15_000,
  maxResponseBytes: 12_000_000,
  attempts: 6,
  backoffBaseMs: 250,
  backoffCapMs: 8000,
  maxWaitMs: 60_000,
  chainCheckMs: 30_000,
  singlesInFlight: 4,
};

const RETRYABLE: ReadonlySet<string> = new Set([
  "rpc-unavailable",
  "rate-limited",
  "bad-answer",
  "wrong-chain",
]);

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch (error) {
    if (error instanceof TypeError) {
      throw new ChainError("unexpected", { message: "An endpoint's address is not a URL" });
    }
    throw error;
  }
}

/** Hosts, numbered where two endpoints share one, so that the name never needs the path with its key. */
function namesOf(hosts: readonly string[]): readonly string[] {
  return hosts.map((host, index) => {
    const before = hosts.slice(0, index).filter((other) => other === host).length;
    return before === 0 ? host : `${host}#${(before + 1).toString()}`;
  });
}

/**
 * The client of one chain over several JSON-RPC endpoints.
 *
 * - Each endpoint must name the right chain before anything it says is used, again after any failure, and again every
 *   half minute. One on another chain is set aside; when all are, `wrong-chain` is thrown with both ids.
 * - Failures, refusals for speed and malformed answers are retried with full jitter at the endpoint that is ready
 *   soonest, a bounded number of times. `Retry-After` is respected, up to `maxWaitMs`.
 * - A refusal of a call by the chain (a revert, a range) is the answer to that call and is not retried.
 * - Answers are capped in bytes and time, and read strictly.
 *
 * Errors are `ChainError`s that name the endpoint's host and nothing else of its URL.
 */
export function createRpc({ chainId, endpoints: urls, environment, limits }: RpcConfig): Rpc {
  if (urls.length === 0) throw new ChainError("unexpected", { message: "No endpoint is configured" });
  const world = environment ?? systemEnvironment();
  const bounds: RpcLimits = { ...DEFAULT_LIMITS, ...limits };
  const listeners = new Set<() => void>();
  let cachedStatus: RpcStatus | undefined;
  let preferred = 0;

  const onChange = (): void => {
    cachedStatus = undefined;
    for (const listener of listeners) listener();
  };
  const hosts = urls.map(hostOf);
  const names = namesOf(hosts);
  const endpoints: readonly Endpoint[] = urls.map((url, index) =>
    createEndpoint({
      url,
      host: hosts[index] ?? "",
      name: names[index] ?? "",
      chainId,
      environment: world,
      limits: bounds,
      onChange,
    }),
  );

  /** The preferred endpoint when it is ready, else the next one that is, else the one that will be ready first. */
  function pickIndex(avoid: readonly string[]): number {
    const nowMs = world.nowMs();
    const inOrder = endpoints.map((_, step) => (preferred + step) % endpoints.length);
    const wanted = inOrder.filter((index) => !avoid.includes(names[index] ?? ""));
    const candidates = wanted.length === 0 ? inOrder : wanted;
    const readyAt = (index: number): number => endpoints[index]?.readyAtMs() ?? Number.POSITIVE_INFINITY;
    const ready = candidates.find((index) => readyAt(index) <= nowMs);
    return ready ?? candidates.reduce((best, index) => (readyAt(index) < readyAt(best) ? index : best));
  }

  async function waitFor(endpoint: Endpoint, last: ChainError | undefined, signal: AbortSignal | undefined) {
    const waitMs = endpoint.readyAtMs() - world.nowMs();
    if (waitMs > bounds.maxWaitMs) {
      throw last ?? new ChainError("rate-limited", { message: "Every endpoint asked for a long pause" });
    }
    await sleep(world, { ms: waitMs, signal });
  }

  async function exchange(calls: readonly RpcCall[], options?: RpcOptions): Promise<RpcExchange> {
    const signal = options?.signal;
    if (calls.length === 0) return { endpoint: names[preferred] ?? "", answers: [] };
    let last: ChainError | undefined;
    const attempts = options?.attempts ?? bounds.attempts;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      throwIfAborted(signal);
      const blocked = endpoints.map((endpoint) => endpoint.blockedBy());
      if (blocked.every((error) => error !== undefined)) throw blocked[preferred] ?? last;
      const index = pickIndex(options?.avoid ?? []);
      const endpoint = endpoints[index];
      if (endpoint === undefined) break;
      await waitFor(endpoint, last, signal);
      try {
        const answers = await endpoint.send(calls, { signal, batchOnly: options?.batchOnly ?? false });
        if (preferred !== index) {
          preferred = index;
          onChange();
        }
        return { endpoint: endpoint.name, answers };
      } catch (error) {
        last = toChainError(error);
        if (!RETRYABLE.has(last.code)) throw last;
      }
    }
    throw last ?? new ChainError("rpc-unavailable", { message: "No endpoint could be asked" });
  }

  function buildStatus(): RpcStatus {
    const all = endpoints.map((endpoint) => endpoint.status());
    const inUse = all[preferred] ?? all[0];
    const best = inUse?.state === "ok" ? inUse : (all.find(({ state }) => state === "ok") ?? inUse);
    if (best === undefined) throw new ChainError("unexpected", { message: "No endpoint is configured" });
    return {
      ...best,
      requests: all.reduce((sum, { requests }) => sum + requests, 0),
      bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
      endpoints: all,
    };
  }

  return {
    chainId,
    exchange,
    async batch(calls, options) {
      return (await exchange(calls, options)).answers;
    },
    async request(method, params, options) {
      const { answers } = await exchange([{ method, params }], options);
      const [answer] = answers;
      if (answer === undefined) throw new ChainError("bad-answer", { message: "No answer came" });
      if (!answer.ok) throw answer.error;
      return answer.value;
    },
    preferredEndpoint: () => names[preferred] ?? "",
    status() {
      cachedStatus ??= buildStatus();
      return cachedStatus;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
