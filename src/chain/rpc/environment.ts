import { ChainError } from "../errors";

/** What the RPC client needs from the outside world; injected, so that tests own time and chance. */
export interface RpcEnvironment {
  readonly fetch: (url: string, init: RequestInit & { readonly body: string }) => Promise<Response>;
  /** Monotonic milliseconds; never the wall clock, which people and laptops set back. */
  readonly nowMs: () => number;
  /** Uniform in [0, 1): spreads retries so that a thousand pages do not knock at once. */
  readonly random: () => number;
  /** Calls back once after `ms`; the result cancels. */
  readonly setTimer: (ms: number, callback: () => void) => () => void;
}

const RANDOM_RANGE = 4_294_967_296;

/** The browser's (and Node's) own fetch, monotonic clock, timers and randomness. */
export function systemEnvironment(): RpcEnvironment {
  const { fetch, performance, crypto } = globalThis;
  return {
    fetch: (url, init) => fetch(url, init),
    nowMs: () => performance.now(),
    random: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / RANDOM_RANGE,
    setTimer: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => {
        clearTimeout(timer);
      };
    },
  };
}

/** The error for a cancelled read. */
export function abortedError(): ChainError {
  return new ChainError("aborted", { message: "Cancelled" });
}

/** Throws `aborted` when the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw abortedError();
}

/** Waits `ms` on the environment's clock; throws `aborted` when the signal fires first. */
export function sleep(
  environment: Pick<RpcEnvironment, "setTimer">,
  { ms, signal }: { readonly ms: number; readonly signal: AbortSignal | undefined },
): Promise<void> {
  if (signal?.aborted === true) return Promise.reject(abortedError());
  if (ms <= 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      cancel();
      reject(abortedError());
    };
    const cancel = environment.setTimer(ms, () => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    });
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
