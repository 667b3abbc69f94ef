/** What became of a text that a person typed: a value, or a message that names the problem and the cure. */
export type Parsed =
  | { readonly ok: true; readonly value: bigint }
  | { readonly ok: false; readonly code: ParseIssue; readonly message: string };

export type ParseIssue = "empty" | "not-a-number" | "negative" | "too-precise" | "too-large" | "separator";

const MAXIMUM_UINT256 = 2n ** 256n - 1n;

function refused(code: ParseIssue, message: string): Parsed {
  return { ok: false, code, message };
}

/** The digits of a decimal number with a point, thousands commas allowed where they belong. */
function parseDecimal(text: string, decimals: number): Parsed {
  const trimmed = text.trim();
  if (trimmed === "") return refused("empty", "Enter a number.");
  if (/^[-\u2212]/u.test(trimmed)) return refused("negative", "Enter a number that is not negative.");
  const match = /^(\d+|\d{1,3}(?:,\d{3})+)?(?:\.(\d*))?$/u.exec(trimmed);
  const whole = match?.[1]?.replaceAll(",", "") ?? "";
  const fraction = match?.[2] ?? "";
  if (match === null || whole + fraction === "") {
    return trimmed.includes(",")
      ? refused("separator", "Use a point for decimals; a comma only between thousands, as in 1,000.5.")
      : refused(
          "not-a-number",
          `“${trimmed.slice(0, 20)}” is not a number. Use digits and a point, as in 1000.5.`,
        );
  }
  const kept = fraction.replace(/0+$/u, "");
  if (kept.length > decimals) {
    return refused(
      "too-precise",
      decimals === 0
        ? "Enter a whole number, without decimals."
        : `At most ${decimals} digits can follow the point; there are ${kept.length}.`,
    );
  }
  if (whole.length > 80) return refused("too-large", "The number is too large for the chain.");
  const value = BigInt(whole + kept.padEnd(decimals, "0"));
  if (value > MAXIMUM_UINT256) return refused("too-large", "The number is too large for the chain.");
  return { ok: true, value };
}

/**
 * A typed amount in whole tokens as an integer of the token's own units. Nothing is ever rounded: a digit that
 * the token cannot hold is refused.
 */
export function parseAmount({ text, decimals }: { text: string; decimals: number }): Parsed {
  return parseDecimal(text, decimals);
}

/** A typed per cent ("22.5", "22.5 %") as a ratio with 18 decimals (10^18 = 100 %). */
export function parsePercent({ text }: { text: string }): Parsed {
  return parseDecimal(text.trim().replace(/\s*%$/u, ""), 16);
}

/** A typed whole number: a block, a number of seconds. */
export function parseInteger({ text }: { text: string }): Parsed {
  return parseDecimal(text, 0);
}
