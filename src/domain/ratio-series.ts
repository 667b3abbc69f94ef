import { chainFigure, figureOf, known, unknown } from "./figure";
import { eventsOf } from "./history";
import type { Ledger } from "./ledger";
import { compareBigint } from "./math";
import type { BlockRef, Figure, TotalsSample, VaultHistory } from "./model";
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
  | "supplied";

/** Realised bad debt up to the end of one block. Ratios rounded down, 10^18 = 100 %. */
export interface RatioPoint {
  readonly block: BlockRef;
  readonly badDebtAssets: Figure;
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
 * point is unknown, not zero. Lent and supplied need the whole history.
 */
export function ratioSeriesOf(input: {
  readonly samples: readonly TotalsSample[];
  readonly ledger: Ledger;
  readonly history: VaultHistory;
}): readonly RatioPoint[] {
  const { ledger, history } = input;
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
    const badDebtAssets = counter.kind === "known" ? counter : fromHistory(counted);
    const lent = fromHistory(lentUpTo(number));
    const supplied = fromHistory(suppliedUpTo(number));
    const over = (whole: Figure, reason: "no-assets" | "nothing-lent" | "nothing-supplied") =>
      chainFigure(badDebtAssets, (part) =>
        chainFigure(whole, (amount) => ratioWadDown({ part, whole: amount, reason })),
      );
    return {
      block: sample.block,
      badDebtAssets,
      ratioWad: {
        "assets-and-losses": chainFigure(badDebtAssets, (part) =>
          over(known(sample.totalAssets + part), "no-assets"),
        ),
        assets: over(known(sample.totalAssets), "no-assets"),
        lent: over(lent, "nothing-lent"),
        supplied: over(supplied, "nothing-supplied"),
      },
    };
  });
}
