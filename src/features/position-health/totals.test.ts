import { describe, expect, it } from "vitest";
import { reportOf } from "@/testing/report-builders";
import { addressFrom, managerOf, USDC } from "@/testing/vault-builders";
import { bandLinesOf, positionTotalsOf } from "./totals";

const MANAGERS = [
  managerOf({
    manager: addressFrom(1),
    value: 140_000n,
    debt: 100_000n,
    quote: { canLiquidate: false, minPaymentAssets: 100_000n * USDC },
  }),
  managerOf({
    manager: addressFrom(2),
    value: 95_000n,
    debt: 100_000n,
    accruedInterestAssets: 1_000n * USDC,
    quote: { canLiquidate: true, minPaymentAssets: 94_050n * USDC },
  }),
];

function figuresOf(report: ReturnType<typeof reportOf>) {
  return Object.fromEntries(positionTotalsOf(report).figures.map(({ id, figure }) => [id, figure]));
}

describe("positionTotalsOf", () => {
  it("adds up a complete snapshot", () => {
    const figures = figuresOf(reportOf({ managers: MANAGERS }));
    expect(figures.debt).toMatchObject({ text: "201,000.00", unit: "USDC" });
    expect(figures.value).toMatchObject({ text: "235,000.00" });
    expect(figures.liquidatable).toMatchObject({ text: "101,000.00" });
    expect(figures.shortfall).toMatchObject({ text: "6,950.00" });
    // 15 % of the 1,000 of interest is the fee takers' part of the loss.
    expect(figures["lp-loss"]).toMatchObject({ text: "6,800.00" });
  });

  it("shows no total at all when a manager was not read, and names it", () => {
    const unread = addressFrom(9);
    const report = reportOf({ managers: MANAGERS, unreadManagers: [unread] });
    const totals = positionTotalsOf(report);
    expect(totals.figures.map(({ figure }) => figure.kind)).toEqual(totals.figures.map(() => "unknown"));
    expect(totals.figures.every(({ formula }) => formula === undefined)).toBe(true);
    expect(totals.missing).toEqual({ words: "1 of 3 managers could not be read", unread: [unread] });
  });

  it("says by how much principals miss the vault's own total when nobody is known to be unread", () => {
    const whole = reportOf({ managers: MANAGERS });
    const { flux } = whole.snapshot.state;
    if (flux === undefined) throw new Error("not Flux");
    const completeness = { kind: "incomplete", unread: [], missingPrincipalAssets: 7n * USDC } as const;
    expect(positionTotalsOf({ ...whole, completeness }).missing?.words).toContain("differ by 7 USDC");
  });

  it("keeps liquidatable debt unknown while one strategy answer is missing and the value too", () => {
    const report = reportOf({
      managers: [...MANAGERS, managerOf({ manager: addressFrom(3), value: undefined, debt: 1n })],
    });
    expect(figuresOf(report).liquidatable?.kind).toBe("unknown");
  });
});

describe("bandLinesOf", () => {
  it("gives debt, count and share by band, worst first", () => {
    const lines = bandLinesOf(reportOf({ managers: MANAGERS }));
    if (lines.kind === "unknown") throw new Error("unknown");
    expect(lines.value.map(({ band }) => band)).toEqual([
      "liquidatable",
      "danger",
      "warning",
      "caution",
      "safe",
    ]);
    expect(lines.value[0]).toMatchObject({ managers: "1", debt: "101,000", share: "50.2%" });
    expect(lines.value[3]).toMatchObject({ managers: "1", debt: "100,000", share: "49.7%" });
  });

  it("counts among those without debt only who has a bond or a position", () => {
    const gone = managerOf({ manager: addressFrom(3), value: 0n, debt: 0n });
    const bandsOf = (managers: typeof MANAGERS) => {
      const lines = bandLinesOf(reportOf({ managers }));
      return lines.kind === "known" ? lines.value : [];
    };
    expect(bandsOf([...MANAGERS, gone]).map(({ band }) => band)).not.toContain("no-debt");
    const bonded = { ...gone, bondAssets: 1n };
    expect(bandsOf([...MANAGERS, gone, { ...bonded, manager: addressFrom(4) }]).at(-1)).toMatchObject({
      band: "no-debt",
      managers: "1",
    });
  });

  it("is unknown without a complete snapshot", () => {
    expect(bandLinesOf(reportOf({ managers: MANAGERS, unreadManagers: [addressFrom(9)] })).kind).toBe(
      "unknown",
    );
  });
});
