import { known } from "@/domain/figure";
import type { FullLedger } from "@/domain/ledger-model";
import { sumOf } from "@/domain/math";
import type { Figure, VaultState } from "@/domain/model";
import { type RatioDenominator, type RatioPoint, ratioOfWhole, ratioSeriesOf } from "@/domain/ratio-series";
import type { UnrealisedPoint } from "@/report/load-unrealised";
import type { VaultReport } from "@/report/vault-report";
import { formatRatioPercent, toChartNumber, toSafeInteger } from "@/shared/format";
import { formatHeld, formatOwed } from "@/shared/format-money";
import type { ChartAnnotation } from "@/ui/charts/chart-legend";
import type { ChartPoint, ChartSeries } from "@/ui/charts/series";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { type AnyRow, rowIdOf, rowIdText, rowsNewestFirst } from "./ledger-row-id";

/** A ratio is drawn in per cent: 18 decimals less two. */
const PERCENT_DECIMALS = 16;

interface DenominatorChoice {
  readonly value: RatioDenominator;
  readonly label: string;
  readonly meaning: string;
}

/** Denominators that a report has by itself. */
export const DENOMINATORS: readonly DenominatorChoice[] = [
  {
    value: "assets-and-losses",
    label: "Assets + bad debt",
    meaning: "of total assets plus the bad debt itself; it can never exceed 100 %",
  },
  { value: "assets", label: "Assets", meaning: "of total assets" },
  { value: "lent", label: "Lent", meaning: "of everything ever lent" },
  { value: "supplied", label: "Supplied", meaning: "of everything ever deposited" },
];

/** All of them: the value locked takes every manager's state at old blocks. */
export const ALL_DENOMINATORS: readonly DenominatorChoice[] = [
  ...DENOMINATORS,
  {
    value: "tvl",
    label: "TVL",
    meaning: "of total value locked: total assets plus managers' bonds and working capital",
  },
];

/** A denominator from the address; anything else is the default. */
export function denominatorOf(text: string | null): RatioDenominator {
  return ALL_DENOMINATORS.find(({ value }) => value === text)?.value ?? "assets-and-losses";
}

/** The denominator in words, for the line that is drawn. */
export function denominatorMeaning(denominator: RatioDenominator): string {
  return ALL_DENOMINATORS.find(({ value }) => value === denominator)?.meaning ?? "";
}

/** What a ratio chart is drawn from. */
export interface RatioChartInput {
  readonly report: VaultReport;
  readonly denominator: RatioDenominator;
  /** The unrealised shortfall over time, where it was read. */
  readonly unrealised?: readonly UnrealisedPoint[] | undefined;
}

/**
 * Bad debt as a part of the denominator over time: realised, and where it was read unrealised, oracle-marked and
 * market-marked, all over the same denominator. What is not known is a gap. Ratios are cut upwards in words.
 */
export function ratioSeries(input: RatioChartInput): readonly ChartSeries[] {
  const { report, denominator, unrealised } = input;
  const { series, ledger, history } = report;
  const readAt = new Map(unrealised?.map((point) => [point.block.hash, point]));
  const points = ratioSeriesOf({
    samples: series.samples,
    ledger,
    history,
    collateralAt: ({ hash }) => readAt.get(hash)?.collateralAssets ?? collateralNow(report, hash) ?? NOT_READ,
  });
  // The newest block is in the report's own headline; heads between the reading and now have no point.
  const now = report.snapshot.state.block.hash;
  const of = (part: (point: UnrealisedPoint) => Figure, partNow?: Figure) =>
    points.flatMap((point): readonly ChartPoint[] => {
      const { block, wholeAssets } = point;
      const read = readAt.get(block.hash);
      const amount = read === undefined ? (block.hash === now ? partNow : undefined) : part(read);
      return amount === undefined ? [] : [pointOf(point, ratioOfWhole(amount, { denominator, wholeAssets }))];
    });
  const realised: ChartSeries = {
    id: "realised",
    label: `Realised, ${denominatorMeaning(denominator)}`,
    color: 1,
    shape: "step-area",
    points: points.map((point) => pointOf(point, point.ratioWad[denominator])),
  };
  if (unrealised === undefined) return [realised];
  return [
    realised,
    {
      id: "unrealised",
      label: "Unrealised, oracle-marked",
      color: 2,
      dash: "dashed",
      points: of(({ shortfallAssets }) => shortfallAssets, report.headline.unrealisedShortfallAssets),
    },
    {
      id: "unrealised-market",
      label: "Unrealised, market-marked",
      color: 3,
      dash: "dotted",
      points: of(({ marketShortfallAssets }) => marketShortfallAssets),
    },
    ...(unrealised.some(isAtLeast)
      ? [
          {
            id: "unrealised-market-at-least",
            label: "market-marked, at least (some assets have no pool)",
            color: 4,
            dash: "dotted",
            points: of((point) => (isAtLeast(point) ? point.marketAtLeastAssets : NOT_READ)),
          } as const,
        ]
      : []),
  ];
}

/** Whether only a part of the market mark is known at a point: the rest can only add to it. */
function isAtLeast({ marketShortfallAssets, marketAtLeastAssets }: UnrealisedPoint): boolean {
  return marketShortfallAssets.kind === "unknown" && marketAtLeastAssets.kind === "known";
}

const NOT_READ: Figure = { kind: "unknown", reason: "snapshot-incomplete" };

/** At the report's own block every manager is read anyway. */
function collateralNow({ completeness }: VaultReport, hash: string): Figure | undefined {
  if (completeness.kind !== "complete" || completeness.snapshot.state.block.hash !== hash) return undefined;
  return known(
    sumOf(
      completeness.snapshot.managers.map(
        ({ bondAssets, workingCapitalAssets }) => bondAssets + workingCapitalAssets,
      ),
    ),
  );
}

/** The unrealised ratio now, U ÷ A: one level to compare the realised line with, drawn at its own moment only. */
export function unrealisedThreshold(
  report: VaultReport,
): { readonly value: number; readonly label: string } | undefined {
  const ratio = report.headline.badDebtRatioOfAssetsWad;
  if (ratio.kind === "unknown" || ratio.value === 0n) return undefined;
  return {
    value: toChartNumber({ value: ratio.value, decimals: PERCENT_DECIMALS }),
    label: `Unrealised now ${formatRatioPercent({ ratioWad: ratio.value, fractionDigits: 3, toward: "up" })} of assets`,
  };
}

function pointOf(point: Pick<RatioPoint, "block">, ratio: Figure): ChartPoint {
  const at = toSafeInteger(point.block.timestampSeconds);
  if (ratio.kind === "unknown") return { at, value: undefined, label: WHY_UNKNOWN[ratio.reason] };
  return {
    at,
    value: toChartNumber({ value: ratio.value, decimals: PERCENT_DECIMALS }),
    label: formatRatioPercent({ ratioWad: ratio.value, fractionDigits: 4, toward: "up" }),
  };
}

/** Losses, falls and recoveries as flags on a chart over time, each leading to its row where `rowHref` says so. */
export function ledgerFlags(
  ledger: Pick<FullLedger, "events" | "falls">,
  {
    state,
    rowHref,
  }: { readonly state: VaultState; readonly rowHref?: ((row: string) => string) | undefined },
): readonly ChartAnnotation[] {
  return rowsNewestFirst(ledger)
    .toReversed()
    .map((row): ChartAnnotation => {
      const flag = flagOf(row, state);
      return rowHref === undefined ? flag : { ...flag, href: rowHref(rowIdText(rowIdOf(row))) };
    })
    .sort((a, b) => a.at - b.at);
}

function flagOf(row: AnyRow, state: VaultState): ChartAnnotation {
  const { decimals, symbol } = state.asset;
  switch (row.kind) {
    case "loss":
      return {
        at: toSafeInteger(row.row.atSeconds),
        label: `Bad debt ${formatOwed({ value: row.row.badDebtAssets, decimals, symbol })}`,
        tone: "loss",
      };
    case "fall":
      return {
        at: toSafeInteger(row.row.to.timestampSeconds),
        label: `${state.flux === undefined ? "Suspected loss" : "Unexplained fall"} ${formatOwed({ value: row.row.lpLossAssets, decimals, symbol })}`,
        tone: "danger",
      };
    case "recovery":
      return {
        at: toSafeInteger(row.row.atSeconds),
        label: `Recovered ${formatHeld({ value: row.row.assets, decimals, symbol })}`,
        tone: "ok",
      };
  }
}
