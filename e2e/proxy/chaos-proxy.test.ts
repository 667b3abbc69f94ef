import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ChaosProxy, type ChaosProxyOptions } from "./chaos-proxy";
import { blockHashOf, type FakeNode, startFakeNode } from "./fake-node";
import { PROVIDER_LIMITS, providerLimit } from "./provider-limits";
import type { Rule } from "./rules";
import { gate } from "./traffic";

let node: FakeNode;
let behind: FakeNode;
let proxy: ChaosProxy;

const startProxy = async (options: Partial<ChaosProxyOptions> = {}): Promise<void> => {
  await proxy?.stop();
  proxy = await ChaosProxy.start({ upstreams: [node.url, behind.url], seed: 7, ...options });
};

beforeEach(async () => {
  node = await startFakeNode({ head: 100n });
  behind = await startFakeNode({ head: 60n });
  proxy = await ChaosProxy.start({ upstreams: [node.url, behind.url], seed: 7 });
});

afterEach(async () => {
  await proxy.stop();
  await node.stop();
  await behind.stop();
});

interface Envelope {
  readonly id: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

const post = (body: unknown, signal?: AbortSignal): Promise<Response> =>
  fetch(proxy.url, { method: "POST", body: JSON.stringify(body), signal: signal ?? null });

const rpc = (method: string, params: readonly unknown[] = [], id = 1) => ({
  jsonrpc: "2.0",
  id,
  method,
  params,
});

async function ask(method: string, params: readonly unknown[] = []): Promise<Envelope> {
  return (await (await post(rpc(method, params))).json()) as Envelope;
}

async function askBatch(methods: readonly string[]): Promise<Envelope[]> {
  const body = methods.map((method, index) => rpc(method, [], index + 1));
  return (await (await post(body)).json()) as Envelope[];
}

const logs = async (fromBlock: string, toBlock: string): Promise<Envelope> =>
  ask("eth_getLogs", [{ fromBlock, toBlock }]);

const countOf = (envelope: Envelope): number =>
  Array.isArray(envelope.result) ? envelope.result.length : Number.NaN;

describe("without rules", () => {
  it("passes single calls and batches through, ids and all", async () => {
    expect(await ask("eth_blockNumber")).toEqual({ jsonrpc: "2.0", id: 1, result: "0x64" });
    expect((await askBatch(["eth_chainId", "eth_blockNumber"])).map((one) => [one.id, one.result])).toEqual([
      [1, "0x7a69"],
      [2, "0x64"],
    ]);
  });

  it("counts requests, calls, methods and bytes, and a batch as one request", async () => {
    await ask("eth_blockNumber");
    await askBatch(["eth_chainId", "eth_blockNumber"]);
    const counts = proxy.counts();
    expect(counts).toMatchObject({ requests: 2, calls: 3, byStatus: { 200: 2 }, aborted: 0 });
    expect(counts.byMethod).toEqual({ eth_blockNumber: 2, eth_chainId: 1 });
    expect(counts.bytesIn).toBe(
      JSON.stringify(rpc("eth_blockNumber")).length +
        JSON.stringify([rpc("eth_chainId"), rpc("eth_blockNumber", [], 2)]).length,
    );
    expect(counts.bytesOut).toBeGreaterThan(100);
  });

  it("answers log ranges beyond the head as geth does, where the node alone would refuse", async () => {
    expect(countOf(await logs("0x60", "0x70"))).toBe(5);
    expect(countOf(await logs("0x65", "0x70"))).toBe(0);
    await startProxy({ gethLogs: false });
    expect((await logs("0x60", "0x70")).error?.message).toMatch(/beyond head/);
  });

  it("refuses what is not JSON-RPC", async () => {
    expect((await fetch(proxy.url, { method: "POST", body: "{" })).status).toBe(400);
    expect((await post({ method: 1 })).status).toBe(400);
    expect((await fetch(proxy.url)).status).toBe(400);
  });

  it("lets a browser read the answers, unless CORS is closed", async () => {
    const origin = async () => (await post(rpc("eth_chainId"))).headers.get("access-control-allow-origin");
    expect(await origin()).toBe("*");
    proxy.cors = false;
    expect(await origin()).toBeNull();
  });
});

describe("rules", () => {
  const failing: Rule["fault"] = { kind: "rpc-error", error: { code: -32000, message: "broken" } };
  const outcomes = async (count: number): Promise<string> => {
    let text = "";
    for (let i = 0; i < count; i += 1) text += (await ask("eth_blockNumber")).error === undefined ? "." : "x";
    return text;
  };

  it("strike by call number: listed, or a range with a step", async () => {
    const remove = proxy.add({ when: { calls: [2, 4] }, fault: failing });
    expect(await outcomes(5)).toBe(".x.x.");
    remove();
    proxy.add({ when: { calls: { from: 2, to: 6, every: 3 } }, fault: failing });
    expect(await outcomes(7)).toBe(".x..x..");
  });

  it("strike by method and by a look at the parameters", async () => {
    proxy.add({ when: { methods: ["eth_chainId"] }, fault: failing });
    proxy.add({ when: { matches: (call) => call.params.length === 2 }, fault: failing });
    expect((await ask("eth_chainId")).error?.message).toBe("broken");
    expect((await ask("eth_call", [{}, "0x1"])).error?.message).toBe("broken");
    expect((await ask("eth_call", [{}])).error).toBeUndefined();
  });

  it("strike by time since they were added", async () => {
    let now = 0;
    await startProxy({ nowMs: () => now });
    proxy.add({ when: { fromMs: 10, untilMs: 20 }, fault: failing });
    const seen: string[] = [];
    for (now of [0, 9, 10, 19, 20]) seen.push(await outcomes(1));
    expect(seen.join("")).toBe("..xx.");
  });

  it("replay the same faults for the same seed, and others for another", async () => {
    const run = async (seed: number): Promise<string> => {
      await startProxy({ seed });
      proxy.add({ id: "flaky", when: { probability: 0.5 }, fault: failing });
      return outcomes(24);
    };
    const first = await run(3);
    expect(await run(3)).toBe(first);
    expect(await run(4)).not.toBe(first);
    expect(first).toMatch(/x.*\.|\..*x/);
  });

  it("are named in the transcript, which is equal for equal runs", async () => {
    const run = async () => {
      await startProxy({ seed: 3 });
      proxy.add({ id: "flaky", when: { probability: 0.5 }, fault: { kind: "status", status: 503 } });
      for (let i = 0; i < 8; i += 1) await post(rpc("eth_blockNumber"));
      return proxy.transcript();
    };
    const first = await run();
    expect(await run()).toEqual(first);
    expect(first.filter((one) => one.faults.includes("flaky")).every((one) => one.status === 503)).toBe(true);
  });

  it("can be healed", async () => {
    proxy.add({ fault: { kind: "reset" } });
    proxy.cors = false;
    proxy.heal();
    expect(await outcomes(1)).toBe(".");
    expect((await post(rpc("eth_chainId"))).headers.get("access-control-allow-origin")).toBe("*");
  });
});

describe("faults of the connection", () => {
  const text = async (): Promise<string> => (await post(rpc("eth_blockNumber"))).text();

  it("answer a status, with Retry-After or without", async () => {
    const remove = proxy.add({ fault: { kind: "status", status: 429, retryAfterSeconds: 2 } });
    const first = await post(rpc("eth_blockNumber"));
    expect([first.status, first.headers.get("retry-after")]).toEqual([429, "2"]);
    remove();
    proxy.add({ fault: { kind: "status", status: 429 } });
    expect((await post(rpc("eth_blockNumber"))).headers.get("retry-after")).toBeNull();
    expect(node.calls).toEqual([]);
  });

  it("limit the rate by a bucket that refills with time", async () => {
    let now = 0;
    await startProxy({ nowMs: () => now });
    proxy.add({ fault: { kind: "rate-limit", perSecond: 2, burst: 3 } });
    const statuses: number[] = [];
    for (now of [0, 0, 0, 0, 499, 500, 501]) statuses.push((await post(rpc("eth_blockNumber"))).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429, 200, 429]);
  });

  it("drop the connection", async () => {
    proxy.add({ fault: { kind: "reset" } });
    await expect(text()).rejects.toThrow(TypeError);
  });

  it("go down and come back", async () => {
    const comeBack = proxy.goDown();
    await expect(text()).rejects.toThrow(TypeError);
    comeBack();
    expect(await text()).toContain("0x64");
  });

  it("stall half-way until the client gives up, and count it", async () => {
    proxy.add({ fault: { kind: "stall", fraction: 0.5 } });
    const abort = new AbortController();
    const response = await post(rpc("eth_blockNumber"), abort.signal);
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toBe('{"jsonrpc":"2.0","id');
    abort.abort();
    await proxy.seen((entry) => entry.methods.includes("eth_blockNumber"));
    await expect.poll(() => proxy.counts().aborted).toBe(1);
  });

  it("hold an answer until the test opens the gate", async () => {
    const { closed, open } = gate();
    proxy.add({ fault: { kind: "hold", gate: closed } });
    let isDone = false;
    const answer = text().then((body) => {
      isDone = true;
      return body;
    });
    await proxy.seen((entry) => entry.methods.includes("eth_blockNumber"));
    expect(isDone).toBe(false);
    open();
    expect(await answer).toContain("0x64");
  });

  it("delay an answer by the given time", async () => {
    proxy.add({ fault: { kind: "delay", ms: 30 } });
    const before = performance.now();
    await text();
    expect(performance.now() - before).toBeGreaterThanOrEqual(29);
  });

  it("drip the body, which still arrives whole", async () => {
    proxy.add({ fault: { kind: "drip", bytes: 10, everyMs: 1 } });
    expect(JSON.parse(await text())).toMatchObject({ result: "0x64" });
  });

  it("send HTML with an innocent status", async () => {
    proxy.add({ fault: { kind: "html" } });
    const response = await post(rpc("eth_blockNumber"));
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/^<!doctype html>/);
  });

  it("truncate the body so that only a parser notices", async () => {
    proxy.add({ fault: { kind: "truncate", fraction: 0.6 } });
    const body = await text();
    expect(() => JSON.parse(body)).toThrow(SyntaxError);
  });

  it("send a body of any size and of any depth", async () => {
    const remove = proxy.add({ fault: { kind: "huge", bytes: 3_000_000 } });
    expect((await text()).length).toBeGreaterThan(3_000_000);
    remove();
    proxy.add({ fault: { kind: "deep", depth: 5_000 } });
    expect(await text()).toContain("[".repeat(5_000));
  });

  it("bend batches: reversed, shuffled, duplicated, short, or one object", async () => {
    const methods = ["eth_chainId", "eth_blockNumber", "eth_chainId", "eth_blockNumber", "eth_chainId"];
    const idsFor = async (mode: "reverse" | "shuffle" | "duplicate" | "short") => {
      const remove = proxy.add({ fault: { kind: "batch", mode } });
      const ids = (await askBatch(methods)).map((one) => one.id);
      remove();
      return ids;
    };
    expect(await idsFor("reverse")).toEqual([5, 4, 3, 2, 1]);
    expect(await idsFor("duplicate")).toEqual([1, 1, 2, 3, 4, 5]);
    expect(await idsFor("short")).toEqual([1, 2, 3, 4]);
    const mixed = await idsFor("shuffle");
    expect(mixed).not.toEqual([1, 2, 3, 4, 5]);
    expect(new Set(mixed)).toEqual(new Set([1, 2, 3, 4, 5]));
    proxy.add({ fault: { kind: "batch", mode: "object" } });
    expect(await askBatch(methods)).toMatchObject([{ error: { message: "no batches" } }]);
  });
});

describe("faults of a call", () => {
  it("answer under another id", async () => {
    proxy.add({ fault: { kind: "wrong-id" } });
    expect((await ask("eth_blockNumber")).id).not.toBe(1);
  });

  it("pretend to be another chain, from a given call on", async () => {
    proxy.add({
      when: { methods: ["eth_chainId"], calls: { from: 2 } },
      fault: { kind: "chain-id", chainId: 5 },
    });
    expect([(await ask("eth_chainId")).result, (await ask("eth_chainId")).result]).toEqual(["0x7a69", "0x5"]);
  });

  it("strip the state override silently, or reject it", async () => {
    const call = () => ask("eth_call", [{ to: "0x1" }, "latest", { "0x1": { code: "0x" } }]);
    expect((await call()).result).toMatchObject({ overridden: true });
    const remove = proxy.add({ fault: { kind: "strip-override" } });
    expect((await call()).result).toMatchObject({ overridden: false });
    remove();
    proxy.add({ fault: { kind: "reject-override" } });
    expect((await call()).error).toEqual({ code: -32602, message: "too many arguments, want at most 2" });
    expect((await ask("eth_call", [{ to: "0x1" }, "latest"])).error).toBeUndefined();
  });

  it("lag: nothing newer than the older head exists", async () => {
    proxy.add({ fault: { kind: "lag", blocks: 10n } });
    expect((await ask("eth_blockNumber")).result).toBe("0x5a");
    expect((await ask("eth_getBlockByNumber", ["latest", false])).result).toMatchObject({ number: "0x5a" });
    expect((await ask("eth_getBlockByNumber", ["0x5b", false])).result).toBeNull();
    expect((await ask("eth_getBlockByHash", [blockHashOf(95n), false])).result).toBeNull();
    expect((await ask("eth_call", [{}, "latest"])).result).toMatchObject({ atBlock: "0x5a" });
    expect((await ask("eth_call", [{}])).result).toMatchObject({ atBlock: "0x5a" });
    expect((await ask("eth_call", [{}, { blockHash: blockHashOf(95n) }])).error?.message).toBe(
      "header not found",
    );
    expect((await ask("eth_call", [{}, { blockHash: blockHashOf(80n) }])).result).toMatchObject({
      atBlock: "0x50",
    });
    expect((await ask("eth_getTransactionReceipt", ["0x1"])).result).toBeNull();
    expect(countOf(await logs("0x50", "latest"))).toBe(11);
    expect(countOf(await logs("0x5b", "0x64"))).toBe(0);
  });

  it("freeze at a block while the chain goes on", async () => {
    proxy.add({ fault: { kind: "freeze", atBlock: 42n } });
    expect((await ask("eth_blockNumber")).result).toBe("0x2a");
  });

  it("send calls to another upstream, or to each in turn", async () => {
    const remove = proxy.add({ fault: { kind: "upstream", index: 1 } });
    expect((await ask("eth_blockNumber")).result).toBe("0x3c");
    remove();
    proxy.add({ fault: { kind: "alternate" } });
    const heads = (await askBatch(["eth_blockNumber", "eth_blockNumber", "eth_blockNumber"])).map(
      (one) => one.result,
    );
    expect(heads).toEqual(["0x64", "0x3c", "0x64"]);
  });

  it("keep no state and no logs below a block", async () => {
    proxy.add({ fault: { kind: "archive", belowBlock: 50n } });
    proxy.add({ fault: { kind: "pruned-logs", belowBlock: 20n } });
    expect((await ask("eth_call", [{}, "0x31"])).error?.message).toMatch(/^missing trie node/);
    expect((await ask("eth_call", [{}, { blockHash: blockHashOf(49n) }])).error?.message).toMatch(
      /^missing trie/,
    );
    expect((await ask("eth_call", [{}, "0x32"])).result).toMatchObject({ atBlock: "0x32" });
    expect((await logs("0x13", "0x20")).error).toEqual({ code: 4444, message: "pruned history unavailable" });
    expect(countOf(await logs("0x14", "0x20"))).toBe(13);
  });

  it.each(PROVIDER_LIMITS.map((limit) => [limit.name, limit] as const))(
    "refuse a range in the words of %s, and answer a small one",
    async (_name, limit) => {
      const caps = limit.maxBlocks === undefined ? { maxLogs: 5 } : { maxBlocks: 5n };
      proxy.add({ fault: { kind: "log-limit", limit: providerLimit(limit.name, caps) } });
      const refused = await post(rpc("eth_getLogs", [{ fromBlock: "0xa", toBlock: "0x13" }]));
      expect(refused.status).toBe(limit.httpStatus ?? 200);
      const { error } = (await refused.json()) as Envelope;
      const expected = limit.refuse({ fromBlock: 10n, toBlock: 19n, workingToBlock: 14n });
      expect(error).toEqual(expected);
      expect(countOf(await logs("0xa", "0xe"))).toBe(5);
    },
  );

  it("truncate a list of logs in silence, or drop one", async () => {
    const remove = proxy.add({ fault: { kind: "silent-truncation", maxLogs: 4 } });
    expect(countOf(await logs("0x0", "0x9"))).toBe(4);
    remove();
    proxy.add({ fault: { kind: "drop-log", index: 3 } });
    const { result } = await logs("0x0", "0x9");
    expect(result).toHaveLength(9);
    expect(result).not.toContainEqual(expect.objectContaining({ blockNumber: "0x3" }));
  });

  it("tamper with exactly one digit, the same one for the same seed", async () => {
    const run = async (): Promise<unknown> => {
      await startProxy({ seed: 11 });
      proxy.add({ id: "liar", fault: { kind: "tamper" } });
      return (await ask("eth_getBlockByNumber", ["0x5a", false])).result;
    };
    const lie = JSON.stringify(await run());
    const truth = JSON.stringify({ number: "0x5a", hash: blockHashOf(90n) });
    expect(Array.from(lie).filter((character, index) => character !== truth[index])).toHaveLength(1);
    expect(JSON.stringify(await run())).toBe(lie);
  });

  it("rewrite a result and drop it altogether", async () => {
    const remove = proxy.add({ fault: { kind: "rewrite", with: (value) => `${String(value)}0` } });
    expect((await ask("eth_blockNumber")).result).toBe("0x640");
    remove();
    proxy.add({ fault: { kind: "null-result" } });
    expect((await ask("eth_blockNumber")).result).toBeNull();
  });

  it("fail k of n chunks inside one batch", async () => {
    proxy.add({
      when: { methods: ["eth_blockNumber"], calls: [2] },
      fault: { kind: "rpc-error", error: { code: -32000, message: "broken" } },
    });
    const answers = await askBatch(["eth_blockNumber", "eth_blockNumber", "eth_blockNumber"]);
    expect(answers.map((one) => one.error?.message)).toEqual([undefined, "broken", undefined]);
  });

  it("say so when the node behind is gone, instead of hanging", async () => {
    await node.stop();
    expect((await ask("eth_chainId")).error?.message).toMatch(/upstream does not answer/);
  });
});
