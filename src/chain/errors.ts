import type { Hex } from "@/domain/model";
import { decodeRevert, type Revert } from "./flux/reverts";

/** Every way in which talking to a chain or a wallet can fail. Words for people live in the features. */
export type ChainErrorCode =
  /** The person said no in the wallet. */
  | "user-rejected"
  /** The wallet already shows a request and accepts no second one. */
  | "request-pending"
  /** The endpoint or the wallet is on another chain; `expectedChainId` and `gotChainId` say which. */
  | "wrong-chain"
  /** The contract refused; `revert` holds the decoded reason. */
  | "reverted"
  /** Network failure, time-out, HTTP 5xx, refused access: no usable answer came. */
  | "rpc-unavailable"
  /** HTTP 429 or its JSON-RPC equivalents. */
  | "rate-limited"
  /** A log range (or its answer) is larger than the endpoint serves. */
  | "range-too-large"
  /** An answer came and is not what was asked for: HTML, truncated JSON, wrong id, short batch. */
  | "bad-answer"
  /** No code at the address, or code that does not answer as the contract would. */
  | "not-a-contract"
  /** The endpoint keeps no state that old. */
  | "archive-unavailable"
  /** The account cannot pay for the transaction. */
  | "insufficient-funds"
  /** The endpoint's range cap makes a scan of that length take hours. */
  | "history-too-slow"
  /** The block that was asked for is no longer, or not yet, part of the endpoint's chain. */
  | "chain-moved"
  /** The caller cancelled. */
  | "aborted"
  | "unexpected";

/** One link of a foreign error's chain, without its text: texts hold URLs and keys. */
export interface ErrorTrace {
  readonly name: string;
  readonly code: number | undefined;
}

/** What a `ChainError` knows beside its code. Never a URL, a request body or a provider's own text. */
export interface ChainErrorDetails {
  /** A sentence of ours. */
  readonly message: string;
  /** Host name of the endpoint, without path, query or credentials. */
  readonly endpointHost?: string | undefined;
  readonly revert?: Revert | undefined;
  /** Only ever one of our own errors. */
  readonly cause?: ChainError | undefined;
  /** JSON-RPC or EIP-1193 error code as it came. */
  readonly rpcCode?: number | undefined;
  readonly httpStatus?: number | undefined;
  readonly timedOut?: boolean | undefined;
  readonly expectedChainId?: number | undefined;
  readonly gotChainId?: number | undefined;
  /** How long the endpoint asked us to wait. */
  readonly retryAfterMs?: number | undefined;
  /** For `range-too-large`: the number of blocks that the endpoint says it serves. */
  readonly suggestedBlocks?: bigint | undefined;
  /** For `range-too-large`: whether the number of blocks was refused, or the size of this stretch's answer. */
  readonly limit?: "blocks" | "answer" | undefined;
  /** For `history-too-slow`: how long the scan would take. */
  readonly estimatedSeconds?: number | undefined;
  readonly trace?: readonly ErrorTrace[] | undefined;
}

/**
 * The one error that leaves this layer. `code` is stable and closed; the details are safe to show, log and export.
 */
export class ChainError extends Error {
  readonly code: ChainErrorCode;
  readonly endpointHost: string | undefined;
  readonly revert: Revert | undefined;
  readonly details: Omit<ChainErrorDetails, "message" | "cause" | "revert" | "endpointHost">;

  constructor(code: ChainErrorCode, details: ChainErrorDetails) {
    const { message, cause, endpointHost, revert, ...rest } = details;
    super(message, cause === undefined ? undefined : { cause });
    this.name = "ChainError";
    this.code = code;
    this.endpointHost = endpointHost;
    this.revert = revert;
    this.details = rest;
  }

  /** For logs and exports: everything it knows, amounts as decimal text. */
  toJSON(): Readonly<Record<string, unknown>> {
    const { code, message, endpointHost, revert, details } = this;
    const plain = { code, message, endpointHost, revert, ...details };
    return JSON.parse(
      JSON.stringify(plain, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value)),
    ) as Record<string, unknown>;
  }
}

/** Whether `error` is one of ours. */
export function isChainError(error: unknown): error is ChainError {
  return error instanceof ChainError;
}

/** Builds the `reverted` error from a contract's revert data; `0x` means that it gave no reason. */
export function revertedError(data: Hex, endpointHost?: string): ChainError {
  const revert = decodeRevert(data);
  const reason = revert.name ?? revert.selector ?? "no reason given";
  return new ChainError("reverted", {
    message: `The contract refused the call: ${reason}`,
    revert,
    endpointHost,
  });
}

interface Link {
  readonly name: string;
  readonly code: number | undefined;
  readonly status: number | undefined;
  readonly data: Hex | undefined;
}

const HEX_DATA = /^0x(?:[0-9a-fA-F]{2})*$/;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function hexOf(value: unknown): Hex | undefined {
  return typeof value === "string" && HEX_DATA.test(value) ? (value.toLowerCase() as Hex) : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) ? value : undefined;
}

function linkOf(value: Record<string, unknown>): Link {
  return {
    name: typeof value["name"] === "string" ? value["name"] : "",
    code: numberOf(value["code"]),
    status: numberOf(value["status"]),
    data: hexOf(value["raw"]) ?? hexOf(value["data"]),
  };
}

const MAX_LINKS = 16;

/** viem nests by `cause`, ethers by `error` and `info`, MetaMask by `data.originalError`. Breadth first, bounded. */
function linksOf(error: unknown): readonly Link[] {
  const links: Link[] = [];
  const seen = new Set<unknown>();
  const queue: unknown[] = [error];
  while (queue.length > 0 && links.length < MAX_LINKS) {
    const value = queue.shift();
    if (!isRecord(value) || seen.has(value)) continue;
    seen.add(value);
    links.push(linkOf(value));
    queue.push(value["cause"], value["error"], value["data"], value["originalError"], value["info"]);
  }
  return links;
}

interface Rule {
  readonly code: ChainErrorCode;
  readonly names: readonly string[];
  readonly codes: readonly number[];
  readonly message: string;
}

/**
 * First match wins, so what the person did outranks what the network did. Class names are viem's; numbers are
 * EIP-1193 (4xxx), EIP-1474 (-32xxx) and CAIP-25 (5000).
 */
const RULES: readonly Rule[] = [
  {
    code: "user-rejected",
    names: ["UserRejectedRequestError"],
    codes: [4001, 5000],
    message: "The request was rejected in the wallet",
  },
  {
    code: "request-pending",
    names: ["ResourceUnavailableRpcError"],
    codes: [-32002],
    message: "The wallet already has a request open",
  },
  {
    code: "wrong-chain",
    names: [
      "ChainMismatchError",
      "ConnectorChainMismatchError",
      "SwitchChainError",
      "ChainDisconnectedError",
    ],
    codes: [4902, 4901],
    message: "The wallet is on another chain",
  },
  {
    code: "insufficient-funds",
    names: ["InsufficientFundsError"],
    codes: [],
    message: "The account cannot pay for this transaction",
  },
];

const LATE_RULES: readonly Rule[] = [
  {
    code: "not-a-contract",
    names: ["ContractFunctionZeroDataError", "AbiDecodingZeroDataError"],
    codes: [],
    message: "There is no such contract at the address",
  },
  {
    code: "rate-limited",
    names: ["LimitExceededRpcError"],
    codes: [-32005, 429],
    message: "The endpoint is limiting requests",
  },
  {
    code: "rpc-unavailable",
    names: [
      "HttpRequestError",
      "TimeoutError",
      "WebSocketRequestError",
      "SocketClosedError",
      "ProviderDisconnectedError",
    ],
    codes: [4900],
    message: "The endpoint did not answer",
  },
];

function matchRule(rules: readonly Rule[], links: readonly Link[]): Rule | undefined {
  return rules.find((rule) =>
    links.some(
      (link) => rule.names.includes(link.name) || (link.code !== undefined && rule.codes.includes(link.code)),
    ),
  );
}

const REVERT_NAMES: readonly string[] = [
  "ContractFunctionRevertedError",
  "ExecutionRevertedError",
  "RawContractError",
];
/** geth's code for a revert, then what MetaMask, Parity and older nodes wrap revert data in. */
const REVERT_DATA_CODES: readonly number[] = [3, -32000, -32603, -32015];

function revertDataOf(links: readonly Link[]): Hex | undefined {
  const withData = links.find(
    (link) =>
      link.data !== undefined &&
      link.data.length >= 10 &&
      (REVERT_NAMES.includes(link.name) ||
        (link.code !== undefined && REVERT_DATA_CODES.includes(link.code))),
  );
  if (withData !== undefined) return withData.data;
  const bare = links.some((link) => link.code === 3 || REVERT_NAMES.includes(link.name));
  return bare ? "0x" : undefined;
}

/**
 * Turns anything thrown by viem, wagmi, a wallet or this layer into a `ChainError`.
 *
 * Decides by class name and code along the chain of causes, never by text. The original is not kept: viem's texts
 * hold the endpoint's URL with its key. What remains of it is the list of class names and codes in `details.trace`.
 */
export function toChainError(error: unknown): ChainError {
  if (error instanceof ChainError) return error;
  const links = linksOf(error);
  const trace = links
    .filter((link) => link.name !== "" || link.code !== undefined)
    .map(({ name, code }): ErrorTrace => ({ name, code }));
  if (links.some((link) => link.name === "AbortError")) {
    return new ChainError("aborted", { message: "Cancelled", trace });
  }
  const rpcCode = links.find((link) => link.code !== undefined)?.code;
  const early = matchRule(RULES, links);
  if (early !== undefined) return new ChainError(early.code, { message: early.message, rpcCode, trace });
  const data = revertDataOf(links);
  if (data !== undefined) return revertedError(data);
  if (links.some((link) => link.status === 429)) {
    return new ChainError("rate-limited", { message: "The endpoint is limiting requests", rpcCode, trace });
  }
  const late = matchRule(LATE_RULES, links);
  if (late !== undefined) return new ChainError(late.code, { message: late.message, rpcCode, trace });
  return new ChainError("unexpected", { message: "Something unforeseen went wrong", rpcCode, trace });
}
