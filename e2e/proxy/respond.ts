import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Struck, TransportFault } from "./rules";

export interface Outgoing {
  readonly status: number;
  readonly contentType: string;
  readonly retryAfterSeconds?: number;
  readonly body: string;
}

const CORS: Readonly<Record<string, string>> = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "content-type",
  "access-control-allow-methods": "POST, OPTIONS",
  "access-control-expose-headers": "retry-after",
  "access-control-max-age": "600",
};

export function corsHeaders(isOpen: boolean): Readonly<Record<string, string>> {
  return isOpen ? CORS : {};
}

export const json = (body: string): Outgoing => ({ status: 200, contentType: "application/json", body });

/** The answer that a fault puts in place of the node's, or undefined when the node is still to be asked. */
export function replacementOf(fault: TransportFault): Outgoing | undefined {
  switch (fault.kind) {
    case "status":
      return {
        status: fault.status,
        contentType: "application/json",
        body: fault.body ?? JSON.stringify({ error: `status ${fault.status}` }),
        ...(fault.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: fault.retryAfterSeconds }),
      };
    case "rate-limit":
      return {
        status: 429,
        contentType: "application/json",
        body: JSON.stringify({ error: "too many requests" }),
        ...(fault.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: fault.retryAfterSeconds }),
      };
    case "html":
      return {
        status: fault.status ?? 200,
        contentType: "text/html; charset=utf-8",
        body: "<!doctype html><title>Sign in to the network</title><h1>Welcome</h1>",
      };
    case "deep":
      return json(`{"jsonrpc":"2.0","id":1,"result":${"[".repeat(fault.depth)}${"]".repeat(fault.depth)}}`);
    case "delay":
    case "hold":
    case "reset":
    case "stall":
    case "drip":
    case "truncate":
    case "huge":
    case "batch":
      return undefined;
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Pieces of an endless-looking answer; back-pressure keeps this process small however large the body is. */
function* hugeBody(bytes: number): Generator<string> {
  const piece = "f".repeat(65_536);
  yield '{"jsonrpc":"2.0","id":1,"result":"0x';
  for (let left = bytes; left > 0; left -= piece.length) yield piece.slice(0, left);
  yield '"}';
}

async function drip(
  response: ServerResponse,
  at: { body: string; bytes: number; everyMs: number },
): Promise<void> {
  for (let from = 0; from < at.body.length && !response.destroyed; from += at.bytes) {
    response.write(at.body.slice(from, from + at.bytes));
    await pause(at.everyMs);
  }
  response.end();
}

/**
 * Sends the answer, bent by the faults of the connection. Resolves when nothing more will be written; a stalled
 * answer resolves at once and stays open until the client or the proxy gives up.
 */
export async function send(
  response: ServerResponse,
  at: {
    readonly outgoing: Outgoing;
    readonly faults: readonly Struck<TransportFault>[];
    readonly headers: Readonly<Record<string, string>>;
  },
): Promise<number> {
  const { outgoing, headers } = at;
  const faults = at.faults.map((one) => one.fault);
  if (faults.some((fault) => fault.kind === "reset")) {
    response.destroy();
    return 0;
  }
  const huge = faults.find((fault) => fault.kind === "huge");
  const truncate = faults.find((fault) => fault.kind === "truncate");
  const stall = faults.find((fault) => fault.kind === "stall");
  const slow = faults.find((fault) => fault.kind === "drip");
  const { retryAfterSeconds } = outgoing;
  response.writeHead(outgoing.status, {
    "content-type": outgoing.contentType,
    ...(retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) }),
    ...headers,
  });
  const cut = (fraction: number): string =>
    outgoing.body.slice(0, Math.floor(outgoing.body.length * fraction));
  const body = truncate === undefined ? outgoing.body : cut(truncate.fraction);
  if (huge !== undefined) {
    await pipeline(Readable.from(hugeBody(huge.bytes)), response);
    return huge.bytes;
  }
  if (stall !== undefined) {
    const sent = cut(stall.fraction);
    response.flushHeaders();
    response.write(sent);
    return Buffer.byteLength(sent);
  }
  if (slow !== undefined) {
    await drip(response, { body, bytes: slow.bytes, everyMs: slow.everyMs });
    return Buffer.byteLength(body);
  }
  response.end(body);
  return Buffer.byteLength(body);
}

/** Waits out delays and gates, in the order of their rules. */
export async function waitFor(faults: readonly Struck<TransportFault>[]): Promise<void> {
  for (const { fault, random } of faults) {
    if (fault.kind === "delay") await pause(fault.ms + Math.floor(random() * (fault.jitterMs ?? 0)));
    if (fault.kind === "hold") await fault.gate;
  }
}
