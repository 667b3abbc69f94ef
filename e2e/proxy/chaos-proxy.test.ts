import { describe, expect, it } from "vitest";
import { countOf, rpc, useProxyBench } from "./proxy-bench";
import type { Rule } from "./rules";
import { gate } from "./traffic";

const bench = useProxyBench();

describe("without rules", () => {
  it("passes single calls and batches through, ids and all", async () => {
    expect(await bench.ask("eth_blockNumber")).toEqual({ jsonrpc: "2.0", id: 1, result: "0x64" });
    expect(
      (await bench.askBatch(["eth_chainId", "eth_blockNumber"])).map((one) => [one.id, one.result]),
    ).toEqual([
      [1, "0x7a69"],
      [2, "0x64"],
    ]);
  });

  it("counts requests, calls, methods and bytes, and a batch as one request", async () => {
    await bench.ask("eth_blockNumber");
    await bench.askBatch(["eth_chainId", "eth_blockNumber"]);
    const counts = bench.proxy.counts();
    expect(counts).toMatchObject({ requests: 2, calls: 3, byStatus: { 200: 2 }, aborted: 0 });
    expect(counts.byMethod).toEqual({ eth_blockNumber: 2, eth_chainId: 1 });
    expect(counts.bytesIn).toBe(
      JSON.stringify(rpc("eth_blockNumber")).length +
        JSON.stringify([rpc("eth_chainId"), rpc("eth_blockNumber", [], 2)]).length,
    );
    expect(counts.bytesOut).toBeGreaterThan(100);
  });

  it("answers log ranges beyond the head as geth does, where the node alone would refuse", async () => {
    expect(countOf(await bench.logs("0x60", "0x70"))).toBe(5);
    expect(countOf(await bench.logs("0x65", "0x70"))).toBe(0);
    await bench.startProxy({ gethLogs: false });
    expect((await bench.logs("0x60", "0x70")).error?.message).toMatch(/beyond head/);
  });

  it("refuses what is not JSON-RPC", async () => {
    expect((await fetch(bench.proxy.url, { method: "POST", body: "{" })).status).toBe(400);
    expect((await bench.post({ method: 1 })).status).toBe(400);
    expect((await fetch(bench.proxy.url)).status).toBe(400);
  });

  it("lets a browser read the answers, unless CORS is closed", async () => {
    const origin = async () =>
      (await bench.post(rpc("eth_chainId"))).headers.get("access-control-allow-origin");
    expect(await origin()).toBe("*");
    bench.proxy.cors = false;
    expect(await origin()).toBeNull();
  });
});

describe("rules", () => {
  const failing: Rule["fault"] = { kind: "rpc-error", error: { code: -32000, message: "broken" } };
  const outcomes = async (count: number): Promise<string> => {
    let text = "";
    for (let i = 0; i < count; i += 1)
      text += (await bench.ask("eth_blockNumber")).error === undefined ? "." : "x";
    return text;
  };

  it("strike by call number: listed, or a range with a step", async () => {
    const remove = bench.proxy.add({ when: { calls: [2, 4] }, fault: failing });
    expect(await outcomes(5)).toBe(".x.x.");
    remove();
    bench.proxy.add({ when: { calls: { from: 2, to: 6, every: 3 } }, fault: failing });
    expect(await outcomes(7)).toBe(".x..x..");
  });

  it("strike by method and by a look at the parameters", async () => {
    bench.proxy.add({ when: { methods: ["eth_chainId"] }, fault: failing });
    bench.proxy.add({ when: { matches: (call) => call.params.length === 2 }, fault: failing });
    expect((await bench.ask("eth_chainId")).error?.message).toBe("broken");
    expect((await bench.ask("eth_call", [{}, "0x1"])).error?.message).toBe("broken");
    expect((await bench.ask("eth_call", [{}])).error).toBeUndefined();
  });

  it("strike by time since they were added", async () => {
    let now = 0;
    await bench.startProxy({ nowMs: () => now });
    bench.proxy.add({ when: { fromMs: 10, untilMs: 20 }, fault: failing });
    const seen: string[] = [];
    for (now of [0, 9, 10, 19, 20]) seen.push(await outcomes(1));
    expect(seen.join("")).toBe("..xx.");
  });

  it("replay the same faults for the same seed, and others for another", async () => {
    const run = async (seed: number): Promise<string> => {
      await bench.startProxy({ seed });
      bench.proxy.add({ id: "flaky", when: { probability: 0.5 }, fault: failing });
      return outcomes(24);
    };
    const first = await run(3);
    expect(await run(3)).toBe(first);
    expect(await run(4)).not.toBe(first);
    expect(first).toMatch(/x.*\.|\..*x/);
  });

  it("are named in the transcript, which is equal for equal runs", async () => {
    const run = async () => {
      await bench.startProxy({ seed: 3 });
      bench.proxy.add({ id: "flaky", when: { probability: 0.5 }, fault: { kind: "status", status: 503 } });
      for (let i = 0; i < 8; i += 1) await bench.post(rpc("eth_blockNumber"));
      return bench.proxy.transcript();
    };
    const first = await run();
    expect(await run()).toEqual(first);
    expect(first.filter((one) => one.faults.includes("flaky")).every((one) => one.status === 503)).toBe(true);
  });

  it("can be healed", async () => {
    bench.proxy.add({ fault: { kind: "reset" } });
    bench.proxy.cors = false;
    bench.proxy.heal();
    expect(await outcomes(1)).toBe(".");
    expect((await bench.post(rpc("eth_chainId"))).headers.get("access-control-allow-origin")).toBe("*");
  });
});

describe("faults of the connection", () => {
  const text = async (): Promise<string> => (await bench.post(rpc("eth_blockNumber"))).text();

  it("answer a status, with Retry-After or without", async () => {
    const remove = bench.proxy.add({ fault: { kind: "status", status: 429, retryAfterSeconds: 2 } });
    const first = await bench.post(rpc("eth_blockNumber"));
    expect([first.status, first.headers.get("retry-after")]).toEqual([429, "2"]);
    remove();
    bench.proxy.add({ fault: { kind: "status", status: 429 } });
    expect((await bench.post(rpc("eth_blockNumber"))).headers.get("retry-after")).toBeNull();
    expect(bench.node.calls).toEqual([]);
  });

  it("limit the rate by a bucket that refills with time", async () => {
    let now = 0;
    await bench.startProxy({ nowMs: () => now });
    bench.proxy.add({ fault: { kind: "rate-limit", perSecond: 2, burst: 3 } });
    const statuses: number[] = [];
    for (now of [0, 0, 0, 0, 499, 500, 501]) statuses.push((await bench.post(rpc("eth_blockNumber"))).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429, 200, 429]);
  });

  it("drop the connection", async () => {
    bench.proxy.add({ fault: { kind: "reset" } });
    await expect(text()).rejects.toThrow(TypeError);
  });

  it("go down and come back", async () => {
    const comeBack = bench.proxy.goDown();
    await expect(text()).rejects.toThrow(TypeError);
    comeBack();
    expect(await text()).toContain("0x64");
  });

  it("stall half-way until the client gives up, and count it", async () => {
    bench.proxy.add({ fault: { kind: "stall", fraction: 0.5 } });
    const abort = new AbortController();
    const response = await bench.post(rpc("eth_blockNumber"), abort.signal);
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toBe('{"jsonrpc":"2.0","id');
    abort.abort();
    await bench.proxy.seen((entry) => entry.methods.includes("eth_blockNumber"));
    await expect.poll(() => bench.proxy.counts().aborted).toBe(1);
  });

  it("hold an answer until the test opens the gate", async () => {
    const { closed, open } = gate();
    bench.proxy.add({ fault: { kind: "hold", gate: closed } });
    let isDone = false;
    const answer = text().then((body) => {
      isDone = true;
      return body;
    });
    await bench.proxy.seen((entry) => entry.methods.includes("eth_blockNumber"));
    expect(isDone).toBe(false);
    open();
    expect(await answer).toContain("0x64");
  });

  it("are quiet when nothing is in flight any more", async () => {
    const { closed, open } = gate();
    bench.proxy.add({ fault: { kind: "hold", gate: closed } });
    const answer = text();
    await bench.proxy.seen((entry) => entry.methods.includes("eth_blockNumber"));
    let isQuiet = false;
    const quiet = bench.proxy.quiet(40).then(() => {
      isQuiet = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(isQuiet).toBe(false);
    open();
    await answer;
    await quiet;
  });

  it("delay an answer by the given time", async () => {
    bench.proxy.add({ fault: { kind: "delay", ms: 30 } });
    const before = performance.now();
    await text();
    expect(performance.now() - before).toBeGreaterThanOrEqual(29);
  });

  it("drip the body, which still arrives whole", async () => {
    bench.proxy.add({ fault: { kind: "drip", bytes: 10, everyMs: 1 } });
    expect(JSON.parse(await text())).toMatchObject({ result: "0x64" });
  });

  it("send HTML with an innocent status", async () => {
    bench.proxy.add({ fault: { kind: "html" } });
    const response = await bench.post(rpc("eth_blockNumber"));
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/^<!doctype html>/);
  });

  it("truncate the body so that only a parser notices", async () => {
    bench.proxy.add({ fault: { kind: "truncate", fraction: 0.6 } });
    const body = await text();
    expect(() => JSON.parse(body)).toThrow(SyntaxError);
  });

  it("send a body of any size and of any depth", async () => {
    const remove = bench.proxy.add({ fault: { kind: "huge", bytes: 3_000_000 } });
    expect((await text()).length).toBeGreaterThan(3_000_000);
    remove();
    bench.proxy.add({ fault: { kind: "deep", depth: 5_000 } });
    expect(await text()).toContain("[".repeat(5_000));
  });

  it("bend batches: reversed, shuffled, duplicated, short, or one object", async () => {
    const methods = ["eth_chainId", "eth_blockNumber", "eth_chainId", "eth_blockNumber", "eth_chainId"];
    const idsFor = async (mode: "reverse" | "shuffle" | "duplicate" | "short") => {
      const remove = bench.proxy.add({ fault: { kind: "batch", mode } });
      const ids = (await bench.askBatch(methods)).map((one) => one.id);
      remove();
      return ids;
    };
    expect(await idsFor("reverse")).toEqual([5, 4, 3, 2, 1]);
    expect(await idsFor("duplicate")).toEqual([1, 1, 2, 3, 4, 5]);
    expect(await idsFor("short")).toEqual([1, 2, 3, 4]);
    const mixed = await idsFor("shuffle");
    expect(mixed).not.toEqual([1, 2, 3, 4, 5]);
    expect(new Set(mixed)).toEqual(new Set([1, 2, 3, 4, 5]));
    bench.proxy.add({ fault: { kind: "batch", mode: "object" } });
    expect(await bench.askBatch(methods)).toMatchObject([{ error: { message: "no batches" } }]);
  });
});
