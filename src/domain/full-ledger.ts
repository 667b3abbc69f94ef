import { type BlockTimeline, blockTimelinesOf } from "./block-timeline";
import { completedLosses } from "./derived-losses";
import { searchFalls, withSampledTotals } from "./falls";
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
  const startMissing = readings.isClockRefused === true ? "clock-refused" : "archive-unavailable";
  const losses = completedLosses({
    losses: input.ledger.losses,
    history,
    timelines,
    virtualShares,
    startMissing,
  });
  const events = ledgerWithLosses(input.ledger, losses);
  const { rows, wide } = searchFalls({
    timelines,
    virtualShares,
    isFlux,
    unavailableBlocks: readings.unavailableBlocks,
  });
  const fallsSearched = searchedOf({ history, timelines, startMissing, isNarrow: wide.length === 0 });
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
  readonly startMissing: UnknownReason;
  readonly isNarrow: boolean;
}): FullLedger["fallsSearched"] {
  const { history, timelines, startMissing, isNarrow } = input;
  if (!history.complete) return unknown("history-partial");
  const { ends, starts } = ledgerBlocksOf(history);
  const read = new Map(timelines.map((timeline) => [timeline.blockNumber, timeline]));
  const isEndMissing = ends.some((block) => read.get(block)?.end.assets === undefined);
  if (isEndMissing || !isNarrow) return unknown("archive-unavailable");
  if (starts.some((block) => read.get(block)?.isStartRead !== true)) return unknown(startMissing);
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
