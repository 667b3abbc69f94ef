import type { ChunkStore } from "@/chain/logs/store";
import { fetchPastSnapshot, readNewestFirst, whereKept } from "@/chain/reads/past-snapshots";
import { bigintOfField, keepingInParts, openShelf, type Shelf, type ShelfCodec } from "@/chain/reads/shelf";
import type { Rpc } from "@/chain/rpc/rpc";
import { completeSnapshotOf } from "@/domain/complete";
import { figureOf, known, unknown } from "@/domain/figure";
import { unrealisedOf } from "@/domain/headline";
import { compareBigint, sumOf } from "@/domain/math";
import type { Address, BlockRef, Figure, UnknownReason, VaultSnapshot } from "@/domain/model";
import { coalesced } from "./coalesce";
import { firstLoanOf, managersUpTo } from "./load-shortfalls";
import { readMarketMark } from "./market-mark";
import type { VaultReport } from "./vault-report";

/** What would have been lost at the end of a block, had everything been closed there; base-asset units. */
export interface UnrealisedPoint {
  readonly block: BlockRef;
  /** U, oracle-marked: bad debt of all liquidatable managers at what the strategy asks. */
  readonly shortfallAssets: Figure;
  /** U_LP: what LPs would have lost of it. */
  readonly lpLossAssets: Figure;
  /** Market-marked: Σ max(0, D − (1 − m)(1 − s) V), through the depth of the configured pools. */
  readonly marketShortfallAssets: Figure;
  /** The part of it that is known where some positions have no mark: the others can only add to it. */
  readonly marketAtLeastAssets: Figure;
  /** Held by somebody who owed, and without a configured pool: why the market mark is not known. */
  readonly assetsWithoutPool: readonly Address[];
  /** What managers had put up: bonds and working capital together. With total assets, the value locked in the vault. */
  readonly collateralAssets: Figure;
}

export interface UnrealisedRequest {
  readonly report: VaultReport;
  readonly store: ChunkStore;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
  /** Points of an earlier report: those of the same blocks are not read again. */
  readonly previous?: readonly UnrealisedPoint[] | undefined;
}

type Marks = Omit<UnrealisedPoint, "block">;

const WITHOUT_MARKET = "not-published";

/** Kept are points of which everything is known, or all but a market that has no pools. */
const MARKS: ShelfCodec<Marks> = {
  encode: (marks) => [
    textOf(marks.shortfallAssets),
    textOf(marks.lpLossAssets),
    textOf(marks.marketShortfallAssets),
    textOf(marks.marketAtLeastAssets),
    marks.assetsWithoutPool.join(","),
    textOf(marks.collateralAssets),
  ],
  decode: ([shortfall, lpLoss, market, atLeast, assets = "", collateral]) => {
    const [shortfallAssets, lpLossAssets] = [bigintOfField(shortfall), bigintOfField(lpLoss)];
    const [marketAssets, atLeastAssets] = [bigintOfField(market), bigintOfField(atLeast)];
    const collateralAssets = bigintOfField(collateral);
    if (shortfallAssets === undefined || lpLossAssets === undefined) return undefined;
    if (collateralAssets === undefined) return undefined;
    if (marketAssets === undefined && market !== WITHOUT_MARKET) return undefined;
    return {
      shortfallAssets: known(shortfallAssets),
      lpLossAssets: known(lpLossAssets),
      marketShortfallAssets: marketAssets === undefined ? unknown(WITHOUT_MARKET) : known(marketAssets),
      marketAtLeastAssets: atLeastAssets === undefined ? unknown(WITHOUT_MARKET) : known(atLeastAssets),
      assetsWithoutPool: assets === "" ? [] : (assets.split(",") as Address[]),
      collateralAssets: known(collateralAssets),
    };
  },
};

function textOf(figure: Figure): string {
  return figure.kind === "known" ? figure.value.toString() : WITHOUT_MARKET;
}

function isWhole({ shortfallAssets, lpLossAssets, marketShortfallAssets }: Marks): boolean {
  const hasMarket = marketShortfallAssets.kind === "known" || marketShortfallAssets.reason === WITHOUT_MARKET;
  return shortfallAssets.kind === "known" && lpLossAssets.kind === "known" && hasMarket;
}

function marksUnknown(reason: UnknownReason): Marks {
  const figure = unknown(reason);
  return {
    shortfallAssets: figure,
    lpLossAssets: figure,
    marketShortfallAssets: figure,
    marketAtLeastAssets: figure,
    assetsWithoutPool: [],
    collateralAssets: figure,
  };
}

const NOTHING_OPEN: Marks = {
  shortfallAssets: known(0n),
  lpLossAssets: known(0n),
  marketShortfallAssets: known(0n),
  marketAtLeastAssets: known(0n),
  assetsWithoutPool: [],
  collateralAssets: known(0n),
};

async function marksOf(
  rpc: Rpc,
  { report, signal, snapshot }: UnrealisedRequest & { readonly snapshot: VaultSnapshot },
): Promise<Marks> {
  const { config } = report;
  const completeness = completeSnapshotOf(snapshot);
  if (completeness.kind === "incomplete") return marksUnknown("snapshot-incomplete");
  if (completeness.kind === "not-published") return marksUnknown("not-published");
  const complete = completeness.snapshot;
  const { unrealisedShortfallAssets, unrealisedLpLossAssets, totalDebtAssets } = unrealisedOf(complete);
  const oracle = {
    shortfallAssets: unrealisedShortfallAssets,
    lpLossAssets: unrealisedLpLossAssets,
    collateralAssets: known(
      sumOf(
        complete.managers.map(({ bondAssets, workingCapitalAssets }) => bondAssets + workingCapitalAssets),
      ),
    ),
  };
  const owesNothing = totalDebtAssets.kind === "known" && totalDebtAssets.value === 0n;
  if (config.pools.length === 0 && !owesNothing) {
    return { ...marksUnknown(WITHOUT_MARKET), ...oracle };
  }
  const mark = await whereKept(rpc, (way) => readMarketMark(way, { complete, config, signal }));
  return {
    ...oracle,
    marketShortfallAssets: mark?.badDebtAssets ?? unknown("archive-unavailable"),
    marketAtLeastAssets: figureOf(mark?.atLeastBadDebtAssets, "archive-unavailable"),
    assetsWithoutPool: mark?.assetsWithoutPool ?? [],
  };
}

/** What is known without asking: by an earlier report, by the shelf, or because nothing was lent yet. */
function knownMarks(request: UnrealisedRequest, shelf: Shelf<Marks>): (block: BlockRef) => Marks | undefined {
  const before = new Map(request.previous?.map((point) => [point.block.hash, point]));
  const firstMove = firstManagerMoveOf(request.report);
  return (block) => {
    if (firstMove !== undefined && block.number < firstMove) return NOTHING_OPEN;
    const earlier = before.get(block.hash);
    if (earlier !== undefined && isWhole(earlier)) return earlier;
    return shelf.get(block.hash)?.value;
  };
}

/** The first block in which a manager did anything: before it nothing is owed and nothing put up. */
function firstManagerMoveOf(report: VaultReport): bigint | undefined {
  const firstLoan = firstLoanOf(report);
  const firstBond = report.history.vault.find(({ kind }) => kind === "bond-deposited")?.blockNumber;
  return firstLoan === undefined || firstBond === undefined || firstLoan < firstBond ? firstLoan : firstBond;
}

/**
 * The unrealised shortfall over time: oracle-marked and market-marked at every block of the report's series, from one
 * snapshot of all managers each, and the configured pools with what the owing ones held.
 *
 * Unknown "archive-unavailable" where no endpoint keeps the state, "snapshot-incomplete" where not every manager of the
 * time could be read; the market mark also "not-published" while some owing manager held an asset without a configured
 * pool. Final points are kept in the store as they arrive.
 *
 * @throws ChainError as the reads below; `aborted` when the signal fires.
 */
export async function loadUnrealised(
  rpc: Rpc,
  request: UnrealisedRequest,
): Promise<readonly UnrealisedPoint[]> {
  const { report, store, signal, onProgress } = request;
  const { config, history, snapshot, series, finalised } = report;
  const blocks = series.samples.map(({ block }) => block);
  if (snapshot.state.flux === undefined) {
    return blocks.map((block) => ({ block, ...marksUnknown("not-published") }));
  }
  const name = ["unrealised-2", config.address, [...config.pools].sort().join("+")];
  const shelf = await openShelf(rpc, { store, name, signal, codec: MARKS });
  const knownOf = knownMarks(request, shelf);
  const found = new Map<bigint, UnrealisedPoint>();
  const wanted: BlockRef[] = [];
  for (const block of blocks) {
    const marks = knownOf(block);
    if (marks === undefined) wanted.push(block);
    else found.set(block.number, { ...marks, block });
  }
  const say = (): void => onProgress?.({ done: found.size, total: blocks.length });
  say();
  const managers = managersUpTo(report);
  const keeping = keepingInParts(shelf);
  // Blocks that are read at the same time ask in one request.
  const together = coalesced(rpc, { signal });
  try {
    await readNewestFirst(wanted, {
      blockOf: (block) => block,
      read: async (block) => {
        const isHead = block.hash === snapshot.state.block.hash;
        const past = isHead
          ? snapshot
          : await fetchPastSnapshot(together, {
              vault: config.address,
              managers: managers(block.number),
              block,
              signal,
              rung: snapshot.rung,
            });
        return past === undefined ? undefined : marksOf(together, { ...request, snapshot: past });
      },
      onRead: async (block, read) => {
        const marks = read ?? marksUnknown("archive-unavailable");
        found.set(block.number, { block, ...marks });
        const isFinal = finalised !== undefined && block.number <= finalised;
        if (isFinal && history.complete && isWhole(marks)) await keeping.add({ block, value: marks });
        say();
      },
    });
  } finally {
    // Also what had arrived before a failure or a cancellation is kept.
    await keeping.flush();
  }
  return [...found.values()].sort((a, b) => compareBigint(a.block.number, b.block.number));
}
