import { ChainError, toChainError } from "../errors";
import { quantityOf, smallQuantityOf } from "../quantity";
import { readEnvelope } from "./envelope";
import { type RpcEnvironment, sleep } from "./environment";
import { postJson } from "./http";
import { createPacer, fullJitterMs } from "./pacing";
import type { EndpointState, EndpointStatus, RpcAnswer, RpcCall } from "./rpc";

export interface RpcLimits {
  /** One deadline for connection and body. */
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  /** Tries of one exchange, over all endpoints. */
  readonly attempts: number;
  readonly backoffBaseMs: number;
  readonly backoffCapMs: number;
  /** Longest wait for an endpoint that asked for a pause; beyond it the caller is told. */
  readonly maxWaitMs: number;
  /** How often the chain id is asked again without any failure. */
  readonly chainCheckMs: number;
  /** Calls in flight at an endpoint that takes no batches. */
  readonly singlesInFlight: number;
}

export interface EndpointOptions {
  readonly url: string;
  readonly name: string;
  readonly host: string;
  readonly chainId: number;
  readonly environment: RpcEnvironment;
  readonly limits: RpcLimits;
  readonly onChange: () => void;
}

export interface SendOptions {
  readonly signal: AbortSignal | undefined;
  readonly batchOnly: boolean;
}

export interface Endpoint {
  readonly name: string;
  /** When the next request may start; in the past when at once. */
  readyAtMs(): number;
  /** The `wrong-chain` error for as long as the endpoint is set aside for it. */
  blockedBy(): ChainError | undefined;
  send(calls: readonly RpcCall[], options: SendOptions): Promise<readonly RpcAnswer[]>;
  status(): EndpointStatus;
}

const CHAIN_ID_CALL: RpcCall = { method: "eth_chainId", params: [] };
const DOWN_AFTER_FAILURES = 3;
const BAD_BATCHES_BEFORE_SINGLES = 2;

/**
 * One endpoint: what it has shown itself to be (chain, batches, pace) and the sending of one exchange, without
 * retries. An endpoint is not believed before it has named the right chain, and after every failure it must do so
 * again, because a failure is when a load balancer changes what stands behind a URL.
 */
export function createEndpoint(options: EndpointOptions): Endpoint {
  const { url, host, name, chainId, environment, limits, onChange } = options;
  const pacer = createPacer();
  let nextId = 1;
  let failures = 0;
  let badBatches = 0;
  let takesBatches = true;
  let restUntilMs = Number.NEGATIVE_INFINITY;
  let verifiedAtMs: number | undefined;
  let state: EndpointState = "ok";
  let gotChainId: number | undefined;
  let blocked: ChainError | undefined;
  let requests = 0;
  let bytes = 0;

  async function post(calls: readonly RpcCall[], signal: AbortSignal | undefined) {
    await sleep(environment, { ms: pacer.reserveMs(environment.nowMs()), signal });
    const firstId = nextId;
    nextId += calls.length;
    const batch = calls.length > 1;
    const bodies = calls.map(({ method, params }, index) => ({
      jsonrpc: "2.0",
      id: firstId + index,
      method,
      params,
    }));
    requests += 1;
    const answer = await postJson(environment, {
      url,
      host,
      body: JSON.stringify(batch ? bodies : bodies[0]),
      timeoutMs: limits.timeoutMs,
      maxResponseBytes: limits.maxResponseBytes,
      signal,
      onBytes: (count) => {
        bytes += count;
      },
    });
    return { answer, envelope: readEnvelope(answer.text, { calls, firstId, host, batch }), batch };
  }

  function badAnswer(why: string, httpStatus: number): ChainError {
    return new ChainError("bad-answer", {
      message: `${host} sent something that is no answer: ${why}`,
      endpointHost: host,
      httpStatus,
    });
  }

  async function postSingly(calls: readonly RpcCall[], send: SendOptions) {
    if (send.batchOnly) throw badAnswer("it takes no batches", 200);
    const answers: RpcAnswer[] = [];
    for (let from = 0; from < calls.length; from += limits.singlesInFlight) {
      const some = calls.slice(from, from + limits.singlesInFlight);
      const read = await Promise.all(some.map((call) => postAll([call], send)));
      answers.push(...read.flat());
    }
    return answers;
  }

  async function postAll(calls: readonly RpcCall[], send: SendOptions): Promise<readonly RpcAnswer[]> {
    if (calls.length > 1 && !takesBatches) return await postSingly(calls, send);
    const { answer, envelope, batch } = await post(calls, send.signal);
    if (envelope.kind === "answers") {
      const limited = envelope.answers.find((item) => !item.ok && item.error.code === "rate-limited");
      if (limited !== undefined && !limited.ok) throw limited.error;
      if (batch) badBatches = 0;
      pacer.onAccepted(environment.nowMs());
      return envelope.answers;
    }
    if (envelope.kind === "batch-refused") {
      if (envelope.error.code === "rate-limited") throw envelope.error;
      takesBatches = false;
      return await postSingly(calls, send);
    }
    if (batch && envelope.badBatch) {
      badBatches += 1;
      takesBatches = badBatches < BAD_BATCHES_BEFORE_SINGLES;
    }
    throw badAnswer(envelope.why, answer.status);
  }

  function believeChain(answer: RpcAnswer | undefined): void {
    if (answer === undefined) throw badAnswer("no chain id", 200);
    if (!answer.ok) throw answer.error;
    if (quantityOf(answer.value) === undefined) throw badAnswer("the chain id is not a number", 200);
    const got = smallQuantityOf(answer.value);
    if (got === chainId) {
      gotChainId = got;
      verifiedAtMs = environment.nowMs();
      return;
    }
    gotChainId = got;
    throw new ChainError("wrong-chain", {
      message: `${host} is on chain ${String(got)}, not on chain ${chainId.toString()}`,
      endpointHost: host,
      expectedChainId: chainId,
      gotChainId: got,
    });
  }

  /**
   * The chain id is asked in the same request as the first calls, and again when it has not been asked for a while or
   * something failed since. Nothing of the answer is handed on before the id was found right, so the check costs no
   * request of its own and still comes before every use.
   */
  async function exchange(calls: readonly RpcCall[], send: SendOptions) {
    const nowMs = environment.nowMs();
    if (verifiedAtMs !== undefined && nowMs - verifiedAtMs < limits.chainCheckMs) {
      return await postAll(calls, send);
    }
    const batchOnly = send.batchOnly && calls.length > 1;
    const [first, ...rest] = await postAll([CHAIN_ID_CALL, ...calls], { ...send, batchOnly });
    believeChain(first);
    return rest;
  }

  function onFailure(error: ChainError): void {
    verifiedAtMs = undefined;
    const nowMs = environment.nowMs();
    // Requests that were in flight together fail together; that is one failure, not six.
    if (nowMs >= restUntilMs) failures += 1;
    const backoffMs = fullJitterMs({
      failures,
      baseMs: limits.backoffBaseMs,
      capMs: limits.backoffCapMs,
      random: environment.random(),
    });
    if (error.code === "rate-limited") pacer.onLimited(nowMs);
    const askedMs = error.details.retryAfterMs;
    restUntilMs = Math.max(restUntilMs, nowMs + Math.max(backoffMs, askedMs ?? 0));
    if (error.code === "wrong-chain") {
      state = "wrong-chain";
      blocked = error;
      restUntilMs = Math.max(restUntilMs, nowMs + limits.backoffCapMs);
    } else if (error.code === "rate-limited") state = "rate-limited";
    else state = failures >= DOWN_AFTER_FAILURES ? "down" : "retrying";
    onChange();
  }

  return {
    name,
    readyAtMs: () => restUntilMs,
    blockedBy: () => (state === "wrong-chain" && environment.nowMs() < restUntilMs ? blocked : undefined),
    async send(calls, send) {
      try {
        const answers = await exchange(calls, send);
        failures = 0;
        state = "ok";
        onChange();
        return answers;
      } catch (error) {
        const chainError = toChainError(error);
        // An answer over the byte cap says something about the question, not about the endpoint's health.
        if (chainError.code !== "aborted" && chainError.code !== "range-too-large") onFailure(chainError);
        throw chainError;
      }
    },
    status: () => ({
      endpointHost: host,
      state,
      retryAtMs: state === "ok" ? undefined : restUntilMs,
      expectedChainId: chainId,
      gotChainId,
      requests,
      bytes,
    }),
  };
}
