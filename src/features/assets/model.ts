import type { FeedReading, RoundsRead } from "@/data/risk/use-asset-oracles";
import { chainFigure, figureOf, unknown } from "@/domain/figure";
import type { Address, Figure } from "@/domain/model";
import {
  type AssetHolding,
  answerUsdWad,
  type Collateral,
  collateralOf,
  deviationWadAway,
  timesDepthWadUp,
} from "@/domain/risk/collateral";
import type { RiskBook } from "@/domain/risk/model";
import { realisedVolatilityOf, type Volatility, type WorstFall, worstFallOf } from "@/domain/risk/volatility";
import type { AllowedAsset, AssetOracle, AssetOracles } from "@/report/load-asset-oracles";

/** Where a price comes from, in the page's words. */
export type FeedKind = "market" | "exchange-rate" | "fixed" | "unknown";

/** What a feed's own rounds say of its past. */
export interface AssetHistory {
  readonly volatility: Figure<Volatility>;
  readonly worstHour: Figure<WorstFall>;
  readonly worstDay: Figure<WorstFall>;
  readonly read: RoundsRead;
}

/** One asset with everything that the tables sort and show. Figures stay exact until they are drawn. */
export interface AssetRow {
  readonly holding: AssetHolding;
  readonly kind: FeedKind;
  /** The operator's configuration says so; the oracle itself does not tell. */
  readonly isKindConfigured: boolean;
  readonly oracle: AssetOracle | undefined;
  /** The round that the price stands on: the asset's own feed, or that of what its shares hold. */
  readonly round: FeedReading | undefined;
  /** undefined: not published. */
  readonly heartbeatSeconds: bigint | undefined;
  /** By how much the oracle's price is above a second source; unknown "not-published" without one. */
  readonly aboveSecondWad: Figure;
  /** By how much it is above the price in the deepest pool. */
  readonly aboveSpotWad: Figure;
  /** undefined while the rounds are not read; also for a price without a feed. */
  readonly history: AssetHistory | undefined;
}

/** Everything on the page of assets. */
export interface AssetsModel {
  readonly collateral: Collateral;
  readonly rows: readonly AssetRow[];
  /** Held, and priced by an oracle that follows no market. */
  readonly fixed: readonly AssetRow[];
  /** Allowed by the strategy and held by nobody; undefined where the strategy publishes no list, or none is read yet. */
  readonly unheld: readonly AllowedAsset[] | undefined;
}

const HOUR_SECONDS = 3_600n;
const DAY_SECONDS = 86_400n;

function historyOf(read: RoundsRead | undefined): AssetHistory | undefined {
  if (read === undefined) return undefined;
  return {
    read,
    volatility: realisedVolatilityOf(read.rounds),
    worstHour: worstFallOf(read.rounds, HOUR_SECONDS),
    worstDay: worstFallOf(read.rounds, DAY_SECONDS),
  };
}

function kindOf(
  { asset }: AssetHolding,
  oracle: AssetOracle | undefined,
): Pick<AssetRow, "kind" | "isKindConfigured"> {
  const { kind } = asset.source;
  if (kind !== "unknown") return { kind, isKindConfigured: false };
  const configured = oracle?.configured?.kind;
  return { kind: configured ?? "unknown", isKindConfigured: configured !== undefined };
}

function aboveSecond(holding: AssetHolding, second: FeedReading | undefined): Figure {
  if (second === undefined) return unknown("not-published");
  return chainFigure(holding.asset.priceUsdWad, (own) =>
    chainFigure(answerUsdWad(second.answer, second.decimals), (other) => deviationWadAway(own, other)),
  );
}

function aboveSpot({ exit }: AssetHolding): Figure {
  if (exit.kind !== "pools") return unknown("not-published");
  return exit.pools[0]?.oracleAboveSpotWad ?? unknown("not-published");
}

/** The page's rows of a book. Oracles and rounds arrive later, and rows say what they do not know yet. */
export function assetsModelOf(input: {
  readonly book: RiskBook;
  readonly oracles: AssetOracles | undefined;
  readonly rounds: ReadonlyMap<Address, RoundsRead> | undefined;
}): AssetsModel {
  const { book, oracles, rounds } = input;
  const collateral = collateralOf(book);
  const rows = collateral.holdings.map((holding): AssetRow => {
    const { asset, movedBy } = holding;
    const oracle = oracles?.byAsset.get(asset.address);
    const source = movedBy === undefined ? undefined : oracles?.byAsset.get(movedBy.address);
    const heartbeat = oracle?.configured?.heartbeatSeconds ?? source?.configured?.heartbeatSeconds;
    return {
      holding,
      ...kindOf(holding, oracle),
      oracle,
      round: source?.feed,
      heartbeatSeconds: heartbeat === undefined ? undefined : BigInt(heartbeat),
      aboveSecondWad: aboveSecond(holding, oracle?.second),
      aboveSpotWad: aboveSpot(holding),
      history: movedBy === undefined ? undefined : historyOf(rounds?.get(movedBy.address)),
    };
  });
  const held = new Set(rows.map(({ holding }) => holding.asset.address));
  return {
    collateral,
    rows,
    fixed: rows.filter(({ kind }) => kind === "fixed"),
    unheld: oracles?.allowed?.filter(({ underlying }) => underlying === undefined || !held.has(underlying)),
  };
}

/** How a holding stands against what can be sold within the tolerated impact. */
export type ExitMeasure =
  | { readonly kind: "none-needed" }
  | { readonly kind: "no-pool" }
  /** Already the first unit brings less. */
  | { readonly kind: "no-depth" }
  | {
      readonly kind: "measured";
      readonly depth: bigint;
      /** The holding in depths of the deepest pool, rounded up, 10^18 = once. */
      readonly timesWad: bigint;
      /** With everything that is sold as the same asset. */
      readonly togetherTimesWad: bigint;
    };

/** Measures a holding against its deepest pool; `impact` counts the published impacts. */
export function exitMeasureOf({ exit }: AssetHolding, impact: number): ExitMeasure {
  if (exit.kind === "base") return { kind: "none-needed" };
  if (exit.kind === "none") return { kind: "no-pool" };
  const depth = exit.pools.reduce((most, { depths }) => {
    const one = depths[impact] ?? 0n;
    return one > most ? one : most;
  }, 0n);
  const timesWad = timesDepthWadUp(exit.amountSold, depth);
  const togetherTimesWad = timesDepthWadUp(exit.togetherSold, depth);
  return timesWad === undefined || togetherTimesWad === undefined
    ? { kind: "no-depth" }
    : { kind: "measured", depth, timesWad, togetherTimesWad };
}

/** How old a price's round is against the heartbeat that is published for it. */
export type AgeStanding = "fresh" | "late" | "very-late" | "no-heartbeat";

/** A round's age at a moment; unknown "not-published" for a price without a round. */
export function ageSecondsOfRound(row: AssetRow, nowSeconds: bigint): Figure {
  const at = row.round?.updatedAtSeconds;
  return figureOf(at === undefined ? undefined : at > nowSeconds ? 0n : nowSeconds - at, "not-published");
}

/** Beyond the heartbeat is late; beyond twice of it, very late. */
export function ageStandingOf(ageSeconds: bigint, heartbeatSeconds: bigint | undefined): AgeStanding {
  if (heartbeatSeconds === undefined) return "no-heartbeat";
  if (ageSeconds > heartbeatSeconds * 2n) return "very-late";
  return ageSeconds > heartbeatSeconds ? "late" : "fresh";
}
