import { describe, expect, it } from "vitest";
import { WAD } from "../math";
import { hitRangeOf, medianRangeOf, volatilityRangeOf } from "./hit-range";
import type { Round } from "./rounds";

const HOUR = 3_600n;
const DAY_SECONDS = 86_400;

/** Hourly rounds that go up and down by `percent` in turns. */
function zigzag(hours: number, percentOf: (hour: number) => bigint): readonly Round[] {
  return Array.from({ length: hours }, (_, hour) => ({
    atSeconds: 1_700_000_000n + BigInt(hour) * HOUR,
    answer: hour % 2 === 0 ? 100_000n : 100_000n + 1_000n * percentOf(hour),
  }));
}

describe("volatilityRangeOf", () => {
  it("spans from the calmest to the wildest of week, month and sample", () => {
    const quietThenWild = zigzag(24 * 60, (hour) => (hour < 24 * 53 ? 1n : 5n));
    const range = volatilityRangeOf(quietThenWild);
    if (range.kind === "unknown") throw new Error("there are rounds");
    // Hourly moves of ln 1.05 in the last week: √8,760 × 0.04879 = 4.57.
    expect(range.value.highYearly).toBeCloseTo(4.57, 1);
    expect(range.value.lowYearly).toBeLessThan(range.value.highYearly / 2);
    expect(range.value.rounds).toBe(24 * 60);
  });

  it("is one number where every window says the same, and unknown with hardly a round", () => {
    const even = volatilityRangeOf(zigzag(24 * 60, () => 1n));
    if (even.kind === "unknown") throw new Error("there are rounds");
    expect(even.value.highYearly / even.value.lowYearly).toBeCloseTo(1, 2);
    expect(volatilityRangeOf(zigzag(5, () => 1n)).kind).toBe("unknown");
    expect(volatilityRangeOf([]).kind).toBe("unknown");
  });
});

describe("hitRangeOf and medianRangeOf", () => {
  const volatility = { lowYearly: 0.4, highYearly: 0.8 };

  it("give the lesser chance and the longer time to the calmer market", () => {
    const mark = { kind: "at", fallWad: WAD / 10n } as const;
    const day = hitRangeOf({ mark, volatility, seconds: DAY_SECONDS });
    // d = −ln 0.9 = 0.10536; 2 Φ(−d / (σ √(1/365))): σ = 0.4 → 2 Φ(−5.032), σ = 0.8 → 2 Φ(−2.516).
    if (day.kind !== "chance") throw new Error("it is ahead");
    expect(day.low).toBeCloseTo(4.85e-7, 6);
    expect(day.high).toBeCloseTo(0.01187, 4);
    const median = medianRangeOf(mark, volatility);
    // (d / 0.6745 σ)² years.
    expect((median?.shortSeconds ?? 0) / DAY_SECONDS).toBeCloseTo(13.92, 1);
    expect((median?.longSeconds ?? 0) / DAY_SECONDS).toBeCloseTo(55.66, 1);
  });

  it("keep what needs no chance, and call a fall of everything unreachable", () => {
    const at = { volatility, seconds: 1 };
    expect(hitRangeOf({ mark: { kind: "already" }, ...at })).toEqual({ kind: "already" });
    expect(hitRangeOf({ mark: { kind: "unreachable" }, ...at })).toEqual({ kind: "unreachable" });
    expect(hitRangeOf({ mark: { kind: "at", fallWad: WAD }, ...at })).toEqual({ kind: "unreachable" });
    expect(medianRangeOf({ kind: "already" }, volatility)).toBeUndefined();
  });
});
