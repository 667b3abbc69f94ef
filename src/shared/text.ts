/** What replaces a text that has nothing printable in it. */
const NOTHING_PRINTABLE = "(unnamed)";

/**
 * Control characters, bidirectional overrides and isolates, zero-width and other invisible format characters,
 * line and paragraph separators, private use, unassigned and lone surrogates. Each can hide or reorder what
 * stands beside it.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]/gu;

/** Letters that print as nothing although Unicode calls them letters, symbols or marks. */
const BLANK_LETTERS =
  /\u{34F}|\u{115F}|\u{1160}|\u{17B4}|\u{17B5}|\u{2800}|\u{3164}|\u{FFA0}|\p{Variation_Selector}/gu;

/** More than two combining marks on one letter: a flood that draws over the lines above and below. */
const MARK_FLOOD = /(\p{M}{2})\p{M}+/gu;

/**
 * A text from a contract (a token's name or symbol), made safe to stand in a line of ours: no control,
 * bidirectional or invisible characters, at most two combining marks a letter, single spaces, at most
 * `maximumLength` characters, cut with "…". The address must always stand beside it: a look-alike name
 * stays a look-alike.
 */
export function sanitiseText(text: string, maximumLength = 40): string {
  // Hostile names can be a megabyte long; nothing beyond a few times the cap can matter.
  const start = text.slice(0, maximumLength * 32);
  const clean = start
    .replace(/\s+/gu, " ")
    .replace(INVISIBLE, "")
    .replace(BLANK_LETTERS, "")
    .replace(MARK_FLOOD, "$1")
    .replace(/ {2,}/gu, " ")
    .trim();
  if (clean === "") return NOTHING_PRINTABLE;
  const characters = Array.from(clean);
  if (characters.length <= maximumLength) return clean;
  return `${characters.slice(0, Math.max(0, maximumLength - 1)).join("")}…`;
}

/** Scripts whose letters are easily taken for one another. */
const SCRIPTS: readonly RegExp[] = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
];

/** Whether a name mixes scripts with look-alike letters (a Cyrillic "а" inside a Latin word). */
export function hasMixedScripts(text: string): boolean {
  return SCRIPTS.filter((script) => script.test(text)).length > 1;
}
