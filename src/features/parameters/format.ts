import type { Figure } from "@/domain/model";
import { formatAmount, formatRatio, formatRatioPercent } from "@/shared/format";
import type { FigureText } from "@/ui/figures/figure-text";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";

/** Decimals of a per cent of a ratio with 18. */
const PERCENT_DECIMALS = 16;

/** A parameter as a per cent with every digit that it has: "12.5%". Nothing of a parameter is ever cut off. */
export function exactPercent(ratioWad: bigint): string {
  return `${formatAmount({ value: ratioWad, decimals: PERCENT_DECIMALS, maximumFractionDigits: PERCENT_DECIMALS })}%`;
}

/** A parameter's digits for a form: "12.5". */
export function percentDigits(ratioWad: bigint): string {
  return exactPercent(ratioWad).slice(0, -1).replaceAll(",", "");
}

/** A width or a fall as a per cent, cut off. */
export function percent(ratioWad: bigint): string {
  return formatRatioPercent({ ratioWad });
}

/** A health ratio, cut off: "1.100". */
export function ratio(ratioWad: bigint): string {
  return formatRatio({ ratioWad });
}

/** A figure as a per cent, with the reason where it is not known. */
export function percentFigure(figure: Figure): FigureText {
  return toFigureText(figure, { text: percent, why: WHY_UNKNOWN });
}

/** A figure as a health ratio. */
export function ratioFigure(figure: Figure): FigureText {
  return toFigureText(figure, { text: ratio, why: WHY_UNKNOWN });
}

/** A figure's text alone, for a table of before and after. */
export function textOf(figure: FigureText): string {
  return figure.kind === "known" ? figure.text : "unknown";
}
