// @vitest-environment node
import { describe, expect, it } from "vitest";
import { headlineStats } from "@/features/bad-debt/headline";
import { eventLedgerOf, ledgerLines } from "@/features/bad-debt/ledger-rows";
import { candidateRowOf } from "@/features/liquidations/candidates";
import { pastRowsOf } from "@/features/liquidations/past";
import { pastSummaryOf } from "@/features/liquidations/past-summary";
import { positionRowsOf, positionTexts } from "@/features/position-health/model";
import { positionTotalsOf } from "@/features/position-health/totals";
import type { FigureText } from "@/ui/figures/figure-text";
import { depositAt, reportOf } from "./report-builders";
import { addressFrom, historyOf, logAt, managerOf, USDC } from "./vault-builders";

/** A third of a cent beyond what two digits show. */
const CRUMB = 3_333n;
const OWED = 100_000n * USDC + CRUMB;
const ASKED = 94_050n * USDC + CRUMB;

const textOf = (figure: FigureText | undefined): string | undefined =>
  figure?.kind === "known" ? figure.text : figure?.kind;

const open = [1, 2, 3].map((seed) =>
  managerOf({
    manager: addressFrom(seed),
    value: 95_000n,
    debt: 100_000n,
    accruedInterestAssets: CRUMB,
    quote: { canLiquidate: true, minPaymentAssets: ASKED },
  }),
);
const closed = {
  ...logAt(60n, 3),
  kind: "liquidated" as const,
  manager: addressFrom(12),
  liquidator: addressFrom(21),
  positionValueAssets: 95_000n * USDC,
  trueDebtAssets: OWED,
  paymentAssets: ASKED,
  badDebtAssets: OWED - ASKED,
};
const report = reportOf({
  managers: open,
  history: historyOf([...depositAt(1n, addressFrom(400), 10_000_000n), closed]),
});

describe("an amount that two digits do not hold", () => {
  it("reads the same on every page that shows the debt and its payment", () => {
    const [manager] = report.snapshot.managers;
    const [row] = positionRowsOf(report.snapshot);
    if (manager === undefined || row === undefined) throw new Error("no manager");
    const position = positionTexts(row, report.snapshot.state);
    const candidate = candidateRowOf(manager, report.snapshot.state).text;
    const [past] = pastRowsOf(report);
    const [line] = ledgerLines(eventLedgerOf(report), report.snapshot.state);
    const debts = [textOf(position.debt), textOf(candidate.trueDebt), past?.trueDebt, textOf(line?.trueDebt)];
    expect(debts).toEqual(Array(4).fill("100,000.01"));
    const payments = [
      textOf(position.payment),
      textOf(candidate.payment),
      past?.payment,
      textOf(line?.payment),
    ];
    expect(payments).toEqual(Array(4).fill("94,050.01"));
  });

  it("is added up exactly and rounded once: three of them are a cent more, not three", () => {
    const total = positionTotalsOf(report).figures.find(({ id }) => id === "debt");
    expect(textOf(total?.figure)).toBe("300,000.01");
    const shortfall = headlineStats(report)[0];
    expect(shortfall?.label).toBe("Unrealised shortfall");
    expect(textOf(shortfall?.figure)).toBe("17,850.00");
    expect(textOf(pastSummaryOf(report).find(({ id }) => id === "bad-debt")?.figure)).toBe("5,950.00");
  });
});
