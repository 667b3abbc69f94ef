import { describe, expect, it } from "vitest";
import { InvariantError } from "./assert";
import { exhaustive } from "./exhaustive";
import { unixSeconds, unixSecondsFromMilliseconds } from "./unix-time";

describe("a Unix time", () => {
  it("is in seconds; milliseconds are refused", () => {
    expect(unixSeconds(1_700_000_000n)).toBe(1_700_000_000n);
    expect(() => unixSeconds(1_700_000_000_000n)).toThrow(InvariantError);
    expect(() => unixSeconds(-1n)).toThrow(InvariantError);
  });

  it("comes from a clock rounded down", () => {
    expect(unixSecondsFromMilliseconds(1_700_000_000_999)).toBe(1_700_000_000n);
    expect(() => unixSecondsFromMilliseconds(Number.NaN)).toThrow(InvariantError);
  });
});

describe("a case that cannot be", () => {
  it("stops rather than going on with a wrong value", () => {
    expect(() => exhaustive("surprise" as never)).toThrow(InvariantError);
  });
});
