import type { Address } from "./model";

/** Order of two lower-case addresses: by their number, which is the order of their digits. */
export function compareAddress(a: Address, b: Address): -1 | 0 | 1 {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

/** The address that shares come from when they are minted and go to when they are burned. */
export function isZeroAddress(address: Address): boolean {
  return address === "0x0000000000000000000000000000000000000000";
}

const BURN_ADDRESS: Address = "0x000000000000000000000000000000000000dead";

/** Where a hexadecimal address begins to differ from the zero address if only its last digit does. */
const ALL_BUT_LAST_DIGIT = "0x000000000000000000000000000000000000000";

/** Addresses that nobody can sign for: shares there are lost, and their part of a loss is its own line. */
export function isDeadAddress(address: Address): boolean {
  return address === BURN_ADDRESS || address.startsWith(ALL_BUT_LAST_DIGIT);
}
