// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type ChartSeries, numberAxis } from "./series";
import { TimeSeriesChart } from "./time-series-chart";

const series: readonly ChartSeries[] = [
  {
    id: "ratio",
    label: "Bad-debt ratio",
    color: 1,
    shape: "step",
    points: [
      { at: 86_400, value: 0, label: "0.0000 %" },
      { at: 172_800, value: 0.005, label: "0.5000 %" },
    ],
  },
];
const props = {
  label: "Bad-debt ratio over time",
  series,
  formatValue: (value: number) => `${value}`,
  formatAt: (at: number) => `${at}`,
  formatMoment: (at: number) => `second ${at}`,
  empty: "No loss found from block 1,204",
};

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
afterEach(cleanup);

describe("a chart over time", () => {
  it("shows the same figures as a table", () => {
    render(<TimeSeriesChart {...props} />);
    fireEvent.click(screen.getByRole("button", { name: "Show as table: Bad-debt ratio over time" }));
    const rows = screen.getAllByRole("row").map((row) => row.textContent);
    expect(rows).toEqual([
      "TimeBad-debt ratio",
      expect.stringContaining("second 1728000.5000 %"),
      expect.stringContaining("second 864000.0000 %"),
    ]);
  });

  it("names another axis than time in its table, least first", () => {
    const axis = numberAxis("Fall");
    render(<TimeSeriesChart {...props} axis={axis} formatMoment={(at) => `−${at / 86_400} %`} />);
    fireEvent.click(screen.getByRole("button", { name: "Show as table: Bad-debt ratio over time" }));
    expect(screen.getAllByRole("row").map((row) => row.textContent)).toEqual([
      "FallBad-debt ratio",
      expect.stringContaining("−1 %0.0000 %"),
      expect.stringContaining("−2 %0.5000 %"),
    ]);
    expect(axis.ticks({ from: 0, to: 80, atMost: 4 })).toEqual([0, 20, 40, 60, 80]);
    expect(axis.ticks({ from: 0, to: 73, atMost: 4 })).toEqual([0, 20, 40, 60]);
  });

  it("says what was not found instead of drawing an empty frame", () => {
    render(
      <TimeSeriesChart
        {...props}
        series={[{ ...series[0]!, points: [{ at: 1, value: undefined, label: "" }] }]}
      />,
    );
    expect(screen.getByText("No loss found from block 1,204")).toBeDefined();
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("lists what its numbered marks stand for, in order of time, and only those in its span", () => {
    render(
      <TimeSeriesChart
        {...props}
        annotations={[
          { at: 172_800, label: "Loss" },
          { at: 100_000, label: "New bond ratio" },
          { at: 999_999, label: "Later" },
        ]}
      />,
    );
    const items = screen.getAllByRole("listitem").map((item) => item.textContent);
    expect(items.slice(-2)).toEqual(["1second 100000 New bond ratio", "2second 172800 Loss"]);
  });
});
