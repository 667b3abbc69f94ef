import { describe, expect, it } from "vitest";
import { reportOf } from "@/testing/report-builders";
import { addressFrom, managerOf, stateOf, USDC } from "@/testing/vault-builders";
import { positionsCsv } from "./export";
import {
  emptyAddressesText,
  filterPositions,
  positionFilterOf,
  positionRowsOf,
  positionTexts,
  sourceNoteOf,
} from "./model";

const HEALTHY = addressFrom(1);
const LIQUIDATABLE = addressFrom(2);
const LOSING = addressFrom(3);
const INSOLVENT = addressFrom(4);
const NO_DEBT = addressFrom(5);
const UNREAD_VALUE = addressFrom(6);

const MANAGERS = [
  managerOf({
    manager: HEALTHY,
    value: 140_000n,
    debt: 100_000n,
    quote: { canLiquidate: false, minPaymentAssets: 100_000n * USDC },
  }),
  managerOf({
    manager: LIQUIDATABLE,
    value: 108_000n,
    debt: 100_000n,
    quote: { canLiquidate: true, minPaymentAssets: 100_000n * USDC },
  }),
  managerOf({
    manager: LOSING,
    value: 100_500n,
    debt: 100_000n,
    quote: { canLiquidate: true, minPaymentAssets: 99_495n * USDC },
  }),
  managerOf({ manager: INSOLVENT, value: 95_000n, debt: 100_000n }),
  managerOf({ manager: NO_DEBT, value: 20_000n, debt: 0n }),
  managerOf({ manager: UNREAD_VALUE, value: undefined, debt: 50_000n }),
];
const REPORT = reportOf({ managers: MANAGERS });
const ROWS = positionRowsOf(REPORT.snapshot);

function rowOf(manager: string) {
  const row = ROWS.find((one) => one.manager === manager);
  if (row === undefined) throw new Error("no such row");
  return row;
}

describe("positionRowsOf", () => {
  it("names every state by its own word", () => {
    expect(ROWS.map(({ shortfall }) => shortfall.state)).toEqual([
      "healthy",
      "liquidatable",
      "would-lose",
      "insolvent",
      "no-debt",
      "unknown",
    ]);
  });

  it("marks the dead zone beside the state: worth its debt, not worth a liquidator's margin", () => {
    expect(ROWS.filter(({ isInDeadZone }) => isInDeadZone).map(({ manager }) => manager)).toEqual([LOSING]);
  });

  it("flags addresses that look the same on the screen", () => {
    const twin = `${HEALTHY.slice(0, 20)}f${HEALTHY.slice(21)}` as const;
    const managers = [...MANAGERS, managerOf({ manager: `0x${twin.slice(2)}`, value: 1n, debt: 0n })];
    const flagged = positionRowsOf(reportOf({ managers }).snapshot).filter(
      ({ hasLookAlike }) => hasLookAlike,
    );
    expect(flagged.length).toBeGreaterThanOrEqual(2);
    expect(flagged.map(({ manager }) => manager)).toContain(twin);
  });
});

describe("positionTexts", () => {
  const textsOf = (manager: string) => positionTexts(rowOf(manager), REPORT.snapshot.state);

  it("truncates health: 1.0799… never reads 1.080", () => {
    const [row] = positionRowsOf(
      reportOf({ managers: [managerOf({ manager: HEALTHY, value: 107_999n, debt: 100_000n })] }).snapshot,
    );
    if (row === undefined) throw new Error("no row");
    expect(positionTexts(row, stateOf()).health).toEqual({ kind: "known", text: "1.079" });
  });

  it("gives no payment for what a liquidation would be refused for", () => {
    expect(textsOf(HEALTHY).payment).toBeUndefined();
  });

  it("tags a payment by who answered", () => {
    expect(textsOf(LOSING).payment).toMatchObject({ text: "99,495.00", decoration: "quoted" });
    expect(textsOf(INSOLVENT).payment).toMatchObject({ text: "94,050.00", decoration: "modelled" });
  });

  it("gives bad debt and LP loss of a close now", () => {
    expect(textsOf(LOSING).badDebt).toMatchObject({ text: "505.00" });
    expect(textsOf(INSOLVENT).lpLoss).toMatchObject({ text: "5,950.00" });
    expect(textsOf(LIQUIDATABLE).badDebt).toMatchObject({ text: "0.00" });
  });

  it("says why a figure is unknown instead of a zero", () => {
    expect(textsOf(UNREAD_VALUE).value).toEqual({
      kind: "unknown",
      why: "A part of the position could not be priced.",
    });
    expect(textsOf(UNREAD_VALUE).badDebt.kind).toBe("unknown");
    expect(textsOf(NO_DEBT).health.kind).toBe("unknown");
  });
});

describe("filterPositions", () => {
  const shown = (filter: Parameters<typeof filterPositions>[1]["filter"], search = "") =>
    filterPositions(ROWS, { filter, search }).map(({ manager }) => manager);

  it("keeps everything without a choice", () => {
    expect(shown("all")).toHaveLength(ROWS.length);
  });

  it("keeps all that needs somebody, the unreadable too", () => {
    expect(shown("attention")).toEqual([LIQUIDATABLE, LOSING, INSOLVENT, UNREAD_VALUE]);
  });

  it("leaves closed positions out unless they are asked or searched for", () => {
    const closed = managerOf({ manager: addressFrom(9), value: 0n, debt: 0n });
    const rows = positionRowsOf(reportOf({ managers: [...MANAGERS, closed] }).snapshot);
    expect(filterPositions(rows, { filter: "open", search: "" })).toHaveLength(MANAGERS.length);
    expect(filterPositions(rows, { filter: "all", search: "" })).toHaveLength(MANAGERS.length + 1);
    expect(filterPositions(rows, { filter: "open", search: closed.manager })).toHaveLength(1);
    expect(filterPositions(rows, { filter: "no-debt", search: "" }).map(({ manager }) => manager)).toEqual([
      NO_DEBT,
    ]);
    expect(emptyAddressesText(rows)).toBe(
      "1 more address of earlier managers and liquidators has neither debt nor bond nor position now.",
    );
    expect(emptyAddressesText(ROWS)).toBeUndefined();
  });

  it("finds an address by any of its digits, in any case", () => {
    expect(shown("all", ` ${LOSING.toUpperCase().replace("0X", "")} `)).toEqual([LOSING]);
  });

  it("takes an unknown filter from the address for the usual one", () => {
    expect(positionFilterOf("<script>")).toBe("open");
    expect(positionFilterOf("insolvent")).toBe("insolvent");
  });
});

describe("sourceNoteOf", () => {
  it("counts the payments that had to be modelled", () => {
    expect(sourceNoteOf(ROWS)).toMatch(/^2 of 5 payments are modelled/);
    expect(sourceNoteOf(ROWS.slice(0, 3))).toBe("Payments are quoted by the strategy.");
  });
});

describe("positionsCsv", () => {
  it("gives every digit, the block on each line, and unknown by its reason", () => {
    const lines = positionsCsv({ rows: ROWS, state: REPORT.snapshot.state }).trimEnd().split("\r\n");
    expect(lines).toHaveLength(ROWS.length + 1);
    const cells = lines[3]?.split(",") ?? [];
    const header = lines[0]?.split(",") ?? [];
    const cellOf = (name: string) => cells[header.indexOf(name)];
    expect(cellOf("manager")).toBe(LOSING);
    expect(cellOf("block")).toBe("100");
    expect(cellOf("payment_if_liquidated_USDC")).toBe("99495");
    expect(cellOf("health_ratio")).toBe("1.005");
    expect(lines[6]).toContain("unknown (value-unreadable)");
  });
});
