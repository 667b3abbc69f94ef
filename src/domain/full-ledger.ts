import { type BlockTimeline, blockTimelinesOf } from "./block-timeline";
import { completedLosses } from "./derived-losses";
import { type FallSearch, searchFalls, withSampledTotals } from "./falls";
import { bothFigures, known, mapFigure, unknown } from "./figure";
import { type Ledger, ledgerWithLosses } from "./ledger";
import { ledgerBlocksOf } from "./ledger-blocks";
import type { FallRow, FullLedger, FullLedgerTotals, LedgerReadings } from "./ledger-model";
import { sumOf } from "./math";
import type { Figure, TotalsSample, UnknownReason, VaultHistory, VaultState } from "./model";

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
  /** Of {@link ledgerTimelinesOf}, for whoever has them already. */
  readonly timelines?: readonly BlockTimeline[] | undefined;
}

/** The totals around every log, by what was read and sampled: what both the ledger and the prices at logs are made of. */
export function ledgerTimelinesOf(
  input: Pick<FullLedgerInput, "history" | "samples" | "readings">,
): readonly BlockTimeline[] {
  const totals = withSampledTotals(input.readings.totals, input.samples);
  return blockTimelinesOf({ history: input.history, totals });
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
  const timelines = input.timelines ?? ledgerTimelinesOf(input);
  const startMissing = readings.isClockRefused === true ? "clock-refused" : "archive-unavailable";
  const losses = completedLosses({
    losses: input.ledger.losses,
    history,
    timelines,
    virtualShares,
    startMissing,
  });
  const events = ledgerWithLosses(input.ledger, losses);
  const search = searchFalls({
    timelines,
    virtualShares,
    isFlux,
    unavailableBlocks: readings.unavailableBlocks,
  });
  const fallsSearched = searchedOf({ history, timelines, startMissing, search });
  const falls = search.rows;
  return { events, falls, fallsSearched, totals: totalsOf({ events, falls, fallsSearched, isFlux }) };
}

function searchedOf(input: {
  readonly history: VaultHistory;
  readonly timelines: readonly BlockTimeline[];
  readonly startMissing: UnknownReason;
  readonly search: FallSearch;
}): FullLedger["fallsSearched"] {
  const { history, timelines, startMissing, search } = input;
  if (!history.complete) return unknown("history-partial");
  const { ends, starts } = ledgerBlocksOf(history);
  const read = timelines.filter(({ block }) => block !== undefined);
  const started = read.filter(({ isStartRead }) => isStartRead);
  if (!coversAll(read, ends) || search.wide.length > 0) return unknown("archive-unavailable");
  const isHidingExcluded = search.readUnmoved.length === 0;
  if (!coversAll(started, starts) || !isHidingExcluded) return unknown(startMissing);
  return known({ blocks: read.length });
}

/** Whether every wanted block is among those that were read; both ascending. */
function coversAll(read: readonly BlockTimeline[], wanted: readonly bigint[]): boolean {
  let next = 0;
  for (const { blockNumber } of read) if (blockNumber === wanted[next]) next += 1;
  return next === wanted.length;
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
