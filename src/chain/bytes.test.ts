// @vitest-environment node
import fc from "fast-check";
import { bytesToHex, encodeAbiParameters, hexToBytes, padHex } from "viem";
import { describe, expect, it } from "vitest";
import type { Hex } from "@/domain/model";
import {
  addressAt,
  addressesAt,
  addressWord,
  boolAt,
  byteLengthOf,
  bytesAt,
  bytesOfHex,
  hexOfBytes,
  isHexBytes,
  textOfHex,
  uintAt,
  uintWord,
  wordsAt,
} from "./bytes";

const uint = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n });
const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((value) => bytesToHex(value));
const address = bytes(20);

describe("reading ABI words", () => {
  it("reads what viem encoded", () => {
    const tuple = fc.tuple(
      uint,
      address,
      fc.boolean(),
      fc.uint8Array({ maxLength: 200 }),
      fc.array(address),
      fc.array(bytes(32)),
    );
    fc.assert(
      fc.property(tuple, ([number, account, flag, blob, accounts, words]) => {
        const data = encodeAbiParameters(
          ["uint256", "address", "bool", "bytes", "address[]", "bytes32[]"].map((type) => ({ type })),
          [number, account, flag, bytesToHex(blob), accounts, words],
        );
        expect(uintAt(data, 0)).toBe(number);
        expect(addressAt(data, 1)).toBe(account);
        expect(boolAt(data, 2)).toBe(flag);
        expect(bytesAt(data, 3)).toBe(bytesToHex(blob));
        expect(addressesAt(data, 4)).toEqual(accounts);
        expect(wordsAt(data, 5)).toEqual(words);
      }),
    );
  });

  it("gives undefined, never a shorter value, for data that end early", () => {
    fc.assert(
      fc.property(fc.array(address, { minLength: 1 }), fc.nat(), (accounts, cut) => {
        const data = encodeAbiParameters([{ type: "address[]" }], [accounts]);
        const shorter: Hex = `0x${data.slice(2, 2 + (cut % (data.length - 2)))}`;
        expect(addressesAt(shorter, 0)).toBeUndefined();
      }),
    );
  });

  it("refuses dirty addresses, odd booleans and absurd lengths", () => {
    expect(addressAt(padHex("0x01", { dir: "right" }), 0)).toBeUndefined();
    expect(boolAt(`0x${uintWord(2n)}`, 0)).toBeUndefined();
    expect(bytesAt(`0x${uintWord(2n ** 255n)}`, 0)).toBeUndefined();
    expect(wordsAt(`0x${uintWord(32n)}${uintWord(2n ** 255n)}`, 0)).toBeUndefined();
  });

  it("writes words that viem reads", () => {
    fc.assert(
      fc.property(uint, address, (number, account) => {
        const data = encodeAbiParameters([{ type: "uint256" }, { type: "address" }], [number, account]);
        expect(`0x${uintWord(number)}${addressWord(account)}`).toBe(data);
      }),
    );
  });
});

describe("hex and bytes", () => {
  it("go both ways as viem does it", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (value) => {
        const hex = bytesToHex(value);
        expect(hexOfBytes(value)).toBe(hex);
        expect(bytesOfHex(hex)).toEqual(hexToBytes(hex));
        expect(byteLengthOf(hex)).toBe(value.length);
      }),
    );
  });

  it("tell whole bytes from other text", () => {
    expect(["0x", "0xab", "0xAB"].every(isHexBytes)).toBe(true);
    expect(["", "ab", "0xa", "0xzz", 1, null, undefined].some(isHexBytes)).toBe(false);
  });

  it("refuse text that is not UTF-8", () => {
    expect(textOfHex("0xe282ac")).toBe("€");
    expect(textOfHex("0xff")).toBeUndefined();
  });
});
