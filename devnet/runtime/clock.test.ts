import { describe, expect, it } from "vitest";
import { durationSeconds } from "./clock";

describe("a duration on the command line", () => {
  it.each([
    ["1h", 3_600],
    ["48h", 172_800],
    ["7d", 604_800],
    ["90m", 5_400],
    ["30s", 30],
  ])("%s is %d seconds", (text, seconds) => {
    expect(durationSeconds(text)).toBe(seconds);
  });

  it.each(["", "48", "h", "-1h", "1.5h", "1w", "1h2m", " 1h"])("%j is none", (text) => {
    expect(durationSeconds(text)).toBeUndefined();
  });
});
