import { fetchBlocksAt } from "@/chain/reads/blocks-at";
import { fetchPastSnapshot, readNewestFirst } from "@/chain/reads/past-snapshots";
import type { Rpc } from "@/chain/rpc/rpc";
import { figureOf, mapFigure, unknown } from "@/domain/figure";
import {
  healthRatioWadDown,
  liquidationThresholdWad,
  positionValueOf,
  trueDebtAssets,
} from "@/domain/health";
import { badDebtLineWad, type PaymentRule } from "@/domain/liquidation";
import { compareBigint } from "@/domain/math";
import type { Address, BlockRef, Figure, UnknownReason, VaultSnapshot } from "@/domain/model";
import { extremeMomentsOf, ownBlocksOf } from "@/domain/risk/health-moments";
import type { RiskBook } from "@/domain/risk/model";
import { coalesced } from "./coalesce";
import { loadRounds } from "./load-rounds";
import type { VaultReport } from "./vault-report";

/** A manager's position at the end of a block. */
export interface HealthPoint {
  readonly block: BlockRef;
  readonly healthWad: Figure;
  readonly valueAssets: Figure;
  readonly trueDebtAssets: Figure;
  /** T and the bad-debt line of the time: parameters change. */
  readonly thresholdWad: Figure;
  readonly badDebtLineWad: Figure;
}

/** At most so many old blocks are read. */
export const MOST_HEALTH_BLOCKS = 160;
/** Of them for what the manager did itself; the newest ones stay. */
const MOST_OWN_BLOCKS = 60;

export interface HealthHistoryRequest {
  readonly report: VaultReport;
  readonly manager: Address;
  /** The manager's book: which feeds move its position today, and by which rule it would pay. */
  readonly book: Pick<RiskBook, "assets" | "state" | "rule">;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
}

function pointUnknown(block: BlockRef, reason: UnknownReason): HealthPoint {
  const figure = unknown(reason);
  return {
    block,
    healthWad: figure,
    valueAssets: figure,
    trueDebtAssets: figure,
    thresholdWad: figure,
    badDebtLineWad: figure,
  };
}

function pointOf(
  snapshot: VaultSnapshot,
  { manager, rule }: { readonly manager: Address; readonly rule: PaymentRule },
): HealthPoint {
  const { state, managers } = snapshot;
  const { block, flux } = state;
  const position = managers.find((one) => one.manager === manager);
  if (position === undefined) return pointUnknown(block, "value-unreadable");
  if (flux === undefined) return pointUnknown(block, "not-published");
  const { strategy } = flux;
  return {
    block,
    healthWad: healthRatioWadDown(position, state),
    valueAssets: mapFigure(positionValueOf(position, state), ({ valueAssets }) => valueAssets),
    trueDebtAssets: figureOf(trueDebtAssets(position), "value-unreadable"),
    thresholdWad: figureOf(liquidationThresholdWad(strategy), "not-published"),
    badDebtLineWad: badDebtLineWad({ rule, profitMarginWad: strategy.liquidationProfitMarginWad }),
  };
}

/** The blocks to look at: what the manager did, and where its feeds were at their lowest and highest in between. */
async function blocksOf(rpc: Rpc, request: HealthHistoryRequest): Promise<readonly BlockRef[]> {
  const { report, manager, book, signal } = request;
  const head = report.snapshot.state.block;
  const all = ownBlocksOf(report.history, manager);
  const own = all.slice(-MOST_OWN_BLOCKS);
  const first = own[0];
  if (first === undefined) return [head];
  const read = await loadRounds(rpc, { book, signal });
  const rounds = new Map([...read].map(([asset, one]) => [asset, one.rounds]));
  const moments = extremeMomentsOf(rounds, {
    fromSeconds: first.timestampSeconds,
    toSeconds: head.timestampSeconds,
    most: MOST_HEALTH_BLOCKS - own.length,
  });
  const known = [...own, ...report.series.samples.map(({ block }) => block), head];
  const found = await fetchBlocksAt(rpc, { moments, known, signal });
  const blocks = new Map([...found.values(), ...own, head].map((block) => [block.number, block]));
  return [...blocks.values()]
    .filter(({ number }) => number <= head.number)
    .sort((a, b) => compareBigint(a.number, b.number));
}

/**
 * A manager's value, debt and health at the ends of past blocks, ascending: where the vault's logs name it, and where
 * the feeds that price its position today were at their lowest and highest. Unknown "archive-unavailable" where no
 * endpoint keeps the state.
 *
 * @throws ChainError as the reads below; `aborted` when the signal fires.
 */
export async function loadHealthHistory(
  rpc: Rpc,
  request: HealthHistoryRequest,
): Promise<readonly HealthPoint[]> {
  const { report, manager, book, signal, onProgress } = request;
  const { snapshot, config } = report;
  const head = snapshot.state.block;
  const blocks = await blocksOf(rpc, request);
  const points: HealthPoint[] = [];
  const say = (): void => onProgress?.({ done: points.length, total: blocks.length });
  say();
  const together = coalesced(rpc, { signal });
  await readNewestFirst(blocks, {
    blockOf: (block) => block,
    read: async (block) =>
      block.hash === head.hash
        ? snapshot
        : fetchPastSnapshot(together, {
            vault: config.address,
            managers: [manager],
            block,
            signal,
            rung: snapshot.rung,
          }),
    onRead: (block, found) => {
      points.push(
        found === undefined
          ? pointUnknown(block, "archive-unavailable")
          : pointOf(found, { manager, rule: book.rule ?? "a" }),
      );
      say();
    },
  });
  return points.sort((a, b) => compareBigint(a.block.number, b.block.number));
}
