import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import * as z from "zod/mini";
import { sumOf } from "@/domain/math";
import { ledgerReportOf, lessonLedger } from "@/testing/ledger-builders";
import { LESSON, lessonReport, reportOf } from "@/testing/report-builders";
import { addressFrom, logAt, stateOf, transferOf, USDC } from "@/testing/vault-builders";
import { toReportJson } from "./report-json";
import { type ReportJson, reportSchema } from "./report-schema";
import { reportText } from "./report-text";
import { isGap } from "./report-warnings";
import { toStatementJson } from "./statement-json";
import { parseStatementJson, statementSchema } from "./statement-schema";

const units = (whole: bigint): string => (whole * USDC).toString();
const textOf = (report: ReportJson): string => [...reportText(report)].join("");

/** The lesson with a first block that is later than the vault's: a part of its life is missing. */
function partialLedger() {
  const { history } = lessonReport();
  return lessonLedger({ history: { ...history, fromBlock: 11n, complete: false } });
}

describe("the report of the lesson", () => {
  const report = toReportJson(lessonLedger());

  it("is what its schema says", () => {
    expect(reportSchema.safeParse(report).error).toBeUndefined();
  });

  it("names chain, vault, block and asset first", () => {
    expect(report).toMatchObject({
      schema: "plimsoll-report/1",
      chainId: 31_337,
      block: { number: 100, timestamp: 1_700_001_200 },
      asset: { symbol: "USDC", decimals: 6 },
      history: { complete: true },
      warnings: [],
    });
  });

  it("has gross, recovered and net side by side, as decimal strings of base units", () => {
    expect(report.totals).toMatchObject({
      totalAssets: units(995_000n),
      badDebt: units(5_000n),
      lpLoss: units(5_000n),
      recovered: "0",
      netLoss: units(5_000n),
    });
  });

  it("splits the loss 3,000 / 1,500 / 500 over the shares held at its log", () => {
    const [loss] = report.losses;
    expect(loss).toMatchObject({
      kind: "event",
      block: 50,
      logIndex: 0,
      manager: LESSON.manager,
      trueDebt: units(100_000n),
      positionValue: units(95_000n),
      payment: units(95_000n),
      badDebt: units(5_000n),
      lpLoss: units(5_000n),
      sharePriceBefore: { assets: units(1_000_000n), shares: units(1_000_000n) },
      sharePriceAfter: { assets: units(995_000n), shares: units(1_000_000n) },
      reconciliation: { status: "agrees", by: null, reason: null },
    });
    expect(loss?.shares).toEqual([
      { lp: LESSON.lps[0], label: "lp", shares: units(600_000n), loss: units(3_000n) },
      { lp: LESSON.lps[1], label: "lp", shares: units(300_000n), loss: units(1_500n) },
      { lp: LESSON.lps[2], label: "lp", shares: units(100_000n), loss: units(500n) },
    ]);
  });

  it("closes every LP's account with a residual of zero", () => {
    expect(
      report.lps.map(({ address, value, losses, residual }) => [address, value, losses, residual]),
    ).toEqual([
      [LESSON.lps[0], units(597_000n), units(3_000n), "0"],
      [LESSON.lps[1], units(298_500n), units(1_500n), "0"],
      [LESSON.lps[2], units(99_500n), units(500n), "0"],
    ]);
  });

  it("has the sums of each LP's statement, field by field", () => {
    const ledger = lessonLedger();
    for (const { address, label: _label, isContract: _isContract, ...totals } of report.lps) {
      expect(totals).toEqual(toStatementJson(ledger, address as `0x${string}`).totals);
    }
  });

  it("gives the same bytes for the same readings at any time, and JSON that says the same", () => {
    const text = textOf(report);
    vi.useFakeTimers({ now: 4_000_000_000_000 });
    try {
      expect(textOf(toReportJson(lessonLedger()))).toBe(text);
    } finally {
      vi.useRealTimers();
    }
    expect(JSON.parse(text)).toEqual(report);
  });
});

describe("the line of the virtual shares", () => {
  const supply = 1_000_000n * USDC;
  const lesson = lessonReport();
  const { state } = lesson.snapshot;
  // As many virtual shares as real ones, so that they bear half of the loss.
  const report = toReportJson(
    ledgerReportOf(reportOf({ state: { ...state, virtualShares: supply }, history: lesson.history })),
  );

  it("is an entry of its own, without an address", () => {
    expect(report.losses[0]?.shares?.at(-1)).toEqual({
      lp: null,
      label: "virtual",
      shares: supply.toString(),
      loss: units(2_500n),
    });
  });

  it("makes the parts add up to the loss, and the LPs' losses to the total", () => {
    const parts = report.losses[0]?.shares?.map(({ loss }) => BigInt(loss)) ?? [];
    expect(sumOf(parts)).toBe(5_000n * USDC);
    const borne = report.lps.map(({ losses }) => BigInt(losses ?? 0n));
    expect(sumOf(borne) + BigInt(report.virtual?.losses ?? 0n)).toBe(5_000n * USDC);
  });
});

describe("what is not known", () => {
  it("from a partial history is null beside its reason, never zero and never a total", () => {
    const report = toReportJson(partialLedger());
    expect(reportSchema.safeParse(report).error).toBeUndefined();
    expect(report.history.complete).toBe(false);
    for (const name of ["lpLoss", "recovered", "netLoss"] as const) {
      expect(report.totals[name]).toBeNull();
      expect(report.totals[`${name}Unknown`]).toBe("history-partial");
    }
    expect(report.found).toMatchObject({ sinceBlock: 11, losses: 1, badDebt: units(5_000n) });
    expect(report.warnings[0]).toMatchObject({ code: "history-partial" });
    expect(report.warnings[0]?.text).toContain("since block 11");
    for (const lp of report.lps) {
      expect([lp.deposited, lp.depositedUnknown]).toEqual([null, "history-partial"]);
    }
  });

  it("of old state says how many blocks are gone and leaves interest unknown", () => {
    const report = toReportJson(ledgerReportOf(lessonReport(), { unavailableBlocks: [10n, 11n] }));
    expect(reportSchema.safeParse(report).error).toBeUndefined();
    expect(report.history.unavailableBlocks).toBe(2);
    expect(report.warnings.map(({ code }) => code)).toContain("blocks-unavailable");
    expect(report.lps[0]).toMatchObject({
      interest: null,
      interestUnknown: "archive-unavailable",
      residual: null,
      losses: units(3_000n),
    });
    expect(report.history).toMatchObject({ fallsSearchedBlocks: null });
  });

  it("of an endpoint without block overrides is said in words of its own", () => {
    const report = toReportJson(ledgerReportOf(lessonReport(), { isClockRefused: true }));
    expect(report.warnings.map(({ code }) => code)).toContain("clock-refused");
  });

  it("of losses that share one fall is remarked: the sum is known, the parts are estimates", () => {
    const lesson = lessonLedger();
    const { events } = lesson.ledger;
    const losses = events.losses.map((row) => ({ ...row, source: "derived" as const, lpLossSharedBy: 2 }));
    const report = toReportJson({ ...lesson, ledger: { ...lesson.ledger, events: { ...events, losses } } });
    expect(reportSchema.safeParse(report).error).toBeUndefined();
    expect(report.warnings.map(({ code }) => code)).toEqual(["lp-loss-shared"]);
    expect(report.warnings.map(isGap)).toEqual([false]);
  });

  it("of a vault that is not Flux is what it does not publish", () => {
    const report = toReportJson(ledgerReportOf(reportOf({ state: stateOf({ flux: undefined }) })));
    expect(reportSchema.safeParse(report).error).toBeUndefined();
    expect(report.isFlux).toBe(false);
    expect([report.totals.badDebt, report.totals.badDebtUnknown]).toEqual([null, "not-published"]);
    expect([report.lps[0]?.inherited, report.lps[0]?.inheritedUnknown]).toEqual([null, "not-published"]);
    expect(report.warnings.map(({ code }) => code)).toContain("losses-not-published");
  });
});

describe("the statement of an LP", () => {
  const statement = toStatementJson(lessonLedger(), LESSON.lps[0]);

  it("is what its schema says, and is read back as what it is", () => {
    expect(parseStatementJson(JSON.parse(JSON.stringify(statement)))).toEqual({ ok: true, statement });
  });

  it("leaves what was held after a line unknown from a partial history, where the replay would go below zero", () => {
    const [sender, receiver] = LESSON.lps;
    const transfer = transferOf(logAt(60n, 0), { from: sender, to: receiver, shares: 5n * USDC });
    const history = { ...lessonReport().history, complete: false, fromBlock: 60n, vault: [transfer] };
    const partial = toStatementJson(ledgerReportOf(lessonReport({ history })), sender);
    expect(partial.lines).toMatchObject([
      { sharesChange: units(-5n), sharesAfter: null, sharesAfterUnknown: "history-partial" },
    ]);
    expect(parseStatementJson(partial).ok).toBe(true);
  });

  it("has a line for the deposit and one for the loss, with block, log and transaction", () => {
    expect(statement.lines).toMatchObject([
      {
        kind: "deposit",
        block: 10,
        amount: units(600_000n),
        sharesChange: units(600_000n),
        interest: "0",
        inherited: "0",
      },
      {
        kind: "loss",
        block: 50,
        logIndex: 0,
        amount: units(3_000n),
        sharesChange: "0",
        counterparty: LESSON.manager,
      },
    ]);
    for (const { transaction } of statement.lines) expect(transaction).toMatch(/^0x[0-9a-f]{64}$/);
    expect(statement.lines[1]).not.toHaveProperty("inherited");
  });

  it("closes: what explains the value, rounding and residual", () => {
    expect(statement.identity).toEqual({
      explained: units(597_000n),
      rounding: "0",
      value: units(597_000n),
      residual: "0",
      closes: true,
    });
  });

  it("of somebody who never held a share is empty, with true zeros", () => {
    const stranger = toStatementJson(lessonLedger(), addressFrom(77));
    expect(stranger.lines).toEqual([]);
    expect(stranger.totals).toMatchObject({ shares: "0", value: "0", losses: "0", residual: "0" });
  });

  it("from a partial history does not claim to close", () => {
    expect(toStatementJson(partialLedger(), LESSON.lps[0]).identity).toMatchObject({
      closes: null,
      residual: null,
      residualUnknown: "history-partial",
    });
  });

  it.each([
    ["another schema", { ...statement, schema: "plimsoll-statement/2" }, "schema"],
    ["a field too many", { ...statement, extra: 1 }, "(top level)"],
    ["an amount as a number", { ...statement, totals: { ...statement.totals, losses: 3 } }, "totals.losses"],
    [
      "an amount with a point",
      { ...statement, totals: { ...statement.totals, losses: "3.0" } },
      "totals.losses",
    ],
    ["no object", "text", "(top level)"],
  ])("is refused with %s, by field", (_title, json, field) => {
    const parsed = parseStatementJson(json);
    expect(parsed.ok ? [] : parsed.issues.map((issue) => issue.field)).toContain(field);
  });
});

describe("the JSON schemas in docs/schemas", () => {
  it.each([
    ["plimsoll-report-1", reportSchema],
    ["plimsoll-statement-1", statementSchema],
  ])("%s is the one that this code writes by (write it anew with vitest -u)", async (name, schema) => {
    const text = `${JSON.stringify(z.toJSONSchema(schema, { reused: "ref" }), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(`../../docs/schemas/${name}.schema.json`);
  });
});

describe("docs/report.md", () => {
  const text = readFileSync(new URL("../../docs/report.md", import.meta.url), "utf8");

  /** Every name of a JSON value's fields, at any depth; reasons and the parts of pairs follow from one rule each. */
  function namesIn(value: unknown): readonly string[] {
    if (Array.isArray(value)) return value.flatMap(namesIn);
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([name, part]) => [name, ...namesIn(part)]);
  }

  it("names every field of the report and of the statement", () => {
    const written = [toReportJson(lessonLedger()), toStatementJson(lessonLedger(), LESSON.lps[0])];
    const names = new Set(namesIn(written).filter((name) => !name.endsWith("Unknown")));
    expect([...names].filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
  });
});
