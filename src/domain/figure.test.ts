import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvariantError } from "@/shared/assert";
import { bothFigures, chainFigure, figureOf, isKnown, known, mapFigure, sumFigures, unknown } from "./figure";
import { divFloor, mulDivDown, mulDivUp, unitOf, zeroFloorSub } from "./math";
import type { Figure } from "./model";

const figure: fc.Arbitrary<Figure> = fc.oneof(
  fc.bigInt().map((value) => known(value)),
  fc.constant(unknown("no-price")),
);

describe("figures", () => {
  it("a sum with one unknown is unknown, whatever the others are", () => {
    fc.assert(
      fc.property(fc.array(figure), (all) => {
        expect(isKnown(sumFigures(all))).toBe(all.every(isKnown));
      }),
    );
  });

  it("unknown stays unknown for its own reason through every step", () => {
    const lost = unknown("no-price");
    expect(mapFigure(lost, () => 1n)).toBe(lost);
    expect(chainFigure(lost, () => known(1n))).toBe(lost);
    expect(bothFigures(known(1n), lost)).toBe(lost);
    expect(bothFigures(lost, unknown("no-debt"))).toBe(lost);
    expect(figureOf<bigint>(undefined, "no-price")).toEqual(lost);
  });

  it("zero is known", () => {
    expect(figureOf(0n, "no-price")).toEqual({ kind: "known", value: 0n });
  });
});

describe("arithmetic", () => {
  const natural = fc.bigInt({ min: 0n, max: 2n ** 256n });

  it("down and up differ by one exactly when there is a remainder", () => {
    fc.assert(
      fc.property(natural, natural, fc.bigInt({ min: 1n, max: 2n ** 256n }), (a, b, denominator) => {
        const difference = mulDivUp({ a, b, denominator }) - mulDivDown({ a, b, denominator });
        expect(difference).toBe((a * b) % denominator === 0n ? 0n : 1n);
      }),
    );
  });

  it("floors towards minus infinity", () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt({ min: 1n, max: 10n ** 30n }), (numerator, denominator) => {
        const floor = divFloor(numerator, denominator);
        expect(floor * denominator <= numerator && (floor + 1n) * denominator > numerator).toBe(true);
      }),
    );
  });

  it("refuses what has no meaning instead of giving a number", () => {
    expect(() => mulDivDown({ a: 1n, b: 1n, denominator: 0n })).toThrow(InvariantError);
    expect(() => mulDivDown({ a: -1n, b: 1n, denominator: 1n })).toThrow(InvariantError);
    expect(() => mulDivUp({ a: 1n, b: -1n, denominator: 1n })).toThrow(InvariantError);
    expect(() => divFloor(1n, 0n)).toThrow(InvariantError);
    expect(() => unitOf(-1)).toThrow(InvariantError);
    expect(() => unitOf(1.5)).toThrow(InvariantError);
  });

  it("never goes below zero where a floor is promised", () => {
    expect(zeroFloorSub(1n, 2n)).toBe(0n);
    expect(zeroFloorSub(2n, 1n)).toBe(1n);
  });
});
