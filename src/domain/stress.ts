import { healthRatioOfWadDown, isBelowThreshold } from "./health";
import { badDebtAssets, type PaymentRule, paymentDown } from "./liquidation";
import { minOf, mulDivDown, WAD, zeroFloorSub } from "./math";
import type { Figure } from "./model";

/** A position split by what a price shock moves. Base-asset units. */
export interface StressedBook {
  /** Bond, working capital and wrappers of the base asset itself: no shock reaches them. */
  readonly baseAssets: bigint;
  /** Everything else. */
  readonly riskyAssets: bigint;
  readonly trueDebtAssets: bigint;
}

/** The fall of risky assets at which something happens. */
export type ShockMark =
  | { readonly kind: "no-debt" }
  /** It is so without any fall. */
  | { readonly kind: "already" }
  /** Not even a fall of 100 % gets there. */
  | { readonly kind: "unreachable" }
  /** At this fall, rounded down, 10^18 = 100 %. */
  | { readonly kind: "at"; readonly shockWad: bigint };

/** `1 − (level × D − B) / A`: the fall at which `B + (1 − s) A` comes down to `level × D`. */
function shockTo(book: StressedBook, levelWad: bigint): ShockMark {
  if (book.trueDebtAssets === 0n) return { kind: "no-debt" };
  // Everything times 10^18, so that the only rounding is the last division.
  const roomWad = (book.baseAssets + book.riskyAssets) * WAD - levelWad * book.trueDebtAssets;
  if (roomWad < 0n) return { kind: "already" };
  if (roomWad > book.riskyAssets * WAD) return { kind: "unreachable" };
  if (book.riskyAssets === 0n) return { kind: "unreachable" };
  return { kind: "at", shockWad: roomWad / book.riskyAssets };
}

/** The fall of risky assets at which health reaches the threshold; any further and it is liquidatable. */
export function liquidationShockOf(book: StressedBook & { readonly thresholdWad: bigint }): ShockMark {
  return shockTo(book, book.thresholdWad);
}

/** The fall of risky assets at which the position is worth exactly its debt. */
export function insolvencyShockOf(book: StressedBook): ShockMark {
  return shockTo(book, WAD);
}

/** A position after a shock. */
export interface StressResult {
  readonly valueAssets: bigint;
  readonly healthRatioWad: Figure;
  readonly canLiquidate: boolean;
  readonly paymentAssets: bigint;
  /** Bad debt of a liquidation then; zero for what cannot be liquidated. Always modelled. */
  readonly badDebtAssets: bigint;
}

/**
 * One position after risky assets fell by `shockWad` (clamped to 0 to 100 %): `V = B + (1 − s) A`, the risky part
 * rounded down; payment by the model's rule.
 */
export function stressOf(
  input: StressedBook & {
    readonly shockWad: bigint;
    readonly thresholdWad: bigint;
    readonly profitMarginWad: bigint;
    readonly rule: PaymentRule;
  },
): StressResult {
  const { trueDebtAssets, profitMarginWad, rule } = input;
  const shockWad = input.shockWad < 0n ? 0n : minOf(input.shockWad, WAD);
  const keptRisky = mulDivDown({ a: input.riskyAssets, b: zeroFloorSub(WAD, shockWad), denominator: WAD });
  const valueAssets = input.baseAssets + keptRisky;
  const paymentAssets = paymentDown({ rule, valueAssets, trueDebtAssets, profitMarginWad });
  const canLiquidate = isBelowThreshold({
    value: valueAssets,
    debt: trueDebtAssets,
    thresholdWad: input.thresholdWad,
  });
  return {
    valueAssets,
    healthRatioWad: healthRatioOfWadDown({ value: valueAssets, debt: trueDebtAssets }),
    canLiquidate,
    paymentAssets,
    badDebtAssets: canLiquidate ? badDebtAssets({ trueDebtAssets, paymentAssets }) : 0n,
  };
}
