import type { RpcRequest } from "./json-rpc";

/** One HTTP request as the proxy saw it. */
export interface TrafficEntry {
  readonly methods: readonly string[];
  readonly isBatch: boolean;
  /** Rules that struck, by id. */
  readonly faults: readonly string[];
  readonly bytesIn: number;
  /** undefined while the answer is still being made. */
  readonly status: number | undefined;
  readonly bytesOut: number;
  /** The client left before the answer was complete. */
  readonly isAborted: boolean;
}

export interface TrafficCounts {
  /** HTTP requests; a batch counts as one, a preflight as none. */
  readonly requests: number;
  /** JSON-RPC calls; a batch counts each. */
  readonly calls: number;
  readonly byMethod: Readonly<Record<string, number>>;
  readonly byStatus: Readonly<Record<number, number>>;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly aborted: number;
  readonly preflights: number;
}

type Mutable = { -readonly [K in keyof TrafficEntry]: TrafficEntry[K] };

/** Counts everything that passes, and lets a test wait for a request instead of sleeping. */
export class Traffic {
  #entries: Mutable[] = [];
  #preflights = 0;
  #faults: unknown[] = [];
  #waiting: {
    readonly test: (entry: TrafficEntry) => boolean;
    readonly resolve: (e: TrafficEntry) => void;
  }[] = [];

  arrived(
    request: RpcRequest,
    at: { readonly bytesIn: number; readonly faults: readonly string[] },
  ): TrafficEntry {
    const entry: Mutable = {
      methods: request.calls.map((call) => call.method),
      isBatch: request.isBatch,
      faults: [...new Set(at.faults)],
      bytesIn: at.bytesIn,
      status: undefined,
      bytesOut: 0,
      isAborted: false,
    };
    this.#entries.push(entry);
    const due = this.#waiting.filter((one) => one.test(entry));
    this.#waiting = this.#waiting.filter((one) => !due.includes(one));
    for (const one of due) one.resolve(entry);
    return entry;
  }

  answered(entry: TrafficEntry, at: { readonly status: number; readonly bytesOut: number }): void {
    Object.assign(entry, at);
  }

  aborted(entry: TrafficEntry): void {
    Object.assign(entry, { isAborted: true });
  }

  preflight(): void {
    this.#preflights += 1;
  }

  failed(error: unknown): void {
    this.#faults.push(error);
  }

  faults(): readonly unknown[] {
    return this.#faults;
  }

  entries(): readonly TrafficEntry[] {
    return this.#entries.map((entry) => ({ ...entry }));
  }

  seen(test: (entry: TrafficEntry) => boolean): Promise<TrafficEntry> {
    const known = this.#entries.find(test);
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve) => {
      this.#waiting.push({ test, resolve });
    });
  }

  /** Requests whose answer is still being made. */
  inFlight(): number {
    return this.#entries.filter((entry) => entry.status === undefined && !entry.isAborted).length;
  }

  reset(): void {
    this.#entries = [];
    this.#preflights = 0;
  }

  counts(): TrafficCounts {
    const byMethod: Record<string, number> = {};
    const byStatus: Record<number, number> = {};
    let [calls, bytesIn, bytesOut, aborted] = [0, 0, 0, 0];
    for (const entry of this.#entries) {
      for (const method of entry.methods) byMethod[method] = (byMethod[method] ?? 0) + 1;
      if (entry.status !== undefined) byStatus[entry.status] = (byStatus[entry.status] ?? 0) + 1;
      calls += entry.methods.length;
      bytesIn += entry.bytesIn;
      bytesOut += entry.bytesOut;
      aborted += entry.isAborted ? 1 : 0;
    }
    const requests = this.#entries.length;
    return { requests, calls, byMethod, byStatus, bytesIn, bytesOut, aborted, preflights: this.#preflights };
  }
}

/** A gate for the "hold" fault: closed until opened. */
export function gate(): { readonly closed: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const closed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { closed, open };
}
