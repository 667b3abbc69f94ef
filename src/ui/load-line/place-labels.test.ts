import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LabelWish, placeLabels } from "./place-labels";

const wishes = fc
  .array(
    fc.record({
      y: fc.double({ min: -50, max: 450, noNaN: true }),
      height: fc.integer({ min: 8, max: 24 }),
      priority: fc.integer({ min: 0, max: 5 }),
    }),
    { maxLength: 40, size: "max" },
  )
  .map((labels): LabelWish[] => labels.map((label, index) => ({ ...label, id: `${index}` })));

const byId = (labels: readonly LabelWish[], id: string): LabelWish => {
  const found = labels.find((label) => label.id === id);
  if (found === undefined) throw new Error(`no label ${id}`);
  return found;
};

describe("labels of the load line", () => {
  it("never overlap and never leave the picture", () => {
    fc.assert(
      fc.property(wishes, (labels) => {
        const placed = placeLabels({ labels, top: 0, bottom: 400 });
        let edge = 0;
        for (const { id, y } of placed) {
          const half = byId(labels, id).height / 2;
          expect(y - half).toBeGreaterThanOrEqual(edge - 1e-6);
          edge = y + half;
        }
        expect(edge).toBeLessThanOrEqual(400 + 1e-6);
      }),
    );
  });

  it("keep the order of the things they name", () => {
    fc.assert(
      fc.property(wishes, (labels) => {
        const ys = placeLabels({ labels, top: 0, bottom: 400 }).map(({ id }) => byId(labels, id).y);
        expect(ys).toEqual([...ys].sort((a, b) => a - b));
      }),
    );
  });

  it("leave out only labels that matter no more than every label that stays", () => {
    fc.assert(
      fc.property(wishes, (labels) => {
        const even = labels.map((label) => ({ ...label, height: 20 }));
        const stayed = new Set(placeLabels({ labels: even, top: 0, bottom: 200 }).map(({ id }) => id));
        const gone = even.filter(({ id }) => !stayed.has(id));
        const least = Math.min(...even.filter(({ id }) => stayed.has(id)).map(({ priority }) => priority));
        for (const { priority } of gone) expect(priority).toBeLessThanOrEqual(least);
        expect(stayed.size).toBe(Math.min(even.length, 10));
      }),
    );
  });

  it("stand exactly at their things when nothing is in the way", () => {
    const labels = [
      { id: "a", y: 100, height: 16, priority: 1 },
      { id: "b", y: 116, height: 16, priority: 1 },
    ];
    expect(placeLabels({ labels, top: 0, bottom: 400 }).map(({ y }) => y)).toEqual([100, 116]);
  });

  it("move apart evenly when two want the same place", () => {
    const labels = [
      { id: "a", y: 100, height: 16, priority: 1 },
      { id: "b", y: 100, height: 16, priority: 1 },
    ];
    expect(placeLabels({ labels, top: 0, bottom: 400 }).map(({ y }) => y)).toEqual([92, 108]);
  });

  it("stand in the order asked for when two want the same place, whichever matters more", () => {
    const labels = [
      { id: "below", y: 100, height: 16, priority: 9, tie: 2 },
      { id: "above", y: 100, height: 16, priority: 1, tie: 1 },
    ];
    expect(placeLabels({ labels, top: 0, bottom: 400 }).map(({ id }) => id)).toEqual(["above", "below"]);
  });

  it("are left out when they would stand too far from what they name", () => {
    const labels = [
      { id: "mark", y: 100, height: 40, priority: 9 },
      { id: "zone", y: 100, height: 12, priority: 0, maxShift: 10 },
    ];
    expect(placeLabels({ labels, top: 0, bottom: 400 }).map(({ id }) => id)).toEqual(["mark"]);
  });
});
