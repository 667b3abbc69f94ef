import { describe, expect, it } from "vitest";
import { depositAt, lessonReport, reportOf } from "@/testing/report-builders";
import { addressFrom, historyOf, managerOf, stateOf, USDC } from "@/testing/vault-builders";
import { assembleReport } from "./vault-report";

describe("a report", () => {
  it("believes a whole history that agrees with the vault's supply", () => {
    expect(lessonReport().history.complete).toBe(true);
  });

  it("takes a history for partial when its transfers do not add up to the supply", () => {
    const report = reportOf({
      state: stateOf({ totalSupplyShares: 11n * USDC, totalAssets: 11n * USDC }),
      history: historyOf(depositAt(5n, addressFrom(1), 10n)),
    });
    expect(report.history.complete).toBe(false);
    expect(report.ledger.totals.lpLossAssets).toEqual({ kind: "unknown", reason: "history-partial" });
  });

  it("takes a history for partial when its liquidations do not add up to the vault's own counter", () => {
    const lesson = lessonReport();
    const { flux } = lesson.snapshot.state;
    if (flux === undefined) throw new Error("the lesson is a Flux vault");
    const counted = { ...flux, totalBadDebtAssets: flux.totalBadDebtAssets + 1n };
    const snapshot = { ...lesson.snapshot, state: { ...lesson.snapshot.state, flux: counted } };
    expect(assembleReport({ ...lesson, snapshot }).history.complete).toBe(false);
    expect(assembleReport(lesson).history.complete).toBe(true);
  });

  it("shows no total while a manager is unread", () => {
    const report = reportOf({
      managers: [managerOf({ value: 90n, debt: 100n })],
      unreadManagers: [addressFrom(77)],
    });
    expect(report.headline.unrealisedShortfallAssets).toEqual({
      kind: "unknown",
      reason: "snapshot-incomplete",
    });
    expect(report.headline.totalDebtAssets.kind).toBe("unknown");
  });
});
