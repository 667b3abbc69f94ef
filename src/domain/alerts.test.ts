import { describe, expect, it } from "vitest";
import {
  addressFrom,
  completeOf,
  fluxOf,
  historyOf,
  managerOf,
  percent,
  stateOf,
  strategyOf,
  USDC,
} from "@/testing/vault-builders";
import { type AlertThresholds, alertsOf } from "./alerts";
import { headlineOf } from "./headline";
import { ledgerOf } from "./ledger";
import type { ManagerState, VaultState } from "./model";

const THRESHOLDS: AlertThresholds = {
  badDebtRatio: { warningWad: percent(0.1), criticalWad: percent(0.5) },
  utilisation: { warningWad: percent(90), criticalWad: percent(95) },
  largestManager: { warningWad: percent(25), criticalWad: percent(40) },
};

function alertsFor(managers: readonly ManagerState[], state: VaultState = stateOf()) {
  const complete = completeOf(managers, { state });
  const history = historyOf([]);
  const ledger = ledgerOf({ history, state: complete.state });
  const headline = headlineOf({ complete, ledger });
  return alertsOf({ complete, headline, thresholds: THRESHOLDS });
}

const five = (change: { readonly value: bigint; readonly debt: bigint }): readonly ManagerState[] =>
  [1, 2, 3, 4, 5].map((seed) => managerOf({ ...change, manager: addressFrom(seed) }));

describe("alerts", () => {
  it("are none for a vault of even, healthy managers with idle money", () => {
    const idle = fluxOf({ idleAssets: 9_000_000n * USDC });
    expect(alertsFor(five({ value: 150n, debt: 100n }), stateOf({ flux: idle }))).toEqual([]);
  });

  it("put what costs the LPs first", () => {
    const alerts = alertsFor(five({ value: 90_000n, debt: 100_000n }));
    expect(alerts.map(({ signal, severity }) => [signal, severity])).toEqual([
      ["bad-debt-ratio", "critical"],
      ["liquidatable", "critical"],
      ["utilisation", "critical"],
    ]);
  });

  it("warn of a manager that can be liquidated without loss", () => {
    const idle = fluxOf({ idleAssets: 9_000_000n * USDC });
    const alerts = alertsFor(five({ value: 109n, debt: 100n }), stateOf({ flux: idle }));
    expect(alerts).toEqual([{ signal: "liquidatable", severity: "warning", managers: 5 }]);
  });

  it("name a buffer that leaves no room between trigger and loss", () => {
    const flux = fluxOf({
      idleAssets: 9_000_000n * USDC,
      strategy: strategyOf({ minBondRatioWad: percent(10), liquidationBufferWad: percent(10) }),
    });
    const alerts = alertsFor(five({ value: 150n, debt: 100n }), stateOf({ flux }));
    expect(alerts.map(({ signal }) => signal)).toEqual(["gap-tolerance"]);
  });

  it("name the share of the largest manager", () => {
    const idle = fluxOf({ idleAssets: 9_000_000n * USDC });
    const managers = [
      managerOf({ value: 900n, debt: 500n, manager: addressFrom(1) }),
      managerOf({ value: 900n, debt: 500n, manager: addressFrom(2) }),
    ];
    expect(alertsFor(managers, stateOf({ flux: idle }))).toEqual([
      {
        signal: "largest-manager",
        severity: "critical",
        valueWad: percent(50),
        levelWad: THRESHOLDS.largestManager.criticalWad,
      },
    ]);
  });
});
