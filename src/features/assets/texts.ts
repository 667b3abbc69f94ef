import type { RoundsRead } from "@/data/risk/use-asset-oracles";
import type { Figure } from "@/domain/model";
import { type DeviationStanding, deviationStandingOf } from "@/domain/risk/collateral";
import type { Volatility, WorstFall } from "@/domain/risk/volatility";
import { counted } from "@/shared/counted";
import {
  formatDate,
  formatDuration,
  formatExactAmount,
  formatRatio,
  formatRatioPercent,
  formatTimestamp,
} from "@/shared/format";
import type { FigureText } from "@/ui/figures/figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import type { Tone } from "@/ui/tone";
import { type AgeStanding, type AssetRow, ageSecondsOfRound, ageStandingOf, type FeedKind } from "./model";

export const NOT_PUBLISHED = "not published";

/** A feed's kind in a word, how it is marked, and what it means for a reader. */
export const KIND_WORD: Readonly<
  Record<FeedKind, { readonly word: string; readonly tone: Tone; readonly meaning: string }>
> = {
  market: { word: "Market feed", tone: "neutral", meaning: "The price is a market feed's newest answer." },
  "exchange-rate": {
    word: "Exchange rate",
    tone: "accent",
    meaning:
      "Shares of another vault: its own conversion times the price of what is inside. The conversion has no market.",
  },
  fixed: {
    word: "Fixed price",
    tone: "loss",
    meaning: "The price is written into the oracle: no market reaches it, whatever happens outside.",
  },
  unknown: {
    word: "Unknown source",
    tone: "stale",
    meaning: "The oracle does not say where its price comes from, nor does the configuration.",
  },
};

/** A short text with a tone: the words carry the meaning, the tone repeats it. */
export interface TonedText {
  readonly text: string;
  readonly tone: Tone;
  /** Said beside it: "beyond the margin". */
  readonly note: string | undefined;
}

const DEVIATION: Readonly<Record<DeviationStanding, Pick<TonedText, "tone"> & { readonly note?: string }>> = {
  within: { tone: "neutral" },
  "beyond-half": { tone: "caution", note: "beyond half the margin" },
  beyond: { tone: "loss", note: "beyond the margin" },
};

/** "0.43% above": the oracle against another price, with the danger line; undefined where there is no other price. */
export function deviationText(deviation: Figure, profitMarginWad: bigint): TonedText | undefined {
  if (deviation.kind === "unknown") return undefined;
  const { value } = deviation;
  const { tone, note } = DEVIATION[deviationStandingOf(value, profitMarginWad)];
  const size = formatRatioPercent({ ratioWad: value < 0n ? -value : value, toward: "up" });
  const text = value === 0n ? "none" : `${size} ${value > 0n ? "above" : "below"}`;
  return { text, tone, note };
}

const AGE: Readonly<Record<AgeStanding, Pick<TonedText, "tone" | "note">>> = {
  fresh: { tone: "neutral", note: undefined },
  late: { tone: "caution", note: "past its heartbeat" },
  "very-late": { tone: "loss", note: "past twice its heartbeat" },
  "no-heartbeat": { tone: "neutral", note: undefined },
};

/** A price's age and how it stands; undefined for a price without a round. */
export function ageText(row: AssetRow, nowSeconds: bigint): TonedText | undefined {
  const age = ageSecondsOfRound(row, nowSeconds);
  if (age.kind === "unknown") return undefined;
  return { text: formatDuration(age.value), ...AGE[ageStandingOf(age.value, row.heartbeatSeconds)] };
}

export function heartbeatText({ heartbeatSeconds }: AssetRow): string {
  return heartbeatSeconds === undefined ? NOT_PUBLISHED : formatDuration(heartbeatSeconds);
}

/** Why a price that moves without rounds has no age. */
export function noRoundText({ kind }: AssetRow): string {
  if (kind === "fixed") return "none: fixed";
  return NOT_PUBLISHED;
}

/** A year's volatility, cut off: "63.1%". */
export function volatilityText({ yearly }: Volatility): string {
  const ratioWad = BigInt(Math.floor(yearly * 1e9)) * 1_000_000_000n;
  return formatRatioPercent({ ratioWad, fractionDigits: 1 });
}

/** "4.21% on 2026-08-28"; a price that never fell says so. */
export function worstFallText({ fallWad, toSeconds }: WorstFall): {
  readonly fall: string;
  readonly when: string;
} {
  return fallWad === 0n
    ? { fall: "no fall", when: "" }
    : { fall: formatRatioPercent({ ratioWad: fallWad, toward: "up" }), when: formatDate(toSeconds) };
}

/** From when to when a fall was, for a closer look. */
export function worstFallSpan({ fromSeconds, toSeconds }: WorstFall): string {
  return `${formatTimestamp(fromSeconds)} to ${formatTimestamp(toSeconds)}`;
}

const END_WORDS: Readonly<Record<RoundsRead["end"], string>> = {
  covered: "half a year was asked for",
  "first-round": "the feed gives no older round",
  limit: "no more were asked for",
};

/** How much of the past the figures stand on: never a forecast. */
export function sampleText({ rounds, end }: RoundsRead): string {
  const first = rounds[0];
  if (first === undefined) return "no rounds";
  return `${counted(rounds.length, ["round", "rounds"])} since ${formatDate(first.atSeconds)}; ${END_WORDS[end]}`;
}

export function percentText(figure: Figure, fractionDigits = 2): FigureText {
  return figure.kind === "unknown"
    ? { kind: "unknown", why: WHY_UNKNOWN[figure.reason] }
    : { kind: "known", text: formatRatioPercent({ ratioWad: figure.value, fractionDigits }) };
}

/** "0.42": a Herfindahl index, cut off. */
export function herfindahlText(herfindahlWad: bigint): string {
  return formatRatio({ ratioWad: herfindahlWad, fractionDigits: 2 });
}

/** "2.4×", rounded up: a holding never looks easier to sell than it is. */
export function timesText(timesWad: bigint): string {
  return `${formatRatio({ ratioWad: timesWad, fractionDigits: 2, toward: "up" })}×`;
}

/** Days at one depth a day, whole days and part of the last one counted up to a tenth. */
export function daysText(timesWad: bigint): string {
  return `${formatRatio({ ratioWad: timesWad, fractionDigits: 1, toward: "up" })} d`;
}

/** A price in dollars with as many digits as it takes to tell four of them apart. */
export function priceText(priceUsdWad: Figure): FigureText {
  if (priceUsdWad.kind === "unknown") return { kind: "unknown", why: WHY_UNKNOWN[priceUsdWad.reason] };
  return {
    kind: "known",
    text: formatRatio({
      ratioWad: priceUsdWad.value,
      fractionDigits: priceUsdWad.value >= 100n * 10n ** 18n ? 2 : 6,
    }),
  };
}

/** A feed's answer as the feed gives it. */
export function answerText(answer: bigint | undefined, decimals: number | undefined): string {
  if (answer === undefined || decimals === undefined) return "unknown";
  return formatExactAmount({ value: answer, decimals });
}
