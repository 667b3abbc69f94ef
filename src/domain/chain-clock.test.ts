import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashFrom } from "@/testing/transactions/builders";
import { ageSecondsOf, chainTimeOf } from "./chain-clock";

const BLOCK_SECONDS = 1_800_000_000n;
const head = {
  head: { number: 7n, hash: hashFrom(7), timestampSeconds: BLOCK_SECONDS },
  seenAtMs: 5_000,
};

describe("the time of a chain", () => {
  it("is this machine's before the first block", () => {
    const time = chainTimeOf({
      head: { head: undefined, seenAtMs: undefined },
      wallMs: 1_800_000_000_999,
      nowMs: 1,
      notBeforeSeconds: 0n,
    });
    expect(time).toEqual({ nowSeconds: 1_800_000_000n, gapSeconds: undefined, isGapNamed: false });
  });

  it("is the chain's when this machine is behind, and the gap is named", () => {
    const time = chainTimeOf({ head, wallMs: 1_799_996_400_000, nowMs: 5_000, notBeforeSeconds: 0n });
    expect(time).toEqual({ nowSeconds: BLOCK_SECONDS, gapSeconds: -3_600n, isGapNamed: true });
    expect(ageSecondsOf(time, BLOCK_SECONDS - 30n)).toBe(30n);
  });

  it("is this machine's when the chain has stopped, so that its last block grows old", () => {
    const time = chainTimeOf({ head, wallMs: 1_800_000_600_000, nowMs: 5_000, notBeforeSeconds: 0n });
    expect(ageSecondsOf(time, BLOCK_SECONDS)).toBe(600n);
    expect(time.isGapNamed).toBe(true);
  });

  it("goes on with the monotonic clock while the wall clock is wrong", () => {
    const time = chainTimeOf({ head, wallMs: 0, nowMs: 65_000, notBeforeSeconds: 0n });
    expect(time.nowSeconds).toBe(BLOCK_SECONDS + 60n);
  });

  it("names no gap of two minutes or less", () => {
    const at = (seconds: number) =>
      chainTimeOf({ head, wallMs: (1_800_000_000 + seconds) * 1000, nowMs: 5_000, notBeforeSeconds: 0n });
    expect(at(120).isGapNamed).toBe(false);
    expect(at(121).isGapNamed).toBe(true);
    expect(at(-120).isGapNamed).toBe(false);
    expect(at(-121).isGapNamed).toBe(true);
  });

  it("never goes back and gives no negative age, whatever the clocks do", () => {
    const ms = fc.integer({ min: 0, max: 4_000_000_000_000 });
    fc.assert(
      fc.property(
        fc.array(fc.record({ wallMs: ms, nowMs: fc.integer({ min: 0, max: 1_000_000 }) })),
        (readings) => {
          let last = 0n;
          for (const { wallMs, nowMs } of readings) {
            const time = chainTimeOf({ head, wallMs, nowMs, notBeforeSeconds: last });
            expect(time.nowSeconds).toBeGreaterThanOrEqual(last);
            expect(ageSecondsOf(time, BLOCK_SECONDS)).toBeGreaterThanOrEqual(0n);
            last = time.nowSeconds;
          }
        },
      ),
    );
  });
});
