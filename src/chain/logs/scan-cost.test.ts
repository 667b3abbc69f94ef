// @vitest-environment node
import { describe, expect, it } from "vitest";
import { createFakeChain, type FakeChainLimits, type FakeLog, spreadLogs } from "@/testing/fake-rpc-chain";
import { createFakeWorld, type FakeEndpoint, jsonRpcEndpoint } from "@/testing/fake-rpc-world";
import { createRpc } from "../rpc/client";
import { scanLogs } from "./scan";
import { memoryStore } from "./store";

const URL = "https://one.example/key";
const BLOCKS = 1_000_000;

/** One log every `step` blocks: the evenest history, in which every range holds a round number of logs. */
const evenLogs = (step: number): readonly FakeLog[] =>
  Array.from({ length: BLOCKS / step }, (_, index) => ({
    block: BigInt(index * step),
    value: BigInt(index + 1),
  }));

async function costOf(
  logs: readonly FakeLog[],
  limits: FakeChainLimits,
  around?: (inner: FakeEndpoint) => FakeEndpoint,
) {
  const chain = createFakeChain({ head: BigInt(BLOCKS), logs });
  const inner = jsonRpcEndpoint(chain.handler(limits));
  const world = createFakeWorld({ endpoints: { [URL]: around?.(inner) ?? inner } });
  const rpc = createRpc({ chainId: 1, endpoints: [URL], environment: world });
  const { logs: found } = await world.run(
    scanLogs(rpc, {
      filter: { addresses: [chain.address] },
      fromBlock: 0n,
      head: chain.blockAt(chain.head),
      finalisedBlock: chain.head - 64n,
      store: memoryStore(),
      environment: world,
    }),
  );
  expect(found).toHaveLength(logs.length);
  return { requests: world.sent.length, seconds: world.nowMs() / 1000 };
}

describe("the cost of scanning a million blocks", () => {
  it.each([10_000n, 2000n])(
    "is at most a tenth above one request per %d blocks where that is the cap",
    async (maxBlocks) => {
      const limits = { maxBlocks, say: (cap: bigint) => `Max range: ${cap.toString()}` };
      const least = Math.ceil(BLOCKS / Number(maxBlocks));
      expect(
        (await costOf(spreadLogs({ count: 20_000, blocks: BLOCKS }), limits)).requests,
      ).toBeLessThanOrEqual(least * 1.1);
      expect((await costOf(evenLogs(50), limits)).requests).toBeLessThanOrEqual(least * 1.1);
    },
    60_000,
  );

  it("is at most twice the least number of requests where results are capped", async () => {
    const limits = { maxLogs: 10_000, say: () => "query returned more than 10000 results" };
    const { requests } = await costOf(spreadLogs({ count: 50_000, blocks: BLOCKS }), limits);
    expect(requests).toBeLessThanOrEqual(2 * Math.ceil(50_000 / 10_000) + 3);
  }, 60_000);

  it("at 25 requests a second is little more than the requests take, and few are refused", async () => {
    let tokens = 25;
    let filledMs = 0;
    let refused = 0;
    let sent = 0;
    const bucket =
      (inner: FakeEndpoint): FakeEndpoint =>
      (request, signal) => {
        sent += 1;
        tokens = Math.min(25, tokens + ((request.atMs + 60 - filledMs) * 25) / 1000);
        filledMs = request.atMs + 60;
        if (tokens < 1) {
          refused += 1;
          return new Response("", { status: 429 });
        }
        tokens -= 1;
        return inner(request, signal);
      };
    const limits = { maxBlocks: 1000n, say: () => "Max range: 1000" };
    const { seconds } = await costOf(spreadLogs({ count: 2000, blocks: BLOCKS }), limits, bucket);
    expect(refused).toBeLessThan(sent * 0.1);
    expect(seconds).toBeLessThan((1000 / 25) * 1.15);
  }, 60_000);
});
