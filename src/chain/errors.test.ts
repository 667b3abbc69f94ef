// @vitest-environment node
import { inspect } from "node:util";
import fc from "fast-check";
import {
  BaseError,
  ChainMismatchError,
  ContractFunctionRevertedError,
  ContractFunctionZeroDataError,
  encodeErrorResult,
  HttpRequestError,
  InsufficientFundsError,
  parseAbi,
  RawContractError,
  ResourceUnavailableRpcError,
  SwitchChainError,
  TimeoutError,
  TransactionExecutionError,
  UserRejectedRequestError,
} from "viem";
import { describe, expect, it } from "vitest";
import { ChainError, type ChainErrorCode, toChainError } from "./errors";

const SECRET = "https://rpc.example/v3/topsecretkey";
const abi = parseAbi(["error InsufficientLiquidity(uint256 available, uint256 requested)"]);
const revertData = encodeErrorResult({ abi, errorName: "InsufficientLiquidity", args: [5n, 9n] });

const fail = (code: number, data?: unknown): object =>
  Object.assign(new Error(SECRET), data === undefined ? { code } : { code, data });

const wrapped = (cause: Error): Error =>
  new TransactionExecutionError(new BaseError(SECRET, { cause }), { account: null });

const cases: readonly (readonly [string, unknown, ChainErrorCode])[] = [
  ["a rejection by code", fail(4001), "user-rejected"],
  ["a rejection over WalletConnect", fail(5000), "user-rejected"],
  [
    "a rejection inside viem's wrapping",
    wrapped(new UserRejectedRequestError(new Error(SECRET))),
    "user-rejected",
  ],
  ["a rejection as a plain object", { code: 4001, message: SECRET }, "user-rejected"],
  ["a request already open", fail(-32002), "request-pending"],
  [
    "a request already open, viem",
    wrapped(new ResourceUnavailableRpcError(new Error(SECRET))),
    "request-pending",
  ],
  ["a chain the wallet does not know", fail(4902), "wrong-chain"],
  ["a switch that failed", wrapped(new SwitchChainError(new Error(SECRET))), "wrong-chain"],
  [
    "a mismatch found by viem",
    new ChainMismatchError({ chain: { id: 1, name: "one" } as never, currentChainId: 2 }),
    "wrong-chain",
  ],
  ["too little for gas", wrapped(new InsufficientFundsError({})), "insufficient-funds"],
  ["geth's revert", fail(3, revertData), "reverted"],
  ["MetaMask's revert", fail(-32603, { code: 3, data: revertData, message: SECRET }), "reverted"],
  ["MetaMask's older revert", fail(-32603, { originalError: { code: 3, data: revertData } }), "reverted"],
  ["viem's raw revert", wrapped(new RawContractError({ data: revertData })), "reverted"],
  [
    "viem's decoded revert",
    new ContractFunctionRevertedError({ abi, data: revertData, functionName: "withdraw" }),
    "reverted",
  ],
  ["a revert without a reason", fail(3), "reverted"],
  ["nothing at the address", new ContractFunctionZeroDataError({ functionName: "asset" }), "not-a-contract"],
  ["HTTP 429", new HttpRequestError({ url: SECRET, status: 429 }), "rate-limited"],
  ["HTTP 500", new HttpRequestError({ url: SECRET, status: 500 }), "rpc-unavailable"],
  ["a time-out", new TimeoutError({ url: SECRET, body: {} }), "rpc-unavailable"],
  ["a cancelled fetch", new DOMException("aborted", "AbortError"), "aborted"],
  ["something else", new TypeError(SECRET), "unexpected"],
  ["a string", SECRET, "unexpected"],
  ["nothing", undefined, "unexpected"],
];

describe("toChainError", () => {
  it.each(cases)("knows %s", (_, error, code) => {
    expect(toChainError(error).code).toBe(code);
  });

  it.each(cases)("keeps no foreign text of %s", (_, error) => {
    const converted = toChainError(error);
    expect(inspect(converted, { depth: 20, showHidden: true })).not.toContain("topsecretkey");
    expect(JSON.stringify(converted)).not.toContain("topsecretkey");
  });

  it("gives the reason of a revert with its arguments", () => {
    const { revert } = toChainError(wrapped(new RawContractError({ data: revertData })));
    expect(revert).toEqual({
      selector: revertData.slice(0, 10),
      name: "InsufficientLiquidity",
      args: [
        { name: "available", type: "uint256", value: 5n },
        { name: "requested", type: "uint256", value: 9n },
      ],
      data: revertData,
    });
  });

  it("puts what the person did before what the network did", () => {
    const both = new BaseError("x", {
      cause: new HttpRequestError({ url: SECRET, cause: fail(4001) as Error }),
    });
    expect(toChainError(both).code).toBe("user-rejected");
  });

  it("does not take call data for revert data", () => {
    expect(toChainError({ name: "SomeError", data: revertData }).code).toBe("unexpected");
  });

  it("returns one of our own unchanged", () => {
    const error = new ChainError("bad-answer", { message: "no" });
    expect(toChainError(error)).toBe(error);
  });

  it("ends on an error that is its own cause", () => {
    const circular: { cause?: unknown; code: number } = { code: -1 };
    circular.cause = circular;
    expect(toChainError(circular).code).toBe("unexpected");
  });

  it("never throws, whatever was thrown", () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true }), (thrown) => {
        expect(toChainError(thrown)).toBeInstanceOf(ChainError);
      }),
    );
  });
});
