import { bothFigures, chainFigure, figureOf, known, mapFigure, sumFigures, unknown } from "./figure";
import { eventsOf, lentAssets, suppliedAssets, type VaultEventOf } from "./history";
import { compareLogs } from "./log-order";
import { sumOf, zeroFloorSub } from "./math";
import type { Address, Figure, LogRef, SharePrice, VaultHistory, VaultState } from "./model";
import { sharePriceOf } from "./share-price";

/** Whether what the event says agrees with what the share price did. */
export type Reconciliation =
  | { readonly kind: "agrees" }
  | {
      readonly kind: "differs";
      /** Bad debt of the event less the fall in total assets, base-asset units; may be negative. */
      readonly byAssets: bigint;
      /** The whole difference is within the unpaid interest: the fee takers' part of it, which LPs never owned. */
      readonly explainedByFees: boolean;
      /** At most two units: the vault rounds a total once and each manager's interest once. */
      readonly explainedByRounding: boolean;
    }
  /** The vault does not say what the loss did to its total assets. */
  | { readonly kind: "unknown" };

/** One realised loss. The position in the chain is the log at which LPs' holdings count. */
export type LossRow = LogRef & {
  readonly manager: Address;
  readonly liquidator: Address | undefined;
  readonly trueDebtAssets: Figure;
  readonly positionValueAssets: Figure;
  readonly paymentAssets: Figure;
  /** True debt less payment. */
  readonly badDebtAssets: bigint;
  /** Of the bad debt, the interest that nobody paid. */
  readonly unpaidInterestAssets: Figure;
  /** What LPs lost: total assets before less after. Smaller than the bad debt by the fee part of unpaid interest. */
  readonly lpLossAssets: Figure;
  readonly totalAssetsBefore: Figure;
  readonly totalSupplyShares: Figure;
  /** Inside the transaction, as the chain states them. */
  readonly priceBefore: Figure<SharePrice>;
  readonly priceAfter: Figure<SharePrice>;
  /** "event": stated by the vault's loss event; "derived": only the liquidation is known. */
  readonly source: "event" | "derived";
  /**
   * Among how many losses of one block that the vault did not state their fall in total assets was split, in
   * proportion to bad debt; undefined where the LP loss is this row's own.
   */
  readonly lpLossSharedBy?: number;
  readonly reconciliation: Reconciliation;
};

/** Money that came back to all shares at once. */
export type RecoveryRow = LogRef & {
  readonly from: Address;
  readonly assets: bigint;
  readonly totalAssetsBefore: bigint;
  readonly totalSupplyShares: bigint;
  readonly priceBefore: SharePrice;
  readonly priceAfter: SharePrice;
};

/** Totals since the vault began; unknown "history-partial" unless the history reaches back to its first block. */
export interface LedgerTotals {
  readonly grossBadDebtAssets: Figure;
  readonly lpLossAssets: Figure;
  readonly recoveredAssets: Figure;
  /** LP loss less recoveries; negative when more came back than was lost. */
  readonly netLpLossAssets: Figure;
  readonly lentAssets: Figure;
  readonly suppliedAssets: Figure;
}

/** What was found in the blocks that were scanned: at least this much, never to be shown as the total. */
export interface LedgerFound {
  readonly sinceBlock: bigint;
  readonly losses: number;
  readonly atLeastBadDebtAssets: bigint;
  /** LP losses that are known; derived rows without one are left out. */
  readonly atLeastLpLossAssets: bigint;
  readonly atLeastRecoveredAssets: bigint;
}

/** Every realised loss and every recovery of a vault, in the order of the chain. */
export interface Ledger {
  readonly fromBlock: bigint;
  readonly toBlock: bigint;
  readonly complete: boolean;
  readonly losses: readonly LossRow[];
  readonly recoveries: readonly RecoveryRow[];
  readonly totals: LedgerTotals;
  readonly found: LedgerFound;
}

type LossEvent = VaultEventOf<"loss">;
type Liquidation = VaultEventOf<"liquidated">;

function logRefOf(log: LogRef): LogRef {
  const { blockNumber, blockHash, transactionHash, logIndex, atSeconds } = log;
  return { blockNumber, blockHash, transactionHash, logIndex, atSeconds };
}

/** Queue of events by the transaction and manager they belong to, first come first served. */
function byTransaction<T extends LogRef & { readonly manager: Address }>(events: readonly T[]) {
  const queues = new Map<string, T[]>();
  for (const event of events) {
    const key = `${event.transactionHash}:${event.manager}`;
    const queue = queues.get(key);
    if (queue === undefined) queues.set(key, [event]);
    else queue.push(event);
  }
  return {
    take: (event: LogRef & { readonly manager: Address }): T | undefined =>
      queues.get(`${event.transactionHash}:${event.manager}`)?.shift(),
  };
}

/** A vault rounds its total and the manager's interest each once, and each of two fees once. */
const ROUNDING_ASSETS = 2n;

/**
 * Compares the event's bad debt with the fall in total assets inside the transaction, exactly. A difference is
 * only explained when the event does not contradict itself.
 */
function reconciliationOf(loss: LossEvent, badDebtAssets: bigint): Reconciliation {
  const byAssets = badDebtAssets - (loss.totalAssetsBefore - loss.totalAssetsAfter);
  const isConsistent =
    loss.lpLossAssets === zeroFloorSub(loss.totalAssetsBefore, loss.totalAssetsAfter) &&
    loss.principalAssets + loss.interestAssets === badDebtAssets;
  if (byAssets === 0n && isConsistent) return { kind: "agrees" };
  const explainedByFees = isConsistent && byAssets > 0n && byAssets <= loss.interestAssets;
  const isRounding = byAssets >= -ROUNDING_ASSETS && byAssets <= ROUNDING_ASSETS;
  const explainedByRounding = isConsistent && !explainedByFees && isRounding;
  return { kind: "differs", byAssets, explainedByFees, explainedByRounding };
}

function lossRowOf(input: {
  readonly loss: LossEvent;
  readonly liquidation: Liquidation | undefined;
  readonly virtualShares: bigint;
}): LossRow {
  const { loss, liquidation, virtualShares } = input;
  const badDebtAssets = liquidation?.badDebtAssets ?? loss.principalAssets + loss.interestAssets;
  const { totalSupplyShares } = loss;
  const priceAt = (totalAssets: bigint) =>
    known(sharePriceOf({ totalAssets, totalSupplyShares, virtualShares }));
  return {
    ...logRefOf(loss),
    manager: loss.manager,
    liquidator: liquidation?.liquidator,
    trueDebtAssets: figureOf(liquidation?.trueDebtAssets, "not-published"),
    positionValueAssets: figureOf(liquidation?.positionValueAssets, "not-published"),
    paymentAssets: figureOf(liquidation?.paymentAssets, "not-published"),
    badDebtAssets,
    unpaidInterestAssets: known(loss.interestAssets),
    lpLossAssets: known(loss.lpLossAssets),
    totalAssetsBefore: known(loss.totalAssetsBefore),
    totalSupplyShares: known(totalSupplyShares),
    priceBefore: priceAt(loss.totalAssetsBefore),
    priceAfter: priceAt(loss.totalAssetsAfter),
    source: "event",
    reconciliation: reconciliationOf(loss, badDebtAssets),
  };
}

/** A liquidation with bad debt whose loss the vault did not state: what LPs lost needs the state around it. */
function derivedRowOf(liquidation: Liquidation): LossRow {
  return {
    ...logRefOf(liquidation),
    manager: liquidation.manager,
    liquidator: liquidation.liquidator,
    trueDebtAssets: known(liquidation.trueDebtAssets),
    positionValueAssets: known(liquidation.positionValueAssets),
    paymentAssets: known(liquidation.paymentAssets),
    badDebtAssets: liquidation.badDebtAssets,
    unpaidInterestAssets: unknown("not-published"),
    lpLossAssets: unknown("not-published"),
    totalAssetsBefore: unknown("not-published"),
    totalSupplyShares: unknown("not-published"),
    priceBefore: unknown("not-published"),
    priceAfter: unknown("not-published"),
    source: "derived",
    reconciliation: { kind: "unknown" },
  };
}

function recoveryRowOf(event: VaultEventOf<"recovery">, virtualShares: bigint): RecoveryRow {
  const { totalAssetsBefore, totalSupplyShares, assets } = event;
  const price = (totalAssets: bigint) => sharePriceOf({ totalAssets, totalSupplyShares, virtualShares });
  return {
    ...logRefOf(event),
    from: event.from,
    assets,
    totalAssetsBefore,
    totalSupplyShares,
    priceBefore: price(totalAssetsBefore),
    priceAfter: price(totalAssetsBefore + assets),
  };
}

/**
 * The ledger of a vault: one row a loss, one row a recovery, gross, LP loss, recovered and net.
 *
 * A loss is a `loss` event, joined with the liquidation of the same manager in the same transaction; a
 * liquidation that left bad debt without such an event is a row of its own, tagged "derived". Events may come in
 * any order and more than once. Prices include the virtual shares of `state`; a vault that is not Flux publishes
 * no losses, so its totals are unknown "not-published", not zero.
 */
export function ledgerOf(input: {
  readonly history: VaultHistory;
  readonly state: Pick<VaultState, "virtualShares" | "flux">;
}): Ledger {
  const { history, state } = input;
  const { virtualShares } = state;
  const liquidations = eventsOf(history, "liquidated").filter(({ badDebtAssets }) => badDebtAssets > 0n);
  const waiting = byTransaction(liquidations);
  const matched = new Set<Liquidation>();
  const losses: LossRow[] = eventsOf(history, "loss").map((loss) => {
    const liquidation = waiting.take(loss);
    if (liquidation !== undefined) matched.add(liquidation);
    return lossRowOf({ loss, liquidation, virtualShares });
  });
  for (const liquidation of liquidations) {
    if (!matched.has(liquidation)) losses.push(derivedRowOf(liquidation));
  }
  losses.sort(compareLogs);
  const recoveries = eventsOf(history, "recovery").map((event) => recoveryRowOf(event, virtualShares));
  return {
    fromBlock: history.fromBlock,
    toBlock: history.toBlock,
    complete: history.complete,
    losses,
    recoveries,
    totals: totalsOf({ history, state, losses, recoveries }),
    found: {
      sinceBlock: history.fromBlock,
      losses: losses.length,
      atLeastBadDebtAssets: sumOf(losses.map(({ badDebtAssets }) => badDebtAssets)),
      atLeastLpLossAssets: knownLpLossAssets(losses),
      atLeastRecoveredAssets: sumOf(recoveries.map(({ assets }) => assets)),
    },
  };
}

function knownLpLossAssets(losses: readonly LossRow[]): bigint {
  return sumOf(losses.map(({ lpLossAssets }) => (lpLossAssets.kind === "known" ? lpLossAssets.value : 0n)));
}

/**
 * The same ledger with more known about its losses: `losses` are its own rows, in the same order. Only sums of LP
 * losses change; a total that is unknown because of the history stays unknown.
 */
export function ledgerWithLosses(ledger: Ledger, losses: readonly LossRow[]): Ledger {
  const { recoveredAssets, grossBadDebtAssets } = ledger.totals;
  const lpLossAssets = chainFigure(grossBadDebtAssets, () =>
    sumFigures(losses.map((loss) => loss.lpLossAssets)),
  );
  return {
    ...ledger,
    losses,
    totals: { ...ledger.totals, lpLossAssets, netLpLossAssets: netOf(lpLossAssets, recoveredAssets) },
    found: { ...ledger.found, atLeastLpLossAssets: knownLpLossAssets(losses) },
  };
}

function netOf(lostAssets: Figure, recoveredAssets: Figure): Figure {
  return mapFigure(bothFigures(lostAssets, recoveredAssets), ([lost, recovered]) => lost - recovered);
}

/** Whether sums over the history are totals: the vault publishes its losses, and all of its life was read. */
function wholeHistory(input: {
  readonly history: VaultHistory;
  readonly state: Pick<VaultState, "flux">;
}): Figure<true> {
  if (input.state.flux === undefined) return unknown("not-published");
  return input.history.complete ? known(true as const) : unknown("history-partial");
}

function totalsOf(input: {
  readonly history: VaultHistory;
  readonly state: Pick<VaultState, "flux">;
  readonly losses: readonly LossRow[];
  readonly recoveries: readonly RecoveryRow[];
}): LedgerTotals {
  const { history, losses, recoveries } = input;
  const whole = wholeHistory(input);
  const total = (sum: () => bigint): Figure => mapFigure(whole, sum);
  const lpLossAssets = chainFigure(whole, () => sumFigures(losses.map((loss) => loss.lpLossAssets)));
  const recoveredAssets = total(() => sumOf(recoveries.map(({ assets }) => assets)));
  return {
    grossBadDebtAssets: total(() => sumOf(losses.map(({ badDebtAssets }) => badDebtAssets))),
    lpLossAssets,
    recoveredAssets,
    netLpLossAssets: netOf(lpLossAssets, recoveredAssets),
    lentAssets: total(() => lentAssets(history)),
    suppliedAssets: total(() => suppliedAssets(history)),
  };
}
