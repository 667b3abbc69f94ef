import { chainFigure, unknown } from "@/domain/figure";
import type { Address, Figure } from "@/domain/model";
import type { RiskBook } from "@/domain/risk/model";
import { type PositionOutcome, positionAt } from "@/domain/risk/outcome";
import { exposedAssetsOf } from "@/domain/risk/position-ahead";
import { pricesAfter } from "@/domain/risk/prices";
import { formatRatio, toSliderPlace } from "@/shared/format";
import { formatHeld, formatOwed } from "@/shared/format-money";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import type { NamedFigure } from "./manager-texts";

/** A fall below zero is a rise. */
export const FALL_RANGE = { min: -50, max: 100, step: 0.5 } as const;

/** What falls, and by how much. */
export interface PriceChoice {
  /** undefined: everything that the position is exposed to, together. */
  readonly asset: Address | undefined;
  /** Per cent, a place on the slider. */
  readonly fallPercent: number;
}

/** A slider's place as a fall, 10^18 = 100 %; two digits behind the point. */
export function fallWadOf(fallPercent: number): bigint {
  return BigInt(Math.round(fallPercent * 100)) * 10n ** 14n;
}

/** A place that an address names; none for what lies outside the slider. */
export function fallPercentFrom(text: string | null): number {
  if (text === null || !/^-?\d{1,3}(\.\d{1,2})?$/u.test(text)) return 0;
  const percent = toSliderPlace(text);
  return percent >= FALL_RANGE.min && percent <= FALL_RANGE.max ? percent : 0;
}

/** The position at the prices of a choice, by the contracts' own formulas. */
export function positionAfter(
  book: RiskBook,
  { manager, choice }: { readonly manager: Address; readonly choice: PriceChoice },
): Figure<PositionOutcome> {
  const position = book.positions.find((one) => one.manager === manager);
  if (position === undefined) return unknown("value-unreadable");
  const assets = choice.asset === undefined ? exposedAssetsOf(book) : [choice.asset];
  const fallWad = fallWadOf(choice.fallPercent);
  const { prices } = pricesAfter(
    book,
    assets.map((asset) => ({ asset, fallWad })),
  );
  return positionAt(position, { book, prices });
}

/** The position then, and what of it is different from now. */
export function priceEffectLines(
  book: RiskBook,
  input: { readonly manager: Address; readonly choice: PriceChoice },
): readonly NamedFigure[] {
  const { symbol, decimals } = book.state.asset;
  const then = positionAfter(book, input);
  const now = positionAfter(book, { ...input, choice: { ...input.choice, fallPercent: 0 } });
  const lineOf = (
    id: string,
    {
      label,
      of,
      unit,
    }: {
      readonly label: string;
      readonly of: (outcome: PositionOutcome) => Figure<string>;
      readonly unit?: string;
    },
  ): NamedFigure => {
    const before = chainFigure(now, of);
    return {
      id,
      label,
      ...(before.kind === "known"
        ? { hint: `now ${before.value}${unit === undefined ? "" : ` ${unit}`}` }
        : {}),
      figure: toFigureText(chainFigure(then, of), {
        text: (text) => text,
        ...(unit === undefined ? {} : { unit }),
        why: WHY_UNKNOWN,
      }),
    };
  };
  const text = (value: string): Figure<string> => ({ kind: "known", value });
  const owed = (value: bigint) => text(formatOwed({ value, decimals }));
  return [
    lineOf("then-value", {
      label: "Worth",
      of: ({ valueAssets }) => text(formatHeld({ value: valueAssets, decimals })),
      unit: symbol,
    }),
    lineOf("then-health", {
      label: "Health",
      of: ({ healthRatioWad }) => chainFigure(healthRatioWad, (ratioWad) => text(formatRatio({ ratioWad }))),
    }),
    lineOf("then-open", {
      label: "Can be liquidated",
      of: ({ canLiquidate }) => text(canLiquidate ? "Yes" : "No"),
    }),
    lineOf("then-payment", {
      label: "A liquidator would pay",
      of: ({ canLiquidate, paymentAssets }) => (canLiquidate ? owed(paymentAssets) : text("nothing")),
    }),
    lineOf("then-bad-debt", {
      label: "Bad debt if closed",
      of: ({ badDebtAssets }) => owed(badDebtAssets),
      unit: symbol,
    }),
    lineOf("then-lp-loss", {
      label: "LPs would lose",
      of: ({ lpLossAssets }) => chainFigure(lpLossAssets, owed),
      unit: symbol,
    }),
  ];
}
