import { describe, expect, it } from "vitest";
import { historyRiskOf } from "@/domain/risk/history-risk";
import type { RiskBook } from "@/domain/risk/model";
import type { RoundsByAsset } from "@/domain/risk/rounds";
import { partOf, riskBookOf, riskPositionOf, WETH } from "@/testing/risk-builders";
import { addressFrom } from "@/testing/vault-builders";
import type { WorkerPortListener } from "../../worker/open-port";
import { createHistoryClient, type HistoryPort, HistoryWorkerError } from "./client";
import { createHistoryDesk } from "./desk";
import type { HistoryReply, HistoryRequest } from "./messages";

interface TestPort {
  readonly sent: HistoryRequest[];
  isClosed: boolean;
  crash: () => void;
}

/** A client whose workers live in this thread; what crosses is copied as a browser would copy it. */
function createBench() {
  const ports: TestPort[] = [];
  const openPort = (): HistoryPort => {
    let listener: WorkerPortListener<HistoryReply> | undefined;
    const port: TestPort = {
      sent: [],
      isClosed: false,
      crash: () => listener?.onBroken("failed", "The worker stopped"),
    };
    ports.push(port);
    const desk = createHistoryDesk((reply) => {
      const copy = structuredClone(reply);
      queueMicrotask(() => {
        if (!port.isClosed) listener?.onReply(copy);
      });
    });
    return {
      send(request) {
        const copy = structuredClone(request);
        port.sent.push(copy);
        queueMicrotask(() => {
          if (!port.isClosed) desk.take(copy);
        });
      },
      listen: (to) => {
        listener = to;
      },
      close: () => {
        port.isClosed = true;
      },
    };
  };
  return { client: createHistoryClient(openPort), ports };
}

const HOUR = 3_600n;
const book: RiskBook = riskBookOf(
  Array.from({ length: 2_500 }, (_, index) => ({
    ...riskPositionOf({ parts: [partOf(WETH, (60n + BigInt(index % 50)) * 10n ** 18n)], debt: 100_000n }),
    manager: addressFrom(index + 1),
  })),
);
function roundsOf(count: number): RoundsByAsset {
  const rounds = Array.from({ length: count }, (_, index) => ({
    atSeconds: HOUR * BigInt(index),
    answer: 1_000n + BigInt((index * 7_919) % 600),
  }));
  return new Map([[WETH, rounds]]);
}
const HOURLY = { horizonSeconds: HOUR, quantileWad: 95n * 10n ** 16n };
const DAILY = { ...HOURLY, horizonSeconds: 24n * HOUR };
const nothing = (): void => undefined;
const never = new AbortController().signal;

describe("history risk that is computed beside the page", () => {
  it("is what the page would compute itself, for questions that share what was told", async () => {
    const { client, ports } = createBench();
    const rounds = roundsOf(60);
    const [hourly, daily] = await Promise.all(
      [HOURLY, DAILY].map((one) =>
        client.compute({ book, input: { ...one, rounds }, signal: never, onProgress: nothing }),
      ),
    );
    expect(hourly).toEqual(historyRiskOf(book, { ...HOURLY, rounds }));
    expect(daily).toEqual(historyRiskOf(book, { ...DAILY, rounds }));
    expect(ports.flatMap(({ sent }) => sent.map(({ kind }) => kind))).toEqual([
      "book",
      "positions",
      "positions",
      "positions",
      "assets",
      "rounds",
      "compute",
      "compute",
    ]);
    // Nobody waits any more: an idle page keeps no worker.
    expect(ports.map(({ isClosed }) => isClosed)).toEqual([true]);
  });

  it("is told only what is new", async () => {
    const { client, ports } = createBench();
    const ask = (rounds: RoundsByAsset, of: RiskBook) =>
      client.compute({ book: of, input: { ...HOURLY, rounds }, signal: never, onProgress: nothing });
    const small = { ...book, positions: book.positions.slice(0, 3) };
    const rounds = roundsOf(30);
    const [, same, other] = await Promise.all([
      ask(roundsOf(20), small),
      ask(new Map(rounds), small),
      ask(rounds, small),
      ask(rounds, book),
    ]);
    expect(same).toEqual(other);
    const told = ports.flatMap(({ sent }) => sent.map(({ kind }) => kind));
    expect(told.filter((kind) => kind === "book")).toHaveLength(2);
    expect(told.filter((kind) => kind === "assets")).toHaveLength(2);
  });

  it("says how far it is, and stops at once when asked, the other questions unharmed", async () => {
    const { client, ports } = createBench();
    const controller = new AbortController();
    const long = client.compute({
      book,
      input: { ...HOURLY, rounds: roundsOf(20_000) },
      signal: controller.signal,
      onProgress: ({ done, total }) => {
        expect(done).toBeLessThan(total);
        controller.abort();
      },
    });
    const rounds = roundsOf(30);
    const short = client.compute({ book, input: { ...HOURLY, rounds }, signal: never, onProgress: nothing });
    await expect(long).rejects.toMatchObject({ name: "HistoryWorkerError", reason: "cancelled" });
    expect(ports[0]?.isClosed).toBe(false);
    expect(await short).toEqual(historyRiskOf(book, { ...HOURLY, rounds }));
    expect(ports[0]?.sent.some(({ kind }) => kind === "cancel")).toBe(true);
  });

  it("ends the worker with the last question, in the middle of its work", async () => {
    const { client, ports } = createBench();
    const controller = new AbortController();
    const input = { ...HOURLY, rounds: roundsOf(20_000) };
    const asked = client.compute({
      book,
      input,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(asked).rejects.toBeInstanceOf(HistoryWorkerError);
    expect(ports[0]?.isClosed).toBe(true);
    const late = client.compute({ book, input, signal: controller.signal, onProgress: nothing });
    await expect(late).rejects.toMatchObject({ reason: "cancelled" });
    expect(ports).toHaveLength(1);
  });

  it("says so when the worker breaks, and starts another one the next time", async () => {
    const { client, ports } = createBench();
    const input = { ...HOURLY, rounds: roundsOf(30) };
    const asked = client.compute({
      book,
      input: { ...HOURLY, rounds: roundsOf(2_000) },
      signal: never,
      onProgress: () => ports[0]?.crash(),
    });
    await expect(asked).rejects.toMatchObject({ reason: "failed", message: "The worker stopped" });
    expect(ports[0]?.isClosed).toBe(true);
    const again = await client.compute({ book, input, signal: never, onProgress: nothing });
    expect(again).toEqual(historyRiskOf(book, input));
    expect(ports).toHaveLength(2);
  });

  it("says so where a browser has no workers", async () => {
    const client = createHistoryClient(() => undefined);
    const input = { ...HOURLY, rounds: roundsOf(3) };
    const asked = client.compute({ book, input, signal: never, onProgress: nothing });
    await expect(asked).rejects.toMatchObject({ reason: "not-supported" });
  });

  it("passes on what went wrong over there", async () => {
    const { client } = createBench();
    const impossible = riskBookOf([riskPositionOf({ parts: [partOf(WETH, -5n)], debt: 1n })]);
    const input = { ...HOURLY, rounds: roundsOf(3) };
    const asked = client.compute({ book: impossible, input, signal: never, onProgress: nothing });
    await expect(asked).rejects.toMatchObject({ reason: "failed" });
  });
});
