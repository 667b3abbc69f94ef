import { describe, expect, it } from "vitest";
import type { LedgerBook } from "@/data/ledger-book/ledger-view";
import { known } from "@/domain/figure";
import type { FallRow, FullLedger } from "@/domain/ledger-model";
import type { UnrealisedPoint } from "@/report/load-unrealised";
import type { VaultReport } from "@/report/vault-report";
import { toCsv } from "@/shared/csv";
import { LESSON_READINGS, ledgerReportOf } from "@/testing/ledger-builders";
import { depositAt, LESSON, lessonReport, lossAt, recoveryAt, reportOf } from "@/testing/report-builders";
import { addressFrom, blockAt, historyOf, logAt, sampleOf, stateOf, USDC } from "@/testing/vault-builders";
import { ledgerCsv } from "./ledger-csv";
import { parseRowId, rowAt, rowIdOf, rowIdText, rowsNewestFirst } from "./ledger-row-id";
import { eventLedgerOf, ledgerLines } from "./ledger-rows";
import { ledgerTotals, shiftStats } from "./ledger-totals";
import { denominatorOf, ledgerFlags, ratioSeries } from "./ratio-chart";
import { badgeOfLoss } from "./reconciliation";
import { rowFactGroups, rowTitleOf } from "./row-facts";
import { partLines, partsCsv, partsSum } from "./row-parts";

const fall: FallRow = {
  from: blockAt(60n),
  to: blockAt(61n),
  at: { blockNumber: 61n, logIndex: -1 },
  totalAssetsBefore: 995_000n * USDC,
  totalAssetsAfter: 994_999n * USDC,
  totalSupplyShares: 1_000_000n * USDC,
  lpLossAssets: 1n * USDC,
  priceBefore: { assets: 995_000n * USDC, shares: 1_000_000n * USDC },
  priceAfter: { assets: 994_999n * USDC, shares: 1_000_000n * USDC },
  isNarrow: true,
};

/** The lesson with a fall after it and a recovery after that. */
function eventful(): { readonly report: VaultReport; readonly ledger: FullLedger } {
  const report = lessonReport({
    history: historyOf([
      ...lessonReport().history.vault,
      recoveryAt(70n, { assets: 10n, totalAssetsBefore: 994_999n, supply: 1_000_000n }),
    ]),
  });
  return { report, ledger: { ...ledgerReportOf(report, LESSON_READINGS).ledger, falls: [fall] } };
}

const textOf = (figure: { readonly kind: string; readonly text?: string } | undefined) =>
  figure?.text ?? figure?.kind;

describe("the rows of the whole ledger", () => {
  const { report, ledger } = eventful();
  const { state } = report.snapshot;

  it("puts losses, falls and recoveries in one order, newest first", () => {
    expect(ledgerLines(ledger, state).map(({ key }) => key)).toEqual([
      "recovery-70-0",
      "fall-61",
      "loss-50-0",
    ]);
  });

  it("says of a fall what it took and that nothing explains it", () => {
    const [, line] = ledgerLines(ledger, state);
    expect(line).toMatchObject({ transaction: undefined, party: undefined, amount: undefined });
    expect([line?.tag.text, line?.badge.text, textOf(line?.lpLoss)]).toEqual([
      "Unexplained fall",
      "No event",
      "1.00",
    ]);
  });

  it("suspects a loss where the vault publishes none", () => {
    const other = { ...state, flux: undefined };
    expect(ledgerLines(ledger, other)[1]?.tag.text).toBe("Suspected loss");
    expect(rowTitleOf("fall-61", other)).toBe("Suspected loss in block 61");
  });

  it("calls the part of a fall that several losses share an estimate, not a difference", () => {
    const [loss] = ledger.events.losses;
    if (loss === undefined) throw new Error("no loss");
    const shared = {
      ...loss,
      source: "derived" as const,
      lpLossAssets: known(6_000n * USDC),
      lpLossSharedBy: 3,
    };
    expect(badgeOfLoss(shared, state)).toMatchObject({ tone: "stale", text: "Part of 3" });
  });

  it("tags a derived loss, and does not explain what it cannot", () => {
    const [loss] = ledger.events.losses;
    if (loss === undefined) throw new Error("no loss");
    const known = (whole: bigint) => ({ kind: "known", value: whole * USDC }) as const;
    const badges = [5_000n, 4_990n, 5_010n].map((lost) => {
      const row = { ...loss, source: "derived" as const, lpLossAssets: known(lost) };
      const events = { ...ledger.events, losses: [row], recoveries: [] };
      return ledgerLines({ events, falls: [] }, state).map(({ tag, badge }) => [
        tag.text,
        badge.tone,
        badge.text,
      ]);
    });
    expect(badges).toEqual([
      [["Loss, derived", "ok", "Agrees"]],
      [["Loss, derived", "stale", "Differs by 10.00 USDC"]],
      [["Loss, derived", "danger", "Differs by \u221210.00 USDC"]],
    ]);
  });

  it("names each row in the address, and finds it again", () => {
    for (const row of rowsNewestFirst(ledger)) {
      const id = parseRowId(rowIdText(rowIdOf(row)));
      expect(id === undefined ? undefined : rowAt(ledger, id)?.row).toBe(row.row);
    }
    expect(["", "loss", "loss-1x", "loss-1-2-3", "theft-1"].map(parseRowId)).toEqual(
      Array(5).fill(undefined),
    );
  });

  it("flags every row on a chart, each leading to its own page", () => {
    const flags = ledgerFlags(ledger, { state, rowHref: (row) => `#/${row}` });
    expect(flags.map(({ label, href }) => [label, href])).toEqual([
      ["Bad debt 5,000.00 USDC", "#/loss-50-0"],
      ["Unexplained fall 1.00 USDC", "#/fall-61"],
      ["Recovered 10.00 USDC", "#/recovery-70-0"],
    ]);
  });

  it("exports every digit, prices as exact pairs, oldest first", () => {
    const [header = "", ...rows] = toCsv(ledgerCsv(ledger, state)).trimEnd().split("\r\n");
    const cells = rows.map((row) => row.split(","));
    const at = (name: string) => header.split(",").indexOf(name);
    expect(cells.map((row) => row[at("kind")])).toEqual(["loss", "unexplained fall", "recovery"]);
    expect(cells[1]?.[at("LP loss (USDC)")]).toBe("1");
    expect(cells[1]?.[at("share price after: assets")]).toBe("994999000000");
    expect(cells[1]?.[at("log")]).toBe("");
  });
});

describe("gross, recovered and net", () => {
  const { report, ledger } = eventful();
  const book: LedgerBook = { ledger, shifts: undefined, virtual: undefined, isClockRefused: false };
  const figures = (view: Parameters<typeof ledgerTotals>[1], of = report) =>
    ledgerTotals(of, view).map(({ figure }) => textOf(figure));

  it("stand together, and LP loss and net wait for the past to be read", () => {
    expect(figures({ data: undefined, isReading: true })).toEqual([
      "5,000.00",
      "loading",
      "10.00",
      "loading",
    ]);
    expect(figures({ data: undefined, isReading: false })).toEqual([
      "5,000.00",
      "unknown",
      "10.00",
      "unknown",
    ]);
  });

  it("count losses without an event once the past is read", () => {
    const whole = (amount: bigint) => known(amount * USDC);
    const totals = { ...ledger.totals, lpLossAssets: whole(5_001n), netLossAssets: whole(4_991n) };
    const data = { ...book, ledger: { ...ledger, totals } };
    expect(figures({ data, isReading: false })).toEqual(["5,000.00", "5,001.00", "10.00", "4,991.00"]);
  });

  it("are unknown from a partial history, but for the vault's own counter", () => {
    const partial = lessonReport({ history: historyOf(report.history.vault, { complete: false }) });
    const data = { ...book, ledger: ledgerReportOf(partial, LESSON_READINGS).ledger };
    expect(figures({ data, isReading: false }, partial)).toEqual([
      "5,000.00",
      "unknown",
      "unknown",
      "unknown",
    ]);
  });

  it("says how many left and came", () => {
    const sum = { amountAssets: { kind: "known", value: 3n * USDC }, atLeastAssets: 3n * USDC } as const;
    const [left, came] = shiftStats(report, {
      isReading: false,
      data: {
        kind: "known",
        value: {
          left: { ...sum, actions: 2, addresses: 1, unknownActions: 0 },
          came: {
            amountAssets: { kind: "unknown", reason: "archive-unavailable" },
            atLeastAssets: 0n,
            actions: 0,
            addresses: 0,
            unknownActions: 3,
          },
        },
      },
    });
    expect([textOf(left?.figure), left?.sublabel]).toEqual(["3.00", "2 withdrawals of 1 address"]);
    expect(textOf(came?.figure)).toBe("unknown");
    expect(came?.sublabel).toContain("3 more deposits is unknown");
  });
});

describe("the parts of a row", () => {
  const { report, ledger } = eventful();
  const { state } = report.snapshot;
  const row = { kind: "fall", row: fall } as const;
  const shares = [
    { holder: LESSON.lps[0], shares: 600_000n * USDC, amountAssets: 600_000n },
    { holder: "0x000000000000000000000000000000000000dead", shares: 400_000n * USDC, amountAssets: 400_000n },
    { holder: undefined, shares: 1n, amountAssets: 0n },
  ] as const;

  it("have every digit, and their sum is checked to the unit", () => {
    const lines = partLines(shares, { state, contractHolders: new Set([LESSON.lps[0]]) });
    expect(lines.map(({ kind, isContract, amountText }) => [kind, isContract, amountText])).toEqual([
      ["lp", true, "0.600000"],
      ["dead", false, "0.400000"],
      ["virtual", false, "0.000000"],
    ]);
    expect(partsSum(row, { kind: "known", value: shares }, state)).toEqual({
      kind: "closes",
      text: "Sum of all 3 lines: 1.000000 USDC = the LP loss, to the unit.",
    });
    expect(toCsv(partsCsv(row, lines, state)).split("\r\n")[3]).toContain(
      "virtual shares,virtual,no,0.000001,0",
    );
  });

  it("says so when they do not add up, or nobody knows", () => {
    const short = shares.slice(1);
    expect(partsSum(row, { kind: "known", value: short }, state).kind).toBe("differs");
    const unknown = { kind: "unknown", reason: "history-partial" } as const;
    expect(partsSum(row, unknown, state).text).toContain("does not reach back");
  });

  it("stand beside the exact prices, as the pairs that they are", () => {
    const { price } = rowFactGroups(row, state);
    expect(price.find(({ key }) => key === "price-after")).toMatchObject({
      hint: "exactly 994,999,000,000 units of USDC for 1,000,000,000,000 units of shares",
      value: { text: "0.994999000000 USDC" },
    });
    const [loss] = ledger.events.losses;
    if (loss === undefined) throw new Error("no loss");
    const { happened } = rowFactGroups({ kind: "loss", row: loss }, state);
    expect(happened.find(({ key }) => key === "bad-debt")?.value).toEqual({
      kind: "text",
      text: "5,000.000000 USDC",
    });
  });
});

describe("the bad-debt ratio over time", () => {
  const samples = [40n, 50n, 60n].map((block) =>
    sampleOf(block, { totalAssets: 1_000n * USDC, totalBadDebtAssets: block < 50n ? 0n : 100n * USDC }),
  );
  const report = {
    ...reportOf({
      state: stateOf({ totalAssets: 1_000n * USDC, totalSupplyShares: 1_100n * USDC }),
      history: historyOf([
        ...depositAt(10n, addressFrom(1), 1_100n),
        { ...logAt(11n), kind: "borrowed", manager: addressFrom(11), assets: 500n * USDC },
        ...lossAt(50n, {
          manager: addressFrom(11),
          debt: 100n,
          value: 0n,
          payment: 0n,
          totalAssetsBefore: 1_100n,
          supply: 1_100n,
        }),
      ]),
    }),
    series: { samples, unavailableBlocks: [], loadedTo: 60n },
  };
  const point = (block: bigint, change: Partial<UnrealisedPoint> = {}): UnrealisedPoint => ({
    block: blockAt(block),
    shortfallAssets: { kind: "known", value: 50n * USDC },
    lpLossAssets: { kind: "known", value: 50n * USDC },
    marketShortfallAssets: { kind: "known", value: 60n * USDC },
    marketAtLeastAssets: { kind: "known", value: 60n * USDC },
    assetsWithoutPool: [],
    collateralAssets: { kind: "known", value: 1_000n * USDC },
    ...change,
  });
  const lines = (
    denominator: Parameters<typeof ratioSeries>[0]["denominator"],
    unrealised?: UnrealisedPoint[],
  ) =>
    new Map(
      ratioSeries({ report, denominator, unrealised }).map((one) => [
        one.id,
        one.points.map(({ label }) => label),
      ]),
    );

  it("is realised alone until the unrealised side is read", () => {
    expect([...lines("assets").keys()]).toEqual(["realised"]);
    expect(lines("assets").get("realised")).toEqual(["0.0000%", "10.0000%", "10.0000%"]);
  });

  it("shows unrealised, oracle-marked and market-marked, over the same whole", () => {
    const all = lines("assets", [point(40n), point(50n)]);
    expect(all.get("unrealised")).toEqual(["5.0000%", "5.0000%"]);
    expect(all.get("unrealised-market")).toEqual(["6.0000%", "6.0000%"]);
    expect(lines("lent", [point(50n)]).get("unrealised")).toEqual(["10.0000%"]);
  });

  it("knows the value locked where managers were read, and has a gap elsewhere", () => {
    const { points } = ratioSeries({ report, denominator: "tvl", unrealised: [point(50n)] })[0] ?? {
      points: [],
    };
    expect(points.map(({ value }) => value)).toEqual([undefined, 5, undefined]);
    expect(
      ratioSeries({ report, denominator: "tvl" })[0]?.points.every(({ value }) => value === undefined),
    ).toBe(true);
  });

  it("draws what a market mark is at least as a line of its own, and nothing as the mark", () => {
    const partly = point(50n, {
      marketShortfallAssets: { kind: "unknown", reason: "not-published" },
      assetsWithoutPool: [addressFrom(7)],
    });
    const all = ratioSeries({ report, denominator: "assets", unrealised: [point(40n), partly] });
    expect(all.map(({ id }) => id).at(-1)).toBe("unrealised-market-at-least");
    expect(all.find(({ id }) => id === "unrealised-market")?.points.at(-1)?.value).toBeUndefined();
    expect(all.at(-1)?.points.map(({ value }) => value)).toEqual([undefined, 6]);
  });

  it("takes the denominator from the address, and the bounded one for anything else", () => {
    expect(["tvl", "lent", "__proto__", null].map(denominatorOf)).toEqual([
      "tvl",
      "lent",
      "assets-and-losses",
      "assets-and-losses",
    ]);
  });

  it("has rows of its own where only the events are known", () => {
    expect(ledgerLines(eventLedgerOf(report), report.snapshot.state)).toHaveLength(1);
  });
});
