import { known, unknown } from "../figure";
import { liquidationThresholdWad } from "../health";
import { type Corridor, corridorOf } from "../liquidation";
import type { Address, Figure } from "../model";
import type { Prices, RiskBook } from "./model";
import { outcomeAt } from "./outcome";
import { todaysPrices } from "./prices";

/** A choice of the two parameters that set the threshold, 10^18 = 100 %. */
export interface ParameterPair {
  readonly minBondRatioWad: bigint;
  readonly liquidationBufferWad: bigint;
}

/** What a pair of parameters would change for the book as it stands. */
export interface WhatIfRow extends ParameterPair {
  readonly isToday: boolean;
  readonly corridor: Corridor;
  /** Managers that could not be liquidated today and could then, at today's prices. */
  readonly newlyLiquidatable: Figure<readonly Address[]>;
  /** LP loss of each given scenario under this threshold, in their order. */
  readonly lpLossAssets: readonly Figure[];
}

/**
 * The same book under other bond ratios and buffers: a higher threshold closes positions earlier, while they are worth
 * more. The positions themselves stay as they are: nobody is taken to have posted more bond. Unknown "not-published"
 * for a vault that is not Flux.
 */
export function whatIfTableOf(
  book: RiskBook,
  input: { readonly pairs: readonly ParameterPair[]; readonly scenarios: readonly Prices[] },
): Figure<readonly WhatIfRow[]> {
  const flux = book.state.flux;
  if (flux === undefined) return unknown("not-published");
  const prices = todaysPrices(book);
  const now = outcomeAt(book, { prices });
  const openNow = new Set(now.positions.filter((one) => one.canLiquidate).map(({ manager }) => manager));
  return known(
    input.pairs.map((pair) => {
      const thresholdWad = liquidationThresholdWad(pair);
      const then = outcomeAt(book, { prices, thresholdWad });
      const newly = then.positions.filter(
        ({ canLiquidate, manager }) => canLiquidate && !openNow.has(manager),
      );
      return {
        ...pair,
        isToday:
          pair.minBondRatioWad === flux.strategy.minBondRatioWad &&
          pair.liquidationBufferWad === flux.strategy.liquidationBufferWad,
        corridor: corridorOf({ ...flux.strategy, ...pair }),
        newlyLiquidatable:
          then.badDebtAssets.kind === "unknown"
            ? then.badDebtAssets
            : known(newly.map(({ manager }) => manager)),
        lpLossAssets: input.scenarios.map(
          (scenario) => outcomeAt(book, { prices: scenario, thresholdWad }).lpLossAssets,
        ),
      };
    }),
  );
}
