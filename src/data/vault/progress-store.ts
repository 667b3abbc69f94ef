import type { VaultState } from "@/domain/model";
import type { LoadProgress } from "@/report/load";

/** How far the loading of one report has come. */
export interface LoadStatus {
  readonly progress: LoadProgress | undefined;
  /** What was read first: enough for a heading before the history is in. */
  readonly state: VaultState | undefined;
  /** The person stopped it; what was read so far is kept, and resuming goes on from there. */
  readonly isStopped: boolean;
}

const NOTHING: LoadStatus = { progress: undefined, state: undefined, isStopped: false };

/** The progress of all loadings, by query. Outside the query cache, since it changes many times before there is data. */
export interface ProgressStore {
  readonly get: (hash: string) => LoadStatus;
  readonly set: (hash: string, change: Partial<LoadStatus>) => void;
  /** Grows with every change. */
  readonly version: () => number;
  readonly subscribe: (listener: () => void) => () => void;
}

export function createProgressStore(): ProgressStore {
  const entries = new Map<string, LoadStatus>();
  const listeners = new Set<() => void>();
  let version = 0;
  return {
    get: (hash) => entries.get(hash) ?? NOTHING,
    set(hash, change) {
      entries.set(hash, { ...(entries.get(hash) ?? NOTHING), ...change });
      version += 1;
      for (const listener of listeners) listener();
    },
    version: () => version,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
