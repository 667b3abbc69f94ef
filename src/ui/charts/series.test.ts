import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ChartPoint,
  clusterAnnotations,
  downsample,
  mergeSeries,
  timeTicks,
  valueTicks,
} from "./series";

const pointsArbitrary = fc
  .array(
    fc.record({
      wait: fc.integer({ min: 0, max: 1_000 }),
      value: fc.option(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { nil: undefined, freq: 8 }),
    }),
    { minLength: 0, maxLength: 600, size: "max" },
  )
  .map((steps) => {
    let at = 1_700_000_000;
    return steps.map(({ wait, value }): ChartPoint => {
      at += wait;
      return { at, value, label: String(value) };
    });
  });

const known = (points: readonly ChartPoint[]): number[] =>
  points.flatMap((point) => (point.value === undefined ? [] : [point.value]));

describe("downsampling for the screen", () => {
  it("never draws more points than allowed", () => {
    fc.assert(
      fc.property(pointsArbitrary, fc.integer({ min: 9, max: 200 }), (points, max) => {
        expect(downsample(points, max).length).toBeLessThanOrEqual(Math.max(max, 9));
      }),
    );
  });

  it("keeps the lowest and the highest value, the first and the last point", () => {
    fc.assert(
      fc.property(pointsArbitrary, fc.integer({ min: 9, max: 200 }), (points, max) => {
        const drawn = downsample(points, max);
        expect(Math.min(...known(drawn))).toBe(Math.min(...known(points)));
        expect(Math.max(...known(drawn))).toBe(Math.max(...known(points)));
        expect(known(drawn)[0]).toBe(known(points)[0]);
        expect(known(drawn).at(-1)).toBe(known(points).at(-1));
      }),
    );
  });

  it("draws only points of the source, in their order", () => {
    fc.assert(
      fc.property(pointsArbitrary, fc.integer({ min: 9, max: 60 }), (points, max) => {
        const positions = downsample(points, max).map((point) => points.indexOf(point));
        expect(positions).toEqual([...positions].sort((a, b) => a - b));
        expect(positions).not.toContain(-1);
      }),
    );
  });

  it("leaves a gap between two drawn points wherever the source has one between them", () => {
    fc.assert(
      fc.property(pointsArbitrary, fc.integer({ min: 9, max: 60 }), (points, max) => {
        const drawn = downsample(points, max);
        drawn.forEach((point, index) => {
          const following = drawn[index + 1];
          if (following === undefined || point.value === undefined || following.value === undefined) return;
          const between = points.slice(points.indexOf(point) + 1, points.indexOf(following));
          expect(between.every((skipped) => skipped.value !== undefined)).toBe(true);
        });
      }),
    );
  });

  it("keeps one spike among a hundred thousand quiet points", () => {
    const points = Array.from({ length: 100_000 }, (_, index) => ({
      at: index,
      value: index === 61_803 ? 5 : 1,
      label: "",
    }));
    const drawn = downsample(points, 1_000);
    expect(drawn.length).toBeLessThanOrEqual(1_000);
    expect(known(drawn)).toContain(5);
  });
});

describe("series on one time axis", () => {
  const point = (at: number, value: number | undefined): ChartPoint => ({ at, value, label: `${value}` });

  it("holds a step's level and draws a line straight between its points", () => {
    const rows = mergeSeries([
      { id: "step", label: "", color: 1, shape: "step", points: [point(0, 10), point(10, 20)] },
      { id: "line", label: "", color: 2, points: [point(0, 0), point(10, 10)] },
      { id: "other", label: "", color: 3, points: [point(4, 1)] },
    ]);
    expect(rows.map((row) => row.at)).toEqual([0, 4, 10]);
    expect(rows[1]?.values).toEqual([10, 4, 1]);
  });

  it("draws nothing in a gap, before the first point and after the last", () => {
    const rows = mergeSeries([
      { id: "gap", label: "", color: 1, points: [point(2, 1), point(4, undefined), point(6, 3)] },
      { id: "all", label: "", color: 2, points: [0, 1, 3, 5, 7].map((at) => point(at, 1)) },
    ]);
    expect(rows.map((row) => [row.at, row.values[0]])).toEqual([
      [0, null],
      [1, null],
      [2, 1],
      [3, null],
      [4, null],
      [5, null],
      [6, 3],
      [7, null],
    ]);
  });
});

describe("axes", () => {
  it("puts time marks on whole days", () => {
    const ticks = timeTicks({ from: 1_700_000_000, to: 1_700_000_000 + 20 * 86_400, atMost: 6 });
    expect(ticks.length).toBeGreaterThan(1);
    expect(ticks.length).toBeLessThanOrEqual(6);
    for (const tick of ticks) expect(tick % 86_400).toBe(0);
  });

  it("covers the whole range with round values", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        (low, span) => {
          const high = low + span;
          fc.pre(high - low > Math.abs(low) * 1e-9);
          const ticks = valueTicks({ low, high, atMost: 5 });
          const slack = span * 1e-6;
          expect(ticks[0] ?? Number.NaN).toBeLessThanOrEqual(low + slack);
          expect(ticks.at(-1) ?? Number.NaN).toBeGreaterThanOrEqual(high - slack);
          expect(ticks.length).toBeLessThanOrEqual(8);
        },
      ),
    );
  });

  it("joins marks that would cover each other and loses none", () => {
    const clusters = clusterAnnotations([{ at: 100 }, { at: 0 }, { at: 5 }, { at: 40 }], 10);
    expect(clusters.map((cluster) => cluster.members.map((member) => member.at))).toEqual([
      [0, 5],
      [40],
      [100],
    ]);
  });
});
