import { describe, expect, it } from "vitest";
import { ChainError } from "@/chain/errors";
import type { Rpc, RpcAnswer, RpcCall } from "@/chain/rpc/rpc";
import { coalesced } from "./coalesce";

/** A way to the chain that answers every call of a batch by its method, and counts the batches. */
function countingRpc(answer: (call: RpcCall) => RpcAnswer) {
  const batches: (readonly RpcCall[])[] = [];
  const unused = (): never => {
    throw new Error("only batches are expected");
  };
  const rpc: Rpc = {
    chainId: 1,
    request: unused,
    batch: unused,
    preferredEndpoint: unused,
    status: unused,
    subscribe: unused,
    exchange(calls) {
      batches.push(calls);
      return Promise.resolve({ endpoint: "node", answers: calls.map(answer) });
    },
  };
  return { rpc, batches };
}

describe("coalesced calls", () => {
  it("that begin together cost one request and keep their own answers", async () => {
    const { rpc, batches } = countingRpc((call) => ({ ok: true, value: call.method }));
    const together = coalesced(rpc);
    expect(await Promise.all([together.request("a", []), together.request("b", [])])).toEqual(["a", "b"]);
    expect(batches.length).toBe(1);
  });

  it("fail one by one: a refused call does not take its neighbour with it", async () => {
    const refused = new ChainError("reverted", { message: "no" });
    const { rpc } = countingRpc((call) =>
      call.method === "bad" ? { ok: false, error: refused } : { ok: true, value: 1 },
    );
    const together = coalesced(rpc);
    const [good, bad] = await Promise.allSettled([together.request("good", []), together.request("bad", [])]);
    expect(good).toEqual({ status: "fulfilled", value: 1 });
    expect(bad).toEqual({ status: "rejected", reason: refused });
  });

  it("of every form travel together, each with its own part of the answers", async () => {
    const { rpc, batches } = countingRpc((call) => ({ ok: true, value: call.method }));
    const together = coalesced(rpc);
    const call = (method: string): RpcCall => ({ method, params: [] });
    const [one, two, three] = await Promise.all([
      together.request("a", []),
      together.batch([call("b"), call("c")]),
      together.exchange([call("d")]),
    ]);
    expect(one).toBe("a");
    expect(two.map((answer) => (answer.ok ? answer.value : undefined))).toEqual(["b", "c"]);
    expect(three).toEqual({ endpoint: "node", answers: [{ ok: true, value: "d" }] });
    expect(batches.length).toBe(1);
  });

  it("that begin later go in a request of their own", async () => {
    const { rpc, batches } = countingRpc((call) => ({ ok: true, value: call.method }));
    const together = coalesced(rpc);
    await together.request("a", []);
    await together.request("b", []);
    expect(batches.length).toBe(2);
  });
});
