import type { ChainErrorCode } from "@/data/chain-error";
import type { LedgerFault } from "@/data/ledger-book/ledger-view";

interface Words {
  readonly cause: string;
  readonly whatToDo: string;
}

const CHAIN: Readonly<Partial<Record<ChainErrorCode, Words>>> = {
  "archive-unavailable": {
    cause: "The endpoint keeps no state that old.",
    whatToDo: "Add an archive endpoint to plimsoll.config.json.",
  },
  "rpc-unavailable": {
    cause: "No endpoint of this chain answers.",
    whatToDo: "Check the connection, then try again.",
  },
  "rate-limited": {
    cause: "The endpoint is limiting requests.",
    whatToDo: "Try again in a while. What was read is kept.",
  },
  "chain-moved": { cause: "The block was replaced while it was being read.", whatToDo: "Try again." },
};

const WORKER: Readonly<Record<Extract<LedgerFault, { kind: "worker" }>["reason"], Words>> = {
  "not-supported": {
    cause: "This browser does not let the page compute beside itself.",
    whatToDo: "Use another browser, or the command line's report.",
  },
  "not-loaded": {
    cause: "A part of this page could not be loaded.",
    whatToDo: "Load the page again: a newer version may have been published.",
  },
  failed: { cause: "The computation ended early.", whatToDo: "Try again. If it stays, report it." },
};

/** Why there is no statement, and the way on. */
export function faultWords(fault: LedgerFault): Words {
  if (fault.kind === "worker") return WORKER[fault.reason];
  const { code, endpointHost } = fault.error;
  const words = CHAIN[code] ?? {
    cause: "The endpoint gave no usable answer.",
    whatToDo: "Try again, or use another endpoint.",
  };
  const host = endpointHost === undefined ? "" : ` Endpoint: ${endpointHost}.`;
  return { ...words, cause: `${words.cause}${host}` };
}
