import { shortfallOf } from "@/domain/bad-debt";
import { known, mapFigure, sumFigures, unknown } from "@/domain/figure";
import type { FigureSource } from "@/domain/headline";
import type { Figure, VaultState } from "@/domain/model";
import { sharePriceOf } from "@/domain/share-price";
import type { VaultReport } from "@/report/vault-report";
import {
  formatAmount,
  formatExactAmount,
  formatHash,
  formatInteger,
  formatRatioPercent,
  formatSharePrice,
} from "@/shared/format";
import { formatMoney } from "@/shared/format-money";
import { estimateNote } from "@/ui/figures/estimate-note";
import type { FigureText } from "@/ui/figures/figure-text";
import type { Formula } from "@/ui/figures/formula";
import { toFigureText } from "@/ui/figures/to-figure-text";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import type { Tone } from "@/ui/tone";

/** One headline figure, ready to be shown: what it is, of what, how it came about. */
export interface HeadlineStat {
  readonly id: string;
  readonly label: string;
  readonly sublabel: string;
  readonly figure: FigureText;
  readonly tone: Tone;
  readonly formula: Formula;
  /** Said beside the figure when the strategy did not answer for every manager. */
  readonly source?: FigureSource;
}

/** Finished texts of one vault's amounts and block. */
interface Words {
  readonly amount: (value: bigint) => string;
  readonly loss: (value: bigint) => string;
  readonly block: string;
  readonly symbol: string;
}

/** The texts of a vault's amounts and of its block. */
export function wordsOf(state: VaultState): Words {
  const { decimals, symbol } = state.asset;
  return {
    amount: (value) => formatMoney({ value, decimals }),
    loss: (value) => formatMoney({ value, decimals, toward: "up" }),
    block: `block ${formatInteger(state.block.number)} (${formatHash(state.block.hash)})`,
    symbol,
  };
}

/** A figure as an input of a formula. */
export const inputText = (figure: Figure, text: (value: bigint) => string): string =>
  figure.kind === "known" ? text(figure.value) : `unknown: ${WHY_UNKNOWN[figure.reason]}`;

const percent = (ratioWad: bigint): string =>
  formatRatioPercent({ ratioWad, fractionDigits: 3, toward: "up" });

function lossTone(figure: Figure): Tone {
  if (figure.kind === "unknown") return "neutral";
  return figure.value > 0n ? "loss" : "neutral";
}

interface StatInput {
  readonly id: string;
  readonly label: string;
  readonly sublabel: string;
  readonly figure: Figure;
  readonly text: (value: bigint) => string;
  readonly unit?: string;
  readonly expression: string;
  readonly meaning: string;
  readonly inputs: readonly { readonly label: string; readonly value: string }[];
  readonly block: string;
  readonly tone?: Tone;
  readonly source?: FigureSource;
}

/** A figure with its words and its formula. */
export function statOf(input: StatInput): HeadlineStat {
  const { figure, text, unit } = input;
  const shown = (value: bigint): string => (unit === undefined ? text(value) : `${text(value)} ${unit}`);
  return {
    id: input.id,
    label: input.label,
    sublabel: input.sublabel,
    figure: toFigureText(figure, { text, why: WHY_UNKNOWN, ...(unit === undefined ? {} : { unit }) }),
    tone: input.tone ?? lossTone(figure),
    formula: {
      expression: input.expression,
      meaning: input.meaning,
      inputs: input.inputs,
      result: inputText(figure, shown),
      block: input.block,
    },
    ...(input.source === undefined ? {} : { source: input.source }),
  };
}

/** The four headline numbers, in the order in which a reader needs them. Losses are cut upwards. */
export function headlineStats(report: VaultReport): readonly HeadlineStat[] {
  const { headline } = report;
  const { state } = report.snapshot;
  const words = wordsOf(state);
  const unit = words.symbol;
  const assets = { label: "A, total assets", value: `${words.amount(state.totalAssets)} ${unit}` };
  const shortfall = {
    label: "U, unrealised shortfall",
    value: inputText(headline.unrealisedShortfallAssets, (value) => `${words.loss(value)} ${unit}`),
  };
  const gross = {
    label: "ΣB, bad debt since the vault began",
    value: inputText(headline.grossBadDebtAssets, (value) => `${words.loss(value)} ${unit}`),
  };
  return [
    statOf({
      id: "unrealised-shortfall",
      label: "Unrealised shortfall",
      sublabel: "bad debt if every liquidatable manager were closed now",
      figure: headline.unrealisedShortfallAssets,
      text: words.loss,
      unit,
      expression: "U = Σ max(0, D − minPay), over liquidatable managers",
      meaning: "What liquidations at this block would leave unpaid, by the strategy's own quotes.",
      inputs: [
        { label: "Managers read", value: formatInteger(report.snapshot.managers.length) },
        {
          label: "What LPs would lose of it",
          value: inputText(headline.unrealisedLpLossAssets, (value) => `${words.loss(value)} ${unit}`),
        },
        {
          label: "Plain insolvency, Σ max(0, D − V)",
          value: inputText(headline.plainInsolvencyAssets, (value) => `${words.loss(value)} ${unit}`),
        },
      ],
      block: words.block,
      source: headline.source,
    }),
    statOf({
      id: "bad-debt-ratio",
      label: "Bad-debt ratio",
      sublabel: "unrealised shortfall, of total assets",
      figure: headline.badDebtRatioOfAssetsWad,
      text: percent,
      expression: "U ÷ A",
      meaning: "The unrealised shortfall as a part of everything the vault holds.",
      inputs: [shortfall, assets],
      block: words.block,
    }),
    statOf({
      id: "realised-loss",
      label: "Realised loss",
      sublabel: "bad debt since the vault began, of assets plus bad debt",
      figure: headline.stockRatioWad,
      text: percent,
      expression: "ΣB ÷ (A + ΣB)",
      meaning: "Everything liquidations left unpaid, as a part of what the vault would hold without it.",
      inputs: [gross, assets],
      block: words.block,
    }),
    statOf({
      id: "loss-rate",
      label: "Loss rate on lending",
      sublabel: "bad debt net of recoveries, of everything ever lent",
      figure: headline.lossRateOnLendingWad,
      text: percent,
      expression: "max(0, ΣB − ΣR) ÷ Σ lent",
      meaning: "What each unit lent has cost so far.",
      inputs: [
        gross,
        {
          label: "ΣR, recovered",
          value: inputText(headline.recoveredAssets, (value) => `${words.amount(value)} ${unit}`),
        },
        {
          label: "Σ lent",
          value: inputText(report.ledger.totals.lentAssets, (value) => `${words.amount(value)} ${unit}`),
        },
      ],
      block: words.block,
    }),
  ];
}

/** Gross, recovered and net: always the three together. */
export function lossStats(report: VaultReport): readonly HeadlineStat[] {
  const { headline } = report;
  const words = wordsOf(report.snapshot.state);
  const unit = words.symbol;
  const row = (label: string, figure: Figure) => ({
    label,
    value: inputText(figure, (value) => `${words.loss(value)} ${unit}`),
  });
  return [
    statOf({
      id: "gross-bad-debt",
      label: "Gross bad debt",
      sublabel: "realised, as the vault counts it",
      figure: headline.grossBadDebtAssets,
      text: words.loss,
      unit,
      expression: "ΣB = Σ (true debt − payment)",
      meaning: "The vault's own counter; the ledger below lists what it is made of.",
      inputs: [row("LP loss of it", headline.lpLossAssets)],
      block: words.block,
    }),
    statOf({
      id: "lp-loss",
      label: "LP loss",
      sublabel: "bad debt less the fee part of unpaid interest",
      figure: headline.lpLossAssets,
      text: words.loss,
      unit,
      expression: "Σ (total assets before − after), inside each liquidation",
      meaning: "What LPs lost. Fees on interest that nobody paid were never theirs.",
      inputs: [row("Gross bad debt", headline.grossBadDebtAssets)],
      block: words.block,
    }),
    statOf({
      id: "recovered",
      label: "Recovered",
      sublabel: "paid into the vault for all shares",
      figure: headline.recoveredAssets,
      text: words.amount,
      unit,
      tone: "neutral",
      expression: "ΣR",
      meaning: "Contributions to the vault, which raise the share price for today's holders.",
      inputs: [],
      block: words.block,
    }),
    statOf({
      id: "net-lp-loss",
      label: "Net LP loss",
      sublabel: "LP loss less recoveries",
      figure: headline.netLpLossAssets,
      text: words.loss,
      unit,
      expression: "Σ LP loss − ΣR",
      meaning: "What is still missing.",
      inputs: [row("LP loss", headline.lpLossAssets), row("Recovered", headline.recoveredAssets)],
      block: words.block,
    }),
  ];
}

/** The vault's present: assets, share price as booked and as marked, use of its money. */
export function vaultStats(report: VaultReport): readonly HeadlineStat[] {
  const { headline } = report;
  const { state } = report.snapshot;
  const words = wordsOf(state);
  const unit = words.symbol;
  const price = (pair: { readonly assets: bigint; readonly shares: bigint }): string =>
    formatSharePrice({ ...pair, assetDecimals: state.asset.decimals, shareDecimals: state.shareDecimals }) ??
    "no shares";
  const assets = { label: "A, total assets", value: `${words.amount(state.totalAssets)} ${unit}` };
  const marked = headline.markedSharePrice;
  return [
    statOf({
      id: "total-assets",
      label: "Total assets",
      sublabel: "idle, lent, and interest net of fees",
      figure: known(state.totalAssets),
      text: words.amount,
      unit,
      tone: "neutral",
      expression: "A = totalAssets()",
      meaning: "The vault's own answer.",
      inputs: [],
      block: words.block,
    }),
    {
      id: "share-price",
      label: "Share price",
      sublabel:
        marked.kind === "known"
          ? `${price(marked.value)} if all were closed now${estimateNote(headline.isLpLossEstimated)}`
          : WHY_UNKNOWN[marked.reason],
      figure:
        state.totalSupplyShares === 0n
          ? { kind: "unknown", why: WHY_UNKNOWN["no-supply"] }
          : { kind: "known", text: price(sharePriceOf(state)), unit: `${unit} a share` },
      tone: "neutral",
      formula: {
        expression: "(A + 1) ÷ (S + virtual shares); marked: (A − U_LP + 1) ÷ (S + virtual shares)",
        meaning:
          "The booked price still counts the whole debt of managers who are under water; the marked one takes off what LPs would lose if they were closed now. The 1 is the smallest unit of the asset.",
        inputs: [
          assets,
          {
            label: "S, shares",
            value: formatAmount({ value: state.totalSupplyShares, decimals: state.shareDecimals }),
          },
          { label: "Virtual shares", value: virtualSharesText(state) },
          {
            label: "U_LP",
            value: inputText(headline.unrealisedLpLossAssets, (value) => `${words.loss(value)} ${unit}`),
          },
        ],
        result: state.totalSupplyShares === 0n ? "no shares" : price(sharePriceOf(state)),
        block: words.block,
      },
    },
    statOf({
      id: "utilisation",
      label: "Utilisation",
      sublabel: "of total assets",
      figure: headline.utilisationWad,
      text: (ratioWad) => formatRatioPercent({ ratioWad, toward: "up" }),
      tone: "neutral",
      expression: "1 − idle ÷ A",
      meaning: "The part of the assets that cannot be withdrawn now.",
      inputs: [
        {
          label: "Idle",
          value:
            state.flux === undefined
              ? WHY_UNKNOWN["not-published"]
              : `${words.amount(state.flux.idleAssets)} ${unit}`,
        },
        assets,
      ],
      block: words.block,
    }),
    statOf({
      id: "at-risk",
      label: "Debt that can be liquidated",
      sublabel: "of managers below the threshold now",
      figure: atRiskDebt(report),
      text: words.loss,
      unit,
      tone: "neutral",
      expression: "Σ D, over managers that the strategy would liquidate",
      meaning: "Debt, not loss: most of it is covered by the positions behind it.",
      inputs: [
        {
          label: "Total debt",
          value: inputText(headline.totalDebtAssets, (value) => `${words.loss(value)} ${unit}`),
        },
      ],
      block: words.block,
    }),
  ];
}

/** What managers owe that the strategy itself would liquidate now; unknown unless all of them were read. */
/** The shares that belong to nobody, in the smallest unit, in which the formula adds them. */
function virtualSharesText({ virtualShares, shareDecimals }: VaultState): string {
  const shares = formatExactAmount({ value: virtualShares, decimals: shareDecimals });
  const units = virtualShares === 1n ? "1 unit" : `${formatInteger(virtualShares)} units`;
  return `${shares} shares (${units})`;
}

function atRiskDebt({ completeness }: VaultReport): Figure {
  if (completeness.kind === "not-published") return unknown("not-published");
  if (completeness.kind === "incomplete") return unknown("snapshot-incomplete");
  const { managers, state } = completeness.snapshot;
  return sumFigures(
    managers.map((manager) => {
      const { canLiquidate, trueDebtAssets } = shortfallOf(manager, state);
      return mapFigure(canLiquidate, (can) => (can ? trueDebtAssets : 0n));
    }),
  );
}
