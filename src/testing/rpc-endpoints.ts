import { createRpc } from "@/chain/rpc/client";
import type { RpcLimits } from "@/chain/rpc/endpoint";
import { createFakeWorld, type FakeEndpoint, handlerOf, jsonRpcEndpoint } from "./fake-rpc-world";

/** Two endpoints whose addresses hold secrets that nothing may show. */
export const ONE = "https://one.example/v2/secret-key-one";
export const TWO = "https://two.example/rpc?apikey=secret-key-two";

/** On chain 1, with a block number. */
export const healthy = (answer = "0x64"): FakeEndpoint =>
  jsonRpcEndpoint(handlerOf({ eth_chainId: () => "0x1", eth_blockNumber: () => answer }));

/** Cannot be reached; the error names its address, as a browser's does. */
export const down: FakeEndpoint = () => {
  throw new TypeError(`fetch failed: ${ONE}`);
};

/** Answers with a status instead of an answer. */
export const status =
  (code: number, headers: Record<string, string> = {}): FakeEndpoint =>
  () =>
    new Response("busy", { status: code, headers });

/** Each request is answered by the next endpoint of the list, the last one for ever. */
export function inTurn(...endpoints: readonly FakeEndpoint[]): FakeEndpoint {
  let next = 0;
  return (request, signal) => {
    const endpoint = endpoints[Math.min(next, endpoints.length - 1)];
    next += 1;
    if (endpoint === undefined) throw new Error("no endpoint");
    return endpoint(request, signal);
  };
}

/** A client of these endpoints, its world, and a way to ask one thing. */
export function setUp(endpoints: Readonly<Record<string, FakeEndpoint>>, limits: Partial<RpcLimits> = {}) {
  const world = createFakeWorld({ endpoints });
  const rpc = createRpc({ chainId: 1, endpoints: Object.keys(endpoints), environment: world, limits });
  const ask = (method = "eth_blockNumber") => world.run(rpc.request(method, []));
  return { world, rpc, ask };
}
