import type { Address, Hex } from "@/domain/model";
import { addressAt, addressesAt, boolAt, byteLengthOf, bytesAt, bytesOfHex, uintAt, wordsAt } from "../bytes";

/*
 * What one view returned, as a value. The rules are those of the lens (see its Solidity file), so that reading by views
 * and reading through the lens cannot differ: lists of at most 64, texts of at most 64 bytes, clean addresses.
 */

type Returned = Hex | undefined;

const WORD_BYTES = 32;
const MAX_TEXT_BYTES = 64;
const MAX_LIST = 64;
const LOSSY_TEXT = new TextDecoder("utf-8");

export function uintOf(value: Returned): bigint | undefined {
  return value === undefined ? undefined : uintAt(value, 0);
}

export function addressOf(value: Returned): Address | undefined {
  return value === undefined ? undefined : addressAt(value, 0);
}

export function boolOf(value: Returned): boolean | undefined {
  return value === undefined ? undefined : boolAt(value, 0);
}

/** A number of decimals or a count. */
export function smallOf(value: Returned): number | undefined {
  const number = uintOf(value);
  return number === undefined || number > BigInt(Number.MAX_SAFE_INTEGER)
    ? undefined
    : Number.parseInt(number.toString(), 10);
}

/** A string, or the bytes32 up to its first zero byte that some old tokens return instead. */
export function textOf(value: Returned): string | undefined {
  if (value === undefined) return undefined;
  if (byteLengthOf(value) === WORD_BYTES) {
    const bytes = bytesOfHex(value);
    const end = bytes.indexOf(0);
    return LOSSY_TEXT.decode(end === -1 ? bytes : bytes.slice(0, end));
  }
  const bytes = uintAt(value, 0) === 32n ? bytesAt(value, 0) : undefined;
  return bytes === undefined ? undefined : LOSSY_TEXT.decode(bytesOfHex(bytes).slice(0, MAX_TEXT_BYTES));
}

function isPlainList(value: Hex): boolean {
  const length = uintAt(value, 1);
  return uintAt(value, 0) === 32n && length !== undefined && length <= BigInt(MAX_LIST);
}

export function addressListOf(value: Returned): readonly Address[] | undefined {
  return value === undefined || !isPlainList(value) ? undefined : addressesAt(value, 0);
}

export function wordListOf(value: Returned): readonly Hex[] | undefined {
  return value === undefined || !isPlainList(value) ? undefined : wordsAt(value, 0);
}
