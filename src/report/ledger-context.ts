import type { ChunkStore } from "@/chain/logs/store";
import { type BlockTotalsRead, fetchBlockTotals, type WantedTotals } from "@/chain/reads/block-totals";
import { fetchHeaders } from "@/chain/reads/headers";
import type { Rpc } from "@/chain/rpc/rpc";
import type { BlockTotals, LedgerReadings } from "@/domain/ledger-model";
import { compareBigint } from "@/domain/math";
import type { Address, BlockRef, Hex } from "@/domain/model";
import { keepTotals, keptTotals, type LedgerShelves } from "./ledger-shelves";
import type { VaultReport } from "./vault-report";

/** How far the reading has come; while falls are narrowed down, more blocks come to be wanted. */
export interface LedgerReadProgress {
  readonly stage: "totals" | "falls" | "shortfalls";
  readonly doneBlocks: number;
  readonly totalBlocks: number;
}

export interface LedgerReadRequest {
  readonly report: VaultReport;
  readonly store: ChunkStore;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: LedgerReadProgress) => void) | undefined;
  /** Open shortfalls only where this address came or left: what its own statement needs. */
  readonly for?: Address | undefined;
  /** Whether to read the open shortfall wherever somebody came or left: one snapshot of all managers each. */
  readonly withShortfalls: boolean;
  /** What was read for an earlier block: only what is new, or was not final, is asked for. */
  readonly previous?: LedgerReadings | undefined;
}

/** Totals with the parent's hash where the chain named it, which spares a header. */
export interface HeldTotals extends BlockTotals {
  readonly parentHash?: Hex | undefined;
}

/** What one reading of a ledger shares between its steps. */
export interface LedgerContext {
  readonly rpc: Rpc;
  readonly request: LedgerReadRequest;
  readonly shelves: LedgerShelves;
  /** Everything read so far, by block hash. */
  readonly totals: Map<Hex, HeldTotals>;
  readonly unavailable: Set<bigint>;
  isClockRefused: boolean;
}

/** Where a step's progress begins, and what it counts up to. */
export interface ReadingRound {
  readonly stage: LedgerReadProgress["stage"];
  readonly before: number;
  readonly total: number;
}

/** Whether no reorganisation can undo the block, so that what was read of it may be kept. */
export function isFinal({ report }: LedgerReadRequest, { number }: Pick<BlockRef, "number">): boolean {
  return report.finalised !== undefined && number <= report.finalised;
}

/** The totals read so far, in the order of the chain. */
export function totalsInOrder(totals: LedgerContext["totals"]): readonly BlockTotals[] {
  return [...totals.values()]
    .map(({ parentHash: _parentHash, ...one }) => one)
    .sort((a, b) => compareBigint(a.block.number, b.block.number));
}

/** What is known of a block: what this reading holds and what the shelves keep, together. */
function knownTotals(
  { shelves, totals }: LedgerContext,
  hash: Hex,
): (BlockTotalsRead & Pick<BlockTotals, "unmoved">) | undefined {
  const kept = keptTotals(shelves, hash);
  const held = totals.get(hash);
  if (held === undefined) return kept;
  const parentHash = held.parentHash ?? kept?.parentHash;
  return { ...held, atStart: held.atStart ?? kept?.atStart, parentHash };
}

/** Blocks of which only the number is known: those held or kept as they are, the others by their headers. */
export async function headersOf(
  context: LedgerContext,
  numbers: readonly bigint[],
): Promise<readonly BlockRef[]> {
  const { rpc, shelves, totals, request } = context;
  if (numbers.length === 0) return [];
  const held = new Map([...totals.values()].map(({ block }) => [block.number, block]));
  const known = numbers.map((number) => held.get(number) ?? shelves.ends.at(number)?.block);
  const asked = numbers.filter((_, index) => known[index] === undefined);
  const headers = await fetchHeaders(rpc, { blocks: asked, signal: request.signal });
  const found = new Set(headers.map(({ number }) => number));
  for (const number of asked) if (!found.has(number)) context.unavailable.add(number);
  return [...known.filter((block) => block !== undefined), ...headers];
}

/** Reads the totals of blocks that are not known yet, and keeps those of final blocks as they arrive. */
export async function readTotals(
  context: LedgerContext,
  blocks: readonly { readonly block: BlockRef; readonly isStartWanted: boolean }[],
  round: ReadingRound,
): Promise<void> {
  const { rpc, request, shelves, totals, unavailable } = context;
  const { report, signal, onProgress } = request;
  const wanted: WantedTotals[] = [];
  let done = round.before;
  for (const { block, isStartWanted } of blocks) {
    const known = knownTotals(context, block.hash);
    if (known !== undefined) totals.set(block.hash, known);
    if (known === undefined || (isStartWanted && known.atStart === undefined)) {
      wanted.push({ block, isStartWanted, known });
    } else done += 1;
  }
  const say = (): void => onProgress?.({ stage: round.stage, doneBlocks: done, totalBlocks: round.total });
  say();
  const read = await fetchBlockTotals(rpc, {
    vault: report.config.address,
    wanted,
    signal,
    onRead: async (part) => {
      for (const one of part.totals) {
        const unmoved = totals.get(one.block.hash)?.unmoved;
        totals.set(one.block.hash, unmoved === undefined ? one : { ...one, unmoved });
      }
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
