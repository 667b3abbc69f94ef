import type { ChainError, ChainErrorCode } from "@/data/chain-error";

/** Something that the person at the command line can put right; the message says what and how. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** What could not be read, and what helps. */
const WORDS: Readonly<Record<ChainErrorCode, string>> = {
  "user-rejected": "The request was refused.",
  "request-pending": "The endpoint is busy with another request. Try again.",
  "wrong-chain":
    "The endpoint answers for another chain than --chain says. Correct its address or the chain's id in the file of --config.",
  reverted: "The contract refused to answer. Check that --vault is the vault's own address.",
  "rpc-unavailable":
    "No endpoint of this chain answers. Check the connection and the addresses under rpcUrls in the file of --config.",
  "rate-limited":
    "The endpoint is limiting requests. Wait, add a second endpoint to the file of --config, or keep what was read with --cache.",
  "range-too-large":
    "The endpoint serves smaller ranges of history than it was asked for. Run again: with --cache the range is remembered.",
  "bad-answer": "The endpoint sent something that is not an answer. Run again, or use another endpoint.",
  "not-a-contract":
    "There is no ERC-4626 vault at --vault on this chain, or there was none yet at --block. Check address, chain and block.",
  "archive-unavailable":
    "The endpoint has no state of --block: it keeps none that old, or the block does not exist yet. Use an archive endpoint, another block, or none.",
  "insufficient-funds": "The endpoint refused the call for lack of funds.",
  "history-too-slow":
    "With the range of blocks that this endpoint serves, reading the history would take hours. Add an endpoint that serves larger ranges, and run with --cache.",
  "chain-moved":
    "The block was replaced while it was being read. Run again, or give an older one with --block.",
  aborted: "Stopped.",
  unexpected: "Something unforeseen went wrong. Run again; if it stays, report it.",
};

/** A failed reading in words for a terminal: cause, cure, and the host that is to blame. */
export function chainFaultText(error: ChainError): string {
  const { expectedChainId, gotChainId } = error.details;
  const ids =
    expectedChainId !== undefined && gotChainId !== undefined
      ? ` Expected chain ${expectedChainId}, got ${gotChainId}.`
      : "";
  const host = error.endpointHost === undefined ? "" : ` Endpoint: ${error.endpointHost}.`;
  return `${WORDS[error.code]}${ids}${host} (${error.message})`;
}

/** Whether a file-system call failed with this code, e.g. `ENOENT`. */
export function isFileFault(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
