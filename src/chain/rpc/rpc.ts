import type { ChainError } from "../errors";

/** One JSON-RPC call. */
export interface RpcCall {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** The answer to one call of a batch: a refusal of one call is a value, not an exception. */
export type RpcAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: ChainError };

export interface RpcOptions {
  readonly signal?: AbortSignal | undefined;
  /** Endpoints (by name) to be passed over while there is another one. */
  readonly avoid?: readonly string[] | undefined;
  /** Tries over all endpoints, for callers that retry by themselves. */
  readonly attempts?: number | undefined;
  /** Refuse (`bad-answer`) rather than fall back to one request per call at an endpoint that takes no batches. */
  readonly batchOnly?: boolean | undefined;
}

/** Answers that are known to come from one and the same endpoint. */
export interface RpcExchange {
  /** Stable name of the endpoint in this session and the next: its host, with a number where hosts repeat. */
  readonly endpoint: string;
  readonly answers: readonly RpcAnswer[];
}

export type EndpointState = "ok" | "retrying" | "rate-limited" | "down" | "wrong-chain";

/** What one endpoint is doing. Times are on the environment's monotonic clock. */
export interface EndpointStatus {
  readonly endpointHost: string;
  readonly state: EndpointState;
  readonly retryAtMs: number | undefined;
  readonly expectedChainId: number | undefined;
  readonly gotChainId: number | undefined;
  /** HTTP requests sent; a batch counts once. */
  readonly requests: number;
  /** Bytes of answers read, after decompression. */
  readonly bytes: number;
}

/** The endpoint in use, and all of them. The same object until something changes. */
export interface RpcStatus extends EndpointStatus {
  readonly endpoints: readonly EndpointStatus[];
}

/**
 * The way to one chain, over one or several endpoints. Everything above is written against this interface, so tests
 * pass a fake and the public page needs no client library.
 *
 * Every method throws only `ChainError`; an aborted `signal` gives the code `aborted`.
 */
export interface Rpc {
  readonly chainId: number;
  /** One call. Throws what the endpoint refused. */
  request(method: string, params: readonly unknown[], options?: RpcOptions): Promise<unknown>;
  /** Several calls in one HTTP request, answers in the order of the calls. */
  batch(calls: readonly RpcCall[], options?: RpcOptions): Promise<readonly RpcAnswer[]>;
  /** As `batch`, saying who answered: for anything that must not mix two endpoints' views of the chain. */
  exchange(calls: readonly RpcCall[], options?: RpcOptions): Promise<RpcExchange>;
  /** The endpoint that the next request will go to, named as in `RpcExchange`. */
  preferredEndpoint(): string;
  status(): RpcStatus;
  subscribe(listener: () => void): () => void;
}
