// @vitest-environment jsdom
import { cleanup, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { memoryStore } from "@/chain/logs/store";
import type { RpcEnvironment } from "@/chain/rpc/environment";
import type { Address } from "@/domain/model";
import { parseConfig } from "@/report/config";
import { loadLedgerReadings } from "@/report/load-ledger";
import type { VaultReport } from "@/report/vault-report";
import { LESSON_READINGS } from "@/testing/ledger-builders";
import { createTestLedgerPort, type TestLedgerPort } from "@/testing/ledger-port";
import { LESSON, lessonReport } from "@/testing/report-builders";
import { blockAt, USDC } from "@/testing/vault-builders";
import { createRuntime, RuntimeProvider } from "../runtime";
import type { LedgerRowId } from "./ledger-view";
import { useLedgerBook, useLedgerRowShares, useLpTotals, useStatement } from "./use-ledger-book";
import { openLedgerWorker } from "./worker/open-worker";

vi.mock("@/report/load-ledger", () => ({ loadLedgerReadings: vi.fn<typeof loadLedgerReadings>() }));
vi.mock("./worker/open-worker", () => ({ openLedgerWorker: vi.fn<typeof openLedgerWorker>() }));

const load = vi.mocked(loadLedgerReadings);
const LOSS: LedgerRowId = { kind: "loss", blockNumber: 50n, logIndex: 0 };

function createWrapper() {
  const environment: RpcEnvironment = {
    fetch: () => Promise.reject(new TypeError("nothing is asked of the chain here")),
    nowMs: () => 0,
    random: () => 0,
    setTimer: () => () => undefined,
  };
  const parsed = parseConfig({
    version: 1,
    chains: [{ id: 31_337, name: "Devnet", rpcUrls: ["http://localhost:1"] }],
    vaults: [{ chainId: 31_337, address: lessonReport().config.address, startBlock: 0 }],
  });
  if (!parsed.ok) throw new Error("the test's configuration is wrong");
  const runtime = createRuntime({ config: parsed.config, chunks: memoryStore(), environment });
  return ({ children }: { readonly children?: ReactNode }) => (
    <RuntimeProvider runtime={runtime}>{children}</RuntimeProvider>
  );
}

function reportAt(number: bigint): VaultReport {
  const report = lessonReport();
  const { state } = report.snapshot;
  return { ...report, snapshot: { ...report.snapshot, state: { ...state, block: blockAt(number) } } };
}

let port: TestLedgerPort;
beforeEach(() => {
  load.mockReset();
  load.mockResolvedValue({ ...LESSON_READINGS, isClockRefused: false });
  port = createTestLedgerPort();
  vi.mocked(openLedgerWorker).mockReturnValue(port);
});
afterEach(cleanup);

const asked = (kind: string) =>
  port.sent.filter((request) => request.kind === "ask" && request.question.kind === kind).length;

describe("the hooks of the ledger", () => {
  it("give the ledger of the report that is shown, and say of which block it is", async () => {
    const first = reportAt(100n);
    const { result, rerender } = renderHook(({ report }) => useLedgerBook(report), {
      wrapper: createWrapper(),
      initialProps: { report: first },
    });
    expect(result.current).toMatchObject({ data: undefined, isCurrent: false });
    await waitFor(() => expect(result.current.isCurrent).toBe(true));
    expect(result.current.data?.ledger.events.losses).toHaveLength(1);
    expect(result.current.cost).toEqual({ totals: 4, shortfalls: 0 });
    rerender({ report: reportAt(101n) });
    expect(result.current).toMatchObject({ isCurrent: false, block: { number: 100n } });
    expect(result.current.data).toBeDefined();
    await waitFor(() => expect(result.current.isCurrent).toBe(true));
    expect(result.current.block?.number).toBe(101n);
  });

  it("never show one address another one's statement", async () => {
    const report = reportAt(100n);
    const initialProps: { readonly address: Address } = { address: LESSON.lps[0] };
    const { result, rerender } = renderHook(({ address }) => useStatement(report, address), {
      wrapper: createWrapper(),
      initialProps,
    });
    await waitFor(() => expect(result.current.data?.address).toBe(LESSON.lps[0]));
    rerender({ address: LESSON.lps[1] });
    expect(result.current.data).toBeUndefined();
    await waitFor(() => expect(result.current.data?.address).toBe(LESSON.lps[1]));
    expect(result.current.data?.lossesAssets).toEqual({ kind: "known", value: 1_500n * USDC });
    expect(load.mock.calls.map(([, request]) => request.for)).toEqual([LESSON.lps[0], LESSON.lps[1]]);
  });

  it("take a statement from everybody's ledger where that is read with what was open already", async () => {
    const report = reportAt(100n);
    const { result } = renderHook(
      () => {
        const totals = useLpTotals(report, { withShortfalls: true });
        return { totals, statement: useStatement(report, LESSON.lps[2]) };
      },
      { wrapper: createWrapper() },
    );
    await waitFor(() => expect(result.current.totals.data).toHaveLength(3));
    await waitFor(() => expect(result.current.statement.data?.address).toBe(LESSON.lps[2]));
    const last = port.sent.findLast(
      (request) => request.kind === "ask" && request.question.kind === "statement",
    );
    expect(last).toMatchObject({ scope: "everybody" });
  });

  it("ask for the parts of a row only when there is one", async () => {
    const report = reportAt(100n);
    const initialProps: { readonly row: LedgerRowId | undefined } = { row: undefined };
    const { result, rerender } = renderHook(({ row }) => useLedgerRowShares(report, row), {
      wrapper: createWrapper(),
      initialProps,
    });
    expect(result.current.data).toBeUndefined();
    expect(load).not.toHaveBeenCalled();
    rerender({ row: LOSS });
    await waitFor(() => expect(result.current.data?.kind).toBe("known"));
    expect(asked("row-shares")).toBe(1);
    rerender({ row: { ...LOSS } });
    expect(asked("row-shares")).toBe(1);
  });

  it("say what went wrong, and try again when the reader says so", async () => {
    vi.mocked(openLedgerWorker).mockReturnValue(undefined);
    const report = reportAt(100n);
    const { result } = renderHook(() => useLedgerBook(report), { wrapper: createWrapper() });
    await waitFor(() =>
      expect(result.current.fault).toMatchObject({ kind: "worker", reason: "not-supported" }),
    );
    vi.mocked(openLedgerWorker).mockReturnValue(port);
    result.current.resume();
    await waitFor(() => expect(result.current.data).toBeDefined());
    expect(result.current.fault).toBeUndefined();
  });
});
