import { priceSplitOf } from "@/data/vault/price-split";
import { liquidationThresholdWad } from "@/domain/health";
import type { TimeToLiquidation } from "@/domain/interest";
import { badDebtLineWad } from "@/domain/liquidation";
import { WAD } from "@/domain/math";
import type { Figure, FluxState, VaultState } from "@/domain/model";
import type { ShockMark } from "@/domain/stress";
import {
  formatDate,
  formatDuration,
  formatHash,
  formatInteger,
  formatRatio,
  formatRatioPercent,
} from "@/shared/format";
import { formatHeld, formatOwed } from "@/shared/format-money";
import { YEAR_SECONDS } from "@/shared/unix-time";
import type { FigureText } from "@/ui/figures/figure-text";
import type { Formula } from "@/ui/figures/formula";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import {
  type Distances,
  distancesOf,
  type ManagerFigures,
  managerFiguresOf,
  type PositionParts,
} from "./manager-model";
import type { PositionRow } from "./model";

/** One named figure of a manager's page. */
export interface NamedFigure {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly figure: FigureText;
  readonly formula?: Formula;
}

/** One mark and how far it is. */
export interface DistanceLine {
  readonly id: string;
  readonly mark: string;
  readonly health: FigureText;
  /** Fall of the whole position's value. */
  readonly valueFall: FigureText;
  /** Fall of everything that is not the base asset; loading until the composition is read. */
  readonly priceFall: FigureText;
}

/** Beyond a hundred years a date says nothing. */
const DATED_SECONDS = 100n * YEAR_SECONDS;

interface Words {
  readonly symbol: string;
  readonly held: (value: bigint) => string;
  readonly owed: (value: bigint) => string;
  readonly block: string;
}

function wordsOf({ asset, block }: VaultState): Words {
  return {
    symbol: asset.symbol,
    held: (value) => formatHeld({ value, decimals: asset.decimals }),
    owed: (value) => formatOwed({ value, decimals: asset.decimals }),
    block: `block ${formatInteger(block.number)} (${formatHash(block.hash)})`,
  };
}

const known = (text: string, unit?: string): FigureText => ({
  kind: "known",
  text,
  ...(unit === undefined ? {} : { unit }),
});

/** The parts of what is owed and of what stands against it. */
export function debtPartsOf(row: PositionRow, state: VaultState): readonly NamedFigure[] {
  const { position, shortfall } = row;
  const { held, owed, symbol } = wordsOf(state);
  const figures = managerFiguresOf(row, state);
  return [
    { id: "principal", label: "Principal", figure: known(owed(position.principalAssets), symbol) },
    {
      id: "interest",
      label: "Accrued interest",
      hint: yearlyHint(figures, owed, symbol),
      figure: known(owed(position.accruedInterestAssets), symbol),
    },
    {
      id: "debt",
      label: "True debt",
      hint: "principal and interest",
      figure: known(owed(shortfall.trueDebtAssets), symbol),
    },
    {
      id: "bond",
      label: "Bond",
      hint: "the manager's own stake",
      figure: known(held(position.bondAssets), symbol),
    },
    {
      id: "working-capital",
      label: "Working capital",
      hint: "base asset not yet put to use",
      figure: known(held(position.workingCapitalAssets), symbol),
    },
    {
      id: "value",
      label: "Value of the position",
      hint: "by the oracle",
      figure: toFigureText(shortfall.valueAssets, { text: held, unit: symbol, why: WHY_UNKNOWN }),
    },
  ];
}

function yearlyHint(
  figures: Figure<ManagerFigures>,
  owed: (value: bigint) => string,
  symbol: string,
): string {
  if (figures.kind === "unknown") return "since the last repayment";
  return `grows by ${owed(figures.value.yearlyInterestAssetsDown)} ${symbol} a year`;
}

/** What closing the position now would do. */
export function closingOf(row: PositionRow, state: VaultState): readonly NamedFigure[] {
  const { shortfall } = row;
  const { held, owed, symbol } = wordsOf(state);
  const figures = managerFiguresOf(row, state);
  const gain: Figure = figures.kind === "known" ? figures.value.liquidatorGainAssets : figures;
  const lost = (figure: Figure) => toFigureText(figure, { text: owed, unit: symbol, why: WHY_UNKNOWN });
  return [
    {
      id: "can-liquidate",
      label: "Can be liquidated now",
      hint:
        shortfall.source === "quoted" ? "the strategy's own answer" : "modelled: the strategy did not answer",
      figure: toFigureText(shortfall.canLiquidate, { text: (can) => (can ? "Yes" : "No"), why: WHY_UNKNOWN }),
    },
    {
      id: "payment",
      label: "A liquidator would pay",
      hint: shortfall.source,
      figure: toFigureText(shortfall.paymentAssets, { text: owed, unit: symbol, why: WHY_UNKNOWN }),
    },
    {
      id: "gain",
      label: "and keep, by the oracle",
      hint: "before slippage and gas",
      figure: toFigureText(gain, { text: held, unit: symbol, why: WHY_UNKNOWN }),
    },
    { id: "bad-debt", label: "Bad debt", figure: lost(shortfall.badDebtIfClosedAssets) },
    {
      id: "lp-loss",
      label: "LPs would lose",
      hint: "bad debt less the fee part of unpaid interest",
      figure: lost(shortfall.lpLossIfClosedAssets),
    },
    {
      id: "insolvency",
      label: "Worth less than its debt by",
      hint: "whatever a liquidator pays",
      figure: lost(shortfall.insolvencyAssets),
    },
  ];
}

/** The four figures at the top of a manager's page. */
export function managerHeadlineOf(row: PositionRow, state: VaultState): readonly NamedFigure[] {
  const { shortfall } = row;
  const { held, owed, symbol, block } = wordsOf(state);
  const health = toFigureText(row.healthWad, {
    text: (ratioWad) => formatRatio({ ratioWad }),
    why: WHY_UNKNOWN,
  });
  const isBelow = row.band === "liquidatable";
  const cushion = toFigureText(row.fallToThresholdWad, {
    text: (ratioWad) => (isBelow ? "below already" : formatRatioPercent({ ratioWad })),
    why: WHY_UNKNOWN,
  });
  const value = toFigureText(shortfall.valueAssets, { text: held, unit: symbol, why: WHY_UNKNOWN });
  const valueText = value.kind === "known" ? `${value.text} ${symbol}` : "unknown";
  const debtText = `${owed(shortfall.trueDebtAssets)} ${symbol}`;
  const threshold =
    state.flux === undefined
      ? "unknown"
      : formatRatio({ ratioWad: liquidationThresholdWad(state.flux.strategy) });
  const formula = (figure: FigureText, parts: Omit<Formula, "result" | "block">): { formula?: Formula } =>
    figure.kind === "known"
      ? { formula: { ...parts, result: [figure.text, figure.unit ?? ""].join(" ").trim(), block } }
      : {};
  const lpLoss = toFigureText(shortfall.lpLossIfClosedAssets, { text: owed, unit: symbol, why: WHY_UNKNOWN });
  return [
    {
      id: "health",
      label: "Health ratio",
      hint: `value ÷ true debt; liquidatable below ${threshold}`,
      figure: health,
      ...formula(health, {
        expression: "H = ⌊value in USD × 10^18 ÷ debt in USD⌋",
        meaning: "Cut off, never rounded up.",
        inputs: [
          { label: "Value", value: valueText },
          { label: "True debt", value: debtText },
        ],
      }),
    },
    {
      id: "cushion",
      label: "Fall to the threshold",
      hint: "of the whole position's value",
      figure: cushion,
      ...formula(cushion, {
        expression: "1 − T ÷ H, not below zero",
        inputs: [
          { label: "Threshold T", value: threshold },
          { label: "Health H", value: health.kind === "known" ? health.text : "unknown" },
        ],
      }),
    },
    {
      id: "debt",
      label: "True debt",
      hint: "principal and accrued interest",
      figure: known(owed(shortfall.trueDebtAssets), symbol),
    },
    {
      id: "lp-loss",
      label: "LPs would lose if closed now",
      hint: shortfall.source,
      figure: lpLoss,
      ...formula(lpLoss, {
        expression: "bad debt − ⌊fee rate × min(unpaid interest, bad debt)⌋",
        meaning: "Bad debt is the true debt that the payment would not cover.",
        inputs: [
          { label: "True debt", value: debtText },
          {
            label: `Payment, ${shortfall.source}`,
            value:
              shortfall.paymentAssets.kind === "known"
                ? `${owed(shortfall.paymentAssets.value)} ${symbol}`
                : "unknown",
          },
        ],
      }),
    },
  ];
}

function fallText(mark: ShockMark): FigureText {
  switch (mark.kind) {
    case "no-debt":
      return { kind: "unknown", why: WHY_UNKNOWN["no-debt"] };
    case "already":
      return known("already below");
    case "unreachable":
      return known("not even at 100%");
    case "at":
      return known(formatRatioPercent({ ratioWad: mark.shockWad }));
  }
}

const FALL_OF: Readonly<Record<keyof Distances, (distances: Distances) => FigureText>> = {
  toLiquidation: ({ toLiquidation }) => fallText(toLiquidation),
  toBadDebtRuleB: ({ toBadDebtRuleB }) =>
    toBadDebtRuleB.kind === "known"
      ? fallText(toBadDebtRuleB.value)
      : { kind: "unknown", why: WHY_UNKNOWN[toBadDebtRuleB.reason] },
  toInsolvency: ({ toInsolvency }) => fallText(toInsolvency),
};

/** How far each of the vault's marks is: as a fall of the whole value, and of what is not the base asset. */
export function distanceLinesOf(input: {
  readonly row: PositionRow;
  readonly state: VaultState;
  readonly flux: FluxState;
  /** undefined while it is being read. */
  readonly parts: Figure<PositionParts> | undefined;
}): readonly DistanceLine[] {
  const { row, state, flux, parts } = input;
  const figures = managerFiguresOf(row, state);
  const { strategy } = flux;
  const line = badDebtLineWad({ rule: "b", profitMarginWad: strategy.liquidationProfitMarginWad });
  const ratio = (ratioWad: bigint) => formatRatio({ ratioWad });
  const valueFall = (key: keyof Distances): FigureText => {
    const distances = figures.kind === "known" ? figures.value.valueDistances : figures;
    return distances.kind === "known"
      ? FALL_OF[key](distances.value)
      : { kind: "unknown", why: WHY_UNKNOWN[distances.reason] };
  };
  const priceFall = (key: keyof Distances): FigureText => {
    if (parts === undefined) return { kind: "loading" };
    const split = parts.kind === "known" ? priceSplitOf(parts.value, state) : parts;
    if (split.kind === "unknown") return { kind: "unknown", why: WHY_UNKNOWN[split.reason] };
    return FALL_OF[key](
      distancesOf({ split: split.value, trueDebtAssets: row.shortfall.trueDebtAssets, flux }),
    );
  };
  const lineOf = (key: keyof Distances, mark: string, health: FigureText): DistanceLine => ({
    id: key,
    mark,
    health,
    valueFall: valueFall(key),
    priceFall: priceFall(key),
  });
  return [
    lineOf("toLiquidation", "Liquidation threshold T", known(ratio(liquidationThresholdWad(strategy)))),
    lineOf(
      "toBadDebtRuleB",
      "Bad-debt line, if liquidators always keep their margin",
      toFigureText(line, { text: ratio, why: WHY_UNKNOWN }),
    ),
    lineOf("toInsolvency", "Insolvent: value equals debt", known(ratio(WAD))),
  ];
}

/** When interest alone makes the position liquidatable, prices unchanged, as a sentence. */
export function interestSentence(row: PositionRow, state: VaultState): string {
  const figures = managerFiguresOf(row, state);
  const time: Figure<TimeToLiquidation> = figures.kind === "known" ? figures.value.interestTime : figures;
  if (time.kind === "unknown") return `How long interest alone takes is unknown. ${WHY_UNKNOWN[time.reason]}`;
  switch (time.value.kind) {
    case "already":
      return "It is below the threshold already.";
    case "never":
      return "No interest accrues, so time alone does not make it liquidatable.";
    case "in": {
      const { seconds } = time.value;
      const date =
        seconds < DATED_SECONDS ? `, on ${formatDate(state.block.timestampSeconds + seconds)}` : "";
      return `Interest alone, prices unchanged, makes it liquidatable in ${formatDuration(seconds)}${date}.`;
    }
  }
}
