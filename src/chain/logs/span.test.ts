// @vitest-environment node
import { describe, expect, it } from "vitest";
import { createSpanControl, type SpanControl } from "./span";

/** Plays an endpoint with a range cap against the control and counts the questions. */
function play(
  control: SpanControl,
  {
    cap,
    blocks,
    bytesPerBlock = 1,
    suggest,
  }: { cap: bigint; blocks: bigint; bytesPerBlock?: number; suggest?: bigint },
): { asked: number; refused: number } {
  let left = blocks;
  let asked = 0;
  let refused = 0;
  while (left > 0n) {
    const span = control.next();
    const ask = span < left ? span : left;
    asked += 1;
    if (ask > cap) {
      refused += 1;
      control.onRefused({ blocks: ask, suggestedBlocks: suggest, limit: "blocks" });
      continue;
    }
    control.onServed({ blocks: ask, bytes: Number(ask) * bytesPerBlock });
    left -= ask;
  }
  return { asked, refused };
}

describe("createSpanControl", () => {
  it.each([10_000n, 2000n, 2048n, 1000n, 500n, 100n])("finds a cap of %d blocks that is not named", (cap) => {
    const blocks = cap * 300n;
    const { asked } = play(createSpanControl(), { cap, blocks });
    expect(asked).toBeLessThanOrEqual(Number(blocks / cap) * 1.1);
  });

  it("believes a named cap at once", () => {
    const { refused } = play(createSpanControl(), { cap: 2000n, blocks: 1_000_000n, suggest: 2000n });
    expect(refused).toBe(1);
  });

  it("does not believe a named cap that does not hold", () => {
    const { asked, refused } = play(createSpanControl(), { cap: 500n, blocks: 500_000n, suggest: 5000n });
    expect(refused).toBeLessThan(8);
    expect(asked).toBeLessThan(1100);
  });

  it("grows to a few megabytes an answer where nothing is refused", () => {
    const { asked } = play(createSpanControl(), { cap: 10n ** 12n, blocks: 1_000_000n, bytesPerBlock: 60 });
    expect(asked).toBeLessThanOrEqual(24);
  });

  it("shrinks for a dense stretch without taking it for the endpoint's cap", () => {
    const control = createSpanControl();
    control.onServed({ blocks: 10_000n, bytes: 10_000 });
    const before = control.next();
    control.onRefused({ blocks: before, suggestedBlocks: undefined, limit: "answer" });
    expect(control.next()).toBe(before / 2n);
    expect(control.learnt().refused).toBeUndefined();
  });

  it("starts from what an earlier session learnt", () => {
    const first = createSpanControl();
    play(first, { cap: 2000n, blocks: 100_000n });
    const { refused } = play(createSpanControl(first.learnt()), { cap: 2000n, blocks: 100_000n });
    expect(refused).toBe(0);
  });

  it("never asks for less than one block", () => {
    const control = createSpanControl();
    for (let step = 0; step < 60; step += 1) {
      control.onRefused({ blocks: control.next(), suggestedBlocks: undefined, limit: "answer" });
      control.onRefused({ blocks: control.next(), suggestedBlocks: undefined, limit: "blocks" });
      expect(control.next()).toBeGreaterThanOrEqual(1n);
    }
  });
});
