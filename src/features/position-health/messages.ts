import type { ChainErrorCode } from "@/data/chain-error";
import type { ShortfallState } from "@/domain/bad-debt";
import type { Tone } from "@/ui/tone";

/** A manager's standing as it is shown: the domain's states, and the dead zone as a mark beside them. */
export const STATE_WORD: Readonly<
  Record<ShortfallState, { readonly word: string; readonly tone: Tone; readonly meaning: string }>
> = {
  healthy: { word: "Healthy", tone: "ok", meaning: "Cannot be liquidated now." },
  liquidatable: {
    word: "Liquidatable",
    tone: "danger",
    meaning: "Can be liquidated now, and the payment would cover the debt.",
  },
  "would-lose": {
    word: "Would lose",
    tone: "loss",
    meaning: "Worth its debt, but a liquidation now would pay less than is owed.",
  },
  insolvent: { word: "Insolvent", tone: "loss", meaning: "Worth less than it owes." },
  "no-debt": { word: "No debt", tone: "neutral", meaning: "Owes nothing." },
  unknown: { word: "Unknown", tone: "stale", meaning: "Could not be read in full." },
};

export const DEAD_ZONE_MEANING =
  "Just above its debt: a liquidator earns nothing now and the whole margin a little lower, so waiting pays.";

/** Who stands behind a payment. */
export const SOURCE_WORD = {
  quoted: "quoted by the strategy",
  modelled: "modelled: the strategy did not answer",
} as const;

/** Why something beside the report could not be read. */
export const FAULT_WORD: Readonly<Record<ChainErrorCode, string>> = {
  "user-rejected": "The request was rejected.",
  "request-pending": "Another request is still open.",
  "wrong-chain": "The endpoint answers for another chain.",
  reverted: "The contract refused to answer.",
  "rpc-unavailable": "No endpoint of this chain answers.",
  "rate-limited": "The endpoint is limiting requests.",
  "range-too-large": "The endpoint refuses a request of this size.",
  "bad-answer": "The endpoint sent something that is not an answer.",
  "not-a-contract": "There is no such contract at this block.",
  "archive-unavailable": "The endpoint keeps no state of this block.",
  "insufficient-funds": "The account cannot pay for this.",
  "history-too-slow": "The endpoint serves too little of the history at a time.",
  "chain-moved": "The block was replaced while it was being read.",
  aborted: "Reading was stopped.",
  unexpected: "Something unforeseen went wrong.",
};
