import type { ChainErrorCode } from "@/data/chain-error";
import type { LiquidationMode } from "@/data/operator/liquidation-intents";
import type { WriteObstacle } from "@/data/operator/write-obstacle";
import { counted, countedManagers } from "@/shared/counted";

/** Why nothing may be signed here, and what to do about it. */
export const OBSTACLE_WORDS: Readonly<Record<WriteObstacle, string>> = {
  pinned: "This page shows the past. Open the vault as it stands now to act.",
  "not-listed": "Confirm the vault's address above first.",
  "not-connected": "Connect a wallet first.",
  "wrong-chain": "Switch the wallet to this vault's chain first.",
};

export const MODE_WORDS: Readonly<
  Record<LiquidationMode, { readonly title: string; readonly detail: string }>
> = {
  "pay-from-wallet": {
    title: "Pay from wallet",
    detail:
      "The payment comes from your wallet. You receive everything the position holds, as it is, and sell it when you like.",
  },
  "sell-collateral": {
    title: "Sell collateral",
    detail:
      "Needs no capital: the collateral is sold in the same transaction, the payment comes from the proceeds, and what is left over is yours.",
  },
};

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

/** Who is in the table of those that cannot be liquidated, and who is not. */
export function standingDescription(input: {
  readonly owing: number;
  readonly withoutDebt: number;
  readonly empty: number;
}): string {
  const { owing, withoutDebt, empty } = input;
  const sentences = [
    `${countedManagers(owing)} ${owing === 1 ? "owes" : "owe"} and cannot be liquidated now.`,
    ...(withoutDebt === 0
      ? []
      : [`${counted(withoutDebt, ["more has", "more have"])} a bond or a position and no debt.`]),
    ...(empty === 0
      ? []
      : [
          `${counted(empty, ["address", "addresses"])} of earlier managers and liquidators ${empty === 1 ? "holds" : "hold"} nothing now.`,
        ]),
  ];
  return sentences.join(" ");
}
