import { toSafeInteger } from "@/shared/format";
import { bothFigures, known, unknown } from "../figure";
import { compareBigint, WAD, zeroFloorSub } from "../math";
import type { Figure } from "../model";
import type { Prices, RiskBook } from "./model";
import { todaysPrices } from "./prices";
import { answerAt, momentsOf, type RoundsByAsset } from "./rounds";
import { prepareScenarios } from "./scenarios";

/** What today's book would have lost over one past span. */
export interface HistorySample {
  readonly fromSeconds: bigint;
  readonly toSeconds: bigint;
  /** LP loss if all that could be liquidated after the span's moves were closed, less what is open already; never negative. */
  readonly addedLpLossAssets: bigint;
  readonly addedBadDebtAssets: bigint;
}

/** Quantile and tail of a set of past losses. History, not a forecast. */
export interface HistoryRisk {
  readonly horizonSeconds: bigint;
  readonly samples: readonly HistorySample[];
  readonly firstSeconds: bigint;
  readonly lastSeconds: bigint;
  /** LP loss that the given part of the samples did not exceed. */
  readonly valueAtRiskAssets: bigint;
  /** Mean of the samples from that one on, rounded up. */
  readonly expectedShortfallAssets: bigint;
  readonly worst: HistorySample;
}

/** Today's prices moved as the feeds moved over one span, all assets over the same span; undefined where one has no answer. */
function movedPrices(input: {
  readonly today: Prices;
  readonly book: RiskBook;
  readonly rounds: RoundsByAsset;
  readonly fromSeconds: bigint;
  readonly toSeconds: bigint;
}): Prices | undefined {
  const { today, book, rounds, fromSeconds, toSeconds } = input;
  const prices = new Map(today);
  for (const [asset, ofAsset] of rounds) {
    const price = today.get(asset);
    const before = answerAt(ofAsset, fromSeconds);
    const after = answerAt(ofAsset, toSeconds);
    if (price === undefined || before === undefined || after === undefined) return undefined;
    if (before.answer <= 0n || after.answer <= 0n) return undefined;
    prices.set(asset, (price * after.answer) / before.answer);
  }
  for (const asset of book.assets.values()) {
    if (asset.source.kind !== "exchange-rate") continue;
    const before = today.get(asset.source.of);
    const after = prices.get(asset.source.of);
    const price = today.get(asset.address);
    if (before === undefined || after === undefined || price === undefined || before === 0n) return undefined;
    prices.set(asset.address, (price * after) / before);
  }
  return prices;
}

/** What historical risk is computed from. */
export interface HistoryRiskInput {
  readonly rounds: RoundsByAsset;
  readonly horizonSeconds: bigint;
  /** 10^18 = 100 %. */
  readonly quantileWad: bigint;
}

/** How many of the moments at which some feed published have been looked at. */
export interface HistoryProgress {
  readonly done: number;
  readonly total: number;
}

/**
 * Historical value at risk and expected shortfall: the overlapping returns of the feeds' own rounds over a horizon,
 * one sample ending at each round, applied to today's book with all assets moved over the same span.
 *
 * The quantile is the ⌈q·n⌉-th smallest sample; the expected shortfall the mean of the samples from there on, rounded
 * up. Samples whose span begins before a feed's first round are left out. Unknown "not-published" without two rounds
 * a horizon apart, "no-price" where a part of the book has no price, "snapshot-incomplete" for a partial book.
 */
export function historyRiskOf(book: RiskBook, input: HistoryRiskInput): Figure<HistoryRisk> {
  const steps = historyRiskSteps(book, input);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** {@link historyRiskOf}, one sample a step, for callers that must be able to stop between two of them. */
export function* historyRiskSteps(
  book: RiskBook,
  { rounds, horizonSeconds, quantileWad }: HistoryRiskInput,
): Generator<HistoryProgress, Figure<HistoryRisk>, void> {
  const today = todaysPrices(book);
  const scenarios = prepareScenarios(book);
  const lossesAt = (prices: Prices): Figure<readonly [bigint, bigint]> => {
    const { lpLossAssets, badDebtAssets } = scenarios.totalsAt(prices);
    return bothFigures(lpLossAssets, badDebtAssets);
  };
  const open = lossesAt(today);
  if (open.kind === "unknown") return open;
  const [openLoss, openBadDebt] = open.value;
  const samples: HistorySample[] = [];
  const moments = momentsOf(rounds);
  for (const [done, toSeconds] of moments.entries()) {
    yield { done, total: moments.length };
    const fromSeconds = toSeconds - horizonSeconds;
    const prices = movedPrices({ today, book, rounds, fromSeconds, toSeconds });
    if (prices === undefined) continue;
    const then = lossesAt(prices);
    if (then.kind === "unknown") return then;
    const [lpLoss, badDebt] = then.value;
    samples.push({
      fromSeconds,
      toSeconds,
      addedLpLossAssets: zeroFloorSub(lpLoss, openLoss),
      addedBadDebtAssets: zeroFloorSub(badDebt, openBadDebt),
    });
  }
  return riskOfSamples(samples, { horizonSeconds, quantileWad });
}

/** Quantile, tail and worst of samples; unknown "not-published" without any. */
export function riskOfSamples(
  samples: readonly HistorySample[],
  { horizonSeconds, quantileWad }: { readonly horizonSeconds: bigint; readonly quantileWad: bigint },
): Figure<HistoryRisk> {
  const ordered = [...samples].sort((a, b) => compareBigint(a.addedLpLossAssets, b.addedLpLossAssets));
  const worst = ordered.at(-1);
  const [first] = samples;
  const last = samples.at(-1);
  if (worst === undefined || first === undefined || last === undefined) return unknown("not-published");
  const count = BigInt(ordered.length);
  const rank = (quantileWad * count + WAD - 1n) / WAD;
  const tail = ordered.slice(-toSafeInteger(count - (rank > 0n ? rank : 1n) + 1n));
  const sum = tail.reduce((total, one) => total + one.addedLpLossAssets, 0n);
  const inTail = BigInt(tail.length);
  return known({
    horizonSeconds,
    samples,
    firstSeconds: first.fromSeconds,
    lastSeconds: last.toSeconds,
    valueAtRiskAssets: tail[0]?.addedLpLossAssets ?? 0n,
    expectedShortfallAssets: (sum + inTail - 1n) / inTail,
    worst,
  });
}
