import { bothFigures, figureOf, mapFigure } from "@/domain/figure";
import { basePricingOf, valueAssetsDown } from "@/domain/health";
import { mulDivDown, WAD } from "@/domain/math";
import type { Address, Figure, VaultState } from "@/domain/model";
import { formatAmount, formatInteger, formatRatioPercent } from "@/shared/format";
import type { FigureText } from "@/ui/figures/figure-text";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import type { PositionParts } from "./manager-model";

/** One part of a position. */
export interface CompositionLine {
  readonly key: string;
  readonly what: string;
  /** The wrapper; undefined for bond and working capital, which the base asset's own wrapper holds. */
  readonly wrapper: Address | undefined;
  readonly underlying: Address | undefined;
  readonly balance: string;
  readonly value: FigureText;
  readonly share: FigureText;
  readonly isBaseAsset: boolean;
}

/** The parts of a position and what each is worth in the base asset, as the wrappers report them. */
export function compositionLinesOf(input: {
  readonly parts: PositionParts;
  readonly state: VaultState;
  readonly positionValueUsdWad: bigint | undefined;
}): readonly CompositionLine[] {
  const { parts, state } = input;
  const { symbol, decimals } = state.asset;
  const pricing = basePricingOf(state);
  const whole = figureOf(input.positionValueUsdWad, "value-unreadable");
  const valueOf = (valueUsdWad: bigint | undefined): FigureText =>
    toFigureText(
      mapFigure(bothFigures(figureOf(valueUsdWad, "value-unreadable"), pricing), ([value, base]) =>
        valueAssetsDown({ ...base, valueUsdWad: value }),
      ),
      { text: (value) => formatAmount({ value, decimals }), why: WHY_UNKNOWN },
    );
  const shareOf = (valueUsdWad: bigint | undefined): FigureText => {
    const share: Figure = mapFigure(
      bothFigures(figureOf(valueUsdWad, "value-unreadable"), whole),
      ([value, total]) => (total === 0n ? 0n : mulDivDown({ a: value, b: WAD, denominator: total })),
    );
    return toFigureText(share, {
      text: (ratioWad) => formatRatioPercent({ ratioWad, fractionDigits: 1 }),
      why: WHY_UNKNOWN,
    });
  };
  const held = (what: string, valueUsdWad: bigint | undefined): CompositionLine => ({
    key: what,
    what,
    wrapper: undefined,
    underlying: state.asset.address,
    balance: "",
    value: valueOf(valueUsdWad),
    share: shareOf(valueUsdWad),
    isBaseAsset: true,
  });
  return [
    held(`Bond, ${symbol}`, parts.bondValueUsdWad),
    held(`Working capital, ${symbol}`, parts.workingCapitalValueUsdWad),
    ...parts.wrappers.flatMap((wrapper) =>
      wrapper.positions.map((position, index) => ({
        key: `${wrapper.wrapper}:${position.positionId}`,
        what: [wrapper.symbol ?? "Wrapped asset", index === 0 ? "" : `position ${formatInteger(index + 1)}`]
          .join(" ")
          .trim(),
        wrapper: wrapper.wrapper,
        underlying: wrapper.underlying,
        balance:
          wrapper.decimals === undefined
            ? `${formatInteger(position.balance)} units`
            : formatAmount({
                value: position.balance,
                decimals: wrapper.decimals,
                maximumFractionDigits: 6,
              }),
        value: valueOf(position.valueUsdWad),
        share: shareOf(position.valueUsdWad),
        isBaseAsset: wrapper.underlying === state.asset.address,
      })),
    ),
  ];
}
