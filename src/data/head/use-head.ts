import { useMemo, useSyncExternalStore } from "react";
import type { RpcEnvironment } from "@/chain/rpc/environment";
import { type ChainTime, chainTimeOf } from "@/domain/chain-clock";
import { useRuntime } from "../runtime";
import type { HeadSource, HeadState, Visibility } from "./head-source";

const NO_HEAD: HeadState = { head: undefined, seenAtMs: undefined, error: undefined };
const nothing = (): void => undefined;

/** Follows the heads of several chains at once; the caller is shown again at every new one. */
export function useHeads(chainIds: readonly number[]): void {
  const { headsOf } = useRuntime();
  const wanted = [...new Set(chainIds)].sort((left, right) => left - right).join(",");
  const { subscribe, version } = useMemo(() => {
    const sources = wanted
      .split(",")
      .filter((text) => text !== "")
      .map((text) => headsOf(Number.parseInt(text, 10)))
      .filter((source) => source !== undefined);
    return {
      subscribe: (listener: () => void) => {
        const stops = sources.map((source) => source.subscribe(listener));
        return () => {
          for (const stop of stops) stop();
        };
      },
      version: () => sources.map((source) => source.current().head?.hash ?? "").join(","),
    };
  }, [wanted, headsOf]);
  useSyncExternalStore(subscribe, version);
}

const TICK_MS = 1000;

/** A chain's time as something that can be subscribed to: told once a second while the page can be seen. */
export function createTicker(args: {
  readonly source: Pick<HeadSource, "current"> | undefined;
  readonly environment: Pick<RpcEnvironment, "nowMs" | "setTimer">;
  readonly visibility: Visibility;
  readonly wallMs: () => number;
}): { readonly current: () => ChainTime; readonly subscribe: (listener: () => void) => () => void } {
  const { source, environment, visibility, wallMs } = args;
  let last: ChainTime | undefined;
  let lastHead: HeadState | undefined;
  let isDue = true;

  function current(): ChainTime {
    const head = source?.current() ?? NO_HEAD;
    if (last === undefined || isDue || head !== lastHead) {
      last = chainTimeOf({
        head,
        wallMs: wallMs(),
        nowMs: environment.nowMs(),
        notBeforeSeconds: last?.nowSeconds ?? 0n,
      });
      lastHead = head;
      isDue = false;
    }
    return last;
  }

  function subscribe(listener: () => void): () => void {
    let cancel = nothing;
    const tick = (): void => {
      isDue = true;
      listener();
      cancel = environment.setTimer(TICK_MS, tick);
    };
    const onVisibility = (): void => {
      cancel();
      cancel = nothing;
      if (!visibility.isHidden()) tick();
    };
    cancel = environment.setTimer(TICK_MS, tick);
    const stop = visibility.subscribe(onVisibility);
    return () => {
      cancel();
      stop();
    };
  }

  return { current, subscribe };
}

/** What time it is for a chain, once a second. Ages on screen count from this and from nothing else. */
export function useChainTime(chainId: number): ChainTime {
  const { headsOf, environment, visibility } = useRuntime();
  const ticker = useMemo(
    () => createTicker({ source: headsOf(chainId), environment, visibility, wallMs: () => Date.now() }),
    [headsOf, chainId, environment, visibility],
  );
  return useSyncExternalStore(ticker.subscribe, ticker.current, ticker.current);
}
