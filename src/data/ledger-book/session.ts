import { toChainError } from "@/chain/errors";
import type { RpcEnvironment } from "@/chain/rpc/environment";
import { ledgerBlocksOf } from "@/domain/ledger-blocks";
import type { BlockRef } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import type { Visibility } from "../head/head-source";
import type { LedgerBook, LedgerCost, LedgerFault, LedgerProgress, LedgerScope } from "./ledger-view";
import { type LedgerClient, LedgerWorkerError } from "./worker/client";
import type { LedgerAnswers, LedgerQuestion } from "./worker/messages";

/** A ledger of one scope: what was computed last, and what goes on. The same object until something changes. */
export interface ScopeState {
  readonly computed:
    | {
        readonly block: BlockRef;
        readonly book: LedgerBook;
        /** Grows with every computation: answers to questions belong to one. */
        readonly version: number;
        readonly withShortfalls: boolean;
      }
    | undefined;
  readonly progress: LedgerProgress | undefined;
  readonly fault: LedgerFault | undefined;
  readonly isReading: boolean;
  /** What the person decided; undecided, it is read unless it costs much. */
  readonly decision: "go" | "stop" | undefined;
}

/** What is wanted of a scope. */
export interface Want {
  /** Whether somebody also asks what was avoided and inherited. */
  readonly withShortfalls: boolean;
}

/** The ledgers of one vault for as long as the page lives: everybody's, and those read for single addresses. */
export interface LedgerSession {
  /** The report that the page shows now; ledgers that somebody wants are brought to its block. */
  readonly follow: (report: VaultReport) => void;
  /** Somebody wants the ledger of a scope, until the returned function is called. */
  readonly want: (scope: LedgerScope, want: Want) => () => void;
  readonly state: (scope: LedgerScope) => ScopeState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly stop: (scope: LedgerScope) => void;
  /** Begins what costs much, goes on after a stop, and tries again after a fault. */
  readonly resume: (scope: LedgerScope) => void;
  /** Reads the unrealised shortfall over time. @throws ChainError, LedgerWorkerError */
  readonly readUnrealised: LedgerClient["readUnrealised"];
  /** @throws LedgerWorkerError */
  readonly ask: <Kind extends LedgerQuestion["kind"]>(
    scope: LedgerScope,
    question: Extract<LedgerQuestion, { readonly kind: Kind }>,
  ) => Promise<LedgerAnswers[Kind]>;
}

interface Scope {
  state: ScopeState;
  readonly wants: Set<Want>;
  /** Aborts what is being read now. */
  running: AbortController | undefined;
}

/** A reader who comes back within this time finds the ledger as it was left. */
const KEPT_MS = 60_000;
/** More than this is read only when the person says so. */
const UNASKED = { totals: 2_000, shortfalls: 400 } as const;

const NOTHING: ScopeState = {
  computed: undefined,
  progress: undefined,
  fault: undefined,
  isReading: false,
  decision: undefined,
};

/** How many old blocks the ledger of a scope takes. */
export function ledgerCostOf(
  { history, holdings }: Pick<VaultReport, "history" | "holdings">,
  { scope, withShortfalls }: { readonly scope: LedgerScope; readonly withShortfalls: boolean },
): LedgerCost {
  const blocks = ledgerBlocksOf(history);
  const own = scope === "everybody" ? blocks : ledgerBlocksOf(history, { for: scope, holdings });
  return { totals: blocks.ends.length, shortfalls: withShortfalls ? own.shortfalls.length : 0 };
}

/** Whether that is so much that a person decides. */
export function isCostly(cost: LedgerCost): boolean {
  return cost.totals > UNASKED.totals || !areShortfallsCheap(cost);
}

/** Whether open shortfalls are few enough to be read without asking. */
export function areShortfallsCheap({ shortfalls }: LedgerCost): boolean {
  return shortfalls <= UNASKED.shortfalls;
}

/**
 * Makes a session. Nothing is read before somebody wants it, nothing while the page is hidden or nobody wants it any
 * more: what is under way then is broken off and taken up again later where it stopped.
 */
export function createLedgerSession(args: {
  readonly client: LedgerClient;
  readonly visibility: Visibility;
  readonly setTimer: RpcEnvironment["setTimer"];
}): LedgerSession {
  const { client, visibility, setTimer } = args;
  const scopes = new Map<LedgerScope, Scope>();
  const listeners = new Set<() => void>();
  let newest: VaultReport | undefined;
  let versions = 0;
  /** Readings under way that belong to no scope. */
  let pinned = 0;

  function scopeOf(name: LedgerScope): Scope {
    const found = scopes.get(name);
    if (found !== undefined) return found;
    const fresh: Scope = { state: NOTHING, wants: new Set(), running: undefined };
    scopes.set(name, fresh);
    return fresh;
  }

  function change(scope: Scope, changed: Partial<ScopeState>): void {
    scope.state = { ...scope.state, ...changed };
    for (const listener of listeners) listener();
  }

  const withShortfallsOf = ({ wants }: Scope): boolean =>
    [...wants].some(({ withShortfalls }) => withShortfalls);

  function isUpToDate(scope: Scope): boolean {
    const { computed } = scope.state;
    return (
      computed?.block.hash === newest?.snapshot.state.block.hash &&
      (computed?.withShortfalls === true || !withShortfallsOf(scope))
    );
  }

  function isAllowed(name: LedgerScope, scope: Scope): boolean {
    if (scope.state.decision !== undefined) return scope.state.decision === "go";
    if (newest === undefined) return false;
    return !isCostly(ledgerCostOf(newest, { scope: name, withShortfalls: withShortfallsOf(scope) }));
  }

  /** Whether this scope should be read now. */
  const isDue = (name: LedgerScope, scope: Scope): boolean =>
    newest !== undefined &&
    scope.wants.size > 0 &&
    // A worker that broke breaks again: only a person tries it once more.
    scope.state.fault?.kind !== "worker" &&
    !visibility.isHidden() &&
    !isUpToDate(scope) &&
    isAllowed(name, scope);

  async function bring(name: LedgerScope, scope: Scope, signal: AbortSignal): Promise<void> {
    const report = newest;
    if (report === undefined) return;
    // For everybody the open shortfalls take much longer than all the rest, which is shown first.
    const isFirst = name === "everybody" && scope.state.computed === undefined;
    const withShortfalls = withShortfallsOf(scope) && !isFirst;
    const book = await client.bring({
      scope: name,
      report,
      withShortfalls,
      signal,
      onProgress: (progress) => change(scope, { progress }),
    });
    if (signal.aborted) return;
    versions += 1;
    const { block } = report.snapshot.state;
    change(scope, { computed: { block, book, version: versions, withShortfalls }, fault: undefined });
  }

  async function run(name: LedgerScope): Promise<void> {
    const scope = scopeOf(name);
    if (scope.running !== undefined || !isDue(name, scope)) return;
    const controller = new AbortController();
    const { signal } = controller;
    scope.running = controller;
    change(scope, { isReading: true });
    try {
      // Blocks that come while one is computed are caught up with at once.
      while (!signal.aborted && isDue(name, scope)) await bring(name, scope, signal);
    } catch (error) {
      if (!signal.aborted) change(scope, { fault: ledgerFaultOf(error) });
    } finally {
      scope.running = undefined;
      change(scope, { isReading: false, progress: undefined });
    }
    // Whoever came back while this was being broken off.
    if (signal.aborted) void run(name);
  }

  /** Nobody looks any more: what is under way ends at once, what was computed is kept for a while. */
  function release(name: LedgerScope, scope: Scope): void {
    if (scope.wants.size > 0) return;
    scope.running?.abort();
    setTimer(KEPT_MS, () => {
      if (scope.wants.size > 0) return;
      client.forget(name);
      change(scope, { computed: undefined });
      if (pinned === 0 && [...scopes.values()].every(({ wants }) => wants.size === 0)) client.close();
    });
  }

  function runAll(): void {
    for (const name of scopes.keys()) void run(name);
  }

  visibility.subscribe(() => {
    if (visibility.isHidden()) for (const scope of scopes.values()) scope.running?.abort();
    else runAll();
  });

  return {
    follow(report) {
      if (newest === report) return;
      newest = report;
      runAll();
    },
    want(name, { withShortfalls }) {
      const scope = scopeOf(name);
      const own: Want = { withShortfalls };
      scope.wants.add(own);
      void run(name);
      return () => {
        if (!scope.wants.delete(own)) return;
        // From page to page one reader leaves and the next comes at the same moment.
        if (scope.wants.size === 0) setTimer(0, () => release(name, scope));
      };
    },
    state: (name) => scopes.get(name)?.state ?? NOTHING,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop(name) {
      const scope = scopeOf(name);
      change(scope, { decision: "stop" });
      scope.running?.abort();
    },
    resume(name) {
      change(scopeOf(name), { decision: "go", fault: undefined });
      void run(name);
    },
    async readUnrealised(request) {
      pinned += 1;
      try {
        return await client.readUnrealised(request);
      } finally {
        pinned -= 1;
      }
    },
    async ask(name, question) {
      try {
        return await client.ask(name, question);
      } catch (error) {
        // What the worker had is lost with it: it is computed again when somebody asks for that.
        change(scopeOf(name), { computed: undefined, fault: ledgerFaultOf(error) });
        throw error;
      }
    },
  };
}

/** What went wrong, as a value. */
export function ledgerFaultOf(error: unknown): LedgerFault {
  return error instanceof LedgerWorkerError
    ? { kind: "worker", reason: error.reason, message: error.message }
    : { kind: "chain", error: toChainError(error) };
}
