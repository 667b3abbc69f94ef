import { describe, expect, it } from "vitest";
import { WAD } from "@/domain/math";
import { historyRiskOf } from "@/domain/risk/history-risk";
import { outcomeAt } from "@/domain/risk/outcome";
import { pricesAfter, todaysPrices } from "@/domain/risk/prices";
import type { RoundsByAsset } from "@/domain/risk/rounds";
import { reportOf } from "@/testing/report-builders";
import {
  BASE,
  FIXED,
  partOf,
  riskBookOf,
  riskPositionOf,
  SHARES_OF_WETH,
  WETH,
} from "@/testing/risk-builders";
import { addressFrom, historyOf, logAt, percent, USDC } from "@/testing/vault-builders";
import {
  choiceOf,
  fallOfPercent,
  fallText,
  paramsWith,
  percentOfFall,
  shockedAssets,
  shockName,
  shocksOf,
} from "./choice";
import { marketLossAt, stressCurvesOf } from "./curves";
import { breakEvenTextOf, exactnessText, outcomeFiguresOf, wouldLoseTextOf } from "./figures";
import { historyLineOf, worstDayOf } from "./history";
import { fallModelOf, joinedWhatIf, shockModelOf } from "./model";
import { shockLoadLineOf } from "./shock-load-line";
import { fallRowsOf, whatIfLinesOf, whatIfPairsOf } from "./tables";
import { inputText } from "./words";

const FIRST = addressFrom(11);
const SECOND = addressFrom(12);
const ETHER = WAD;

/** 100,000 owed each; 20,000 in USDC and 50 or 70 WETH of 2,000: worth 120,000 and 160,000. */
const BOOK = riskBookOf([
  riskPositionOf({
    manager: FIRST,
    debt: 100_000n,
    parts: [partOf(BASE, 20_000n * USDC, true), partOf(WETH, 50n * ETHER)],
  }),
  riskPositionOf({
    manager: SECOND,
    debt: 100_000n,
    parts: [partOf(BASE, 20_000n * USDC, true), partOf(WETH, 70n * ETHER)],
  }),
]);
/** A fixed asset beside WETH. */
const WITH_FIXED = riskBookOf([
  riskPositionOf({
    manager: FIRST,
    debt: 100_000n,
    parts: [partOf(FIXED, 130_000n * ETHER), partOf(WETH, ETHER)],
  }),
]);
const ALL = { kind: "all", assets: [] } as const;

const fallen = (fall: number) => {
  const shock = shockModelOf(BOOK, ALL);
  return { shock, fall: fallModelOf(BOOK, { shock, fallWad: fallOfPercent(fall) }) };
};

const textsOf = (fall: number) => {
  const model = fallen(fall);
  const figures = outcomeFiguresOf({
    book: BOOK,
    outcome: model.fall.outcome,
    fallWad: fallOfPercent(fall),
    what: model.shock.what,
  });
  return Object.fromEntries(figures.map(({ id, figure }) => [id, inputText(figure)]));
};

describe("a choice", () => {
  it("comes back from the address as it was put there", () => {
    const choice = {
      kind: "several",
      assets: [WETH, FIXED],
      fallWad: percent(12.34),
      holder: addressFrom(7),
    } as const;
    const params = paramsWith(new URLSearchParams("block=5"), choice);
    expect(params.get("block")).toBe("5");
    expect(choiceOf(params)).toEqual(choice);
  });

  it("leaves what is as usual out of the address", () => {
    const usual = choiceOf(new URLSearchParams());
    expect(usual).toEqual({ kind: "all", assets: [], fallWad: percent(25), holder: "" });
    expect(paramsWith(new URLSearchParams(), usual).toString()).toBe("");
  });

  it.each([
    ["fall=99", percent(80)],
    ["fall=-4", percent(25)],
    ["fall=abc", percent(25)],
    ["fall=0", 0n],
    ["fall=33.339", percent(33.33)],
  ])("takes %s for a fall that the slider has", (query, fallWad) => {
    expect(choiceOf(new URLSearchParams(query)).fallWad).toBe(fallWad);
  });

  it("names a fall with the digits that say something, and no others", () => {
    expect([percent(25), percent(12.5), percent(0.05), 0n].map(fallText)).toEqual([
      "25%",
      "12.5%",
      "0.05%",
      "0%",
    ]);
    expect(percentOfFall(fallOfPercent(48.97))).toBe(48.97);
  });

  it("lets everything fall that a market moves, but never the base asset with it", () => {
    const book = { ...BOOK };
    expect(shockedAssets(book, ALL)).toEqual([WETH]);
    expect(shockedAssets(book, { kind: "base", assets: [] })).toEqual([BASE]);
    expect(shockedAssets(book, { kind: "one", assets: [FIXED] })).toEqual([FIXED]);
    expect(shockedAssets(book, { kind: "several", assets: [SHARES_OF_WETH, WETH] })).toEqual([WETH]);
    expect(shockName(book, { kind: "several", assets: [] })).toBe("nothing chosen");
    expect(shockName(book, { kind: "several", assets: [WETH, FIXED] })).toBe("WETH and FIX");
  });
});

describe("the printed figures of a fall", () => {
  it("cost nothing while no value reaches the debt", () => {
    // 20,000 + 100,000 × 0.85 = 105,000: below T of 1.10, above the debt.
    expect(textsOf(15)).toMatchObject({
      "lp-loss": "0.00 USDC",
      "bad-debt": "0.00 USDC",
      "at-risk": "100,000.00 USDC",
      fallen: "1",
    });
  });

  it("are the arithmetic of the documentation at the shocked price", () => {
    // 20,000 + 50 × 1,500 = 95,000, less 1 %: 94,050 paid for 100,000. The second is worth 125,000.
    expect(textsOf(25)).toEqual({
      "lp-loss": "5,950.00 USDC",
      "bad-debt": "5,950.00 USDC",
      "share-price": "0.999405",
      "at-risk": "100,000.00 USDC",
      fallen: "1",
    });
  });

  it("say who stands behind them", () => {
    expect(exactnessText({ isExact: true })).toMatch(/as the contracts would answer/i);
    expect(exactnessText({ isExact: false })).toMatch(/modelled, an estimate/i);
    expect(outcomeAt({ ...BOOK, rule: undefined }, { prices: todaysPrices(BOOK) }).isExact).toBe(false);
  });

  it("are unknown with a reason, never zero, while a manager is unread", () => {
    const book = { ...BOOK, unread: [addressFrom(99)] };
    const shock = shockModelOf(book, ALL);
    const { outcome } = fallModelOf(book, { shock, fallWad: percent(50) });
    for (const { figure } of outcomeFiguresOf({ book, outcome, fallWad: percent(50), what: shock.what })) {
      expect(figure).toEqual({
        kind: "unknown",
        why: "Not every manager could be read, so there is no total.",
      });
    }
  });
});

describe("the break-even shock", () => {
  const textOf = (book: typeof BOOK) => {
    const shock = shockModelOf(book, ALL);
    const today = outcomeAt(book, { prices: todaysPrices(book) });
    return breakEvenTextOf({ ...shock, today, book });
  };

  it("names the smallest fall that costs something, and who breaks first", () => {
    // 20,000 + 100,000 × (1 − x) < 100,000 from x > 20 % on.
    const text = textOf(BOOK);
    expect(inputText(text.figure)).toBe("20.01%");
    expect(text.manager).toBe(FIRST);
    expect(text.tone).toBe("caution");
  });

  it("says what stands open where no fall is needed, and who is next", () => {
    const { positions } = BOOK;
    const [first] = positions;
    if (first === undefined) throw new Error("there is a first position");
    const broken = { ...first, manager: addressFrom(13), parts: [partOf(BASE, 50_000n * USDC, true)] };
    const text = textOf({ ...BOOK, positions: [...positions, broken] });
    expect(inputText(text.figure)).toBe("0%");
    expect(text.sentence).toContain("50,500.00 USDC");
    expect(text.sentence).toContain("20.01%");
    expect(text.manager).toBe(FIRST);
  });

  it("is none where all is in the base asset", () => {
    const safe = riskBookOf([riskPositionOf({ debt: 100n, parts: [partOf(BASE, 200n * USDC)] })]);
    expect(inputText(textOf(safe).figure)).toBe("none");
  });
});

describe("a fixed oracle price", () => {
  it("draws no oracle-marked line that would look like safety", () => {
    const assets = shockedAssets(WITH_FIXED, { kind: "one", assets: [FIXED] });
    const curves = stressCurvesOf(WITH_FIXED, { assets, marketAssets: assets });
    expect(curves.isBlind).toBe(true);
    expect(curves.loss).toEqual([]);
    expect(curves.withoutExit).toEqual(["FIX", "WETH"]);
    expect(marketLossAt(WITH_FIXED, { assets, fallWad: percent(10) })).toMatchObject({ kind: "unknown" });
  });

  it("is left out of what the oracle sees and kept in what the market does", () => {
    const shock = shockModelOf(WITH_FIXED, ALL);
    expect(shock.assets).toEqual([WETH]);
    expect(shock.marketAssets).toEqual([WETH, FIXED]);
    expect(shock.fixed).toEqual(["FIX"]);
  });
});

describe("the curves", () => {
  it("are 161 points from now to 80 %, loss and debt at risk apart", () => {
    const { curves } = shockModelOf(BOOK, ALL);
    expect(curves.loss.map(({ id }) => id)).toEqual(["oracle"]);
    const [oracle] = curves.loss;
    const [risk] = curves.atRisk;
    expect(oracle?.points.length).toBe(161);
    expect(oracle?.points.at(-1)?.at).toBe(80);
    expect(oracle?.points.find(({ at }) => at === 25)?.value).toBe(5_950);
    expect(risk?.points.find(({ at }) => at === 25)?.value).toBe(100_000);
  });
});

describe("the tables", () => {
  it("order managers by their fall, with the loss of the chosen one", () => {
    const { shock, fall } = fallen(25);
    if (shock.marks.kind === "unknown") throw new Error("the marks are known");
    const rows = fallRowsOf(shock.marks.value, { outcome: fall.outcome, book: BOOK });
    expect(rows.map(({ manager, toLiquidation, toBadDebt }) => [manager, toLiquidation, toBadDebt])).toEqual([
      [FIRST, "10.01%", "20.01%"],
      [SECOND, "35.72%", "42.86%"],
    ]);
    expect(rows[0]?.lossAssets).toBe(5_950n * USDC);
    expect(rows[1]?.hasFallen).toBe(false);
  });

  it("show what a higher bond ratio opens at once, with today's row marked", () => {
    const { shock, fall } = fallen(25);
    const lines = whatIfLinesOf(joinedWhatIf(shock, fall), { book: BOOK, closedFirst: fall.closedFirst });
    expect(lines.filter(({ isToday }) => isToday)).toHaveLength(1);
    const raised = lines.find(({ bond, buffer }) => bond === "30.00%" && buffer === "10.00%");
    // T of 1.20 is not above 1.20; the first stands exactly there.
    expect(raised?.threshold).toBe("1.200");
    expect(raised && inputText(raised.newly)).toBe("0");
  });

  it("credit a threshold with what is closed on the way", () => {
    const [first] = BOOK.positions;
    if (first === undefined) throw new Error("there is a first position");
    const near = { ...first, parts: [partOf(BASE, 18_000n * USDC, true), partOf(WETH, 50n * ETHER)] };
    const book = { ...BOOK, positions: [near] };
    const shock = shockModelOf(book, ALL);
    const fall = fallModelOf(book, { shock, fallWad: percent(25) });
    const lines = whatIfLinesOf(joinedWhatIf(shock, fall), { book, closedFirst: fall.closedFirst });
    const closed = lines.map(({ threshold, closedFirst }) => [threshold, inputText(closedFirst).trim()]);
    // 18,000 + 75,000 = 93,000, less 1 %: 92,070; under T of 1.20 it is closed at 118,000 and costs nothing.
    expect(closed).toContainEqual(["1.100", "7,930.00"]);
    expect(closed).toContainEqual(["1.200", "0.00"]);
  });

  it("leave out parameters that no vault could have", () => {
    const strategy = BOOK.state.flux?.strategy;
    if (strategy === undefined) throw new Error("the book has a strategy");
    const pairs = whatIfPairsOf({
      ...strategy,
      minBondRatioWad: percent(12),
      liquidationBufferWad: percent(4),
    });
    for (const { minBondRatioWad, liquidationBufferWad } of pairs) {
      expect(liquidationBufferWad).toBeGreaterThanOrEqual(0n);
      expect(minBondRatioWad).toBeGreaterThan(liquidationBufferWad);
    }
  });
});

describe("the load line of a shock", () => {
  it("hangs each debt where it would be, with where it hangs today", () => {
    const { fall } = fallen(25);
    const today = outcomeAt(BOOK, { prices: pricesAfter(BOOK, shocksOf([WETH], 0n)).prices });
    const line = shockLoadLineOf({
      book: BOOK,
      today,
      outcome: fall.outcome,
      shock: "WETH −25%",
      hrefOf: (one) => one,
    });
    expect(line?.debts.map(({ health, wasHealth }) => [health, wasHealth])).toEqual([
      [0.95, 1.2],
      [1.25, 1.6],
    ]);
    expect(line?.marks.map(({ kind }) => kind)).toEqual(["opening", "threshold", "bad-debt", "insolvent"]);
    expect(line?.summary).toContain("1 could be liquidated, of which closing 1 would cost the LPs");
  });
});

describe("what one address would lose", () => {
  const LP = addressFrom(400);
  const { outcome } = fallen(25).fall;

  it("is its part of the LP loss by the shares it holds, rounded down", () => {
    const text = wouldLoseTextOf({ report: reportOf(), book: BOOK, outcome, holder: LP });
    // One virtual share bears its own part, so the only LP stays a unit under the whole 5,950.
    expect(text.figure).toEqual({ kind: "known", text: "5,950.00", unit: "USDC" });
    expect(text.sentence).toContain("10,000,000.00 USDC");
  });

  it("is nothing, and said, for an address without shares", () => {
    const text = wouldLoseTextOf({ report: reportOf(), book: BOOK, outcome, holder: FIRST });
    expect(inputText(text.figure)).toBe("0.00 USDC");
    expect(text.sentence).toMatch(/holds no shares/);
  });

  it("is unknown while the history of transfers is not whole", () => {
    const report = reportOf({ history: historyOf([], { complete: false }) });
    expect(wouldLoseTextOf({ report, book: BOOK, outcome, holder: LP }).figure.kind).toBe("unknown");
  });
});

describe("history", () => {
  const DAY = 86_400n;
  const START = logAt(1n).atSeconds;
  const round = (day: bigint, answer: bigint) => ({ atSeconds: START + day * DAY, answer });
  const ROUNDS = new Map([
    [WETH, [round(0n, 2_000n), round(1n, 1_500n), round(2n, 1_800n), round(3n, 1_800n)]],
  ]);

  it("finds the worst recorded day, and when it was", () => {
    const worst = worstDayOf(BOOK, { assets: [WETH], rounds: ROUNDS });
    expect(worst?.fallWad).toBe(percent(25));
    expect(worst?.text).toMatch(/^WETH, .* to /);
    expect(worstDayOf(BOOK, { assets: [BASE], rounds: ROUNDS })).toBeUndefined();
  });

  const dayOf = (rounds: RoundsByAsset) => {
    const input = { rounds, horizonSeconds: DAY, quantileWad: percent(95) };
    return historyLineOf(historyRiskOf(BOOK, input), { horizon: "day", asset: BOOK.state.asset });
  };

  it("applies past moves to today's book, with the length of its sample", () => {
    const day = dayOf(ROUNDS);
    // The one fall of 25 % costs 5,950; the two samples after it cost nothing.
    expect(day.horizon).toBe("24 hours");
    expect(inputText(day.worst).trim()).toBe("5,950.00");
    expect(inputText(day.samples)).toBe("3");
    expect(inputText(day.var99).trim()).toBe("5,950.00");
    expect(inputText(day.span)).toMatch(/UTC to .*UTC/);
  });

  it("says so where no round is old enough", () => {
    expect(dayOf(new Map([[WETH, [round(0n, 2_000n)]]])).var95.kind).toBe("unknown");
  });
});
