import type { Address, Hex } from "@/domain/model";
import { addressWord, boolAt, byteLengthOf, bytesAt, isHexBytes, uintAt, uintWord } from "../bytes";
import { MULTICALL3_VIEWS } from "../flux/views";
import type { Rpc, RpcOptions } from "../rpc/rpc";
import { pinTo, type ViewCall, type ViewResult } from "./call";

/** Where Multicall3 is on most chains. Its deployer's key is public, so on a new chain anything may stand there. */
export const MULTICALL3_ADDRESS: Address = "0xca11bde05977b3631167028862be2a173976ca11";

/** Keccak-256 of the canonical runtime code (3,808 bytes), the same on every chain that has it. */
export const MULTICALL3_CODE_HASH: Hex = "0xd5c15df687b16f2ff992fc8d767b4216323184a2bbc6ee2f9c398c318e770891";

/** Whether the canonical code stands at the canonical address at that block. Anything else is not called. */
export async function hasMulticall3(
  rpc: Rpc,
  { block, ...options }: RpcOptions & { readonly block: { readonly hash: Hex } },
): Promise<boolean> {
  const code = await rpc.request("eth_getCode", [MULTICALL3_ADDRESS, pinTo(block)], options);
  if (!isHexBytes(code) || code === "0x") return false;
  // Loaded only where the ladder comes this far down: the hash function is no part of the public page.
  const { keccak256 } = await import("viem/utils");
  return keccak256(code) === MULTICALL3_CODE_HASH;
}

const WORD_BYTES = 32;

function paddedBytes(data: Hex): string {
  const digits = data.slice(2);
  const padded = Math.ceil(digits.length / 64) * 64;
  return uintWord(BigInt(byteLengthOf(data))) + digits.padEnd(padded, "0");
}

/** Call data of `aggregate3`, every call allowed to fail. */
export function encodeAggregate3(calls: readonly ViewCall[]): Hex {
  const tuples = calls.map(
    ({ to, data }) => addressWord(to) + uintWord(1n) + uintWord(96n) + paddedBytes(data),
  );
  let offset = calls.length * WORD_BYTES;
  let offsets = "";
  for (const tuple of tuples) {
    offsets += uintWord(BigInt(offset));
    offset += tuple.length / 2;
  }
  const [selector] = MULTICALL3_VIEWS.aggregate3;
  return `${selector}${uintWord(32n)}${uintWord(BigInt(calls.length))}${offsets}${tuples.join("")}`;
}

function sliceFrom(hex: Hex, bytes: bigint): Hex {
  return bytes > BigInt(hex.length) ? "0x" : `0x${hex.slice(2 + Number.parseInt(bytes.toString(), 10) * 2)}`;
}

/** Results of `aggregate3`, one a call: undefined for a call that failed or returned nothing. */
export function decodeAggregate3(answer: Hex, count: number): readonly ViewResult[] | undefined {
  const arrayOffset = uintAt(answer, 0);
  if (arrayOffset === undefined) return undefined;
  const array = sliceFrom(answer, arrayOffset);
  if (uintAt(array, 0) !== BigInt(count)) return undefined;
  const body = sliceFrom(array, 32n);
  const results: ViewResult[] = [];
  for (let index = 0; index < count; index += 1) {
    const offset = uintAt(body, index);
    if (offset === undefined) return undefined;
    const tuple = sliceFrom(body, offset);
    const success = boolAt(tuple, 0);
    const data = bytesAt(tuple, 1);
    if (success === undefined || data === undefined) return undefined;
    results.push(success && data !== "0x" ? data : undefined);
  }
  return results;
}
