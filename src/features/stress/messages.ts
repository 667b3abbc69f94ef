import type { ChainError, ChainErrorCode } from "@/data/chain-error";

const CAUSE: Readonly<Record<ChainErrorCode, string>> = {
  "user-rejected": "The request was rejected.",
  "request-pending": "Another request is still open.",
  "wrong-chain": "The endpoint answers for another chain than the configuration says.",
  reverted: "A contract refused to answer.",
  "rpc-unavailable": "No endpoint of this chain answers.",
  "rate-limited": "The endpoint is limiting requests.",
  "range-too-large": "The endpoint refuses a request of this size.",
  "bad-answer": "The endpoint sent something that is not an answer. Nothing of it was used.",
  "not-a-contract": "There is no such contract at this block.",
  "archive-unavailable": "The endpoint no longer keeps the state of this block.",
  "insufficient-funds": "The account cannot pay for this.",
  "history-too-slow": "The endpoint serves too little of the history at a time.",
  "chain-moved": "The block was replaced while it was being read.",
  aborted: "Reading was stopped.",
  unexpected: "Something unforeseen went wrong.",
};

/** Why the positions or the rounds could not be read; the endpoint's host where one is to blame. */
export function readFaultText({ code, endpointHost }: ChainError): string {
  return endpointHost === undefined ? CAUSE[code] : `${CAUSE[code]} Endpoint: ${endpointHost}.`;
}
