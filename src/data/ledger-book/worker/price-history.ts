import type { LossRow, RecoveryRow } from "@/domain/ledger";
import type { FallRow } from "@/domain/ledger-model";
import { compareBigint } from "@/domain/math";
import type { BlockRef, TotalsSample } from "@/domain/model";
import {
  type DrawdownPoint,
  deepestDrawdown,
  drawdownSeries,
  highWaterMark,
  type UnderWater,
  underWaterOf,
} from "@/domain/share-price";
import type { LedgerReport } from "@/report/ledger-report";

/** The share price of a vault's life with its drawdown, from every total that is known. */
export interface PriceHistory {
  /** In the order of the chain, inside a block in the order of its logs; cut to what a chart can show. */
  readonly points: readonly DrawdownPoint[];
  /** How many points are known; `points` holds fewer where they are more than a chart can show. */
  readonly knownPoints: number;
  readonly now: DrawdownPoint;
  readonly peak: DrawdownPoint;
  readonly deepest: DrawdownPoint;
  readonly underWater: UnderWater;
}

/** As many as a chart draws; those around a loss, a fall or a recovery are never left out. */
const MOST_POINTS = 1_000;

/** Total assets and shares at one moment inside or at the end of a block. */
type Moment = TotalsSample & { readonly isRow: boolean };

/**
 * The exact share prices around every row of the ledger, at the start and end of every block that was read, and at
 * the sampled blocks. Undefined where no block with shares is known.
 */
export function priceHistoryOf(
  input: Pick<LedgerReport, "report" | "readings" | "ledger">,
): PriceHistory | undefined {
  const { virtualShares } = input.report.snapshot.state;
  const moments = momentsOf(input);
  const points = drawdownSeries({ samples: moments, virtualShares });
  const [now, peak, deepest] = [points.at(-1), highWaterMark(points), deepestDrawdown(points)];
  if (now === undefined || peak === undefined || deepest === undefined) return undefined;
  const rows = new Set(moments.flatMap(({ isRow, block }) => (isRow ? [block.number] : [])));
  return {
    points: thinned(points, rows),
    knownPoints: points.length,
    now,
    peak,
    deepest,
    underWater: underWaterOf(points),
  };
}

function momentsOf({ report, readings, ledger }: Pick<LedgerReport, "report" | "readings" | "ledger">) {
  const starts = new Map<bigint, Moment[]>();
  const inside = new Map<bigint, { readonly logIndex: number; readonly moments: readonly Moment[] }[]>();
  const ends = new Map<bigint, Moment>();
  for (const sample of report.series.samples) ends.set(sample.block.number, { ...sample, isRow: false });
  for (const { block, totalAssets, totalSupplyShares, atStart } of readings.totals) {
    ends.set(block.number, momentAt(block, { totalAssets, totalSupplyShares, isRow: false }));
    if (atStart !== undefined) starts.set(block.number, [momentAt(block, { ...atStart, isRow: false })]);
  }
  const add = (
    at: { readonly blockNumber: bigint; readonly logIndex: number },
    moments: readonly Moment[],
  ) => {
    const found = inside.get(at.blockNumber) ?? [];
    found.push({ logIndex: at.logIndex, moments });
    inside.set(at.blockNumber, found);
  };
  for (const row of ledger.events.losses) add(row, aroundLoss(row));
  for (const row of ledger.events.recoveries) add(row, aroundRecovery(row));
  for (const row of ledger.falls) add(row.at, aroundFall(row));
  const blocks = [...new Set([...starts.keys(), ...inside.keys(), ...ends.keys()])].sort(compareBigint);
  return blocks.flatMap((block): readonly Moment[] => {
    const rows = (inside.get(block) ?? []).sort((a, b) => a.logIndex - b.logIndex);
    const end = ends.get(block);
    return [
      ...(starts.get(block) ?? []),
      ...rows.flatMap(({ moments }) => moments),
      ...(end === undefined ? [] : [end]),
    ];
  });
}

function momentAt(
  block: BlockRef,
  totals: { readonly totalAssets: bigint; readonly totalSupplyShares: bigint; readonly isRow: boolean },
): Moment {
  return {
    block,
    ...totals,
    idleAssets: undefined,
    totalBadDebtAssets: undefined,
    totalPrincipalDebtAssets: undefined,
  };
}

function blockOf(row: LossRow | RecoveryRow): BlockRef {
  return { number: row.blockNumber, hash: row.blockHash, timestampSeconds: row.atSeconds };
}

function aroundLoss(row: LossRow): readonly Moment[] {
  const { totalAssetsBefore: before, totalSupplyShares: supply, lpLossAssets: loss } = row;
  if (before.kind === "unknown" || supply.kind === "unknown" || loss.kind === "unknown") return [];
  return around(blockOf(row), {
    beforeAssets: before.value,
    afterAssets: before.value - loss.value,
    supplyShares: supply.value,
  });
}

function aroundRecovery(row: RecoveryRow): readonly Moment[] {
  return around(blockOf(row), {
    beforeAssets: row.totalAssetsBefore,
    afterAssets: row.totalAssetsBefore + row.assets,
    supplyShares: row.totalSupplyShares,
  });
}

function aroundFall(row: FallRow): readonly Moment[] {
  return around(row.to, {
    beforeAssets: row.totalAssetsBefore,
    afterAssets: row.totalAssetsAfter,
    supplyShares: row.totalSupplyShares,
  });
}

function around(
  block: BlockRef,
  totals: { readonly beforeAssets: bigint; readonly afterAssets: bigint; readonly supplyShares: bigint },
): readonly Moment[] {
  const { beforeAssets, afterAssets, supplyShares: totalSupplyShares } = totals;
  return [
    momentAt(block, { totalAssets: beforeAssets, totalSupplyShares, isRow: true }),
    momentAt(block, { totalAssets: afterAssets, totalSupplyShares, isRow: true }),
  ];
}

/** Every so many points, and all those of blocks with a row. */
function thinned(points: readonly DrawdownPoint[], rows: ReadonlySet<bigint>): readonly DrawdownPoint[] {
  const every = Math.ceil(points.length / MOST_POINTS);
  if (every <= 1) return points;
  return points.filter(
    ({ block }, place) => place % every === 0 || place === points.length - 1 || rows.has(block.number),
  );
}
