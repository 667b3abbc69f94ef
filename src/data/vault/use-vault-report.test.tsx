// @vitest-environment jsdom
import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ChainError } from "@/chain/errors";
import { memoryStore } from "@/chain/logs/store";
import type { RpcEnvironment } from "@/chain/rpc/environment";
import type { Address } from "@/domain/model";
import { parseConfig } from "@/report/config";
import { loadVaultReport, refreshVaultReport } from "@/report/load";
import type { VaultReport } from "@/report/vault-report";
import { FakeChain } from "@/testing/transactions/fake-chain";
import { createRuntime, type Runtime, RuntimeProvider } from "../runtime";
import { useVaultReport } from "./use-vault-report";

vi.mock("@/report/load", () => ({
  loadVaultReport: vi.fn<typeof loadVaultReport>(),
  refreshVaultReport: vi.fn<typeof refreshVaultReport>(),
}));

const VAULT: Address = "0x00000000000000000000000000000000000000aa";
const REF = { chainId: 31_337, address: VAULT };
const load = vi.mocked(loadVaultReport);
const refresh = vi.mocked(refreshVaultReport);

/** As much of a report as these tests look at. */
function reportAt(chain: FakeChain): VaultReport {
  return {
    completeness: { kind: "complete" },
    snapshot: { state: { block: chain.head } },
  } as VaultReport;
}

interface Page {
  readonly chain: FakeChain;
  readonly runtime: Runtime;
  readonly timers: Set<() => void>;
  /** Runs what is due: the next look for a head. */
  readonly tick: () => Promise<void>;
}

function createPage(): Page {
  const chain = new FakeChain({ chainId: 31_337 });
  const timers = new Set<() => void>();
  let now = 0;
  const answer = (body: { id: number; method: string; params: readonly unknown[] }) => ({
    jsonrpc: "2.0",
    id: body.id,
    result: chain.answer(body.method, body.params),
  });
  const environment: RpcEnvironment = {
    fetch: async (_url, init) => {
      await chain.gate("fetch");
      const body: unknown = JSON.parse(init.body as string);
      return Response.json(
        Array.isArray(body) ? body.map(answer) : answer(body as Parameters<typeof answer>[0]),
      );
    },
    nowMs: () => now,
    random: () => 0,
    setTimer: (_ms, run) => {
      timers.add(run);
      return () => timers.delete(run);
    },
  };
  const parsed = parseConfig({
    version: 1,
    chains: [{ id: 31_337, name: "Devnet", rpcUrls: ["http://localhost:1"] }],
    vaults: [{ chainId: 31_337, address: VAULT, startBlock: 0 }],
  });
  if (!parsed.ok) throw new Error("the test's configuration is wrong");
  const runtime = createRuntime({ config: parsed.config, chunks: memoryStore(), environment });
  return {
    chain,
    runtime,
    timers,
    tick: () =>
      act(async () => {
        now += 12_000;
        const due = [...timers];
        timers.clear();
        for (const run of due) run();
        await Promise.resolve();
      }),
  };
}

function renderReport({ runtime }: Page, block?: bigint) {
  const wrapper = ({ children }: { children?: ReactNode }) => (
    <RuntimeProvider runtime={runtime}>{children}</RuntimeProvider>
  );
  return renderHook(() => useVaultReport(REF, { block }), { wrapper });
}

beforeEach(() => {
  load.mockReset();
  refresh.mockReset();
});
afterEach(cleanup);

describe("the report of a vault", () => {
  it("is read in full once and then brought to every new head, keeping the last one meanwhile", async () => {
    const page = createPage();
    load.mockImplementation(async () => reportAt(page.chain));
    refresh.mockImplementation(async () => reportAt(page.chain));
    const { result } = renderReport(page);
    await waitFor(() => expect(result.current.report?.snapshot.state.block.number).toBe(10n));
    page.chain.mine();
    await page.tick();
    await waitFor(() => expect(result.current.report?.snapshot.state.block.number).toBe(11n));
    expect(load).toHaveBeenCalledTimes(1);
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(refresh.mock.calls[0]?.[1].previous.snapshot.state.block.number).toBe(10n);
  });

  it("is not read again while the chain stands still", async () => {
    const page = createPage();
    load.mockImplementation(async () => reportAt(page.chain));
    const { result } = renderReport(page);
    await waitFor(() => expect(result.current.report).toBeDefined());
    for (let look = 0; look < 5; look += 1) await page.tick();
    expect(load).toHaveBeenCalledTimes(1);
    expect(refresh).not.toHaveBeenCalled();
  });

  it("is not begun anew by heads that come while the first reading goes on", async () => {
    const page = createPage();
    let finish: (report: VaultReport) => void = () => undefined;
    load.mockImplementation(() => new Promise((resolve) => (finish = resolve)));
    const { result } = renderReport(page);
    await waitFor(() => expect(load).toHaveBeenCalledTimes(1));
    for (let block = 0; block < 3; block += 1) {
      page.chain.mine();
      await page.tick();
    }
    expect(load).toHaveBeenCalledTimes(1);
    expect(load.mock.calls[0]?.[1].signal?.aborted).toBe(false);
    act(() => finish(reportAt(page.chain)));
    await waitFor(() => expect(result.current.report).toBeDefined());
  });

  it("lets a slow refresh finish although newer heads come meanwhile", async () => {
    const page = createPage();
    load.mockImplementation(async () => reportAt(page.chain));
    let finish: (report: VaultReport) => void = () => undefined;
    refresh.mockImplementation(() => new Promise((resolve) => (finish = resolve)));
    const { result } = renderReport(page);
    await waitFor(() => expect(result.current.report).toBeDefined());
    for (let block = 0; block < 3; block += 1) {
      page.chain.mine();
      await page.tick();
    }
    await waitFor(() => expect(refresh).toHaveBeenCalledTimes(1));
    expect(refresh.mock.calls[0]?.[1].signal?.aborted).toBe(false);
    const early = { ...reportAt(page.chain) };
    page.chain.mine();
    await page.tick();
    act(() => finish(early));
    // What came meanwhile is read at once: on a chain that now stands still no other head would bring it.
    await waitFor(() => expect(refresh).toHaveBeenCalledTimes(2));
    expect(refresh.mock.calls[1]?.[1].head.number).toBe(14n);
    act(() => finish(reportAt(page.chain)));
    await waitFor(() => expect(result.current.report?.snapshot.state.block.number).toBe(14n));
  });

  it("is not taken back to a head that was seen before it was read", async () => {
    const page = createPage();
    load.mockImplementation(async () => {
      // The reading itself asks for the newest block, which this page's poller has not seen yet.
      page.chain.mine();
      return reportAt(page.chain);
    });
    const { result } = renderReport(page);
    await waitFor(() => expect(result.current.report?.snapshot.state.block.number).toBe(11n));
    expect(refresh).not.toHaveBeenCalled();
  });

  it("follows a chain that went back", async () => {
    const page = createPage();
    load.mockImplementation(async () => reportAt(page.chain));
    refresh.mockImplementation(async () => reportAt(page.chain));
    const { result } = renderReport(page);
    await waitFor(() => expect(result.current.report).toBeDefined());
    page.chain.reorg(3, { keep: false });
    await page.tick();
    await page.tick();
    await waitFor(() => expect(result.current.report?.snapshot.state.block.number).toBe(7n));
  });

  it("shows how far the reading has come, stops when told and goes on when told", async () => {
    const page = createPage();
    load.mockImplementation(async (_rpc, { signal, onProgress }) => {
      onProgress?.({ stage: "state" });
      return new Promise((_resolve, reject) => {
        signal?.addEventListener("abort", () => reject(new ChainError("aborted", { message: "Cancelled" })));
      });
    });
    const { result } = renderReport(page);
    await waitFor(() => expect(result.current.progress).toEqual({ stage: "state" }));
    act(() => result.current.stop());
    await waitFor(() => expect(result.current.isFetching).toBe(false));
    expect(result.current).toMatchObject({ isStopped: true, error: undefined, progress: undefined });
    page.chain.mine();
    await page.tick();
    expect(load).toHaveBeenCalledTimes(1);
    load.mockImplementation(async () => reportAt(page.chain));
    act(() => result.current.resume());
    await waitFor(() => expect(result.current.report).toBeDefined());
    expect(result.current.isStopped).toBe(false);
  });

  it("keeps the last report beside the error, and recovers with the next head", async () => {
    const page = createPage();
    load.mockImplementation(async () => reportAt(page.chain));
    refresh.mockRejectedValueOnce(
      new ChainError("rpc-unavailable", { message: "gone", endpointHost: "localhost:1" }),
    );
    const { result } = renderReport(page);
    await waitFor(() => expect(result.current.report).toBeDefined());
    page.chain.mine();
    await page.tick();
    await waitFor(() => expect(result.current.error?.code).toBe("rpc-unavailable"));
    expect(result.current.report?.snapshot.state.block.number).toBe(10n);
    refresh.mockImplementation(async () => reportAt(page.chain));
    page.chain.mine();
    await page.tick();
    await waitFor(() => expect(result.current.report?.snapshot.state.block.number).toBe(12n));
    expect(result.current.error).toBeUndefined();
  });

  it("of a pinned block is read at that block and never followed", async () => {
    const page = createPage();
    load.mockImplementation(async () => reportAt(page.chain));
    const { result } = renderReport(page, 7n);
    await waitFor(() => expect(result.current.report).toBeDefined());
    expect(load.mock.calls[0]?.[1].block).toBe(7n);
    expect(page.timers.size).toBe(0);
    expect(result.current.pinnedBlock).toBe(7n);
  });

  it("stops being read when nobody looks at it any more", async () => {
    const page = createPage();
    load.mockImplementation(() => new Promise(() => undefined));
    const { unmount } = renderReport(page);
    await waitFor(() => expect(load).toHaveBeenCalledTimes(1));
    unmount();
    await waitFor(() => expect(load.mock.calls[0]?.[1].signal?.aborted).toBe(true));
    await waitFor(() => expect(page.timers.size).toBe(0));
  });
});
