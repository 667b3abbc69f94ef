// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exposureBookFor } from "@/data/exposure-book";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { stubLayout } from "@/testing/layout";
import { depositAt, LESSON, lessonReport, lossAt } from "@/testing/report-builders";
import { addressFrom, historyOf } from "@/testing/vault-builders";
import { DEFAULT_LP_SORT, LossShareView, type LpChoice } from "./loss-share-view";
import { borneRows, chosenRow, statedParts, type WholeLedger } from "./model";

const NOBODY: ReadonlyMap<Address, string> = new Map();

function Page(props: {
  readonly report: VaultReport;
  readonly labels?: ReadonlyMap<Address, string>;
  readonly whole?: WholeLedger;
}) {
  const [choice, setChoice] = useState<LpChoice>({
    loss: "all",
    table: "losses",
    filter: "all",
    search: "",
    sort: DEFAULT_LP_SORT,
  });
  const book = exposureBookFor(props.report);
  const chosen = chosenRow(borneRows(props.report, props.whole), choice.loss);
  return (
    <LossShareView
      report={props.report}
      book={book}
      whole={props.whole}
      parts={statedParts(book, chosen)}
      reading={null}
      choice={choice}
      onChoiceChange={setChoice}
      labels={props.labels ?? NOBODY}
      hrefOf={(address) => `#/lps/${address}`}
    />
  );
}

const table = () => screen.getByRole("table", { name: "LPs and their part of the losses" });

function rowOf(address: Address): HTMLTableRowElement {
  const row = within(table()).getByText(address).closest("tr");
  if (row === null) throw new Error("the address stands in no row");
  return row;
}

/** The text of a cell, counted from the end: the loss stands third, the shares at its log before it. */
const cellOf = (address: Address, fromEnd: number) =>
  rowOf(address).cells.item(rowOf(address).cells.length - fromEnd)?.textContent;
const lossOf = (address: Address) => cellOf(address, 3);

beforeEach(stubLayout);
afterEach(cleanup);

describe("who bore what", () => {
  it("shows the lesson: 5,000 lost, borne 3,000, 1,500 and 500", () => {
    render(<Page report={lessonReport()} />);
    expect(screen.getByRole("figure", { name: "LPs lost" }).textContent).toContain("5,000.00");
    expect(LESSON.lps.map(lossOf)).toEqual([
      expect.stringContaining("3,000.00"),
      expect.stringContaining("1,500.00"),
      expect.stringContaining("500.00"),
    ]);
    expect(screen.getByText("Sum of all 3 lines: 5,000 USDC = LP loss, to the unit.")).toBeDefined();
  });

  it("splits one loss when it is chosen, with the shares of its own log", () => {
    const [first, second] = LESSON.lps;
    const loss = { manager: LESSON.manager, debt: 100n, value: 40n, payment: 40n };
    const report = lessonReport({
      history: historyOf([
        ...depositAt(10n, first, 600_000n),
        ...lossAt(20n, { ...loss, totalAssetsBefore: 600_000n, supply: 600_000n }),
        ...depositAt(30n, second, 400_000n),
        ...lossAt(40n, { ...loss, totalAssetsBefore: 999_940n, supply: 1_000_000n }),
      ]),
    });
    render(<Page report={report} />);
    expect(lossOf(first)).toContain("96.00");
    fireEvent.change(screen.getByLabelText("Loss"), { target: { value: "20-0" } });
    expect(lossOf(first)).toContain("60.00");
    expect(lossOf(second)).toContain("0.00");
    expect(cellOf(first, 4)).toContain("600,000.00");
  });

  it("names addresses by the reader's own labels", () => {
    render(<Page report={lessonReport()} labels={new Map([[LESSON.lps[0], "Treasury"]])} />);
    expect(within(rowOf(LESSON.lps[0])).getByText("Treasury")).toBeDefined();
  });

  it("leads to everybody's own page", () => {
    render(<Page report={lessonReport()} />);
    expect(within(rowOf(LESSON.lps[1])).getByRole("link").getAttribute("href")).toBe(
      `#/lps/${LESSON.lps[1]}`,
    );
  });

  it("shows no part and no sum from a partial history", () => {
    const whole = lessonReport();
    const report = lessonReport({ history: { ...whole.history, complete: false, fromBlock: 11n } });
    render(<Page report={report} />);
    expect(lossOf(LESSON.lps[0])).toContain("unknown");
    expect(screen.getByText(/The sum of the lines is unknown/)).toBeDefined();
    expect(screen.getByRole("figure", { name: "LPs lost" }).textContent).toContain("unknown");
  });

  it("says so when no line fits", () => {
    render(<Page report={lessonReport()} />);
    fireEvent.change(screen.getByLabelText("Search by address"), { target: { value: addressFrom(77) } });
    expect(screen.getByText("No LP fits")).toBeDefined();
  });

  it("states the rule for the units left over", () => {
    render(<Page report={lessonReport()} />);
    expect(screen.getByText(/largest remainders, equal remainders to the lower address/)).toBeDefined();
  });
});
