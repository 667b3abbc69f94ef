import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const SRC = new URL("../", import.meta.url);

/**
 * Ways from bigint or text to a floating-point number. An amount that takes one of them outside the formatting
 * module can come out wrong without anything failing.
 */
const CROSSING =
  /(?<![\w.])Number\s*\(|\.map\(\s*Number\s*\)|\bparseFloat\b|\bformatUnits\b|\.toFixed\s*\(/gu;

/** The formatting module, and what crosses for reasons that have nothing to do with amounts. */
const ALLOWED: ReadonlySet<string> = new Set(["shared/format.ts"]);

/** The code without its comments, in which the words may be spoken of. */
function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//gu, "").replace(/(?<![:"'`])\/\/.*$/gmu, "");
}

function crossingsIn(code: string): readonly string[] {
  return withoutComments(code).match(CROSSING) ?? [];
}

function sourceFiles(): readonly string[] {
  return readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /\.tsx?$/u.test(file) && !/\.test\.tsx?$/u.test(file) && !file.startsWith("testing/"));
}

describe("the one crossing from bigint to number", () => {
  it("is the formatting module", () => {
    const found = sourceFiles()
      .filter((file) => !ALLOWED.has(file))
      .flatMap((file) =>
        crossingsIn(readFileSync(new URL(file, SRC), "utf8")).map((use) => `${file}: ${use}`),
      );
    expect(found).toEqual([]);
  });

  it("is looked for in every source file, and would be found", () => {
    expect(sourceFiles().length).toBeGreaterThan(40);
    expect(sourceFiles()).toContain("domain/health.ts");
    expect(crossingsIn(readFileSync(new URL("shared/format.ts", SRC), "utf8")).length).toBeGreaterThan(0);
    for (const planted of [
      "const a = Number(amount);",
      "list.map(Number)",
      "Number.parseFloat(text)",
      "formatUnits(value, 6)",
      "ratio.toFixed(2)",
    ]) {
      expect(crossingsIn(planted)).toHaveLength(1);
    }
    expect(crossingsIn("Number.isInteger(n) // not Number(n)")).toEqual([]);
  });
});
