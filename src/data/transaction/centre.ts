import { createFlow, type IntentSource, type TransactionFlow } from "./flow";
import type { TransactionState } from "./machine";
import { canWatchAgain, hashOf, IDLE } from "./machine";
import type { FlowPorts } from "./ports";

/** One transaction as the page shows it. */
export interface TransactionView {
  readonly id: string;
  /** The effect's identity; the button that began it finds its state by this. */
  readonly key: string;
  readonly chainId: number;
  readonly state: TransactionState;
}

/** What the page shows of all transactions. The same object until something changes. */
export interface CentreView {
  readonly transactions: readonly TransactionView[];
  /** The one whose review is open. */
  readonly openId: string | undefined;
  /** false: a reload would lose sight of what is under way. */
  readonly isDurable: boolean;
}

export interface OpenRequest {
  readonly key: string;
  readonly chainId: number;
  readonly source: IntentSource;
}

/** All transactions of this page: those being reviewed, under way, and just settled. */
export interface TransactionCentre {
  view(): CentreView;
  subscribe(listener: () => void): () => void;
  /** Opens the review of a new transaction, or brings forward the one that does the same thing. */
  open(request: OpenRequest): void;
  /** Shows the review of a transaction that is still known. */
  show(id: string): void;
  sign(id: string, options: { readonly caveatsAccepted: boolean }): void;
  retry(id: string): void;
  watchAgain(id: string): void;
  /** Closes the review. What has left, or is at the wallet, goes on. */
  close(): void;
  /** Takes a settled transaction off the page. */
  dismiss(id: string): void;
  /** Takes up what an earlier page left behind. Once, at start. */
  resume(): void;
}

interface CentreArgs {
  /** undefined for a chain that the configuration does not name. */
  readonly portsOf: (chainId: number) => FlowPorts | undefined;
  readonly store: FlowPorts["store"];
  readonly newId: () => string;
}

interface Entry {
  readonly key: string;
  readonly flow: TransactionFlow;
}

export function createTransactionCentre({ portsOf, store, newId }: CentreArgs): TransactionCentre {
  const entries = new Map<string, Entry>();
  const listeners = new Set<() => void>();
  let openId: string | undefined;
  let cached: CentreView | undefined;

  function changed(): void {
    cached = undefined;
    for (const listener of listeners) listener();
  }

  function add(args: {
    readonly id: string;
    readonly key: string;
    readonly ports: FlowPorts;
  }): TransactionFlow {
    const flow = createFlow(args.id, args.ports);
    entries.set(args.id, { key: args.key, flow });
    flow.subscribe(changed);
    return flow;
  }

  function remove(id: string): void {
    entries.get(id)?.flow.dispose();
    entries.delete(id);
    if (openId === id) openId = undefined;
  }

  /** A transaction of the same effect that is not settled: opening it again shows that one. */
  function liveEntry(key: string): [string, Entry] | undefined {
    return [...entries].find(([, entry]) => entry.key === key && !isSettled(entry.flow.state()));
  }

  return {
    view() {
      cached ??= {
        transactions: [...entries].map(([id, { key, flow }]) => ({
          id,
          key,
          chainId: flow.chainId,
          state: flow.state(),
        })),
        openId,
        isDurable: store.durable,
      };
      return cached;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open({ key, chainId, source }) {
      const live = liveEntry(key);
      const ports = portsOf(chainId);
      if (live === undefined && ports === undefined) return;
      const id = live?.[0] ?? newId();
      const flow = live?.[1].flow ?? (ports && add({ id, key, ports }));
      openId = id;
      flow?.open(source);
      changed();
    },
    show(id) {
      if (!entries.has(id)) return;
      openId = id;
      changed();
    },
    sign: (id, options) => entries.get(id)?.flow.sign(options),
    retry: (id) => entries.get(id)?.flow.retry(),
    watchAgain: (id) => entries.get(id)?.flow.watchAgain(),
    close() {
      const id = openId;
      openId = undefined;
      const state = id === undefined ? undefined : entries.get(id)?.flow.state();
      // A review that never reached the wallet has left nothing to come back to.
      if (id !== undefined && state !== undefined && state.kind !== "signing" && hashOf(state) === undefined)
        remove(id);
      changed();
    },
    dismiss(id) {
      const state = entries.get(id)?.flow.state() ?? IDLE;
      if (!isSettled(state)) return;
      if (canWatchAgain(state)) store.remove(id);
      remove(id);
      changed();
    },
    resume() {
      for (const record of store.all()) {
        const ports = portsOf(record.intent.chainId);
        if (ports === undefined || entries.has(record.id)) continue;
        add({ id: record.id, key: record.intent.key, ports }).resume(record);
      }
      changed();
    },
  };
}

/** Whether nothing more will happen to a transaction by itself. */
export function isSettled(state: TransactionState): boolean {
  return state.kind === "confirmed" || (state.kind === "failed" && state.hash !== undefined);
}
