/**
 * The domain's formulas against the contracts, on random vaults that are really played: every figure here is the
 * contracts' own, and agrees to the unit unless the title says by how many units a rounding may part them.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DifferentialBench, MANAGERS } from "@/testing/differential-bench";
import { expectBetween, fluxOf, inEveryVault, owing, sheetOf, valueOf } from "@/testing/differential-checks";
import type { Played, Probe } from "@/testing/differential-played";
import { scenariosOf } from "@/testing/differential-scenario";
import { playVault } from "@/testing/differential-vault";
import { managerOf } from "@/testing/vault-builders";
import { World } from "../../devnet/contracts-test/world";
import { shortfallOf, shortfallUnderRule } from "./bad-debt";
import { isKnown } from "./figure";
import { utilisationWadDown } from "./headline";
import {
  debtUsdWadDown,
  healthBandOf,
  healthRatioOfWadDown,
  healthRatioWadDown,
  isBelowThreshold,
  liquidationThresholdWad,
  positionValueOf,
  trueDebtAssets,
  valueAssetsDown,
} from "./health";
import { accruedInterestDown, projectedDebtDown, splitInterestDown, timeToLiquidationOf } from "./interest";
import { isInDeadZone, paymentDown, requiredBondAssetsUp } from "./liquidation";
import { sumOf, WAD } from "./math";
import { assetsForSharesDown, sharePriceOf, sharesForAssetsDown } from "./share-price";

const SEED = 20_260_801;
const VAULTS = 20;

interface Examined {
  readonly probes: readonly Probe[];
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
        examine: async (play, before) => ({ probes: await play.probe(MANAGERS[0], before) }),
      }),
    );
  }
});

afterAll(() => world.chain.stop());

describe("interest and totals", () => {
  it("interest at one rate is the vault's own, to the unit", () => {
    let counted = 0;
    inEveryVault(plays, ({ scenario, early, before }) => {
      const spans = [
        { sheets: owing(early), rate: scenario.rateWad, seconds: scenario.firstSeconds },
        {
          sheets: [sheetOf(before, MANAGERS[2])],
          rate: scenario.laterRateWad,
          seconds: scenario.secondSeconds,
        },
      ];
      for (const { sheets, rate, seconds } of spans) {
        for (const { manager } of sheets) {
          const interest = accruedInterestDown({
            principalAssets: manager.principalAssets,
            interestRateWad: rate,
            elapsedSeconds: BigInt(seconds),
          });
          expect(interest).toBe(manager.accruedInterestAssets);
          counted += interest > 0n ? 1 : 0;
        }
      }
    });
    expect(counted).toBeGreaterThan(VAULTS);
  });

  it("a debt projected over a change of rate is the vault's or one unit less, the fraction it started from", () => {
    let equal = 0;
    let less = 0;
    inEveryVault(plays, ({ scenario, early, before }) => {
      for (const { manager } of owing(early)) {
        const projected = projectedDebtDown({
          trueDebtAssets: trueDebtAssets(manager),
          principalAssets: manager.principalAssets,
          interestRateWad: scenario.laterRateWad,
          elapsedSeconds: BigInt(scenario.secondSeconds),
        });
        const debt = trueDebtAssets(sheetOf(before, manager.manager).manager);
        expectBetween(debt - projected, [0n, 1n]);
        if (debt === projected) equal += 1;
        else less += 1;
      }
    });
    expect([equal > 0, less > 0]).toEqual([true, true]);
  });

  it("total interest is the sum of the managers' or, since it is divided once, under one unit each more", () => {
    const seen = new Set<bigint>();
    inEveryVault(plays, ({ early, before }) => {
      for (const observation of [early, before]) {
        const sum = sumOf(observation.sheets.map(({ manager }) => manager.accruedInterestAssets));
        const most = BigInt(observation.sheets.length) - 1n;
        const more = fluxOf(observation).totalAccruedInterestAssets - sum;
        expectBetween(more, [0n, most]);
        seen.add(more);
      }
    });
    expect([seen.has(0n), seen.has(1n)]).toEqual([true, true]);
  });

  it("total assets are idle, principal and interest less fees; three roundings for one are 0 to 2 units too many", () => {
    const seen = new Set<bigint>();
    inEveryVault(plays, ({ early }) => {
      const flux = fluxOf(early);
      const { lpAssets } = splitInterestDown({
        interestAssets: flux.totalAccruedInterestAssets,
        protocolFeeBps: flux.protocolFeeBps ?? 0n,
        curatorFeeBps: flux.curatorFeeBps,
      });
      const total = flux.idleAssets + flux.totalPrincipalDebtAssets + lpAssets;
      const more = total - early.state.totalAssets;
      expectBetween(more, [0n, 2n]);
      seen.add(more);
    });
    expect(seen).toContain(0n);
    expect(seen).toContain(1n);
  });

  it("managers' principals add up to the vault's and utilisation is what is not idle", () => {
    inEveryVault(plays, ({ early, before }) => {
      for (const observation of [early, before]) {
        const { state } = observation;
        const principal = sumOf(observation.sheets.map(({ manager }) => manager.principalAssets));
        expect(principal).toBe(fluxOf(observation).totalPrincipalDebtAssets);
        const lent = state.totalAssets - fluxOf(observation).idleAssets;
        expect(valueOf(utilisationWadDown(state))).toBe((lent * WAD) / state.totalAssets);
      }
    });
  });
});

describe("share price", () => {
  it("converts shares and assets as the vault does, whatever has accrued", () => {
    inEveryVault(plays, ({ early, before }) => {
      for (const { state, conversions } of [early, before]) {
        const price = sharePriceOf(state);
        for (const { amount, toAssets, toShares } of conversions) {
          expect(valueOf(assetsForSharesDown(price, amount))).toBe(toAssets);
          expect(valueOf(sharesForAssetsDown(price, amount))).toBe(toShares);
        }
      }
    });
  });
});

describe("value, health and payment", () => {
  it("value and debt in USD and in base units are the strategy's and the registry's, to the unit", () => {
    inEveryVault(plays, ({ early, before }) => {
      for (const { state, sheets } of [early, before]) {
        for (const sheet of sheets) {
          const position = valueOf(positionValueOf(sheet.manager, state));
          expect(position).toEqual({
            valueUsdWad: sheet.evaluation.valueUsdWad,
            valueAssets: sheet.evaluation.valueAssets,
            debtUsdWad: sheet.debtUsdWad,
            debtAssets: trueDebtAssets(sheet.manager),
          });
        }
      }
    });
  });

  it("a position stands below the threshold exactly where the strategy liquidates, two units to either side", () => {
    const seen = new Set<boolean>();
    let atTheLine = 0;
    inEveryVault(plays, ({ before, probes, scenario }) => {
      const flux = fluxOf(before);
      const thresholdWad = liquidationThresholdWad(flux.strategy);
      const pricing = { basePriceUsdWad: flux.basePriceUsdWad ?? 0n, decimals: scenario.decimals };
      for (const { debtAssets, debtUsdWad, byRule } of probes) {
        const value = byRule.a.valueUsdWad;
        const debt = debtUsdWadDown({ ...pricing, debtAssets });
        expect(debt).toBe(debtUsdWad);
        expect(valueAssetsDown({ ...pricing, valueUsdWad: value })).toBe(byRule.a.valueAssets);
        expect(isBelowThreshold({ value, debt, thresholdWad })).toBe(byRule.a.canLiquidate);
        expect(byRule.b.canLiquidate).toBe(byRule.a.canLiquidate);
        const health = healthRatioOfWadDown({ value, debt });
        // A debt of less than the smallest part of a dollar is no debt in USD, for the strategy as well.
        if (isKnown(health)) expect(health.value < thresholdWad).toBe(byRule.a.canLiquidate);
        else expect([debtUsdWad, byRule.a.canLiquidate]).toEqual([0n, false]);
        seen.add(byRule.a.canLiquidate);
        atTheLine += value * WAD === thresholdWad * debt ? 1 : 0;
      }
    });
    expect(seen.size).toBe(2);
    expect(atTheLine).toBeGreaterThan(0);
  });

  it("health and its band agree with the strategy, with its answer and without it", () => {
    const seen = new Set<string>();
    inEveryVault(plays, ({ early, before }) => {
      for (const observation of [early, before]) {
        const thresholdWad = liquidationThresholdWad(fluxOf(observation).strategy);
        for (const { manager, evaluation } of owing(observation)) {
          const health = healthRatioWadDown(manager, observation.state);
          expect(valueOf(health) < thresholdWad).toBe(evaluation.canLiquidate);
          const band = healthBandOf({ ...manager, quote: undefined }, observation.state);
          expect(band === "liquidatable").toBe(evaluation.canLiquidate);
          expect(healthBandOf(manager, observation.state)).toBe(band);
          seen.add(band);
        }
      }
    });
    expect([...seen].sort()).toEqual(["caution", "danger", "liquidatable", "safe", "warning"]);
  });

  it("the payment under either rule is the strategy's to the unit, at every line and two units about it", () => {
    let dead = 0;
    inEveryVault(plays, ({ before, probes }) => {
      const profitMarginWad = fluxOf(before).strategy.liquidationProfitMarginWad;
      for (const { debtAssets, byRule } of probes) {
        const input = { valueAssets: byRule.a.valueAssets, trueDebtAssets: debtAssets, profitMarginWad };
        for (const rule of ["a", "b"] as const)
          expect(paymentDown({ ...input, rule })).toBe(byRule[rule].minPaymentAssets);
        const isDead = byRule.a.minPaymentAssets === debtAssets && byRule.b.minPaymentAssets < debtAssets;
        expect(isInDeadZone(input)).toBe(isDead);
        dead += isDead ? 1 : 0;
      }
    });
    expect(dead).toBeGreaterThan(VAULTS);
  });

  it("a position is said to be liquidatable already exactly where the strategy liquidates, without its answer too", () => {
    const seen = new Set<string>();
    inEveryVault(plays, ({ before, probes }) => {
      for (const { debtAssets, byRule } of probes) {
        const { valueUsdWad, canLiquidate, minPaymentAssets } = byRule.a;
        const manager = {
          ...managerOf({ value: undefined, debt: 0n }),
          principalAssets: debtAssets,
          valueUsdWad,
        };
        for (const quote of [undefined, { canLiquidate, minPaymentAssets }]) {
          const found = timeToLiquidationOf({
            manager: { ...manager, quote },
            state: before.state,
            interestRateWad: WAD,
          });
          expect(valueOf(found).kind === "already").toBe(canLiquidate);
          seen.add(valueOf(found).kind);
        }
      }
    });
    expect([...seen].sort()).toEqual(["already", "in"]);
  });

  it("the model that stands in for a missing answer gives the answer", () => {
    inEveryVault(plays, ({ scenario, before }) => {
      for (const { manager } of before.sheets) {
        const quoted = shortfallOf(manager, before.state);
        const modelled = shortfallUnderRule({
          manager: { ...manager, quote: undefined },
          state: before.state,
          rule: scenario.rule,
        });
        expect(modelled).toEqual({ ...quoted, source: "modelled" });
      }
    });
  });

  it("the bond for a loan is what the vault asks for, and one unit less is refused for that reason", () => {
    inEveryVault(plays, ({ bonds }) => {
      expect(bonds).toHaveLength(MANAGERS.length);
      for (const { principalAssets, ratioWad, required, oneUnitLess } of bonds) {
        const bond = requiredBondAssetsUp({ borrowAssets: principalAssets, minBondRatioWad: ratioWad });
        expect(bond).toBe(required);
        expect(oneUnitLess).toEqual({ name: "InsufficientBond", args: [bond - 1n, bond] });
      }
    });
  });
});
