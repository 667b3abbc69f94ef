import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { draughtMarks, layoutLoadLine, roundDebt, yOf, zoneOf } from "./load-line-layout";
import type { LoadLineDebt, LoadLineMark } from "./load-line-types";

const mark = (kind: LoadLineMark["kind"], health: number): LoadLineMark => ({
  kind,
  health,
  label: kind,
  value: `${health}`,
});
const debt = (id: string, health: number, size: number): LoadLineDebt => ({
  id,
  health,
  debt: size,
  label: id,
  healthText: `${health}`,
  debtText: `${size}`,
});

const marks = [mark("opening", 1.2), mark("threshold", 1.1), mark("bad-debt", 1.0526), mark("insolvent", 1)];
const box = { topPx: 0, bottomPx: 400, rowPx: 12, stripPx: 20 };

const debtsArbitrary = fc
  .array(
    fc.record({
      health: fc.double({ min: 0, max: 4, noNaN: true }),
      size: fc.double({ min: 0, max: 1e9, noNaN: true }),
    }),
    {
      maxLength: 80,
      size: "max",
    },
  )
  .map((all) => all.map(({ health, size }, index) => debt(`m${index}`, health, size)));

const allRows = (layout: ReturnType<typeof layoutLoadLine>) =>
  [layout.above, ...layout.rows, layout.below].filter((row) => row !== undefined);

describe("the layout of the load line", () => {
  it("draws every manager exactly once", () => {
    fc.assert(
      fc.property(debtsArbitrary, (debts) => {
        const drawn = allRows(layoutLoadLine({ marks, debts, ...box })).flatMap((row) =>
          row.segments.flatMap((segment) => segment.debts.map(({ id }) => id)),
        );
        expect(drawn.sort()).toEqual(debts.map(({ id }) => id).sort());
      }),
    );
  });

  it("draws a bar on that side of every mark on which its health is", () => {
    fc.assert(
      fc.property(debtsArbitrary, (debts) => {
        const onMarks = marks.map(({ kind, health }) => debt(`on ${kind}`, health, 1));
        const layout = layoutLoadLine({ marks, debts: [...debts, ...onMarks], ...box });
        for (const row of layout.rows) {
          for (const { health } of row.debts) {
            for (const { y, marks: own } of layout.marks) {
              const below = health < (own[0]?.health ?? 0);
              if (below) expect(row.y).toBeGreaterThan(y);
              else expect(row.y).toBeLessThan(y);
            }
          }
        }
      }),
    );
  });

  it("makes no row longer than the longest and keeps the parts of a row end to end", () => {
    fc.assert(
      fc.property(debtsArbitrary, (debts) => {
        for (const row of allRows(layoutLoadLine({ marks, debts, ...box }))) {
          expect(row.share).toBeLessThanOrEqual(1 + 1e-9);
          row.segments.forEach((segment, index) => {
            expect(segment.fromShare).toBe(row.segments[index - 1]?.toShare ?? 0);
          });
        }
      }),
    );
  });

  it("never lets rows overlap or leave the picture", () => {
    fc.assert(
      fc.property(debtsArbitrary, (debts) => {
        const rows = [...allRows(layoutLoadLine({ marks, debts, ...box }))].sort((a, b) => a.y - b.y);
        let edge = 0;
        for (const row of rows) {
          expect(row.y - row.height / 2).toBeGreaterThanOrEqual(edge - 1e-6);
          edge = row.y + row.height / 2;
        }
        expect(edge).toBeLessThanOrEqual(400 + 1e-6);
      }),
    );
  });

  it("keeps a thousand managers to a few hundred shapes", () => {
    const debts = Array.from({ length: 1_000 }, (_, index) =>
      debt(`m${index}`, 0.9 + (index % 700) / 1_000, 10 + (index % 37)),
    );
    const shapes = allRows(layoutLoadLine({ marks, debts, ...box })).flatMap((row) => row.segments);
    expect(shapes.length).toBeLessThanOrEqual(400);
  });

  it("puts debt beyond the ends of the scale into strips of their own and leaves the marks apart", () => {
    const layout = layoutLoadLine({ marks, debts: [debt("far", 40, 1), debt("drowned", 0.1, 1)], ...box });
    expect(layout.above?.debts.map(({ id }) => id)).toEqual(["far"]);
    expect(layout.below?.debts.map(({ id }) => id)).toEqual(["drowned"]);
    expect(yOf(layout.scale, 1.1) - yOf(layout.scale, 1.2)).toBeGreaterThan(30);
  });

  it("joins marks that fall on one line", () => {
    const layout = layoutLoadLine({
      marks: [mark("opening", 1.2), mark("threshold", 1.1), mark("bad-debt", 1), mark("insolvent", 1)],
      debts: [],
      ...box,
    });
    expect(layout.marks.map((one) => one.marks.map(({ kind }) => kind))).toEqual([
      ["opening"],
      ["threshold"],
      ["bad-debt", "insolvent"],
    ]);
  });

  it("remembers where debt hung before a shock only when something moved", () => {
    const still = [debt("a", 1.3, 10)];
    const moved = [{ ...debt("a", 1.3, 10), wasHealth: 1.38 }];
    expect(layoutLoadLine({ marks, debts: still, ...box }).ghosts).toEqual([]);
    expect(layoutLoadLine({ marks, debts: moved, ...box }).ghosts).toHaveLength(1);
  });
});

describe("zones", () => {
  it("begin strictly below their mark: at the threshold nobody can be liquidated", () => {
    expect(zoneOf(marks, 1.1)).toBe("room");
    expect(zoneOf(marks, 1.0999)).toBe("liquidatable");
    expect(zoneOf(marks, 1.0526)).toBe("liquidatable");
    expect(zoneOf(marks, 1)).toBe("losing");
    expect(zoneOf(marks, 0.9999)).toBe("insolvent");
    expect(zoneOf(marks, 1.2)).toBe("safe");
  });
});

describe("the painted scale", () => {
  it("has numerals that are far enough apart to read, and ticks between them", () => {
    const { numerals, ticks } = draughtMarks({ high: 1.52, low: 0.9, topPx: 0, bottomPx: 400 }, 30);
    expect(numerals).toContain(1.1);
    expect(numerals.length).toBeLessThanOrEqual(400 / 30 + 1);
    for (const numeral of numerals) expect(ticks).toContain(numeral);
  });

  it("measures debt by a round amount", () => {
    expect([0, 1, 7, 49, 405_000, 2_300_000].map(roundDebt)).toEqual([0, 1, 5, 20, 200_000, 2_000_000]);
  });
});
