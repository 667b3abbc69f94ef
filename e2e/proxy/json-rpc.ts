/** The few words of JSON-RPC 2.0 that the proxy needs. Everything from outside is checked before use. */
export type RpcId = number | string | null;

export interface RpcCall {
  readonly id: RpcId;
  readonly method: string;
  readonly params: readonly unknown[];
}

export interface RpcFailure {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

export type RpcAnswer =
  | { readonly kind: "result"; readonly value: unknown }
  | { readonly kind: "error"; readonly error: RpcFailure };

export interface RpcRequest {
  readonly calls: readonly RpcCall[];
  readonly isBatch: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function toCall(value: unknown): RpcCall | undefined {
  if (!isFields(value) || typeof value.method !== "string") return undefined;
  const { id, method, params } = value;
  const isId = typeof id === "number" || typeof id === "string";
  return { id: isId ? id : null, method, params: Array.isArray(params) ? params : [] };
}

/** Reads a request body. `undefined` when it is not JSON-RPC at all. */
export function parseRequest(body: string): RpcRequest | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const isBatch = Array.isArray(json);
  const calls = (Array.isArray(json) ? json : [json]).map(toCall);
  const valid = calls.filter((call) => call !== undefined);
  return valid.length === calls.length && valid.length > 0 ? { calls: valid, isBatch } : undefined;
}

/** The envelope of one answer, ready for JSON.stringify. */
export function toEnvelope(id: RpcId, answer: RpcAnswer): Fields {
  return answer.kind === "result"
    ? { jsonrpc: "2.0", id, result: answer.value }
    : { jsonrpc: "2.0", id, error: answer.error };
}

/** Reads one envelope of an upstream node. */
export function toAnswer(envelope: unknown): RpcAnswer {
  if (!isFields(envelope)) return failure(-32603, "upstream sent no envelope");
  const { error } = envelope;
  if (isFields(error) && typeof error.code === "number" && typeof error.message === "string") {
    const data = "data" in error ? { data: error.data } : {};
    return { kind: "error", error: { code: error.code, message: error.message, ...data } };
  }
  return "result" in envelope
    ? { kind: "result", value: envelope.result }
    : failure(-32603, "upstream sent neither result nor error");
}

export const result = (value: unknown): RpcAnswer => ({ kind: "result", value });

export function failure(code: number, message: string): RpcAnswer {
  return { kind: "error", error: { code, message } };
}
