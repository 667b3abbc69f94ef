import { chainFigure, figureOf, known, mapFigure, unknown } from "./figure";
import { eventsOf } from "./history";
import type { Ledger } from "./ledger";
import { compareBigint } from "./math";
import type { BlockRef, Figure, TotalsSample, UnknownReason, VaultHistory } from "./model";
import { ratioWadDown } from "./ratio";

/** What a bad-debt ratio is a part of. Its name belongs beside every figure. */
export type RatioDenominator =
  /** ΣB / (A + ΣB): total assets as if nothing had been lost. */
  | "assets-and-losses"
  /** ΣB / A. */
  | "assets"
  /** ΣB / everything ever lent. */
  | "lent"
  /** ΣB / everything ever deposited. */
  | "supplied"
  /** ΣB / the value locked: total assets and what managers have put up (bonds and working capital). */
  | "tvl";

/** Realised bad debt up to the end of one block. Ratios rounded down, 10^18 = 100 %. */
export interface RatioPoint {
  readonly block: BlockRef;
  readonly badDebtAssets: Figure;
  /** What it is a part of. */
  readonly wholeAssets: Readonly<Record<RatioDenominator, Figure>>;
  readonly ratioWad: Readonly<Record<RatioDenominator, Figure>>;
}

/** Running sums over logs in order, asked for at ascending blocks. */
function runningSum<T extends { readonly blockNumber: bigint }>(
  logs: readonly T[],
  amountOf: (log: T) => bigint,
) {
  let next = 0;
  let sum = 0n;
  return (blockNumber: bigint): bigint => {
    for (let log = logs[next]; log !== undefined && log.blockNumber <= blockNumber; log = logs[next]) {
      sum += amountOf(log);
      next += 1;
    }
    return sum;
  };
}

/**
 * The realised bad-debt ratio over time, for every denominator, at the samples' blocks, in their order in time.
 * The contract's counter at a block outranks the ledger's sum; without a counter and with a partial history the
 * point is unknown, not zero. Lent and supplied need the whole history, the value locked what managers had put up at
 * that block.
 */
export function ratioSeriesOf(input: {
  readonly samples: readonly TotalsSample[];
  readonly ledger: Ledger;
  readonly history: VaultHistory;
  /** Bonds and working capital of all managers at the end of a block; without it the value locked is unknown. */
  readonly collateralAt?: ((block: BlockRef) => Figure) | undefined;
}): readonly RatioPoint[] {
  const { ledger, history, collateralAt } = input;
  const { grossBadDebtAssets } = ledger.totals;
  // A vault that publishes no losses has not lost nothing.
  const notPublished =
    grossBadDebtAssets.kind === "unknown" && grossBadDebtAssets.reason === "not-published"
      ? grossBadDebtAssets
      : undefined;
  const samples = [...input.samples].sort((a, b) => compareBigint(a.block.number, b.block.number));
  const lossesUpTo = runningSum(ledger.losses, ({ badDebtAssets }) => badDebtAssets);
  const lentUpTo = runningSum(eventsOf(history, "borrowed"), ({ assets }) => assets);
  const suppliedUpTo = runningSum(eventsOf(history, "deposit"), ({ assets }) => assets);
  return samples.map((sample) => {
    const { number } = sample.block;
    const isCovered = history.complete && number <= history.toBlock;
    const fromHistory = (sum: bigint): Figure => (isCovered ? known(sum) : unknown("history-partial"));
    const counter = figureOf(sample.totalBadDebtAssets, "not-published");
    const counted = lossesUpTo(number);
    const badDebtAssets = counter.kind === "known" ? counter : (notPublished ?? fromHistory(counted));
    const collateral = collateralAt?.(sample.block) ?? unknown("snapshot-incomplete");
    const wholeAssets: RatioPoint["wholeAssets"] = {
      "assets-and-losses": mapFigure(badDebtAssets, (part) => sample.totalAssets + part),
      assets: known(sample.totalAssets),
      lent: fromHistory(lentUpTo(number)),
      supplied: fromHistory(suppliedUpTo(number)),
      tvl: mapFigure(collateral, (put) => sample.totalAssets + put),
    };
    const over = (denominator: RatioDenominator): Figure =>
      ratioOfWhole(badDebtAssets, { denominator, wholeAssets });
    return {
      block: sample.block,
      badDebtAssets,
      wholeAssets,
      ratioWad: {
        "assets-and-losses": over("assets-and-losses"),
        assets: over("assets"),
        lent: over("lent"),
        supplied: over("supplied"),
        tvl: over("tvl"),
      },
    };
  });
}

/** Why a ratio to an empty whole has no meaning. */
const EMPTY: Readonly<Record<RatioDenominator, UnknownReason>> = {
  "assets-and-losses": "no-assets",
  assets: "no-assets",
  lent: "nothing-lent",
  supplied: "nothing-supplied",
  tvl: "no-assets",
};

/** An amount as a part of one of a point's wholes, rounded down, 10^18 = 100 %. */
export function ratioOfWhole(
  partAssets: Figure,
  of: { readonly denominator: RatioDenominator } & Pick<RatioPoint, "wholeAssets">,
): Figure {
  const reason = EMPTY[of.denominator];
  return chainFigure(partAssets, (part) =>
    chainFigure(of.wholeAssets[of.denominator], (whole) => ratioWadDown({ part, whole, reason })),
  );
}
