import { known, unknown } from "@/domain/figure";
import { liquidationThresholdWad } from "@/domain/health";
import { sharesAtEnd } from "@/domain/holdings";
import type { Address, Figure, SharePrice } from "@/domain/model";
import type { BreakEven, FallMarks } from "@/domain/risk/fall-marks";
import type { RiskBook } from "@/domain/risk/model";
import { type Outcome, ruleOf, wouldLoseOf } from "@/domain/risk/outcome";
import { sharePriceOf } from "@/domain/share-price";
import type { VaultReport } from "@/report/vault-report";
import { formatRatio, formatRatioPercent, formatSharePrice } from "@/shared/format";
import type { FigureText } from "@/ui/figures/figure-text";
import type { Formula } from "@/ui/figures/formula";
import type { Tone } from "@/ui/tone";
import { fallText, MOST_FALL_WAD } from "./choice";
import { blockText, countText, fallUpText, inputText, owedText, saidText } from "./words";

/** One figure of the outcome, ready to show. */
export interface StressFigure {
  readonly id: string;
  readonly label: string;
  readonly sublabel: string;
  readonly figure: FigureText;
  readonly tone: Tone;
  readonly formula: Formula;
}

/** What the figures of one fall are made of. */
export interface OutcomeInput {
  readonly book: RiskBook;
  readonly outcome: Outcome;
  readonly fallWad: bigint;
  /** "all collateral together". */
  readonly what: string;
}

/** Who stands behind the figures of a fall. */
export function exactnessText(outcome: Pick<Outcome, "isExact">): string {
  return outcome.isExact
    ? "As the contracts would answer at these prices."
    : "Modelled, an estimate: a position or the payment rule could not be rebuilt to the unit.";
}

function toneOfLoss(figure: Figure): Tone {
  if (figure.kind === "unknown") return "stale";
  return figure.value > 0n ? "loss" : "ok";
}

function priceText(figure: Figure<SharePrice>, { state }: RiskBook): FigureText {
  const { shareDecimals, asset } = state;
  const text = (price: SharePrice): string =>
    formatSharePrice({ ...price, shareDecimals, assetDecimals: asset.decimals }) ?? "none";
  return saidText(figure, text);
}

/** The printed figures of one fall; every amount at that fall's own prices, nothing between two points of a curve. */
export function outcomeFiguresOf(input: OutcomeInput): readonly StressFigure[] {
  const { book, outcome, fallWad, what } = input;
  const { asset, flux } = book.state;
  const fall = { label: `Fall of ${what}`, value: fallText(fallWad) };
  const rule = { label: "Payment rule", value: `(${ruleOf(book)})` };
  const threshold = {
    label: "Threshold T",
    value:
      flux === undefined
        ? "not published"
        : formatRatio({ ratioWad: liquidationThresholdWad(flux.strategy) }),
  };
  const block = blockText(book);
  const lpLoss = owedText(outcome.lpLossAssets, asset);
  const badDebt = owedText(outcome.badDebtAssets, asset);
  const atRisk = owedText(outcome.liquidationsAtRiskAssets, asset);
  const price = priceText(outcome.sharePriceAfter, book);
  const now = priceText(priceNow(book), book);
  const losing = countText(outcome.managersLosing);
  const open = countText(outcome.managersLiquidatable);
  const change = priceChangeText(outcome.lpLossAssets, book);
  return [
    {
      id: "lp-loss",
      label: "LP loss",
      sublabel: "if everything liquidatable were closed",
      figure: lpLoss,
      tone: toneOfLoss(outcome.lpLossAssets),
      formula: {
        expression: "Σ (bad debt − fee part of unpaid interest)",
        meaning: "Bad debt less the fees on interest that nobody pays: those were never the LPs'.",
        inputs: [fall, { label: "Bad debt", value: inputText(badDebt) }],
        result: inputText(lpLoss),
        block,
      },
    },
    {
      id: "bad-debt",
      label: "Bad debt L",
      sublabel: "debt that the payments leave open",
      figure: badDebt,
      tone: toneOfLoss(outcome.badDebtAssets),
      formula: {
        expression: "Σ max(0, D − payment(V)) where V ÷ D < T",
        meaning: "Over every position that can be liquidated at these prices.",
        inputs: [fall, threshold, rule],
        result: inputText(badDebt),
        block,
      },
    },
    {
      id: "share-price",
      label: "Share price after",
      sublabel: change,
      figure: price,
      tone: toneOfLoss(outcome.lpLossAssets),
      formula: {
        expression: "(A − LP loss) ÷ S, virtual asset and shares included",
        inputs: [
          fall,
          { label: "Share price now", value: inputText(now) },
          { label: "LP loss", value: inputText(lpLoss) },
        ],
        result: inputText(price),
        block,
      },
    },
    {
      id: "at-risk",
      label: "Liquidations at risk",
      sublabel: "debt that could be liquidated: not a loss",
      figure: atRisk,
      tone: "neutral",
      formula: {
        expression: "Σ D where V ÷ D < T",
        meaning: "How much would have to be liquidated. What of it would be lost is bad debt, shown apart.",
        inputs: [fall, threshold],
        result: inputText(atRisk),
        block,
      },
    },
    {
      id: "fallen",
      label: "Managers that fall",
      sublabel: `below T; ${losing.kind === "known" ? losing.text : "unknown"} of them at a loss to LPs`,
      figure: open,
      tone: "neutral",
      formula: {
        expression: "number of managers with V ÷ D < T",
        inputs: [fall, threshold],
        result: inputText(open),
        block,
      },
    },
  ];
}

function priceNow({ state }: RiskBook): Figure<SharePrice> {
  const price = sharePriceOf(state);
  return price.shares > 0n ? known(price) : unknown("no-supply");
}

/** "−0.53% against now". */
function priceChangeText(lpLoss: Figure, { state }: RiskBook): string {
  if (lpLoss.kind === "unknown" || state.totalAssets <= 0n) return "against now: unknown";
  if (lpLoss.value === 0n) return "as now";
  const ratioWad = (lpLoss.value * 10n ** 18n) / state.totalAssets;
  return `−${formatRatioPercent({ ratioWad, toward: "up" })} against now`;
}

/** How far the vault is from a loss, in one figure and one sentence. */
export interface BreakEvenText {
  readonly figure: FigureText;
  readonly tone: Tone;
  readonly sentence: string;
  /** Who breaks first, or who would join those who are broken already. */
  readonly manager: Address | undefined;
  /** The fall without a loss, for the picture; undefined while it is not known. */
  readonly safeWad: bigint | undefined;
}

const NEAR_WAD = 10n * 10n ** 16n;
const FAR_WAD = 25n * 10n ** 16n;

function toneOfDistance(fallWad: bigint): Tone {
  if (fallWad < NEAR_WAD) return "danger";
  return fallWad < FAR_WAD ? "caution" : "ok";
}

/** The smallest fall that costs the LPs something; where that is none at all, what stands open and who comes next. */
export function breakEvenTextOf(input: {
  readonly breakEven: Figure<BreakEven>;
  readonly marks: Figure<readonly FallMarks[]>;
  readonly today: Outcome;
  readonly book: RiskBook;
  readonly what: string;
}): BreakEvenText {
  const { breakEven, what } = input;
  const figure = saidText(breakEven, (found) => {
    if (found.kind === "already") return "0%";
    return found.kind === "never" ? "none" : fallUpText(found.fallWad);
  });
  if (breakEven.kind === "unknown") {
    const sentence = "How far the vault is from a loss cannot be said.";
    return { figure, tone: "stale", sentence, manager: undefined, safeWad: undefined };
  }
  switch (breakEven.value.kind) {
    case "already":
      return { figure, tone: "loss", safeWad: 0n, ...alreadyText(input) };
    case "never":
      return {
        figure,
        tone: "ok",
        sentence: `No fall of ${what}, not even to nothing, makes a liquidation at the oracle's prices leave bad debt.`,
        manager: undefined,
        safeWad: MOST_FALL_WAD,
      };
    case "at": {
      const { fallWad, manager } = breakEven.value;
      return {
        figure,
        tone: toneOfDistance(fallWad),
        sentence: `LPs begin to lose when ${what} has fallen by ${fallUpText(fallWad)}. Breaks first:`,
        manager,
        safeWad: fallWad,
      };
    }
  }
}

function alreadyText(
  input: Parameters<typeof breakEvenTextOf>[0],
): Pick<BreakEvenText, "sentence" | "manager"> {
  const { book, today, marks, what } = input;
  const open = inputText(owedText(today.lpLossAssets, book.state.asset));
  const found = marks.kind === "known" ? marks.value : [];
  let next: { readonly manager: Address; readonly fallWad: bigint } | undefined;
  for (const { manager, losing } of found) {
    if (losing === undefined || losing.fromWad === 0n) continue;
    if (next === undefined || losing.fromWad < next.fallWad) next = { manager, fallWad: losing.fromWad };
  }
  const now = `No fall is needed: closing today what can be liquidated would cost the LPs ${open}.`;
  return next === undefined
    ? { sentence: now, manager: undefined }
    : {
        sentence: `${now} The next to break, when ${what} has fallen by ${fallUpText(next.fallWad)}:`,
        manager: next.manager,
      };
}

/** What one address would lose; a history that is not whole says nothing of who holds what. */
export function wouldLoseTextOf(input: {
  readonly report: Pick<VaultReport, "holdings" | "history">;
  readonly book: RiskBook;
  readonly outcome: Outcome;
  readonly holder: Address;
}): { readonly figure: FigureText; readonly sentence: string } {
  const { report, book, outcome, holder } = input;
  const { asset, totalAssets } = book.state;
  const shares: Figure = report.history.complete
    ? known(sharesAtEnd(report.holdings, holder))
    : unknown("history-partial");
  if (shares.kind === "unknown")
    return { figure: owedText(shares, asset), sentence: "Shares are replayed from transfers." };
  const lost = wouldLoseOf(shares.value, { book, lpLossAssets: outcome.lpLossAssets });
  const whole = book.state.totalSupplyShares + book.state.virtualShares;
  const value = whole > 0n ? known((shares.value * totalAssets) / whole) : unknown("no-supply");
  const worth = inputText(owedText(value, asset));
  return {
    figure: owedText(lost, asset),
    sentence:
      shares.value === 0n
        ? "This address holds no shares at this block."
        : `of about ${worth} that its shares are worth now`,
  };
}

/** Whether a fall leaves the oracle where it is, by name; empty when it does not. */
export function unmovedText(book: RiskBook, fixed: readonly Address[]): string | undefined {
  if (fixed.length === 0) return undefined;
  const names = fixed.map((address) => book.assets.get(address)?.symbol ?? address).join(", ");
  return `${names}: the oracle's price is written down for good and does not fall with any market.`;
}
