import { trueDebtAssets } from "./health";
import { sumOf } from "./math";
import type { Address, FluxState, VaultSnapshot, VaultState } from "./model";

declare const completeBrand: unique symbol;

/**
 * A snapshot of which it was checked that every manager was read and that their principals add up to the
 * vault's own total. Totals can be made of nothing else; only {@link completeSnapshotOf} makes one.
 */
export type CompleteSnapshot = VaultSnapshot & {
  readonly state: VaultState & { readonly flux: FluxState };
  readonly [completeBrand]: true;
};

/** What the check found. */
export type Completeness =
  | { readonly kind: "complete"; readonly snapshot: CompleteSnapshot }
  | {
      readonly kind: "incomplete";
      /** Asked for and not answered. */
      readonly unread: readonly Address[];
      /** The vault's total principal less what was read, base-asset units; negative when more was read. */
      readonly missingPrincipalAssets: bigint;
    }
  /** Not a Flux vault: there are no managers to be complete about. */
  | { readonly kind: "not-published" };

function isComplete(snapshot: VaultSnapshot, flux: FluxState): snapshot is CompleteSnapshot {
  const distinct = new Set(snapshot.managers.map(({ manager }) => manager));
  return (
    snapshot.unreadManagers.length === 0 &&
    distinct.size === snapshot.managers.length &&
    sumOf(snapshot.managers.map(({ principalAssets }) => principalAssets)) === flux.totalPrincipalDebtAssets
  );
}

/**
 * Checks a snapshot: no manager unread, none twice, principals adding up exactly to `totalPrincipalDebt()`
 * of the same block.
 */
export function completeSnapshotOf(snapshot: VaultSnapshot): Completeness {
  const flux = snapshot.state.flux;
  if (flux === undefined) return { kind: "not-published" };
  if (isComplete(snapshot, flux)) return { kind: "complete", snapshot };
  const read = new Map(snapshot.managers.map((manager) => [manager.manager, manager.principalAssets]));
  return {
    kind: "incomplete",
    unread: snapshot.unreadManagers,
    missingPrincipalAssets: flux.totalPrincipalDebtAssets - sumOf(read.values()),
  };
}

/** What all managers owe together, principal and interest, base-asset units. */
export function totalTrueDebtAssets(complete: CompleteSnapshot): bigint {
  return sumOf(complete.managers.map(trueDebtAssets));
}
