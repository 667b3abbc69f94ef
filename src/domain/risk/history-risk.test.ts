import { describe, expect, it } from "vitest";
import { BASE, partOf, riskBookOf, riskPositionOf, SHARES_OF_WETH, WETH } from "@/testing/risk-builders";
import { USDC } from "@/testing/vault-builders";
import type { Figure } from "../model";
import { historyRiskOf, riskOfSamples } from "./history-risk";

const HOUR = 3_600n;
const hour = (index: number, answer: bigint) => ({ atSeconds: HOUR * BigInt(index), answer });

function valueOf<T>(figure: Figure<T>): T {
  if (figure.kind === "unknown") throw new Error(`unknown: ${figure.reason}`);
  return figure.value;
}

// 60 WETH at 2,000 against 100,000: insolvent below a price of 1,666.67; margin 1 %.
const book = riskBookOf([riskPositionOf({ parts: [partOf(WETH, 60n * 10n ** 18n)], debt: 100_000n })]);

describe("historical value at risk", () => {
  it("applies each past span to today's book, and takes what today's book loses", () => {
    // Hourly returns: −20 %, +25 %, −50 %, 0 %.
    const rounds = new Map([
      [WETH, [hour(0, 100n), hour(1, 80n), hour(2, 100n), hour(3, 50n), hour(4, 50n)]],
    ]);
    const found = valueOf(
      historyRiskOf(book, { rounds, horizonSeconds: HOUR, quantileWad: 75n * 10n ** 16n }),
    );
    // −20 %: V = 96,000, payment 95,040, bad debt 4,960. −50 %: V = 60,000, payment 59,400, bad debt 40,600.
    expect(found.samples.map((one) => one.addedLpLossAssets)).toEqual([
      4_960n * USDC,
      0n,
      40_600n * USDC,
      0n,
    ]);
    // The third smallest of four, and the mean from there on.
    expect(found.valueAtRiskAssets).toBe(4_960n * USDC);
    expect(found.expectedShortfallAssets).toBe(((4_960n + 40_600n) * USDC) / 2n);
    expect(found.worst.toSeconds).toBe(3n * HOUR);
    expect([found.firstSeconds, found.lastSeconds]).toEqual([0n, 4n * HOUR]);
  });

  it("moves the shares of a vault with what they are made of, and leaves what has no feed", () => {
    const shares = riskBookOf([
      riskPositionOf({
        parts: [partOf(SHARES_OF_WETH, 40n * 10n ** 18n), partOf(BASE, 36_000n * USDC, true)],
        debt: 100_000n,
      }),
    ]);
    const rounds = new Map([[WETH, [hour(0, 100n), hour(1, 50n)]]]);
    const found = valueOf(historyRiskOf(shares, { rounds, horizonSeconds: HOUR, quantileWad: 10n ** 18n }));
    // 84,000 halved and 36,000: V = 78,000, payment 77,220.
    expect(found.valueAtRiskAssets).toBe(22_780n * USDC);
  });

  it("is unknown without a span of that length", () => {
    const rounds = new Map([[WETH, [hour(0, 100n)]]]);
    expect(historyRiskOf(book, { rounds, horizonSeconds: HOUR, quantileWad: 10n ** 18n })).toEqual({
      kind: "unknown",
      reason: "not-published",
    });
  });
});

describe("quantile and tail of samples", () => {
  const samples = Array.from({ length: 100 }, (_, index) => ({
    fromSeconds: BigInt(index),
    toSeconds: BigInt(index + 1),
    addedLpLossAssets: BigInt(index + 1),
    addedBadDebtAssets: 0n,
  }));

  it("are the ⌈q·n⌉-th smallest and the mean from there on, rounded up", () => {
    const found = valueOf(riskOfSamples(samples, { horizonSeconds: HOUR, quantileWad: 95n * 10n ** 16n }));
    expect(found.valueAtRiskAssets).toBe(95n);
    // (95 + … + 100) / 6 = 97.5.
    expect(found.expectedShortfallAssets).toBe(98n);
  });
});
