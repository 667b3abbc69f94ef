import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { percent, strategyOf } from "@/testing/vault-builders";
import {
  badDebtAssets,
  badDebtLineWad,
  corridorOf,
  deadZoneOf,
  dropTableOf,
  gapToleranceWad,
  isInDeadZone,
  leverageWadDown,
  marketMarkedBadDebtAssets,
  paymentDown,
} from "./liquidation";
import { WAD } from "./math";

/** A ratio in hundredths of a per cent, cut towards minus infinity. */
function bps(figure: { kind: string; value?: bigint }): bigint {
  if (figure.value === undefined) throw new Error("expected a known figure");
  const quotient = figure.value / 10n ** 14n;
  return figure.value < 0n && quotient * 10n ** 14n !== figure.value ? quotient - 1n : quotient;
}

function parameters(input: { bond: number; buffer: number; margin: number }) {
  return strategyOf({
    minBondRatioWad: percent(input.bond),
    liquidationBufferWad: percent(input.buffer),
    liquidationProfitMarginWad: percent(input.margin),
  });
}

describe("the table of falls", () => {
  // bond, buffer, margin | T, drop to trigger, trigger to V = D, trigger to full margin, opening to V = D, in 0.01 %
  it.each([
    [15, 5, 1, 11_000n, 434n, 909n, 817n, 1_304n],
    [20, 10, 1, 11_000n, 833n, 909n, 817n, 1_666n],
    [20, 15, 1, 10_500n, 1_250n, 476n, 379n, 1_666n],
    [25, 5, 1, 12_000n, 400n, 1_666n, 1_582n, 2_000n],
    [25, 10, 1, 11_500n, 800n, 1_304n, 1_216n, 2_000n],
    [25, 15, 1, 11_000n, 1_200n, 909n, 817n, 2_000n],
    [30, 10, 1, 12_000n, 769n, 1_666n, 1_582n, 2_307n],
    [20, 10, 5, 11_000n, 833n, 909n, 430n, 1_666n],
  ])("bond %d %%, buffer %d %%, margin %d %%", (bond, buffer, margin, t, toTrigger, toV, toFull, open) => {
    const strategy = parameters({ bond, buffer, margin });
    const drops = dropTableOf(strategy);
    expect(corridorOf(strategy).thresholdWad / 10n ** 14n).toBe(t);
    expect(drops.openingToTriggerWad / 10n ** 14n).toBe(toTrigger);
    expect(bps(drops.triggerToInsolventWad)).toBe(toV);
    expect(bps(drops.triggerToFullMarginWad)).toBe(toFull);
    expect(drops.openingToInsolventWad / 10n ** 14n).toBe(open);
  });
});

describe("gap tolerance", () => {
  const gap = (input: { bond: number; buffer: number; margin: number; rule: "a" | "b" }) => {
    const strategy = parameters(input);
    return gapToleranceWad({
      rule: input.rule,
      thresholdWad: corridorOf(strategy).thresholdWad,
      profitMarginWad: strategy.liquidationProfitMarginWad,
    });
  };

  it("is 9.09 % under rule (a) at any margin", () => {
    for (const margin of [0, 1, 10]) {
      expect(bps(gap({ bond: 20, buffer: 10, margin, rule: "a" }))).toBe(909n);
    }
  });

  it("shrinks with the margin under rule (b), and below zero at 10 %", () => {
    expect(bps(gap({ bond: 20, buffer: 10, margin: 1, rule: "b" }))).toBe(817n);
    expect(bps(gap({ bond: 20, buffer: 10, margin: 5, rule: "b" }))).toBe(430n);
    expect(bps(gap({ bond: 20, buffer: 10, margin: 10, rule: "b" }))).toBe(-102n);
    expect(bps(gap({ bond: 15, buffer: 10, margin: 5, rule: "b" }))).toBe(-26n);
  });

  it("is rounded down also when it is negative", () => {
    // 1 − 1 / (0.9 × 1.1) = −0.010101…
    expect(gap({ bond: 20, buffer: 10, margin: 10, rule: "b" })).toEqual({
      kind: "known",
      value: -10_101_010_101_010_102n,
    });
  });

  it("is not positive as soon as the buffer reaches the bond", () => {
    expect(gap({ bond: 20, buffer: 20, margin: 1, rule: "a" })).toEqual({ kind: "known", value: 0n });
  });

  it("buffer beyond one and the bond: no threshold, so no figure", () => {
    const found = gap({ bond: 20, buffer: 120, margin: 1, rule: "a" });
    expect(found).toEqual({ kind: "unknown", reason: "parameters-implausible" });
  });

  it("margin of 100 %: no line under rule (b), no dead zone, still a line under (a)", () => {
    const corridor = corridorOf(parameters({ bond: 20, buffer: 10, margin: 100 }));
    expect(corridor.badDebtLineBWad.kind).toBe("unknown");
    expect(corridor.gapToleranceBWad.kind).toBe("unknown");
    expect(corridor.deadZone.kind).toBe("unknown");
    expect(corridor.badDebtLineAWad).toEqual({ kind: "known", value: WAD });
  });
});

describe("payment", () => {
  const amounts = fc.bigInt({ min: 0n, max: 10n ** 24n });
  const margins = fc.bigInt({ min: 0n, max: WAD });

  it("never exceeds the debt, nor the value when the value is short; (b) never exceeds (a)", () => {
    fc.assert(
      fc.property(amounts, amounts, margins, (valueAssets, trueDebtAssets, profitMarginWad) => {
        const input = { valueAssets, trueDebtAssets, profitMarginWad };
        const a = paymentDown({ ...input, rule: "a" });
        const b = paymentDown({ ...input, rule: "b" });
        expect(a <= trueDebtAssets && a <= valueAssets).toBe(true);
        expect(b <= a).toBe(true);
      }),
    );
  });

  it("and bad debt add up to the true debt", () => {
    fc.assert(
      fc.property(amounts, amounts, margins, (valueAssets, trueDebtAssets, profitMarginWad) => {
        const paymentAssets = paymentDown({ valueAssets, trueDebtAssets, profitMarginWad, rule: "a" });
        expect(paymentAssets + badDebtAssets({ trueDebtAssets, paymentAssets })).toBe(trueDebtAssets);
      }),
    );
  });

  it("leaves no bad debt from one unit above the line on", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 24n }),
        fc.bigInt({ min: 0n, max: (WAD * 99n) / 100n }),
        fc.constantFrom("a" as const, "b" as const),
        (trueDebtAssets, profitMarginWad, rule) => {
          const line = badDebtLineWad({ rule, profitMarginWad });
          if (line.kind === "unknown") throw new Error("expected a line");
          const atLine = (trueDebtAssets * line.value + WAD - 1n) / WAD + 1n;
          const paymentAssets = paymentDown({ rule, valueAssets: atLine, trueDebtAssets, profitMarginWad });
          expect(badDebtAssets({ trueDebtAssets, paymentAssets })).toBe(0n);
        },
      ),
    );
  });

  it("a margin above 100 % pays nothing rather than a negative amount", () => {
    expect(
      paymentDown({ rule: "b", valueAssets: 100n, trueDebtAssets: 200n, profitMarginWad: 2n * WAD }),
    ).toBe(0n);
  });
});

describe("the dead zone", () => {
  it("spans from 1 to 1/(1 − margin)", () => {
    expect(deadZoneOf({ profitMarginWad: percent(1) })).toEqual({
      kind: "known",
      value: { fromWad: WAD, toWad: 1_010_101_010_101_010_102n },
    });
  });

  it("holds its lower edge and not what is worth less than its debt", () => {
    const at = (valueAssets: bigint) =>
      isInDeadZone({ valueAssets, trueDebtAssets: 10_000n, profitMarginWad: percent(1) });
    expect(at(9_999n)).toBe(false);
    expect(at(10_000n)).toBe(true);
    expect(at(10_101n)).toBe(true);
    expect(at(10_102n)).toBe(false);
  });
});

describe("the corridor", () => {
  it("stands in order for every sound strategy: insolvent <= line (b), trigger below opening", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: percent(5), max: percent(100) }),
        fc.bigInt({ min: 0n, max: WAD }),
        fc.bigInt({ min: 0n, max: percent(20) }),
        (minBondRatioWad, part, liquidationProfitMarginWad) => {
          const liquidationBufferWad = ((minBondRatioWad - 1n) * part) / WAD;
          const corridor = corridorOf({ minBondRatioWad, liquidationBufferWad, liquidationProfitMarginWad });
          const { badDebtLineAWad: a, badDebtLineBWad: b } = corridor;
          if (a.kind === "unknown" || b.kind === "unknown") throw new Error("expected lines");
          expect(corridor.insolventWad).toBe(a.value);
          expect(a.value <= b.value).toBe(true);
          expect(a.value < corridor.thresholdWad).toBe(true);
          expect(corridor.thresholdWad <= corridor.openingWad).toBe(true);
          const gap = corridor.gapToleranceBWad;
          // A tolerance above zero means the trigger stands above the line; at most one step of rounding apart.
          if (gap.kind === "known" && gap.value > 0n) expect(corridor.thresholdWad >= b.value).toBe(true);
          if (gap.kind === "known" && gap.value < 0n) expect(corridor.thresholdWad <= b.value).toBe(true);
        },
      ),
    );
  });

  it("shows a cushion below zero when the buffer is larger than the bond", () => {
    expect(corridorOf(parameters({ bond: 10, buffer: 15, margin: 1 })).cushionWad).toBe(-percent(5));
  });
});

describe("market-marked bad debt", () => {
  it("adds the slippage of the exit to the margin", () => {
    // 95,000 × 0.99 × 0.98 = 92,169
    const input = { valueAssets: 95_000n, trueDebtAssets: 100_000n, profitMarginWad: percent(1) };
    expect(marketMarkedBadDebtAssets({ ...input, slippageWad: percent(2) })).toBe(7_831n);
    expect(marketMarkedBadDebtAssets({ ...input, slippageWad: 2n * WAD })).toBe(100_000n);
  });
});

describe("leverage", () => {
  it("no bond: unknown, not infinite", () => {
    expect(leverageWadDown({ borrowAssets: 1n, bondAssets: 0n })).toEqual({
      kind: "unknown",
      reason: "no-bond",
    });
  });
});
