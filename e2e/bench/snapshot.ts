import { fetchHead } from "@/chain/reads/head";
import { fetchSnapshot } from "@/chain/reads/snapshot";
import { createRpc } from "@/chain/rpc/client";
import type { VaultSnapshot } from "@/domain/model";
import { ChaosProxy } from "../proxy/chaos-proxy";
import { type BenchChain, startBenchChain } from "./bench-chain";
import { atLeast, atMost, type GoalResult } from "./goal";
import { growthExponent, interleaved, median } from "./measure";
import { type NaivePosition, readByMulticall, readPerField } from "./naive-reads";

/** Bytes of one packed position in the packed answer, as hex on the wire. */
const PACKED_BYTES = 116;
const LENS_CHUNK = 1_250;
const SIZES = [1_000, 2_000, 5_000, 10_000] as const;

interface Cost {
  readonly requests: number;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  readonly ms: number;
}

type Hex = `0x${string}`;

const bytesOf = (cost: Cost): number => cost.bytesReceived + cost.bytesSent;

/** A session from nothing, as a page has it: chain id, head, snapshot. */
async function readOurs(chain: BenchChain, at: { readonly url: string; readonly managers: readonly Hex[] }) {
  const rpc = createRpc({ chainId: chain.chainId, endpoints: [at.url] });
  const block = await fetchHead(rpc);
  const snapshot = await fetchSnapshot(rpc, {
    vault: chain.vault,
    managers: at.managers,
    block,
    rung: "lens",
  });
  if (snapshot.managers.length !== at.managers.length || snapshot.unreadManagers.length > 0)
    throw new Error(`only ${snapshot.managers.length} of ${at.managers.length} positions were read`);
  return snapshot;
}

async function costOf(proxy: ChaosProxy, work: () => Promise<unknown>): Promise<Cost> {
  // Requests that a baseline gave up on may still arrive.
  await proxy.quiet();
  proxy.resetCounts();
  const startedAt = performance.now();
  await work();
  const ms = performance.now() - startedAt;
  const { requests, bytesIn, bytesOut } = proxy.counts();
  return { requests, bytesReceived: bytesOut, bytesSent: bytesIn, ms };
}

/**
 * The longest time for which nothing else could run while the work was done. On a busy machine the system itself
 * makes pauses; a pause counts only as far as this process was using the processor in it.
 */
async function longestTask(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  let used = process.cpuUsage();
  let isRunning = true;
  const tick = (): void => {
    const now = performance.now();
    const { user, system } = process.cpuUsage(used);
    longest = Math.max(longest, Math.min(now - last, (user + system) / 1_000));
    last = now;
    used = process.cpuUsage();
    if (isRunning) setImmediate(tick);
  };
  setImmediate(tick);
  await work();
  isRunning = false;
  return longest;
}

function assertSameNumbers(snapshot: VaultSnapshot, naive: readonly NaivePosition[]): void {
  for (const [index, ours] of snapshot.managers.entries()) {
    const theirs = naive[index];
    const isEqual =
      theirs !== undefined &&
      ours.principalAssets + ours.accruedInterestAssets === theirs.debt &&
      ours.bondAssets === theirs.bond &&
      ours.workingCapitalAssets === theirs.workingCapital &&
      ours.valueUsdWad === theirs.valueUsdWad &&
      ours.quote?.minPaymentAssets === theirs.minPayment;
    if (!isEqual) throw new Error(`the two ways disagree about ${ours.manager}`);
  }
}

async function growthOf(chain: BenchChain, proxy: ChaosProxy): Promise<ReadonlyMap<number, Cost>> {
  const costs = new Map<number, Cost>();
  for (const size of SIZES) {
    const managers = chain.managers.slice(0, size);
    const runs: Cost[] = [];
    for (let round = 0; round < 5; round += 1)
      runs.push(await costOf(proxy, () => readOurs(chain, { url: proxy.url, managers })));
    const [first] = runs;
    if (first !== undefined) costs.set(size, { ...first, ms: median(runs.map((run) => run.ms)) });
  }
  return costs;
}

async function measureOneThousand(chain: BenchChain, proxy: ChaosProxy): Promise<GoalResult> {
  const managers = chain.managers.slice(0, 1_000);
  const { number: blockNumber } = await fetchHead(
    createRpc({ chainId: chain.chainId, endpoints: [chain.url] }),
  );
  const target = { ...chain, url: proxy.url, managers, blockNumber };
  const ours = (): Promise<VaultSnapshot> => readOurs(chain, { url: proxy.url, managers });
  assertSameNumbers(await ours(), await readByMulticall(target));
  const cost = await costOf(proxy, ours);
  const multicall = await costOf(proxy, () => readByMulticall(target));
  const perField = await costOf(proxy, () => readPerField(target));
  // Straight to the node: the proxy's own work would weigh on the side that asks more often.
  const direct = { ...target, url: chain.url };
  const times = await interleaved({
    rounds: 5,
    ours: () => readOurs(chain, { url: chain.url, managers }),
    baseline: () => readByMulticall(direct),
  });
  const growth = await growthOf(chain, proxy);
  const points = (of: (cost: Cost) => number) => [...growth].map(([size, one]) => ({ size, cost: of(one) }));
  const excess = [...growth].map(([size, one]) => one.requests - (Math.ceil(size / LENS_CHUNK) + 2));
  return {
    id: "P1",
    goal: "snapshot of 1,000 positions x 5 fields: few requests, packed bytes, linear growth",
    checks: [
      atMost({ what: "requests, chain id and head included", measured: cost.requests, limit: 3, unit: "" }),
      atLeast({
        what: "times fewer requests than a read a field",
        measured: perField.requests / cost.requests,
        limit: 1_000,
        unit: "x",
      }),
      atLeast({
        what: "times fewer requests than viem's multicall",
        measured: multicall.requests / cost.requests,
        limit: 60,
        unit: "x",
      }),
      atMost({
        what: "bytes both ways, of multicall's",
        measured: bytesOf(cost) / bytesOf(multicall),
        limit: 1 / 20,
        unit: "",
      }),
      atMost({
        what: "bytes received",
        measured: cost.bytesReceived,
        limit: 1.15 * PACKED_BYTES * managers.length,
        unit: "bytes",
      }),
      atMost({
        what: "time, of multicall's",
        measured: times.oursMs / times.baselineMs,
        limit: 1 / 8,
        unit: "",
      }),
      atMost({
        what: "requests beyond one a chunk and two",
        measured: Math.max(...excess),
        limit: 0,
        unit: "",
      }),
      atMost({
        what: "growth of bytes",
        measured: growthExponent(points((one) => one.bytesReceived)),
        limit: 1.1,
        unit: "",
      }),
      atMost({
        what: "growth of time",
        measured: growthExponent(points((one) => one.ms)),
        limit: 1.1,
        unit: "",
      }),
    ],
    notes: {
      "requests, a read a field": perField.requests,
      "requests, multicall": multicall.requests,
      "bytes received, multicall": multicall.bytesReceived,
      "bytes sent": cost.bytesSent,
      "bytes sent, multicall": multicall.bytesSent,
      ms: times.oursMs,
      "ms, multicall": times.baselineMs,
      "ms, a read a field (through the proxy, once)": perField.ms,
    },
  };
}

async function measureTenThousand(chain: BenchChain, proxy: ChaosProxy): Promise<GoalResult> {
  const { managers } = chain;
  const cost = await costOf(proxy, () => readOurs(chain, { url: proxy.url, managers }));
  const tasks: number[] = [];
  for (let round = 0; round < 5; round += 1)
    tasks.push(await longestTask(() => readOurs(chain, { url: chain.url, managers })));
  return {
    id: "P2",
    goal: "snapshot of 10,000 positions: at most 10 requests, 1.3 MB, no task over 50 ms",
    checks: [
      atMost({ what: "requests", measured: cost.requests, limit: 10, unit: "" }),
      atMost({ what: "bytes received", measured: cost.bytesReceived, limit: 1_300_000, unit: "bytes" }),
      atMost({ what: "longest task", measured: median(tasks), limit: 50, unit: "ms" }),
    ],
    notes: {
      "bytes sent": cost.bytesSent,
      ms: cost.ms,
      calls: Object.entries(proxy.counts().byMethod)
        .map(([method, count]) => `${count} ${method}`)
        .join(", "),
    },
  };
}

/** P1 and P2: a vault's positions at one block, against viem's two default ways. */
export async function snapshotGoals(): Promise<readonly GoalResult[]> {
  const chain = await startBenchChain({ managers: Math.max(...SIZES) });
  const proxy = await ChaosProxy.start({ upstreams: [chain.url] });
  try {
    return [await measureOneThousand(chain, proxy), await measureTenThousand(chain, proxy)];
  } finally {
    await proxy.stop();
    await chain.stop();
  }
}
