// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LoadLine } from "./load-line";
import type { LoadLineDebt, LoadLineMark } from "./load-line-types";

const marks: readonly LoadLineMark[] = [
  { kind: "opening", health: 1.2, label: "Opening", value: "1.2000" },
  { kind: "threshold", health: 1.1, label: "Threshold T", value: "1.1000" },
  { kind: "bad-debt", health: 1, label: "Bad-debt line", value: "1.0000" },
  { kind: "insolvent", health: 1, label: "Insolvent", value: "1.0000" },
];
const debts: readonly LoadLineDebt[] = [
  {
    id: "a",
    health: 1.31,
    debt: 5,
    label: "0xaaaaaa…aaaaaa",
    healthText: "1.3100",
    debtText: "5 USDC",
    href: "#/a",
  },
  {
    id: "b",
    health: 1.05,
    debt: 2,
    label: "0xbbbbbb…bbbbbb",
    healthText: "1.0500",
    debtText: "2 USDC",
    href: "#/b",
  },
];
const props = {
  title: "Load line of the vault",
  summary: "Two managers owe 7 USDC; one of them is below the threshold.",
  marks,
  debts,
  formatDebt: (debt: number) => `${debt} USDC`,
};

beforeEach(() => {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe(): void {}
      disconnect(): void {}
    },
  );
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function laidOut(width: number): void {
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(width);
}

describe("the load line", () => {
  it("names every mark with its value, even where two fall on one line", () => {
    laidOut(900);
    render(<LoadLine {...props} />);
    const text = screen.getByRole("group", { name: props.summary }).textContent;
    for (const { label, value } of marks) expect(text).toContain(`${label} ${value}`);
  });

  it("links each named manager and says what it owes", () => {
    laidOut(900);
    render(<LoadLine {...props} />);
    const link = screen.getByRole("link", { name: /0xbbbbbb…bbbbbb/ });
    expect(link.getAttribute("href")).toBe("#/b");
    expect(link.textContent).toContain("2 USDC");
  });

  it.each([340, 760, 900])("names managers of one row by health, at %i px", (width) => {
    laidOut(width);
    // Within one row of the picture; the lowest in the water is the first to be named.
    const close = [1.0521, 1.0519, 1.0523].map((health, index) => ({
      id: `${index}`,
      health,
      debt: 3 - index,
      label: `manager ${index}`,
      healthText: health.toFixed(4),
      debtText: "3 USDC",
      href: `#/${index}`,
    }));
    render(<LoadLine {...props} debts={close} />);
    const shown = screen
      .getAllByRole("link")
      .map((link) => ({
        y: Number(link.querySelector("text")?.getAttribute("y")),
        health: /1\.05\d\d/.exec(link.textContent)?.[0],
      }))
      .sort((a, b) => a.y - b.y);
    expect(shown.map(({ health }) => health)).toEqual(["1.0523", "1.0521", "1.0519"]);
  });

  it("tells those who cannot see it the same in a sentence", () => {
    laidOut(300);
    render(<LoadLine {...props} size="small" />);
    expect(screen.getByRole("img", { name: /one of them is below the threshold/ })).toBeDefined();
  });

  it("gives the whole picture as a table, lowest health first", () => {
    laidOut(900);
    render(<LoadLine {...props} />);
    const details = screen.getByText("The same as a table").closest("details")!;
    details.open = true;
    fireEvent(details, new Event("toggle"));
    expect(screen.getAllByRole("row").map((row) => row.textContent)).toEqual([
      "ManagerHealthDebtState",
      "0xbbbbbb…bbbbbb1.05002 USDCliquidatable",
      "0xaaaaaa…aaaaaa1.31005 USDCabove opening",
    ]);
  });

  it("says that nothing is owed instead of showing empty water only", () => {
    laidOut(900);
    render(<LoadLine {...props} debts={[]} />);
    expect(screen.getByText("No debt hangs on this vault")).toBeDefined();
  });
});
