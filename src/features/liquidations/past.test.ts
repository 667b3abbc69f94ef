// @vitest-environment node
import { describe, expect, it } from "vitest";
import { depositAt, LESSON, lessonReport, lossAt, reportOf } from "@/testing/report-builders";
import { addressFrom, historyOf, logAt, USDC } from "@/testing/vault-builders";
import { closingOf } from "./closed";
import { pastCsv, pastRowsOf } from "./past";
import { pastSummaryOf } from "./past-summary";

const clean = {
  ...logAt(60n, 3),
  kind: "liquidated" as const,
  manager: addressFrom(12),
  liquidator: addressFrom(21),
  positionValueAssets: 110n * USDC,
  trueDebtAssets: 100n * USDC,
  paymentAssets: 100n * USDC,
  badDebtAssets: 0n,
};

describe("pastRowsOf", () => {
  it("shows the lesson: 95,000 paid of 100,000, 5,000 of bad debt, 95 % recovered", () => {
    expect(pastRowsOf(lessonReport())).toMatchObject([
      {
        manager: LESSON.manager,
        trueDebt: "100,000.00",
        payment: "95,000.00",
        badDebt: "5,000.00",
        lpLoss: "5,000.00",
        recovery: "95.00%",
      },
    ]);
  });

  it("puts the newest first and gives a liquidation without a loss an LP loss of zero", () => {
    const report = lessonReport();
    const rows = pastRowsOf({ ...report, history: historyOf([...report.history.vault, clean]) });
    expect(rows.map(({ block }) => block)).toEqual(["60", "50"]);
    expect(rows[0]).toMatchObject({ lpLoss: "0.00", recovery: "100.00%", gain: "10.00" });
  });

  it("does not make up an LP loss that the vault did not state", () => {
    const silent = { ...clean, paymentAssets: 90n * USDC, badDebtAssets: 10n * USDC };
    const report = reportOf({
      history: historyOf([...depositAt(1n, addressFrom(400), 10_000_000n), silent]),
    });
    const [row] = pastRowsOf(report);
    expect(row?.badDebt).toBe("10.00");
    expect(row?.lpLoss).toBeUndefined();
  });
});

describe("pastSummaryOf", () => {
  const textOf = (id: string, figures: ReturnType<typeof pastSummaryOf>): string | undefined => {
    const figure = figures.find((one) => one.id === id)?.figure;
    return figure?.kind === "known" ? figure.text : figure?.kind;
  };

  it("adds up what was paid and what was left, with the arithmetic to check it", () => {
    const figures = pastSummaryOf(lessonReport());
    expect(textOf("count", figures)).toBe("1");
    expect(textOf("recovery", figures)).toBe("95.00%");
    expect(textOf("bad-debt", figures)).toBe("5,000.00");
    expect(textOf("concentration", figures)).toBe("1.00");
    expect(figures.every(({ formula }) => formula.block.startsWith("block 100"))).toBe(true);
  });

  it("knows no recovery rate while nothing was liquidated", () => {
    expect(textOf("recovery", pastSummaryOf(reportOf()))).toBe("unknown");
  });

  it("says that earlier liquidations are not known when the history begins late", () => {
    const report = lessonReport();
    const partial = { ...report, history: { ...report.history, complete: false } };
    expect(pastSummaryOf(partial)[0]?.sublabel).toContain("earlier ones are not known");
  });
});

describe("pastCsv", () => {
  it("gives every digit, oldest first", () => {
    const { header, rows } = pastCsv(lessonReport());
    expect(header).toHaveLength(rows[0]?.length ?? 0);
    expect(rows[0]).toContain("100000");
    expect(rows[0]?.at(-1)).toBe("0.95");
    expect(rows[0]?.[header.indexOf("payment_USDC")]).toBe("95000");
    // One style for every export: where it is from first, units in the names.
    expect(header.slice(0, 3)).toEqual(["chain_id", "vault", "block"]);
    expect(header.every((name) => /^[a-z]+(_[a-z]+)*(_[A-Z]+)?$/.test(name))).toBe(true);
  });
});

describe("closingOf", () => {
  it("says who closed a position, and what it did to the share price", () => {
    const report = lessonReport();
    const liquidator = pastRowsOf(report)[0]?.liquidator;
    const closing = closingOf(report, { manager: LESSON.manager, account: liquidator });
    expect(closing).toMatchObject({ byReader: true, priceBefore: "1.00000000", priceAfter: "0.99500000" });
    expect(closingOf(report, { manager: LESSON.manager, account: addressFrom(1) })?.byReader).toBe(false);
  });

  it("knows nothing of a manager that was never liquidated", () => {
    expect(closingOf(lessonReport(), { manager: addressFrom(99), account: undefined })).toBeUndefined();
  });

  it("takes the last liquidation of a manager that came back", () => {
    const report = lessonReport();
    const again = lossAt(70n, {
      manager: LESSON.manager,
      debt: 10n,
      value: 9n,
      payment: 9n,
      totalAssetsBefore: 995_000n,
      supply: 1_000_000n,
    });
    const history = historyOf([...report.history.vault, ...again]);
    expect(
      closingOf({ ...report, history }, { manager: LESSON.manager, account: undefined })?.row.block,
    ).toBe("70");
  });
});
