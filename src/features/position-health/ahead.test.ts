import { describe, expect, it } from "vitest";
import { known, unknown } from "@/domain/figure";
import type { MarketMark } from "@/domain/market";
import { unitOf, WAD } from "@/domain/math";
import type { Figure, ManagerState } from "@/domain/model";
import type { RiskPart } from "@/domain/risk/model";
import { reportOf } from "@/testing/report-builders";
import { BASE, partOf, riskBookOf, riskPositionOf, WETH } from "@/testing/risk-builders";
import { addressFrom, managerOf, USDC } from "@/testing/vault-builders";
import {
  type AheadRow,
  aheadRowsOf,
  exposureChoicesOf,
  filterAhead,
  isNotWorthIt,
  type VolatilityByAsset,
} from "./ahead";
import { aheadNoteOf, aheadTexts } from "./ahead-texts";
import { positionsCsv } from "./export";
import { positionRowsOf } from "./model";

const HEALTHY = addressFrom(1);
const LOSING = addressFrom(2);
const NO_DEBT = addressFrom(3);
const STABLE = addressFrom(4);
const UNREAD = addressFrom(5);

interface Sketch extends Partial<ManagerState> {
  readonly value: bigint;
  readonly debt: bigint;
  readonly parts?: readonly RiskPart[];
}

const SKETCHES: readonly Sketch[] = [
  {
    manager: HEALTHY,
    value: 150_000n,
    debt: 100_000n,
    quote: { canLiquidate: false, minPaymentAssets: 100_000n * USDC },
    parts: [partOf(BASE, 50_000n * USDC, true), partOf(WETH, 50n * unitOf(18))],
  },
  {
    manager: LOSING,
    value: 94_000n,
    debt: 100_000n,
    quote: { canLiquidate: true, minPaymentAssets: 93_060n * USDC },
    parts: [partOf(WETH, 47n * unitOf(18))],
  },
  { manager: NO_DEBT, value: 0n, debt: 0n, bondAssets: 5n * USDC },
  {
    manager: STABLE,
    value: 120_000n,
    debt: 100_000n,
    quote: { canLiquidate: false, minPaymentAssets: 100_000n * USDC },
    parts: [partOf(BASE, 120_000n * USDC)],
  },
  {
    manager: UNREAD,
    value: 130_000n,
    debt: 100_000n,
    quote: { canLiquidate: false, minPaymentAssets: 100_000n * USDC },
  },
];

const REPORT = reportOf({ managers: SKETCHES.map((one) => managerOf(one)) });
const { state } = REPORT.snapshot;
const BOOK = riskBookOf(
  SKETCHES.flatMap(({ manager = HEALTHY, debt, parts }) =>
    parts === undefined ? [] : [riskPositionOf({ manager, debt, parts })],
  ),
  { state, unread: [UNREAD] },
);

function markOf(marketValueAssets: Figure): Figure<MarketMark> {
  return known({
    managers: [
      {
        manager: LOSING,
        trueDebtAssets: 100_000n * USDC,
        marketValueAssets,
        slippageWad: known(0n),
        badDebtAssets: known(0n),
        sales: [],
        assetsWithoutPool: marketValueAssets.kind === "known" ? [] : [WETH],
      },
    ],
    badDebtAssets: known(0n),
    atLeastBadDebtAssets: 0n,
    assetsWithoutPool: [],
  });
}

interface Given {
  readonly mark?: Figure<MarketMark> | undefined;
  readonly volatilities?: VolatilityByAsset | undefined;
}

function rowsFor({ mark, volatilities }: Given = {}): readonly AheadRow[] {
  return aheadRowsOf({ rows: positionRowsOf(REPORT.snapshot), book: BOOK, mark, volatilities });
}

function textsOf(manager: string, given: Given = {}) {
  const row = rowsFor(given).find((one) => one.manager === manager);
  if (row === undefined) throw new Error("the report has the manager");
  return aheadTexts(row, state);
}

const text = (value: string) => expect.objectContaining({ kind: "known", text: value });

describe("what is ahead of a position", () => {
  it("is a fall of what it is exposed to, cut off, with the way and the time that are left", () => {
    const texts = textsOf(HEALTHY);
    expect(texts.exposed).toEqual(expect.objectContaining({ text: "66%", decoration: "WETH" }));
    expect(texts.toLiquidation).toEqual(text("40.00%"));
    expect(texts.toBadDebt).toEqual(text("50.00%"));
    expect(texts.room).toEqual(text("all"));
    expect(texts.profit).toBeUndefined();
  });

  it("is behind a position below the line, and never comes to one without exposure", () => {
    const losing = textsOf(LOSING);
    expect([losing.toLiquidation, losing.toBadDebt, losing.interest]).toEqual(
      ["already", "already", "already"].map(text),
    );
    expect(losing.room).toEqual(text("none"));
    const stable = textsOf(STABLE);
    expect(stable.toLiquidation).toEqual(text("beyond 100%"));
    expect(stable.exposed).toEqual(expect.objectContaining({ text: "0%", decoration: "nothing" }));
  });

  it("is unknown for whom the book could not take apart, and for who owes nothing", () => {
    expect(textsOf(UNREAD).toLiquidation.kind).toBe("unknown");
    expect(textsOf(UNREAD).interest.kind).toBe("known");
    expect(textsOf(NO_DEBT).toLiquidation).toEqual(expect.objectContaining({ kind: "unknown" }));
  });
});

describe("the profit of a liquidation", () => {
  it("is the market value less the payment, and says when it is worth it to nobody", () => {
    const earns = { mark: markOf(known(93_061n * USDC)) };
    expect(textsOf(LOSING, earns).profit).toEqual(text("1.00"));
    expect(rowsFor(earns).some(isNotWorthIt)).toBe(false);
    const loses = { mark: markOf(known(93_060n * USDC)) };
    expect(textsOf(LOSING, loses).profit).toEqual(text("0.00"));
    expect(
      rowsFor(loses)
        .filter(isNotWorthIt)
        .map(({ manager }) => manager),
    ).toEqual([LOSING]);
    expect(aheadNoteOf(rowsFor(loses))).toContain("1 of those that can be liquidated is not worth it");
  });

  it("is unknown without an exchange, and names the asset; loading until the exchanges are read", () => {
    expect(textsOf(LOSING, { mark: markOf(unknown("not-published")) }).profit).toEqual({
      kind: "unknown",
      why: expect.stringContaining("No exchange is configured for WETH"),
    });
    expect(textsOf(LOSING).profit).toEqual({ kind: "loading" });
  });
});

describe("the chance of a fall", () => {
  const volatilities: VolatilityByAsset = new Map([
    [WETH, known({ lowYearly: 0.8, highYearly: 2, rounds: 500, spanSeconds: 1_000_000n })],
  ]);

  it("is a range that grows with time, and absent until the rounds are read", () => {
    expect(textsOf(HEALTHY).chances["chance-day"]).toBeUndefined();
    const { chances } = textsOf(HEALTHY, { volatilities });
    expect(chances["chance-hour"]).toEqual(text("<0.1%"));
    // d = −ln 0.6 = 0.5108; seven days at 200 %: 2 Φ(−1.844) = 6.5 %.
    expect(chances["chance-week"]).toEqual(text("<0.1% to 6.5%"));
  });

  it("needs no model where it is so already, and cannot be told where the feed has no past", () => {
    expect(textsOf(LOSING, { volatilities }).chances["chance-hour"]).toEqual(text("already"));
    expect(textsOf(STABLE, { volatilities }).chances["chance-week"]).toEqual(text("never"));
    const none = textsOf(HEALTHY, { volatilities: new Map() }).chances["chance-day"];
    expect(none).toEqual({ kind: "unknown", why: expect.stringContaining("too few rounds") });
  });
});

describe("filterAhead", () => {
  const rows = rowsFor();
  const found = (filter: Partial<Parameters<typeof filterAhead>[1]>) =>
    filterAhead(rows, { band: undefined, asset: undefined, withinWad: undefined, ...filter }).map(
      ({ manager }) => manager,
    );

  it("keeps what can be liquidated within a fall, what is so already among it, and nothing that is unknown", () => {
    expect(found({ withinWad: 0n })).toEqual([LOSING]);
    expect(found({ withinWad: (4n * WAD) / 10n })).toEqual([LOSING]);
    expect(found({ withinWad: (4n * WAD) / 10n + 1n })).toEqual([HEALTHY, LOSING]);
    expect(found({ withinWad: WAD })).toEqual([HEALTHY, LOSING]);
  });

  it("keeps what is exposed to an asset, and what stands in a band", () => {
    expect(exposureChoicesOf(BOOK)).toEqual([{ value: WETH, label: "WETH" }]);
    expect(found({ asset: WETH })).toEqual([HEALTHY, LOSING]);
    expect(found({ band: "caution" })).toEqual([UNREAD]);
    expect(found({})).toHaveLength(SKETCHES.length);
  });
});

describe("the export of what is ahead", () => {
  it("has a cell for every column, every digit, and words for what is no number", () => {
    const [header = "", ...lines] = positionsCsv({ rows: rowsFor(), state }).trim().split("\r\n");
    const columns = header.split(",");
    for (const line of lines) expect(line.split(",")).toHaveLength(columns.length);
    const cell = (manager: string, column: string) =>
      lines.find((line) => line.includes(manager))?.split(",")[columns.indexOf(column)];
    expect(cell(HEALTHY, "fall_to_liquidation")).toBe("0.400000000000000001");
    expect(cell(LOSING, "fall_to_liquidation")).toBe("already");
    expect(cell(STABLE, "fall_to_bad_debt")).toBe("unreachable");
    expect(cell(UNREAD, "fall_to_liquidation")).toBe("unknown (value-unreadable)");
    expect(cell(HEALTHY, "liquidation_profit_before_gas_USDC")).toBe("refused");
    expect(cell(HEALTHY, "chance_day_high_model")).toBe("not read");
  });
});
