import { shortfallOf } from "@/domain/bad-debt";
import type { PaymentRule } from "@/domain/liquidation";
import type { VaultSnapshot } from "@/domain/model";

/**
 * By which rule the strategy asks its payments, as far as its own answers show: "b" as soon as one asks less than the
 * debt of a position that is worth its debt, "a" when one asks for the whole debt of a position that stands where the
 * two rules differ. Undefined while no position stands there.
 */
export function paymentRuleShown(snapshot: VaultSnapshot): PaymentRule | undefined {
  let shown: PaymentRule | undefined;
  for (const manager of snapshot.managers) {
    const { source, valueAssets, paymentAssets, trueDebtAssets, isInDeadZone } = shortfallOf(
      manager,
      snapshot.state,
    );
    if (source !== "quoted" || valueAssets.kind === "unknown" || paymentAssets.kind === "unknown") continue;
    if (trueDebtAssets === 0n || valueAssets.value < trueDebtAssets) continue;
    if (paymentAssets.value < trueDebtAssets) return "b";
    if (isInDeadZone.kind === "known" && isInDeadZone.value) shown = "a";
  }
  return shown;
}
