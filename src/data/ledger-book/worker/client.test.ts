import { afterEach, describe, expect, it, vi } from "vitest";
import { ChainError } from "@/chain/errors";
import type { VaultEvent } from "@/domain/model";
import { type LoadedReadings, loadLedgerReadings } from "@/report/load-ledger";
import { loadUnrealised } from "@/report/load-unrealised";
import { createFakeRpc } from "@/testing/fake-rpc";
import { LESSON_READINGS } from "@/testing/ledger-builders";
import { createTestLedgerPort, type TestLedgerPort } from "@/testing/ledger-port";
import { LESSON, lessonReport, reportOf } from "@/testing/report-builders";
import { addressFrom, blockAt, historyOf, logAt, stateOf, transferOf, USDC } from "@/testing/vault-builders";
import { createLedgerClient, LedgerWorkerError } from "./client";

vi.mock("@/report/load-ledger", () => ({ loadLedgerReadings: vi.fn<typeof loadLedgerReadings>() }));
vi.mock("@/report/load-unrealised", () => ({ loadUnrealised: vi.fn<typeof loadUnrealised>() }));

const load = vi.mocked(loadLedgerReadings);
/** The lesson's readings, and that nothing went between its blocks that interest would hide. */
const readings: LoadedReadings = {
  ...LESSON_READINGS,
  isClockRefused: false,
  totals: LESSON_READINGS.totals.map((one, place, all) => {
    const before = all[place - 1];
    if (before === undefined) return one;
    const { block, totalAssets } = before;
    return { ...one, unmoved: { sinceBlock: block.number, totalAssets } };
  }),
};
const nothing = (): void => undefined;

function createBench(answer: () => unknown = () => "0x1") {
  const ports: TestLedgerPort[] = [];
  const rpc = createFakeRpc({ chainId: 31_337, methods: { eth_call: answer } });
  const client = createLedgerClient({
    rpc,
    openPort: () => {
      const port = createTestLedgerPort();
      ports.push(port);
      return port;
    },
  });
  const bring = (change: Partial<Parameters<typeof client.bring>[0]> = {}) =>
    client.bring({
      scope: "everybody",
      report: lessonReport(),
      withShortfalls: true,
      signal: new AbortController().signal,
      onProgress: nothing,
      ...change,
    });
  return { client, ports, rpc, bring };
}

afterEach(() => load.mockReset());

describe("a ledger that is computed beside the page", () => {
  it("gives the lesson's totals, and answers questions about it", async () => {
    load.mockResolvedValue(readings);
    const { client, bring } = createBench();
    const book = await bring();
    expect(book.ledger.totals.lpLossAssets).toEqual({ kind: "known", value: 5_000n * USDC });
    expect(book.shifts).toMatchObject({ kind: "known", value: { left: { actions: 0 } } });
    const statement = await client.ask("everybody", { kind: "statement", address: LESSON.lps[1] });
    expect(statement).toMatchObject({
      lossesAssets: { value: 1_500n * USDC },
      residualAssets: { value: 0n },
    });
    const totals = await client.ask("everybody", { kind: "lp-totals" });
    expect(totals.map(({ lossesAssets }) => lossesAssets)).toEqual(
      [3_000n, 1_500n, 500n].map((value) => ({ kind: "known", value: value * USDC })),
    );
    const row = { kind: "loss", blockNumber: 50n, logIndex: 0 } as const;
    const parts = await client.ask("everybody", { kind: "row-shares", row });
    expect(parts?.kind === "known" && parts.value.map(({ amountAssets }) => amountAssets)).toEqual([
      3_000n * USDC,
      1_500n * USDC,
      500n * USDC,
    ]);
    const claims = await client.ask("everybody", { kind: "claims", amountAssets: 100n * USDC });
    expect(claims).toMatchObject({ kind: "known", value: { distributedAssets: 100n * USDC } });
    const gone = { kind: "row-shares", row: { ...row, logIndex: 9 } } as const;
    expect(await client.ask("everybody", gone)).toBeUndefined();
  });

  it("reads for one address alone when asked for one", async () => {
    load.mockResolvedValue(readings);
    const { bring } = createBench();
    await bring({ scope: LESSON.lps[0] });
    expect(load.mock.calls[0]?.[1].for).toBe(LESSON.lps[0]);
  });

  it("is told only what a new block brought, and reads nothing for one that brought nothing", async () => {
    load.mockResolvedValue(readings);
    const { ports, bring } = createBench();
    const first = lessonReport();
    await bring({ report: first });
    const { state } = first.snapshot;
    const quiet = { ...first, snapshot: { ...first.snapshot, state: { ...state, block: blockAt(101n) } } };
    await bring({ report: quiet });
    expect(load).toHaveBeenCalledTimes(1);
    const moved = transferOf(logAt(102n), { from: LESSON.lps[0], to: LESSON.lps[1], shares: 1n });
    const vault: readonly VaultEvent[] = [...first.history.vault, moved];
    await bring({ report: { ...quiet, history: { ...first.history, vault, toBlock: 102n } } });
    expect(load).toHaveBeenCalledTimes(2);
    const parts = ports[0]?.sent.flatMap((request) => (request.kind === "events" ? [request] : []));
    expect(parts?.map(({ keep, items }) => [keep, items.length])).toEqual([
      [0, first.history.vault.length],
      [first.history.vault.length, 0],
      [first.history.vault.length, 1],
    ]);
  });

  it("keeps its totals at a block that brought nothing but a later point of the chart", async () => {
    load.mockResolvedValue(readings);
    const { bring } = createBench();
    const first = lessonReport();
    await bring({ report: first });
    const block = blockAt(101n);
    const state = { ...first.snapshot.state, block };
    const { totalAssets, totalSupplyShares } = state;
    const sample = { block, totalAssets, totalSupplyShares, idleAssets: undefined };
    const book = await bring({
      report: {
        ...first,
        snapshot: { ...first.snapshot, state },
        series: {
          ...first.series,
          samples: [{ ...sample, totalBadDebtAssets: 5_000n * USDC, totalPrincipalDebtAssets: 0n }],
        },
      },
    });
    expect(load).toHaveBeenCalledTimes(1);
    expect(book.ledger.fallsSearched).toEqual({ kind: "known", value: { blocks: 4 } });
    expect(book.ledger.totals.lpLossAssets).toEqual({ kind: "known", value: 5_000n * USDC });
  });

  it("reads again when the share price fell without an event", async () => {
    load.mockResolvedValue(readings);
    const { bring } = createBench();
    const first = lessonReport();
    await bring({ report: first });
    const { state } = first.snapshot;
    const poorer = { ...state, totalAssets: state.totalAssets - 1n, block: blockAt(101n) };
    await bring({ report: { ...first, snapshot: { ...first.snapshot, state: poorer } } });
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("is told a long history in parts, and forgets what a reorganisation took back", async () => {
    load.mockResolvedValue({ ...readings, totals: [] });
    const { ports, bring } = createBench();
    const long = Array.from({ length: 9_000 }, (_, index) =>
      transferOf(logAt(BigInt(index + 1)), { to: addressFrom(1), shares: 1n }),
    );
    const report = reportOf({ state: stateOf({ totalSupplyShares: 9_000n }), history: historyOf(long) });
    await bring({ report });
    const other = { ...logAt(8_900n), blockHash: blockAt(7n).hash };
    const vault = [...long.slice(0, 8_899), transferOf(other, { to: addressFrom(2), shares: 1n })];
    await bring({ report: { ...report, history: { ...report.history, vault } } });
    const parts = ports[0]?.sent.flatMap((request) => (request.kind === "events" ? [request] : []));
    expect(parts?.map(({ keep, items }) => [keep, items.length])).toEqual([
      [0, 4_000],
      [4_000, 4_000],
      [8_000, 1_000],
      [8_899, 1],
    ]);
  });

  it("asks the chain through the page's own client, and says what that said", async () => {
    load.mockImplementation(async (rpc) => {
      await rpc.batch([{ method: "eth_call", params: ["first"] }]);
      await rpc.request("eth_call", ["second"]);
      return readings;
    });
    const refusal = new ChainError("rate-limited", {
      message: "The endpoint is limiting requests",
      endpointHost: "node.example",
      retryAfterMs: 5_000,
    });
    const { rpc, bring } = createBench(() => {
      if (rpc.exchanges.length > 1) throw refusal;
      return "0x1";
    });
    const failed = await bring().catch((error: unknown) => error);
    expect(rpc.exchanges.map(([call]) => call?.params)).toEqual([["first"], ["second"]]);
    expect(failed).toBeInstanceOf(ChainError);
    expect(failed).toMatchObject({
      code: "rate-limited",
      endpointHost: "node.example",
      details: { retryAfterMs: 5_000 },
    });
  });

  it("is broken off on request: the reading ends, and its calls with it", async () => {
    const controller = new AbortController();
    let signal: AbortSignal | undefined;
    load.mockImplementation(async (rpc, request) => {
      ({ signal } = request);
      controller.abort();
      await rpc.request("eth_call", [], { signal });
      return readings;
    });
    const { bring } = createBench();
    const failed = await bring({ signal: controller.signal }).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: "aborted" });
    expect(signal?.aborted).toBe(true);
  });

  it("says so when the worker breaks, and starts another one the next time", async () => {
    load.mockImplementation(() => new Promise(nothing));
    const { ports, bring } = createBench();
    const waiting = bring().catch((error: unknown) => error);
    await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(1));
    ports[0]?.crash("not-loaded", "The worker's file could not be loaded");
    const failed = await waiting;
    expect(failed).toBeInstanceOf(LedgerWorkerError);
    expect(failed).toMatchObject({ reason: "not-loaded" });
    expect(ports[0]?.isClosed()).toBe(true);
    load.mockResolvedValue(readings);
    await bring();
    expect(ports).toHaveLength(2);
    expect(ports[1]?.sent[0]).toMatchObject({ kind: "events", keep: 0 });
  });

  it("says so where the browser has no workers", async () => {
    const rpc = createFakeRpc({ methods: {} });
    const client = createLedgerClient({ rpc, openPort: () => undefined });
    const asked = client.ask("everybody", { kind: "lp-totals" });
    await expect(asked).rejects.toMatchObject({ reason: "not-supported" });
  });

  it("refuses a question about a ledger that was not computed, or was forgotten", async () => {
    load.mockResolvedValue(readings);
    const { client, bring } = createBench();
    await bring();
    client.forget("everybody");
    const asked = client.ask("everybody", { kind: "lp-totals" });
    await expect(asked).rejects.toBeInstanceOf(LedgerWorkerError);
  });

  it("reads the unrealised series beside it, telling what is known of an earlier reading", async () => {
    const point = {
      block: blockAt(100n),
      shortfallAssets: { kind: "known", value: 7n },
      lpLossAssets: { kind: "known", value: 7n },
      marketShortfallAssets: { kind: "unknown", reason: "not-published" },
      marketAtLeastAssets: { kind: "known", value: 3n },
      assetsWithoutPool: [addressFrom(5)],
      collateralAssets: { kind: "known", value: 11n },
    } as const;
    vi.mocked(loadUnrealised).mockResolvedValue([point]);
    const { client } = createBench();
    const request = {
      report: lessonReport(),
      signal: new AbortController().signal,
      onProgress: nothing,
    };
    expect(await client.readUnrealised(request)).toEqual([point]);
    await client.readUnrealised(request);
    expect(vi.mocked(loadUnrealised).mock.calls[1]?.[1].previous).toEqual([point]);
  });
});
