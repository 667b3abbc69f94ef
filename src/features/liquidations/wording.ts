import type { LiquidationMode, Wording } from "@/data/operator/liquidation-intents";
import { interestFeeBps } from "@/domain/bad-debt";
import { sharePriceAfterLoss } from "@/domain/headline";
import type { Address, VaultState } from "@/domain/model";
import { ratioWadDown } from "@/domain/ratio";
import { sharePriceOf } from "@/domain/share-price";
import {
  formatAddress,
  formatAmount,
  formatRatioPercent,
  formatSharePrice,
  formatTimestamp,
} from "@/shared/format";
import { formatHeld, formatOwed } from "@/shared/format-money";
import type { BoundedSale } from "./bounds";
import type { CandidateRow } from "./candidates";

const SHARE_PRICE_DIGITS = 8;

function priceText(state: VaultState, pair: { readonly assets: bigint; readonly shares: bigint }): string {
  return (
    formatSharePrice({
      ...pair,
      assetDecimals: state.asset.decimals,
      shareDecimals: state.shareDecimals,
      fractionDigits: SHARE_PRICE_DIGITS,
    }) ?? "no price"
  );
}

function owedText({ asset }: VaultState, value: bigint): string {
  return formatOwed({ value, decimals: asset.decimals, symbol: asset.symbol });
}

function heldText({ asset }: VaultState, value: bigint): string {
  return formatHeld({ value, decimals: asset.decimals, symbol: asset.symbol });
}

/** What a liquidation now would do to the LPs, one sentence each. */
export function lossSentences(row: CandidateRow, state: VaultState): readonly string[] {
  const { badDebtIfClosedAssets: badDebt, lpLossIfClosedAssets: lpLoss } = row.shortfall;
  if (badDebt.kind === "unknown") return ["What it would cost the LPs is not known."];
  if (badDebt.value === 0n) {
    return ["The payment covers the whole debt: no bad debt, and the share price does not fall."];
  }
  const sentences = [`Leaves about ${owedText(state, badDebt.value)} of bad debt.`];
  if (lpLoss.kind === "unknown") {
    return [...sentences, "The LPs' part of it is not known: the vault does not publish its fees."];
  }
  const ratio = ratioWadDown({ part: lpLoss.value, whole: state.totalAssets, reason: "no-assets" });
  const share =
    ratio.kind === "known"
      ? `, ${formatRatioPercent({ ratioWad: ratio.value, fractionDigits: 4, toward: "up" })} of the vault's assets`
      : "";
  const fees = interestFeeBps(state);
  const feePart =
    fees.kind === "known" && lpLoss.value < badDebt.value
      ? " The rest is fees on interest that nobody will pay."
      : "";
  sentences.push(`LPs lose about ${owedText(state, lpLoss.value)}${share}.${feePart}`);
  const after = sharePriceAfterLoss(state, lpLoss.value);
  if (after.kind === "known") {
    sentences.push(
      `The share price goes from ${priceText(state, sharePriceOf(state))} to about ${priceText(state, after.value)} ${state.asset.symbol}.`,
    );
  }
  return sentences;
}

export interface LiquidationWordingInput {
  readonly row: CandidateRow;
  readonly state: VaultState;
  readonly mode: LiquidationMode;
  readonly maxPaymentAssets: bigint;
  readonly minProceedsAssets: bigint;
  readonly deadlineSeconds: bigint;
  readonly sales: readonly BoundedSale[];
}

/** The liquidation in words: what is taken over, what is paid, what it does to the LPs. */
export function liquidationWording(input: LiquidationWordingInput): Omit<Wording, "issues"> {
  const { row, state, mode } = input;
  const { shortfall } = row;
  const value =
    shortfall.valueAssets.kind === "known"
      ? `worth about ${heldText(state, shortfall.valueAssets.value)} at oracle prices`
      : "of unknown value";
  const payment =
    shortfall.paymentAssets.kind === "known"
      ? `Pays what the strategy asks for: ${owedText(state, shortfall.paymentAssets.value)} at the block of this page`
      : "Pays what the strategy asks for";
  const bounds = `never more than ${owedText(state, input.maxPaymentAssets)}.`;
  const taken = `Takes over the whole position of ${formatAddress(row.manager)}, ${value}, against a debt of ${owedText(state, shortfall.trueDebtAssets)}.`;
  const from =
    mode === "pay-from-wallet"
      ? [
          `The payment comes from your wallet; everything seized comes to your wallet as it is. Refused if it is worth less than ${heldText(state, input.minProceedsAssets)}.`,
        ]
      : [
          `The collateral is sold in ${input.sales.length === 1 ? "one step" : `${input.sales.length} steps`}; the payment comes from the proceeds and the rest goes to your wallet. Refused if the sales bring less than ${heldText(state, input.minProceedsAssets)}.`,
        ];
  return {
    title: `Liquidate ${formatAddress(row.manager)}`,
    effect: [
      taken,
      `${payment}, ${bounds}`,
      ...from,
      ...lossSentences(row, state),
      `Refused after ${formatTimestamp(input.deadlineSeconds)}.`,
    ],
  };
}

/** Deploying, in words. */
export const DEPLOY_WORDING: Wording = {
  title: "Deploy your executor",
  effect: [
    "The factory deploys a contract that only you can use. It receives what you take over and pays for it.",
    "It costs gas and moves no tokens. One executor serves every vault of this factory.",
  ],
};

/** Registering, in words. */
export function registerWording(executor: Address): Wording {
  return {
    title: "Register your executor",
    effect: [
      `From now on vaults of this factory call ${formatAddress(executor)} when your account opens a session or liquidates.`,
      "You can register another one at any time. No tokens move.",
    ],
  };
}

/** Approving, in words; zero takes the permission back. */
export function approveWording(state: VaultState, amountAssets: bigint, executor: Address): Wording {
  const { decimals, symbol } = state.asset;
  if (amountAssets === 0n) {
    return {
      title: `Take back the ${symbol} allowance`,
      effect: [`Your executor ${formatAddress(executor)} may no longer take any ${symbol} from your wallet.`],
    };
  }
  const exact = formatAmount({ value: amountAssets, decimals, symbol, maximumFractionDigits: decimals });
  return {
    title: `Approve ${exact}`,
    effect: [
      `Your executor ${formatAddress(executor)} may take up to ${exact} from your wallet, and only in a call that you begin.`,
      "Exactly this amount, never an unlimited one. What is left of it can be taken back afterwards.",
    ],
  };
}
