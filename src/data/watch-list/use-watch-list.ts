import { useCallback, useSyncExternalStore } from "react";
import type { Address } from "@/domain/model";
import { useRuntime } from "../runtime";
import type { WatchedAddress, WatchResult } from "./watch-list";

export interface WatchListView {
  readonly entries: readonly WatchedAddress[];
  /** false: the browser keeps nothing for this page, and the list goes with it. */
  readonly isDurable: boolean;
  add(text: string, label?: string): WatchResult;
  remove(address: Address): void;
}

/** The addresses that this browser watches on a chain. */
export function useWatchList(chainId: number): WatchListView {
  const { watchList } = useRuntime();
  const entries = useSyncExternalStore(
    useCallback((listener: () => void) => watchList.subscribe(listener), [watchList]),
    () => watchList.list(chainId),
    () => watchList.list(chainId),
  );
  return {
    entries,
    isDurable: watchList.isDurable,
    add: (text, label) => watchList.add({ chainId, text, label }),
    remove: (address) => watchList.remove({ chainId, address }),
  };
}
