// @vitest-environment node
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFakeChain, type FakeChain, type FakeChainLimits, spreadLogs } from "@/testing/fake-rpc-chain";
import {
  createFakeWorld,
  type FakeEndpoint,
  type FakeWorld,
  jsonRpcEndpoint,
} from "@/testing/fake-rpc-world";
import { createRpc } from "../rpc/client";
import type { RpcLimits } from "../rpc/endpoint";
import type { Rpc } from "../rpc/rpc";
import { scanLogs } from "./scan";
import type { ScanProgress, ScanRequest } from "./scan-request";
import { type ChunkStore, memoryStore } from "./store";

const ONE = "https://one.example/key";
const TWO = "https://two.example/key";

interface Scene {
  readonly world: FakeWorld;
  readonly rpc: Rpc;
  readonly chain: FakeChain;
  readonly scan: (change?: Partial<ScanRequest>) => Promise<readonly bigint[]>;
}

function sceneOf(
  chain: FakeChain,
  endpoints: Readonly<Record<string, FakeEndpoint>>,
  limits?: Partial<RpcLimits>,
): Scene {
  const world = createFakeWorld({ endpoints });
  const rpc = createRpc({ chainId: 1, endpoints: Object.keys(endpoints), environment: world, limits });
  return {
    world,
    rpc,
    chain,
    async scan(change = {}) {
      const { logs } = await world.run(scanLogs(rpc, requestOf(chain, world, change)));
      return logs.map(({ data }) => BigInt(data));
    },
  };
}

function requestOf(chain: FakeChain, world: FakeWorld, change: Partial<ScanRequest> = {}): ScanRequest {
  return {
    filter: { addresses: [chain.address] },
    fromBlock: 0n,
    head: chain.blockAt(chain.head),
    finalisedBlock: chain.head - 64n,
    store: memoryStore(),
    environment: world,
    ...change,
  };
}

function scene(chain: FakeChain, limits: FakeChainLimits = {}): Scene {
  return sceneOf(chain, { [ONE]: jsonRpcEndpoint(chain.handler(limits)) });
}

const quietChain = () => createFakeChain({ head: 50_000n, logs: spreadLogs({ count: 900, blocks: 50_000 }) });
const allOf = (chain: FakeChain) => chain.valuesIn(0n, chain.head);

describe("a scan", () => {
  it("finds every log once and in order, with few requests where nothing is capped", async () => {
    const chain = quietChain();
    const { scan, world } = scene(chain);
    expect(await scan()).toEqual(allOf(chain));
    expect(world.sent.length).toBeLessThanOrEqual(5);
  });

  it.each<[string, FakeChainLimits, number]>([
    ["a named cap", { maxBlocks: 2000n, say: (cap) => `limited to a ${cap.toString()} range` }, 1.1],
    ["a cap that is not named", { maxBlocks: 2000n, say: () => "block range is too large" }, 1.4],
    ["a cap told in unknown words", { maxBlocks: 2000n, say: () => "computer says no" }, 1.6],
    [
      "a cap told by the code of something else",
      { maxBlocks: 2000n, code: -32005, say: () => "Max range: 2000" },
      1.1,
    ],
    ["a cap that is named wrongly", { maxBlocks: 2000n, say: () => "limited to a 8000 range" }, 1.3],
  ])("finds every log behind %s", async (_, limits, factor) => {
    const chain = quietChain();
    const { scan } = scene(chain, limits);
    expect(await scan()).toEqual(allOf(chain));
    expect(chain.counts.logs).toBeLessThanOrEqual(25 * factor + 4);
  });

  it("finds every log behind a cap on results that is told", async () => {
    const chain = createFakeChain({ head: 20_000n, logs: spreadLogs({ count: 3000, blocks: 20_000 }) });
    const { scan } = scene(chain, { maxLogs: 250, say: () => "query returned more than 250 results" });
    expect(await scan()).toEqual(allOf(chain));
  });

  it.each([100, 128, 250, 300, 500, 1000, 1024])(
    "finds every log behind a silent cut at %d",
    async (maxLogs) => {
      const chain = createFakeChain({ head: 20_000n, logs: spreadLogs({ count: 3000, blocks: 20_000 }) });
      const { scan } = scene(chain, { maxLogs: Math.ceil(maxLogs / 100) * 100, silent: true });
      expect(await scan()).toEqual(allOf(chain));
    },
  );

  it("finds every log whatever the caps, told or silent", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          maxBlocks: fc.option(fc.bigInt({ min: 100n, max: 6000n }), { nil: undefined }),
          maxLogs: fc.option(
            fc.integer({ min: 1, max: 9 }).map((n) => n * 100),
            { nil: undefined },
          ),
          silent: fc.boolean(),
          words: fc.constantFrom("limited to a CAP range", "query returned more than 1 results", "no", ""),
          seed: fc.nat(),
        }),
        async ({ maxBlocks, maxLogs, silent, words, seed }) => {
          const chain = createFakeChain({
            head: 8000n,
            logs: spreadLogs({ count: 1500, blocks: 8000, seed }),
          });
          const limits = {
            ...(maxBlocks === undefined ? {} : { maxBlocks }),
            ...(maxLogs === undefined ? {} : { maxLogs }),
            silent,
            say: (cap: bigint) => words.replace("CAP", cap.toString()),
          };
          expect(await scene(chain, limits).scan()).toEqual(allOf(chain));
        },
      ),
      { numRuns: 25 },
    );
  }, 30_000);

  it("reads the times of blocks from headers where logs do not carry them", async () => {
    const chain = createFakeChain({ head: 300n, logs: spreadLogs({ count: 60, blocks: 300 }) });
    const { rpc, world } = scene(chain, { withoutTimes: true });
    const { logs } = await world.run(scanLogs(rpc, requestOf(chain, world)));
    for (const { blockNumber, atSeconds } of logs) {
      expect(atSeconds).toBe(chain.blockAt(blockNumber).timestampSeconds);
    }
    expect(logs).toHaveLength(60);
  });

  it("tells how far it has come, never backwards, and ends at the end", async () => {
    const chain = quietChain();
    const seen: ScanProgress[] = [];
    const { scan } = scene(chain, { maxBlocks: 2000n, say: () => "Max range: 2000" });
    await scan({ onProgress: (progress) => seen.push(progress) });
    for (const [index, progress] of seen.entries()) {
      expect(progress.doneBlocks).toBeGreaterThanOrEqual(seen[index - 1]?.doneBlocks ?? 0n);
    }
    expect(seen.at(-1)).toEqual({ doneBlocks: 50_001n, totalBlocks: 50_001n, logs: 900 });
  });

  it("keeps at most six requests in flight", async () => {
    const chain = quietChain();
    let inFlight = 0;
    let most = 0;
    const inner = jsonRpcEndpoint(chain.handler({ maxBlocks: 500n, say: () => "Max range: 500" }));
    const world = createFakeWorld({
      latencyMs: 0,
      endpoints: {
        [ONE]: async (request, signal) => {
          inFlight += 1;
          most = Math.max(most, inFlight);
          await new Promise<void>((resolve) => world.setTimer(60, resolve));
          inFlight -= 1;
          return inner(request, signal);
        },
      },
    });
    const rpc = createRpc({ chainId: 1, endpoints: [ONE], environment: world });
    await world.run(scanLogs(rpc, requestOf(chain, world)));
    expect(most).toBeGreaterThanOrEqual(4);
    expect(most).toBeLessThanOrEqual(6);
  });
});

describe("an endpoint that cannot serve history", () => {
  it("is refused at once, with how long it would take", async () => {
    const chain = createFakeChain({ head: 1_000_000n, logs: [] });
    const { scan } = scene(chain, { maxBlocks: 10n, say: () => "up to a 10 block range" });
    await expect(scan()).rejects.toMatchObject({
      code: "history-too-slow",
      endpointHost: "one.example",
      details: { suggestedBlocks: 10n, estimatedSeconds: 5000 },
    });
    expect(chain.counts.logs).toBeLessThanOrEqual(2);
  });

  it("is passed over for one that can", async () => {
    const chain = createFakeChain({ head: 1_000_000n, logs: spreadLogs({ count: 50, blocks: 1_000_000 }) });
    const { scan, rpc } = sceneOf(chain, {
      [ONE]: jsonRpcEndpoint(chain.handler({ maxBlocks: 10n, say: () => "up to a 10 block range" })),
      [TWO]: jsonRpcEndpoint(chain.handler()),
    });
    expect(await scan()).toEqual(allOf(chain));
    expect(rpc.preferredEndpoint()).toBe("two.example");
  });

  it("and has lost old logs leaves a marked gap, and the rest", async () => {
    const chain = quietChain();
    const { rpc, world } = scene(chain, { prunedBelow: 12_345n });
    const result = await world.run(scanLogs(rpc, requestOf(chain, world)));
    expect(result.gaps.length).toBeGreaterThan(0);
    expect(result.gaps[0]?.from).toBe(0n);
    expect(result.gaps.at(-1)?.to).toBe(12_344n);
    expect(result.logs.map(({ data }) => BigInt(data))).toEqual(chain.valuesIn(12_345n, chain.head));
  });

  it("at all is an error, not an empty history", async () => {
    const chain = quietChain();
    const { scan } = scene(chain, { prunedBelow: 10n ** 12n });
    await expect(scan()).rejects.toMatchObject({ code: "unexpected" });
  });

  it("because it is behind the head is not believed when it answers with nothing", async () => {
    const chain = quietChain();
    const { scan } = scene(chain, { head: 49_000n });
    await expect(scan()).rejects.toMatchObject({ code: "chain-moved" });
  });
});

describe("a store", () => {
  it("spares the second scan everything but the tail and one check", async () => {
    const chain = quietChain();
    const store = memoryStore();
    const first = scene(chain, { maxBlocks: 1000n, say: () => "Max range: 1000" });
    await first.scan({ store });
    const second = scene(chain, { maxBlocks: 1000n, say: () => "Max range: 1000" });
    expect(await second.scan({ store })).toEqual(allOf(chain));
    expect(second.world.sent.length).toBeLessThanOrEqual(3);
  });

  it("lets a cancelled scan continue where it was", async () => {
    const chain = quietChain();
    const store = memoryStore();
    const cold = scene(chain, { maxBlocks: 500n, say: () => "Max range: 500" });
    await cold.scan();
    const { rpc, world } = scene(chain, { maxBlocks: 500n, say: () => "Max range: 500" });
    const controller = new AbortController();
    const onProgress = ({ doneBlocks }: ScanProgress): void => {
      if (doneBlocks > 25_000n) controller.abort();
    };
    const request = requestOf(chain, world, { store, onProgress, signal: controller.signal });
    await expect(world.run(scanLogs(rpc, request))).rejects.toMatchObject({ code: "aborted" });
    const again = scene(chain, { maxBlocks: 500n, say: () => "Max range: 500" });
    expect(await again.scan({ store })).toEqual(allOf(chain));
    expect(again.world.sent.length).toBeLessThanOrEqual(cold.world.sent.length * 0.55);
  });

  it("that was damaged costs only the damaged chunk", async () => {
    const chain = quietChain();
    const store = memoryStore();
    const limits: FakeChainLimits = { maxBlocks: 1000n, say: () => "Max range: 1000" };
    await scene(chain, limits).scan({ store });
    const damaged: ChunkStore = {
      ...store,
      load: async (scope) =>
        (await store.load(scope)).map((chunk, index) => (index === 3 ? flipped(chunk) : chunk)),
    };
    const second = scene(chain, limits);
    expect(await second.scan({ store: damaged })).toEqual(allOf(chain));
    expect(second.world.sent.length).toBeLessThanOrEqual(5);
  });

  it("of another chain is emptied, and the history read anew", async () => {
    const chain = quietChain();
    const store = memoryStore();
    await scene(chain).scan({ store });
    chain.fork(100n);
    const { rpc, world } = scene(chain);
    const result = await world.run(scanLogs(rpc, requestOf(chain, world, { store })));
    expect(result.rebuilt).toBe(true);
    expect(result.logs.map(({ data }) => BigInt(data))).toEqual(allOf(chain));
    expect(
      result.logs.every(({ blockHash, blockNumber }) => blockHash === chain.blockAt(blockNumber).hash),
    ).toBe(true);
  });

  it("remembers what range an endpoint serves", async () => {
    const chain = quietChain();
    const store = memoryStore();
    const limits: FakeChainLimits = { maxBlocks: 2000n, say: () => "computer says no" };
    await scene(chain, limits).scan({ store });
    chain.counts.logs = 0;
    await scene(chain, limits).scan({ store: { ...store, load: () => Promise.resolve([]) } });
    expect(chain.counts.logs).toBeLessThanOrEqual(29);
  });

  it("never holds anything that could still be reorganised", async () => {
    const chain = quietChain();
    const store = memoryStore();
    const { rpc, world } = scene(chain);
    const request = requestOf(chain, world, { store });
    await world.run(scanLogs(rpc, request));
    const scope = (await import("./chunk")).scopeOf(1, request.filter);
    const chunks = (await store.load(scope)) as { header: { toBlock: bigint } }[];
    expect(chunks.length).toBeGreaterThan(0);
    expect(chunks.every(({ header }) => header.toBlock <= chain.head - 64n)).toBe(true);
  });
});

function flipped(chunk: unknown): unknown {
  const { header, body } = chunk as { header: object; body: Uint8Array };
  const copy = body.slice();
  copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 1;
  return { header, body: copy };
}

describe("a reorganisation", () => {
  it("of the tail is rolled back: the result is that of a cold scan", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.bigInt({ min: 1n, max: 10n }),
        fc.array(fc.bigInt({ min: 0n, max: 9n })),
        async (depth, added) => {
          const chain = createFakeChain({ head: 2000n, logs: spreadLogs({ count: 300, blocks: 2000 }) });
          const store = memoryStore();
          await scene(chain).scan({ store });
          const from = chain.head - depth + 1n;
          chain.fork(from);
          chain.removeLogs(from);
          for (const [index, offset] of added.entries()) {
            chain.addLog({ block: from + (offset % depth), value: BigInt(10_000 + index) });
          }
          const warm = await scene(chain).scan({ store });
          expect(warm).toEqual(await scene(chain).scan());
        },
      ),
      { numRuns: 15 },
    );
  }, 30_000);

  it("of the head during the scan is an error, not a mixture", async () => {
    const chain = quietChain();
    const head = chain.blockAt(chain.head);
    chain.fork(chain.head);
    await expect(scene(chain).scan({ head })).rejects.toMatchObject({ code: "chain-moved" });
  });
});

describe("faults at random", () => {
  const faults = ["none", "429", "503", "html", "cut", "behind", "stall"] as const;

  it("end in the right set of logs or in a named error, never in another set", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...faults), { minLength: 5, maxLength: 60 }),
        fc.nat(),
        async (schedule, seed) => {
          const chain = createFakeChain({
            head: 6000n,
            logs: spreadLogs({ count: 400, blocks: 6000, seed }),
          });
          const limits: FakeChainLimits = { maxBlocks: 500n, say: () => "Max range: 500" };
          const good = jsonRpcEndpoint(chain.handler(limits));
          const behind = jsonRpcEndpoint(chain.handler({ ...limits, head: 3000n }));
          let next = 0;
          const faulty: FakeEndpoint = async (request, signal) => {
            const fault = schedule[next % (schedule.length + 10)] ?? "none";
            next += 1;
            if (fault === "429") return new Response("", { status: 429, headers: { "retry-after": "1" } });
            if (fault === "503") return new Response("", { status: 503 });
            if (fault === "html") return new Response("<html>");
            if (fault === "behind") return await behind(request, signal);
            if (fault === "stall") return await new Promise<Response>(() => undefined);
            const answer = await good(request, signal);
            return fault === "cut" ? new Response((await answer.text()).slice(0, -1)) : answer;
          };
          const { scan } = sceneOf(chain, { [ONE]: faulty, [TWO]: faulty }, { timeoutMs: 3000 });
          let found: readonly bigint[];
          try {
            found = await scan();
          } catch (error) {
            expect(error).toMatchObject({ name: "ChainError" });
            return;
          }
          expect(found).toEqual(allOf(chain));
        },
      ),
      { numRuns: 40 },
    );
  }, 30_000);
});
