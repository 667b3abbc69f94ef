import type { Hex } from "@/domain/model";
import { isHexBytes } from "../bytes";
import { ChainError, revertedError } from "../errors";
import { rangeErrorOf } from "./range-errors";
import type { RpcAnswer, RpcCall } from "./rpc";

interface ErrorObject {
  readonly code: number;
  readonly message: string;
  readonly data: unknown;
}

/**
 * Codes by which endpoints say "too fast" inside an HTTP 200: EIP-1474 limit exceeded, HTTP's own number, and the
 * ones of QuickNode (-32007) and Alchemy-like gateways (-32016, -32029).
 */
const RATE_LIMIT_CODES: ReadonlySet<number> = new Set([-32005, 429, -32007, -32016, -32029]);

/** Methods whose refusal with data is a contract speaking. */
const EXECUTION_METHODS: ReadonlySet<string> = new Set([
  "eth_call",
  "eth_estimateGas",
  "eth_createAccessList",
  "eth_sendRawTransaction",
  "eth_sendTransaction",
]);

const GETH_REVERT_CODE = 3;
/** Parity and its descendants put the word before the data. */
const PARITY_PREFIX = "Reverted ";

function revertDataOf(data: unknown): Hex | undefined {
  if (typeof data !== "string") return undefined;
  const text = data.startsWith(PARITY_PREFIX) ? data.slice(PARITY_PREFIX.length) : data;
  return isHexBytes(text) ? text : undefined;
}

/** Turns one JSON-RPC error object into our error. The provider's text decides only for log ranges. */
export function errorOfCall(call: RpcCall, error: ErrorObject & { readonly host: string }): ChainError {
  const { code, host } = error;
  if (call.method === "eth_getLogs") {
    const range = rangeErrorOf(error);
    if (range !== undefined) {
      return new ChainError("range-too-large", {
        message: `${host} refused the block range`,
        endpointHost: host,
        rpcCode: code,
        suggestedBlocks: range.suggestedBlocks,
        limit: range.limit === "blocks" ? "blocks" : "answer",
      });
    }
  }
  if (EXECUTION_METHODS.has(call.method)) {
    const data = revertDataOf(error.data);
    if (code === GETH_REVERT_CODE || (data !== undefined && data.length >= 10)) {
      return revertedError(data ?? "0x", host);
    }
  }
  if (RATE_LIMIT_CODES.has(code)) {
    return new ChainError("rate-limited", {
      message: `${host} is limiting requests`,
      endpointHost: host,
      rpcCode: code,
    });
  }
  return new ChainError("unexpected", {
    message: `${host} refused ${call.method} with error ${code.toString()}`,
    endpointHost: host,
    rpcCode: code,
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function errorObjectOf(value: unknown): ErrorObject | undefined {
  if (!isRecord(value)) return undefined;
  const { code, message, data } = value;
  if (typeof code !== "number" || !Number.isInteger(code)) return undefined;
  return { code, message: typeof message === "string" ? message : "", data };
}

/** What an HTTP body turned out to be. */
export type Envelope =
  | { readonly kind: "answers"; readonly answers: readonly RpcAnswer[] }
  /** One error object in place of the array that was asked for: the endpoint refuses the batch as such. */
  | { readonly kind: "batch-refused"; readonly error: ChainError }
  /** `badBatch`: a whole list of answers, but not the one that was asked for, which is how poor batching shows. */
  | { readonly kind: "bad"; readonly why: string; readonly badBatch: boolean };

function bad(why: string, badBatch = false): Envelope {
  return { kind: "bad", why, badBatch };
}

interface Expected {
  readonly calls: readonly RpcCall[];
  readonly firstId: number;
  readonly host: string;
}

function answerOf(
  value: unknown,
  { id, call, host }: { id: number; call: RpcCall; host: string },
): RpcAnswer | string {
  if (!isRecord(value)) return "an answer is not an object";
  if (value["jsonrpc"] !== "2.0") return "an answer is not JSON-RPC 2.0";
  if (value["id"] !== id) return "an answer belongs to another call";
  const hasError = value["error"] !== undefined && value["error"] !== null;
  const hasResult = Object.hasOwn(value, "result");
  if (hasError) {
    const error = errorObjectOf(value["error"]);
    if (error === undefined || (hasResult && value["result"] !== null)) return "an error is malformed";
    return { ok: false, error: errorOfCall(call, { ...error, host }) };
  }
  return hasResult ? { ok: true, value: value["result"] } : "an answer has neither result nor error";
}

function readBatch(parsed: readonly unknown[], { calls, firstId, host }: Expected): Envelope {
  if (parsed.length !== calls.length) {
    return bad("the batch has another number of answers than calls", true);
  }
  const answers: RpcAnswer[] = [];
  for (const [index, call] of calls.entries()) {
    const answer = answerOf(parsed[index], { id: firstId + index, call, host });
    if (typeof answer === "string") return bad(answer, true);
    answers.push(answer);
  }
  return { kind: "answers", answers };
}

/**
 * Reads an HTTP body strictly: JSON, version 2.0, the very ids that were sent in the order they were sent, exactly
 * one of result and error each. Anything else is bad as a whole and nothing of it is used: an answer attributed to
 * the wrong call would be a wrong number that looks right. A batch in another order is legal JSON-RPC, but no
 * endpoint in good health sends one; it is asked again, call by call.
 */
export function readEnvelope(text: string, expected: Expected & { readonly batch: boolean }): Envelope {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return bad("the body is not JSON");
    throw error;
  }
  if (expected.batch) {
    if (Array.isArray(parsed)) return readBatch(parsed, expected);
    const [call] = expected.calls;
    const error = isRecord(parsed) ? errorObjectOf(parsed["error"]) : undefined;
    if (error === undefined || call === undefined) return bad("a batch was answered with something else");
    return { kind: "batch-refused", error: errorOfCall(call, { ...error, host: expected.host }) };
  }
  return readBatch([parsed], expected);
}
