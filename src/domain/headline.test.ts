import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addressFrom,
  completeOf,
  fluxOf,
  historyOf,
  logAt,
  managerOf,
  percent,
  snapshotOf,
  stateOf,
  USDC,
} from "@/testing/vault-builders";
import { shortfallOf, shortfallUnderRule } from "./bad-debt";
import { completeSnapshotOf } from "./complete";
import { compoundedLossWadDown, headlineOf, headlineWithoutSnapshot, utilisationWadDown } from "./headline";
import { ledgerOf } from "./ledger";
import type { ManagerState, VaultEvent, VaultHistory } from "./model";

const state = stateOf();
const quote = (canLiquidate: boolean, payment: bigint) => ({
  canLiquidate,
  minPaymentAssets: payment * USDC,
});

describe("what closing a manager would do", () => {
  it("nothing owed: no debt, and zeros that are true", () => {
    expect(shortfallOf(managerOf({ value: undefined, debt: 0n }), state)).toMatchObject({
      state: "no-debt",
      canLiquidate: { kind: "known", value: false },
      badDebtIfClosedAssets: { kind: "known", value: 0n },
      insolvencyAssets: { kind: "known", value: 0n },
    });
  });

  it.each([
    [120n, "healthy", 0n],
    [109n, "liquidatable", 0n],
    [100n, "liquidatable", 0n],
    [95n, "insolvent", 5_950_000n],
  ])("modelled by rule (a): %d against 100 is %s", (value, name, badDebt) => {
    const found = shortfallOf(managerOf({ value, debt: 100n }), state);
    expect(found).toMatchObject({
      state: name,
      source: "modelled",
      badDebtIfClosedAssets: { kind: "known", value: badDebt },
    });
  });

  it("under rule (b) a position just above its debt would lose", () => {
    const found = shortfallUnderRule({ manager: managerOf({ value: 100n, debt: 100n }), state, rule: "b" });
    expect(found).toMatchObject({
      state: "would-lose",
      badDebtIfClosedAssets: { kind: "known", value: 1_000_000n },
      insolvencyAssets: { kind: "known", value: 0n },
      isInDeadZone: { kind: "known", value: true },
    });
  });

  it("the strategy's quote outranks the model", () => {
    const manager = managerOf({ value: 95n, debt: 100n, quote: quote(true, 60n) });
    expect(shortfallOf(manager, state)).toMatchObject({
      source: "quoted",
      paymentAssets: { kind: "known", value: 60n * USDC },
      badDebtIfClosedAssets: { kind: "known", value: 40n * USDC },
      insolvencyAssets: { kind: "known", value: 5n * USDC },
    });
  });

  it("what cannot be liquidated leaves no bad debt now, even when it is insolvent", () => {
    const manager = managerOf({ value: 95n, debt: 100n, quote: quote(false, 94n) });
    expect(shortfallOf(manager, state)).toMatchObject({
      state: "insolvent",
      badDebtIfClosedAssets: { kind: "known", value: 0n },
    });
  });

  it("a quote without a value gives bad debt but not insolvency", () => {
    const manager = managerOf({ value: undefined, debt: 100n, quote: quote(true, 90n) });
    expect(shortfallOf(manager, state)).toMatchObject({
      state: "would-lose",
      badDebtIfClosedAssets: { kind: "known", value: 10n * USDC },
      insolvencyAssets: { kind: "unknown", reason: "value-unreadable" },
    });
  });

  it("neither quote nor value: everything unknown", () => {
    expect(shortfallOf(managerOf({ value: undefined, debt: 100n }), state)).toMatchObject({
      state: "unknown",
      badDebtIfClosedAssets: { kind: "unknown" },
      lpLossIfClosedAssets: { kind: "unknown" },
      paymentAssets: { kind: "unknown" },
    });
  });

  it("LPs lose less than the bad debt by the fee part of unpaid interest", () => {
    const manager = {
      ...managerOf({ value: 95_000n, debt: 100_000n }),
      accruedInterestAssets: 10_000n * USDC,
    };
    expect(shortfallOf(manager, state)).toMatchObject({
      badDebtIfClosedAssets: { kind: "known", value: 15_950n * USDC },
      lpLossIfClosedAssets: { kind: "known", value: 14_450n * USDC },
    });
  });

  it("a protocol fee that is not published: LP loss unknown, unless no interest is owed", () => {
    const secret = stateOf({ flux: fluxOf({ protocolFeeBps: undefined }) });
    const manager = managerOf({ value: 95n, debt: 100n });
    expect(shortfallOf(manager, secret).lpLossIfClosedAssets.kind).toBe("known");
    const accrued = { ...manager, accruedInterestAssets: 1n };
    expect(shortfallOf(accrued, secret).lpLossIfClosedAssets).toEqual({
      kind: "unknown",
      reason: "not-published",
    });
    expect(shortfallOf(accrued, secret).badDebtIfClosedAssets.kind).toBe("known");
  });

  it("LP loss never exceeds bad debt, and bad debt never the true debt", () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 15n });
    fc.assert(
      fc.property(amount, amount, amount, (value, principalAssets, accruedInterestAssets) => {
        const manager: ManagerState = {
          ...managerOf({ value: 0n, debt: 0n }),
          principalAssets,
          accruedInterestAssets,
          valueUsdWad: value * 10n ** 12n,
        };
        const found = shortfallOf(manager, state);
        const { badDebtIfClosedAssets: bad, lpLossIfClosedAssets: lp } = found;
        if (bad.kind === "unknown" || lp.kind === "unknown") throw new Error("expected figures");
        expect(lp.value <= bad.value && bad.value <= found.trueDebtAssets).toBe(true);
      }),
    );
  });
});

describe("a snapshot's completeness", () => {
  const managers = [managerOf({ value: 95n, debt: 100n })];

  it("holds when every manager was read and the principals add up", () => {
    expect(completeSnapshotOf(snapshotOf(managers)).kind).toBe("complete");
  });

  it("fails when principals are missing, and says how much", () => {
    const short = snapshotOf(managers, { flux: { totalPrincipalDebtAssets: 130n * USDC } });
    expect(completeSnapshotOf(short)).toEqual({
      kind: "incomplete",
      unread: [],
      missingPrincipalAssets: 30n * USDC,
    });
  });

  it("fails when a manager was not read, even if the sums happen to fit", () => {
    const unread = { ...snapshotOf(managers), unreadManagers: [addressFrom(8)] };
    expect(completeSnapshotOf(unread)).toMatchObject({ kind: "incomplete", unread: [addressFrom(8)] });
  });

  it("fails when a manager was read twice", () => {
    const idle = managerOf({ value: 0n, debt: 0n, manager: addressFrom(5) });
    expect(completeSnapshotOf(snapshotOf([...managers, idle, idle])).kind).toBe("incomplete");
  });

  it("is not a question for a vault that is not Flux", () => {
    const foreign = { ...snapshotOf([]), state: stateOf({ flux: undefined }) };
    expect(completeSnapshotOf(foreign)).toEqual({ kind: "not-published" });
  });
});

const bad = (block: bigint, assets: bigint, before: bigint): VaultEvent => ({
  ...logAt(block, 4),
  kind: "loss",
  manager: addressFrom(1),
  principalAssets: assets * USDC,
  interestAssets: 0n,
  lpLossAssets: assets * USDC,
  totalAssetsBefore: before * USDC,
  totalAssetsAfter: (before - assets) * USDC,
  totalSupplyShares: 1_000n * USDC,
});
const borrowed = (assets: bigint): VaultEvent => ({
  ...logAt(2n),
  kind: "borrowed",
  manager: addressFrom(1),
  assets: assets * USDC,
});
const recovered = (assets: bigint): VaultEvent => ({
  ...logAt(50n),
  kind: "recovery",
  from: addressFrom(7),
  assets: assets * USDC,
  totalAssetsBefore: 900n * USDC,
  totalSupplyShares: 1_000n * USDC,
});

describe("the headline", () => {
  const managers = [
    managerOf({ value: 95n, debt: 100n }),
    managerOf({ value: 60n, debt: 100n, manager: addressFrom(2), quote: quote(true, 50n) }),
    managerOf({ value: 200n, debt: 100n, manager: addressFrom(3) }),
  ];
  const vault = stateOf({
    totalAssets: 1_000n * USDC,
    totalSupplyShares: 800n * USDC,
    flux: fluxOf({ idleAssets: 700n * USDC, totalBadDebtAssets: 150n * USDC }),
  });
  const events = [borrowed(2_000n), bad(10n, 100n, 1_000n), bad(20n, 50n, 500n), recovered(30n)];
  const headline = (change: Partial<VaultHistory> = {}, windowFromSeconds?: bigint) => {
    const complete = completeOf(managers, { state: vault });
    const ledger = ledgerOf({ history: historyOf(events, change), state: vault });
    return headlineOf({
      complete,
      ledger,
      ...(windowFromSeconds === undefined ? {} : { windowFromSeconds }),
    });
  };
  const numbers = headline();

  it("sums the bad debt of what can be liquidated, and names its source", () => {
    // 100 − 95 × 0.99 = 5.95 modelled; 100 − 50 quoted.
    expect(numbers.unrealisedShortfallAssets).toEqual({ kind: "known", value: 55_950_000n });
    expect(numbers.unrealisedLpLossAssets).toEqual({ kind: "known", value: 55_950_000n });
    expect(numbers.source).toBe("mixed");
  });

  it("puts it to assets and to debt, each by name", () => {
    expect(numbers.badDebtRatioOfAssetsWad).toEqual({ kind: "known", value: percent(5.595) });
    expect(numbers.badDebtRatioOfDebtWad).toEqual({ kind: "known", value: percent(18.65) });
  });

  it("sums plain insolvency over all managers", () => {
    expect(numbers.plainInsolvencyAssets).toEqual({ kind: "known", value: 45n * USDC });
  });

  it("marks the share price by the LP loss, as a pair", () => {
    expect(numbers.markedSharePrice).toEqual({
      kind: "known",
      value: { assets: 1_000n * USDC - 55_950_000n + 1n, shares: 800n * USDC + 1n },
    });
  });

  it("splits the debt by band so that it adds up", () => {
    if (numbers.debtByBand.kind === "unknown") throw new Error("expected bands");
    expect(numbers.debtByBand.value.liquidatable).toEqual({ debtAssets: 200n * USDC, managers: 2 });
    expect(numbers.debtByBand.value.safe).toEqual({ debtAssets: 100n * USDC, managers: 1 });
    expect(numbers.totalDebtAssets).toEqual({ kind: "known", value: 300n * USDC });
  });

  it("compounds the losses of the window: 10 % and 10 % are 19 %", () => {
    expect(numbers.windowLossWad).toEqual({ kind: "known", value: percent(19) });
    expect(headline({}, logAt(15n).atSeconds).windowLossWad).toEqual({ kind: "known", value: percent(10) });
    expect(headline({}, logAt(99n).atSeconds).windowLossWad).toEqual({ kind: "known", value: 0n });
  });

  it("has the stock ratio ΣB / (A + ΣB), and losses less recoveries over what was lent", () => {
    // 150 / 1,150 and 120 / 2,000
    expect(numbers.stockRatioWad).toEqual({ kind: "known", value: 130_434_782_608_695_652n });
    expect(numbers.lossRateOnLendingWad).toEqual({ kind: "known", value: percent(6) });
  });

  it("compares the ledger with the contract's counter", () => {
    expect(numbers.ledgerAgreesWithCounter).toEqual({ kind: "known", value: true });
    const off = { ...vault, flux: fluxOf({ totalBadDebtAssets: 151n * USDC }) };
    const ledger = ledgerOf({ history: historyOf(events), state: off });
    expect(
      headlineOf({ complete: completeOf(managers, { state: off }), ledger }).ledgerAgreesWithCounter,
    ).toEqual({ kind: "known", value: false });
  });

  it("from a partial history keeps what the contract counts, and nothing else", () => {
    const partial = headline({ complete: false });
    expect(partial.grossBadDebtAssets).toEqual({ kind: "known", value: 150n * USDC });
    expect(partial.stockRatioWad.kind).toBe("known");
    for (const name of [
      "lpLossAssets",
      "recoveredAssets",
      "netLpLossAssets",
      "windowLossWad",
      "lossRateOnLendingWad",
      "ledgerAgreesWithCounter",
    ] as const) {
      expect(partial[name]).toEqual({ kind: "unknown", reason: "history-partial" });
    }
  });

  it("from a history of another block is unknown, not mixed", () => {
    expect(headline({ toBlock: 99n }).lpLossAssets).toEqual({ kind: "unknown", reason: "blocks-differ" });
    expect(headline({ toBlock: 101n }).windowLossWad).toEqual({ kind: "unknown", reason: "blocks-differ" });
  });

  it("one manager that could not be valued makes the totals unknown, not smaller", () => {
    const dark = managerOf({ value: undefined, debt: 100n, manager: addressFrom(4) });
    const found = headlineOf({
      complete: completeOf([...managers, dark], { state: vault }),
      ledger: ledgerOf({ history: historyOf(events), state: vault }),
    });
    expect(found.unrealisedShortfallAssets).toEqual({ kind: "unknown", reason: "value-unreadable" });
    expect(found.markedSharePrice.kind).toBe("unknown");
    expect(found.badDebtRatioOfAssetsWad.kind).toBe("unknown");
    expect(found.grossBadDebtAssets.kind).toBe("known");
  });

  it("without a complete snapshot everything that needs all managers is unknown; the realised side stands", () => {
    const found = headlineWithoutSnapshot({
      state: vault,
      ledger: ledgerOf({ history: historyOf(events), state: vault }),
      reason: "snapshot-incomplete",
    });
    expect(found.unrealisedShortfallAssets).toEqual({ kind: "unknown", reason: "snapshot-incomplete" });
    expect(found.debtByBand.kind).toBe("unknown");
    expect(found.windowLossWad).toEqual({ kind: "known", value: percent(19) });
  });
});

describe("degenerate vaults", () => {
  const empty = stateOf({ totalAssets: 0n, totalSupplyShares: 0n });
  const found = headlineOf({
    complete: completeOf([], { state: empty }),
    ledger: ledgerOf({ history: historyOf([]), state: empty }),
  });

  it("no assets: no ratio to them", () => {
    expect(found.badDebtRatioOfAssetsWad).toEqual({ kind: "unknown", reason: "no-assets" });
    expect(found.stockRatioWad).toEqual({ kind: "unknown", reason: "no-assets" });
    expect(found.utilisationWad).toEqual({ kind: "unknown", reason: "no-assets" });
  });

  it("no supply: no price; no debt: no ratio to it; nothing lent: no loss rate", () => {
    expect(found.markedSharePrice).toEqual({ kind: "unknown", reason: "no-supply" });
    expect(found.badDebtRatioOfDebtWad).toEqual({ kind: "unknown", reason: "no-debt" });
    expect(found.lossRateOnLendingWad).toEqual({ kind: "unknown", reason: "nothing-lent" });
  });

  it("not a Flux vault: realised figures are not published, not zero", () => {
    const foreign = stateOf({ flux: undefined });
    const numbers = headlineWithoutSnapshot({
      state: foreign,
      ledger: ledgerOf({ history: historyOf([]), state: foreign }),
      reason: "not-published",
    });
    for (const figure of [numbers.grossBadDebtAssets, numbers.windowLossWad, numbers.utilisationWad]) {
      expect(figure).toEqual({ kind: "unknown", reason: "not-published" });
    }
  });
});

describe("utilisation", () => {
  it("is what is not idle, over total assets", () => {
    const vault = stateOf({ totalAssets: 1_000n, flux: fluxOf({ idleAssets: 50n }) });
    expect(utilisationWadDown(vault)).toEqual({ kind: "known", value: percent(95) });
  });
});

describe("compounded loss", () => {
  const losses = fc.array(
    fc
      .tuple(fc.bigInt({ min: 1n, max: 10n ** 24n }), fc.bigInt({ min: 0n, max: 10n ** 24n }))
      .map(([totalAssetsBefore, lossAssets]) => ({ totalAssetsBefore, lossAssets })),
    { maxLength: 30 },
  );

  it("stays within 0 and 100 % and never shrinks with another loss", () => {
    fc.assert(
      fc.property(losses, (all) => {
        const whole = compoundedLossWadDown(all);
        const less = compoundedLossWadDown(all.slice(1));
        if (whole.kind === "unknown" || less.kind === "unknown") throw new Error("expected figures");
        expect(less.value <= whole.value && less.value >= 0n && whole.value <= percent(100)).toBe(true);
      }),
    );
  });

  it("a loss in a vault without assets: unknown", () => {
    expect(compoundedLossWadDown([{ totalAssetsBefore: 0n, lossAssets: 1n }])).toEqual({
      kind: "unknown",
      reason: "no-assets",
    });
  });
});
