import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { VaultEvent } from "@/domain/model";
import { LESSON, lossAt } from "@/testing/report-builders";
import { addressFrom, blockAt, historyOf, logAt, transferOf } from "@/testing/vault-builders";
import { blocksToSample, EVEN_SAMPLES } from "./sampling";

const loss = (block: bigint): readonly VaultEvent[] =>
  lossAt(block, {
    manager: LESSON.manager,
    debt: 100n,
    value: 95n,
    payment: 95n,
    totalAssetsBefore: 1_000n,
    supply: 1_000n,
  });

const transfer = (block: bigint): VaultEvent => transferOf(logAt(block), { to: addressFrom(1), shares: 1n });

describe("the blocks of the charts", () => {
  it("hold both sides of every loss, so that no fall is drawn as a slope", () => {
    const history = historyOf([transfer(2n), ...loss(40n), transfer(60n)]);
    const blocks = blocksToSample(history, blockAt(100n));
    expect(blocks).toContain(39n);
    expect(blocks).toContain(40n);
  });

  it("stay bounded however long the history is, ascend, and leave the head to the snapshot", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 800 }),
        (numbers) => {
          const history = historyOf(numbers.map((number) => transfer(BigInt(number))));
          const head = blockAt(5_000n);
          const blocks = blocksToSample(history, head);
          expect(blocks.length).toBeLessThanOrEqual(EVEN_SAMPLES + 1);
          expect(blocks).toEqual([...new Set(blocks)].sort((a, b) => (a < b ? -1 : 1)));
          expect(blocks).not.toContain(head.number);
        },
      ),
    );
  });

  it("are none for a vault without history", () => {
    expect(blocksToSample(historyOf([]), blockAt(100n))).toEqual([]);
  });
});
