import type { Address, Hex } from "@/domain/model";

/*
 * The small hand-written part of ABI decoding that hot paths use. Everything works on the hex text as it came over
 * the wire: one `BigInt` per word and no intermediate arrays, an order of magnitude cheaper than a generic decoder.
 */

/** Number of hex digits of one ABI word. */
export const WORD_DIGITS = 64;

const HEX = /^0x[0-9a-fA-F]*$/;

/** Whether the value is hex text of whole bytes, `0x` included. */
export function isHexBytes(value: unknown): value is Hex {
  return typeof value === "string" && value.length % 2 === 0 && HEX.test(value);
}

/** Number of bytes in hex text. */
export function byteLengthOf(hex: Hex): number {
  return (hex.length - 2) / 2;
}

/**
 * The unsigned word at `index` (in words, after `skipDigits` digits of selector), or undefined when the data ends
 * before it does.
 */
export function uintAt(hex: Hex, index: number): bigint | undefined {
  const from = 2 + index * WORD_DIGITS;
  const digits = hex.slice(from, from + WORD_DIGITS);
  return digits.length === WORD_DIGITS ? BigInt(`0x${digits}`) : undefined;
}

/** The address in the word at `index`, lower case; undefined when the data ends early or the upper bytes are dirty. */
export function addressAt(hex: Hex, index: number): Address | undefined {
  const from = 2 + index * WORD_DIGITS;
  const digits = hex.slice(from, from + WORD_DIGITS);
  if (digits.length !== WORD_DIGITS || !digits.startsWith("000000000000000000000000")) return undefined;
  return `0x${digits.slice(24).toLowerCase()}`;
}

/** The boolean at `index`; anything but 0 and 1 is undefined. */
export function boolAt(hex: Hex, index: number): boolean | undefined {
  const word = uintAt(hex, index);
  if (word === 0n) return false;
  return word === 1n ? true : undefined;
}

/** The 32 bytes at `index` as they stand. */
export function wordAt(hex: Hex, index: number): Hex | undefined {
  const from = 2 + index * WORD_DIGITS;
  const digits = hex.slice(from, from + WORD_DIGITS);
  return digits.length === WORD_DIGITS ? `0x${digits.toLowerCase()}` : undefined;
}

/** The hex text without its first `count` words (or bytes, with `unit: "bytes"`). */
export function dropBytes(hex: Hex, count: number): Hex {
  return `0x${hex.slice(2 + count * 2)}`;
}

/** Upper bound on the length of anything dynamic that we decode: hostile contracts return what they like. */
const MAX_DYNAMIC_BYTES = 1_048_576n;

function offsetOf(hex: Hex, index: number): number | undefined {
  const offset = uintAt(hex, index);
  if (offset === undefined || offset > MAX_DYNAMIC_BYTES * 32n) return undefined;
  return Number.parseInt(offset.toString(), 10);
}

/** The dynamic `bytes` (or `string`) whose offset stands in the word at `index`. */
export function bytesAt(hex: Hex, index: number): Hex | undefined {
  const offset = offsetOf(hex, index);
  if (offset === undefined) return undefined;
  const tail: Hex = `0x${hex.slice(2 + offset * 2)}`;
  const length = uintAt(tail, 0);
  if (length === undefined || length > MAX_DYNAMIC_BYTES) return undefined;
  const digits = Number.parseInt(length.toString(), 10) * 2;
  const body = tail.slice(2 + WORD_DIGITS, 2 + WORD_DIGITS + digits);
  return body.length === digits ? `0x${body}` : undefined;
}

/** The dynamic array of one-word elements whose offset stands in the word at `index`, each as a 32-byte word. */
export function wordsAt(hex: Hex, index: number): readonly Hex[] | undefined {
  const offset = offsetOf(hex, index);
  if (offset === undefined) return undefined;
  const tail: Hex = `0x${hex.slice(2 + offset * 2)}`;
  const length = uintAt(tail, 0);
  if (length === undefined || length * 32n > MAX_DYNAMIC_BYTES) return undefined;
  const words: Hex[] = [];
  for (let at = 1; at <= Number.parseInt(length.toString(), 10); at += 1) {
    const word = wordAt(tail, at);
    if (word === undefined) return undefined;
    words.push(word);
  }
  return words;
}

/** The dynamic array of addresses whose offset stands in the word at `index`. */
export function addressesAt(hex: Hex, index: number): readonly Address[] | undefined {
  const words = wordsAt(hex, index);
  if (words === undefined) return undefined;
  const addresses: Address[] = [];
  for (const word of words) {
    const address = addressAt(word, 0);
    if (address === undefined) return undefined;
    addresses.push(address);
  }
  return addresses;
}

/** Bytes of hex text. The caller has checked that it is hex. */
export function bytesOfHex(hex: Hex): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(byteLengthOf(hex));
  for (let at = 0; at < bytes.length; at += 1) {
    bytes[at] = Number.parseInt(hex.slice(2 + at * 2, 4 + at * 2), 16);
  }
  return bytes;
}

const BYTE_DIGITS: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, "0"),
);

/** Lower-case hex text of bytes. */
export function hexOfBytes(bytes: Uint8Array): Hex {
  let text: Hex = "0x";
  for (const byte of bytes) text += BYTE_DIGITS[byte] ?? "";
  return text;
}

/** UTF-8 text of bytes; undefined when they are not valid UTF-8. */
export function textOfHex(hex: Hex): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytesOfHex(hex));
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** One ABI word of an unsigned integer. */
export function uintWord(value: bigint): string {
  return value.toString(16).padStart(WORD_DIGITS, "0");
}

/** One ABI word of an address. */
export function addressWord(address: Address): string {
  return address.slice(2).toLowerCase().padStart(WORD_DIGITS, "0");
}
