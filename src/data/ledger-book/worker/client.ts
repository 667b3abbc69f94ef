import type { ChainError } from "@/chain/errors";
import type { Rpc } from "@/chain/rpc/rpc";
import type { VaultEvent } from "@/domain/model";
import type { UnrealisedPoint } from "@/report/load-unrealised";
import type { VaultReport } from "@/report/vault-report";
import type { LedgerBook, LedgerProgress, LedgerScope } from "../ledger-view";
import type {
  LedgerAnswer,
  LedgerAnswers,
  LedgerQuestion,
  LedgerReply,
  LedgerRequest,
  ReportWithoutEvents,
} from "./messages";
import type { LedgerPort } from "./open-worker";
import { chainErrorFrom } from "./wire-error";
import { answerOnPage, endpointViewOf } from "./wire-rpc";

/** The computing beside the page could not be done. The message is ours or the worker's own; safe to show. */
export class LedgerWorkerError extends Error {
  readonly reason: "not-supported" | "not-loaded" | "failed";

  constructor(reason: "not-supported" | "not-loaded" | "failed", message: string) {
    super(message);
    this.name = "LedgerWorkerError";
    this.reason = reason;
  }
}

export interface BringRequest {
  readonly scope: LedgerScope;
  readonly report: VaultReport;
  readonly withShortfalls: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: LedgerProgress) => void;
}

/** One vault's ledgers, read and computed beside the page. */
export interface LedgerClient {
  /**
   * Reads what is missing for the ledger of a scope at the report's block, and computes it.
   *
   * @throws ChainError for the reading, with `aborted` when the signal fires; LedgerWorkerError for the worker.
   */
  readonly bring: (request: BringRequest) => Promise<LedgerBook>;
  /** Reads the unrealised shortfall at the blocks of the report's series. @throws as `bring` */
  readonly readUnrealised: (
    request: Pick<BringRequest, "report" | "signal" | "onProgress">,
  ) => Promise<readonly UnrealisedPoint[]>;
  /** Asks the ledger of a scope that was brought before. @throws LedgerWorkerError */
  readonly ask: <Kind extends LedgerQuestion["kind"]>(
    scope: LedgerScope,
    question: Extract<LedgerQuestion, { readonly kind: Kind }>,
  ) => Promise<LedgerAnswers[Kind]>;
  /** Frees what the worker keeps of a scope. */
  readonly forget: (scope: LedgerScope) => void;
  readonly close: () => void;
}

/** Events that are copied at one go: a few milliseconds of work, so that the page answers in between. */
const PART = 4_000;

interface Waiting {
  readonly onProgress: (progress: LedgerProgress) => void;
  readonly onBook: (book: LedgerBook) => void;
  readonly onPoints: (points: readonly UnrealisedPoint[]) => void;
  readonly onAnswer: (answer: LedgerAnswer) => void;
  readonly onError: (error: ChainError | LedgerWorkerError) => void;
}

const nothing = (): void => undefined;

/**
 * Makes the page's side. The worker is started at the first use; after it broke the next use starts another, which
 * is then told everything again.
 */
export function createLedgerClient(args: {
  readonly rpc: Rpc;
  readonly openPort: () => LedgerPort | undefined;
}): LedgerClient {
  const { rpc, openPort } = args;
  let port: LedgerPort | undefined;
  let tickets = 0;
  /** The events as the worker has them. */
  let sent: readonly VaultEvent[] = [];
  const waiting = new Map<number, Waiting>();
  const calls = new Map<number, AbortController>();
  /** Events of one report after those of the other: they are fed in parts. */
  let turn: Promise<unknown> = Promise.resolve();

  function fail(error: LedgerWorkerError): void {
    port?.close();
    port = undefined;
    sent = [];
    for (const call of calls.values()) call.abort();
    calls.clear();
    const all = [...waiting.values()];
    waiting.clear();
    for (const one of all) one.onError(error);
  }

  async function answerCall(
    { call, asked }: Extract<LedgerReply, { readonly kind: "rpc" }>,
    to: LedgerPort,
  ): Promise<void> {
    const controller = new AbortController();
    calls.set(call, controller);
    const result = await answerOnPage(rpc, asked, controller.signal);
    calls.delete(call);
    if (port === to) to.send({ kind: "rpc-answer", call, result, endpoint: endpointViewOf(rpc) });
  }

  function onReply(reply: LedgerReply, from: LedgerPort): void {
    switch (reply.kind) {
      case "rpc":
        void answerCall(reply, from);
        break;
      case "rpc-cancel":
        calls.get(reply.call)?.abort();
        break;
      case "progress":
        waiting.get(reply.ticket)?.onProgress(reply.progress);
        break;
      case "computed":
        taken(reply.ticket)?.onBook(reply.book);
        break;
      case "unrealised":
        taken(reply.ticket)?.onPoints(reply.points);
        break;
      case "answered":
        taken(reply.ticket)?.onAnswer(reply.answer);
        break;
      case "failed":
        taken(reply.ticket)?.onError(
          reply.error.kind === "chain"
            ? chainErrorFrom(reply.error)
            : new LedgerWorkerError("failed", reply.error.message),
        );
    }
  }

  /** Who waits for the last word on a ticket. */
  function taken(ticket: number): Waiting | undefined {
    const one = waiting.get(ticket);
    waiting.delete(ticket);
    return one;
  }

  function opened(): LedgerPort {
    if (port !== undefined) return port;
    const fresh = openPort();
    if (fresh === undefined) {
      throw new LedgerWorkerError("not-supported", "This browser cannot compute beside the page");
    }
    fresh.listen({
      onReply: (reply) => {
        if (port === fresh) onReply(reply, fresh);
      },
      onBroken: (reason, message) => {
        if (port === fresh) fail(new LedgerWorkerError(reason, message));
      },
    });
    port = fresh;
    return fresh;
  }

  function exchange(
    to: LedgerPort,
    input: {
      readonly requestOf: (ticket: number) => LedgerRequest;
      readonly handlers: Partial<Waiting> & Pick<Waiting, "onError">;
    },
  ): number {
    tickets += 1;
    const ticket = tickets;
    waiting.set(ticket, {
      onProgress: nothing,
      onBook: nothing,
      onPoints: nothing,
      onAnswer: nothing,
      ...input.handlers,
    });
    to.send(input.requestOf(ticket));
    return ticket;
  }

  /** Brings the worker's copy of the events up to date; they are the bulk of a report. */
  async function feed(events: readonly VaultEvent[]): Promise<LedgerPort> {
    const to = opened();
    for (let at = commonLength(sent, events); ; at += PART) {
      // A worker that broke while it was told is not the one that would be asked.
      if (port !== to) throw new LedgerWorkerError("failed", "The worker stopped");
      to.send({ kind: "events", keep: at, items: events.slice(at, at + PART) });
      if (at + PART >= events.length) break;
      await nextTurn();
    }
    sent = events;
    return to;
  }

  /** Starts a reading once the events are there; the turn ends with that, not with the answer. */
  async function start(input: {
    readonly report: VaultReport;
    readonly signal: AbortSignal;
    readonly requestOf: (ticket: number, report: ReportWithoutEvents) => LedgerRequest;
    readonly handlers: Partial<Waiting> & Pick<Waiting, "onError">;
  }): Promise<void> {
    const { report, signal, handlers } = input;
    const { config, snapshot, history, finalised, series, contractHolders } = report;
    const { vault, ...rest } = history;
    const to = await feed(vault);
    const onAbort = (): void => {
      if (port === to) to.send({ kind: "abort", ticket });
    };
    const ending =
      <Value>(then: ((value: Value) => void) | undefined) =>
      (value: Value): void => {
        signal.removeEventListener("abort", onAbort);
        then?.(value);
      };
    const ticket = exchange(to, {
      requestOf: (own) =>
        input.requestOf(own, { config, snapshot, history: rest, finalised, series, contractHolders }),
      handlers: {
        ...handlers,
        onBook: ending(handlers.onBook),
        onPoints: ending(handlers.onPoints),
        onError: ending(handlers.onError),
      },
    });
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
  }

  function inTurn(input: Parameters<typeof start>[0]): void {
    // What goes wrong here is a worker that broke: `start` throws nothing else.
    turn = turn
      .then(() => start(input))
      .catch((error: unknown) => input.handlers.onError(error as LedgerWorkerError));
  }

  return {
    bring: ({ scope, report, withShortfalls, signal, onProgress }) =>
      new Promise((resolve, reject) => {
        inTurn({
          report,
          signal,
          requestOf: (ticket, plain) => ({
            kind: "bring",
            ticket,
            scope,
            report: plain,
            withShortfalls,
            endpoint: endpointViewOf(rpc),
          }),
          handlers: { onBook: resolve, onError: reject, onProgress },
        });
      }),
    readUnrealised: ({ report, signal, onProgress }) =>
      new Promise((resolve, reject) => {
        inTurn({
          report,
          signal,
          requestOf: (ticket, plain) => ({
            kind: "unrealised",
            ticket,
            report: plain,
            endpoint: endpointViewOf(rpc),
          }),
          handlers: { onPoints: resolve, onError: reject, onProgress },
        });
      }),
    ask: (scope, question) =>
      new Promise((resolve, reject) => {
        exchange(opened(), {
          requestOf: (ticket) => ({ kind: "ask", ticket, scope, question }),
          handlers: {
            // The worker answers a question with its own kind, which the compiler cannot see through the wire.
            onAnswer: ({ value }) => resolve(value as LedgerAnswers[typeof question.kind]),
            onError: (error) => reject(error),
          },
        });
      }),
    forget: (scope) => port?.send({ kind: "forget", scope }),
    close: () => fail(new LedgerWorkerError("failed", "The ledger was closed")),
  };
}

/** How many events two lists have in common from the start. */
function commonLength(before: readonly VaultEvent[], after: readonly VaultEvent[]): number {
  let same = 0;
  for (const event of after) {
    const other = before[same];
    if (other === undefined) break;
    if (other !== event && (other.blockHash !== event.blockHash || other.logIndex !== event.logIndex)) break;
    same += 1;
  }
  return same;
}

/** Lets the page handle what happened meanwhile. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
