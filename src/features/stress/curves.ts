import { mapFigure } from "@/domain/figure";
import type { Address, Figure } from "@/domain/model";
import { lossCurveOf, type MarketCurvePoint, marketCurveOf } from "@/domain/risk/curve";
import type { BreakEven } from "@/domain/risk/fall-marks";
import { sellableOf } from "@/domain/risk/market-split";
import type { RiskBook } from "@/domain/risk/model";
import { formatAmount, toChartNumber } from "@/shared/format";
import type { ChartAnnotation } from "@/ui/charts/chart-marks";
import { type ChartAxis, type ChartSeries, numberAxis } from "@/ui/charts/series";
import { FALL_STEP_WAD, percentOfFall } from "./choice";

/** Falls that are drawn: 0 to 80 % by half a per cent. */
const GRID_STEP_WAD = 5n * 10n ** 15n;
const GRID_POINTS = 161;
export const GRID_WAD: readonly bigint[] = Array.from(
  { length: GRID_POINTS },
  (_, place) => BigInt(place) * GRID_STEP_WAD,
);

export const FALL_AXIS: ChartAxis = numberAxis("Fall");

/** Text of a place on the axis of falls. */
export function axisFallText(percent: number): string {
  return percent === 0 ? "now" : `−${percent}%`;
}

/** What is drawn of a shock. */
export interface StressCurves {
  readonly loss: readonly ChartSeries[];
  readonly atRisk: readonly ChartSeries[];
  /** Why the oracle-marked curves cannot be drawn. */
  readonly unknown: Figure;
  /** Every asset that falls has a fixed oracle price: only the market mark can see the fall. */
  readonly isBlind: boolean;
  /** Assets without an exchange, which leave the market-marked line out. */
  readonly withoutExit: readonly string[];
}

function pointsOf(
  points: readonly { readonly fallWad: bigint; readonly assets: bigint }[],
  { asset }: RiskBook["state"],
) {
  const { decimals, symbol } = asset;
  return points.map(({ fallWad, assets: value }) => ({
    at: percentOfFall(fallWad),
    value: toChartNumber({ value, decimals }),
    label: formatAmount({ value, decimals, maximumFractionDigits: 0, toward: "up", symbol }),
  }));
}

/** Symbols of held assets that no configured exchange sells for the base asset. */
export function withoutExitOf(book: RiskBook): readonly string[] {
  const missing = new Set<string>();
  for (const position of book.positions) {
    for (const asset of sellableOf(position, book).keys()) {
      if (asset === book.state.asset.address || (book.exits.get(asset)?.length ?? 0) > 0) continue;
      missing.add(book.assets.get(asset)?.symbol ?? asset);
    }
  }
  return [...missing];
}

/** The market-marked loss at one fall, base-asset units. */
export function marketLossAt(
  book: RiskBook,
  at: { readonly assets: readonly Address[]; readonly fallWad: bigint },
): Figure {
  const curve = marketCurveOf(book, { assets: at.assets, fallsWad: [at.fallWad] });
  return mapFigure(curve, ([point]) => point?.badDebtAssets ?? 0n);
}

function isFixed(book: RiskBook, asset: Address): boolean {
  return book.assets.get(asset)?.source.kind === "fixed";
}

/** Both charts of a shock. `marketAssets` are those whose market falls, a fixed oracle price or not. */
export function stressCurvesOf(
  book: RiskBook,
  shock: { readonly assets: readonly Address[]; readonly marketAssets: readonly Address[] },
): StressCurves {
  const oracle = lossCurveOf(book, { assets: shock.assets, fallsWad: GRID_WAD });
  const market = marketCurveOf(book, { assets: shock.marketAssets, fallsWad: GRID_WAD });
  const loss: ChartSeries[] = [];
  const atRisk: ChartSeries[] = [];
  // A shock of fixed oracle prices alone moves nothing that the oracle says: a flat line would look like safety.
  const isBlind = shock.assets.length > 0 && shock.assets.every((asset) => isFixed(book, asset));
  if (oracle.kind === "known" && !isBlind) {
    loss.push({
      id: "oracle",
      label: "Bad debt, oracle-marked",
      color: 5,
      shape: "area",
      points: pointsOf(
        oracle.value.map(({ fallWad, badDebtAssets }) => ({ fallWad, assets: badDebtAssets })),
        book.state,
      ),
    });
    atRisk.push({
      id: "at-risk",
      label: "Debt that could be liquidated",
      color: 1,
      shape: "step-area",
      points: pointsOf(
        oracle.value.map(({ fallWad, liquidationsAtRiskAssets }) => ({
          fallWad,
          assets: liquidationsAtRiskAssets,
        })),
        book.state,
      ),
    });
  }
  if (market.kind === "known") loss.push(marketSeries(market.value, book));
  return {
    loss,
    atRisk,
    isBlind,
    unknown: oracle.kind === "unknown" ? oracle : mapFigure(oracle, () => 0n),
    withoutExit: withoutExitOf(book),
  };
}

function marketSeries(points: readonly MarketCurvePoint[], book: RiskBook): ChartSeries {
  return {
    id: "market",
    label: "Shortfall, market-marked",
    color: 2,
    dash: "dashed",
    points: pointsOf(
      points.map(({ fallWad, badDebtAssets }) => ({ fallWad, assets: badDebtAssets })),
      book.state,
    ),
  };
}

/** The marks over both charts: where the reader stands, and where the loss begins. */
export function curveMarksOf(fallWad: bigint, breakEven: Figure<BreakEven>): readonly ChartAnnotation[] {
  const chosen: ChartAnnotation = {
    at: percentOfFall(fallWad),
    label: "the chosen fall",
    tone: "accent",
  };
  if (breakEven.kind === "unknown" || breakEven.value.kind !== "at") return [chosen];
  const { fallWad: first } = breakEven.value;
  return [
    // Up to the next hundredth: what begins there has not begun before it.
    { at: percentOfFall(first + FALL_STEP_WAD - 1n), label: "LPs begin to lose", tone: "loss" },
    chosen,
  ];
}
