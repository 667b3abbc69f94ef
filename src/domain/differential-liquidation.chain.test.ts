/**
 * The domain's forecasts against what then really happens, on random vaults: a liquidation in the same second, a
 * changed bond ratio, interest alone. To the unit unless the title says by how many units a rounding may part them.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { YEAR_SECONDS } from "@/shared/unix-time";
import { DifferentialBench, MANAGERS } from "@/testing/differential-bench";
import {
  completeSnapshot,
  expectBetween,
  fluxOf,
  inEveryVault,
  sheetOf,
  valueOf,
} from "@/testing/differential-checks";
import type { BondChange, LiquidationPlayed, Played } from "@/testing/differential-played";
import { scenariosOf } from "@/testing/differential-scenario";
import { HORIZON_SECONDS, playVault } from "@/testing/differential-vault";
import { logAt } from "@/testing/vault-builders";
import { World } from "../../devnet/contracts-test/world";
import { shortfallOf } from "./bad-debt";
import { sharePriceAfterLoss, unrealisedOf } from "./headline";
import { trueDebtAssets } from "./health";
import { replayHoldings, sharesAtEnd } from "./holdings";
import { splitInterestDown, timeToLiquidationOf } from "./interest";
import { badDebtAssets } from "./liquidation";
import { sharesOfAmount } from "./loss-share";
import { mulDivUp, sumOf, unitOf, WAD } from "./math";
import type { Address } from "./model";
import { bondRatioImpactOf } from "./parameters";
import { assetsForSharesDown, sharePriceOf, sharesForAssetsDown } from "./share-price";

const SEED = 20_260_802;
const VAULTS = 20;

interface Examined {
  readonly flips: readonly (bigint | undefined)[];
  readonly bondChange: BondChange;
  readonly liquidation: LiquidationPlayed | undefined;
}

let world: World;
const plays: (Played & Examined)[] = [];

beforeAll(async () => {
  world = await World.deploy();
  const bench = await DifferentialBench.over(world);
  for (const scenario of scenariosOf({ seed: SEED, random: VAULTS })) {
    plays.push(
      await playVault<Examined>({
        bench,
        scenario,
        examine: async (play, before) => ({
          flips: [await play.flip(MANAGERS[1]), await play.flip(MANAGERS[2])],
          bondChange: await play.changeBond(),
          liquidation: await play.liquidate(before),
        }),
      }),
    );
  }
});

afterAll(() => world.chain.stop());

describe("a real liquidation", () => {
  const numbers = (args: Record<string, unknown> | undefined, names: readonly string[]) =>
    names.map((name) => BigInt(String(args?.[name])));

  function settlementOf({ vault, liquidation, before }: Played & Examined) {
    if (liquidation === undefined) return undefined;
    const { receipt, manager } = liquidation;
    const events = world.chain.events(receipt, vault);
    const find = (name: string) => events.find(({ eventName }) => eventName === name)?.args;
    const sheet = sheetOf(before, manager);
    const loss = find("LossRealised");
    const collected = find("InterestCollected");
    return { liquidation, sheet, liquidated: find("PositionLiquidated"), loss, collected };
  }

  it("value, debt, payment and bad debt are the forecast's of the same second, to the unit", () => {
    let losses = 0;
    inEveryVault(plays, (played) => {
      const settled = settlementOf(played);
      if (settled === undefined) return;
      const { sheet, liquidated, loss, liquidation } = settled;
      const forecast = shortfallOf(sheet.manager, played.before.state);
      const [value, debt, payment, badDebt] = numbers(liquidated, [
        "positionValue",
        "trueDebt",
        "payment",
        "badDebt",
      ]);
      expect(valueOf(forecast.valueAssets)).toBe(value);
      expect(forecast.trueDebtAssets).toBe(debt);
      expect(trueDebtAssets(sheet.manager)).toBe(debt);
      expect(valueOf(forecast.paymentAssets)).toBe(payment);
      expect(valueOf(forecast.badDebtIfClosedAssets)).toBe(badDebt);
      expect(badDebtAssets({ trueDebtAssets: debt ?? 0n, paymentAssets: payment ?? 0n })).toBe(badDebt);
      const [principal = 0n, interest = 0n] =
        loss === undefined ? [] : numbers(loss, ["principal", "interest"]);
      expect(principal + interest).toBe(badDebt);
      expect(fluxOf(liquidation.after).totalBadDebtAssets).toBe(badDebt);
      losses += badDebt === 0n ? 0 : 1;
    });
    expect(losses).toBeGreaterThan(8);
  });

  it("fees taken out of the interest paid are the split's, to the unit, where the fees never changed", () => {
    let taken = 0;
    inEveryVault(plays, (played) => {
      const collected = settlementOf(played)?.collected;
      if (collected === undefined || played.scenario.laterCuratorFeeBps !== undefined) return;
      const [interestAssets = 0n, protocol, curator] = numbers(collected, [
        "interest",
        "protocolFee",
        "curatorFee",
      ]);
      const { protocolFeeBps, curatorFeeBps } = played.scenario;
      const split = splitInterestDown({ interestAssets, protocolFeeBps, curatorFeeBps });
      expect([split.protocolFeeAssets, split.curatorFeeAssets]).toEqual([protocol, curator]);
      taken += 1;
    });
    expect(taken).toBeGreaterThan(3);
  });

  it("LPs lose the forecast to one unit, and up to three less where paid interest was split into fees first", () => {
    const differences: bigint[] = [];
    inEveryVault(plays, (played) => {
      const settled = settlementOf(played);
      const estimate = unrealisedOf(completeSnapshot(played.before)).isLpLossEstimated;
      if (played.scenario.laterCuratorFeeBps === undefined) expect(estimate).toBe(false);
      if (settled?.loss === undefined || estimate) return;
      const [lpLoss = 0n, before = 0n, after = 0n] = numbers(settled.loss, [
        "lpLoss",
        "totalAssetsBefore",
        "totalAssetsAfter",
      ]);
      expect([before, after]).toEqual([
        played.before.state.totalAssets,
        settled.liquidation.after.state.totalAssets,
      ]);
      const forecast = valueOf(shortfallOf(settled.sheet.manager, played.before.state).lpLossIfClosedAssets);
      expectBetween(lpLoss - forecast, [settled.collected === undefined ? -1n : -3n, 1n]);
      differences.push(lpLoss - forecast);
    });
    expect(differences.length).toBeGreaterThan(6);
    expect(differences).toContain(0n);
  });

  it("says that its forecast is an estimate where a fee was changed under open interest", () => {
    let said = 0;
    inEveryVault(plays, (played) => {
      said += unrealisedOf(completeSnapshot(played.before)).isLpLossEstimated ? 1 : 0;
    });
    expect(said).toBeGreaterThan(3);
  });

  it("all losses together are what liquidating everybody would leave, each as the strategy quotes it", () => {
    inEveryVault(plays, ({ before }) => {
      const open = before.sheets.filter(({ evaluation }) => evaluation.canLiquidate);
      const left = open.map(({ manager, evaluation }) => {
        const debt = trueDebtAssets(manager);
        return debt > evaluation.minPaymentAssets ? debt - evaluation.minPaymentAssets : 0n;
      });
      const { unrealisedShortfallAssets } = unrealisedOf(completeSnapshot(before));
      expect(valueOf(unrealisedShortfallAssets)).toBe(sumOf(left));
    });
  });

  it("the share price after the loss is the vault's, in every conversion", () => {
    let losses = 0;
    inEveryVault(plays, ({ before, liquidation }) => {
      if (liquidation === undefined) return;
      const { state, conversions } = liquidation.after;
      const lost = before.state.totalAssets - state.totalAssets;
      if (lost <= 0n) return;
      losses += 1;
      const price = valueOf(sharePriceAfterLoss(before.state, lost));
      for (const { amount, toAssets, toShares } of conversions) {
        expect(valueOf(assetsForSharesDown(price, amount))).toBe(toAssets);
        expect(valueOf(sharesForAssetsDown(price, amount))).toBe(toShares);
      }
    });
    expect(losses).toBeGreaterThan(5);
  });

  it("loss shares add up to the event's loss, and each is what the holder's shares fell by, to one unit", () => {
    let split = 0;
    inEveryVault(plays, (played) => {
      const settled = settlementOf(played);
      if (settled?.loss === undefined) return;
      const { transfers, after, receipt } = settled.liquidation;
      const [amountAssets = 0n, totalSupplyShares] = numbers(settled.loss, ["lpLoss", "totalSupply"]);
      const holdings = replayHoldings(
        transfers.map((one) => ({ ...logAt(one.blockNumber, one.logIndex), ...one })),
      );
      const lines = valueOf(
        sharesOfAmount({
          at: { blockNumber: BigInt(receipt.blockNumber), logIndex: receipt.logs.length },
          amountAssets,
          totalSupplyShares,
          holdings,
          virtualShares: 1n,
        }),
      );
      expect(sumOf(lines.map((line) => line.amountAssets))).toBe(amountAssets);
      expect(sumOf(lines.map((line) => line.shares))).toBe(after.state.totalSupplyShares + 1n);
      const [priceBefore, priceAfter] = [sharePriceOf(played.before.state), sharePriceOf(after.state)];
      for (const { holder, shares, amountAssets: part } of lines) {
        if (holder !== undefined) expect(shares).toBe(sharesAtEnd(holdings, holder));
        const fell =
          valueOf(assetsForSharesDown(priceBefore, shares)) -
          valueOf(assetsForSharesDown(priceAfter, shares));
        expectBetween(part - fell, [-1n, 1n]);
      }
      split += 1;
    });
    expect(split).toBeGreaterThan(8);
  });
});

describe("what is to come", () => {
  it("a new bond ratio turns exactly those that it says, when it is really set", () => {
    const turned = { newly: 0, noLonger: 0 };
    inEveryVault(plays, ({ before, bondChange }) => {
      const impact = bondRatioImpactOf({
        complete: completeSnapshot(before),
        newMinBondRatioWad: bondChange.newBondWad,
      });
      const names = (is: boolean, becomes: boolean) =>
        MANAGERS.filter(
          (manager, place) =>
            sheetOf(before, manager).evaluation.canLiquidate === is &&
            bondChange.canLiquidate[place] === becomes,
        ).sort();
      const found = (list: readonly { readonly manager: Address }[]) =>
        list.map(({ manager }) => manager).sort();
      expect(found(impact.newlyLiquidatable)).toEqual(names(false, true));
      expect(found(impact.noLongerLiquidatable)).toEqual(names(true, false));
      expect(impact.modelAgreesToday).toBe(true);
      expect(impact.undetermined).toEqual([]);
      turned.newly += impact.newlyLiquidatable.length;
      turned.noLonger += impact.noLongerLiquidatable.length;
    });
    expect(turned.newly).toBeGreaterThan(3);
    expect(turned.noLonger).toBeGreaterThan(3);
  });

  it("interest makes a position liquidatable in the forecast second, give or take the roundings: one unit of interest early, two and the smallest part of a dollar late", () => {
    const seen = { already: 0, never: 0, in: 0, later: 0 };
    inEveryVault(plays, ({ before, flips, scenario }) => {
      for (const [place, flip] of flips.entries()) {
        const { manager } = sheetOf(before, MANAGERS[place + 1] ?? MANAGERS[0]);
        const { strategy, basePriceUsdWad } = fluxOf(before);
        const { interestRateWad } = strategy;
        const price = basePriceUsdWad ?? 0n;
        const unit = unitOf(scenario.decimals);
        const found = valueOf(timeToLiquidationOf({ manager, state: before.state, interestRateWad }));
        expect(found.kind === "already").toBe(flip === 0n);
        if (found.kind === "never") expect(flip).toBeUndefined();
        if (found.kind !== "in") {
          seen[found.kind] += 1;
          continue;
        }
        const growth = manager.principalAssets * interestRateWad;
        const secondsFor = (assets: bigint, per = 1n) =>
          mulDivUp({ a: YEAR_SECONDS * WAD, b: assets, denominator: growth * per });
        // Two units of debt and the smallest part of a dollar, in base units.
        const late = secondsFor(2n * price + unit, price);
        if (flip === undefined) {
          expect(found.seconds + 1n + late).toBeGreaterThan(HORIZON_SECONDS);
          seen.later += 1;
          continue;
        }
        // The forecast is the last whole second at or above the threshold, so the turn is the second after it.
        expectBetween(flip - (found.seconds + 1n), [-secondsFor(1n), late]);
        seen.in += 1;
      }
    });
    expect(seen.in).toBeGreaterThan(8);
    expect(Math.min(seen.already, seen.never, seen.later)).toBeGreaterThan(0);
  });
});
