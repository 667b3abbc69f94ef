import { useCallback, useSyncExternalStore } from "react";
import { useRuntime } from "../runtime";
import type { CentreView } from "./centre";
import { isSettled, type TransactionCentre, type TransactionView } from "./centre";
import type { IntentSource } from "./flow";
import { IDLE, type TransactionState } from "./machine";

/** All transactions of the page, and what can be done with them. */
export function useTransactions(): { readonly view: CentreView; readonly centre: TransactionCentre } {
  const { transactions: centre } = useRuntime();
  return { view: useCentreView(centre), centre };
}

/** One operator action as the button that begins it sees it. */
export interface TransactionFlowView {
  /** `idle` until it was begun; afterwards the state of the newest transaction of this effect. */
  readonly state: TransactionState;
  /** The review is open, the wallet is asked, or a block is awaited: a second press changes nothing. */
  readonly isUnderWay: boolean;
  /** Opens the review. `source` builds the intent for whoever is connected, and again after a switch. */
  begin(source: IntentSource): void;
}

/** The transaction with this key: how it stands, and the way to begin it. The review itself is shown by the page. */
export function useTransactionFlow(request: {
  readonly key: string;
  readonly chainId: number;
}): TransactionFlowView {
  const { transactions: centre } = useRuntime();
  const { key, chainId } = request;
  const own = useCentreView(centre).transactions.findLast((one) => one.key === key);
  const begin = useCallback(
    (source: IntentSource) => centre.open({ key, chainId, source }),
    [centre, key, chainId],
  );
  return { state: own?.state ?? IDLE, isUnderWay: own !== undefined && isUnderWay(own), begin };
}

function isUnderWay({ state }: TransactionView): boolean {
  return state.kind !== "idle" && state.kind !== "failed" && !isSettled(state);
}

function useCentreView(centre: TransactionCentre): CentreView {
  return useSyncExternalStore(
    useCallback((listener: () => void) => centre.subscribe(listener), [centre]),
    () => centre.view(),
  );
}
