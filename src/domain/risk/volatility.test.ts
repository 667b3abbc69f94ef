import { describe, expect, it } from "vitest";
import { known } from "../figure";
import { WAD } from "../math";
import {
  hitChanceOf,
  medianSecondsToFall,
  normalBelow,
  realisedVolatilityOf,
  worstFallOf,
} from "./volatility";

const HOUR = 3_600n;

describe("the normal distribution", () => {
  // Values of printed tables.
  it.each([
    [0, 0.5],
    [-1, 0.158655254],
    [1.96, 0.975002105],
    [-3, 0.001349898],
  ])("is right at %f", (x, below) => {
    expect(normalBelow(x)).toBeCloseTo(below, 6);
  });
});

describe("realised volatility", () => {
  it("is the yearly deviation of the returns between rounds", () => {
    // 1 % up and down by turns, every hour: each return is ln(1.01) in size, and a year has 8,760 hours.
    const rounds = Array.from({ length: 25 }, (_, index) => ({
      atSeconds: HOUR * BigInt(index),
      answer: index % 2 === 0 ? 100_000_000n : 101_000_000n,
    }));
    const found = realisedVolatilityOf(rounds);
    if (found.kind === "unknown") throw new Error(found.reason);
    expect(found.value.yearly).toBeCloseTo(Math.log(1.01) * Math.sqrt(8_760), 9);
    expect(found.value.rounds).toBe(25);
  });

  it("is unknown from too few rounds, or from an answer that is no price", () => {
    const at = (atSeconds: bigint, answer: bigint) => ({ atSeconds, answer });
    expect(realisedVolatilityOf([at(0n, 1n), at(1n, 2n)])).toEqual({
      kind: "unknown",
      reason: "not-published",
    });
    expect(realisedVolatilityOf([at(0n, 1n), at(1n, 0n), at(2n, 1n)])).toEqual({
      kind: "unknown",
      reason: "no-price",
    });
  });
});

describe("the worst fall over a horizon", () => {
  const rounds = [100n, 90n, 95n, 70n, 80n].map((answer, index) => ({
    atSeconds: HOUR * BigInt(index),
    answer,
  }));

  it("compares each round with the answer that stood a horizon before", () => {
    // From 95 to 70 in an hour; from 90 to 70 in two.
    expect(worstFallOf(rounds, HOUR)).toEqual(
      known({ fallWad: (25n * WAD) / 95n, fromSeconds: 2n * HOUR, toSeconds: 3n * HOUR }),
    );
    expect(worstFallOf(rounds, 2n * HOUR)).toEqual(
      known({ fallWad: (20n * WAD) / 90n, fromSeconds: HOUR, toSeconds: 3n * HOUR }),
    );
  });

  it("is unknown where no answer is as old as the horizon", () => {
    expect(worstFallOf(rounds, 24n * HOUR)).toEqual({ kind: "unknown", reason: "not-published" });
  });
});

describe("the chance to touch a fall", () => {
  const year = 31_536_000;

  it("is twice the chance to end below it", () => {
    // d = −ln(0.9) is one deviation at this volatility after a year.
    const chance = hitChanceOf({ fallWad: WAD / 10n, yearlyVolatility: -Math.log(0.9), seconds: year });
    if (chance.kind !== "chance") throw new Error(chance.kind);
    expect(chance.within).toBeCloseTo(2 * 0.158655254, 6);
  });

  it("is no number where the fall has happened, or cannot", () => {
    const rest = { yearlyVolatility: 0.8, seconds: year };
    expect(hitChanceOf({ fallWad: 0n, ...rest })).toEqual({ kind: "already" });
    expect(hitChanceOf({ fallWad: undefined, ...rest })).toEqual({ kind: "unreachable" });
    expect(hitChanceOf({ fallWad: WAD, ...rest })).toEqual({ kind: "unreachable" });
  });

  it("is one half at the median time", () => {
    const seconds = medianSecondsToFall({ fallWad: WAD / 5n, yearlyVolatility: 0.8 });
    if (seconds === undefined) throw new Error("reachable");
    const chance = hitChanceOf({ fallWad: WAD / 5n, yearlyVolatility: 0.8, seconds });
    if (chance.kind !== "chance") throw new Error(chance.kind);
    expect(chance.within).toBeCloseTo(0.5, 6);
  });
});
