import { isZeroAddress } from "./address";
import type { LogPrices } from "./ledger-model";
import { compareLogs } from "./log-order";
import type { Figure, SharePrice } from "./model";
import type { ShareAction } from "./share-actions";

/** The share prices around each action, by its place among the actions. */
export interface ActionPrices {
  readonly before: readonly Figure<SharePrice>[];
  readonly after: readonly Figure<SharePrice>[];
}

/**
 * Deposits and withdrawals have the prices before and after the whole action. A transfer moves no price. Shares that
 * are minted or burned without money change the price for everybody: minted ones count at the price that they left
 * behind, burned ones at the price that they had, and what that did to other shares is interest, as for every holder.
 */
function pricesAround({ log, transfer }: ShareAction, prices: LogPrices) {
  if (log.kind === "transfer") {
    const price = isZeroAddress(log.from) ? prices.after(log) : prices.before(log);
    return { before: price, after: price };
  }
  const isFirst = transfer === undefined || compareLogs(log, transfer) < 0;
  const [first, last] = isFirst ? [log, transfer ?? log] : [transfer, log];
  return { before: prices.before(first), after: prices.after(last) };
}

/** Asked for once, in the order of the chain: several addresses take part in an action, and it is cheaper in order. */
export function pricesOfActions(actions: readonly ShareAction[], prices: LogPrices): ActionPrices {
  const before: Figure<SharePrice>[] = [];
  const after: Figure<SharePrice>[] = [];
  for (const action of actions) {
    const around = pricesAround(action, prices);
    before.push(around.before);
    after.push(around.after);
  }
  return { before, after };
}
