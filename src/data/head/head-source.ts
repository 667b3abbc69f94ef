import { ChainError, toChainError } from "@/chain/errors";
import { fetchHead } from "@/chain/reads/head";
import type { RpcEnvironment } from "@/chain/rpc/environment";
import type { Rpc } from "@/chain/rpc/rpc";
import type { BlockRef } from "@/domain/model";
import type { HeadPort } from "../transaction/ports";

/** Whether somebody can see the page. */
export interface Visibility {
  isHidden(): boolean;
  subscribe(listener: () => void): () => void;
}

/** The newest block as this page knows it. The same object until something changes. */
export interface HeadState {
  readonly head: BlockRef | undefined;
  /** Monotonic milliseconds at which `head` was first seen. */
  readonly seenAtMs: number | undefined;
  /** Why the last look failed; undefined after a good one. */
  readonly error: ChainError | undefined;
}

/** The one poller of a chain's head in this page, shared by whoever needs it. */
export interface HeadSource extends HeadPort {
  readonly chainId: number;
  readonly current: () => HeadState;
  /** Looks for heads as long as somebody listens and the page is visible. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Looks at once, outside the rhythm. */
  refresh(): Promise<void>;
}

interface HeadSourceArgs {
  readonly rpc: Rpc;
  /** One look a block: the second request of a new block is left to whoever shows it. */
  readonly blockTimeSeconds: number;
  readonly environment: Pick<RpcEnvironment, "nowMs" | "setTimer">;
  readonly visibility: Visibility;
  /** Called before listeners hear of a new head, and when the endpoint answers again after a failure. */
  readonly onHead?: ((head: BlockRef) => void) | undefined;
}

/** After a transaction was sent: many chains make blocks faster than they say, and a person is waiting. */
const HURRIED_LOOKS = 4;
const HURRIED_PACE_MS = 1000;

/** Looks that have to agree on an older head before it is believed: one lagging endpoint is no reorganisation. */
const LOOKS_TO_GO_BACK = 2;

/**
 * Polls the head once a block time. Nothing is asked while the tab is hidden or nobody listens; a tab that becomes
 * visible looks at once. A lower head is taken for a lagging endpoint until it was seen twice.
 */
export function createHeadSource(args: HeadSourceArgs): HeadSource {
  const { rpc, environment, visibility, onHead } = args;
  const listeners = new Set<() => void>();
  const waiting = new Set<(head: BlockRef) => void>();
  let state: HeadState = { head: undefined, seenAtMs: undefined, error: undefined };
  let lower = 0;
  let cancelTimer: (() => void) | undefined;
  let lookedAtMs: number | undefined;
  let hurriedLooks = 0;
  let looking: Promise<void> | undefined;
  let stopWatchingVisibility: (() => void) | undefined;

  function publish(next: HeadState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  function take(head: BlockRef): void {
    const known = state.head;
    if (known !== undefined && head.number < known.number) {
      lower += 1;
      if (lower < LOOKS_TO_GO_BACK) return;
    }
    lower = 0;
    if (known?.hash === head.hash) {
      if (state.error === undefined) return;
      // The endpoint is back: what failed with it is worth asking for again, also on a chain that stands still.
      onHead?.(head);
      publish({ ...state, error: undefined });
      return;
    }
    // First the head, then whoever reads again because of it: they ask for the current one.
    publish({ head, seenAtMs: environment.nowMs(), error: undefined });
    onHead?.(head);
    const told = [...waiting];
    waiting.clear();
    for (const tell of told) tell(head);
  }

  async function look(): Promise<void> {
    lookedAtMs = environment.nowMs();
    hurriedLooks = Math.max(0, hurriedLooks - 1);
    try {
      take(await fetchHead(rpc));
    } catch (error) {
      publish({ ...state, error: toChainError(error) });
    }
  }

  function lookOnce(): Promise<void> {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  /** Whoever comes and goes does not make us ask more than once a block time. */
  function msToNextLook(): number {
    const sinceLast = lookedAtMs === undefined ? Number.POSITIVE_INFINITY : environment.nowMs() - lookedAtMs;
    const pace =
      hurriedLooks > 0
        ? Math.min(HURRIED_PACE_MS, args.blockTimeSeconds * 1000)
        : args.blockTimeSeconds * 1000;
    return Math.max(0, pace - sinceLast);
  }

  const isWanted = (): boolean => listeners.size + waiting.size > 0 && !visibility.isHidden();

  function schedule(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    if (!isWanted()) return;
    cancelTimer = environment.setTimer(msToNextLook(), () => {
      cancelTimer = undefined;
      if (isWanted()) void lookOnce().then(schedule);
    });
  }

  function wake(): void {
    if (stopWatchingVisibility === undefined) stopWatchingVisibility = visibility.subscribe(onVisibility);
    if (cancelTimer !== undefined || looking !== undefined || !isWanted()) return;
    if (msToNextLook() === 0) void lookOnce().then(schedule);
    else schedule();
  }

  function rest(): void {
    if (listeners.size + waiting.size > 0) return;
    cancelTimer?.();
    cancelTimer = undefined;
    stopWatchingVisibility?.();
    stopWatchingVisibility = undefined;
  }

  function onVisibility(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    wake();
  }

  return {
    chainId: rpc.chainId,
    current: () => state,
    subscribe(listener) {
      listeners.add(listener);
      wake();
      return () => {
        listeners.delete(listener);
        rest();
      };
    },
    refresh: () => lookOnce(),
    hurry() {
      hurriedLooks = HURRIED_LOOKS;
      if (looking === undefined) schedule();
    },
    next(signal) {
      return new Promise((resolve, reject) => {
        const onAbort = (): void => {
          waiting.delete(tell);
          rest();
          reject(new ChainError("aborted", { message: "Cancelled" }));
        };
        const tell = (head: BlockRef): void => {
          signal.removeEventListener("abort", onAbort);
          rest();
          resolve(head);
        };
        if (signal.aborted) {
          reject(new ChainError("aborted", { message: "Cancelled" }));
          return;
        }
        signal.addEventListener("abort", onAbort, { once: true });
        waiting.add(tell);
        wake();
      });
    },
  };
}

/** The browser's own idea of whether this tab can be seen. */
export function documentVisibility(page: Document): Visibility {
  return {
    isHidden: () => page.visibilityState === "hidden",
    subscribe(listener) {
      page.addEventListener("visibilitychange", listener);
      return () => page.removeEventListener("visibilitychange", listener);
    },
  };
}
