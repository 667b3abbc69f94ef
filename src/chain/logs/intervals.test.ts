// @vitest-environment node
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type BlockInterval,
  blocksIn,
  blocksInAll,
  cutAfter,
  halveInterval,
  mergeIntervals,
  missingIntervals,
  splitAt,
} from "./intervals";

const block = fc.bigInt({ min: 0n, max: 60n });
const interval = fc
  .tuple(block, block)
  .map(([a, b]): BlockInterval => (a <= b ? { from: a, to: b } : { from: b, to: a }));

/** The blocks themselves: what every rule about intervals comes down to. */
function blocksOf(intervals: readonly BlockInterval[]): Set<bigint> {
  const blocks = new Set<bigint>();
  for (const { from, to } of intervals) for (let at = from; at <= to; at += 1n) blocks.add(at);
  return blocks;
}

describe("intervals of blocks", () => {
  it("merge into sorted, separate intervals of the same blocks", () => {
    fc.assert(
      fc.property(fc.array(interval), (intervals) => {
        const merged = mergeIntervals(intervals);
        expect(blocksOf(merged)).toEqual(blocksOf(intervals));
        expect(blocksInAll(merged)).toBe(BigInt(blocksOf(intervals).size));
        for (const [index, { from }] of merged.entries()) {
          const before = merged[index - 1];
          if (before !== undefined) expect(from).toBeGreaterThan(before.to + 1n);
        }
      }),
    );
  });

  it("that are missing are exactly the blocks that no part covers", () => {
    fc.assert(
      fc.property(interval, fc.array(interval), (whole, parts) => {
        const missing = missingIntervals(whole, parts);
        const covered = blocksOf(parts);
        const expected = [...blocksOf([whole])].filter((at) => !covered.has(at));
        expect([...blocksOf(missing)]).toEqual(expected);
        expect(mergeIntervals(missing)).toEqual(missing);
      }),
    );
  });

  it("are halved without losing a block, one block staying whole", () => {
    fc.assert(
      fc.property(interval, (whole) => {
        const halves = halveInterval(whole);
        expect(blocksOf(halves)).toEqual(blocksOf([whole]));
        expect(halves).toHaveLength(blocksIn(whole) > 1n ? 2 : 1);
      }),
    );
  });

  it("are split and cut at a block without losing one", () => {
    fc.assert(
      fc.property(interval, fc.bigInt({ min: 1n, max: 70n }), (whole, at) => {
        const { first, rest } = splitAt(whole, at);
        expect(blocksOf(rest === undefined ? [first] : [first, rest])).toEqual(blocksOf([whole]));
        expect(blocksIn(first)).toBeLessThanOrEqual(at);
        const { upTo, after } = cutAfter(whole, at);
        expect(blocksOf([upTo, after].filter((part) => part !== undefined))).toEqual(blocksOf([whole]));
        if (upTo !== undefined) expect(upTo.to).toBeLessThanOrEqual(at);
        if (after !== undefined) expect(after.from).toBeGreaterThan(at);
      }),
    );
  });

  it("that are empty have no blocks", () => {
    expect(blocksIn({ from: 5n, to: 4n })).toBe(0n);
    expect(missingIntervals({ from: 5n, to: 4n }, [])).toEqual([]);
  });
});
