import { describe, expect, it } from "vitest";
import { blockHashOf } from "./fake-node";
import { PROVIDER_LIMITS, providerLimit } from "./provider-limits";
import { countOf, type Envelope, rpc, useProxyBench } from "./proxy-bench";

const bench = useProxyBench();

describe("faults of a call", () => {
  it("answer under another id", async () => {
    bench.proxy.add({ fault: { kind: "wrong-id" } });
    expect((await bench.ask("eth_blockNumber")).id).not.toBe(1);
  });

  it("pretend to be another chain, from a given call on", async () => {
    bench.proxy.add({
      when: { methods: ["eth_chainId"], calls: { from: 2 } },
      fault: { kind: "chain-id", chainId: 5 },
    });
    expect([(await bench.ask("eth_chainId")).result, (await bench.ask("eth_chainId")).result]).toEqual([
      "0x7a69",
      "0x5",
    ]);
  });

  it("strip the state override silently, or reject it", async () => {
    const call = () => bench.ask("eth_call", [{ to: "0x1" }, "latest", { "0x1": { code: "0x" } }]);
    expect((await call()).result).toMatchObject({ overridden: true });
    const remove = bench.proxy.add({ fault: { kind: "strip-override" } });
    expect((await call()).result).toMatchObject({ overridden: false });
    remove();
    bench.proxy.add({ fault: { kind: "reject-override" } });
    expect((await call()).error).toEqual({ code: -32602, message: "too many arguments, want at most 2" });
    expect((await bench.ask("eth_call", [{ to: "0x1" }, "latest"])).error).toBeUndefined();
  });

  it("lag: nothing newer than the older head exists", async () => {
    bench.proxy.add({ fault: { kind: "lag", blocks: 10n } });
    expect((await bench.ask("eth_blockNumber")).result).toBe("0x5a");
    expect((await bench.ask("eth_getBlockByNumber", ["latest", false])).result).toMatchObject({
      number: "0x5a",
    });
    expect((await bench.ask("eth_getBlockByNumber", ["0x5b", false])).result).toBeNull();
    expect((await bench.ask("eth_getBlockByHash", [blockHashOf(95n), false])).result).toBeNull();
    expect((await bench.ask("eth_call", [{}, "latest"])).result).toMatchObject({ atBlock: "0x5a" });
    expect((await bench.ask("eth_call", [{}])).result).toMatchObject({ atBlock: "0x5a" });
    expect((await bench.ask("eth_call", [{}, { blockHash: blockHashOf(95n) }])).error?.message).toBe(
      "header not found",
    );
    expect((await bench.ask("eth_call", [{}, { blockHash: blockHashOf(80n) }])).result).toMatchObject({
      atBlock: "0x50",
    });
    expect((await bench.ask("eth_getTransactionReceipt", ["0x1"])).result).toBeNull();
    expect(countOf(await bench.logs("0x50", "latest"))).toBe(11);
    expect(countOf(await bench.logs("0x5b", "0x64"))).toBe(0);
  });

  it("freeze at a block while the chain goes on", async () => {
    bench.proxy.add({ fault: { kind: "freeze", atBlock: 42n } });
    expect((await bench.ask("eth_blockNumber")).result).toBe("0x2a");
  });

  it("send calls to another upstream, or to each in turn", async () => {
    const remove = bench.proxy.add({ fault: { kind: "upstream", index: 1 } });
    expect((await bench.ask("eth_blockNumber")).result).toBe("0x3c");
    remove();
    bench.proxy.add({ fault: { kind: "alternate" } });
    const heads = (await bench.askBatch(["eth_blockNumber", "eth_blockNumber", "eth_blockNumber"])).map(
      (one) => one.result,
    );
    expect(heads).toEqual(["0x64", "0x3c", "0x64"]);
  });

  it("keep no state and no logs below a block", async () => {
    bench.proxy.add({ fault: { kind: "archive", belowBlock: 50n } });
    bench.proxy.add({ fault: { kind: "pruned-logs", belowBlock: 20n } });
    expect((await bench.ask("eth_call", [{}, "0x31"])).error?.message).toMatch(/^missing trie node/);
    expect((await bench.ask("eth_call", [{}, { blockHash: blockHashOf(49n) }])).error?.message).toMatch(
      /^missing trie/,
    );
    expect((await bench.ask("eth_call", [{}, "0x32"])).result).toMatchObject({ atBlock: "0x32" });
    expect((await bench.logs("0x13", "0x20")).error).toEqual({
      code: 4444,
      message: "pruned history unavailable",
    });
    expect(countOf(await bench.logs("0x14", "0x20"))).toBe(13);
  });

  it.each(PROVIDER_LIMITS.map((limit) => [limit.name, limit] as const))(
    "refuse a range in the words of %s, and answer a small one",
    async (_name, limit) => {
      const caps = limit.maxBlocks === undefined ? { maxLogs: 5 } : { maxBlocks: 5n };
      bench.proxy.add({ fault: { kind: "log-limit", limit: providerLimit(limit.name, caps) } });
      const refused = await bench.post(rpc("eth_getLogs", [{ fromBlock: "0xa", toBlock: "0x13" }]));
      expect(refused.status).toBe(limit.httpStatus ?? 200);
      const { error } = (await refused.json()) as Envelope;
      const expected = limit.refuse({ fromBlock: 10n, toBlock: 19n, workingToBlock: 14n });
      expect(error).toEqual(expected);
      expect(countOf(await bench.logs("0xa", "0xe"))).toBe(5);
    },
  );

  it("truncate a list of logs in silence, or drop one", async () => {
    const remove = bench.proxy.add({ fault: { kind: "silent-truncation", maxLogs: 4 } });
    expect(countOf(await bench.logs("0x0", "0x9"))).toBe(4);
    remove();
    bench.proxy.add({ fault: { kind: "drop-log", index: 3 } });
    const { result } = await bench.logs("0x0", "0x9");
    expect(result).toHaveLength(9);
    expect(result).not.toContainEqual(expect.objectContaining({ blockNumber: "0x3" }));
  });

  it("tamper with exactly one digit, the same one for the same seed", async () => {
    const run = async (): Promise<unknown> => {
      await bench.startProxy({ seed: 11 });
      bench.proxy.add({ id: "liar", fault: { kind: "tamper" } });
      return (await bench.ask("eth_getBlockByNumber", ["0x5a", false])).result;
    };
    const lie = JSON.stringify(await run());
    const truth = JSON.stringify({ number: "0x5a", hash: blockHashOf(90n) });
    expect(Array.from(lie).filter((character, index) => character !== truth[index])).toHaveLength(1);
    expect(JSON.stringify(await run())).toBe(lie);
  });

  it("rewrite a result and drop it altogether", async () => {
    const remove = bench.proxy.add({ fault: { kind: "rewrite", with: (value) => `${String(value)}0` } });
    expect((await bench.ask("eth_blockNumber")).result).toBe("0x640");
    remove();
    bench.proxy.add({ fault: { kind: "null-result" } });
    expect((await bench.ask("eth_blockNumber")).result).toBeNull();
  });

  it("fail k of n chunks inside one batch", async () => {
    bench.proxy.add({
      when: { methods: ["eth_blockNumber"], calls: [2] },
      fault: { kind: "rpc-error", error: { code: -32000, message: "broken" } },
    });
    const answers = await bench.askBatch(["eth_blockNumber", "eth_blockNumber", "eth_blockNumber"]);
    expect(answers.map((one) => one.error?.message)).toEqual([undefined, "broken", undefined]);
  });

  it("say so when the node behind is gone, instead of hanging", async () => {
    await bench.node.stop();
    expect((await bench.ask("eth_chainId")).error?.message).toMatch(/upstream does not answer/);
  });
});
