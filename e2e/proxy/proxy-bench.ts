import { afterEach, beforeEach } from "vitest";
import { ChaosProxy, type ChaosProxyOptions } from "./chaos-proxy";
import { type FakeNode, startFakeNode } from "./fake-node";

export interface Envelope {
  readonly id: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

export const rpc = (method: string, params: readonly unknown[] = [], id = 1) => ({
  jsonrpc: "2.0",
  id,
  method,
  params,
});

export const countOf = (envelope: Envelope): number =>
  Array.isArray(envelope.result) ? envelope.result.length : Number.NaN;

/**
 * A proxy in front of two fake nodes, the first at block 100 and the second at block 60, made anew for each test,
 * and a client to ask it with.
 */
export function useProxyBench() {
  const parts: { node?: FakeNode; behind?: FakeNode; proxy?: ChaosProxy } = {};
  const part = <K extends keyof typeof parts>(name: K): NonNullable<(typeof parts)[K]> => {
    const value = parts[name];
    if (value === undefined) throw new Error(`there is no ${name} outside a test`);
    return value;
  };
  const startProxy = async (options: Partial<ChaosProxyOptions> = {}): Promise<void> => {
    await parts.proxy?.stop();
    parts.proxy = await ChaosProxy.start({
      upstreams: [part("node").url, part("behind").url],
      seed: 7,
      ...options,
    });
  };
  beforeEach(async () => {
    parts.node = await startFakeNode({ head: 100n });
    parts.behind = await startFakeNode({ head: 60n });
    parts.proxy = undefined;
    await startProxy();
  });
  afterEach(async () => {
    await part("proxy").stop();
    await part("node").stop();
    await part("behind").stop();
  });

  const post = (body: unknown, signal?: AbortSignal): Promise<Response> =>
    fetch(part("proxy").url, { method: "POST", body: JSON.stringify(body), signal: signal ?? null });
  const ask = async (method: string, params: readonly unknown[] = []): Promise<Envelope> =>
    (await (await post(rpc(method, params))).json()) as Envelope;
  return {
    get node() {
      return part("node");
    },
    get proxy() {
      return part("proxy");
    },
    startProxy,
    post,
    ask,
    askBatch: async (methods: readonly string[]): Promise<Envelope[]> => {
      const body = methods.map((method, index) => rpc(method, [], index + 1));
      return (await (await post(body)).json()) as Envelope[];
    },
    logs: (fromBlock: string, toBlock: string): Promise<Envelope> =>
      ask("eth_getLogs", [{ fromBlock, toBlock }]),
  };
}
