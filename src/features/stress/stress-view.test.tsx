// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WAD } from "@/domain/math";
import type { RiskBook } from "@/domain/risk/model";
import { stubLayout } from "@/testing/layout";
import { reportOf } from "@/testing/report-builders";
import { BASE, FIXED, partOf, riskBookOf, riskPositionOf, WETH } from "@/testing/risk-builders";
import { addressFrom, USDC } from "@/testing/vault-builders";
import { choiceOf, type StressChoice } from "./choice";
import { StressView } from "./stress-view";

const MANAGER = addressFrom(11);
const HOLDER = addressFrom(400);
const position = riskPositionOf({
  manager: MANAGER,
  debt: 100_000n,
  parts: [partOf(BASE, 20_000n * USDC, true), partOf(WETH, 50n * WAD)],
});

function Shown({ book, from = "" }: { readonly book: RiskBook; readonly from?: string }) {
  const [choice, setChoice] = useState<StressChoice>(() => choiceOf(new URLSearchParams(from)));
  return (
    <StressView
      book={book}
      report={reportOf()}
      choice={choice}
      onChange={setChoice}
      worstDayOf={() => undefined}
      hrefOf={(manager) => `#/positions/${manager}`}
    />
  );
}

const figure = (name: string) => screen.getByRole("figure", { name }).textContent ?? "";

beforeEach(stubLayout);
afterEach(cleanup);

describe("the stress view", () => {
  it("says first how far away the first loss is, and who breaks first", () => {
    render(<Shown book={riskBookOf([position])} />);
    const row = screen.getByRole("region", { name: "How far the vault is from a loss" });
    expect(row.textContent).toContain("20.01%");
    expect(within(row).getByRole("link").getAttribute("href")).toBe(`#/positions/${MANAGER}`);
  });

  it("prints the chosen fall anew with every preset, number and asset", () => {
    render(<Shown book={riskBookOf([position])} />);
    expect(figure("LP loss")).toContain("5,950.00");
    fireEvent.click(screen.getByRole("button", { name: "−10%" }));
    expect(figure("LP loss")).toContain("0.00");
    fireEvent.change(screen.getByLabelText("Fall, as a number"), { target: { value: "40" } });
    // 20,000 + 60,000 less 1 %.
    expect(figure("LP loss")).toContain("20,800.00");
    fireEvent.click(screen.getByRole("radio", { name: "USDC depeg" }));
    expect(figure("LP loss")).toContain("0.00");
  });

  it("keeps liquidations at risk apart from losses", () => {
    render(<Shown book={riskBookOf([position])} from="fall=15" />);
    expect(figure("Liquidations at risk")).toContain("100,000.00");
    expect(figure("Bad debt L")).toContain("0.00");
  });

  it("tells one address what it would lose, and what is wrong with a typed one", () => {
    render(<Shown book={riskBookOf([position])} from={`who=${HOLDER}`} />);
    expect(figure("You would lose")).toContain("5,950.00");
    const field = screen.getByLabelText("Your address");
    fireEvent.change(field, { target: { value: "0x12" } });
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(screen.queryByRole("figure", { name: "You would lose" })).toBeNull();
  });

  it("labels a fixed oracle price for good and names what has no exchange", () => {
    const fixed = { ...position, parts: [partOf(FIXED, 130_000n * WAD)] };
    render(<Shown book={riskBookOf([fixed])} from={`shock=one&assets=${FIXED}`} />);
    expect(screen.getByText("FIX: fixed oracle price")).toBeDefined();
    expect(figure("Market-marked shortfall")).toContain("no exchange is configured for FIX");
    expect(screen.getByText(/FIX: the oracle's price is written down for good/)).toBeDefined();
    expect(
      screen.getByText("The oracle cannot see this fall, and no exchange gives a market mark."),
    ).toBeDefined();
  });

  it("makes no total of a part of the managers", () => {
    render(<Shown book={{ ...riskBookOf([position]), unread: [addressFrom(99)] }} />);
    expect(screen.getByText(/1 of 2 managers could not be taken apart/)).toBeDefined();
    for (const name of ["LP loss", "Bad debt L", "Liquidations at risk", "Share price after"]) {
      expect(figure(name)).toContain("unknown");
    }
  });

  it("calls an outcome an estimate where a position could not be rebuilt", () => {
    render(<Shown book={riskBookOf([{ ...position, isExact: false }])} />);
    expect(screen.getByText(/Modelled, an estimate/)).toBeDefined();
  });

  it("says that nothing can be lost where nobody owes anything", () => {
    render(<Shown book={riskBookOf([])} />);
    expect(screen.getByText("Nobody owes this vault anything")).toBeDefined();
    expect(screen.queryByRole("figure", { name: "LP loss" })).toBeNull();
  });

  it("marks today's row of what other parameters would have changed", () => {
    render(<Shown book={riskBookOf([position])} />);
    const table = screen.getByRole("table", { name: /^What a bond ratio or buffer/ });
    const today = within(table)
      .getAllByRole("row")
      .filter((row) => row.textContent?.includes("today"));
    expect(today).toHaveLength(1);
    expect(today[0]?.textContent).toContain("20.00%");
  });
});
