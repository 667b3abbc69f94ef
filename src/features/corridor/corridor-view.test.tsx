// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { stubLayout } from "@/testing/layout";
import { LESSON, lessonReport, reportOf } from "@/testing/report-builders";
import { stateOf } from "@/testing/vault-builders";
import { CorridorPanel } from "./corridor-panel";

const stop = () =>
  screen.getByRole("list", { name: "Five stops" }).querySelector("[aria-current=step]")?.textContent;
const slider = () => screen.getByLabelText("Value of the position, per cent of its debt, as a number");

beforeEach(stubLayout);
afterEach(cleanup);

describe("the corridor", () => {
  it("begins with the documentation's example, both as it is told and at the vault's margin", () => {
    render(<CorridorPanel report={reportOf()} shownRule="a" />);
    expect(screen.getByText("5,000.00 USDC")).toBeDefined();
    expect(screen.getByText("5,950.00 USDC")).toBeDefined();
    expect(stop()).toContain("Insolvent");
    expect(screen.getByText(/This vault uses rule \(a\)/)).toBeDefined();
  });

  it("walks from healthy to insolvent as the price is dragged", () => {
    render(<CorridorPanel report={reportOf()} shownRule="a" />);
    const seen = ["120", "105", "100.5", "99"].map((value) => {
      fireEvent.change(slider(), { target: { value } });
      return stop();
    });
    expect(seen.map((text) => text?.match(/Healthy|Liquidatable|dead zone|Insolvent/g)?.join(" "))).toEqual([
      "Healthy",
      "Liquidatable",
      "Liquidatable dead zone",
      "Insolvent",
    ]);
  });

  it("lets LPs lose above insolvency under rule (b)", () => {
    render(<CorridorPanel report={reportOf()} shownRule={undefined} />);
    fireEvent.change(slider(), { target: { value: "100.5" } });
    fireEvent.click(screen.getByRole("radio", { name: /Rule \(b\)/ }));
    expect(stop()).toContain("Below the bad-debt line");
  });

  it("tells a loss of the vault's own ledger, and one LP's part of it", () => {
    render(<CorridorPanel report={lessonReport()} shownRule="a" />);
    const cases = screen.getByLabelText("Case");
    expect(within(cases).getAllByRole("option")).toHaveLength(2);
    fireEvent.click(screen.getByLabelText("My share of it"));
    fireEvent.change(screen.getByLabelText("An LP's address"), { target: { value: LESSON.lps[0] } });
    // 60 % of 5,950.
    expect(screen.getByText("3,570.00 USDC")).toBeDefined();
  });

  it("says plainly what a larger buffer does, and that the documentation contradicts itself", () => {
    render(<CorridorPanel report={reportOf()} shownRule="a" />);
    expect(
      screen.getByText("A larger liquidation buffer means later liquidation and a thinner LP cushion."),
    ).toBeDefined();
    expect(screen.getByText("The documentation contradicts its own formula about the buffer")).toBeDefined();
    const table = screen.getByRole("table", { name: "What the buffer does under a bond of 20.00%" });
    expect(within(table).getByText("today")).toBeDefined();
  });

  it("is not there for a vault that publishes no parameters", () => {
    const { container } = render(
      <CorridorPanel report={reportOf({ state: stateOf({ flux: undefined }) })} shownRule={undefined} />,
    );
    expect(container.textContent).toBe("");
  });
});
