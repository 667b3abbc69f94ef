import { bothFigures, figureOf, mapFigure } from "@/domain/figure";
import { basePricingOf, valueAssetsDown } from "@/domain/health";
import { mulDivDown, WAD } from "@/domain/math";
import type { Address, Figure, ManagerState, VaultState } from "@/domain/model";
import { formatAmount, formatInteger, formatRatioPercent } from "@/shared/format";
import { formatHeld } from "@/shared/format-money";
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
  readonly balance: FigureText;
  readonly value: FigureText;
  readonly share: FigureText;
  readonly isBaseAsset: boolean;
}

/** The parts of a position and what each is worth in the base asset, as the wrappers report them. */
export function compositionLinesOf(input: {
  readonly parts: PositionParts;
  readonly state: VaultState;
  readonly position: ManagerState;
}): readonly CompositionLine[] {
  const { parts, state, position: whose } = input;
  const { symbol, decimals } = state.asset;
  const pricing = basePricingOf(state);
  const whole = figureOf(whose.valueUsdWad, "value-unreadable");
  const valueOf = (valueUsdWad: bigint | undefined): FigureText =>
    toFigureText(
      mapFigure(bothFigures(figureOf(valueUsdWad, "value-unreadable"), pricing), ([value, base]) =>
        valueAssetsDown({ ...base, valueUsdWad: value }),
      ),
      { text: (value) => formatHeld({ value, decimals }), why: WHY_UNKNOWN },
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
  const held = (
    what: string,
    { balance, valueUsdWad }: { balance: bigint; valueUsdWad: bigint | undefined },
  ): CompositionLine => ({
    key: what,
    what,
    wrapper: undefined,
    underlying: state.asset.address,
    balance: balanceText(balance, decimals),
    value: valueOf(valueUsdWad),
    share: shareOf(valueUsdWad),
    isBaseAsset: true,
  });
  return [
    held(`Bond, ${symbol}`, { balance: whose.bondAssets, valueUsdWad: parts.bondValueUsdWad }),
    held(`Working capital, ${symbol}`, {
      balance: whose.workingCapitalAssets,
      valueUsdWad: parts.workingCapitalValueUsdWad,
    }),
    ...(parts.wrappers ?? []).flatMap((wrapper) => {
      const { positions = [], symbol: own = "Wrapped asset" } = wrapper;
      return positions.map((position, index) => ({
        key: `${wrapper.wrapper}:${position.positionId}`,
        what: positions.length === 1 ? own : `${own}, position ${formatInteger(index + 1)}`,
        wrapper: wrapper.wrapper,
        underlying: wrapper.underlying,
        balance: balanceText(position.balance, wrapper.decimals),
        value: valueOf(position.valueUsdWad),
        share: shareOf(position.valueUsdWad),
        isBaseAsset: wrapper.underlying === state.asset.address,
      }));
    }),
  ];
}

/** A balance in whole tokens; in the token's own units where its decimals are not known, and said so. */
function balanceText(balance: bigint | undefined, decimals: number | undefined): FigureText {
  if (balance === undefined) return { kind: "unknown", why: "The wrapper does not say." };
  if (decimals === undefined) return { kind: "known", text: formatInteger(balance), unit: "units" };
  return { kind: "known", text: formatAmount({ value: balance, decimals, maximumFractionDigits: 6 }) };
}

/** What the table cannot show because the vault does not list it. */
export function unlistedNote(parts: PositionParts): string | undefined {
  if (parts.wrappers === undefined) return "The vault does not list this manager's wrappers.";
  const silent = parts.wrappers.filter(({ positions }) => positions === undefined).length;
  return silent === 0 ? undefined : `${formatInteger(silent)} of the wrappers do not list their positions.`;
}
