import type { ChunkStore } from "@/chain/logs/store";
import { type BlockTotalsRead, fetchBlockTotals, type WantedTotals } from "@/chain/reads/block-totals";
import { fetchHeaders } from "@/chain/reads/headers";
import type { Rpc } from "@/chain/rpc/rpc";
import { blockTimelinesOf } from "@/domain/block-timeline";
import { searchFalls, withSampledTotals } from "@/domain/falls";
import { type LedgerBlocks, ledgerBlocksOf } from "@/domain/ledger-blocks";
import type { BlockTotals, LedgerReadings } from "@/domain/ledger-model";
import { compareBigint } from "@/domain/math";
import type { Address, BlockRef, Hex } from "@/domain/model";
import { keepTotals, keptTotals, type LedgerShelves, openLedgerShelves } from "./ledger-shelves";
import { loadOpenShortfalls } from "./load-shortfalls";
import type { VaultReport } from "./vault-report";

/** How far the reading has come; while falls are narrowed down, more blocks come to be wanted. */
export interface LedgerReadProgress {
  readonly stage: "totals" | "falls" | "shortfalls";
  readonly doneBlocks: number;
  readonly totalBlocks: number;
}

/** What was read, and what about the endpoint must be said beside it. */
export interface LoadedReadings extends LedgerReadings {
  /** No endpoint runs a call under another block's clock: no start was read, so falls inside blocks stay unknown. */
  readonly isClockRefused: boolean;
}

export interface LedgerReadRequest {
  readonly report: VaultReport;
  readonly store: ChunkStore;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: LedgerReadProgress) => void) | undefined;
  /** Only what the statement of this address needs. */
  readonly for?: Address | undefined;
  /** Whether to read the open shortfall wherever somebody came or left: one snapshot of all managers each. */
  readonly withShortfalls: boolean;
  /** What was read for an earlier block: only what is new, or was not final, is asked for. */
  readonly previous?: LedgerReadings | undefined;
}

interface Context {
  readonly rpc: Rpc;
  readonly request: LedgerReadRequest;
  readonly shelves: LedgerShelves;
  /** Everything read so far, by block hash. */
  readonly totals: Map<Hex, BlockTotals>;
  readonly unavailable: Set<bigint>;
  isClockRefused: boolean;
}

/** Blocks of which the history holds a log: their hash and time are known without asking. */
function refsOf({ history }: VaultReport): ReadonlyMap<bigint, BlockRef> {
  const refs = new Map<bigint, BlockRef>();
  for (const { blockNumber, blockHash, atSeconds } of [...history.vault, ...history.parameters]) {
    if (refs.has(blockNumber)) continue;
    refs.set(blockNumber, { number: blockNumber, hash: blockHash, timestampSeconds: atSeconds });
  }
  return refs;
}

function isFinal({ report }: LedgerReadRequest, { number }: BlockRef): boolean {
  return report.finalised !== undefined && number <= report.finalised;
}

interface Progress {
  readonly stage: LedgerReadProgress["stage"];
  readonly before: number;
  readonly total: number;
}

/** Reads the totals of blocks that are not known yet, and keeps those of final blocks as they arrive. */
async function readTotals(
  context: Context,
  blocks: readonly { readonly block: BlockRef; readonly isStartWanted: boolean }[],
  progress: Progress,
): Promise<void> {
  const { rpc, request, shelves, totals, unavailable } = context;
  const { report, signal, onProgress } = request;
  const wanted: WantedTotals[] = [];
  let done = progress.before;
  for (const { block, isStartWanted } of blocks) {
    const known = knownTotals(context, block.hash);
    if (known !== undefined) totals.set(block.hash, known);
    if (known === undefined || (isStartWanted && known.atStart === undefined)) {
      wanted.push({ block, isStartWanted, known });
    } else done += 1;
  }
  const say = (): void =>
    onProgress?.({ stage: progress.stage, doneBlocks: done, totalBlocks: progress.total });
  say();
  const read = await fetchBlockTotals(rpc, {
    vault: report.config.address,
    wanted,
    signal,
    onRead: async (part) => {
      for (const one of part.totals) totals.set(one.block.hash, one);
      await keepTotals(
        shelves,
        part.totals.filter(({ block }) => isFinal(request, block)),
      );
      done += part.asked;
      say();
    },
  });
  for (const block of read.unavailable) unavailable.add(block);
  context.isClockRefused ||= read.isClockRefused;
}

function knownTotals({ shelves, totals }: Context, hash: Hex): BlockTotalsRead | undefined {
  const kept = keptTotals(shelves, hash);
  const held = totals.get(hash);
  if (held === undefined) return kept;
  const { block, totalAssets, totalSupplyShares } = held;
  const atStart = held.atStart ?? kept?.atStart;
  return { block, totalAssets, totalSupplyShares, atStart, parentHash: kept?.parentHash };
}

function readingsOf({ totals, unavailable }: Context): Pick<LedgerReadings, "totals" | "unavailableBlocks"> {
  return {
    totals: [...totals.values()].sort((a, b) => compareBigint(a.block.number, b.block.number)),
    unavailableBlocks: [...unavailable].sort(compareBigint),
  };
}

/** Blocks of which only the number is known: kept ones as they are, the others by their headers. */
async function refsOfNumbers(context: Context, numbers: readonly bigint[]): Promise<readonly BlockRef[]> {
  const { rpc, shelves, totals, request } = context;
  const held = new Map([...totals.values()].map(({ block }) => [block.number, block]));
  const known = numbers.map((number) => held.get(number) ?? shelves.ends.at(number)?.block);
  const asked = numbers.filter((_, index) => known[index] === undefined);
  const headers = await fetchHeaders(rpc, { blocks: asked, signal: request.signal });
  const found = new Set(headers.map(({ number }) => number));
  for (const number of asked) if (!found.has(number)) context.unavailable.add(number);
  return [...known.filter((block) => block !== undefined), ...headers];
}

/**
 * Narrows every unexplained fall down to neighbouring blocks: the search says which blocks would tell more, they are
 * read, and it searches again. Ends where nothing more can be learnt.
 */
async function narrowFalls(context: Context): Promise<void> {
  const { report } = context.request;
  const { history, snapshot, series } = report;
  let done = 0;
  for (;;) {
    const { totals, unavailableBlocks } = readingsOf(context);
    const timelines = blockTimelinesOf({ history, totals: withSampledTotals(totals, series.samples) });
    const { readNext } = searchFalls({
      timelines,
      virtualShares: snapshot.state.virtualShares,
      isFlux: snapshot.state.flux !== undefined,
      unavailableBlocks,
    });
    if (readNext.length === 0) return;
    const refs = await refsOfNumbers(context, readNext);
    await readTotals(
      context,
      refs.map((block) => ({ block, isStartWanted: true })),
      { stage: "falls", before: done, total: done + readNext.length },
    );
    done += readNext.length;
    // A block that was read and is still asked for would be asked for ever.
    for (const number of readNext) {
      const isRead = refs.some((ref) => ref.number === number && context.totals.has(ref.hash));
      if (!isRead) context.unavailable.add(number);
    }
  }
}

function wantedBlocks({ report, for: address }: LedgerReadRequest): LedgerBlocks {
  const { history, holdings } = report;
  const upTo = report.snapshot.state.block.number;
  const blocks = ledgerBlocksOf(history, address === undefined ? undefined : { for: address, holdings });
  const inside = (numbers: readonly bigint[]) => numbers.filter((number) => number <= upTo);
  return {
    ends: inside(blocks.ends),
    starts: inside(blocks.starts),
    shortfalls: inside(blocks.shortfalls),
  };
}

/**
 * Reads of the past what completes a vault's ledger: totals at both ends of the blocks that matter, more blocks until
 * every unexplained fall lies between neighbours, and where wanted the open shortfall before each deposit and
 * withdrawal.
 *
 * What no endpoint keeps is listed, never zero. Answers for final blocks are kept in the store as they arrive, so that a
 * second visit, also after a cancellation, asks only for the rest.
 *
 * @throws ChainError as the reads below; `aborted` when the signal fires.
 */
export async function loadLedgerReadings(rpc: Rpc, request: LedgerReadRequest): Promise<LoadedReadings> {
  const { report, store, signal, previous, withShortfalls } = request;
  const refs = refsOf(report);
  const shelves = await openLedgerShelves(rpc, { store, vault: report.config.address, signal });
  const context: Context = {
    rpc,
    request,
    shelves,
    totals: new Map(stillStanding(previous, refs).map((one) => [one.block.hash, one])),
    unavailable: new Set(),
    isClockRefused: false,
  };
  const blocks = wantedBlocks(request);
  const starts = new Set(blocks.starts);
  const unseen = blocks.ends.filter((number) => !refs.has(number));
  const seen = blocks.ends.map((number) => refs.get(number)).filter((block) => block !== undefined);
  const wanted = [...seen, ...(await refsOfNumbers(context, unseen))].map((block) => ({
    block,
    isStartWanted: starts.has(block.number),
  }));
  await readTotals(context, wanted, { stage: "totals", before: 0, total: wanted.length });
  await narrowFalls(context);
  const openShortfalls = withShortfalls
    ? await loadOpenShortfalls(rpc, { request, blocks: blocks.shortfalls, refs, shelf: shelves.shortfalls })
    : [];
  return { ...readingsOf(context), openShortfalls, isClockRefused: context.isClockRefused };
}

/** What an earlier reading holds of blocks that are still part of this history. */
function stillStanding(
  previous: LedgerReadings | undefined,
  refs: ReadonlyMap<bigint, BlockRef>,
): readonly BlockTotals[] {
  return (previous?.totals ?? []).filter(({ block }) => refs.get(block.number)?.hash === block.hash);
}
