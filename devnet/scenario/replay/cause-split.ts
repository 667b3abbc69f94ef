import { excess } from "./fixed-point";

export type LossCause = "gap" | "delay" | "execution";

/** What bad debt is made of, in base-asset units. The three parts add up to the bad debt; delay may be negative. */
export interface CauseSplit {
  readonly gapAssets: bigint;
  /** Negative: waiting helped. */
  readonly delayAssets: bigint;
  readonly executionAssets: bigint;
  readonly dominant: LossCause;
}

export interface PositionMark {
  readonly valueAssets: bigint;
  readonly debtAssets: bigint;
}

/**
 * Splits bad debt by cause. Gap: what was already missing in the first block in which the position could be
 * liquidated. Delay: what went missing from there to the liquidation. Execution: what the liquidator was paid
 * below the position's value.
 */
export function splitCause(args: {
  readonly first: PositionMark;
  readonly settled: PositionMark;
  readonly paymentAssets: bigint;
}): CauseSplit {
  const missingFirst = excess(args.first.debtAssets, args.first.valueAssets);
  const missingAtEnd = excess(args.settled.debtAssets, args.settled.valueAssets);
  const gapAssets = missingFirst;
  const delayAssets = missingAtEnd - missingFirst;
  const executionAssets = args.settled.debtAssets - args.paymentAssets - missingAtEnd;
  const parts: readonly (readonly [LossCause, bigint])[] = [
    ["gap", gapAssets],
    ["delay", delayAssets],
    ["execution", executionAssets],
  ];
  const [dominant] = parts.reduce((best, part) => (part[1] > best[1] ? part : best));
  return { gapAssets, delayAssets, executionAssets, dominant };
}
