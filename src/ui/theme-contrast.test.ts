import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("./theme.css", import.meta.url), "utf8");

/** The colour tokens of one block of the style sheet. */
function tokensAfter(selector: string): ReadonlyMap<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf("}", start));
  return new Map(
    [...block.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g)].map((found) => [found[1]!, found[2]!]),
  );
}

/** Relative luminance and contrast ratio of WCAG 2.2, success criterion 1.4.3. */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

const GROUNDS = ["canvas", "surface", "raised", "sunken"];
const TONES = ["accent", "ok", "caution", "danger", "loss", "stale"];
const PAIRS: readonly (readonly [string, string])[] = [
  ...["ink", "ink-muted", "ink-faint", ...TONES].flatMap((ink) =>
    GROUNDS.map((ground) => [ink, ground] as const),
  ),
  ...TONES.map((tone) => [tone, `${tone}-soft`] as const),
  ...["ink", "ink-muted"].flatMap((ink) => TONES.map((tone) => [ink, `${tone}-soft`] as const)),
  ["accent-ink", "accent"],
  ["hull-mark", "hull-upper"],
  ["hull-mark", "hull-lower"],
];

describe.each([
  ["light", tokensAfter(":root")],
  ["dark", tokensAfter(".dark")],
])("colours of the %s theme", (_name, tokens) => {
  const colorOf = (token: string): string => {
    const color = tokens.get(token);
    if (color === undefined) throw new Error(`the theme has no --${token}`);
    return color;
  };

  it.each(PAIRS)("show %s text on %s at 4.5 to 1 or more", (ink, ground) => {
    expect(contrast(colorOf(ink), colorOf(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it("show the edges of controls at 3 to 1 or more", () => {
    expect(contrast(colorOf("line-strong"), colorOf("surface"))).toBeGreaterThanOrEqual(3);
  });

  it("show every chart line at 3 to 1 or more on a panel", () => {
    for (const number of [1, 2, 3, 4, 5, 6]) {
      expect(contrast(colorOf(`chart-${number}`), colorOf("surface"))).toBeGreaterThanOrEqual(3);
    }
  });

  it("name the same tokens as the other theme", () => {
    const others = tokensAfter(
      tokens.get("canvas") === tokensAfter(":root").get("canvas") ? ".dark" : ":root",
    );
    expect([...tokens.keys()].sort()).toEqual([...others.keys()].sort());
  });
});
