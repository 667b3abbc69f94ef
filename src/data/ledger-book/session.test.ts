import { describe, expect, it, vi } from "vitest";
import { ChainError } from "@/chain/errors";
import type { VaultReport } from "@/report/vault-report";
import { ledgerReportOf } from "@/testing/ledger-builders";
import { lessonReport, reportOf } from "@/testing/report-builders";
import { addressFrom, blockAt, historyOf, logAt, stateOf, transferOf } from "@/testing/vault-builders";
import type { LedgerBook, LedgerScope } from "./ledger-view";
import { createLedgerSession } from "./session";
import { type BringRequest, type LedgerClient, LedgerWorkerError } from "./worker/client";
import type { LedgerQuestion } from "./worker/messages";

const book: LedgerBook = {
  ledger: ledgerReportOf(lessonReport()).ledger,
  shifts: undefined,
  virtual: undefined,
  isClockRefused: false,
};
const ALL = { withShortfalls: false };

/** The lesson as it stands at a later block. */
function reportAt(number: bigint, of: VaultReport = lessonReport()): VaultReport {
  const { snapshot } = of;
  return { ...of, snapshot: { ...snapshot, state: { ...snapshot.state, block: blockAt(number) } } };
}

/** A reading under way, to be ended by the test. */
interface Reading extends BringRequest {
  readonly finish: () => Promise<void>;
  readonly fail: (error: Error) => Promise<void>;
}

function createBench() {
  const readings: Reading[] = [];
  const timers: { readonly ms: number; readonly run: () => void }[] = [];
  const visible = new Set<() => void>();
  let isHidden = false;
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
  const client = {
    bring: vi.fn<LedgerClient["bring"]>(
      (request) =>
        new Promise((resolve, reject) => {
          request.signal.addEventListener("abort", () =>
            reject(new ChainError("aborted", { message: "Reading was stopped" })),
          );
          readings.push({
            ...request,
            finish: () => {
              resolve(book);
              return settled();
            },
            fail: (error) => {
              reject(error);
              return settled();
            },
          });
        }),
    ),
    readUnrealised: vi.fn<LedgerClient["readUnrealised"]>(),
    ask: vi.fn<(scope: LedgerScope, question: LedgerQuestion) => Promise<never>>(),
    forget: vi.fn<LedgerClient["forget"]>(),
    close: vi.fn<LedgerClient["close"]>(),
  };
  const session = createLedgerSession({
    client,
    visibility: {
      isHidden: () => isHidden,
      subscribe: (listener) => {
        visible.add(listener);
        return () => visible.delete(listener);
      },
    },
    setTimer: (ms, run) => {
      const timer = { ms, run };
      timers.push(timer);
      return () => timers.splice(timers.indexOf(timer), 1);
    },
  });
  return {
    session,
    client,
    readings,
    hide: async (hidden: boolean) => {
      isHidden = hidden;
      for (const listener of visible) listener();
      await settled();
    },
    /** Runs every timer that is due within the time. */
    pass: async (ms: number) => {
      for (const timer of timers.filter((one) => one.ms <= ms)) {
        timers.splice(timers.indexOf(timer), 1);
        timer.run();
      }
      await settled();
    },
  };
}

/** The reading of that number; fails when there is none. */
function nth(readings: readonly Reading[], place: number): Reading {
  const reading = readings[place];
  if (reading === undefined) throw new Error(`there is no reading ${place}`);
  return reading;
}

describe("the ledger of a vault, as long as the page lives", () => {
  it("is read when somebody wants it, and not before", async () => {
    const { session, readings } = createBench();
    session.follow(reportAt(100n));
    expect(readings).toHaveLength(0);
    session.want("everybody", ALL);
    expect(readings).toHaveLength(1);
    expect(session.state("everybody")).toMatchObject({ isReading: true, computed: undefined });
    await nth(readings, 0).finish();
    expect(session.state("everybody")).toMatchObject({ isReading: false, computed: { book } });
  });

  it("follows new blocks, and catches up with those that came while one was computed", async () => {
    const { session, readings } = createBench();
    session.follow(reportAt(100n));
    session.want("everybody", ALL);
    session.follow(reportAt(101n));
    session.follow(reportAt(102n));
    await nth(readings, 0).finish();
    expect(readings.map(({ report }) => report.snapshot.state.block.number)).toEqual([100n, 102n]);
    expect(session.state("everybody").computed?.block.number).toBe(100n);
    await nth(readings, 1).finish();
    expect(session.state("everybody").computed?.block.number).toBe(102n);
    session.follow(reportAt(102n));
    expect(readings).toHaveLength(2);
  });

  it("reads nothing while the page is hidden, breaks off what goes on, and goes on when it is seen", async () => {
    const { session, readings, hide } = createBench();
    session.follow(reportAt(100n));
    session.want("everybody", ALL);
    await hide(true);
    expect(nth(readings, 0).signal.aborted).toBe(true);
    session.follow(reportAt(101n));
    expect(readings).toHaveLength(1);
    expect(session.state("everybody").fault).toBeUndefined();
    await hide(false);
    expect(readings).toHaveLength(2);
    expect(nth(readings, 1).report.snapshot.state.block.number).toBe(101n);
  });

  it("ends when nobody wants it any more, but not between two pages", async () => {
    const { session, readings, client, pass } = createBench();
    session.follow(reportAt(100n));
    const leave = session.want("everybody", ALL);
    leave();
    const leaveAgain = session.want("everybody", ALL);
    await pass(0);
    expect(nth(readings, 0).signal.aborted).toBe(false);
    leaveAgain();
    await pass(0);
    expect(nth(readings, 0).signal.aborted).toBe(true);
    expect(client.close).not.toHaveBeenCalled();
    await pass(60_000);
    expect(client.forget).toHaveBeenCalledWith("everybody");
    expect(client.close).toHaveBeenCalledTimes(1);
  });

  it("stops and goes on when the person says so, also across new blocks", async () => {
    const { session, readings } = createBench();
    session.follow(reportAt(100n));
    session.want("everybody", ALL);
    session.stop("everybody");
    await Promise.resolve();
    expect(nth(readings, 0).signal.aborted).toBe(true);
    session.follow(reportAt(101n));
    expect(readings).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 0));
    session.resume("everybody");
    expect(readings).toHaveLength(2);
  });

  it("waits for the person before it reads thousands of old blocks", () => {
    const { session, readings } = createBench();
    const many = Array.from({ length: 2_001 }, (_, index) =>
      transferOf(logAt(BigInt(index + 1)), { to: addressFrom(1), shares: 1n }),
    );
    session.follow(reportOf({ state: stateOf({ totalSupplyShares: 2_001n }), history: historyOf(many) }));
    session.want("everybody", ALL);
    expect(readings).toHaveLength(0);
    session.resume("everybody");
    expect(readings).toHaveLength(1);
  });

  it("shows everybody's ledger before it reads what was short when LPs came and left", async () => {
    const { session, readings } = createBench();
    session.follow(reportAt(100n));
    session.want("everybody", { withShortfalls: true });
    await nth(readings, 0).finish();
    await nth(readings, 1).finish();
    expect(readings.map(({ withShortfalls }) => withShortfalls)).toEqual([false, true]);
    session.want("0x00000000000000000000000000000000000000aa", { withShortfalls: true });
    expect(nth(readings, 2).withShortfalls).toBe(true);
  });

  it("says why the chain could not be read, and tries again with the next block", async () => {
    const { session, readings } = createBench();
    session.follow(reportAt(100n));
    session.want("everybody", ALL);
    await nth(readings, 0).fail(new ChainError("rpc-unavailable", { message: "No endpoint answers" }));
    expect(session.state("everybody").fault).toMatchObject({
      kind: "chain",
      error: { code: "rpc-unavailable" },
    });
    expect(readings).toHaveLength(1);
    session.follow(reportAt(101n));
    await nth(readings, 1).finish();
    expect(session.state("everybody").fault).toBeUndefined();
  });

  it("does not try a broken worker again by itself", async () => {
    const { session, readings } = createBench();
    session.follow(reportAt(100n));
    session.want("everybody", ALL);
    await nth(readings, 0).fail(new LedgerWorkerError("not-loaded", "not there"));
    session.follow(reportAt(101n));
    expect(readings).toHaveLength(1);
    expect(session.state("everybody").fault).toMatchObject({ kind: "worker", reason: "not-loaded" });
    session.resume("everybody");
    expect(readings).toHaveLength(2);
  });

  it("computes anew after a question went unanswered", async () => {
    const { session, readings, client } = createBench();
    session.follow(reportAt(100n));
    session.want("everybody", ALL);
    await nth(readings, 0).finish();
    client.ask.mockRejectedValue(new LedgerWorkerError("failed", "The worker stopped"));
    await expect(session.ask("everybody", { kind: "lp-totals" })).rejects.toBeInstanceOf(LedgerWorkerError);
    expect(session.state("everybody")).toMatchObject({ computed: undefined, fault: { kind: "worker" } });
    session.resume("everybody");
    expect(readings).toHaveLength(2);
  });
});
