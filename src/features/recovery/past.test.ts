import { describe, expect, it } from "vitest";
import { exposureBookFor } from "@/data/exposure-book";
import { known } from "@/domain/figure";
import { afterLessonReport, NEWCOMER } from "@/testing/recovery-builders";
import { LESSON } from "@/testing/report-builders";
import { USDC } from "@/testing/vault-builders";
import { chosenRecoveryOf, pastRecoveriesOf, recoveryIdOf } from "./past";

const [FIRST, SECOND] = LESSON.lps;

function pastOf(paidBack: bigint) {
  const report = afterLessonReport({ paidBack });
  return pastRecoveriesOf({ split: exposureBookFor(report).input.split, holdings: report.holdings });
}

describe("a past recovery", () => {
  it("went to the holders of its day: 2,000 as 1,200, 600 and 200", () => {
    const [past] = pastOf(2_000n);
    expect(past?.lines).toEqual(
      known([
        {
          kind: "lp",
          address: FIRST,
          shares: 600_000n * USDC,
          receivedAssets: 1_200n * USDC,
          lostBeforeAssets: known(3_000n * USDC),
        },
        {
          kind: "lp",
          address: SECOND,
          shares: 300_000n * USDC,
          receivedAssets: 600n * USDC,
          lostBeforeAssets: known(1_500n * USDC),
        },
        {
          kind: "lp",
          address: NEWCOMER,
          shares: 100_000n * USDC,
          receivedAssets: 200n * USDC,
          lostBeforeAssets: known(0n),
        },
      ]),
    );
  });

  it("says what went to who had not lost, and how many had lost and got nothing", () => {
    const [past] = pastOf(2_000n);
    expect(past?.summary).toEqual(
      known({ receivers: 3, toLateAssets: 200n * USDC, toNobodyAssets: 0n, leftOut: 1 }),
    );
  });

  it("raised the share price by its part of the assets before", () => {
    const [past] = pastOf(2_000n);
    // 2,000 of 995,500, cut off at 18 decimals.
    expect(past?.riseWad).toBe((2_000n * 10n ** 18n) / 995_500n);
  });

  it("is found by its place in the chain, the newest for any other text", () => {
    const past = pastOf(2_000n);
    const [only] = past;
    if (only === undefined) throw new Error("there is no recovery");
    expect(recoveryIdOf(only.row)).toBe("70-0");
    expect(chosenRecoveryOf(past, "70-0")).toBe(only);
    expect(chosenRecoveryOf(past, "somewhere")).toBe(only);
    expect(chosenRecoveryOf([], null)).toBeUndefined();
  });
});
