import { isZeroAddress } from "./address";
import { orderedEventsOf } from "./history";
import type { Address, VaultEvent, VaultHistory } from "./model";
import { type ShareAction, shareActionsOf } from "./share-actions";

/**
 * One action of a block as the vault's logs tell it: a deposit or withdrawal (share transfer and event together), a
 * bare transfer, a loss, a recovery, a collection of interest. What moves neither shares nor total assets (loans,
 * repayments of principal, bonds) is no step.
 */
export interface BlockStep {
  readonly firstLogIndex: number;
  /** The same as the first unless two logs tell of one action. */
  readonly lastLogIndex: number;
  /** Signed; what the logs say that the action did to total assets. Zero for a loss that the vault did not state. */
  readonly assetsChange: bigint;
  /** Signed; shares minted less burned. */
  readonly sharesChange: bigint;
  /** What the vault itself says of its totals around the action. */
  readonly stated:
    | { readonly beforeAssets: bigint; readonly afterAssets: bigint; readonly supplyShares: bigint }
    | undefined;
  /** A liquidation that left bad debt and whose loss the vault did not state. */
  readonly unstated: { readonly manager: Address; readonly badDebtAssets: bigint } | undefined;
  /** Interest was split into fees: total assets may rise by up to {@link MAX_FEE_DUST_ASSETS}. */
  readonly dust: FeeDust;
}

/**
 * Whether collecting interest can have left a fraction of a fee that no interest backs any more. Where it stands
 * inside a loss that the vault states, it is in that statement. It is likely only where all interest was paid and
 * there was a fee on it.
 */
export type FeeDust = "none" | "unlikely" | "likely";

/**
 * The most by which total assets rise when interest is collected: each of the two fees is rounded down to whole
 * units, and the fraction that no interest backs any more falls to LPs (`InterestLedger._collectInterest`).
 */
export const MAX_FEE_DUST_ASSETS = 2n;

/** Every step of one block, in the order of their first logs. */
export interface StepsOfBlock {
  readonly blockNumber: bigint;
  readonly steps: readonly BlockStep[];
}

function stepAt(
  logs: { readonly first: number; readonly last?: number },
  change: Partial<BlockStep>,
): BlockStep {
  return {
    firstLogIndex: logs.first,
    lastLogIndex: logs.last ?? logs.first,
    assetsChange: 0n,
    sharesChange: 0n,
    stated: undefined,
    unstated: undefined,
    dust: "none",
    ...change,
  };
}

/** A mint without a deposit (fee shares, shares given away) moves the supply alone. */
function stepOfAction({ log, transfer, flow }: ShareAction): BlockStep {
  const sign = flow?.kind === "withdraw" ? -1n : 1n;
  const minted = transfer !== undefined && isZeroAddress(transfer.from) ? transfer.shares : 0n;
  const burned = transfer !== undefined && isZeroAddress(transfer.to) ? transfer.shares : 0n;
  const moved = transfer?.logIndex ?? log.logIndex;
  return stepAt(
    { first: Math.min(moved, log.logIndex), last: Math.max(moved, log.logIndex) },
    { assetsChange: flow === undefined ? 0n : sign * flow.assets, sharesChange: minted - burned },
  );
}

type LossLog = Extract<VaultEvent, { kind: "loss" }>;
type LiquidationLog = Extract<VaultEvent, { kind: "liquidated" }>;

function stepOfLoss(loss: LossLog, liquidation: LiquidationLog | undefined): BlockStep {
  const other = liquidation?.logIndex ?? loss.logIndex;
  return stepAt(
    { first: Math.min(other, loss.logIndex), last: Math.max(other, loss.logIndex) },
    {
      assetsChange: loss.totalAssetsAfter - loss.totalAssetsBefore,
      stated: {
        beforeAssets: loss.totalAssetsBefore,
        afterAssets: loss.totalAssetsAfter,
        supplyShares: loss.totalSupplyShares,
      },
    },
  );
}

/** Losses, each with the liquidation of the same manager in the same transaction, and liquidations left alone. */
function lossSteps(events: readonly VaultEvent[]): readonly BlockStep[] {
  const open = events.filter(
    (event): event is LiquidationLog => event.kind === "liquidated" && event.badDebtAssets > 0n,
  );
  const steps: BlockStep[] = [];
  for (const loss of events) {
    if (loss.kind !== "loss") continue;
    const place = open.findIndex(
      ({ manager, transactionHash }) => manager === loss.manager && transactionHash === loss.transactionHash,
    );
    const [liquidation] = place < 0 ? [] : open.splice(place, 1);
    steps.push(stepOfLoss(loss, liquidation));
  }
  for (const { logIndex, manager, badDebtAssets } of open) {
    steps.push(stepAt({ first: logIndex }, { unstated: { manager, badDebtAssets } }));
  }
  return steps;
}

type CollectionLog = Extract<VaultEvent, { kind: "interest-collected" }>;

/** `rest`: what the block's logs say after the collection. */
function dustOf(collection: CollectionLog, rest: readonly VaultEvent[]): FeeDust {
  const { manager, transactionHash } = collection;
  const isOwn = (event: VaultEvent) =>
    "manager" in event && event.manager === manager && event.transactionHash === transactionHash;
  const own = rest.filter(isOwn);
  const cause = own.find(({ kind }) => kind === "repaid" || kind === "liquidated" || kind === "deleveraged");
  if (cause?.kind === "liquidated" && cause.badDebtAssets > 0n) {
    return own.some(({ kind }) => kind === "loss") ? "none" : "unlikely";
  }
  const isAllPaid = cause?.kind !== "repaid" || cause.assets > collection.interestAssets;
  const hasFee = collection.protocolFeeAssets + collection.curatorFeeAssets > 0n;
  return isAllPaid && hasFee ? "likely" : "unlikely";
}

function otherStep(event: VaultEvent, rest: () => readonly VaultEvent[]): BlockStep | undefined {
  if (event.kind === "interest-collected") {
    return stepAt({ first: event.logIndex }, { dust: dustOf(event, rest()) });
  }
  if (event.kind !== "recovery") return undefined;
  const { assets, totalAssetsBefore: beforeAssets, totalSupplyShares: supplyShares } = event;
  return stepAt(
    { first: event.logIndex },
    { assetsChange: assets, stated: { beforeAssets, afterAssets: beforeAssets + assets, supplyShares } },
  );
}

/** What is known already, by the list it was made of: the same history is asked for prices, losses and falls. */
const stepsByList = new WeakMap<
  readonly VaultEvent[],
  { readonly length: number; readonly blocks: readonly StepsOfBlock[] }
>();

/**
 * The steps of every block that has logs, in the order of the chain. Logs may come in any order and more than once.
 * One pass; the result is kept as long as the list of events.
 */
export function stepsByBlock(history: Pick<VaultHistory, "vault">): readonly StepsOfBlock[] {
  const events = orderedEventsOf(history);
  const found = stepsByList.get(events);
  if (found?.length === events.length) return found.blocks;
  const actions = shareActionsOf(history);
  const blocks: StepsOfBlock[] = [];
  let nextAction = 0;
  let from = 0;
  for (let to = 1; to <= events.length; to += 1) {
    const blockNumber = events[from]?.blockNumber;
    if (blockNumber === undefined || events[to]?.blockNumber === blockNumber) continue;
    const steps: BlockStep[] = [];
    for (let action = actions[nextAction]; action?.log.blockNumber === blockNumber; ) {
      steps.push(stepOfAction(action));
      nextAction += 1;
      action = actions[nextAction];
    }
    pushOtherSteps(steps, { events, from, to });
    if (steps.length > 1) steps.sort((a, b) => a.firstLogIndex - b.firstLogIndex);
    blocks.push({ blockNumber, steps });
    from = to;
  }
  stepsByList.set(events, { length: events.length, blocks });
  return blocks;
}

/** Losses, recoveries and collections of one block, whose events are those from `from` up to `to`. */
function pushOtherSteps(
  steps: BlockStep[],
  {
    events,
    from,
    to,
  }: { readonly events: readonly VaultEvent[]; readonly from: number; readonly to: number },
): void {
  const others: VaultEvent[] = [];
  for (let place = from; place < to; place += 1) {
    const event = events[place];
    if (event === undefined || event.kind === "transfer") continue;
    if (event.kind !== "deposit" && event.kind !== "withdraw") others.push(event);
  }
  if (others.length === 0) return;
  steps.push(...lossSteps(others));
  others.forEach((event, place) => {
    const step = otherStep(event, () => others.slice(place + 1));
    if (step !== undefined) steps.push(step);
  });
}
