import { describe, expect, it } from "vitest";
import { YEAR_SECONDS } from "@/shared/unix-time";
import { percent, USDC } from "@/testing/vault-builders";
import { lpLossOfBadDebtAssets } from "./bad-debt";
import { compoundedLossWadDown } from "./headline";
import { bandOfHealth, healthRatioOfWadDown, isBelowThreshold, liquidationThresholdWad } from "./health";
import {
  accruedInterestDown,
  lpYieldWadDown,
  secondsToLiquidationByInterest,
  splitInterestDown,
} from "./interest";
import {
  badDebtAssets,
  isInDeadZone,
  leverageWadDown,
  liquidatorGainAssets,
  paymentRuleADown,
  paymentRuleBDown,
  requiredBondAssetsUp,
} from "./liquidation";
import { allocateByLargestRemainder } from "./loss-share";
import { WAD } from "./math";
import { ratioWadDown } from "./ratio";
import { assetsForSharesDown, priceFallWadDown } from "./share-price";
import { insolvencyShockOf, liquidationShockOf, stressOf } from "./stress";

/** Value and debt in whole USDC to the payment of rule (a), the bad debt and the liquidator's gain, in units. */
function settle(input: { value: bigint; debt: bigint; margin: number }) {
  const valueAssets = input.value * USDC;
  const trueDebtAssets = input.debt * USDC;
  const paymentAssets = paymentRuleADown({
    valueAssets,
    trueDebtAssets,
    profitMarginWad: percent(input.margin),
  });
  return {
    health: healthRatioOfWadDown({ value: valueAssets, debt: trueDebtAssets }),
    isLiquidatable: isBelowThreshold({
      value: valueAssets,
      debt: trueDebtAssets,
      thresholdWad: percent(110),
    }),
    paymentAssets,
    badDebt: badDebtAssets({ trueDebtAssets, paymentAssets }),
    gain: liquidatorGainAssets({ valueAssets, paymentAssets }),
  };
}

describe("the documentation's own examples", () => {
  it("a bond ratio of 20 % asks 20,000 for a loan of 100,000, which is a leverage of five", () => {
    const bondAssets = requiredBondAssetsUp({ borrowAssets: 100_000n * USDC, minBondRatioWad: percent(20) });
    expect(bondAssets).toBe(20_000n * USDC);
    expect(leverageWadDown({ borrowAssets: 100_000n * USDC, bondAssets })).toEqual({
      kind: "known",
      value: 5n * WAD,
    });
  });

  it("a position of 70,000 against 85,000 has a health of 0.823, cut off, and is liquidatable", () => {
    const leverage = leverageWadDown({ borrowAssets: 80_000n * USDC, bondAssets: 20_000n * USDC });
    expect(leverage).toEqual({ kind: "known", value: 4n * WAD });
    const result = settle({ value: 70_000n, debt: 85_000n, margin: 1 });
    expect(result.health).toEqual({ kind: "known", value: 823_529_411_764_705_882n });
    expect(result.isLiquidatable).toBe(true);
    expect(result.paymentAssets).toBe(69_300n * USDC);
    expect(result.badDebt).toBe(15_700n * USDC);
  });

  it("a position of 50,000 against 48,000 pays the whole debt and leaves the liquidator 2,000", () => {
    const result = settle({ value: 50_000n, debt: 48_000n, margin: 1 });
    expect(result.health).toEqual({ kind: "known", value: 1_041_666_666_666_666_666n });
    expect(result.isLiquidatable).toBe(true);
    expect(result).toMatchObject({ paymentAssets: 48_000n * USDC, badDebt: 0n, gain: 2_000n * USDC });
  });

  it("a position of 45,000 against 50,000 pays 44,550, leaves the liquidator 450 and 5,450 of bad debt", () => {
    const result = settle({ value: 45_000n, debt: 50_000n, margin: 1 });
    expect(result.health).toEqual({ kind: "known", value: 900_000_000_000_000_000n });
    expect(result).toMatchObject({
      paymentAssets: 44_550_000_000n,
      gain: 450_000_000n,
      badDebt: 5_450_000_000n,
    });
  });

  it("the lesson pays 95,000 of 100,000 and leaves 5,000, because it has no margin", () => {
    const result = settle({ value: 95_000n, debt: 100_000n, margin: 0 });
    expect(result).toMatchObject({ paymentAssets: 95_000n * USDC, badDebt: 5_000n * USDC, gain: 0n });
  });

  it("the lesson at a margin of 1 % pays 94,050 and leaves 5,950", () => {
    const result = settle({ value: 95_000n, debt: 100_000n, margin: 1 });
    expect(result.health).toEqual({ kind: "known", value: 950_000_000_000_000_000n });
    expect(result).toMatchObject({
      paymentAssets: 94_050_000_000n,
      badDebt: 5_950_000_000n,
      gain: 950_000_000n,
    });
  });

  it("the lesson's 5,000 falls on LPs of 60, 30 and 10 % as 3,000, 1,500 and 500", () => {
    const shares = allocateByLargestRemainder({
      amount: 5_000n * USDC,
      weights: [
        { address: "0x01", weight: 60n },
        { address: "0x02", weight: 30n },
        { address: "0x03", weight: 10n },
      ],
    });
    if (shares.kind === "unknown") throw new Error("expected a split");
    expect(shares.value.map(({ amount }) => amount)).toEqual([3_000n * USDC, 1_500n * USDC, 500n * USDC]);
  });

  it("a position of 50,000 against 100,000 pays 49,500 and leaves 50,500", () => {
    const result = settle({ value: 20_000n + 5_000n + 25_000n, debt: 90_000n + 10_000n, margin: 1 });
    expect(result.health).toEqual({ kind: "known", value: 500_000_000_000_000_000n });
    expect(result.isLiquidatable).toBe(true);
    expect(result).toMatchObject({ paymentAssets: 49_500n * USDC, badDebt: 50_500n * USDC });
  });

  it("a rate of 20 % at a utilisation of 80 % earns 16 % before fees", () => {
    expect(lpYieldWadDown({ interestRateWad: percent(20), utilisationWad: percent(80), feeBps: 0n })).toBe(
      percent(16),
    );
  });

  it("interest of 100,000 with fees of 5 and 10 % leaves LPs 85,000", () => {
    const interestAssets = accruedInterestDown({
      principalAssets: 1_000_000n * USDC,
      interestRateWad: percent(10),
      elapsedSeconds: YEAR_SECONDS,
    });
    expect(interestAssets).toBe(100_000n * USDC);
    expect(splitInterestDown({ interestAssets, protocolFeeBps: 500n, curatorFeeBps: 1_000n })).toEqual({
      protocolFeeAssets: 5_000n * USDC,
      curatorFeeAssets: 10_000n * USDC,
      lpAssets: 85_000n * USDC,
    });
  });
});

describe("derived figures, to the unit", () => {
  it("5,450 of bad debt in ten million moves the price to 0.999455 and costs 100,000 shares 54.50", () => {
    const before = { assets: 10_000_000n * USDC, shares: 10_000_000n * USDC };
    const after = { assets: 9_994_550n * USDC, shares: 10_000_000n * USDC };
    expect(assetsForSharesDown(after, WAD)).toEqual({ kind: "known", value: 999_455_000_000_000_000n });
    expect(priceFallWadDown(before, after)).toEqual({ kind: "known", value: 545_000_000_000_000n });
    expect(ratioWadDown({ part: 5_450n * USDC, whole: 10_000_000n * USDC, reason: "no-assets" })).toEqual({
      kind: "known",
      value: 545_000_000_000_000n,
    });
    const split = allocateByLargestRemainder({
      amount: 5_450n * USDC,
      weights: [
        { address: "0x01", weight: 100_000n * USDC },
        { address: "0x02", weight: 9_900_000n * USDC },
      ],
    });
    expect(split.kind === "known" && split.value[0]?.amount).toBe(54_500_000n);
  });

  it("80,000 at 20 % for 30 days accrue 1,315.068493, and 16,000 in a year", () => {
    const accrued = (elapsedSeconds: bigint) =>
      accruedInterestDown({
        principalAssets: 80_000n * USDC,
        interestRateWad: percent(20),
        elapsedSeconds,
      });
    expect(accrued(30n * 86_400n)).toBe(1_315_068_493n);
    expect(accrued(YEAR_SECONDS)).toBe(16_000_000_000n);
  });

  it("a bond ratio of 20 % and a buffer of 10 % give a threshold of 1.1", () => {
    expect(liquidationThresholdWad({ minBondRatioWad: percent(20), liquidationBufferWad: percent(10) })).toBe(
      1_100_000_000_000_000_000n,
    );
  });

  const book = {
    baseAssets: 20_000n * USDC,
    riskyAssets: 100_000n * USDC,
    trueDebtAssets: 100_000n * USDC,
  };

  it("20,000 of base and 100,000 at risk against 100,000 reach T at a fall of 10 % and 1 at 20 %", () => {
    expect(liquidationShockOf({ ...book, thresholdWad: percent(110) })).toEqual({
      kind: "at",
      shockWad: percent(10),
    });
    expect(insolvencyShockOf(book)).toEqual({ kind: "at", shockWad: percent(20) });
  });

  it("the same position after a fall of 25 % is worth 95,000 and leaves 5,950", () => {
    const result = stressOf({
      ...book,
      shockWad: percent(25),
      thresholdWad: percent(110),
      profitMarginWad: percent(1),
      rule: "a",
    });
    expect(result).toMatchObject({
      valueAssets: 95_000n * USDC,
      paymentAssets: 94_050n * USDC,
      badDebtAssets: 5_950n * USDC,
      canLiquidate: true,
    });
  });

  it("60,000 against 50,000 at 10 % is liquidatable by interest alone after 331.8 days", () => {
    const time = secondsToLiquidationByInterest({
      valueAssets: 60_000n * USDC,
      trueDebtAssets: 50_000n * USDC,
      principalAssets: 50_000n * USDC,
      interestRateWad: percent(10),
      thresholdWad: percent(110),
    });
    // (60,000 / 1.1 − 50,000) × 365 days / 5,000 = 331.81… days
    expect(time).toEqual({ kind: "in", seconds: 28_669_090n });
  });

  it("a health of 1.20 comes down to 1.10 at 15 % in about 221 days", () => {
    const time = secondsToLiquidationByInterest({
      valueAssets: 120n,
      trueDebtAssets: 100n,
      principalAssets: 100n,
      interestRateWad: percent(15),
      thresholdWad: percent(110),
    });
    expect(time.kind === "in" && time.seconds / 86_400n).toBe(221n);
  });

  it("a health of exactly T is not liquidatable", () => {
    const at = { value: 110_000n, debt: 100_000n, thresholdWad: percent(110) };
    expect(isBelowThreshold(at)).toBe(false);
    expect(bandOfHealth(at)).toBe("danger");
    expect(isBelowThreshold({ ...at, value: 109_999n })).toBe(true);
  });

  it("in the dead zone rule (a) pays all and leaves 300, rule (b) pays 49,797 and leaves 203 of bad debt", () => {
    const input = {
      valueAssets: 50_300n * USDC,
      trueDebtAssets: 50_000n * USDC,
      profitMarginWad: percent(1),
    };
    expect(isInDeadZone(input)).toBe(true);
    const a = paymentRuleADown(input);
    expect(a).toBe(50_000n * USDC);
    expect(liquidatorGainAssets({ valueAssets: input.valueAssets, paymentAssets: a })).toBe(300n * USDC);
    const b = paymentRuleBDown(input);
    expect(b).toBe(49_797n * USDC);
    expect(badDebtAssets({ trueDebtAssets: input.trueDebtAssets, paymentAssets: b })).toBe(203n * USDC);
  });

  it("the fee part of unpaid interest is not the LPs' loss", () => {
    const lpLoss = (badDebt: bigint) =>
      lpLossOfBadDebtAssets({ badDebtAssets: badDebt, unpaidInterestAssets: 10_000n, feeBps: 1_500n });
    expect(lpLoss(110_000n - 94_050n)).toBe(14_450n);
    expect(lpLoss(110_000n - 104_940n)).toBe(4_301n);
  });

  it("two losses of 1 % compound to 1.99 %", () => {
    const loss = { lossAssets: 1n, totalAssetsBefore: 100n };
    expect(compoundedLossWadDown([loss, loss])).toEqual({ kind: "known", value: percent(1.99) });
  });

  it("5,000 of bad debt moves the price by 0.5 % in a vault of 1M and by 0.1 % in one of 5M", () => {
    const fall = (total: bigint) =>
      priceFallWadDown({ assets: total, shares: total }, { assets: total - 5_000n, shares: total });
    expect(fall(1_000_000n)).toEqual({ kind: "known", value: percent(0.5) });
    expect(fall(5_000_000n)).toEqual({ kind: "known", value: percent(0.1) });
  });
});
