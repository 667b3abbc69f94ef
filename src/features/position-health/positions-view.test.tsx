// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { VaultReport } from "@/report/vault-report";
import { stubLayout } from "@/testing/layout";
import { reportOf } from "@/testing/report-builders";
import { addressFrom, managerOf, USDC } from "@/testing/vault-builders";
import { DEFAULT_CHOICE, type PositionChoice } from "./choice";
import { PositionsView } from "./positions-view";

const SAFE = addressFrom(1);
const LOSING = addressFrom(2);
const UNREAD = addressFrom(9);

const MANAGERS = [
  managerOf({
    manager: SAFE,
    value: 150_000n,
    debt: 100_000n,
    quote: { canLiquidate: false, minPaymentAssets: 100_000n * USDC },
  }),
  managerOf({
    manager: LOSING,
    value: 95_000n,
    debt: 100_000n,
    quote: { canLiquidate: true, minPaymentAssets: 94_050n * USDC },
  }),
];

function Page({ report }: { readonly report: VaultReport }) {
  const [choice, setChoice] = useState<PositionChoice>(DEFAULT_CHOICE);
  return (
    <PositionsView
      report={report}
      choice={choice}
      onChoiceChange={setChoice}
      ahead={undefined}
      hrefOf={(manager) => `#/positions/${manager}`}
    />
  );
}

const table = () => screen.getByRole("table", { name: "Managers" });
const managers = () => [...table().querySelectorAll("tbody th a")].map((link) => link.getAttribute("href"));

beforeEach(stubLayout);
afterEach(cleanup);

describe("the positions view", () => {
  it("shows the worst health first, each manager a link to its page", () => {
    render(<Page report={reportOf({ managers: MANAGERS })} />);
    expect(managers()).toEqual([`#/positions/${LOSING}`, `#/positions/${SAFE}`]);
  });

  it("says what a close now would leave, and who answered for the payment", () => {
    render(<Page report={reportOf({ managers: MANAGERS })} />);
    const text = within(table()).getByText(LOSING).closest("tr")?.textContent;
    for (const part of ["Insolvent", "94,050.00", "quoted", "5,950.00"]) expect(text).toContain(part);
  });

  it("narrows by state and by digits, and says how many are shown", () => {
    render(<Page report={reportOf({ managers: MANAGERS })} />);
    fireEvent.change(screen.getByLabelText("State"), { target: { value: "healthy" } });
    expect(managers()).toEqual([`#/positions/${SAFE}`]);
    expect(screen.getByText(/1 of 2 managers shown/)).toBeDefined();
    fireEvent.change(screen.getByLabelText("Search by address"), { target: { value: LOSING } });
    expect(screen.getByText("No manager fits")).toBeDefined();
  });

  it("adds up only what is whole, and names who is missing", () => {
    render(<Page report={reportOf({ managers: MANAGERS, unreadManagers: [UNREAD] })} />);
    const total = screen.getByRole("figure", { name: "Owed by all managers" });
    expect(total.textContent).toContain("unknown");
    expect(total.textContent).not.toMatch(/\d/);
    expect(screen.getByText(/1 of 3 managers could not be read/)).toBeDefined();
    expect(screen.getByText(UNREAD)).toBeDefined();
  });

  it("shows the totals of a complete snapshot with their formula", () => {
    render(<Page report={reportOf({ managers: MANAGERS })} />);
    const total = screen.getByRole("figure", { name: "Bad debt if all were closed now" });
    expect(total.textContent).toContain("5,950.00");
    expect(within(total).getByRole("button", { name: /Formula of/ })).toBeDefined();
  });

  it("tells an empty vault from a search without result", () => {
    render(<Page report={reportOf()} />);
    expect(screen.getByText("No managers")).toBeDefined();
    expect(screen.getByText(/Nobody has borrowed/)).toBeDefined();
  });

  it("spreads the debt over the bands", () => {
    render(<Page report={reportOf({ managers: MANAGERS })} />);
    const bands = screen.getByRole("table", { name: "Debt and managers by health band" });
    const row = within(bands).getByRole("row", { name: /Liquidatable/ });
    expect(row.textContent).toContain("100,000");
    expect(row.textContent).toContain("50.0%");
  });
});
