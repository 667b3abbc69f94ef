// @vitest-environment node
import fc from "fast-check";
import { bytesToHex, decodeFunctionData, encodeFunctionResult, multicall3Abi } from "viem";
import { describe, expect, it } from "vitest";
import type { BlockRef } from "@/domain/model";
import { createFakeRpc } from "@/testing/fake-rpc";
import { decodeAggregate3, encodeAggregate3, hasMulticall3 } from "./multicall3";

const bytes = fc.uint8Array({ maxLength: 100 }).map((value) => bytesToHex(value));
const address = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((value) => bytesToHex(value));
const block: BlockRef = { number: 1n, hash: `0x${"11".repeat(32)}`, timestampSeconds: 1n };

describe("aggregate3", () => {
  it("is encoded as viem reads it", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ to: address, data: bytes })), (calls) => {
        const { args } = decodeFunctionData({ abi: multicall3Abi, data: encodeAggregate3(calls) });
        const read = (args?.[0] ?? []) as readonly {
          target: string;
          allowFailure: boolean;
          callData: string;
        }[];
        expect(
          read.map(({ target, callData, allowFailure }) => [target.toLowerCase(), callData, allowFailure]),
        ).toEqual(calls.map(({ to, data }) => [to, data, true]));
      }),
    );
  });

  it("is decoded as viem wrote it, failures and empty answers undefined", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ success: fc.boolean(), returnData: bytes })), (result) => {
        const answer = encodeFunctionResult({ abi: multicall3Abi, functionName: "aggregate3", result });
        expect(decodeAggregate3(answer, result.length)).toEqual(
          result.map(({ success, returnData }) => (success && returnData !== "0x" ? returnData : undefined)),
        );
        expect(decodeAggregate3(answer, result.length + 1)).toBeUndefined();
      }),
    );
  });

  it("is refused when the answer is cut or no answer at all", () => {
    const result = [{ success: true, returnData: `0x${"ab".repeat(40)}` as const }];
    const answer = encodeFunctionResult({ abi: multicall3Abi, functionName: "aggregate3", result });
    for (let length = 2; length < answer.length - 48; length += 2) {
      expect(decodeAggregate3(answer.slice(0, length) as `0x${string}`, 1)).toBeUndefined();
    }
  });
});

describe("hasMulticall3", () => {
  it.each([
    ["no code", "0x"],
    ["foreign code", "0x6000"],
    ["no hex", null],
  ])("is false where there is %s", async (_, code) => {
    const rpc = createFakeRpc({ methods: { eth_getCode: () => code } });
    expect(await hasMulticall3(rpc, { block })).toBe(false);
  });
});
