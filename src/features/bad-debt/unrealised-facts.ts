import type { Figure, VaultState } from "@/domain/model";
import type { UnrealisedPoint } from "@/report/load-unrealised";
import { formatAddress, formatInteger } from "@/shared/format";
import { formatHeld, formatOwed } from "@/shared/format-money";
import type { FigureText } from "@/ui/figures/figure-text";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";

/** The two marks of the newest point, beside each other, and what is missing of the second one. */
export interface UnrealisedFact {
  readonly key: string;
  readonly label: string;
  readonly figure: FigureText;
  readonly note?: string;
}

/** The newest point in words: by the oracle, and by what the configured pools would pay. */
export function unrealisedFacts(
  points: readonly UnrealisedPoint[],
  state: VaultState,
): readonly UnrealisedFact[] {
  const last = points.at(-1);
  if (last === undefined) return [];
  const at = `at block ${formatInteger(last.block.number)}`;
  const note = marketNote(last, state);
  return [
    {
      key: "oracle",
      label: `Unrealised shortfall, oracle-marked, ${at}`,
      note: "\u03a3 max(0, D \u2212 minPay) over managers that could be liquidated",
      figure: amount(last.shortfallAssets, state, formatOwed),
    },
    {
      key: "market",
      label: `Unrealised shortfall, market-marked, ${at}`,
      note,
      figure: amount(last.marketShortfallAssets, state, formatOwed),
    },
    {
      key: "collateral",
      label: `Put up by managers, ${at}`,
      note: "bonds and working capital; with total assets, the value locked",
      figure: amount(last.collateralAssets, state, formatHeld),
    },
  ];
}

function amount(figure: Figure, state: VaultState, format: typeof formatOwed): FigureText {
  const { decimals, symbol } = state.asset;
  return toFigureText(figure, {
    text: (value) => format({ value, decimals }),
    unit: symbol,
    why: WHY_UNKNOWN,
  });
}

function marketNote(
  { marketShortfallAssets, marketAtLeastAssets, assetsWithoutPool }: UnrealisedPoint,
  state: VaultState,
): string {
  const rule =
    "\u03a3 max(0, D \u2212 (1 \u2212 m)(1 \u2212 s) V), sold through the depth of the configured pools";
  if (marketShortfallAssets.kind === "known") return rule;
  if (assetsWithoutPool.length === 0) return `${rule}; no pool is configured for this vault`;
  const { decimals, symbol } = state.asset;
  const atLeast =
    marketAtLeastAssets.kind === "known"
      ? `at least ${formatHeld({ value: marketAtLeastAssets.value, decimals, symbol })}; `
      : "";
  return `${rule}; ${atLeast}no pool is configured for ${assetsWithoutPool.map(formatAddress).join(", ")}`;
}
