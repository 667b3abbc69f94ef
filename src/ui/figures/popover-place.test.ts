import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placePopover } from "./popover-place";

const viewport = { width: 360, height: 640 };

describe("the place of a popover", () => {
  it("is under its button where there is room", () => {
    const anchor = { left: 40, top: 100, width: 24, height: 24 };
    expect(placePopover({ anchor, popover: { width: 200, height: 150 }, viewport })).toEqual({
      left: 40,
      top: 130,
    });
  });

  it("is above its button at the foot of the page", () => {
    const anchor = { left: 40, top: 600, width: 24, height: 24 };
    expect(placePopover({ anchor, popover: { width: 200, height: 150 }, viewport }).top).toBe(444);
  });

  it("never reaches over the edge of the screen when it fits on it", () => {
    fc.assert(
      fc.property(
        fc.record({
          left: fc.integer({ min: 0, max: 340 }),
          top: fc.integer({ min: 0, max: 620 }),
          width: fc.integer({ min: 20, max: 344 }),
          height: fc.integer({ min: 20, max: 624 }),
        }),
        ({ left, top, width, height }) => {
          const at = placePopover({
            anchor: { left, top, width: 24, height: 24 },
            popover: { width, height },
            viewport,
          });
          expect(at.left).toBeGreaterThanOrEqual(0);
          expect(at.left + width).toBeLessThanOrEqual(viewport.width);
          expect(at.top).toBeGreaterThanOrEqual(0);
          expect(at.top + height).toBeLessThanOrEqual(viewport.height);
        },
      ),
    );
  });
});
