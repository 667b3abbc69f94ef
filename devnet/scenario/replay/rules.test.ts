import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitCause } from "./cause-split";
import { units } from "./fixed-point";
import { splitLoss } from "./loss-split";
import { MarketModel } from "./market-model";
import { HistoryError, VaultBooks } from "./vault-books";
import { VaultModel } from "./vault-model";

const YEAR = 365n * 86_400n;
const USDC = 10n ** 6n;
const WAD = 10n ** 18n;
const address = (digit: number): `0x${string}` => `0x${digit.toString(16).padStart(40, "0")}`;

/** Principal 100,000 with 10,000 of interest, fees 15 %, total assets 1,008,500. */
function booksWithDebt(): VaultBooks {
  const books = new VaultBooks({
    atSeconds: 0n,
    rateWad: WAD / 10n,
    protocolFeeBps: 500n,
    curatorFeeBps: 1_000n,
  });
  books.deposit("ada", 1_000_000n * USDC);
  books.borrow("manager", 100_000n * USDC);
  books.accrue(YEAR);
  return books;
}

describe("the books of a vault", () => {
  it("accrue simple interest and count it net of both fees", () => {
    const books = booksWithDebt();
    expect(books.debtOf("manager")).toEqual({
      principalAssets: 100_000n * USDC,
      interestAssets: 10_000n * USDC,
    });
    expect(books.totalAssets).toBe(1_008_500n * USDC);
  });

  it.each([
    { payment: 94_050n, badDebt: 15_950n, lpLoss: 14_450n },
    { payment: 104_940n, badDebt: 5_060n, lpLoss: 4_301n },
    { payment: 110_000n, badDebt: 0n, lpLoss: 0n },
  ])("write off $badDebt at a payment of $payment, of which LPs lose $lpLoss", (row) => {
    const settled = booksWithDebt().settleLiquidation("manager", row.payment * USDC);
    expect(settled.badDebtAssets).toBe(row.badDebt * USDC);
    expect(settled.totalAssetsBefore - settled.totalAssetsAfter).toBe(row.lpLoss * USDC);
    expect(settled.unpaidPrincipalAssets + settled.unpaidInterestAssets).toBe(settled.badDebtAssets);
  });

  it("let a new fee rate touch only the interest that comes after it", () => {
    const books = booksWithDebt();
    books.setCuratorFee(0n);
    books.accrue(2n * YEAR);
    books.repay("manager", 20_000n * USDC);
    // 5 % of both years, 10 % of the first.
    expect(books.collectedFeesAssets).toBe(2_000n * USDC);
  });

  it("let a new interest rate reprice no time that has passed", () => {
    const books = booksWithDebt();
    books.setRate(WAD / 5n);
    books.moveTo(2n * YEAR);
    expect(books.debtOf("manager").interestAssets).toBe(30_000n * USDC);
  });

  it("pay interest before principal, and refuse more than is owed", () => {
    const books = booksWithDebt();
    books.repay("manager", 10_000n * USDC);
    expect(books.debtOf("manager")).toEqual({ principalAssets: 100_000n * USDC, interestAssets: 0n });
    expect(() => books.repay("manager", 100_001n * USDC)).toThrow(HistoryError);
  });

  it("refuse to pay out more than is idle", () => {
    const books = booksWithDebt();
    expect(() => books.withdraw("ada", 900_001n * USDC)).toThrow(HistoryError);
  });

  it("round shares against whoever acts", () => {
    const books = booksWithDebt();
    const minted = books.deposit("bea", 1_000n * USDC);
    expect(books.assetsFor(minted)).toBeLessThanOrEqual(1_000n * USDC);
    const before = books.shares.get("bea") ?? 0n;
    const burned = books.withdraw("bea", 500n * USDC);
    expect(burned).toBeGreaterThanOrEqual(books.sharesFor(500n * USDC));
    expect(books.shares.get("bea")).toBe(before - burned);
  });

  it("go on apart from a copy", () => {
    const books = booksWithDebt();
    const copy = books.copy();
    copy.settleLiquidation("manager", 0n);
    expect(books.totalAssets).toBe(1_008_500n * USDC);
    expect(copy.totalAssets).toBe(900_000n * USDC);
  });
});

describe("the standard strategy's rules", () => {
  /** A manager whose position is worth `value` against `debt`, all of it bond at a base price of 1 USD. */
  function appraisal(args: { value: string; debt: string; marginWad: bigint; rule: "a" | "b" }) {
    const market = new MarketModel();
    market.publish("USDC", 10n ** 8n);
    const vault = new VaultModel({
      market,
      atSeconds: 0n,
      terms: {
        baseTicker: "USDC",
        rateWad: 0n,
        minBondRatioWad: WAD / 5n,
        liquidationBufferWad: WAD / 10n,
        profitMarginWad: args.marginWad,
        paymentRule: args.rule,
        protocolFeeBps: 0n,
        curatorFeeBps: 0n,
      },
    });
    vault.books.deposit("ada", units("1000000", 6));
    vault.books.borrow("manager", units(args.debt, 6));
    vault.positionOf("manager").bondAssets = units(args.value, 6);
    return vault.appraise("manager");
  }
  const onePercent = WAD / 100n;

  it.each([
    ["95000", "100000", onePercent, "a", "94050", 950_000_000_000_000_000n],
    ["95000", "100000", 0n, "a", "95000", 950_000_000_000_000_000n],
    ["45000", "50000", onePercent, "a", "44550", 900_000_000_000_000_000n],
    ["50000", "48000", onePercent, "a", "48000", 1_041_666_666_666_666_666n],
    ["50300", "50000", onePercent, "a", "50000", 1_006_000_000_000_000_000n],
    ["50300", "50000", onePercent, "b", "49797", 1_006_000_000_000_000_000n],
    ["70000", "85000", onePercent, "a", "69300", 823_529_411_764_705_882n],
  ] as const)(
    "value %s, debt %s, margin %s, rule %s: pays %s",
    (value, debt, marginWad, rule, pays, health) => {
      const result = appraisal({ value, debt, marginWad, rule });
      expect(result.minPaymentAssets).toBe(units(pays, 6));
      expect(result.healthWad).toBe(health);
      expect(result.canLiquidate).toBe(true);
    },
  );

  it("do not liquidate exactly at the threshold", () => {
    const rule = { debt: "100000", marginWad: onePercent, rule: "a" } as const;
    expect(appraisal({ ...rule, value: "110000" }).canLiquidate).toBe(false);
    expect(appraisal({ ...rule, value: "109999.999999" }).canLiquidate).toBe(true);
  });
});

describe("the split of a loss by cause", () => {
  it("adds up to the bad debt, also when waiting helped", () => {
    const mark = fc.record({
      valueAssets: fc.bigInt(0n, 10n ** 12n),
      debtAssets: fc.bigInt(1n, 10n ** 12n),
    });
    fc.assert(
      fc.property(mark, mark, fc.bigInt(0n, 10n ** 12n), (first, settled, paid) => {
        const paymentAssets = paid < settled.debtAssets ? paid : settled.debtAssets;
        const cause = splitCause({ first, settled, paymentAssets });
        const sum = cause.gapAssets + cause.delayAssets + cause.executionAssets;
        expect(sum).toBe(settled.debtAssets - paymentAssets);
      }),
    );
  });

  it("names the part that weighs most", () => {
    const settled = { valueAssets: 95n, debtAssets: 100n };
    const healthy = { valueAssets: 110n, debtAssets: 100n };
    expect(splitCause({ first: settled, settled, paymentAssets: 94n }).dominant).toBe("gap");
    expect(splitCause({ first: healthy, settled, paymentAssets: 94n }).dominant).toBe("delay");
    expect(
      splitCause({ first: healthy, settled: { valueAssets: 99n, debtAssets: 100n }, paymentAssets: 90n })
        .dominant,
    ).toBe("execution");
  });
});

describe("the split of a loss among holders", () => {
  it("shares 5,000 as 3,000 / 1,500 / 500 although one virtual share stands beside them", () => {
    const parts = splitLoss(5_000n * USDC, [
      { holder: address(1), shares: 600_000n * USDC },
      { holder: address(2), shares: 300_000n * USDC },
      { holder: address(3), shares: 100_000n * USDC },
      { holder: undefined, shares: 1n },
    ]);
    expect(parts.map(({ lossAssets }) => lossAssets)).toEqual([
      3_000n * USDC,
      1_500n * USDC,
      500n * USDC,
      0n,
    ]);
  });

  it("gives equal remainders to the lower address, to the virtual shares last", () => {
    const parts = splitLoss(2n, [
      { holder: undefined, shares: 1n },
      { holder: address(9), shares: 1n },
      { holder: address(2), shares: 1n },
    ]);
    expect(parts.map(({ lossAssets }) => lossAssets)).toEqual([0n, 1n, 1n]);
    const virtual = { holder: undefined, shares: 1n };
    const somebody = { holder: address(9), shares: 1n };
    for (const weights of [
      [virtual, somebody],
      [somebody, virtual],
    ]) {
      const bearer = splitLoss(1n, weights).find(({ lossAssets }) => lossAssets === 1n);
      expect(bearer?.holder).toBe(address(9));
    }
  });

  it("adds up to the loss, and nobody is more than a unit from its exact part", () => {
    const weights = fc.array(fc.bigInt(1n, 10n ** 18n), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 15n), weights, (loss, shares) => {
        const total = shares.reduce((sum, held) => sum + held, 0n);
        const parts = splitLoss(
          loss,
          shares.map((held, index) => ({ holder: address(index + 1), shares: held })),
        );
        expect(parts.reduce((sum, part) => sum + part.lossAssets, 0n)).toBe(loss);
        for (const [index, part] of parts.entries()) {
          const exact = loss * (shares[index] ?? 0n);
          const distance = part.lossAssets * total - exact;
          expect(distance < total && distance > -total).toBe(true);
        }
      }),
    );
  });

  it("cannot share a loss among nobody", () => {
    expect(() => splitLoss(1n, [])).toThrow(RangeError);
  });
});
