import { describe, expect, it } from "vitest";
import { partOf, riskBookOf, riskPositionOf, WETH } from "@/testing/risk-builders";
import { addressFrom, fluxOf, percent, stateOf, strategyOf, USDC } from "@/testing/vault-builders";
import { known } from "../figure";
import { concentrationOf, exitRoomOf, withdrawableNowAssets } from "./liquidity";
import { pricesAfter } from "./prices";
import { compareWithProfiles } from "./profiles";
import { whatIfTableOf } from "./what-if";

describe("other parameters for the same book", () => {
  it("name who could be liquidated at once, and what each scenario would then cost", () => {
    // 60 WETH at 2,000 are 120,000: health 1.20 against T 1.10 today.
    const book = riskBookOf([riskPositionOf({ parts: [partOf(WETH, 60n * 10n ** 18n)], debt: 100_000n })]);
    const scenario = pricesAfter(book, [{ asset: WETH, fallWad: percent(25) }]).prices;
    const table = whatIfTableOf(book, {
      pairs: [
        { minBondRatioWad: percent(20), liquidationBufferWad: percent(10) },
        { minBondRatioWad: percent(40), liquidationBufferWad: percent(10) },
      ],
      scenarios: [scenario],
    });
    if (table.kind === "unknown") throw new Error(table.reason);
    const [today, higher] = table.value;
    expect(today?.isToday).toBe(true);
    expect(today?.newlyLiquidatable).toEqual(known([]));
    expect(higher?.isToday).toBe(false);
    expect(higher?.corridor.thresholdWad).toBe(percent(130));
    expect(higher?.newlyLiquidatable).toEqual(known([addressFrom(1)]));
    // V = 90,000, payment 89,100: the same under either threshold, since both would close it.
    expect(today?.lpLossAssets).toEqual([known(10_900n * USDC)]);
    expect(higher?.lpLossAssets).toEqual([known(10_900n * USDC)]);
  });
});

describe("liquidity", () => {
  const state = stateOf({
    totalAssets: 1_000n * USDC,
    totalSupplyShares: 1_000n * USDC,
    flux: fluxOf({ idleAssets: 300n * USDC }),
  });

  it("bounds what can be taken out now by what lies idle", () => {
    expect(withdrawableNowAssets(200n * USDC, state)).toEqual(known(200n * USDC));
    expect(withdrawableNowAssets(400n * USDC, state)).toEqual(known(300n * USDC));
    expect(withdrawableNowAssets(1n, { ...state, flux: undefined })).toEqual({
      kind: "unknown",
      reason: "not-published",
    });
  });

  it("says how many could leave alone, and how much of all could leave together", () => {
    expect(exitRoomOf([600n * USDC, 300n * USDC, 100n * USDC, 0n], state)).toEqual(
      known({
        idleAssets: 300n * USDC,
        balancesAssets: 1_000n * USDC,
        coveredWad: percent(30),
        couldLeaveAlone: 2,
        holders: 3,
      }),
    );
  });

  it("measures how much hangs on few", () => {
    expect(concentrationOf([50n, 0n, 30n, 20n])).toEqual(
      known({ holders: 3, largestWad: percent(50), topFiveWad: percent(100), herfindahlWad: percent(38) }),
    );
    expect(concentrationOf([0n])).toEqual({ kind: "unknown", reason: "no-supply" });
  });
});

describe("published profiles", () => {
  it("are set beside the parameters, bound by bound", () => {
    const strategy = strategyOf({ interestRateWad: percent(15), minBondRatioWad: percent(20) });
    const rows = compareWithProfiles({ ...strategy, liquidationBufferWad: percent(10) });
    expect(
      rows.map((row) => [row.profile.name, row.interestRate, row.minBondRatio, row.liquidationBuffer]),
    ).toEqual([
      ["conservative", "above", "below", "not-published"],
      ["moderate", "inside", "inside", "inside"],
      ["aggressive", "below", "inside", "not-published"],
    ]);
  });
});
