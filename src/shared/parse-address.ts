/** What became of a text that should be an address: the address in lower case, or what is wrong and the cure. */
export type ParsedAddress =
  | {
      readonly ok: true;
      readonly address: `0x${string}`;
      /** The text as it was given, "0x" and 40 digits: capital letters in it may be a checksum. */
      readonly given: `0x${string}`;
      /** Both capital and small letters stand in it, so it carries a checksum that can be verified. */
      readonly isMixedCase: boolean;
    }
  | { readonly ok: false; readonly code: AddressIssue; readonly message: string };

export type AddressIssue =
  | "empty"
  | "no-prefix"
  | "name"
  | "hash"
  | "not-hex"
  | "too-short"
  | "too-long"
  | "checksum";

const DIGITS = 40;
const HASH_DIGITS = 64;

/** A refusal of an address, in one shape. */
export function refusedAddress(code: AddressIssue, message: string): ParsedAddress {
  return { ok: false, code, message };
}

/** Exactly 20 bytes of hex behind "0x", told apart from everything that resembles it. */
function isAddressText(text: string): text is `0x${string}` {
  return /^0x[0-9a-fA-F]{40}$/u.test(text);
}

/**
 * A typed or linked address, by its form alone: 0x and 40 hex digits, white space around it ignored. The checksum
 * of mixed-case text is not verified here, since that needs a hash function; callers above do.
 */
export function parseAddressForm(text: string): ParsedAddress {
  const given = text.trim();
  if (given === "") return refusedAddress("empty", "Enter an address: 0x and 40 hex digits.");
  if (isAddressText(given)) {
    const digits = given.slice(2);
    const isMixedCase = digits !== digits.toLowerCase() && digits !== digits.toUpperCase();
    return { ok: true, address: `0x${digits.toLowerCase()}`, given, isMixedCase };
  }
  if (/^[^\s.]+(?:\.[^\s.]+)+$/u.test(given)) {
    return refusedAddress(
      "name",
      "Names are not looked up here. Enter the address itself: 0x and 40 hex digits.",
    );
  }
  if (/^[0-9a-fA-F]{40}$/u.test(given)) {
    return refusedAddress("no-prefix", "An address begins with 0x. Put 0x in front of these 40 digits.");
  }
  if (!given.startsWith("0x")) {
    return refusedAddress("not-hex", "This is not an address. Enter 0x and 40 hex digits.");
  }
  const digits = given.slice(2);
  if (!/^[0-9a-fA-F]*$/u.test(digits)) {
    return refusedAddress("not-hex", "Only the digits 0 to 9 and the letters a to f can follow 0x.");
  }
  if (digits.length === HASH_DIGITS) {
    return refusedAddress(
      "hash",
      "This is a transaction or block hash (64 digits). An address has 40 digits.",
    );
  }
  const difference = Math.abs(digits.length - DIGITS);
  const unit = difference === 1 ? "digit" : "digits";
  return digits.length < DIGITS
    ? refusedAddress("too-short", `${difference} ${unit} missing: an address has 40 digits after 0x.`)
    : refusedAddress("too-long", `${difference} ${unit} too many: an address has 40 digits after 0x.`);
}
