import { createServer } from "node:http";
import {
  failure,
  isFields,
  parseRequest,
  type RpcAnswer,
  type RpcCall,
  result,
  toEnvelope,
} from "./json-rpc";

export interface FakeNode {
  readonly url: string;
  /** Every call that reached the node. */
  readonly calls: readonly RpcCall[];
  stop(): Promise<void>;
}

export const blockHashOf = (number: bigint): string => `0x${number.toString(16).padStart(64, "0")}`;
const hex = (value: bigint): string => `0x${value.toString(16)}`;

function answerOf(call: RpcCall, node: { readonly head: bigint; readonly chainId: number }): RpcAnswer {
  const [first, second, third] = call.params;
  const blockOf = (reference: unknown): bigint | undefined => {
    if (reference === undefined || reference === "latest") return node.head;
    if (isFields(reference)) return blockOf(reference.blockHash);
    const number = typeof reference === "string" ? BigInt(reference) : undefined;
    return number !== undefined && number <= node.head ? number : undefined;
  };
  switch (call.method) {
    case "eth_chainId":
      return result(hex(BigInt(node.chainId)));
    case "eth_blockNumber":
      return result(hex(node.head));
    case "eth_getBlockByNumber":
    case "eth_getBlockByHash": {
      const number = blockOf(first);
      return result(number === undefined ? null : { number: hex(number), hash: blockHashOf(number) });
    }
    case "eth_call": {
      const number = blockOf(second);
      if (number === undefined) return failure(-32000, "header not found");
      return result({ atBlock: hex(number), overridden: third !== undefined });
    }
    case "eth_getTransactionReceipt":
      return result({ blockNumber: hex(node.head) });
    case "eth_getLogs": {
      if (!isFields(first)) return failure(-32602, "no filter");
      const [from, to] = [blockOf(first.fromBlock), blockOf(first.toBlock)];
      // anvil's way: a range beyond the head is an error.
      if (from === undefined || to === undefined) return failure(-32602, "block range extends beyond head");
      const logs = [];
      for (let number = from; number <= to; number += 1n)
        logs.push({ blockNumber: hex(number), blockHash: blockHashOf(number), logIndex: "0x0" });
      return result(logs);
    }
    default:
      return failure(-32601, `the fake node does not know ${call.method}`);
  }
}

/** A node in forty lines: one log in every block, calls that tell at which block they were answered. */
export async function startFakeNode(
  options: { readonly head?: bigint; readonly chainId?: number } = {},
): Promise<FakeNode> {
  const { head = 100n, chainId = 31_337 } = options;
  const calls: RpcCall[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      const parsed = parseRequest(body);
      const envelopes = (parsed?.calls ?? []).map((call) => {
        calls.push(call);
        return toEnvelope(call.id, answerOf(call, { head, chainId }));
      });
      response.end(JSON.stringify(parsed?.isBatch === true ? envelopes : envelopes[0]));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the fake node has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    calls,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
