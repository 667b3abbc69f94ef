import { describe, expect, it } from "vitest";
import { recordedClaimsOf } from "@/data/claims/recorded-claims";
import { known } from "@/domain/figure";
import { afterLessonReport, NEWCOMER } from "@/testing/recovery-builders";
import { LESSON } from "@/testing/report-builders";
import { USDC } from "@/testing/vault-builders";
import { comparisonOf, distributionLinesOf, filterDistribution } from "./distribution";
import { mismatchText } from "./texts";

const [FIRST, SECOND, THIRD] = LESSON.lps;

function linesOf(amountAssets: bigint) {
  const claims = recordedClaimsOf(afterLessonReport(), { amountAssets });
  if (claims.kind === "unknown") throw new Error(`no claims: ${claims.reason}`);
  return distributionLinesOf(claims.value);
}

describe("an amount handed out in two ways", () => {
  it("gives 1,000 by claims 600, 300 and 100 to those who lost, and paid in to who holds shares now", () => {
    const shown = linesOf(1_000n * USDC).map(({ address, claimAssets, paidInAssets, hasLeft, isLate }) => ({
      address,
      claimAssets,
      paidInAssets,
      hasLeft,
      isLate,
    }));
    const line = (hasLeft: boolean, isLate: boolean) => ({ hasLeft, isLate });
    expect(shown).toEqual([
      { address: FIRST, claimAssets: 600n * USDC, paidInAssets: known(600n * USDC), ...line(false, false) },
      { address: SECOND, claimAssets: 300n * USDC, paidInAssets: known(300n * USDC), ...line(false, false) },
      { address: THIRD, claimAssets: 100n * USDC, paidInAssets: known(0n), ...line(true, false) },
      { address: NEWCOMER, claimAssets: 0n, paidInAssets: known(100n * USDC), ...line(false, true) },
    ]);
  });

  it("says how many get something, what newcomers get and what those who left get", () => {
    const { paidIn, byClaims } = comparisonOf(linesOf(1_000n * USDC));
    expect(byClaims).toEqual({
      helped: 3,
      toStaying: { addresses: 2, assets: 900n * USDC },
      toLate: { addresses: 0, assets: 0n },
      toLeft: { addresses: 1, assets: 100n * USDC },
      toNobodyAssets: 0n,
      totalAssets: 1_000n * USDC,
    });
    expect(paidIn).toEqual(
      known({
        helped: 3,
        toStaying: { addresses: 2, assets: 900n * USDC },
        toLate: { addresses: 1, assets: 100n * USDC },
        toLeft: { addresses: 0, assets: 0n },
        toNobodyAssets: 0n,
        totalAssets: 1_000n * USDC,
      }),
    );
  });

  it("does not say that nobody left when the amount is too small for those who did", () => {
    const { state } = afterLessonReport().snapshot;
    const sentence = (amount: bigint) => mismatchText(comparisonOf(linesOf(amount)), state);
    expect(sentence(1n)).toBe(
      "Nobody who lost and left would get anything by claims; no holder who came after the losses would get anything of a payment into the vault.",
    );
    expect(sentence(1_000n * USDC)).toMatch(/^1 address that lost and left would get 100 USDC by claims/);
  });

  it("adds up to the last unit, whatever the amount", () => {
    for (const amount of [1n, 7n, 999_999_999n, 123_456_789_012n]) {
      const { paidIn, byClaims } = comparisonOf(linesOf(amount));
      expect(byClaims.totalAssets).toBe(amount);
      expect(paidIn.kind === "known" && paidIn.value.totalAssets).toBe(amount);
    }
  });

  it("finds lines by choice and by digits", () => {
    const lines = linesOf(1_000n * USDC);
    const found = (filter: "lost" | "late" | "left", search = "") =>
      filterDistribution(lines, { filter, search }).map(({ address }) => address);
    expect(found("lost")).toEqual([FIRST, SECOND, THIRD]);
    expect(found("late")).toEqual([NEWCOMER]);
    expect(found("left")).toEqual([THIRD]);
    expect(found("lost", SECOND.slice(-6).toUpperCase())).toEqual([SECOND]);
  });
});

describe("claims without the whole history", () => {
  it("are unknown, for that reason", () => {
    const report = afterLessonReport({ isComplete: false });
    expect(recordedClaimsOf(report, { amountAssets: 1n })).toEqual({
      kind: "unknown",
      reason: "history-partial",
    });
  });
});

describe("what claims leave out", () => {
  it("stands in its own lines: virtual shares and dead addresses, with what they would get if it is paid in", () => {
    const dead = "0x000000000000000000000000000000000000dead";
    const lines = distributionLinesOf({
      amountAssets: 100n,
      lines: [
        {
          address: FIRST,
          lossesAssets: 60n,
          claimAssets: 100n,
          sharesNow: 60n,
          paidInAssets: known(60n),
          differenceAssets: known(40n),
        },
      ],
      excluded: [
        { reason: "dead", address: dead, lossesAssets: 30n, paidInAssets: known(30n) },
        { reason: "virtual", address: undefined, lossesAssets: 10n, paidInAssets: known(10n) },
      ],
      claimingLossesAssets: 60n,
      totalLossesAssets: 100n,
      distributedAssets: 100n,
      paidInToLpsAssets: known(60n),
    });
    expect(lines.map(({ kind, claimAssets }) => [kind, claimAssets])).toEqual([
      ["lp", 100n],
      ["dead", undefined],
      ["virtual", undefined],
    ]);
    const { paidIn, byClaims } = comparisonOf(lines);
    expect(byClaims).toMatchObject({ helped: 1, toNobodyAssets: 0n, totalAssets: 100n });
    expect(paidIn).toMatchObject({ value: { helped: 1, toNobodyAssets: 40n, totalAssets: 100n } });
  });
});
