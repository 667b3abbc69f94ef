// @vitest-environment node
import fc from "fast-check";
import { encodeAbiParameters, encodeErrorResult, parseAbi, stringToHex } from "viem";
import { describe, expect, it } from "vitest";
import type { Hex } from "@/domain/model";
import { decodeRevert } from "./reverts";

const abi = parseAbi([
  "error AccessControlUnauthorizedAccount(address account, bytes32 neededRole)",
  "error SafeCastOverflowedIntToUint(int256 value)",
  "error InvalidParameter(bytes32 key, uint256 value)",
  "error Error(string reason)",
  "error ZeroAmount()",
]);

describe("decodeRevert", () => {
  it("names the arguments", () => {
    const key = stringToHex("minBondRatio", { size: 32 });
    const data = encodeErrorResult({ abi, errorName: "InvalidParameter", args: [key, 7n] });
    expect(decodeRevert(data)).toMatchObject({
      name: "InvalidParameter",
      args: [
        { name: "key", type: "bytes32", value: key },
        { name: "value", type: "uint256", value: 7n },
      ],
    });
  });

  it("gives addresses in lower case and negative numbers as such", () => {
    const account = "0xAbcdEF0000000000000000000000000000000001".toLowerCase() as Hex;
    const role: Hex = `0x${"11".repeat(32)}`;
    const denied = encodeErrorResult({
      abi,
      errorName: "AccessControlUnauthorizedAccount",
      args: [account, role],
    });
    expect(decodeRevert(denied).args.map(({ value }) => value)).toEqual([account, role]);
    const negative = encodeErrorResult({ abi, errorName: "SafeCastOverflowedIntToUint", args: [-5n] });
    expect(decodeRevert(negative).args[0]?.value).toBe(-5n);
  });

  it("reads the reason string of require", () => {
    const data = encodeErrorResult({ abi, errorName: "Error", args: ["No oracle"] });
    expect(decodeRevert(data)).toMatchObject({
      name: "Error",
      args: [{ name: "reason", value: "No oracle" }],
    });
  });

  it("shows an unknown selector raw", () => {
    const data: Hex = `0xdeadbeef${encodeAbiParameters([{ type: "uint256" }], [1n]).slice(2)}`;
    expect(decodeRevert(data)).toEqual({ selector: "0xdeadbeef", name: undefined, args: [], data });
  });

  it("does not name an error whose arguments are cut off", () => {
    const data = encodeErrorResult({
      abi,
      errorName: "InvalidParameter",
      args: [stringToHex("x", { size: 32 }), 7n],
    });
    expect(decodeRevert(data.slice(0, -2) as Hex).name).toBeUndefined();
  });

  it("knows a revert without a reason", () => {
    expect(decodeRevert("0x")).toEqual({ selector: undefined, name: undefined, args: [], data: "0x" });
  });

  it("never throws on any bytes", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom("0x08c379a0", "0x4e487b71", "0x1e618386", "0x"),
        (bytes, head) => {
          const data = `${head}${Buffer.from(bytes).toString("hex")}` as Hex;
          expect(decodeRevert(data).data).toBe(data);
        },
      ),
    );
  });
});
