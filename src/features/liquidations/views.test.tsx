// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { stubLayout } from "@/testing/layout";
import { addressFrom, managerOf, snapshotOf, stateOf, USDC } from "@/testing/vault-builders";
import { candidatesOf } from "./candidates";
import { CandidatesView } from "./candidates-view";
import { ApproveStep, type ApproveStepProps } from "./components/approve-step";
import { PastView } from "./past-panel";

beforeEach(stubLayout);
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const { asset } = stateOf();
const manager = addressFrom(3);
const { open } = candidatesOf(
  snapshotOf([
    managerOf({
      manager,
      value: 95_000n,
      debt: 100_000n,
      quote: { canLiquidate: true, minPaymentAssets: 94_050n * USDC },
    }),
  ]),
);

function renderCandidates(change: Partial<Parameters<typeof CandidatesView>[0]> = {}) {
  const onChoose = vi.fn<(manager: string) => void>();
  render(
    <CandidatesView
      rows={open}
      asset={asset}
      block="100"
      chosen={undefined}
      managerHref={(address) => `#/positions/${address}`}
      onChoose={onChoose}
      isComplete
      {...change}
    />,
  );
  return onChoose;
}

describe("CandidatesView", () => {
  it("gives every figure under its header, for whoever reads the table by role", () => {
    renderCandidates();
    const table = screen.getByRole("table", { name: /can be liquidated at block 100, amounts in USDC/ });
    const headers = within(table)
      .getAllByRole("columnheader")
      .map(({ textContent }) => textContent);
    const cells = within(within(table).getAllByRole("row")[1] ?? table).getAllByRole("cell");
    const payment = cells[headers.indexOf("Payment asked") - 1];
    expect(payment?.textContent).toContain("94,050.00");
  });

  it("chooses a manager by a button that names it", () => {
    const onChoose = renderCandidates();
    fireEvent.click(screen.getByRole("button", { name: `Liquidate ${manager}` }));
    expect(onChoose).toHaveBeenCalledWith(manager);
  });

  it("says that nobody can be liquidated only when every manager was read", () => {
    renderCandidates({ rows: [] });
    expect(screen.getByText("Nobody can be liquidated at block 100")).toBeDefined();
    cleanup();
    renderCandidates({ rows: [], isComplete: false });
    expect(screen.queryByText("Nobody can be liquidated at block 100")).toBeNull();
    expect(screen.getByText(/Not every manager could be read/)).toBeDefined();
  });
});

describe("PastView", () => {
  it("says how far back it looked when there is nothing", () => {
    render(<PastView rows={[]} symbol="USDC" managerHref={String} fromBlock="1,204" isComplete={false} />);
    expect(screen.getByText("No liquidations found since block 1,204")).toBeDefined();
    expect(screen.getByText(/does not reach back/)).toBeDefined();
  });
});

function renderApprove(change: Partial<ApproveStepProps> = {}) {
  const onApprove = vi.fn<ApproveStepProps["onApprove"]>();
  render(
    <ApproveStep
      asset={asset}
      maxPaymentAssets={100_001n * USDC}
      allowanceAssets={0n}
      text={undefined}
      isBusy={false}
      disabledReason={undefined}
      onText={vi.fn<ApproveStepProps["onText"]>()}
      onApprove={onApprove}
      {...change}
    />,
  );
  return onApprove;
}

describe("ApproveStep", () => {
  it("approves the largest payment, exactly", () => {
    const onApprove = renderApprove();
    fireEvent.click(screen.getByRole("button", { name: "Approve 100,001.00 USDC" }));
    expect(onApprove).toHaveBeenCalledWith(100_001n * USDC);
  });

  it("refuses less than the executor may need, and says how much that is", () => {
    renderApprove({ text: "5" });
    expect(screen.getByRole("button", { name: "Approve" }).hasAttribute("disabled")).toBe(true);
    expect(screen.getAllByText(/may need 100,001 USDC/).length).toBeGreaterThan(0);
  });

  it("offers to take back what is allowed, and only then", () => {
    renderApprove();
    expect(screen.queryByRole("button", { name: "Take the allowance back" })).toBeNull();
    cleanup();
    const onApprove = renderApprove({ allowanceAssets: 3n });
    fireEvent.click(screen.getByRole("button", { name: "Take the allowance back" }));
    expect(onApprove).toHaveBeenCalledWith(0n);
  });

  it("is off for a reason in words", () => {
    renderApprove({ disabledReason: "Connect a wallet first." });
    expect(screen.getByText("Connect a wallet first.")).toBeDefined();
  });
});
