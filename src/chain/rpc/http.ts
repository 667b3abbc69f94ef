import { ChainError, isChainError } from "../errors";
import { type RpcEnvironment, throwIfAborted } from "./environment";
import { retryAfterMs } from "./pacing";

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  readonly bytes: number;
}

export interface HttpRequest {
  readonly url: string;
  readonly host: string;
  readonly body: string;
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  readonly signal: AbortSignal | undefined;
  /** Counts bytes as they arrive, also of answers that are refused. */
  readonly onBytes: (count: number) => void;
}

async function readCapped(response: Response, request: HttpRequest): Promise<HttpAnswer> {
  const tooLarge = (): ChainError =>
    new ChainError("range-too-large", {
      message: `${request.host} sent more than ${request.maxResponseBytes.toString()} bytes`,
      endpointHost: request.host,
      limit: "answer",
    });
  if (response.body === null) return { status: response.status, text: "", bytes: 0 };
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { status: response.status, text: text + decoder.decode(), bytes };
    bytes += value.byteLength;
    request.onBytes(value.byteLength);
    if (bytes > request.maxResponseBytes) {
      await reader.cancel();
      throw tooLarge();
    }
    text += decoder.decode(value, { stream: true });
  }
}

function errorOfStatus(response: Response, host: string): ChainError | undefined {
  const { status } = response;
  if (status === 429) {
    return new ChainError("rate-limited", {
      message: `${host} is limiting requests`,
      endpointHost: host,
      httpStatus: status,
      retryAfterMs: retryAfterMs(response.headers.get("retry-after"), response.headers.get("date")),
    });
  }
  if (status >= 500 || status === 401 || status === 403 || status === 408) {
    return new ChainError("rpc-unavailable", {
      message: `${host} answered with HTTP status ${status.toString()}`,
      endpointHost: host,
      httpStatus: status,
      retryAfterMs: retryAfterMs(response.headers.get("retry-after"), response.headers.get("date")),
    });
  }
  return undefined;
}

/**
 * Posts one JSON body and reads the answer as text, bounded in time and bytes. One deadline covers the connection and
 * the whole body, so a body that stalls or drips is a time-out as well.
 *
 * Redirects are refused (an endpoint may not send us to another origin) and nothing that identifies the page is sent.
 * Throws `rpc-unavailable`, `rate-limited`, `range-too-large` (more bytes than the cap) or `aborted`.
 */
export async function postJson(
  environment: Pick<RpcEnvironment, "fetch" | "setTimer">,
  request: HttpRequest,
): Promise<HttpAnswer> {
  const { signal, host } = request;
  throwIfAborted(signal);
  const controller = new AbortController();
  let timedOut = false;
  const onAbort = (): void => {
    controller.abort();
  };
  signal?.addEventListener("abort", onAbort, { once: true });
  const cancelTimer = environment.setTimer(request.timeoutMs, () => {
    timedOut = true;
    controller.abort();
  });
  try {
    const response = await environment.fetch(request.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: request.body,
      signal: controller.signal,
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      referrerPolicy: "no-referrer",
    });
    const refused = errorOfStatus(response, host);
    if (refused !== undefined) {
      await response.body?.cancel();
      throw refused;
    }
    return await readCapped(response, request);
  } catch (error) {
    if (isChainError(error)) throw error;
    throwIfAborted(signal);
    // The platform's error is dropped on purpose: some engines put the whole URL, with its key, into its text.
    throw new ChainError("rpc-unavailable", {
      message: timedOut
        ? `${host} did not answer within ${(request.timeoutMs / 1000).toString()} s`
        : `${host} cannot be reached`,
      endpointHost: host,
      timedOut,
    });
  } finally {
    cancelTimer();
    signal?.removeEventListener("abort", onAbort);
  }
}
