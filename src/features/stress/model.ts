import type { Address, Figure } from "@/domain/model";
import { type BreakEven, breakEvenOf, type FallMarks, fallMarksOf } from "@/domain/risk/fall-marks";
import type { RiskBook } from "@/domain/risk/model";
import { type Outcome, outcomeAt } from "@/domain/risk/outcome";
import { pricesAfter } from "@/domain/risk/prices";
import { type WhatIfRow, whatIfTableOf } from "@/domain/risk/what-if";
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
  /** LP loss of each pair of the what-if table at this fall. */
  readonly whatIf: Figure<readonly WhatIfRow[]>;
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
  };
}

function whatIfAt(
  book: RiskBook,
  at: { readonly assets: readonly Address[]; readonly fallsWad: readonly bigint[] },
): Figure<readonly WhatIfRow[]> {
  const { flux } = book.state;
  const scenarios = at.fallsWad.map((fallWad) => pricesAfter(book, shocksOf(at.assets, fallWad)).prices);
  return whatIfTableOf(book, { pairs: flux === undefined ? [] : whatIfPairsOf(flux.strategy), scenarios });
}

/** The table's rows with the chosen fall behind the presets. */
export function joinedWhatIf(
  shock: Figure<readonly WhatIfRow[]>,
  fall: Figure<readonly WhatIfRow[]>,
): readonly WhatIfRow[] {
  if (shock.kind === "unknown" || fall.kind === "unknown") return [];
  return shock.value.map((row, place) => ({
    ...row,
    lpLossAssets: [...row.lpLossAssets, ...(fall.value[place]?.lpLossAssets ?? [])],
  }));
}
