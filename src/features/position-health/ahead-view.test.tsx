// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { known } from "@/domain/figure";
import { unitOf, WAD } from "@/domain/math";
import { stubLayout } from "@/testing/layout";
import { reportOf } from "@/testing/report-builders";
import { BASE, partOf, riskBookOf, riskPositionOf, WETH } from "@/testing/risk-builders";
import { addressFrom, managerOf, USDC } from "@/testing/vault-builders";
import { aheadRowsOf } from "./ahead";
import { DEFAULT_CHOICE, DEFAULT_SORT, type PositionChoice } from "./choice";
import { HealthHistoryView } from "./health-history-view";
import { ManagerAheadView, type ManagerAheadViewProps } from "./manager-ahead-view";
import { ManagersSection } from "./managers-section";
import { positionRowsOf } from "./model";
import type { PriceChoice } from "./price-effect";
import type { AheadReading } from "./use-positions";

const MANY = 10_000;
const FIRST = addressFrom(1);

function sizedBook(count: number) {
  const indices = Array.from({ length: count }, (_, index) => index + 1);
  const report = reportOf({
    managers: indices.map((index) =>
      managerOf({ manager: addressFrom(index), value: 150_000n, debt: 100_000n }),
    ),
  });
  const book = riskBookOf(
    indices.map((index) =>
      riskPositionOf({
        manager: addressFrom(index),
        debt: 100_000n,
        parts: [partOf(BASE, 50_000n * USDC, true), partOf(WETH, 50n * unitOf(18))],
      }),
    ),
    { state: report.snapshot.state },
  );
  return { report, book };
}

const idle: Omit<AheadReading, "book"> = {
  mark: undefined,
  volatilities: undefined,
  bookFault: undefined,
  markFault: undefined,
  roundsFault: undefined,
  isReadingBook: false,
  isReadingRounds: false,
  blocksBehind: 0n,
  retry: vi.fn<() => void>(),
  readRounds: vi.fn<() => void>(),
  refresh: vi.fn<() => void>(),
};

function Section({ count, reading }: { readonly count: number; readonly reading?: Partial<AheadReading> }) {
  const [choice, setChoice] = useState<PositionChoice>({
    ...DEFAULT_CHOICE,
    set: "ahead",
    sort: DEFAULT_SORT.ahead,
  });
  const [{ report, book }] = useState(() => sizedBook(count));
  return (
    <ManagersSection
      report={report}
      choice={choice}
      onChoiceChange={setChoice}
      ahead={{ ...idle, book: known(book), ...reading }}
      hrefOf={(manager) => `#/${manager}`}
    />
  );
}

beforeEach(stubLayout);
afterEach(cleanup);

describe("the managers with what is ahead of them", () => {
  it("draws at most eighty of ten thousand rows, and the same few after a choice", async () => {
    render(<Section count={MANY} />);
    const table = await screen.findByRole("table", { name: "Managers, what is ahead" });
    expect(table.querySelectorAll("tr").length).toBeLessThanOrEqual(80);
    fireEvent.change(screen.getByLabelText("Search by address"), { target: { value: "42" } });
    expect(await screen.findByText(/of 10,000 managers shown/)).toBeDefined();
    expect(table.querySelectorAll("tr").length).toBeLessThanOrEqual(80);
  });

  it("names a limit that is none, and goes on without it", () => {
    render(<Section count={2} />);
    const field = screen.getByLabelText("Liquidatable within a fall of");
    fireEvent.change(field, { target: { value: "many" } });
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(screen.queryByText("No manager fits")).toBeNull();
    fireEvent.change(field, { target: { value: "39" } });
    expect(screen.getByText("No manager fits")).toBeDefined();
  });

  it("says how far the vault has moved on, and takes the figures anew", () => {
    const refresh = vi.fn<() => void>();
    render(<Section count={2} reading={{ blocksBehind: 3n, refresh }} />);
    expect(screen.getByText(/the vault is 3 blocks ahead/)).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Take anew" }));
    expect(refresh).toHaveBeenCalledOnce();
  });

  it("has a state for what is being read, what failed and what cannot be said", () => {
    const { rerender } = render(<Section count={2} reading={{ book: undefined }} />);
    expect(screen.getByText("Taking the positions apart")).toBeDefined();
    rerender(<Section count={2} reading={{ book: undefined, bookFault: "No endpoint answers." }} />);
    expect(screen.getByRole("alert").textContent).toContain("No endpoint answers.");
    rerender(<Section count={2} reading={{ book: { kind: "unknown", reason: "not-published" } }} />);
    expect(screen.getByText("Nothing ahead can be said")).toBeDefined();
  });
});

function Manager(props: Partial<ManagerAheadViewProps>) {
  const [choice, setChoice] = useState<PriceChoice>({ asset: undefined, fallPercent: 0 });
  const [{ report, book }] = useState(() => sizedBook(1));
  const [row] = aheadRowsOf({
    rows: positionRowsOf(report.snapshot),
    book,
    mark: undefined,
    volatilities: undefined,
  });
  return (
    <ManagerAheadView
      state={book.state}
      manager={FIRST}
      row={row}
      book={known(book)}
      fault={undefined}
      isReading={false}
      blocksBehind={0n}
      onRefresh={vi.fn<() => void>()}
      isReadingRounds={false}
      roundsFault={undefined}
      onReadRounds={vi.fn<() => void>()}
      choice={choice}
      onChoiceChange={setChoice}
      {...props}
    />
  );
}

describe("a manager ahead", () => {
  it("answers a price that is tried on it as the contracts would", () => {
    render(<Manager />);
    const then = () => screen.getByRole("region", { name: "The position at these prices" }).textContent;
    expect(then()).toContain("Can be liquidatednow NoNo");
    const field = screen.getByLabelText("Falls by, as a number");
    // Worth 50,000 + 50 × 1,200: exactly the threshold, and so not yet.
    fireEvent.change(field, { target: { value: "40" } });
    expect(then()).toContain("Can be liquidatednow NoNo");
    // 50,000 + 50 × 900 = 95,000 against 100,000: a liquidator pays 99 % of it.
    fireEvent.change(field, { target: { value: "55" } });
    expect(then()).toContain("Can be liquidatednow NoYes");
    expect(then()).toContain("94,050.00");
    expect(then()).toContain("5,950.00");
  });

  it("prints the falls beside it", () => {
    render(<Manager />);
    const list = screen.getByText("Liquidatable after a fall of").closest("div");
    expect(list === null ? "" : within(list).getByText("40.00%").textContent).toBe("40.00%");
  });
});

describe("the past of a manager", () => {
  const shared = {
    asset: { address: BASE, symbol: "USDC", decimals: 6 },
    mostBlocks: 160,
    feeds: 2,
    progress: undefined,
    fault: undefined,
    isReading: false,
  };

  it("says what reading costs, reads when asked and stops when asked", () => {
    const onRead = vi.fn<() => void>();
    const onStop = vi.fn<() => void>();
    const props = { ...shared, points: undefined, onRead, onStop };
    const { rerender } = render(<HealthHistoryView {...props} />);
    expect(screen.getByText(/up to 160 old blocks/).textContent).toContain("2 price feeds");
    fireEvent.click(screen.getByRole("button", { name: "Read its past" }));
    expect(onRead).toHaveBeenCalledOnce();
    rerender(<HealthHistoryView {...props} isReading progress={{ done: 3, total: 12 }} />);
    expect(screen.getByText(/3 of 12 blocks/)).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Stop" }));
    expect(onStop).toHaveBeenCalledOnce();
  });

  it("leaves a gap where nobody keeps the state, and counts it", () => {
    const block = (number: bigint) =>
      ({ number, hash: "0x01", timestampSeconds: 1_700_000_000n + number }) as const;
    const gone = { kind: "unknown", reason: "archive-unavailable" } as const;
    const points = [
      {
        block: block(1n),
        healthWad: gone,
        valueAssets: gone,
        trueDebtAssets: gone,
        thresholdWad: gone,
        badDebtLineWad: gone,
      },
      {
        block: block(9n),
        healthWad: known((13n * WAD) / 10n),
        valueAssets: known(130n * USDC),
        trueDebtAssets: known(100n * USDC),
        thresholdWad: known((11n * WAD) / 10n),
        badDebtLineWad: known(WAD),
      },
    ];
    const nothing = vi.fn<() => void>();
    render(<HealthHistoryView {...shared} points={points} onRead={nothing} onStop={nothing} />);
    expect(screen.getByText(/1 block is unknown: the endpoint keeps no state that old/)).toBeDefined();
  });
});
