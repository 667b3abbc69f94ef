import { describe, expect, it } from "vitest";
import { priceSplitOf } from "@/data/vault/price-split";
import { depositAt, lossAt, reportOf } from "@/testing/report-builders";
import { addressFrom, historyOf, logAt, managerOf, stateOf, USDC, usd } from "@/testing/vault-builders";
import { managerHistoryOf } from "./manager-history";
import { managerStandingOf, type PositionParts } from "./manager-model";
import { closingOf, debtPartsOf, distanceLinesOf, interestSentence } from "./manager-texts";
import { positionRowsOf } from "./model";

const MANAGER = addressFrom(1);
const BASE = stateOf().asset.address;

function rowOf(input: Parameters<typeof managerOf>[0]) {
  const report = reportOf({ managers: [managerOf({ manager: MANAGER, ...input })] });
  const [row] = positionRowsOf(report.snapshot);
  if (row === undefined || report.snapshot.state.flux === undefined) throw new Error("no row");
  return { row, state: report.snapshot.state, flux: report.snapshot.state.flux };
}

function partsOf(base: bigint, risky: bigint | undefined): PositionParts {
  return {
    bondValueUsdWad: usd(base),
    workingCapitalValueUsdWad: 0n,
    wrappers: [
      {
        wrapper: addressFrom(70),
        underlying: addressFrom(71),
        symbol: "wETH",
        decimals: 18,
        positions: [
          { positionId: "0x00", balance: 1n, valueUsdWad: risky === undefined ? undefined : usd(risky) },
        ],
      },
    ],
  };
}

describe("managerStandingOf", () => {
  const report = reportOf({
    managers: [managerOf({ manager: MANAGER, value: 2n, debt: 1n })],
    unreadManagers: [addressFrom(2)],
    history: historyOf([
      ...depositAt(1n, addressFrom(400), 10_000_000n),
      { ...logAt(3n), kind: "borrowed", manager: addressFrom(3), assets: 1n },
    ]),
  });

  it("finds a manager that was read", () => {
    expect(managerStandingOf(report, MANAGER).kind).toBe("read");
  });

  it("keeps a manager that did not answer apart from one that never was", () => {
    expect(managerStandingOf(report, addressFrom(2)).kind).toBe("unread");
    expect(managerStandingOf(report, addressFrom(3)).kind).toBe("unread");
    expect(managerStandingOf(report, addressFrom(4)).kind).toBe("never");
  });

  it("does not say never from a partial history", () => {
    const partial = { ...report, history: { ...report.history, complete: false } };
    expect(managerStandingOf(partial, addressFrom(4)).kind).toBe("not-found");
  });

  it("says that a vault without managers publishes none", () => {
    const report = reportOf({ state: stateOf({ flux: undefined }) });
    expect(managerStandingOf(report, MANAGER).kind).toBe("not-published");
  });
});

describe("distances", () => {
  it("gives the fall of the whole value to each mark", () => {
    // Health 1.32 against a threshold of 1.10 and a margin of 1 %.
    const { row, state, flux } = rowOf({ value: 132_000n, debt: 100_000n });
    const lines = distanceLinesOf({ row, state, flux, parts: undefined });
    expect(lines.map(({ valueFall }) => valueFall)).toMatchObject([
      { text: "16.66%" },
      { text: "23.47%" },
      { text: "24.24%" },
    ]);
    expect(lines.map(({ priceFall }) => priceFall.kind)).toEqual(["loading", "loading", "loading"]);
  });

  it("counts only what is not the base asset when prices fall", () => {
    const { row, state, flux } = rowOf({ value: 132_000n, debt: 100_000n });
    const parts = { kind: "known", value: partsOf(66_000n, 66_000n) } as const;
    const lines = distanceLinesOf({ row, state, flux, parts });
    // Half of the position stands still, so the other half must fall twice as far.
    expect(lines[0]?.priceFall).toMatchObject({ text: "33.33%" });
  });

  it("says where no fall is enough", () => {
    const { row, state, flux } = rowOf({ value: 132_000n, debt: 100_000n });
    const parts = { kind: "known", value: partsOf(130_000n, 2_000n) } as const;
    expect(distanceLinesOf({ row, state, flux, parts })[0]?.priceFall).toMatchObject({
      text: "not even at 100%",
    });
  });

  it("says that a mark is passed already, and that nothing is owed", () => {
    const below = rowOf({ value: 105_000n, debt: 100_000n });
    expect(distanceLinesOf({ ...below, parts: undefined })[0]?.valueFall).toMatchObject({
      text: "already below",
    });
    const free = rowOf({ value: 105_000n, debt: 0n });
    expect(distanceLinesOf({ ...free, parts: undefined })[0]?.valueFall.kind).toBe("unknown");
  });
});

describe("priceSplitOf", () => {
  it("keeps the base asset's own wrappers on the side that no price moves", () => {
    const parts = partsOf(10n, 20n);
    const [wrapper] = parts.wrappers ?? [];
    if (wrapper === undefined) throw new Error("no wrapper");
    const base = { ...parts, wrappers: [wrapper, { ...wrapper, underlying: BASE }] };
    expect(priceSplitOf(base, stateOf())).toEqual({
      kind: "known",
      value: { baseAssets: 30n * USDC, riskyAssets: 20n * USDC },
    });
  });

  it("is unknown while the wrappers or their positions are not listed", () => {
    const parts = partsOf(10n, 20n);
    const [wrapper] = parts.wrappers ?? [];
    if (wrapper === undefined) throw new Error("no wrapper");
    expect(priceSplitOf({ ...parts, wrappers: undefined }, stateOf()).kind).toBe("unknown");
    expect(priceSplitOf({ ...parts, wrappers: [{ ...wrapper, positions: undefined }] }, stateOf()).kind).toBe(
      "unknown",
    );
  });

  it("is unknown while one part is unpriced", () => {
    expect(priceSplitOf(partsOf(10n, undefined), stateOf())).toEqual({
      kind: "unknown",
      reason: "value-unreadable",
    });
  });
});

describe("interestSentence", () => {
  it("gives about 221 days from health 1.20 to 1.10 at 15 % a year", () => {
    const { row, state } = rowOf({ value: 120_000n, debt: 100_000n });
    expect(interestSentence(row, state)).toContain("liquidatable in 221 d 5 h, on 2024-06-23.");
  });

  it("says already, and never", () => {
    const below = rowOf({ value: 100_000n, debt: 100_000n });
    expect(interestSentence(below.row, below.state)).toContain("already");
    const free = rowOf({ value: 100_000n, debt: 0n });
    expect(interestSentence(free.row, free.state)).toContain("No interest accrues");
  });
});

describe("parts and closing", () => {
  it("names principal, interest, bond and working capital apart", () => {
    const { row, state } = rowOf({
      value: 120_000n,
      debt: 100_000n,
      accruedInterestAssets: 5n * USDC,
      bondAssets: 20_000n * USDC,
      workingCapitalAssets: 7n * USDC,
    });
    const texts = debtPartsOf(row, state).map(({ id, figure }) => [
      id,
      figure.kind === "known" && figure.text,
    ]);
    expect(texts).toEqual([
      ["principal", "100,000.00"],
      ["interest", "5.00"],
      ["debt", "100,005.00"],
      ["bond", "20,000.00"],
      ["working-capital", "7.00"],
      ["value", "120,000.00"],
    ]);
  });

  it("gives payment, the liquidator's gain and the loss of a close now", () => {
    const { row, state } = rowOf({ value: 95_000n, debt: 100_000n });
    const texts = Object.fromEntries(
      closingOf(row, state).map(({ id, figure }) => [id, figure.kind === "known" && figure.text]),
    );
    expect(texts).toEqual({
      "can-liquidate": "Yes",
      payment: "94,050.00",
      gain: "950.00",
      "bad-debt": "5,950.00",
      "lp-loss": "5,950.00",
      insolvency: "5,000.00",
    });
  });
});

describe("managerHistoryOf", () => {
  it("lists this manager's events alone, newest first, with what each says", () => {
    const other = addressFrom(2);
    const history = historyOf([
      { ...logAt(3n), kind: "borrowed", manager: MANAGER, assets: 5n * USDC },
      { ...logAt(4n), kind: "borrowed", manager: other, assets: 6n * USDC },
      ...lossAt(9n, {
        manager: MANAGER,
        debt: 100_000n,
        value: 95_000n,
        payment: 95_000n,
        totalAssetsBefore: 1_000_000n,
        supply: 1_000_000n,
      }),
    ]);
    const lines = managerHistoryOf(history, { manager: MANAGER, asset: stateOf().asset });
    expect(lines.map(({ what, amount }) => [what, amount])).toEqual([
      ["Liquidated", "95,000.00"],
      ["Loss to LPs", "5,000.00"],
      ["Borrowed", "5.00"],
    ]);
    expect(lines[0]?.detail).toContain("bad debt 5,000");
  });
});
