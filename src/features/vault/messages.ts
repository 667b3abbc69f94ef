import type { ChainErrorCode } from "@/data/chain-error";

/** What went wrong while reading, and what the reader can do. The endpoint's host is added where one is to blame. */
export const READ_FAULT: Readonly<Record<ChainErrorCode, { readonly cause: string; readonly cure: string }>> =
  {
    "user-rejected": { cause: "The request was rejected in the wallet.", cure: "Nothing was sent." },
    "request-pending": {
      cause: "The wallet already shows a request.",
      cure: "Answer it there, then try again.",
    },
    "wrong-chain": {
      cause: "The endpoint answers for another chain than the configuration says.",
      cure: "Nothing of it was used. Correct the endpoint or the chain id in plimsoll.config.json.",
    },
    reverted: {
      cause: "The contract refused to answer.",
      cure: "Check that the address is the vault's own.",
    },
    "rpc-unavailable": {
      cause: "No endpoint of this chain answers.",
      cure: "Check the connection. Reading goes on by itself as soon as one answers.",
    },
    "rate-limited": {
      cause: "The endpoint is limiting requests.",
      cure: "Reading goes on by itself when it accepts requests again. Another endpoint in the configuration helps.",
    },
    "range-too-large": {
      cause: "The endpoint serves smaller ranges of history than it was asked for.",
      cure: "Try again: the range it serves was learnt.",
    },
    "bad-answer": {
      cause: "The endpoint sent something that is not an answer.",
      cure: "Nothing of it was used. Try again, or use another endpoint.",
    },
    "not-a-contract": {
      cause: "There is no ERC-4626 vault at this address on this chain, or there was none yet at this block.",
      cure: "Check the address, the chain and the block in the address bar.",
    },
    "archive-unavailable": {
      cause:
        "The endpoint has no state of that block: it keeps none that old, or the block does not exist yet.",
      cure: "Use an archive endpoint, another block, or the page without a block.",
    },
    "insufficient-funds": {
      cause: "The account cannot pay for this transaction.",
      cure: "Add native currency for gas to the account.",
    },
    "history-too-slow": {
      cause: "With the range of blocks that this endpoint serves, reading the history would take hours.",
      cure: "Add an endpoint that serves larger ranges to plimsoll.config.json.",
    },
    "chain-moved": {
      cause: "The block was replaced while the page was being read.",
      cure: "The chain reorganised. Read again at its new head.",
    },
    aborted: { cause: "Reading was stopped.", cure: "What was read is kept; resuming goes on from there." },
    unexpected: { cause: "Something unforeseen went wrong.", cure: "Try again. If it stays, report it." },
  };
