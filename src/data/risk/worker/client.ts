import type { Address, Figure } from "@/domain/model";
import type { HistoryProgress, HistoryRisk, HistoryRiskInput } from "@/domain/risk/history-risk";
import type { RiskBook } from "@/domain/risk/model";
import type { Round, RoundsByAsset } from "@/domain/risk/rounds";
import type { WorkerPort } from "../../worker/open-port";
import { nextTurn } from "./in-slices";
import type { HistoryReply, HistoryRequest } from "./messages";

export type HistoryPort = WorkerPort<HistoryRequest, HistoryReply>;

export type HistoryWorkerReason = "not-supported" | "not-loaded" | "failed" | "cancelled";

/** The computing beside the page could not be done, or was stopped. The message is ours or the worker's own. */
export class HistoryWorkerError extends Error {
  readonly reason: HistoryWorkerReason;

  constructor(reason: HistoryWorkerReason, message: string) {
    super(message);
    this.name = "HistoryWorkerError";
    this.reason = reason;
  }
}

export interface HistoryQuestion {
  readonly book: RiskBook;
  readonly input: HistoryRiskInput;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: HistoryProgress) => void;
}

/** History risk, computed beside the page. */
export interface HistoryClient {
  /** @throws HistoryWorkerError with "cancelled" as soon as the signal fires. */
  readonly compute: (question: HistoryQuestion) => Promise<Figure<HistoryRisk>>;
}

/** Positions or rounds that are copied at one go: a few milliseconds of work, so that the page answers in between. */
const PART = 1_000;

interface Waiting {
  readonly onProgress: (progress: HistoryProgress) => void;
  readonly onRisk: (risk: Figure<HistoryRisk>) => void;
  readonly onError: (error: HistoryWorkerError) => void;
}

/** A worker and what it has been told. */
interface Opened {
  readonly port: HistoryPort;
  book: RiskBook | undefined;
  rounds: RoundsByAsset | undefined;
}

const cancelledError = (): HistoryWorkerError => new HistoryWorkerError("cancelled", "Computing was stopped");

/**
 * Makes the page's side. The worker is started at the first question and ended with the last open one, answered or
 * stopped, so that an idle page holds no copy of a book. Questions about one book and one past share what was told.
 */
export function createHistoryClient(openPort: () => HistoryPort | undefined): HistoryClient {
  let opened: Opened | undefined;
  let tickets = 0;
  const waiting = new Map<number, Waiting>();
  let turn: Promise<void> = Promise.resolve();

  /** Who waits for the last word on a ticket; with nobody left the worker ends, in the middle of whatever it does. */
  function taken(ticket: number): Waiting | undefined {
    const one = waiting.get(ticket);
    waiting.delete(ticket);
    if (waiting.size === 0) close();
    return one;
  }

  function close(): void {
    opened?.port.close();
    opened = undefined;
  }

  function fail(error: HistoryWorkerError): void {
    const all = [...waiting.values()];
    waiting.clear();
    close();
    for (const one of all) one.onError(error);
  }

  function onReply(reply: HistoryReply): void {
    switch (reply.kind) {
      case "progress":
        waiting.get(reply.ticket)?.onProgress(reply.progress);
        break;
      case "computed":
        taken(reply.ticket)?.onRisk(reply.risk);
        break;
      case "cancelled":
        taken(reply.ticket)?.onError(cancelledError());
        break;
      case "failed":
        taken(reply.ticket)?.onError(new HistoryWorkerError("failed", reply.message));
    }
  }

  function open(): Opened {
    if (opened !== undefined) return opened;
    const port = openPort();
    if (port === undefined) {
      throw new HistoryWorkerError("not-supported", "This browser cannot compute beside the page");
    }
    const fresh: Opened = { port, book: undefined, rounds: undefined };
    port.listen({
      onReply: (reply) => {
        if (opened === fresh) onReply(reply);
      },
      onBroken: (reason, message) => {
        if (opened === fresh) fail(new HistoryWorkerError(reason, message));
      },
    });
    opened = fresh;
    return fresh;
  }

  /** Tells the worker a list in parts; false when it ended meanwhile. */
  async function tell<Item>(
    to: Opened,
    list: { readonly items: readonly Item[]; readonly requestOf: (items: readonly Item[]) => HistoryRequest },
  ): Promise<boolean> {
    for (let at = 0; at < list.items.length; at += PART) {
      to.port.send(list.requestOf(list.items.slice(at, at + PART)));
      await nextTurn();
      if (opened !== to) return false;
    }
    return true;
  }

  async function isTold(to: Opened, book: RiskBook, rounds: RoundsByAsset): Promise<boolean> {
    if (to.book !== book) {
      const { positions, ...rest } = book;
      to.book = undefined;
      to.port.send({ kind: "book", book: rest });
      const requestOf = (items: typeof positions): HistoryRequest => ({ kind: "positions", items });
      if (!(await tell(to, { items: positions, requestOf }))) return false;
      to.book = book;
    }
    if (!isSamePast(to.rounds, rounds)) {
      to.rounds = undefined;
      to.port.send({ kind: "assets", assets: [...rounds.keys()] });
      for (const [asset, items] of rounds) {
        const requestOf = (part: readonly Round[]): HistoryRequest => ({
          kind: "rounds",
          asset,
          items: part,
        });
        if (!(await tell(to, { items, requestOf }))) return false;
      }
      to.rounds = rounds;
    }
    return true;
  }

  async function ask(ticket: number, { book, input: { rounds, ...input } }: HistoryQuestion): Promise<void> {
    // Stopped, or failed with others, before its turn came.
    if (!waiting.has(ticket)) return;
    const to = open();
    if (!(await isTold(to, book, rounds))) return;
    if (waiting.has(ticket)) to.port.send({ kind: "compute", ticket, input });
  }

  return {
    compute(question) {
      const { signal, onProgress } = question;
      return new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(cancelledError());
          return;
        }
        tickets += 1;
        const ticket = tickets;
        const onAbort = (): void => {
          opened?.port.send({ kind: "cancel", ticket });
          taken(ticket)?.onError(cancelledError());
        };
        signal.addEventListener("abort", onAbort, { once: true });
        const ended = (): void => signal.removeEventListener("abort", onAbort);
        waiting.set(ticket, {
          onProgress,
          onRisk: (risk) => {
            ended();
            resolve(risk);
          },
          onError: (error) => {
            ended();
            reject(error);
          },
        });
        turn = turn
          .then(() => ask(ticket, question))
          // What goes wrong here is that no worker could be started: nothing else is thrown.
          .catch((error: unknown) => taken(ticket)?.onError(error as HistoryWorkerError));
      });
    },
  };
}

/** Whether two pasts are the same lists. */
function isSamePast(told: RoundsByAsset | undefined, asked: RoundsByAsset): boolean {
  if (told === undefined || told.size !== asked.size) return false;
  const isSame = (asset: Address): boolean => told.get(asset) === asked.get(asset);
  return [...asked.keys()].every(isSame);
}
