import { mapFigure, unknown } from "@/domain/figure";
import type { PaymentRule } from "@/domain/liquidation";
import type { Address, Figure, StrategyState } from "@/domain/model";
import type { FallMarks } from "@/domain/risk/fall-marks";
import type { FallInterval } from "@/domain/risk/lines";
import type { RiskBook } from "@/domain/risk/model";
import { type Outcome, ruleOf } from "@/domain/risk/outcome";
import type { ParameterPair, WhatIfRow } from "@/domain/risk/what-if";
import { formatInteger, formatRatio, formatRatioPercent } from "@/shared/format";
import { formatOwed } from "@/shared/format-money";
import type { FigureText } from "@/ui/figures/figure-text";
import { fallUpText, owedText, saidText } from "./words";

const WHOLE_WAD = 10n ** 18n;
const POINT_WAD = 10n ** 16n;

/** One manager in the order of falling. */
export interface FallRow {
  readonly order: number;
  readonly manager: Address;
  readonly toLiquidation: string;
  readonly toLiquidationWad: bigint;
  readonly toBadDebt: string;
  readonly toBadDebtWad: bigint;
  readonly debt: string;
  readonly debtAssets: bigint;
  readonly loss: FigureText;
  readonly lossAssets: bigint | undefined;
  /** Below the threshold at the chosen fall. */
  readonly hasFallen: boolean;
}

/** "now", "12.34%", "never"; where a fall mends the position again, up to where. */
function markText(interval: FallInterval | undefined): string {
  if (interval === undefined) return "never";
  const from = interval.fromWad === 0n ? "now" : fallUpText(interval.fromWad);
  return interval.toWad < WHOLE_WAD
    ? `${from}, to ${formatRatioPercent({ ratioWad: interval.toWad })}`
    : from;
}

const placeOf = (interval: FallInterval | undefined): bigint => interval?.fromWad ?? WHOLE_WAD + 1n;

/** Managers in the order in which they fall, each with what it would cost at the chosen fall. */
export function fallRowsOf(
  marks: readonly FallMarks[],
  { outcome, book }: { readonly outcome: Outcome; readonly book: RiskBook },
): readonly FallRow[] {
  const { asset } = book.state;
  const outcomes = new Map(outcome.positions.map((one) => [one.manager, one]));
  return marks.flatMap(({ manager, liquidatable, losing }, place) => {
    const then = outcomes.get(manager);
    if (then === undefined) return [];
    return [
      {
        order: place + 1,
        manager,
        toLiquidation: markText(liquidatable),
        toLiquidationWad: placeOf(liquidatable),
        toBadDebt: markText(losing),
        toBadDebtWad: placeOf(losing),
        debt: formatOwed({ value: then.trueDebtAssets, decimals: asset.decimals }),
        debtAssets: then.trueDebtAssets,
        loss: owedText(then.lpLossAssets, { ...asset, symbol: "" }),
        lossAssets: then.lpLossAssets.kind === "known" ? then.lpLossAssets.value : undefined,
        hasFallen: then.canLiquidate,
      },
    ];
  });
}

/** Today's bond ratio and buffer and their neighbours, each changed alone; plausible ones only. */
export function whatIfPairsOf(strategy: StrategyState): readonly ParameterPair[] {
  const { minBondRatioWad: bond, liquidationBufferWad: buffer } = strategy;
  const pairs: readonly ParameterPair[] = [
    ...[-5n, 0n, 5n, 10n].map((points) => ({
      minBondRatioWad: bond + points * POINT_WAD,
      liquidationBufferWad: buffer,
    })),
    ...[-5n, 5n].map((points) => ({
      minBondRatioWad: bond,
      liquidationBufferWad: buffer + points * POINT_WAD,
    })),
  ];
  return pairs.filter(
    (pair) =>
      (pair.minBondRatioWad === bond && pair.liquidationBufferWad === buffer) ||
      (pair.minBondRatioWad > 0n &&
        pair.liquidationBufferWad >= 0n &&
        pair.liquidationBufferWad < pair.minBondRatioWad),
  );
}

/** One pair of parameters, in words. */
export interface WhatIfLine {
  readonly id: string;
  readonly isToday: boolean;
  readonly bond: string;
  readonly buffer: string;
  readonly threshold: string;
  readonly gap: FigureText;
  readonly newly: FigureText;
  readonly newlyListed: readonly Address[];
  /** LP loss by scenario. */
  readonly losses: readonly FigureText[];
  /** LP loss at the chosen fall if what the pair opens today were closed before. */
  readonly closedFirst: FigureText;
}

/** The table of what another bond ratio or buffer would have changed. */
export function whatIfLinesOf(
  rows: readonly WhatIfRow[],
  { book, closedFirst }: { readonly book: RiskBook; readonly closedFirst: readonly Figure[] },
): readonly WhatIfLine[] {
  const rule: PaymentRule = ruleOf(book);
  const { asset } = book.state;
  const percent = (ratioWad: bigint): string => formatRatioPercent({ ratioWad });
  return rows.map((row, place) => {
    const gap: Figure = rule === "a" ? row.corridor.gapToleranceAWad : row.corridor.gapToleranceBWad;
    return {
      id: `${row.minBondRatioWad}-${row.liquidationBufferWad}`,
      isToday: row.isToday,
      bond: percent(row.minBondRatioWad),
      buffer: percent(row.liquidationBufferWad),
      threshold: formatRatio({ ratioWad: row.corridor.thresholdWad }),
      gap: saidText(gap, percent),
      newly: saidText(
        mapFigure(row.newlyLiquidatable, ({ length }) => length),
        formatInteger,
      ),
      newlyListed: row.newlyLiquidatable.kind === "known" ? row.newlyLiquidatable.value : [],
      losses: row.lpLossAssets.map((loss) => owedText(loss, { ...asset, symbol: "" })),
      closedFirst: owedText(closedFirst[place] ?? unknown("not-published"), { ...asset, symbol: "" }),
    };
  });
}
