import { failure, isFields, type RpcAnswer, type RpcCall, toAnswer } from "./json-rpc";

/** One node behind the proxy. Bytes and requests made here are the proxy's own and not counted as a client's. */
export class Upstream {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  /** Forwards calls as they came: one as a single request, several as one batch. Answers keep their order. */
  async forward(calls: readonly RpcCall[]): Promise<RpcAnswer[]> {
    const envelopes = calls.map(({ method, params }, id) => ({ jsonrpc: "2.0", id, method, params }));
    const body = JSON.stringify(envelopes.length === 1 ? envelopes[0] : envelopes);
    let json: unknown;
    try {
      const response = await fetch(this.url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      json = await response.json();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return calls.map(() => failure(-32603, `proxy: upstream does not answer (${why})`));
    }
    const list: readonly unknown[] = Array.isArray(json) ? json : [json];
    const byId = new Map(list.map((one) => [isFields(one) ? one.id : undefined, one]));
    return calls.map((_, id) => toAnswer(byId.get(id) ?? (list.length === 1 ? list[0] : undefined)));
  }

  /** One call of the proxy's own. `undefined` when the node answers with an error. */
  async ask(method: string, params: readonly unknown[]): Promise<unknown> {
    const [answer] = await this.forward([{ id: 0, method, params }]);
    return answer?.kind === "result" ? answer.value : undefined;
  }

  async headNumber(): Promise<bigint> {
    const value = await this.ask("eth_blockNumber", []);
    if (typeof value !== "string") throw new Error(`${this.url} has no head`);
    return BigInt(value);
  }

  /** Height of a block named by number, tag, hash or an EIP-1898 object; undefined when it is not known. */
  async heightOf(reference: unknown, head: bigint): Promise<bigint | undefined> {
    if (reference === undefined || reference === "latest" || reference === "pending") return head;
    if (reference === "earliest") return 0n;
    if (isFields(reference)) return this.heightOf(reference.blockHash ?? reference.blockNumber, head);
    if (typeof reference !== "string") return undefined;
    const isHash = reference.length === 66;
    if (!isHash && reference.startsWith("0x")) return BigInt(reference);
    const block = isHash
      ? await this.ask("eth_getBlockByHash", [reference, false])
      : await this.ask("eth_getBlockByNumber", [reference, false]);
    return isFields(block) && typeof block.number === "string" ? BigInt(block.number) : undefined;
  }
}
