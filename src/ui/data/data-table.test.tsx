// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Column, DataTable } from "./data-table";
import type { SortState } from "./table-sort";

interface Row {
  readonly name: string;
  readonly debt: bigint | undefined;
}

const columns: readonly Column<Row>[] = [
  { id: "name", header: "Manager", cell: (row) => row.name, rowHeader: true },
  {
    id: "debt",
    header: "Debt",
    cell: (row) => `${row.debt ?? "unknown"}`,
    sortValue: (row) => row.debt,
    align: "end",
  },
];

const rows: readonly Row[] = [
  { name: "alpha", debt: 20n },
  { name: "beta", debt: undefined },
  { name: "gamma", debt: 30n },
];

beforeEach(() => {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe(): void {}
      unobserve(): void {}
      disconnect(): void {}
    },
  );
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const names = (): string[] => screen.getAllByRole("rowheader").map((cell) => cell.textContent ?? "");

describe("the table", () => {
  it("sorts by a header, says so on that header, and keeps unknown last", () => {
    render(
      <DataTable caption="Managers" columns={columns} rows={rows} rowKey={(row) => row.name} empty="none" />,
    );
    const header = screen.getByRole("columnheader", { name: "Debt" });
    expect(header.getAttribute("aria-sort")).toBe("none");
    fireEvent.click(within(header).getByRole("button"));
    expect(header.getAttribute("aria-sort")).toBe("descending");
    expect(names()).toEqual(["gamma", "alpha", "beta"]);
    fireEvent.click(within(header).getByRole("button"));
    expect(header.getAttribute("aria-sort")).toBe("ascending");
    expect(names()).toEqual(["alpha", "gamma", "beta"]);
  });

  it("asks its caller for the order when the caller keeps it", () => {
    const onSortChange = vi.fn<(sort: SortState) => void>();
    render(
      <DataTable
        caption="Managers"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.name}
        empty="none"
        sort={{ columnId: "debt", direction: "ascending" }}
        onSortChange={onSortChange}
      />,
    );
    fireEvent.click(screen.getByRole("button", { name: "Debt" }));
    expect(onSortChange).toHaveBeenCalledWith({ columnId: "debt", direction: "descending" });
    expect(names()).toEqual(["alpha", "gamma", "beta"]);
  });

  it("links a row by its header", () => {
    render(
      <DataTable
        caption="Managers"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.name}
        rowHref={(row) => `#/positions/${row.name}`}
        empty="none"
      />,
    );
    expect(screen.getByRole("link", { name: "gamma" }).getAttribute("href")).toBe("#/positions/gamma");
  });

  it("says what is not there instead of drawing an empty frame", () => {
    render(
      <DataTable
        caption="Managers"
        columns={columns}
        rows={[]}
        rowKey={(row) => row.name}
        empty="No managers"
      />,
    );
    expect(screen.getByText("No managers")).toBeDefined();
    expect(screen.queryByRole("table")).toBeNull();
  });

  it("draws at most eighty of ten thousand rows and tells screen readers the whole number", async () => {
    vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(640);
    vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(38);
    const many = Array.from({ length: 10_000 }, (_, index) => ({ name: `m${index}`, debt: BigInt(index) }));
    render(
      <DataTable caption="Managers" columns={columns} rows={many} rowKey={(row) => row.name} empty="none" />,
    );
    // The first screenful stands there at once; the rest follows with its code, and with it the spacer below.
    expect(names().slice(0, 2)).toEqual(["m0", "m1"]);
    await waitFor(() => expect(screen.getByRole("table").querySelector("tr[aria-hidden]")).not.toBeNull());
    const drawn = screen.getAllByRole("rowheader").length;
    expect(drawn).toBeGreaterThan(10);
    expect(drawn).toBeLessThanOrEqual(80);
    expect(screen.getByRole("table").getAttribute("aria-rowcount")).toBe("10001");
  });
});
