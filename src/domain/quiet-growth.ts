import { YEAR_SECONDS } from "@/shared/unix-time";
import { interestFeeBps } from "./bad-debt";
import { BPS, divFloor, WAD, zeroFloorSub } from "./math";
import type { VaultState } from "./model";
import { compareSharePrice, sharePriceOf } from "./share-price";

/**
 * Whether the totals of a vault went on as they must where nothing happens, from one block to a later one without an
 * event of the vault in between: then nothing that LPs own can have gone.
 *
 * A Flux vault's total grows by interest less its fees and by nothing else, `principal × rate × (1 − fees) × seconds /
 * (365 days)`, and is rounded down at both ends: it grew by that, rounded down or up, or something happened. More than
 * that is as telling as less, since a changed rate or fee may hide a fall. Where fees are unknown the answer is no.
 * Any other vault: the share price did not fall.
 */
export function hasGrownAlone(before: VaultState, now: VaultState): boolean {
  const { flux } = before;
  if (flux === undefined || now.flux === undefined) {
    return compareSharePrice(sharePriceOf(now), sharePriceOf(before)) >= 0;
  }
  if (now.totalSupplyShares !== before.totalSupplyShares) return false;
  const fees = interestFeeBps(before);
  if (fees.kind === "unknown") return false;
  const elapsedSeconds = now.block.timestampSeconds - before.block.timestampSeconds;
  const numerator =
    flux.totalPrincipalDebtAssets *
    flux.strategy.interestRateWad *
    elapsedSeconds *
    zeroFloorSub(BPS, fees.value);
  const leastAssets = divFloor(numerator, YEAR_SECONDS * WAD * BPS);
  const grownAssets = now.totalAssets - before.totalAssets;
  return grownAssets === leastAssets || grownAssets === leastAssets + 1n;
}
