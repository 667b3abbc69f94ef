// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { known } from "@/domain/figure";
import type { LpStatement } from "@/domain/ledger-model";
import { stubLayout } from "@/testing/layout";
import { lpStatement, statementLine } from "@/testing/lp-statement";
import { lessonReport } from "@/testing/report-builders";
import { addressFrom, USDC } from "@/testing/vault-builders";
import { statementCsv } from "./csv";
import { identityOf, linesOf } from "./model";
import { StatementView } from "./statement-view";
import { identityTexts, lineTexts } from "./texts";

const report = lessonReport();
const { state } = report.snapshot;
const ZERO = addressFrom(0).replace(/[^x]/g, "0") as `0x${string}`;

function stubMedia(isPrint: boolean): void {
  vi.stubGlobal("matchMedia", () => ({
    matches: isPrint,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
}

function show(statement: LpStatement, of = report): void {
  render(
    <StatementView
      dated={{ report: of, statement }}
      unsearched={undefined}
      chainName="Devnet"
      txHrefOf={undefined}
      jsonOf={() => "{}"}
    />,
  );
}

beforeEach(() => {
  stubLayout();
  stubMedia(false);
});
afterEach(cleanup);

describe("the addition", () => {
  it("adds and subtracts each step, and says that it closes", () => {
    const texts = identityTexts(identityOf(lpStatement(), { isWhole: true }), state);
    expect(texts.steps.map(({ id, amount }) => [id, amount.kind === "known" && amount.text])).toEqual([
      ["deposited", "+600,000.000000"],
      ["withdrawn", "0.000000"],
      ["transferred-in", "0.000000"],
      ["transferred-out", "0.000000"],
      ["interest", "+5.000000"],
      ["losses", "\u22123,007.000000"],
      ["recoveries", "+2.000000"],
      ["rounding", "\u22120.000001"],
    ]);
    expect(texts.sum).toEqual(texts.value);
    expect(texts.closes).toBe(true);
  });

  it("takes nothing that was only counted in a part of the history for a total", () => {
    const { steps, sum } = identityOf(lpStatement(), { isWhole: false });
    expect(steps.slice(0, 2).map(({ amount }) => amount)).toEqual([
      { kind: "unknown", reason: "history-partial" },
      { kind: "unknown", reason: "history-partial" },
    ]);
    expect(sum).toEqual({ kind: "unknown", reason: "history-partial" });
  });

  it("warns of a statement that does not close, and of one of which that is not known", () => {
    show(lpStatement({ residualAssets: known(3n) }));
    expect(screen.getByText(/does not close: do not rely/)).toBeDefined();
    cleanup();
    show(lpStatement({ residualAssets: { kind: "unknown", reason: "archive-unavailable" } }));
    expect(screen.getByText("not known")).toBeDefined();
  });
});

describe("the lines", () => {
  it("are filtered by kind, falls among the losses", () => {
    show(lpStatement());
    const table = screen.getByRole("table", { name: "Lines of the statement" });
    expect(within(table).getAllByRole("row")).toHaveLength(5);
    fireEvent.click(screen.getByLabelText("Losses"));
    const rows = within(screen.getByRole("table", { name: "Lines of the statement" })).getAllByRole("row");
    expect(rows.slice(1).map((row) => /Loss|Unexplained fall/.exec(row.textContent ?? "")?.[0])).toEqual([
      "Loss",
      "Unexplained fall",
    ]);
    expect(screen.getByText(/2 of 4/)).toBeDefined();
    fireEvent.click(screen.getByLabelText("Transfers"));
    expect(screen.getByText("No line of this kind: transfers")).toBeDefined();
    expect(linesOf(lpStatement().lines, "all")).toHaveLength(4);
  });

  it("say none found since a block where the history is partial", () => {
    const partial = { ...report, history: { ...report.history, complete: false, fromBlock: 11n } };
    show(lpStatement({ lines: [] }), partial);
    expect(screen.getByText("No line found since block 11")).toBeDefined();
  });

  it("do not say what was held after them from a partial history", () => {
    const line = statementLine({ kind: "transfer-out", sharesChange: -5n, sharesAfter: -5n });
    const [text] = lineTexts([line], { state, isWhole: false });
    expect(text?.sharesAfter.kind).toBe("unknown");
    const csv = statementCsv(lpStatement({ lines: [line] }), { state, isWhole: false });
    expect(csv).toContain(",-0.000005,unknown (history-partial),");
  });

  it("name the other side, the vault itself, and a block where there is no log", () => {
    const lines = [
      statementLine({ kind: "transfer-in", counterparty: ZERO }),
      statementLine({ kind: "transfer-out", counterparty: addressFrom(5) }),
      statementLine({ kind: "fall", at: { blockNumber: 9n, logIndex: -1 } }),
    ];
    const texts = lineTexts(lines, { state, isWhole: true });
    expect(
      texts.map(({ counterpartyName, counterpartyWord, log }) => [counterpartyName, counterpartyWord, log]),
    ).toEqual([
      ["minted by the vault", "", "log 0"],
      [undefined, "to", "log 0"],
      [undefined, "", undefined],
    ]);
    const { flux: _flux, ...plain } = state;
    expect(lineTexts(lines.slice(2), { state: { ...plain, flux: undefined }, isWhole: true })[0]?.word).toBe(
      "Suspected loss",
    );
  });

  it("cut a loss up and a gain down, and never show something as nothing", () => {
    const [loss, gain, rounding] = lineTexts(
      [
        statementLine({ amountAssets: known(1_000_001n) }),
        statementLine({ kind: "recovery", amountAssets: known(1_009_999n) }),
        statementLine({ roundingAssets: known(-1n) }),
      ],
      { state, isWhole: true },
    );
    expect(loss?.amount).toMatchObject({ text: "\u22121.01" });
    expect(gain?.amount).toMatchObject({ text: "+1.00" });
    expect(rounding?.rounding).toMatchObject({ text: "\u22120.000001" });
  });
});

describe("the export", () => {
  it("has every digit, the price as its exact pair, and says why a figure is missing", () => {
    const [header = "", deposit = "", , fall = ""] = statementCsv(lpStatement(), {
      state,
      isWhole: true,
    }).split("\r\n");
    const columns = header.split(",");
    const cells = (row: string) => Object.fromEntries(columns.map((name, at) => [name, row.split(",")[at]]));
    expect(cells(deposit)).toMatchObject({
      block: "10",
      log_index: "1",
      kind: "deposit",
      amount_USDC: "600000",
      price_after_asset_units: "1000001",
      inherited_USDC: "unknown (archive-unavailable)",
      avoided_USDC: "",
    });
    expect(cells(fall)).toMatchObject({ kind: "fall", log_index: "", transaction: "", amount_USDC: "7" });
  });
});

describe("the print", () => {
  it("stands beside the screen only while the page is printed, with every line in full", () => {
    show(lpStatement());
    expect(screen.queryByRole("article", { hidden: true })).toBeNull();
    fireEvent(window, new Event("beforeprint"));
    const paper = screen.getByRole("article", { hidden: true });
    expect(paper.textContent).toContain(state.block.hash);
    expect(paper.textContent).toContain(addressFrom(1));
    expect(paper.textContent).toContain(`transaction 0x${"5a".repeat(32)}`);
    expect(paper.textContent).toContain(`no log; block 0x${"50".repeat(32)}`);
    expect(paper.textContent).toContain("unknown: The endpoint keeps no state that old.");
    expect(paper.querySelectorAll("table")[1]?.querySelectorAll("tbody")).toHaveLength(4);
    fireEvent(window, new Event("afterprint"));
    expect(screen.queryByRole("article", { hidden: true })).toBeNull();
  });

  it("has all lines, whatever the screen is filtered to", () => {
    show(lpStatement());
    fireEvent.click(screen.getByLabelText("Recoveries"));
    fireEvent(window, new Event("beforeprint"));
    const paper = screen.getByRole("article", { hidden: true });
    expect(paper.textContent).toContain("+600,000.00");
    fireEvent(window, new Event("afterprint"));
  });
});

describe("invented figures", () => {
  it("add up, else these tests would hold nothing", () => {
    const { sum } = identityOf(lpStatement(), { isWhole: true });
    expect(sum).toEqual(known(597_000n * USDC - 1n));
  });
});
