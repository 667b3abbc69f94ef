import { describe, expect, it } from "vitest";
import { addressFrom, historyOf, logAt, stateOf } from "@/testing/vault-builders";
import type { VaultEventOf } from "./history";
import { ledgerOf } from "./ledger";
import type { LogRef, VaultEvent, VaultHistory } from "./model";

const manager = addressFrom(1);
const liquidator = addressFrom(2);
const state = stateOf();

function liquidated(
  log: LogRef,
  change: Partial<VaultEventOf<"liquidated">> = {},
): VaultEventOf<"liquidated"> {
  return {
    ...log,
    kind: "liquidated",
    manager,
    liquidator,
    positionValueAssets: 95_000n,
    trueDebtAssets: 110_000n,
    paymentAssets: 94_050n,
    badDebtAssets: 15_950n,
    ...change,
  };
}

/** Principal 100,000, interest 10,000, fees 15 %, total assets 1,008,500, payment 94,050. */
function loss(log: LogRef, change: Partial<VaultEventOf<"loss">> = {}): VaultEventOf<"loss"> {
  return {
    ...log,
    kind: "loss",
    manager,
    principalAssets: 5_950n,
    interestAssets: 10_000n,
    lpLossAssets: 14_450n,
    totalAssetsBefore: 1_008_500n,
    totalAssetsAfter: 994_050n,
    totalSupplyShares: 1_000_000n,
    ...change,
  };
}

function recovery(log: LogRef, assets: bigint): VaultEventOf<"recovery"> {
  return {
    ...log,
    kind: "recovery",
    from: addressFrom(3),
    assets,
    totalAssetsBefore: 994_050n,
    totalSupplyShares: 1_000_000n,
  };
}

function ledger(vault: readonly VaultEvent[], change: Partial<VaultHistory> = {}) {
  return ledgerOf({ history: historyOf(vault, change), state });
}

describe("a loss", () => {
  const [row] = ledger([liquidated(logAt(10n, 3)), loss(logAt(10n, 4))]).losses;

  it("joins what the liquidation and the loss event say, at the log of the loss", () => {
    expect(row).toMatchObject({
      blockNumber: 10n,
      logIndex: 4,
      manager,
      liquidator,
      trueDebtAssets: { kind: "known", value: 110_000n },
      positionValueAssets: { kind: "known", value: 95_000n },
      paymentAssets: { kind: "known", value: 94_050n },
      badDebtAssets: 15_950n,
      lpLossAssets: { kind: "known", value: 14_450n },
      source: "event",
    });
  });

  it("has its share prices as pairs, virtual shares and asset included", () => {
    expect(row?.priceBefore).toEqual({ kind: "known", value: { assets: 1_008_501n, shares: 1_000_001n } });
    expect(row?.priceAfter).toEqual({ kind: "known", value: { assets: 994_051n, shares: 1_000_001n } });
  });

  it("differs from the share price by the fee part of the unpaid interest, and says so", () => {
    expect(row?.reconciliation).toEqual({
      kind: "differs",
      byAssets: 1_500n,
      explainedByFees: true,
      explainedByRounding: false,
    });
  });
});

describe("reconciliation", () => {
  const reconcile = (change: Partial<VaultEventOf<"loss">>) =>
    ledger([liquidated(logAt(10n, 3)), loss(logAt(10n, 4), change)]).losses[0]?.reconciliation;

  it("agrees when no interest was unpaid", () => {
    expect(
      reconcile({
        principalAssets: 15_950n,
        interestAssets: 0n,
        lpLossAssets: 15_950n,
        totalAssetsAfter: 992_550n,
      }),
    ).toEqual({ kind: "agrees" });
  });

  it("does not explain a difference larger than the unpaid interest", () => {
    expect(reconcile({ lpLossAssets: 5_949n, totalAssetsAfter: 1_002_551n })).toMatchObject({
      byAssets: 10_001n,
      explainedByFees: false,
      explainedByRounding: false,
    });
  });

  it("names one unit of rounding when there was no interest", () => {
    expect(
      reconcile({
        principalAssets: 15_950n,
        interestAssets: 0n,
        lpLossAssets: 15_951n,
        totalAssetsAfter: 992_549n,
      }),
    ).toEqual({ kind: "differs", byAssets: -1n, explainedByFees: false, explainedByRounding: true });
  });

  it("explains nothing when the event contradicts itself", () => {
    const stated = { kind: "differs", explainedByFees: false, explainedByRounding: false };
    expect(reconcile({ lpLossAssets: 14_449n })).toMatchObject(stated);
    expect(reconcile({ principalAssets: 5_951n })).toMatchObject(stated);
  });
});

describe("several losses", () => {
  it("of two managers in one transaction go with their own liquidations", () => {
    const other = addressFrom(9);
    const rows = ledger([
      liquidated(logAt(10n, 1)),
      liquidated(logAt(10n, 3), { manager: other, liquidator: other }),
      loss(logAt(10n, 4), { manager: other }),
      loss(logAt(10n, 2)),
    ]).losses;
    expect(rows.map((row) => [row.logIndex, row.manager, row.liquidator])).toEqual([
      [2, manager, liquidator],
      [4, other, other],
    ]);
  });

  it("of one manager twice in one transaction are matched in order", () => {
    const rows = ledger([
      liquidated(logAt(10n, 1)),
      loss(logAt(10n, 2)),
      liquidated(logAt(10n, 7), { paymentAssets: 1n }),
      loss(logAt(10n, 8)),
    ]).losses;
    expect(rows.map((row) => row.paymentAssets)).toEqual([
      { kind: "known", value: 94_050n },
      { kind: "known", value: 1n },
    ]);
  });

  it("do not take the liquidation without bad debt that came before in the same transaction", () => {
    const rows = ledger([
      liquidated(logAt(10n, 1), { badDebtAssets: 0n, paymentAssets: 110_000n }),
      liquidated(logAt(10n, 3)),
      loss(logAt(10n, 4)),
    ]).losses;
    expect(rows).toHaveLength(1);
    expect(rows[0]?.paymentAssets).toEqual({ kind: "known", value: 94_050n });
  });

  it("come in the order of the chain and once, whatever the input", () => {
    const first = loss(logAt(10n, 4));
    const second = loss(logAt(12n, 0));
    expect(ledger([second, first, second]).losses.map(({ blockNumber }) => blockNumber)).toEqual([10n, 12n]);
  });
});

describe("a vault that does not state its losses", () => {
  const found = ledger([liquidated(logAt(10n, 3))]);

  it("has a row tagged derived whose LP loss is unknown, and so is the total", () => {
    expect(found.losses[0]).toMatchObject({
      source: "derived",
      badDebtAssets: 15_950n,
      lpLossAssets: { kind: "unknown" },
    });
    expect(found.totals.grossBadDebtAssets).toEqual({ kind: "known", value: 15_950n });
    expect(found.totals.lpLossAssets.kind).toBe("unknown");
    expect(found.totals.netLpLossAssets.kind).toBe("unknown");
  });

  it("a loss event without its liquidation keeps the bad debt that it implies", () => {
    const [row] = ledger([loss(logAt(10n, 4))]).losses;
    expect(row).toMatchObject({ badDebtAssets: 15_950n, liquidator: undefined });
    expect(row?.paymentAssets.kind).toBe("unknown");
  });
});

describe("totals", () => {
  const events = [liquidated(logAt(10n, 3)), loss(logAt(10n, 4)), recovery(logAt(20n), 4_450n)];

  it("are gross, LP loss, recovered and net", () => {
    const { totals } = ledger(events);
    expect(totals.grossBadDebtAssets).toEqual({ kind: "known", value: 15_950n });
    expect(totals.lpLossAssets).toEqual({ kind: "known", value: 14_450n });
    expect(totals.recoveredAssets).toEqual({ kind: "known", value: 4_450n });
    expect(totals.netLpLossAssets).toEqual({ kind: "known", value: 10_000n });
  });

  it("net is negative when more came back than was lost", () => {
    const { totals } = ledger([...events, recovery(logAt(21n), 20_000n)]);
    expect(totals.netLpLossAssets).toEqual({ kind: "known", value: -10_000n });
  });

  it("of a partial history are unknown; what was found is named apart, with its first block", () => {
    const partial = ledger(events, { complete: false, fromBlock: 9n });
    for (const figure of Object.values(partial.totals)) {
      expect(figure).toEqual({ kind: "unknown", reason: "history-partial" });
    }
    expect(partial.found).toEqual({
      sinceBlock: 9n,
      losses: 1,
      atLeastBadDebtAssets: 15_950n,
      atLeastLpLossAssets: 14_450n,
      atLeastRecoveredAssets: 4_450n,
    });
  });

  it("of a vault that is not Flux are not published, not zero", () => {
    const foreign = ledgerOf({ history: historyOf([]), state: { virtualShares: 1n, flux: undefined } });
    for (const figure of Object.values(foreign.totals)) {
      expect(figure).toEqual({ kind: "unknown", reason: "not-published" });
    }
  });

  it("of a vault without losses are zero, which is then a true zero", () => {
    expect(ledger([]).totals.grossBadDebtAssets).toEqual({ kind: "known", value: 0n });
  });
});

describe("a recovery", () => {
  it("raises the price for the shares of its moment", () => {
    const [row] = ledger([recovery(logAt(20n), 4_450n)]).recoveries;
    expect(row).toMatchObject({
      assets: 4_450n,
      priceBefore: { assets: 994_051n, shares: 1_000_001n },
      priceAfter: { assets: 998_501n, shares: 1_000_001n },
    });
  });
});
