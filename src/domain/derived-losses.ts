import type { BlockTimeline, TimedStep } from "./block-timeline";
import { known, unknown } from "./figure";
import type { LossRow, Reconciliation } from "./ledger";
import { orderedLogs } from "./log-order";
import { minOf, zeroFloorSub } from "./math";
import type { Address, Figure, LogRef, UnknownReason, VaultEvent, VaultHistory } from "./model";
import { sharePriceOf } from "./share-price";

export interface DerivedLossesInput {
  readonly losses: readonly LossRow[];
  readonly history: Pick<VaultHistory, "vault" | "complete">;
  readonly timelines: readonly BlockTimeline[];
  readonly virtualShares: bigint;
  /** Why the start of a block is missing, if it is. */
  readonly startMissing: UnknownReason;
}

function keyOf({ blockNumber, logIndex }: Pick<LogRef, "blockNumber" | "logIndex">): string {
  return `${blockNumber}:${logIndex}`;
}

/**
 * Losses with those completed that the vault did not state (Flux documentation, bad debt: the fall in the vault's
 * value is borne by all shares; the vault's event for it is not part of the documented interface).
 *
 * What LPs lost is the total at the start of the block, under the block's own clock, with the flows of its logs, less
 * the total at its end; several such losses without a known total in between share it in proportion to their bad debt
 * (`lpLossSharedBy`). The unpaid interest is the bad debt that the manager's principal, replayed from its loans and
 * repayments, does not account for; it explains the fee part by which bad debt exceeds what LPs lost.
 */
export function completedLosses(input: DerivedLossesInput): readonly LossRow[] {
  const derived = input.losses.filter(({ source }) => source === "derived");
  if (derived.length === 0) return input.losses;
  const steps = stepsOf(input.timelines, new Set(derived.map(({ blockNumber }) => blockNumber)));
  const principals = principalsAt(input.history, derived);
  return input.losses.map((row) => {
    if (row.source !== "derived") return row;
    const interest = unpaidInterestOf(row, principals.get(keyOf(row)));
    const unpaidInterestAssets: Figure = input.history.complete ? interest : unknown("history-partial");
    return { ...row, unpaidInterestAssets, ...aroundOf(row, { input, unpaidInterestAssets, steps }) };
  });
}

function stepsOf(
  timelines: readonly BlockTimeline[],
  blocks: ReadonlySet<bigint>,
): ReadonlyMap<string, { readonly timed: TimedStep; readonly isEndRead: boolean }> {
  const steps = new Map<string, { timed: TimedStep; isEndRead: boolean }>();
  for (const { blockNumber, steps: ofBlock, end } of timelines) {
    if (!blocks.has(blockNumber)) continue;
    for (const timed of ofBlock) {
      if (timed.step.unstated === undefined) continue;
      const key = keyOf({ blockNumber, logIndex: timed.step.firstLogIndex });
      steps.set(key, { timed, isEndRead: end.assets !== undefined });
    }
  }
  return steps;
}

type Around = Pick<
  LossRow,
  | "lpLossAssets"
  | "totalAssetsBefore"
  | "totalSupplyShares"
  | "priceBefore"
  | "priceAfter"
  | "reconciliation"
  | "lpLossSharedBy"
>;

function aroundOf(
  row: LossRow,
  context: {
    readonly input: DerivedLossesInput;
    readonly unpaidInterestAssets: Figure;
    readonly steps: ReturnType<typeof stepsOf>;
  },
): Around {
  const { input, unpaidInterestAssets } = context;
  const found = context.steps.get(keyOf(row));
  const before = found?.timed.assetsBefore;
  const after = found?.timed.assetsAfter;
  const supplyShares = found?.timed.supplyBefore;
  if (found === undefined || before === undefined || after === undefined || supplyShares === undefined) {
    const missing = unknown(found?.isEndRead === true ? input.startMissing : "archive-unavailable");
    return {
      lpLossAssets: missing,
      totalAssetsBefore: figureAt(before, missing),
      totalSupplyShares: figureAt(supplyShares, missing),
      priceBefore: missing,
      priceAfter: missing,
      reconciliation: { kind: "unknown" },
    };
  }
  const { lossesTogether } = found.timed;
  const lostAssets = before - after;
  const priceAt = (totalAssets: bigint) =>
    known(sharePriceOf({ totalAssets, totalSupplyShares: supplyShares, virtualShares: input.virtualShares }));
  return {
    lpLossAssets: known(lostAssets),
    totalAssetsBefore: known(before),
    totalSupplyShares: known(supplyShares),
    priceBefore: priceAt(before),
    priceAfter: priceAt(after),
    reconciliation:
      lossesTogether > 1
        ? { kind: "unknown" }
        : reconciliationOf({ byAssets: row.badDebtAssets - lostAssets, unpaidInterestAssets }),
    ...(lossesTogether > 1 ? { lpLossSharedBy: lossesTogether } : {}),
  };
}

function figureAt(value: bigint | undefined, missing: Figure<never>): Figure {
  return value === undefined ? missing : known(value);
}

/** The liquidation's bad debt against what total assets fell by, as two accounts of one loss. */
function reconciliationOf(input: {
  readonly byAssets: bigint;
  readonly unpaidInterestAssets: Figure;
}): Reconciliation {
  const { byAssets, unpaidInterestAssets } = input;
  if (byAssets === 0n) return { kind: "agrees" };
  const explainedByFees =
    unpaidInterestAssets.kind === "known" && byAssets > 0n && byAssets <= unpaidInterestAssets.value;
  return { kind: "differs", byAssets, explainedByFees, explainedByRounding: false };
}

/** Payments go to principal first, so that what is left unpaid of the principal is the part that is not interest. */
function unpaidInterestOf(row: LossRow, principalAssets: bigint | undefined): Figure {
  const { trueDebtAssets, paymentAssets, badDebtAssets } = row;
  if (trueDebtAssets.kind === "unknown") return trueDebtAssets;
  if (paymentAssets.kind === "unknown") return paymentAssets;
  if (principalAssets === undefined || principalAssets > trueDebtAssets.value)
    return unknown("not-published");
  const unpaidPrincipal = zeroFloorSub(principalAssets, paymentAssets.value);
  return known(minOf(trueDebtAssets.value - principalAssets, badDebtAssets - unpaidPrincipal));
}

/** What each manager owed without interest when its liquidation was written, by the key of that log. */
function principalsAt(
  history: Pick<VaultHistory, "vault">,
  derived: readonly LossRow[],
): ReadonlyMap<string, bigint> {
  const managers = new Set(derived.map(({ manager }) => manager));
  const wanted = new Set(derived.map(keyOf));
  const found = new Map<string, bigint>();
  const principal = new Map<Address, bigint>();
  let collected: Extract<VaultEvent, { kind: "interest-collected" }> | undefined;
  for (const event of orderedLogs(history.vault)) {
    if (!("manager" in event) || !managers.has(event.manager)) continue;
    const owed = principal.get(event.manager) ?? 0n;
    if (event.kind === "interest-collected") collected = event;
    else if (event.kind === "borrowed") principal.set(event.manager, owed + event.assets);
    else if (event.kind === "repaid") {
      // Interest is repaid first, and its collection is written just before the repayment.
      const isOwn =
        collected?.manager === event.manager && collected.transactionHash === event.transactionHash;
      const interest = isOwn ? (collected?.interestAssets ?? 0n) : 0n;
      principal.set(event.manager, owed - (event.assets - interest));
      collected = undefined;
    } else if (event.kind === "liquidated" || event.kind === "deleveraged") {
      if (wanted.has(keyOf(event))) found.set(keyOf(event), owed);
      principal.set(event.manager, 0n);
      collected = undefined;
    }
  }
  return found;
}
