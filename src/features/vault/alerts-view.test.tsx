// @vitest-environment jsdom
import { cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_THRESHOLDS } from "@/report/config";
import type { VaultReport } from "@/report/vault-report";
import { stubLayout } from "@/testing/layout";
import { type ReportInput, reportOf } from "@/testing/report-builders";
import { addressFrom, fluxOf, managerOf, stateOf, USDC } from "@/testing/vault-builders";
import { alertTexts, alertThresholdsOf, uncheckedSignals } from "./alert-texts";
import { AlertsView } from "./alerts-view";

beforeEach(stubLayout);
afterEach(cleanup);

/** Plenty of idle money, so that utilisation is quiet. */
const calm = stateOf({ flux: fluxOf({ idleAssets: 9_000_000n * USDC }) });

function show(input: ReportInput): VaultReport {
  const report = reportOf({ state: calm, ...input });
  render(
    <AlertsView
      alerts={alertTexts(report, alertThresholdsOf({ thresholds: DEFAULT_THRESHOLDS }))}
      unchecked={uncheckedSignals(report)}
      block="100"
      hrefOf={(page) => `#/v${page}`}
    />,
  );
  return report;
}

const even = (seeds: readonly number[], value: bigint) =>
  seeds.map((seed) => managerOf({ manager: addressFrom(seed), value, debt: 100_000n }));

describe("the alerts of a vault", () => {
  it("stand worst first, each with its figure, its threshold and its block", () => {
    // 100,000 of 500,000 owed by each of five is 20 %: quiet. Each is worth 94,000 and would pay 93,060.
    show({ managers: even([1, 2, 3, 4, 5], 94_000n) });
    const table = screen.getByRole("table", { name: "Alerts at block 100, worst first" });
    const cells = within(table)
      .getAllByRole("row")
      .slice(1)
      .map((row) => [...row.querySelectorAll("th, td")].map(({ textContent }) => textContent));
    // Five times 6,940 of 10,000,000 assets.
    expect(cells).toEqual([
      [
        "CriticalCan be liquidated now; closing all would cost LPs",
        "Figure5 managers",
        "Thresholdfrom 1",
        "Block100",
      ],
      ["WarningUnrealised bad debt, of assets", "Figure0.347%", "Thresholdfrom 0.10%", "Block100"],
    ]);
  });

  it("are one calm line that names the block when nothing stands above its level", () => {
    show({ managers: even([1, 2, 3, 4, 5], 200_000n) });
    expect(screen.getByText("No alert at block 100")).toBeDefined();
    expect(screen.queryByRole("table")).toBeNull();
  });

  it("are unknown, never none, while a manager is missing", () => {
    show({ managers: even([1], 200_000n), unreadManagers: [addressFrom(9)] });
    expect(screen.getByText("Alerts are unknown at block 100")).toBeDefined();
    expect(screen.queryByText(/No alert/)).toBeNull();
  });

  it("name the signals whose figure is unknown instead of counting them as quiet", () => {
    const [first, ...others] = even([1, 2, 3, 4, 5], 200_000n);
    if (first === undefined) throw new Error("no manager");
    show({ managers: [{ ...first, valueUsdWad: undefined }, ...others] });
    expect(screen.getByText(/not checked: unrealised bad debt/)).toBeDefined();
  });
});
