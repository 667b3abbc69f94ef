import type { Address, Hex } from "@/domain/model";
import { bytesOfHex } from "../bytes";
import { ChainError } from "../errors";

const FAILED = 0xff;
const MAX_NUMBER_BYTES = 32;
const ADDRESS_DIGITS = 40;
const LOSSY_TEXT = new TextDecoder("utf-8");

/**
 * Reads the lens's packed answer field by field: a length byte, then that many big-endian bytes; 0 is zero, 0xff says
 * that the call behind the field failed, which is undefined and never zero.
 *
 * Works on the hex text as it came, one `BigInt` per number. Throws `bad-answer` when the bytes end early.
 */
export class FieldReader {
  readonly #hex: Hex;
  #at = 2;

  constructor(hex: Hex) {
    this.#hex = hex;
  }

  /** The field's hex digits; undefined where the call failed. */
  #digits(): string | undefined {
    const length = Number.parseInt(this.#hex.slice(this.#at, this.#at + 2), 16);
    if (Number.isNaN(length)) throw truncated();
    this.#at += 2;
    if (length === FAILED) return undefined;
    const end = this.#at + length * 2;
    if (end > this.#hex.length) throw truncated();
    const digits = this.#hex.slice(this.#at, end);
    this.#at = end;
    return digits;
  }

  uint(): bigint | undefined {
    const digits = this.#digits();
    if (digits === undefined) return undefined;
    if (digits.length > MAX_NUMBER_BYTES * 2) throw truncated();
    return digits === "" ? 0n : BigInt(`0x${digits}`);
  }

  /** A 32-byte word with its leading zeros put back. */
  word(): Hex | undefined {
    const digits = this.#digits();
    return digits === undefined ? undefined : `0x${digits.toLowerCase().padStart(MAX_NUMBER_BYTES * 2, "0")}`;
  }

  address(): Address | undefined {
    const digits = this.#digits();
    if (digits === undefined || digits.length > ADDRESS_DIGITS) return undefined;
    return `0x${digits.toLowerCase().padStart(ADDRESS_DIGITS, "0")}`;
  }

  bool(): boolean | undefined {
    const value = this.uint();
    if (value === 0n) return false;
    return value === 1n ? true : undefined;
  }

  /** A count or a number of decimals; undefined also when it does not fit a JavaScript integer. */
  small(): number | undefined {
    const value = this.uint();
    if (value === undefined || value > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
    return Number.parseInt(value.toString(), 10);
  }

  /** Text as UTF-8, invalid bytes replaced; cut at 64 bytes by the lens. */
  text(): string | undefined {
    const digits = this.#digits();
    return digits === undefined ? undefined : LOSSY_TEXT.decode(bytesOfHex(`0x${digits}`));
  }

  atEnd(): boolean {
    return this.#at === this.#hex.length;
  }
}

function truncated(): ChainError {
  return new ChainError("bad-answer", { message: "The lens's answer ends early" });
}
