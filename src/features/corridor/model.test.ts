import { describe, expect, it } from "vitest";
import { corridorOf } from "@/domain/liquidation";
import { LESSON, lessonReport, reportOf } from "@/testing/report-builders";
import { addressFrom, historyOf, percent, stateOf, strategyOf, USDC } from "@/testing/vault-builders";
import {
  bufferLinesOf,
  caseLinesOf,
  casesOf,
  corridorMarksOf,
  corridorPointOf,
  lessonCaseOf,
  ownPartOf,
  placeOf,
  scaleOf,
  widthsOf,
} from "./model";

const STRATEGY = strategyOf();
const state = stateOf();
const lesson = lessonCaseOf(state.asset);

const pointAt = (value: bigint, rule: "a" | "b" = "a") =>
  corridorPointOf({ strategy: STRATEGY, rule, trueDebtAssets: 100_000n * USDC, valueAssets: value * USDC });

const valuesOf = (isMoved: boolean) => {
  const point = corridorPointOf({ strategy: STRATEGY, rule: "a", ...lesson });
  const lines = caseLinesOf({ one: lesson, point, state, rule: "a", marginWad: percent(1), isMoved });
  return Object.fromEntries(lines.map(({ id, value }) => [id, value]));
};

describe("the documentation's example", () => {
  it("loses 5,000 as it is told, and 5,950 at a margin of 1 %: both stand there", () => {
    expect(valuesOf(false)).toEqual({
      debt: "100,000.00 USDC",
      paid: "95,000.00 USDC",
      lost: "5,000.00 USDC",
      payment: "94,050.00 USDC",
      "bad-debt": "5,950.00 USDC",
      gain: "950.00 USDC",
      price: "−0.060%",
    });
  });

  it("tells nothing of what was paid once the price is dragged away from it", () => {
    expect(Object.keys(valuesOf(true))).not.toContain("lost");
  });

  it("is the first case of every vault, before its own losses", () => {
    const [first, second, ...rest] = casesOf(lessonReport());
    expect(first).toEqual(lesson);
    expect(second).toMatchObject({
      manager: LESSON.manager,
      trueDebtAssets: 100_000n * USDC,
      valueAssets: 95_000n * USDC,
      paymentAssets: 95_000n * USDC,
    });
    expect(rest).toEqual([]);
  });
});

describe("the stops", () => {
  it.each([
    [125_000n, "healthy", 0n],
    [110_000n, "healthy", 0n],
    [109_999n, "liquidatable", 0n],
    [100_000n, "liquidatable", 0n],
    [99_999n, "insolvent", 1_000_990_000n],
  ] as const)("under rule (a): worth %i of 100,000 is %s", (value, stop, bad) => {
    const point = pointAt(value);
    expect(point.stop).toBe(stop);
    expect(point.badDebtAssets).toBe(bad);
  });

  it("under rule (b) leave bad debt above insolvency, from 1 ÷ (1 − margin) down", () => {
    expect(pointAt(101_011n, "b").stop).toBe("liquidatable");
    expect(pointAt(101_010n, "b").stop).toBe("losing");
    expect(pointAt(101_010n, "b").badDebtAssets).toBe(100_000n);
  });

  it("mark the dead zone, where waiting pays a liquidator", () => {
    expect(
      [pointAt(101_011n), pointAt(101_010n), pointAt(100_000n), pointAt(99_999n)].map(
        (one) => one.isDeadZone,
      ),
    ).toEqual([false, true, true, false]);
  });

  it("count the fall from an opening with the minimum bond", () => {
    expect(pointAt(95_000n).fallSinceOpeningWad).toBe(208_333_333_333_333_333n);
    expect(pointAt(130_000n).fallSinceOpeningWad).toBeLessThan(0n);
  });
});

describe("the widths", () => {
  it("are the published ones for a bond of 20 % and a buffer of 10 %", () => {
    const corridor = corridorOf(STRATEGY);
    expect(widthsOf(corridor, "a")).toMatchObject({
      managerRoom: "8.33%",
      cushion: "10.00%",
      gap: { text: "9.09%" },
      isGapGone: false,
      deadZone: { text: "1.000 to 1.0102" },
    });
    expect(widthsOf(corridor, "b").gap).toMatchObject({ text: "8.17%" });
  });

  it("say when a liquidation at the trigger would already lose", () => {
    const thin = corridorOf(strategyOf({ liquidationProfitMarginWad: percent(10) }));
    expect(widthsOf(thin, "b").isGapGone).toBe(true);
    expect(widthsOf(thin, "a").isGapGone).toBe(false);
  });

  it("move against each other with the buffer: more room for the manager, less cushion for LPs", () => {
    const lines = bufferLinesOf(STRATEGY, "a");
    expect(
      lines.map(({ buffer, managerRoom, cushion, isToday }) => [buffer, managerRoom, cushion, isToday]),
    ).toEqual([
      ["0.00%", "0.00%", "20.00%", false],
      ["5.00%", "4.16%", "15.00%", false],
      ["10.00%", "8.33%", "10.00%", true],
      ["15.00%", "12.50%", "5.00%", false],
    ]);
  });
});

describe("the strip", () => {
  it("puts high health left and low health right, in order, within its edges", () => {
    const corridor = corridorOf(STRATEGY);
    const scale = scaleOf(corridor);
    const places = corridorMarksOf(corridor, "b").map(({ healthWad }) => placeOf(healthWad, scale));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(placeOf(percent(500), scale)).toBe(0);
    expect(placeOf(0n, scale)).toBe(100);
  });

  it("has no bad-debt line where a margin of everything allows none", () => {
    const corridor = corridorOf(strategyOf({ liquidationProfitMarginWad: percent(100) }));
    expect(corridorMarksOf(corridor, "b").map(({ id }) => id)).toEqual(["opening", "threshold", "insolvent"]);
  });
});

describe("an own part", () => {
  it("is by the shares held today, and unknown without a whole history", () => {
    const [first] = LESSON.lps;
    expect(ownPartOf(5_000n * USDC, { report: lessonReport(), holder: first })).toBe("3,000.00 USDC");
    const partial = reportOf({ history: historyOf([], { complete: false }) });
    expect(ownPartOf(1n, { report: partial, holder: addressFrom(1) })).toBeUndefined();
  });
});
