import { mapFigure, unknown } from "@/domain/figure";
import { mulDivUp, sumOf, WAD } from "@/domain/math";
import type { Figure } from "@/domain/model";
import type { Exposure } from "@/domain/risk/collateral";
import type { RiskBook } from "@/domain/risk/model";
import { counted } from "@/shared/counted";
import { formatHash, formatInteger, formatRatioPercent } from "@/shared/format";
import { formatHeld } from "@/shared/format-money";
import type { FigureText } from "@/ui/figures/figure-text";
import type { StatProps } from "@/ui/figures/stat";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import type { AssetsModel } from "./model";

interface StatsInput {
  readonly book: RiskBook;
  readonly model: AssetsModel;
  readonly exposure: Exposure | undefined;
}

/** A part of all collateral, rounded up: an exposure never looks smaller than it is. */
function partUp(part: Figure, whole: Figure): Figure {
  if (part.kind === "unknown") return part;
  if (whole.kind === "unknown") return whole;
  return whole.value <= 0n
    ? unknown("no-assets")
    : { kind: "known", value: mulDivUp({ a: part.value, b: WAD, denominator: whole.value }) };
}

function percent(figure: Figure): FigureText {
  return toFigureText(figure, {
    text: (ratioWad) => formatRatioPercent({ ratioWad, toward: "up" }),
    why: WHY_UNKNOWN,
  });
}

function textOf(figure: FigureText): string {
  return figure.kind === "known" ? figure.text : "unknown";
}

/** The figures over all assets, each with its formula. */
export function assetStatsOf({
  book,
  model,
  exposure,
}: StatsInput): readonly (StatProps & { readonly id: string })[] {
  const { state } = book;
  const { decimals, symbol } = state.asset;
  const { collateral, rows, fixed } = model;
  const block = `block ${formatInteger(state.block.number)} (${formatHash(state.block.hash)})`;
  const total = toFigureText(collateral.totalAssets, {
    text: (value) => formatHeld({ value, decimals }),
    unit: symbol,
    why: WHY_UNKNOWN,
  });
  const exposed = percent(
    partUp({ kind: "known", value: exposure?.valueUsdWad ?? 0n }, collateral.totalUsdWad),
  );
  const fixedUsd = mapFigure(collateral.totalUsdWad, () =>
    sumOf(
      fixed.map(({ holding }) => (holding.valueUsdWad.kind === "known" ? holding.valueUsdWad.value : 0n)),
    ),
  );
  const fixedPart = percent(partUp(fixedUsd, collateral.totalUsdWad));
  const totalInput = { label: "Value of all collateral", value: `${textOf(total)} ${symbol}` };
  return [
    {
      id: "total",
      label: "Collateral of all positions",
      sublabel: `${counted(rows.length, ["asset", "assets"])}, by the oracle`,
      figure: total,
      formula: {
        expression: "Σ ⌊amount × price ÷ 10^decimals⌋, in the base asset",
        meaning: "Each stored part rounded down by itself, as the strategy values it.",
        inputs: [{ label: "Positions", value: formatInteger(book.positions.length) }],
        result: textOf(total),
        block,
      },
    },
    {
      id: "exposed",
      label: "Most exposed to one feed",
      sublabel:
        exposure === undefined
          ? "no market feed moves it"
          : `${exposure.asset.symbol}, shares of it included`,
      figure: exposed,
      formula: {
        expression: "Σ value of what one feed moves ÷ value of all collateral, rounded up",
        meaning: "The base asset aside: a debt is owed in it.",
        inputs: [totalInput],
        result: textOf(exposed),
        block,
      },
    },
    {
      id: "fixed",
      label: "At a fixed price",
      sublabel: "no market reaches it",
      figure: fixedPart,
      tone: fixed.length > 0 ? "loss" : "neutral",
      formula: {
        expression: "Σ value of assets with a fixed oracle ÷ value of all collateral, rounded up",
        inputs: [totalInput],
        result: textOf(fixedPart),
        block,
      },
    },
  ];
}
