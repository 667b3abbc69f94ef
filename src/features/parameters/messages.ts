import type { ChainErrorCode } from "@/data/chain-error";
import type { WriteObstacle } from "@/data/operator/write-obstacle";
import { maxOf, minOf } from "@/domain/math";
import type { StrategyState } from "@/domain/model";
import {
  MAXIMUM_BOND_RATIO_STEP_WAD,
  MAXIMUM_BOND_RATIO_WAD,
  MINIMUM_BOND_RATIO_WAD,
  type ProposalIssueCode,
  type RiskDirection,
} from "@/domain/parameters";
import type { Tone } from "@/ui/tone";
import { exactPercent } from "./format";

/** A parameter that this page can propose to change. */
export type ProposableParameter = "minBondRatio" | "interestRate";

export const PARAMETER_WORDS: Readonly<
  Record<ProposableParameter, { readonly title: string; readonly inSentence: string }>
> = {
  minBondRatio: { title: "Minimum bond ratio", inSentence: "minimum bond ratio" },
  interestRate: { title: "Interest rate", inSentence: "interest rate" },
};

/** Names of parameters as the strategy's events give them. */
const KEY_WORDS: Readonly<Record<string, string>> = {
  minBondRatio: "Minimum bond ratio",
  interestRate: "Interest rate",
  liquidationBuffer: "Liquidation buffer",
  liquidationProfitMargin: "Liquidator's margin",
};

/** A parameter's name for a reader; one that this build does not know stays as it is. */
export function keyWords(key: string): string {
  return KEY_WORDS[key] ?? key;
}

export const DIRECTION_WORDS: Readonly<
  Record<RiskDirection, { readonly word: string; readonly tone: Tone; readonly meaning: string }>
> = {
  "risk-up": {
    word: "Risk up",
    tone: "danger",
    meaning: "The threshold falls: positions are liquidated later, and the LPs' cushion gets thinner.",
  },
  "risk-down": {
    word: "Risk down",
    tone: "ok",
    meaning: "The threshold rises: positions are liquidated earlier, and the LPs' cushion gets thicker.",
  },
  neutral: {
    word: "Neutral",
    tone: "neutral",
    meaning: "Neither the threshold nor the gap tolerance moves.",
  },
};

/** Why nothing may be signed here, and what to do about it. */
export const OBSTACLE_WORDS: Readonly<Record<WriteObstacle, string>> = {
  pinned: "This page shows the past. Open the vault as it stands now to act.",
  "not-listed": "Confirm the vault's address above first.",
  "not-connected": "Connect a wallet with the button at the top of the page first.",
  "wrong-chain": "Switch the wallet to this vault's chain first.",
};

/** The values that the form takes, as far as the strategy's own parameters bound them. */
export function bondRatioRange(strategy: StrategyState): { readonly low: bigint; readonly high: bigint } {
  const current = strategy.minBondRatioWad;
  return {
    low: maxOf(MINIMUM_BOND_RATIO_WAD, current - MAXIMUM_BOND_RATIO_STEP_WAD),
    high: minOf(MAXIMUM_BOND_RATIO_WAD, current + MAXIMUM_BOND_RATIO_STEP_WAD),
  };
}

/** What is wrong with a proposed value and how to put it right. */
export function issueText(
  code: ProposalIssueCode,
  { parameter, strategy }: { readonly parameter: ProposableParameter; readonly strategy: StrategyState },
): string {
  const { low, high } = bondRatioRange(strategy);
  const buffer = strategy.liquidationBufferWad;
  const range =
    low > buffer
      ? `Enter ${exactPercent(low)} to ${exactPercent(high)}.`
      : `Enter more than ${exactPercent(buffer)}, up to ${exactPercent(high)}.`;
  switch (code) {
    case "immutable":
      return "This strategy can never change.";
    case "unchanged":
      return "That is the value in force. Enter another one.";
    case "below-minimum":
      return `A minimum bond ratio is at least ${exactPercent(MINIMUM_BOND_RATIO_WAD)} here. ${range}`;
    case "above-maximum":
      return parameter === "minBondRatio"
        ? `A minimum bond ratio is at most ${exactPercent(MAXIMUM_BOND_RATIO_WAD)} here. ${range}`
        : "A rate is 0% to 100% a year here. Enter at most 100.";
    case "step-too-large":
      return `At most ${exactPercent(MAXIMUM_BOND_RATIO_STEP_WAD).slice(0, -1)} points at once, and ${exactPercent(strategy.minBondRatioWad)} is in force. ${range}`;
    case "not-above-buffer":
      return `It must stay above the liquidation buffer of ${exactPercent(buffer)}, or every liquidation would start insolvent. ${range}`;
    case "gap-not-positive":
      return "No gap tolerance is left under the harder payment rule: every liquidation at the trigger would leave bad debt.";
    case "would-liquidate":
      return "Managers that are healthy today could be liquidated the moment it takes effect.";
    case "effect-unknown":
      return "Some positions could not be valued, so what it would do to them is not known.";
  }
}

const READ_FAULT: Readonly<Partial<Record<ChainErrorCode, string>>> = {
  "rate-limited": "The endpoint is limiting requests.",
  "wrong-chain": "The endpoint answers for another chain.",
  "chain-moved": "The block was replaced while it was being read.",
  aborted: "Reading was stopped.",
};

/** Why something beside the report could not be read. */
export function readFaultText(code: ChainErrorCode): string {
  return READ_FAULT[code] ?? "The endpoint gave no usable answer.";
}

/** What lies between the threshold and insolvency, measured as the load line's scale is. */
export const DISTANCE_WORDS = { label: "Distance from T to insolvency", unit: "health points" } as const;
