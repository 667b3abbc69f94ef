import type { Figure, VaultState } from "@/domain/model";
import type { RiskBook } from "@/domain/risk/model";
import { formatHash, formatInteger, formatRatioPercent } from "@/shared/format";
import { formatOwed } from "@/shared/format-money";
import type { FigureText } from "@/ui/figures/figure-text";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";

/** Reasons as they read where prices are moved. */
const WHY = {
  ...WHY_UNKNOWN,
  "no-price": "An asset of the book has no price.",
  "not-published": "The vault or its configuration does not publish what this needs.",
} as const;

/** An amount that is lost or owed, with its unit. */
export function owedText(figure: Figure, { decimals, symbol }: VaultState["asset"]): FigureText {
  return toFigureText(figure, {
    text: (value) => formatOwed({ value, decimals }),
    unit: symbol,
    why: WHY,
  });
}

/** A count. */
export function countText(figure: Figure<number>): FigureText {
  return toFigureText(figure, { text: (value) => formatInteger(value), why: WHY });
}

/** Any figure in words that the caller makes. */
export function saidText<Value>(figure: Figure<Value>, text: (value: Value) => string): FigureText {
  return toFigureText(figure, { text, why: WHY });
}

/** A figure for a formula's inputs: known or the reason, in one line. */
export function inputText(figure: FigureText): string {
  switch (figure.kind) {
    case "known":
      return figure.unit === undefined ? figure.text : `${figure.text} ${figure.unit}`;
    case "unknown":
      return `unknown: ${figure.why}`;
    case "loading":
      return "loading";
  }
}

/** A fall to its last shown digit, upwards: a mark that is reached at this fall is not reached before it. */
export function fallUpText(fallWad: bigint): string {
  return formatRatioPercent({ ratioWad: fallWad, toward: "up" });
}

/** "block 1,234 (0x12ab…89cd)". */
export function blockText({ state }: Pick<RiskBook, "state">): string {
  return `block ${formatInteger(state.block.number)} (${formatHash(state.block.hash)})`;
}
