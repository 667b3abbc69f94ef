import { type BlockTimeline, blockTimelinesOf, type TimedStep } from "./block-timeline";
import { searchFalls, withSampledTotals } from "./falls";
import { bothFigures, known, mapFigure, unknown } from "./figure";
import { type Ledger, type LossRow, ledgerWithLosses } from "./ledger";
import { ledgerBlocksOf } from "./ledger-blocks";
import type { FallRow, FullLedger, FullLedgerTotals, LedgerReadings } from "./ledger-model";
import { sumOf } from "./math";
import type { Figure, TotalsSample, VaultHistory, VaultState } from "./model";
import { sharePriceOf } from "./share-price";

export interface FullLedgerInput {
  readonly history: VaultHistory;
  readonly ledger: Ledger;
  readonly state: Pick<VaultState, "virtualShares" | "flux">;
  /** End-of-block totals that were read for other purposes; they only make the search for falls denser. */
  readonly samples: readonly TotalsSample[];
  readonly readings: Pick<LedgerReadings, "totals" | "unavailableBlocks"> & {
    /** No endpoint runs a call under another block's clock, so starts are missing for that reason. */
    readonly isClockRefused?: boolean | undefined;
  };
}

/**
 * The ledger with everything that can be known: the rows of the events, those of losses without an event completed
 * from the totals around them, and every fall that no event explains. Totals are unknown where the history is partial
 * or where falls could not be looked for everywhere: never a sum of what happened to be read.
 */
export function fullLedgerOf(input: FullLedgerInput): FullLedger {
  const { history, state, readings } = input;
  const { virtualShares } = state;
  const isFlux = state.flux !== undefined;
  const totals = withSampledTotals(readings.totals, input.samples);
  const timelines = blockTimelinesOf({ history, totals });
  const events = completed({ ...input, timelines });
  const { rows, wide } = searchFalls({
    timelines,
    virtualShares,
    isFlux,
    unavailableBlocks: readings.unavailableBlocks,
  });
  const fallsSearched = searchedOf({ history, timelines, isNarrow: wide.length === 0 });
  return {
    events,
    falls: rows,
    fallsSearched,
    totals: totalsOf({ events, falls: rows, fallsSearched, isFlux }),
  };
}

function searchedOf(input: {
  readonly history: VaultHistory;
  readonly timelines: readonly BlockTimeline[];
  readonly isNarrow: boolean;
}): FullLedger["fallsSearched"] {
  const { history, timelines, isNarrow } = input;
  if (!history.complete) return unknown("history-partial");
  const { ends, starts } = ledgerBlocksOf(history);
  const read = new Map(timelines.map((timeline) => [timeline.blockNumber, timeline]));
  const isRead =
    ends.every((block) => read.get(block)?.end.assets !== undefined) &&
    starts.every((block) => read.get(block)?.isStartRead === true);
  if (!isRead || !isNarrow) return unknown("archive-unavailable");
  return known({ blocks: timelines.filter(({ block }) => block !== undefined).length });
}

function totalsOf(input: {
  readonly events: Ledger;
  readonly falls: readonly FallRow[];
  readonly fallsSearched: FullLedger["fallsSearched"];
  readonly isFlux: boolean;
}): FullLedgerTotals {
  const { totals } = input.events;
  const unexplainedLossAssets = mapFigure(input.fallsSearched, () =>
    sumOf(input.falls.map(({ lpLossAssets }) => lpLossAssets)),
  );
  // A vault that publishes no losses has no rows but its falls.
  const lpLossAssets: Figure = input.isFlux
    ? mapFigure(bothFigures(totals.lpLossAssets, unexplainedLossAssets), ([a, b]) => a + b)
    : unexplainedLossAssets;
  return {
    grossBadDebtAssets: totals.grossBadDebtAssets,
    recordedLpLossAssets: totals.lpLossAssets,
    unexplainedLossAssets,
    lpLossAssets,
    recoveredAssets: totals.recoveredAssets,
    netLossAssets: mapFigure(bothFigures(lpLossAssets, totals.recoveredAssets), ([a, b]) => a - b),
  };
}

/** The ledger of events with what was found out about losses that the vault did not state. */
function completed(input: FullLedgerInput & { readonly timelines: readonly BlockTimeline[] }): Ledger {
  const { ledger, state } = input;
  const blocks = new Set(
    ledger.losses.filter(({ source }) => source === "derived").map(({ blockNumber }) => blockNumber),
  );
  if (blocks.size === 0) return ledger;
  const steps = new Map<string, TimedStep>();
  for (const timeline of input.timelines) {
    if (!blocks.has(timeline.blockNumber)) continue;
    for (const timed of timeline.steps) {
      if (timed.step.unstated !== undefined)
        steps.set(`${timeline.blockNumber}:${timed.step.firstLogIndex}`, timed);
    }
  }
  const losses = ledger.losses.map((row) => {
    const timed = steps.get(`${row.blockNumber}:${row.logIndex}`);
    return timed === undefined ? row : completedRow(row, timed, state.virtualShares);
  });
  return ledgerWithLosses(ledger, losses);
}

function completedRow(row: LossRow, timed: TimedStep, virtualShares: bigint): LossRow {
  const { before, after } = timed;
  const supplyShares = before.supplyShares;
  if (before.assets === undefined || after.assets === undefined || supplyShares === undefined) return row;
  const priceAt = (totalAssets: bigint) =>
    known(sharePriceOf({ totalAssets, totalSupplyShares: supplyShares, virtualShares }));
  return {
    ...row,
    lpLossAssets: known(before.assets - after.assets),
    totalAssetsBefore: known(before.assets),
    totalSupplyShares: known(supplyShares),
    priceBefore: priceAt(before.assets),
    priceAfter: priceAt(after.assets),
  };
}
