import { type PricedParts, type PriceSplit, priceSplitOf } from "@/data/vault/price-split";
import { chainFigure, mapFigure } from "@/domain/figure";
import { fallToThresholdWadDown, liquidationThresholdWad } from "@/domain/health";
import type { Figure, VaultState } from "@/domain/model";
import { liquidationShockOf, type ShockMark } from "@/domain/stress";
import { formatInteger, formatRatio, formatRatioPercent } from "@/shared/format";
import type { FigureText } from "@/ui/figures/figure-text";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import type { CandidateRow } from "./candidates";

/** One line of why a position cannot be liquidated. */
export interface NotOpenFact {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly figure: FigureText;
}

/** Why a position cannot be liquidated at a block, and what would change that. */
export interface NotOpen {
  readonly title: string;
  readonly why: string;
  readonly facts: readonly NotOpenFact[];
}

/** Whether the chain, or the documented rule where it does not answer, says that nobody may liquidate. */
export function isNotOpen({ shortfall }: CandidateRow): boolean {
  return shortfall.canLiquidate.kind === "known" && !shortfall.canLiquidate.value;
}

interface NotOpenInput {
  readonly row: CandidateRow;
  readonly state: VaultState;
  /** What the position is made of; undefined while it is being read. */
  readonly parts: Figure<PricedParts> | undefined;
}

/**
 * Why a position that owes cannot be liquidated: its health against the threshold T, and the falls that would bring it
 * below, of the whole value (`1 − T/H`) and of everything that is not the base asset. Both cut off; any fall further
 * than that is enough. Source: Flux documentation, liquidation page, "liquidatable when H < T".
 */
export function notOpenOf({ row, state, parts }: NotOpenInput): NotOpen {
  const { symbol } = state.asset;
  const fallWad = fallToThresholdWadDown(row.position, state);
  const thresholdWad: Figure =
    state.flux === undefined
      ? { kind: "unknown", reason: "not-published" }
      : { kind: "known", value: liquidationThresholdWad(state.flux.strategy) };
  const threshold = toFigureText(thresholdWad, {
    text: (ratioWad) => formatRatio({ ratioWad, toward: "up" }),
    why: WHY_UNKNOWN,
  });
  return {
    title: `It cannot be liquidated at block ${formatInteger(state.block.number)}`,
    why: whyOf(row, { threshold, fallWad }),
    facts: [
      { id: "health", label: "Health ratio", hint: "value ÷ true debt", figure: row.text.health },
      {
        id: "threshold",
        label: "Liquidation threshold T",
        hint: "liquidatable only below it",
        figure: threshold,
      },
      {
        id: "value-fall",
        label: "Fall of the whole value to T",
        hint: "any further makes it liquidatable",
        figure: toFigureText(fallWad, {
          text: (ratioWad) => (ratioWad === 0n ? "below already" : formatRatioPercent({ ratioWad })),
          why: WHY_UNKNOWN,
        }),
      },
      {
        id: "price-fall",
        label: "Fall of its other assets to T",
        hint: `all but ${symbol}, falling alike`,
        figure: priceFallText({ row, state, parts, thresholdWad }),
      },
    ],
  };
}

function whyOf(
  { text: { health } }: CandidateRow,
  { threshold, fallWad }: { readonly threshold: FigureText; readonly fallWad: Figure },
): string {
  if (health.kind !== "known" || threshold.kind !== "known" || fallWad.kind === "unknown")
    return "The strategy itself says so. Its health could not be computed here.";
  if (fallWad.value === 0n)
    return `Its health ratio of ${health.text} is not above the threshold of ${threshold.text} by our arithmetic, but the strategy itself says no, and the vault asks the strategy.`;
  return `Its health ratio of ${health.text} stands above the liquidation threshold of ${threshold.text}, and the vault refuses to liquidate anybody who is not below it.`;
}

function priceFallText(input: NotOpenInput & { readonly thresholdWad: Figure }): FigureText {
  const { row, state, parts, thresholdWad } = input;
  if (parts === undefined) return { kind: "loading" };
  const split: Figure<PriceSplit> = chainFigure(parts, (known) => priceSplitOf(known, state));
  const mark: Figure<ShockMark> = chainFigure(thresholdWad, (wad) =>
    mapFigure(split, (book) =>
      liquidationShockOf({
        ...book,
        trueDebtAssets: row.shortfall.trueDebtAssets,
        thresholdWad: wad,
      }),
    ),
  );
  return toFigureText(mark, { text: markText, why: WHY_UNKNOWN });
}

function markText(mark: ShockMark): string {
  switch (mark.kind) {
    case "no-debt":
      return "nothing owed";
    case "already":
      return "below already";
    case "unreachable":
      return "not even at 100%";
    case "at":
      return formatRatioPercent({ ratioWad: mark.shockWad });
  }
}
