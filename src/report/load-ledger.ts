import { isHistoryRead } from "@/chain/history-read";
import type { Rpc } from "@/chain/rpc/rpc";
import { type LedgerBlocks, ledgerBlocksOf } from "@/domain/ledger-blocks";
import type { BlockTotals, LedgerReadings } from "@/domain/ledger-model";
import { compareBigint } from "@/domain/math";
import type { BlockRef } from "@/domain/model";
import {
  headersOf,
  type LedgerContext,
  type LedgerReadRequest,
  readTotals,
  totalsInOrder,
} from "./ledger-context";
import { openLedgerShelves } from "./ledger-shelves";
import { loadOpenShortfalls } from "./load-shortfalls";
import { narrowFalls } from "./narrow-falls";
import type { VaultReport } from "./vault-report";

/** What was read, and what about the endpoint must be said beside it. */
export interface LoadedReadings extends LedgerReadings {
  /** No endpoint runs a call under another block's clock: no start was read, so falls inside blocks stay unknown. */
  readonly isClockRefused: boolean;
}

/** Blocks of which the history holds a log, or a total was read: their hash and time are known without asking. */
function refsOf({ history, series }: VaultReport): ReadonlyMap<bigint, BlockRef> {
  const refs = new Map(series.samples.map(({ block }) => [block.number, block]));
  for (const { blockNumber, blockHash, atSeconds } of [...history.parameters, ...history.vault]) {
    if (refs.get(blockNumber)?.hash === blockHash) continue;
    refs.set(blockNumber, { number: blockNumber, hash: blockHash, timestampSeconds: atSeconds });
  }
  return refs;
}

/**
 * What is to be read; parameter changes at both ends as well, which spares the search for falls its detours. For one
 * address the totals are those of the whole ledger all the same: a fall that no event explains may stand in a block in
 * which the address did nothing, and would pass for little interest in a statement made without it.
 */
function wantedBlocks({ report, for: address }: LedgerReadRequest): Pick<
  LedgerBlocks,
  "ends" | "shortfalls"
> & {
  readonly starts: ReadonlySet<bigint>;
} {
  const { history, holdings, snapshot } = report;
  const upTo = snapshot.state.block.number;
  const blocks = ledgerBlocksOf(history);
  const own = address === undefined ? blocks : ledgerBlocksOf(history, { for: address, holdings });
  const inside = (numbers: readonly bigint[]) => numbers.filter((number) => number <= upTo);
  return {
    ends: inside([...blocks.ends, ...blocks.rateChanges]),
    starts: new Set(inside([...blocks.starts, ...blocks.rateChanges])),
    shortfalls: inside(own.shortfalls),
  };
}

/**
 * Reads of the past what completes a vault's ledger: totals at both ends of the blocks that matter, whatever else
 * narrows unexplained falls down to one block, and where wanted the open shortfall before each deposit and withdrawal.
 *
 * What no endpoint keeps is listed, never zero. Answers for final blocks are kept in the store as they arrive, so that a
 * second visit, also after a cancellation, asks only for the rest.
 *
 * @throws ChainError as the reads below; `aborted` when the signal fires.
 */
export async function loadLedgerReadings(rpc: Rpc, request: LedgerReadRequest): Promise<LoadedReadings> {
  const { report, store, signal, previous, withShortfalls } = request;
  const refs = refsOf(report);
  const isChainNew = isHistoryRead(report.history) && report.history.rebuilt;
  const vault = report.config.address;
  const shelves = await openLedgerShelves(rpc, { store, vault, isChainNew, signal });
  const context: LedgerContext = {
    rpc,
    request,
    shelves,
    totals: new Map(stillStanding(previous, { report, refs }).map((one) => [one.block.hash, one])),
    unavailable: new Set(),
    isClockRefused: false,
  };
  const { ends, starts, shortfalls } = wantedBlocks(request);
  const seen = ends.map((number) => refs.get(number)).filter((block) => block !== undefined);
  const unseen = await headersOf(
    context,
    ends.filter((number) => !refs.has(number)),
  );
  const wanted = [...seen, ...unseen].map((block) => ({ block, isStartWanted: starts.has(block.number) }));
  await readTotals(context, wanted, { stage: "totals", before: 0, total: wanted.length });
  addSamples(context);
  await narrowFalls(context);
  const openShortfalls = withShortfalls
    ? await loadOpenShortfalls(rpc, { request, blocks: shortfalls, refs, shelf: shelves.shortfalls })
    : [];
  return {
    totals: totalsInOrder(context.totals),
    unavailableBlocks: [...context.unavailable].sort(compareBigint),
    openShortfalls,
    isClockRefused: context.isClockRefused,
  };
}

/** Totals that were read for the charts make the search for falls denser. */
function addSamples({ request, totals }: LedgerContext): void {
  for (const { block, totalAssets, totalSupplyShares } of request.report.series.samples) {
    if (totals.has(block.hash)) continue;
    totals.set(block.hash, { block, totalAssets, totalSupplyShares, atStart: undefined });
  }
}

/**
 * What an earlier reading holds of blocks that are still part of this chain: final ones, everything up to the newest
 * one of which the history holds a log with the same hash (a block vouches for all before it), and those that the
 * report itself read.
 */
function stillStanding(
  previous: LedgerReadings | undefined,
  { report, refs }: { readonly report: VaultReport; readonly refs: ReadonlyMap<bigint, BlockRef> },
): readonly BlockTotals[] {
  const totals = previous?.totals ?? [];
  const hashes = new Set(report.history.vault.map(({ blockHash }) => blockHash));
  const vouched = totals.findLast(({ block }) => hashes.has(block.hash))?.block.number ?? -1n;
  const safe = report.finalised !== undefined && report.finalised > vouched ? report.finalised : vouched;
  return totals.filter(({ block }) => {
    const known = refs.get(block.number);
    return known === undefined ? block.number <= safe : known.hash === block.hash;
  });
}
