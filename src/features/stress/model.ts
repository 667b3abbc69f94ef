import { bothFigures, chainFigure, mapFigure, sumFigures } from "@/domain/figure";
import { liquidationThresholdWad } from "@/domain/health";
import type { Address, Figure } from "@/domain/model";
import { type BreakEven, breakEvenOf, type FallMarks, fallMarksOf } from "@/domain/risk/fall-marks";
import type { Prices, RiskBook } from "@/domain/risk/model";
import { type Outcome, outcomeAt } from "@/domain/risk/outcome";
import { pricesAfter, todaysPrices } from "@/domain/risk/prices";
import { type ParameterPair, type WhatIfRow, whatIfTableOf } from "@/domain/risk/what-if";
import {
  choosableAssets,
  fixedAssets,
  PRESET_FALLS_WAD,
  type StressChoice,
  shockedAssets,
  shockName,
  shocksOf,
} from "./choice";
import { marketLossAt, type StressCurves, stressCurvesOf } from "./curves";
import { whatIfPairsOf } from "./tables";

/** What depends on which assets fall, but not on how far. */
export interface ShockModel {
  readonly what: string;
  readonly assets: readonly Address[];
  /** Assets whose market falls, a fixed oracle price or not. */
  readonly marketAssets: readonly Address[];
  readonly breakEven: Figure<BreakEven>;
  readonly marks: Figure<readonly FallMarks[]>;
  readonly curves: StressCurves;
  readonly whatIf: Figure<readonly WhatIfRow[]>;
  /** Symbols of held assets with a fixed oracle price. */
  readonly fixed: readonly string[];
}

/** What depends on the fall as well. */
export interface FallModel {
  readonly outcome: Outcome;
  /** Shortfall marked to the market at this fall. */
  readonly marketLossAssets: Figure;
  /** Assets that were to fall and whose oracle price does not. */
  readonly unmoved: readonly Address[];
  /** LP loss of each pair of the what-if table at this fall, in one step. */
  readonly whatIf: Figure<readonly WhatIfRow[]>;
  /** The same, if everything that the pair opens today were closed before; by row. */
  readonly closedFirst: readonly Figure[];
  /** The fall is a preset, which the table has already. */
  readonly isPreset: boolean;
}

/** Everything about what falls. */
export function shockModelOf(book: RiskBook, choice: Pick<StressChoice, "kind" | "assets">): ShockModel {
  const assets = shockedAssets(book, choice);
  // On the market everything can fall that somebody could sell, whatever its oracle says.
  const marketAssets = choice.kind === "all" ? choosableAssets(book).map(({ address }) => address) : assets;
  return {
    what: shockName(book, choice),
    assets,
    marketAssets,
    breakEven: breakEvenOf(book, assets),
    marks: fallMarksOf(book, assets),
    curves: stressCurvesOf(book, { assets, marketAssets }),
    whatIf: whatIfAt(book, { assets, fallsWad: PRESET_FALLS_WAD }),
    fixed: fixedAssets(book).map(({ symbol }) => symbol),
  };
}

/** Everything about one fall, to the unit. */
export function fallModelOf(
  book: RiskBook,
  at: { readonly shock: Pick<ShockModel, "assets" | "marketAssets">; readonly fallWad: bigint },
): FallModel {
  const { fallWad } = at;
  const { assets, marketAssets } = at.shock;
  const { prices, fixed: unmoved } = pricesAfter(book, shocksOf(assets, fallWad));
  return {
    outcome: outcomeAt(book, { prices }),
    marketLossAssets: marketLossAt(book, { assets: marketAssets, fallWad }),
    unmoved,
    whatIf: whatIfAt(book, { assets, fallsWad: [fallWad] }),
    closedFirst: pairsOf(book).map((pair) => closedFirstLoss(book, { pair, prices })),
    isPreset: PRESET_FALLS_WAD.includes(fallWad),
  };
}

function pairsOf({ state }: RiskBook): readonly ParameterPair[] {
  return state.flux === undefined ? [] : whatIfPairsOf(state.flux.strategy);
}

function whatIfAt(
  book: RiskBook,
  at: { readonly assets: readonly Address[]; readonly fallsWad: readonly bigint[] },
): Figure<readonly WhatIfRow[]> {
  const scenarios = at.fallsWad.map((fallWad) => pricesAfter(book, shocksOf(at.assets, fallWad)).prices);
  return whatIfTableOf(book, { pairs: pairsOf(book), scenarios });
}

/**
 * LP loss of a fall if liquidators closed first, at today's prices, everything that a pair's threshold opens: what that
 * closing leaves, and after it what the fall costs of the rest.
 */
function closedFirstLoss(
  book: RiskBook,
  at: { readonly pair: ParameterPair; readonly prices: Prices },
): Figure {
  const thresholdWad = liquidationThresholdWad(at.pair);
  const now = outcomeAt(book, { prices: todaysPrices(book), thresholdWad });
  const then = outcomeAt(book, { prices: at.prices, thresholdWad });
  const closed = new Set(now.positions.filter((one) => one.canLiquidate).map(({ manager }) => manager));
  const rest = then.positions.filter(({ manager }) => !closed.has(manager));
  const lost = sumFigures(rest.map((one) => one.lpLossAssets));
  // A partial book has no total, whatever its rest adds up to.
  return chainFigure(then.lpLossAssets, () =>
    mapFigure(bothFigures(now.lpLossAssets, lost), ([first, after]) => first + after),
  );
}

/** The rows of the table: losses in one step for every scenario, and behind them the chosen fall after a closing. */
export function joinedWhatIf(shock: ShockModel, fall: FallModel): readonly WhatIfRow[] {
  if (shock.whatIf.kind === "unknown" || fall.whatIf.kind === "unknown") return [];
  const chosen = fall.whatIf.value;
  return shock.whatIf.value.map((row, place) => ({
    ...row,
    lpLossAssets: [
      ...(fall.isPreset ? row.lpLossAssets : [...row.lpLossAssets, ...(chosen[place]?.lpLossAssets ?? [])]),
    ],
  }));
}
