import { type ChainError, toChainError } from "@/chain/errors";
import { fetchHead } from "@/chain/reads/head";
import type { Rpc } from "@/chain/rpc/rpc";
import type { BlockRef, VaultState } from "@/domain/model";
import type { VaultConfig } from "@/report/config";
import type { LoadProgress } from "@/report/load";
import { loadVaultState } from "@/report/load-state";
import type { VaultReport } from "@/report/vault-report";

/** What the public page knows. What was read stays when reading goes wrong, with the fault beside it. */
export interface PublicReading {
  readonly state: VaultState | undefined;
  readonly report: VaultReport | undefined;
  readonly progress: LoadProgress | undefined;
  readonly error: ChainError | undefined;
  readonly isReading: boolean;
  /** The newest head and when it was seen on the monotonic clock. */
  readonly head: BlockRef | undefined;
  readonly seenAtMs: number | undefined;
}

export interface PublicReaderArgs {
  readonly rpc: Rpc;
  readonly vault: VaultConfig;
  /** A past block is read once and never again. */
  readonly block: bigint | undefined;
  readonly blockTimeSeconds: number;
  readonly document: Pick<Document, "hidden" | "addEventListener" | "removeEventListener">;
  readonly nowMs: () => number;
}

/** Reads one vault for as long as somebody looks: everything once, then what each new block changed. */
export interface PublicReader {
  readonly current: () => PublicReading;
  readonly subscribe: (listener: () => void) => () => void;
  readonly retry: () => void;
}

/** Everything beyond the first figures, with the browser's store, opened once. */
async function loadTheRest() {
  const [{ loadVaultReport, refreshVaultReport }, { openChunkStore }] = await Promise.all([
    import("@/report/load"),
    import("@/report/store"),
  ]);
  return { loadVaultReport, refreshVaultReport, store: await openChunkStore() };
}

const NOTHING: PublicReading = {
  state: undefined,
  report: undefined,
  progress: undefined,
  error: undefined,
  isReading: false,
  head: undefined,
  seenAtMs: undefined,
};

/** Makes the reader of a public page. Nothing is requested before the first subscriber, nor while the page is hidden. */
export function createPublicReader(args: PublicReaderArgs): PublicReader {
  const { rpc, vault, block, blockTimeSeconds, document, nowMs } = args;
  const listeners = new Set<() => void>();
  let reading = NOTHING;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let abort: AbortController | undefined;
  let rest: ReturnType<typeof loadTheRest> | undefined;

  /** A part that could not be fetched is asked for again at the next reading. */
  const theRest = (): ReturnType<typeof loadTheRest> => {
    rest ??= loadTheRest();
    rest.catch(() => {
      rest = undefined;
    });
    return rest;
  };

  const set = (change: Partial<PublicReading>): void => {
    reading = { ...reading, ...change };
    for (const listener of listeners) listener();
  };

  async function readOnce(signal: AbortSignal): Promise<VaultReport> {
    const previous = reading.report;
    if (previous === undefined || block !== undefined) return readAll(signal);
    const { refreshVaultReport, store } = await theRest();
    const head = await fetchHead(rpc, { signal });
    set({ head, seenAtMs: nowMs() });
    if (head.hash === previous.snapshot.state.block.hash) return previous;
    return refreshVaultReport(rpc, { previous, head, store, signal });
  }

  /** The vault's own figures first; what reads its history comes in a file of its own, after them. */
  async function readAll(signal: AbortSignal): Promise<VaultReport> {
    set({ progress: { stage: "state" } });
    const state = await loadVaultState(rpc, { vault, block, signal });
    set({ state, head: state.block, seenAtMs: nowMs() });
    const { loadVaultReport, store } = await theRest();
    const onProgress = (progress: LoadProgress): void => set({ progress });
    return loadVaultReport(rpc, { vault, block, state, store, signal, onProgress });
  }

  async function read(): Promise<void> {
    clearTimeout(timer);
    abort = new AbortController();
    const { signal } = abort;
    set({ isReading: true });
    try {
      const report = await readOnce(signal);
      set({ report, state: report.snapshot.state, error: undefined });
    } catch (cause) {
      const error = toChainError(cause);
      if (signal.aborted) return;
      set({ error });
    } finally {
      if (!signal.aborted) set({ isReading: false, progress: undefined });
    }
    if (block === undefined || reading.report === undefined) schedule();
  }

  function schedule(): void {
    if (listeners.size === 0 || document.hidden) return;
    timer = setTimeout(() => void read(), blockTimeSeconds * 1_000);
  }

  function stop(): void {
    clearTimeout(timer);
    abort?.abort();
    set({ isReading: false, progress: undefined });
  }

  const onVisibility = (): void => {
    if (document.hidden) stop();
    else if (!reading.isReading) void read();
  };

  return {
    current: () => reading,
    subscribe: (listener) => {
      listeners.add(listener);
      if (listeners.size === 1) {
        document.addEventListener("visibilitychange", onVisibility);
        if (!document.hidden && !(block !== undefined && reading.report !== undefined)) void read();
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        document.removeEventListener("visibilitychange", onVisibility);
        stop();
      };
    },
    retry: () => {
      if (!reading.isReading) void read();
    },
  };
}
