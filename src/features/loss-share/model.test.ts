import { describe, expect, it } from "vitest";
import { exposureBookFor } from "@/data/exposure-book";
import type { FallRow } from "@/domain/ledger-model";
import type { Figure } from "@/domain/model";
import { statementTotalsOf, virtualTotalsOf } from "@/domain/statement";
import type { VaultReport } from "@/report/vault-report";
import { lessonLedger } from "@/testing/ledger-builders";
import {
  depositAt,
  LESSON,
  lessonReport,
  lossAt,
  recoveryAt,
  reportOf,
  withdrawAt,
} from "@/testing/report-builders";
import {
  addressFrom,
  blockAt,
  historyOf,
  logAt,
  managerOf,
  stateOf,
  transferOf,
  USDC,
} from "@/testing/vault-builders";
import { lossSharesCsv } from "./export";
import { identityWords } from "./life";
import {
  borneRows,
  chosenRow,
  filterLps,
  type LossChoice,
  lossChoiceOf,
  lpFilterOf,
  lpTableOf,
  statedParts,
  type WholeLedger,
} from "./model";
import { lossOptionsOf, lpStatsOf, lpTexts, sumCheckWords } from "./texts";

const DEAD = "0x000000000000000000000000000000000000dead" as const;
const [FIRST, SECOND, THIRD] = [addressFrom(1), addressFrom(2), addressFrom(3)];

function tableOf(report: VaultReport, choice: LossChoice = "all") {
  const book = exposureBookFor(report);
  const chosen = chosenRow(borneRows(report, undefined), choice);
  return lpTableOf(report, { book, chosen, parts: statedParts(book, chosen), whole: undefined });
}

function lossesOf(report: VaultReport, choice: LossChoice = "all") {
  return tableOf(report, choice).lines.map(({ address, lossAssets }) => [
    address ?? "virtual",
    lossAssets.kind === "known" ? lossAssets.value : lossAssets.reason,
  ]);
}

/**
 * Two losses: before the second one the first LP leaves in part, the second one leaves altogether, and shares go to
 * a pool and to a dead address. Sizes are uneven, so that the units left over must be given out.
 */
function eventfulReport(change: { readonly complete?: boolean } = {}): VaultReport {
  const loss = { manager: addressFrom(11), debt: 1_000n, value: 900n, payment: 900n };
  return reportOf({
    state: stateOf({
      totalAssets: 1_000n * USDC,
      totalSupplyShares: 900n * USDC,
      virtualShares: 1n,
    }),
    managers: [
      managerOf({
        manager: addressFrom(12),
        value: 90n,
        debt: 100n,
        quote: { canLiquidate: true, minPaymentAssets: 89n * USDC },
      }),
    ],
    history: historyOf(
      [
        ...depositAt(10n, FIRST, 700n),
        ...depositAt(11n, SECOND, 300n),
        ...lossAt(20n, { ...loss, totalAssetsBefore: 1_000n, supply: 1_000n }),
        ...withdrawAt(30n, SECOND, { assets: 270n * USDC, shares: 300n * USDC }),
        ...depositAt(31n, THIRD, 200n),
        transferOf(logAt(32n, 0), { from: FIRST, to: addressFrom(50), shares: 100n * USDC }),
        transferOf(logAt(32n, 1), { from: FIRST, to: DEAD, shares: 1n }),
        ...lossAt(40n, { ...loss, totalAssetsBefore: 830n, supply: 900n }),
        recoveryAt(50n, { assets: 10n, totalAssetsBefore: 730n, supply: 900n }),
      ],
      change,
    ),
    contractHolders: new Set([addressFrom(50)]),
  });
}

describe("lpTableOf", () => {
  it("splits the lesson's 5,000 into 3,000, 1,500 and 500", () => {
    expect(lossesOf(lessonReport())).toEqual([
      [LESSON.lps[0], 3_000n * USDC],
      [LESSON.lps[1], 1_500n * USDC],
      [LESSON.lps[2], 500n * USDC],
    ]);
  });

  it("adds up to the LP loss to the unit, for every loss and for all, virtual and dead shares among the lines", () => {
    const report = eventfulReport();
    const choices: LossChoice[] = ["all", "20-0", "40-0"];
    for (const choice of choices) {
      const { check } = tableOf(report, choice);
      expect(check.closes).toEqual({ kind: "known", value: true });
    }
    expect(tableOf(report).check.lpLossAssets).toEqual({ kind: "known", value: 200n * USDC });
  });

  it("keeps an LP who left, with what was lost while shares were held", () => {
    const line = tableOf(eventfulReport()).lines.find(({ address }) => address === SECOND);
    // 100,000,000 × 300,000,000 ÷ 1,000,000,001 leaves 29,999,999 and a remainder that earns one of the two units left.
    expect(line).toMatchObject({ hasLeft: true, lossAssets: { value: 30n * USDC } });
    const second = tableOf(eventfulReport(), "40-0").lines.find(({ address }) => address === SECOND);
    expect(second).toMatchObject({ lossAssets: { value: 0n }, sharesThen: { value: 0n } });
  });

  it("shows the shares of the loss's own log beside today's", () => {
    const line = tableOf(eventfulReport(), "20-0").lines.find(({ address }) => address === FIRST);
    expect(line).toMatchObject({ sharesThen: { value: 700n * USDC }, shares: { value: 600n * USDC - 1n } });
  });

  it("marks contracts and dead addresses, and puts the virtual shares last as their own line", () => {
    const { lines } = tableOf(eventfulReport());
    expect(lines.find(({ address }) => address === addressFrom(50))?.isContract).toBe(true);
    expect(lines.find(({ address }) => address === DEAD)?.kind).toBe("dead");
    expect(lines.at(-1)).toMatchObject({ kind: "virtual", address: undefined, shares: { value: 1n } });
  });

  it("gives everybody the open loss by shares", () => {
    const line = tableOf(eventfulReport()).lines.find(({ address }) => address === THIRD);
    // 200 of 900 shares of an open loss of 11.
    expect(line?.wouldLoseAssets).toEqual({ kind: "known", value: 2_444_444n });
  });

  it("knows nobody's part from a partial history", () => {
    const { lines, check } = tableOf(eventfulReport({ complete: false }));
    expect(lines.every(({ lossAssets, kind }) => kind === "virtual" || lossAssets.kind === "unknown")).toBe(
      true,
    );
    expect(check.closes.kind).toBe("unknown");
  });
});

describe("choices from the address", () => {
  it("takes a loss by block and log index, and all for anything else", () => {
    const rows = borneRows(eventfulReport(), undefined);
    expect(lossChoiceOf(rows, "40-0")).toBe("40-0");
    expect(lossChoiceOf(rows, "40-9")).toBe("all");
    expect(lossChoiceOf(rows, null)).toBe("all");
    expect(lpFilterOf("left")).toBe("left");
    expect(lpFilterOf("__proto__")).toBe("all");
  });

  it("offers all losses first, then the newest", () => {
    const report = eventfulReport();
    const rows = borneRows(report, undefined);
    expect(lossOptionsOf(rows, report.snapshot.state).map(({ value }) => value)).toEqual([
      "all",
      "40-0",
      "20-0",
    ]);
  });
});

describe("filterLps", () => {
  const { lines } = tableOf(eventfulReport());

  it.each([
    ["holding", 5],
    ["left", 1],
    ["contract", 1],
  ] as const)("keeps the lines that are %s", (filter, count) => {
    expect(filterLps(lines, { filter, search: "" })).toHaveLength(count);
  });

  it("finds by digits, and never the virtual shares", () => {
    expect(filterLps(lines, { filter: "all", search: "dead" }).map(({ address }) => address)).toEqual([DEAD]);
    expect(filterLps(lines, { filter: "all", search: "0x" }).some(({ kind }) => kind === "virtual")).toBe(
      false,
    );
  });
});

describe("words", () => {
  it("says that the sum closes, exactly", () => {
    const report = lessonReport();
    expect(sumCheckWords(tableOf(report).check, report.snapshot.state)).toEqual({
      kind: "closes",
      text: "Sum of all 3 lines: 5,000 USDC = LP loss, to the unit.",
    });
  });

  it("says that it differs, with both amounts", () => {
    const report = lessonReport();
    const { check } = tableOf(report);
    const wrong = {
      ...check,
      lpLossAssets: { kind: "known", value: 5_001n * USDC } as const,
      closes: { kind: "known", value: false } as const,
    };
    expect(sumCheckWords(wrong, report.snapshot.state).text).toContain("but the LP loss is 5,001 USDC");
  });

  it("rounds losses up and values down when it shortens them", () => {
    const { lines } = tableOf(eventfulReport());
    const line = lines.find(({ address }) => address === SECOND);
    if (line === undefined) throw new Error("no line");
    expect(lpTexts(line, stateOf()).loss).toMatchObject({ text: "30.00" });
  });

  it("counts holders now and ever", () => {
    const report = eventfulReport();
    const holders = lpStatsOf(report, tableOf(report).lines).find(({ id }) => id === "holders");
    expect(holders).toMatchObject({ figure: { text: "3" }, sublabel: "of 4 who ever held shares" });
  });

  it("gives lost, recovered and net, the three together, each with its formula", () => {
    const report = eventfulReport();
    const stats = lpStatsOf(report, tableOf(report).lines).slice(0, 3);
    expect(stats.map(({ figure }) => figure.kind === "known" && figure.text)).toEqual([
      "200.00",
      "10.00",
      "190.00",
    ]);
    expect(stats.every(({ formula }) => formula?.block.startsWith("block 100") === true)).toBe(true);
  });
});

describe("lossSharesCsv", () => {
  it("gives everybody's part of every loss, each column adding up to its loss", () => {
    const report = eventfulReport();
    const [header = "", ...rows] = lossSharesCsv(tableOf(report).lines, exposureBookFor(report))
      .trimEnd()
      .split("\r\n");
    const place = header.split(",").indexOf("loss_block_40_log_0_USDC");
    const units = rows.map((row) => {
      const [whole = "0", fraction = ""] = (row.split(",")[place] ?? "").split(".");
      return BigInt(whole + fraction.padEnd(6, "0"));
    });
    expect(units.reduce((sum, value) => sum + value, 0n)).toBe(100n * USDC);
    expect(rows.at(-1)).toContain("virtual shares");
  });
});

describe("the whole ledger", () => {
  const { report, ledger, book } = lessonLedger();
  const whole: WholeLedger = {
    ledger,
    totals: new Map(statementTotalsOf(book).map((one) => [one.address, one])),
    virtual: virtualTotalsOf(book),
  };
  const exposures = exposureBookFor(report);
  const withWhole = (change: Partial<WholeLedger> = {}) =>
    lpTableOf(report, {
      book: exposures,
      chosen: undefined,
      parts: undefined,
      whole: { ...whole, ...change },
    });

  it("gives every LP its life as sums, and shows that each closes to the unit", () => {
    const { lines } = withWhole();
    const first = lines.find(({ address }) => address === LESSON.lps[0]);
    expect(first?.life).toMatchObject({
      depositedAssets: 600_000n * USDC,
      lossesAssets: { value: 3_000n * USDC },
      residualAssets: { value: 0n },
    });
    expect(identityWords(lines)).toEqual({
      kind: "closes",
      text: "The identity closes to the unit for all 3 LPs.",
    });
    expect(lossSharesCsv(lines, exposures).split("\r\n")[0]).toContain("life_residual_USDC");
  });

  it("says so when a life does not add up, and when nobody knows", () => {
    const off = (residualAssets: Figure) =>
      withWhole({
        totals: new Map([...whole.totals].map(([address, one]) => [address, { ...one, residualAssets }])),
      }).lines;
    expect(identityWords(off({ kind: "known", value: -2n }))).toMatchObject({
      kind: "differs",
      text: expect.stringContaining("3 of 3 LPs: together 6 units"),
    });
    expect(identityWords(off({ kind: "unknown", reason: "archive-unavailable" })).kind).toBe("unknown");
  });

  it("counts what falls took, and offers them among the losses", () => {
    const fall: FallRow = {
      from: blockAt(60n),
      to: blockAt(61n),
      at: { blockNumber: 61n, logIndex: -1 },
      totalAssetsBefore: 995_000n * USDC,
      totalAssetsAfter: 994_990n * USDC,
      totalSupplyShares: 1_000_000n * USDC,
      lpLossAssets: 10n * USDC,
      priceBefore: { assets: 995_000n, shares: 1_000_000n },
      priceAfter: { assets: 994_990n, shares: 1_000_000n },
      isNarrow: true,
    };
    const rows = borneRows(report, { ...whole, ledger: { ...ledger, falls: [fall] } });
    expect(lossOptionsOf(rows, report.snapshot.state).map(({ value, label }) => [value, label])).toEqual([
      ["all", "All losses (2)"],
      ["61--1", expect.stringContaining("block 61: 10 USDC, no event")],
      ["50-0", expect.stringContaining("block 50: 5,000 USDC")],
    ]);
    const chosen = chosenRow(rows, "61--1");
    expect(statedParts(exposures, chosen)).toBeUndefined();
    const parts = {
      kind: "known",
      value: [{ holder: LESSON.lps[0], shares: 1n, amountAssets: 10n * USDC }],
    } as const;
    const { lines, check } = lpTableOf(report, { book: exposures, chosen, parts, whole });
    expect(lines[0]?.lossAssets).toEqual({ kind: "known", value: 10n * USDC });
    expect(check.closes).toEqual({ kind: "known", value: true });
  });
});
