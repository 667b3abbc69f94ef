import type { Figure } from "@/domain/model";
import type { Range, Standing } from "@/domain/risk/profiles";
import { formatAmount, formatDate, formatRatio, formatRatioPercent } from "@/shared/format";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import type { BoundName, Derived, GapFact } from "./model";

const PERCENT_DECIMALS = 16;

/** A parameter as a per cent with every digit that it has: "12.5%". */
export function exactPercent(ratioWad: bigint): string {
  return `${formatAmount({ value: ratioWad, decimals: PERCENT_DECIMALS, maximumFractionDigits: PERCENT_DECIMALS })}%`;
}

export const BOUND_WORD: Readonly<Record<BoundName, string>> = {
  interestRateWad: "Interest rate",
  minBondRatioWad: "Minimum bond ratio",
  liquidationBufferWad: "Liquidation buffer",
};

/** Where a value stands, in a word. None is better than another. */
export const STANDING_WORD: Readonly<Record<Standing, string>> = {
  inside: "inside",
  below: "below it",
  above: "above it",
  "not-published": "no figure published",
};

/** "5% to 12%", "25% or more"; undefined for a bound that is not published. */
export function rangeText({ fromWad, toWad }: Range): string | undefined {
  if (fromWad === undefined) return toWad === undefined ? undefined : `${exactPercent(toWad)} or less`;
  return toWad === undefined
    ? `${exactPercent(fromWad)} or more`
    : `${exactPercent(fromWad)} to ${exactPercent(toWad)}`;
}

export function percentOf(figure: Figure): string {
  return figure.kind === "known"
    ? formatRatioPercent({ ratioWad: figure.value })
    : `unknown: ${WHY_UNKNOWN[figure.reason]}`;
}

/** One step of the arithmetic: a name, the formula with the vault's own numbers, and what it gives. */
export interface ArithmeticLine {
  readonly key: string;
  readonly label: string;
  readonly steps: string;
  readonly result: string;
}

/** What follows from the parameters, with every number that goes in. Ratios and falls are cut off. */
export function arithmeticOf({ strategy, corridor, drops }: Derived): readonly ArithmeticLine[] {
  const b = exactPercent(strategy.minBondRatioWad);
  const f = exactPercent(strategy.liquidationBufferWad);
  const m = exactPercent(strategy.liquidationProfitMarginWad);
  const t = formatRatio({ ratioWad: corridor.thresholdWad });
  const { leverageWad } = drops;
  return [
    { key: "t", label: "Threshold T", steps: `1 + b − f = 1 + ${b} − ${f}`, result: t },
    {
      key: "cushion",
      label: "LP cushion at the trigger",
      steps: `b − f = ${b} − ${f}, of the debt`,
      result: formatRatioPercent({ ratioWad: corridor.cushionWad }),
    },
    {
      key: "gap-a",
      label: "Gap tolerance g, rule (a)",
      steps: `1 − 1 ÷ T = 1 − 1 ÷ ${t}`,
      result: percentOf(corridor.gapToleranceAWad),
    },
    {
      key: "gap-b",
      label: "Gap tolerance g, rule (b)",
      steps: `1 − 1 ÷ (T × (1 − m)) = 1 − 1 ÷ (${t} × (1 − ${m}))`,
      result: percentOf(corridor.gapToleranceBWad),
    },
    {
      key: "room",
      label: "Fall of value from opening to trigger",
      steps: `f ÷ (1 + b) = ${f} ÷ (1 + ${b})`,
      result: formatRatioPercent({ ratioWad: drops.openingToTriggerWad }),
    },
    {
      key: "to-insolvent",
      label: "Fall of value from opening to insolvent",
      steps: `b ÷ (1 + b) = ${b} ÷ (1 + ${b})`,
      result: formatRatioPercent({ ratioWad: drops.openingToInsolventWad }),
    },
    {
      key: "leverage",
      label: "Borrowed for each bond",
      steps: `1 ÷ b = 1 ÷ ${b}`,
      result:
        leverageWad.kind === "known"
          ? `${formatRatio({ ratioWad: leverageWad.value, fractionDigits: 2 })}×`
          : "no bond asked for",
    },
  ];
}

/** The gap beside the worst hour, as a plain statement of fact. */
export function gapFactText(fact: GapFact): { readonly title: string; readonly text: string } {
  const { exposure, fall, gapWad, rule, isBelow } = fact;
  const { symbol } = exposure.asset;
  const worst = formatRatioPercent({ ratioWad: fall.fallWad, toward: "up" });
  const gap = percentOf(gapWad);
  return {
    title: isBelow
      ? `g ${gap} is below the worst recorded hour of ${symbol}, ${worst}`
      : `g ${gap} is not below the worst recorded hour of ${symbol}, ${worst}`,
    text: `${symbol} moves more of the collateral than any other feed. It fell ${worst} within an hour, up to ${formatDate(fall.toSeconds)}. A position wholly in it and at the trigger could fall ${gap} before LPs lose, under rule (${rule}). History, not a forecast.`,
  };
}
