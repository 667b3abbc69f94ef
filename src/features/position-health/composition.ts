import { bothFigures, figureOf, mapFigure } from "@/domain/figure";
import { basePricingOf, valueAssetsDown } from "@/domain/health";
import { bestSaleOf } from "@/domain/market";
import { mulDivDown, unitOf, WAD } from "@/domain/math";
import type { Address, Figure, ManagerState, VaultState } from "@/domain/model";
import type { RiskAsset, RiskBook } from "@/domain/risk/model";
import { formatAmount, formatInteger, formatRatioPercent } from "@/shared/format";
import { formatHeld } from "@/shared/format-money";
import { sanitiseText } from "@/shared/text";
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
  /** Where its price comes from, in words. */
  readonly pricedBy: FigureText;
  /** What the exchanges would pay for this part alone. */
  readonly market: FigureText;
  readonly isBaseAsset: boolean;
}

/** The parts of a position and what each is worth in the base asset, as the wrappers report them. */
export function compositionLinesOf(input: {
  readonly parts: PositionParts;
  readonly state: VaultState;
  readonly position: ManagerState;
  /** undefined while it is read. */
  readonly book: RiskBook | undefined;
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
    ...marketOf(input, { asset: state.asset.address, balance }),
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
        ...marketOf(input, { asset: wrapper.underlying, balance: position.balance }),
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

const SOURCE_WORDS = {
  market: "market feed",
  fixed: "fixed price",
  unknown: "unknown source",
} as const;

function pricedByText({ source }: RiskAsset, book: RiskBook): string {
  if (source.kind !== "exchange-rate") return SOURCE_WORDS[source.kind];
  return `exchange rate into ${sanitiseText(book.assets.get(source.of)?.symbol ?? "its asset", 16)}`;
}

/** How an asset is priced, and what the exchanges of the book's block would pay for an amount of it. */
function marketOf(
  { book, state }: { readonly book: RiskBook | undefined; readonly state: VaultState },
  { asset, balance }: { readonly asset: Address | undefined; readonly balance: bigint | undefined },
): Pick<CompositionLine, "pricedBy" | "market"> {
  const waiting: FigureText = { kind: "loading" };
  if (book === undefined) return { pricedBy: waiting, market: waiting };
  const found = asset === undefined ? undefined : book.assets.get(asset);
  const silent: FigureText = { kind: "unknown", why: "The wrapper does not say." };
  if (found === undefined || balance === undefined) return { pricedBy: silent, market: silent };
  const proceeds = proceedsOf(book, { asset: found, balance });
  return {
    pricedBy: { kind: "known", text: pricedByText(found, book) },
    market:
      proceeds === undefined
        ? { kind: "unknown", why: "No exchange is configured for it." }
        : { kind: "known", text: formatHeld({ value: proceeds, decimals: state.asset.decimals }) },
  };
}

/** Base-asset units, rounded down by the exchange; shares of a vault are first redeemed at their oracle's rate. */
function proceedsOf(
  book: RiskBook,
  { asset, balance }: { readonly asset: RiskAsset; readonly balance: bigint },
): bigint | undefined {
  const { source, decimals } = asset;
  const [sold, amount] =
    source.kind === "exchange-rate"
      ? [source.of, (balance * source.assetsPerWholeShare) / unitOf(decimals)]
      : [asset.address, balance];
  if (sold === book.state.asset.address || amount === 0n) return amount;
  return bestSaleOf(book.exits.get(sold) ?? [], { asset: sold, amount })?.proceedsAssets;
}

/** What the table cannot show because the vault does not list it, and how the market's column came about. */
export function compositionNote(parts: PositionParts, book: RiskBook | undefined): string | undefined {
  const market =
    book === undefined
      ? undefined
      : `In the market: what the configured exchanges paid at block ${formatInteger(book.state.block.number)} for each part by itself.`;
  const words = [unlistedNote(parts), market].filter((one) => one !== undefined);
  return words.length === 0 ? undefined : words.join(" ");
}

/** What the table cannot show because the vault does not list it. */
function unlistedNote(parts: PositionParts): string | undefined {
  if (parts.wrappers === undefined) return "The vault does not list this manager's wrappers.";
  const silent = parts.wrappers.filter(({ positions }) => positions === undefined).length;
  return silent === 0 ? undefined : `${formatInteger(silent)} of the wrappers do not list their positions.`;
}
