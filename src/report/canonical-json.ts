import canonicalize from "canonicalize";
import { sha256Of } from "@/chain/digest";
import type { Hex } from "@/domain/model";

/** Half a pair: with the `u` flag a whole pair is one character and no surrogate. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The one text of a JSON value by RFC 8785: keys in the order of their UTF-16 code units, no white space, numbers as
 * ECMAScript writes them. Two people who hold the same values hold the same text, whatever their files look like.
 *
 * @throws RangeError for what JSON cannot hold (undefined, NaN, infinity) and for text with half a surrogate pair,
 * which has no UTF-8 form
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(checked(value));
  if (text === undefined) throw new RangeError("There is no JSON text of this value");
  return text;
}

/** SHA-256 of the UTF-8 bytes of the canonical text. */
export function canonicalSha256(value: unknown): Promise<Hex> {
  return sha256Of(new TextEncoder().encode(canonicalJson(value)));
}

/** The value itself, once it is certain that the canonical text says all of it. */
function checked(value: unknown): unknown {
  if (typeof value === "string") {
    if (LONE_SURROGATE.test(value)) throw new RangeError("A text holds half a surrogate pair");
    return value;
  }
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new RangeError("JSON has no such number");
  }
  if (typeof value !== "object" || value === null) return value;
  for (const [key, part] of Object.entries(value)) {
    checked(key);
    checked(part);
  }
  return value;
}
