// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { stubLayout } from "@/testing/layout";
import { depositAt, reportOf } from "@/testing/report-builders";
import { addressFrom, historyOf, logAt, managerOf, USDC, usd } from "@/testing/vault-builders";
import { ManagerView, type ManagerViewProps, type PartsState } from "./manager-view";

const MANAGER = addressFrom(1);

const READY: PartsState = {
  kind: "ready",
  parts: {
    bondValueUsdWad: usd(20_000n),
    workingCapitalValueUsdWad: 0n,
    wrappers: [
      {
        wrapper: addressFrom(70),
        underlying: addressFrom(71),
        symbol: "WETH",
        decimals: 18,
        positions: [{ positionId: "0x00", balance: 25n * 10n ** 18n, valueUsdWad: usd(75_000n) }],
      },
    ],
  },
};

const REPORT = reportOf({
  managers: [
    managerOf({
      manager: MANAGER,
      value: 95_000n,
      debt: 100_000n,
      bondAssets: 20_000n * USDC,
      quote: { canLiquidate: true, minPaymentAssets: 94_050n * USDC },
    }),
  ],
  unreadManagers: [addressFrom(2)],
  history: historyOf([
    ...depositAt(1n, addressFrom(400), 10_000_000n),
    { ...logAt(3n), kind: "borrowed", manager: MANAGER, assets: 100_000n * USDC },
  ]),
});

function show(change: Partial<ManagerViewProps> = {}): void {
  render(
    <ManagerView
      report={REPORT}
      manager={MANAGER}
      parts={READY}
      onRetryParts={vi.fn<() => void>()}
      isRetryingParts={false}
      positionsHref="#/positions"
      liquidateHref="#/liquidate"
      txHrefOf={(hash) => `https://explorer.test/tx/${hash}`}
      {...change}
    />,
  );
}

beforeEach(stubLayout);
afterEach(cleanup);

describe("a manager's page", () => {
  it("leads to the liquidation of what can be liquidated", () => {
    show();
    expect(screen.getByRole("link", { name: "Liquidate" }).getAttribute("href")).toBe("#/liquidate");
    expect(screen.getByText("Worth less than it owes.")).toBeDefined();
  });

  it("offers no liquidation of a healthy position", () => {
    const managers = [
      managerOf({
        manager: MANAGER,
        value: 150_000n,
        debt: 100_000n,
        quote: { canLiquidate: false, minPaymentAssets: 0n },
      }),
    ];
    show({ report: reportOf({ managers }) });
    expect(screen.queryByRole("link", { name: "Liquidate" })).toBeNull();
  });

  it("shows what the position is made of, in the base asset", () => {
    show();
    const row = within(screen.getByRole("table", { name: "Composition of the position" })).getByRole("row", {
      name: /WETH/,
    });
    expect(row.textContent).toContain("25");
    expect(row.textContent).toContain("75,000.00");
    expect(row.textContent).toContain("78.9%");
  });

  it("keeps its figures while the composition is read, and says why when it cannot be", () => {
    show({ parts: { kind: "loading" } });
    expect(screen.getByText("Reading the composition")).toBeDefined();
    cleanup();
    show({ parts: { kind: "failed", cause: "No endpoint of this chain answers." } });
    expect(screen.getByRole("alert").textContent).toContain("No endpoint of this chain answers.");
    expect(screen.getByRole("figure", { name: "Health ratio" }).textContent).toContain("0.950");
  });

  it("asks for the composition again when told to", () => {
    const onRetryParts = vi.fn<() => void>();
    show({ parts: { kind: "failed", cause: "No endpoint of this chain answers." }, onRetryParts });
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(onRetryParts).toHaveBeenCalledOnce();
  });

  it("lists what the manager did, with its transactions", () => {
    show();
    const history = screen.getByRole("table", { name: "History of this manager" });
    expect(within(history).getByText("Borrowed")).toBeDefined();
    expect(within(history).getByRole("link").getAttribute("href")).toMatch(
      /^https:\/\/explorer\.test\/tx\/0x/,
    );
  });

  it("shows no health of a manager that owes nothing, but what it holds and did", () => {
    const managers = [managerOf({ manager: MANAGER, value: 20_000n, debt: 0n, bondAssets: 20_000n * USDC })];
    show({ report: reportOf({ managers, history: REPORT.history }) });
    expect(screen.getByText("Owes nothing now")).toBeDefined();
    expect(screen.queryByRole("figure", { name: "Health ratio" })).toBeNull();
    expect(screen.queryByText("unknown")).toBeNull();
    expect(
      within(screen.getByRole("table", { name: "History of this manager" })).getByText("Borrowed"),
    ).toBeDefined();
  });

  it("says that an address never was a manager, and leads back", () => {
    show({ manager: addressFrom(99) });
    expect(screen.getByText("Not a manager of this vault")).toBeDefined();
    expect(screen.getByRole("link", { name: /All managers/ }).getAttribute("href")).toBe("#/positions");
  });

  it("says that a manager did not answer, and shows no zero for it", () => {
    show({ manager: addressFrom(2) });
    expect(screen.getByText(/could not be read at this block/)).toBeDefined();
    expect(screen.queryByRole("figure", { name: "Health ratio" })).toBeNull();
  });
});
