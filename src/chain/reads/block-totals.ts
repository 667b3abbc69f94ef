import type { BlockTotals } from "@/domain/ledger-model";
import { compareBigint } from "@/domain/math";
import type { Address, BlockRef, Hex } from "@/domain/model";
import { encodeView, VAULT_VIEWS } from "../flux/views";
import type { Rpc, RpcExchange, RpcOptions } from "../rpc/rpc";
import { forEachBounded } from "./bounded";
import { ethCall, viewResultOf } from "./call";
import { type ClockSupport, clockSupportOf } from "./clock-override";
import { chunksOf, fetchHeaders } from "./headers";
import { type Clock, probeCall, probedOf } from "./totals-probe";
import { uintOf } from "./view-values";

/** Totals around a block, with its parent's hash where the chain named it. */
export interface BlockTotalsRead extends BlockTotals {
  readonly parentHash: Hex | undefined;
}

/** One block whose totals are wanted. */
export interface WantedTotals {
  readonly block: BlockRef;
  /** Whether what its first transaction found is wanted too. */
  readonly isStartWanted: boolean;
  /** What is known already: only the rest is read. */
  readonly known?: BlockTotalsRead | undefined;
}

export interface BlockTotalsRequest {
  readonly vault: Address;
  readonly wanted: readonly WantedTotals[];
  readonly signal?: AbortSignal | undefined;
  /** A part that has arrived: a few dozen blocks, none of them twice; `asked` counts those that are not kept too. */
  readonly onRead?: ((part: TotalsPart) => Promise<void> | void) | undefined;
}

export interface TotalsPart {
  readonly totals: readonly BlockTotalsRead[];
  readonly asked: number;
}

export interface PastTotalsRead {
  /** Ascending. */
  readonly totals: readonly BlockTotalsRead[];
  /** Blocks whose state no endpoint keeps, ascending. */
  readonly unavailable: readonly bigint[];
  /** Starts were wanted and no endpoint runs a call under another block's clock. */
  readonly isClockRefused: boolean;
}

/** What free gateways advise for a batch is fifty calls. */
const BLOCKS_A_BATCH = 40;
const BATCHES_IN_FLIGHT = 3;
/** After this many old blocks in a row that are not kept, older ones are not asked any more. */
const GIVE_UP_AFTER = 5;

interface Context {
  readonly rpc: Rpc;
  readonly vault: Address;
  readonly clock: ClockSupport;
  readonly signal: AbortSignal | undefined;
}

interface EndsRead {
  readonly endpoint: string;
  readonly found: ReadonlyMap<bigint, BlockTotalsRead>;
}

function endsByProbe({ answers }: RpcExchange, blocks: readonly BlockRef[]): Map<bigint, BlockTotalsRead> {
  const found = new Map<bigint, BlockTotalsRead>();
  for (const [index, block] of blocks.entries()) {
    const probed = probedOf(answers[index]);
    if (probed === undefined || probed.clock.timestampSeconds !== block.timestampSeconds) continue;
    const { totalAssets, totalSupplyShares, clock } = probed;
    if (totalAssets === undefined || totalSupplyShares === undefined) continue;
    // Chains whose NUMBER is not their own count (some rollups) name another chain's parent here.
    const parentHash = clock.number === block.number ? probed.parentHash : undefined;
    found.set(block.number, { block, totalAssets, totalSupplyShares, atStart: undefined, parentHash });
  }
  return found;
}

/** For endpoints that run no code of the caller's: the same figures by the vault's own views. */
function endsByViews({ answers }: RpcExchange, blocks: readonly BlockRef[]): Map<bigint, BlockTotalsRead> {
  const found = new Map<bigint, BlockTotalsRead>();
  for (const [index, block] of blocks.entries()) {
    const [assets, supply] = answers.slice(index * 2, index * 2 + 2);
    if (assets?.ok !== true || supply?.ok !== true) continue;
    const totalAssets = uintOf(viewResultOf(assets));
    const totalSupplyShares = uintOf(viewResultOf(supply));
    if (totalAssets === undefined || totalSupplyShares === undefined) continue;
    found.set(block.number, {
      block,
      totalAssets,
      totalSupplyShares,
      atStart: undefined,
      parentHash: undefined,
    });
  }
  return found;
}

async function readEndsAt(
  { rpc, vault }: Context,
  { blocks, options }: { readonly blocks: readonly BlockRef[]; readonly options: RpcOptions },
): Promise<EndsRead> {
  const probes = await rpc.exchange(
    blocks.map((block) => probeCall({ vault, state: block })),
    options,
  );
  const { endpoint } = probes;
  if (probes.answers.some((answer) => probedOf(answer) !== undefined)) {
    return { endpoint, found: endsByProbe(probes, blocks) };
  }
  const views = await rpc.exchange(
    blocks.flatMap((block) => [
      ethCall({ to: vault, data: encodeView(VAULT_VIEWS.totalAssets) }, block),
      ethCall({ to: vault, data: encodeView(VAULT_VIEWS.totalSupply) }, block),
    ]),
    options,
  );
  return { endpoint: views.endpoint, found: endsByViews(views, blocks) };
}

/** Totals at the end of blocks; what the first endpoint does not keep is asked of another one, if there is one. */
async function readEnds(
  context: Context,
  blocks: readonly BlockRef[],
): Promise<ReadonlyMap<bigint, BlockTotalsRead>> {
  const { rpc, signal } = context;
  if (blocks.length === 0) return new Map();
  const { endpoint, found } = await readEndsAt(context, { blocks, options: { signal } });
  const missing = blocks.filter(({ number }) => !found.has(number));
  if (missing.length === 0 || rpc.status().endpoints.length < 2) return found;
  const elsewhere = await readEndsAt(context, { blocks: missing, options: { signal, avoid: [endpoint] } });
  return new Map([...found, ...elsewhere.found]);
}

/** The parents' hashes: as the chain named them, by header for the others. */
async function parentsOf(
  { rpc, signal }: Context,
  ends: readonly BlockTotalsRead[],
): Promise<ReadonlyMap<bigint, Hex>> {
  const parents = new Map<bigint, Hex>();
  const unnamed: bigint[] = [];
  for (const { block, parentHash } of ends) {
    if (parentHash !== undefined) parents.set(block.number, parentHash);
    else if (block.number > 0n) unnamed.push(block.number - 1n);
  }
  for (const header of await fetchHeaders(rpc, { blocks: unnamed, signal })) {
    parents.set(header.number + 1n, header.hash);
  }
  return parents;
}

/** A state of the vault, and the clock that a call is to run under on it. */
export interface StateUnderClock {
  readonly state: Pick<BlockRef, "hash">;
  readonly clock: Clock;
}

/** Totals of states under other clocks, in the order asked; undefined for what could not be read so. */
async function readUnderClocks(
  { rpc, vault, clock: support, signal }: Context,
  asked: readonly StateUnderClock[],
): Promise<readonly BlockTotals["atStart"][]> {
  if (asked.length === 0 || !support.isTaken) return asked.map(() => undefined);
  const { answers } = await rpc.exchange(
    asked.map(({ state, clock }) => probeCall({ vault, state, clock })),
    { signal, avoid: support.refusing },
  );
  return asked.map(({ clock }, index) => {
    const probed = probedOf(answers[index]);
    // The answer's own time says whether the endpoint did as it was asked.
    if (probed === undefined || probed.clock.timestampSeconds !== clock.timestampSeconds) return undefined;
    const { totalAssets, totalSupplyShares, hasCode } = probed;
    // There was no vault yet: it was made in the very block that the clock is of.
    if (!hasCode) return { totalAssets: 0n, totalSupplyShares: 0n };
    return totalAssets === undefined || totalSupplyShares === undefined
      ? undefined
      : { totalAssets, totalSupplyShares };
  });
}

/** What the first transaction of each block found: its parent's state under its own clock. */
async function readStarts(
  context: Context,
  ends: readonly BlockTotalsRead[],
): Promise<ReadonlyMap<bigint, BlockTotals["atStart"]>> {
  if (ends.length === 0 || !context.clock.isTaken) return new Map();
  const parents = await parentsOf(context, ends);
  const asked = ends.flatMap(({ block }) => {
    const hash = parents.get(block.number);
    return hash === undefined ? [] : [{ state: { hash }, clock: block }];
  });
  const read = await readUnderClocks(context, asked);
  return new Map(asked.map(({ clock }, index) => [clock.number, read[index]]));
}

async function readPart(
  context: Context,
  wanted: readonly WantedTotals[],
): Promise<readonly BlockTotalsRead[]> {
  const unknown = wanted.filter(({ known }) => known === undefined).map(({ block }) => block);
  const ends = await readEnds(context, unknown);
  const read = wanted.flatMap(({ block, known, isStartWanted }) => {
    const totals = known ?? ends.get(block.number);
    return totals === undefined ? [] : [{ totals, isStartWanted }];
  });
  const open = read.filter(({ totals, isStartWanted }) => isStartWanted && totals.atStart === undefined);
  const starts = await readStarts(
    context,
    open.map(({ totals }) => totals),
  );
  return read.map(({ totals }) => {
    const atStart = totals.atStart ?? starts.get(totals.block.number);
    return { ...totals, atStart };
  });
}

/** How many blocks at the old end of a part, given from the newest to the oldest, were not read. */
function missingAtEnd(part: readonly WantedTotals[], read: readonly BlockTotalsRead[]): number {
  const found = new Set(read.map(({ block }) => block.number));
  const last = part.findLastIndex(({ block }) => found.has(block.number));
  return part.length - 1 - last;
}

/**
 * Total assets and supply at the end of past blocks, and where wanted at their beginning: the parent's state under the
 * block's own clock, which is what the block's first transaction met (a vault accrues interest with the clock).
 *
 * Every figure is pinned by a block hash and came with the time it was read under. Needs an endpoint that keeps old
 * state: blocks that none keeps are listed, never interpolated; a beginning that could not be read is undefined. Reads
 * from the newest to the oldest, a few parts at a time, and stops where the endpoints' memory evidently ends.
 *
 * Throws what the client throws; `aborted` when the signal fires. Parts that arrived were handed to `onRead`.
 */
export async function fetchBlockTotals(rpc: Rpc, request: BlockTotalsRequest): Promise<PastTotalsRead> {
  const { vault, wanted, signal, onRead } = request;
  const wantsClock = wanted.some(({ isStartWanted, known }) => isStartWanted && known?.atStart === undefined);
  const clock = wantsClock ? await clockSupportOf(rpc, { signal }) : { isTaken: true, refusing: [] };
  const context: Context = { rpc, vault, clock, signal };
  const newestFirst = wanted.toSorted((a, b) => compareBigint(b.block.number, a.block.number));
  const totals: BlockTotalsRead[] = [];
  let isMemoryOver = false;
  await forEachBounded(chunksOf(newestFirst, BLOCKS_A_BATCH), {
    inFlight: BATCHES_IN_FLIGHT,
    work: async (part) => {
      // What is known needs no reading, also beyond the endpoints' memory.
      const asked = isMemoryOver ? part.filter(({ known }) => known !== undefined) : part;
      const read = await readPart(context, asked);
      if (missingAtEnd(part, read) >= GIVE_UP_AFTER) isMemoryOver = true;
      totals.push(...read);
      await onRead?.({ totals: read, asked: part.length });
    },
  });
  totals.sort((a, b) => compareBigint(a.block.number, b.block.number));
  const found = new Set(totals.map(({ block }) => block.number));
  const unavailable = newestFirst.map(({ block }) => block.number).filter((number) => !found.has(number));
  return { totals, unavailable: unavailable.toReversed(), isClockRefused: !clock.isTaken };
}

export interface UnderClocksRequest<Asked extends StateUnderClock> {
  readonly vault: Address;
  readonly asked: readonly Asked[];
  readonly signal?: AbortSignal | undefined;
  /** A part that has arrived; undefined for what could not be read so. */
  readonly onRead: (
    part: readonly { readonly asked: Asked; readonly read: BlockTotals["atStart"] }[],
  ) => Promise<void> | void;
}

/** Totals of any states under any clocks, where an endpoint runs calls so. Whether one does is returned. */
export async function fetchUnderClocks<Asked extends StateUnderClock>(
  rpc: Rpc,
  { vault, asked, signal, onRead }: UnderClocksRequest<Asked>,
): Promise<{ readonly isClockRefused: boolean }> {
  if (asked.length === 0) return { isClockRefused: false };
  const clock = await clockSupportOf(rpc, { signal });
  const context: Context = { rpc, vault, clock, signal };
  await forEachBounded(chunksOf(asked, BLOCKS_A_BATCH), {
    inFlight: BATCHES_IN_FLIGHT,
    work: async (part) => {
      const read = await readUnderClocks(context, part);
      await onRead(part.map((one, index) => ({ asked: one, read: read[index] })));
    },
  });
  return { isClockRefused: !clock.isTaken };
}
