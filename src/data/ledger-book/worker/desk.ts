import type { ChunkStore } from "@/chain/logs/store";
import { claimsOf } from "@/domain/claims";
import type { VaultEvent } from "@/domain/model";
import { hasGrownAlone } from "@/domain/quiet-growth";
import { shiftTotalsOf } from "@/domain/shift-totals";
import { splitsOf, statementOf, statementTotalsOf, virtualTotalsOf } from "@/domain/statement";
import { assembleLedgerReport, type LedgerReport } from "@/report/ledger-report";
import { type LoadedReadings, loadLedgerReadings } from "@/report/load-ledger";
import { loadUnrealised, type UnrealisedPoint } from "@/report/load-unrealised";
import { assembleReport, type VaultReport } from "@/report/vault-report";
import type { LedgerBook, LedgerProgress, LedgerRowId, LedgerRowShares, LedgerScope } from "../ledger-view";
import type { LedgerAnswer, LedgerQuestion, LedgerReply, LedgerRequest } from "./messages";
import { toWire } from "./wire-error";
import { createWireRpc, type WireRpc } from "./wire-rpc";

/** Takes what the page says; whatever there is to say in return is posted. */
export interface LedgerDesk {
  readonly take: (request: LedgerRequest) => void;
}

/** What is kept of a scope from one block to the next. */
interface Kept {
  readonly readings: LoadedReadings;
  /** The report that the readings were made for; `ledger` may be of a later block. */
  readonly readFor: VaultReport;
  readonly withShortfalls: boolean;
  readonly ledger: LedgerReport;
}

type Bring = Extract<LedgerRequest, { readonly kind: "bring" }>;
type Unrealised = Extract<LedgerRequest, { readonly kind: "unrealised" }>;

/** Makes the worker's side: one vault, its events, and a ledger for each scope that was asked for. */
export function createLedgerDesk(args: {
  readonly post: (reply: LedgerReply) => void;
  readonly openStore: () => Promise<ChunkStore>;
}): LedgerDesk {
  const { post, openStore } = args;
  let events: readonly VaultEvent[] = [];
  let wire: WireRpc | undefined;
  let store: Promise<ChunkStore> | undefined;
  const kept = new Map<LedgerScope, Kept>();
  const running = new Map<number, AbortController>();

  let unrealised: readonly UnrealisedPoint[] | undefined;

  /** The report as the page has it, the way to the chain, and how to be broken off. */
  function begin({ ticket, report, endpoint }: Bring | Unrealised) {
    wire ??= createWireRpc(endpoint, post);
    wire.onEndpoint(endpoint);
    store ??= openStore();
    const controller = new AbortController();
    running.set(ticket, controller);
    return {
      rpc: wire.rpc,
      store,
      signal: controller.signal,
      // The list is never changed once it is here: a later part makes another one.
      report: assembleReport({ ...report, history: { ...report.history, vault: events } }),
      onProgress: (progress: LedgerProgress) => post({ kind: "progress", ticket, progress }),
    };
  }

  async function bring(request: Bring): Promise<LedgerReply> {
    const { ticket, scope, withShortfalls } = request;
    const { rpc, report, signal, onProgress, ...started } = begin(request);
    const previous = kept.get(scope);
    if (previous !== undefined && isSettled(previous, { report, withShortfalls })) {
      const { readings, readFor } = previous;
      onProgress({ stage: "computing", doneBlocks: 0, totalBlocks: 0 });
      const ledger = assembleLedgerReport({ report: withSamplesOf(report, readFor), readings });
      kept.set(scope, { ...previous, ledger });
      return { kind: "computed", ticket, book: bookOf(ledger, previous.withShortfalls) };
    }
    const readings = await loadLedgerReadings(rpc, {
      report,
      store: await started.store,
      signal,
      onProgress,
      ...(scope === "everybody" ? {} : { for: scope }),
      withShortfalls,
      previous: previous?.readings,
    });
    onProgress({ stage: "computing", doneBlocks: 0, totalBlocks: 0 });
    const ledger = assembleLedgerReport({ report, readings });
    kept.set(scope, { readings, readFor: report, withShortfalls, ledger });
    return { kind: "computed", ticket, book: bookOf(ledger, withShortfalls) };
  }

  async function readUnrealised(request: Unrealised): Promise<LedgerReply> {
    const { rpc, report, signal, onProgress, ...started } = begin(request);
    const points = await loadUnrealised(rpc, {
      report,
      store: await started.store,
      signal,
      onProgress: ({ done, total }) =>
        onProgress({ stage: "unrealised", doneBlocks: done, totalBlocks: total }),
      previous: unrealised,
    });
    unrealised = points;
    return { kind: "unrealised", ticket: request.ticket, points };
  }

  async function answer(request: Bring | Unrealised): Promise<void> {
    const { ticket } = request;
    try {
      post(await (request.kind === "bring" ? bring(request) : readUnrealised(request)));
    } catch (error) {
      post({ kind: "failed", ticket, error: toWire(error) });
    } finally {
      running.delete(ticket);
    }
  }

  function ask(scope: LedgerScope, question: LedgerQuestion): LedgerAnswer {
    const ledger = kept.get(scope)?.ledger;
    if (ledger === undefined) throw new RangeError("This ledger was not computed");
    return answerOf(ledger, question);
  }

  return {
    take(request) {
      switch (request.kind) {
        case "events":
          events = [...events.slice(0, request.keep), ...request.items];
          return;
        case "bring":
        case "unrealised":
          void answer(request);
          return;
        case "abort":
          running.get(request.ticket)?.abort();
          return;
        case "ask":
          try {
            post({
              kind: "answered",
              ticket: request.ticket,
              answer: ask(request.scope, request.question),
            });
          } catch (error) {
            post({ kind: "failed", ticket: request.ticket, error: toWire(error) });
          }
          return;
        case "forget":
          kept.delete(request.scope);
          return;
        case "rpc-answer":
          wire?.onAnswer(request);
      }
    },
  };
}

/**
 * Whether nothing has to be read for a newer block: no event of the vault or its parameters came since, and its totals
 * went on as they must where nothing happens, so there is nothing that could be found.
 */
function isSettled(
  { readFor, withShortfalls }: Kept,
  now: { readonly report: VaultReport; readonly withShortfalls: boolean },
): boolean {
  const [history, historyThen] = [now.report.history, readFor.history];
  const isSameHistory =
    history.vault.length === historyThen.vault.length &&
    history.parameters.length === historyThen.parameters.length &&
    history.fromBlock === historyThen.fromBlock &&
    history.vault.at(-1)?.blockHash === historyThen.vault.at(-1)?.blockHash;
  const [state, stateThen] = [now.report.snapshot.state, readFor.snapshot.state];
  return (
    isSameHistory &&
    state.block.number >= stateThen.block.number &&
    (withShortfalls || !now.withShortfalls) &&
    hasGrownAlone(stateThen, state)
  );
}

/**
 * The report with the totals of the chart as they were when its past was read. A later one would ask for what was not
 * read, namely whether anything went since the one before, which is already answered: nothing did.
 */
function withSamplesOf(report: VaultReport, readFor: VaultReport): VaultReport {
  return report === readFor ? report : { ...report, series: readFor.series };
}

function bookOf(ledger: LedgerReport, withShortfalls: boolean): LedgerBook {
  return {
    ledger: ledger.ledger,
    shifts: withShortfalls ? shiftTotalsOf(ledger.book) : undefined,
    virtual: virtualTotalsOf(ledger.book),
    isClockRefused: ledger.isClockRefused,
  };
}

function answerOf({ book }: LedgerReport, question: LedgerQuestion): LedgerAnswer {
  switch (question.kind) {
    case "statement":
      return { kind: "statement", value: statementOf(book, question.address) };
    case "lp-totals":
      return { kind: "lp-totals", value: statementTotalsOf(book) };
    case "row-shares":
      return { kind: "row-shares", value: rowSharesOf(book, question.row) };
    case "claims":
      return { kind: "claims", value: claimsOf({ book, amountAssets: question.amountAssets }) };
  }
}

function rowSharesOf(book: LedgerReport["book"], id: LedgerRowId): LedgerRowShares {
  const { losses, falls, recoveries } = splitsOf(book);
  const isHere = ({ blockNumber, logIndex }: Pick<LedgerRowId, "blockNumber" | "logIndex">): boolean =>
    blockNumber === id.blockNumber && logIndex === id.logIndex;
  switch (id.kind) {
    case "loss":
      return losses.find(({ row }) => isHere(row))?.shares;
    case "fall":
      return falls.find(({ row }) => isHere(row.at))?.shares;
    case "recovery":
      return recoveries.find(({ row }) => isHere(row))?.shares;
  }
}
