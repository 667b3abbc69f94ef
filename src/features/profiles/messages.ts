import type { ChainErrorCode } from "@/data/chain-error";

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
