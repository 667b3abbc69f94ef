// @vitest-environment node
import { describe, expect, it } from "vitest";
import { addressFrom, managerOf, percent, snapshotOf, strategyOf, USDC } from "@/testing/vault-builders";
import { candidatesOf } from "./candidates";
import { standingDescription } from "./messages";

/** A quote in whole USDC. */
const quote = (minPayment: bigint, canLiquidate = true) => ({
  canLiquidate,
  minPaymentAssets: minPayment * USDC,
});

const snapshot = snapshotOf([
  managerOf({ manager: addressFrom(1), value: 150_000n, debt: 100_000n, quote: quote(100_000n, false) }),
  managerOf({ manager: addressFrom(2), value: 105_000n, debt: 100_000n, quote: quote(100_000n) }),
  managerOf({ manager: addressFrom(3), value: 95_000n, debt: 100_000n, quote: quote(94_050n) }),
  managerOf({ manager: addressFrom(4), value: 50_300n, debt: 50_000n, quote: quote(50_000n) }),
  managerOf({ manager: addressFrom(5), value: 1_000n, debt: 0n }),
]);

const byManager = (seed: number) => {
  const { open, others } = candidatesOf(snapshot);
  const row = [...open, ...others].find(({ manager }) => manager === addressFrom(seed));
  if (row === undefined) throw new Error("no such row");
  return row;
};

describe("candidatesOf", () => {
  it("keeps who has a bond or a position and no debt apart from who has nothing at all", () => {
    const gone = managerOf({ manager: addressFrom(6), value: 0n, debt: 0n, wrapperCount: 0 });
    const bonded = { ...gone, manager: addressFrom(7), bondAssets: 1n };
    const found = candidatesOf(snapshotOf([...snapshot.managers, gone, bonded]));
    expect(found).toMatchObject({ withoutDebt: 2, empty: 1 });
    expect(standingDescription({ owing: found.others.length, ...found })).toBe(
      "1 manager owes and cannot be liquidated now. 2 more have a bond or a position and no debt. 1 address of earlier managers and liquidators holds nothing now.",
    );
    expect(standingDescription({ owing: 13, withoutDebt: 0, empty: 0 })).toBe(
      "13 managers owe and cannot be liquidated now.",
    );
  });

  it("tells who can be liquidated from who cannot, and leaves out who owes nothing", () => {
    const { open, others, withoutDebt } = candidatesOf(snapshot);
    expect(open.map(({ manager }) => manager)).toEqual([3, 4, 2].map(addressFrom));
    expect(others.map(({ manager }) => manager)).toEqual([addressFrom(1)]);
    expect(withoutDebt).toBe(1);
  });

  it("shows the documented underwater example: payment 94,050, bad debt 5,950, gain 950", () => {
    const { text, state } = byManager(3);
    expect(text).toMatchObject({
      payment: { text: "94,050.00" },
      badDebt: { text: "5,950.00" },
      lpLoss: { text: "5,950.00" },
      gain: { text: "950.00" },
      health: { text: "0.950" },
    });
    expect(state.word).toBe("Insolvent");
    expect(state.sentence).toContain("5,950.00 USDC of bad debt");
  });

  it("marks the dead zone where the payment is the whole debt", () => {
    expect(byManager(4).marks.map(({ id }) => id)).toEqual(["dead-zone"]);
    expect(byManager(2).marks).toEqual([]);
  });

  it("does not mark the dead zone where the strategy takes its margin off the value first", () => {
    const underB = snapshotOf([managerOf({ value: 50_300n, debt: 50_000n, quote: quote(49_797n) })]);
    const [row] = candidatesOf(underB).open;
    expect(row?.marks).toEqual([]);
    expect(row?.state.word).toBe("Would lose");
    expect(row?.text.badDebt).toMatchObject({ text: "203.00" });
  });

  it("says when a liquidation is not worth it", () => {
    const even = snapshotOf([managerOf({ value: 50_000n, debt: 50_000n, quote: quote(50_000n) })]);
    expect(candidatesOf(even).open[0]?.marks.map(({ id }) => id)).toEqual(["dead-zone", "not-worth"]);
  });

  it("says how far a healthy position may fall", () => {
    expect(byManager(1).state.sentence).toBe(
      "Cannot be liquidated. Its value may fall by 26.66% before it can.",
    );
  });

  it("tags a payment that was modelled because the strategy did not answer", () => {
    const modelled = snapshotOf([managerOf({ value: 105_000n, debt: 100_000n })]);
    const [row] = candidatesOf(modelled).open;
    expect(row?.marks.map(({ id }) => id)).toEqual(["modelled"]);
    expect(row?.text.payment).toMatchObject({ text: "100,000.00" });
  });

  it("keeps what could not be valued as unknown, never as zero", () => {
    const unread = snapshotOf([managerOf({ value: undefined, debt: 100_000n })]);
    const [row] = candidatesOf(unread).others;
    expect(row?.state.word).toBe("Unknown");
    for (const figure of [row?.text.value, row?.text.payment, row?.text.badDebt, row?.text.gain]) {
      expect(figure?.kind).toBe("unknown");
    }
  });

  it("believes the strategy's refusal over the formula", () => {
    const refused = snapshotOf(
      [managerOf({ value: 90_000n, debt: 100_000n, quote: quote(89_100n, false) })],
      { flux: { strategy: strategyOf({ liquidationBufferWad: percent(10) }) } },
    );
    const { open, others } = candidatesOf(refused);
    expect(open).toEqual([]);
    expect(others[0]?.state.sentence).toContain("the strategy does not let it be liquidated");
  });
});
