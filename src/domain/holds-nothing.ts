import { trueDebtAssets } from "./health";
import type { ManagerState } from "./model";

/**
 * Whether an address among the managers has neither debt nor bond nor position now: an earlier manager, or a liquidator
 * through whose hands a bond once went. A position that could not be priced is one.
 */
export function holdsNothing(manager: ManagerState): boolean {
  return (
    trueDebtAssets(manager) === 0n &&
    manager.bondAssets === 0n &&
    manager.workingCapitalAssets === 0n &&
    (manager.wrapperCount === 0 || manager.valueUsdWad === 0n)
  );
}
