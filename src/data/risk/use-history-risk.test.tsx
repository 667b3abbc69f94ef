// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { historyRiskOf } from "@/domain/risk/history-risk";
import { partOf, riskBookOf, riskPositionOf, WETH } from "@/testing/risk-builders";
import { hashQueryKey } from "../keys";
import { openWorkerPort, type WorkerPort, type WorkerPortListener } from "../worker/open-port";
import { useHistoryRisk } from "./use-history-risk";
import { createHistoryDesk } from "./worker/desk";
import type { HistoryReply, HistoryRequest } from "./worker/messages";

vi.mock("../worker/open-port", () => ({ openWorkerPort: vi.fn<typeof openWorkerPort>() }));

const HOUR = 3_600n;
const book = riskBookOf([riskPositionOf({ parts: [partOf(WETH, 60n * 10n ** 18n)], debt: 100_000n })]);
const rounds = new Map([
  [WETH, [1_000n, 800n, 1_000n].map((answer, hour) => ({ atSeconds: HOUR * BigInt(hour), answer }))],
]);
const question = { book, rounds, horizonSeconds: HOUR, quantileWad: 95n * 10n ** 16n };
const ref = { chainId: book.state.chainId, address: book.state.address };

/** A worker in this thread, or one that never answers. */
function portOf(
  kind: "answering" | "silent",
): WorkerPort<HistoryRequest, HistoryReply> & { isClosed: boolean } {
  let listener: WorkerPortListener<HistoryReply> | undefined;
  const desk = createHistoryDesk((reply) => queueMicrotask(() => listener?.onReply(reply)));
  return {
    isClosed: false,
    send(request) {
      if (kind === "answering") desk.take(request);
    },
    listen(to) {
      listener = to;
    },
    close() {
      this.isClosed = true;
    },
  };
}

function createWrapper() {
  const queries = new QueryClient({ defaultOptions: { queries: { queryKeyHashFn: hashQueryKey } } });
  return ({ children }: { readonly children?: ReactNode }) => (
    <QueryClientProvider client={queries}>{children}</QueryClientProvider>
  );
}

const opened = vi.mocked(openWorkerPort);
beforeEach(() => opened.mockReset());
afterEach(cleanup);

describe("risk from history on a page", () => {
  it("waits for the book and its rounds, and is then computed once", async () => {
    opened.mockImplementation(() => portOf("answering") as ReturnType<typeof openWorkerPort>);
    const wrapper = createWrapper();
    const { result, rerender } = renderHook((asked) => useHistoryRisk(ref, asked), {
      wrapper,
      initialProps: { ...question, rounds: undefined as typeof rounds | undefined },
    });
    expect(result.current).toMatchObject({ risk: undefined, isComputing: false });
    expect(opened).not.toHaveBeenCalled();
    rerender(question);
    await waitFor(() => expect(result.current.risk).toEqual(historyRiskOf(book, question)));
    const second = renderHook(() => useHistoryRisk(ref, question), { wrapper });
    expect(second.result.current.risk).toBe(result.current.risk);
    expect(opened).toHaveBeenCalledTimes(1);
  });

  it("stops when asked, and begins again when asked", async () => {
    const silent = portOf("silent");
    opened.mockReturnValueOnce(silent as ReturnType<typeof openWorkerPort>);
    opened.mockReturnValueOnce(portOf("answering") as ReturnType<typeof openWorkerPort>);
    const { result } = renderHook(() => useHistoryRisk(ref, question), { wrapper: createWrapper() });
    await waitFor(() => expect(opened).toHaveBeenCalledTimes(1));
    expect(result.current.isComputing).toBe(true);
    act(() => result.current.cancel());
    await waitFor(() => expect(result.current.isComputing).toBe(false));
    expect(silent.isClosed).toBe(true);
    expect(result.current).toMatchObject({ risk: undefined, error: undefined });
    act(() => result.current.retry());
    await waitFor(() => expect(result.current.risk?.kind).toBe("known"));
  });

  it("stops by itself when nobody looks any more", async () => {
    const silent = portOf("silent");
    opened.mockReturnValueOnce(silent as ReturnType<typeof openWorkerPort>);
    const { unmount } = renderHook(() => useHistoryRisk(ref, question), { wrapper: createWrapper() });
    await waitFor(() => expect(opened).toHaveBeenCalledTimes(1));
    unmount();
    await waitFor(() => expect(silent.isClosed).toBe(true));
  });

  it("says why it could not be computed", async () => {
    opened.mockReturnValue(undefined);
    const { result } = renderHook(() => useHistoryRisk(ref, question), { wrapper: createWrapper() });
    await waitFor(() => expect(result.current.error?.reason).toBe("not-supported"));
  });
});
