// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { NO_PREDECESSOR } from "@/data/operator/timelock-intents";
import { IDLE } from "@/data/transaction/machine";
import { completeSnapshotOf } from "@/domain/complete";
import { stubLayout } from "@/testing/layout";
import { addressFrom, managerOf, snapshotOf, strategyOf, USDC } from "@/testing/vault-builders";
import { EffectView } from "./components/effect-view";
import { OwnerView } from "./components/owner-view";
import { HistoryView } from "./history-panel";
import { proposalOf } from "./proposal";
import { ProposalFormView } from "./proposal-view";
import { scheduleOf } from "./schedule";
import type { ProposalState } from "./use-proposal";

beforeEach(stubLayout);
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const strategy = strategyOf();
const completeness = completeSnapshotOf(
  snapshotOf([
    managerOf({
      manager: addressFrom(1),
      value: 112_000n,
      debt: 100_000n,
      quote: { canLiquidate: false, minPaymentAssets: 100_000n * USDC },
    }),
  ]),
);

function stateOf(text: string, change: Partial<ProposalState> = {}): ProposalState {
  const form = { parameter: "minBondRatio" as const, text };
  const queueForm = { delayText: undefined, saltText: `0x${"11".repeat(32)}`, predecessor: NO_PREDECESSOR };
  return {
    form,
    proposal: proposalOf({ form, strategy, completeness }),
    schedule: scheduleOf({ form: queueForm, call: undefined, minDelaySeconds: 172_800n, queue: [] }),
    queueForm,
    flow: { state: IDLE, isUnderWay: false, begin: vi.fn<ProposalState["flow"]["begin"]>() },
    isScheduled: false,
    needsOverride: false,
    overrideKey: text,
    refusal: undefined,
    safeText: "",
    setSafeText: vi.fn<ProposalState["setSafeText"]>(),
    safeProblem: undefined,
    exportRefusal: undefined,
    changeForm: vi.fn<ProposalState["changeForm"]>(),
    changeQueue: vi.fn<ProposalState["changeQueue"]>(),
    newSalt: vi.fn<ProposalState["newSalt"]>(),
    setOverridden: vi.fn<ProposalState["setOverridden"]>(),
    reset: vi.fn<ProposalState["reset"]>(),
    begin: vi.fn<ProposalState["begin"]>(),
    batchText: () => "{}",
    ...change,
  };
}

function renderForm(state: ProposalState): void {
  render(<ProposalFormView proposal={state} strategy={strategy} noPredecessor={NO_PREDECESSOR} />);
}

describe("ProposalFormView", () => {
  it("ties the problem to the field, for whoever does not see it", () => {
    renderForm(stateOf("30"));
    const field = screen.getByLabelText("New minimum bond ratio");
    expect(field.getAttribute("aria-invalid")).toBe("true");
    const note = document.getElementById(field.getAttribute("aria-describedby") ?? "");
    expect(note?.textContent).toContain("Enter 15% to 25%");
  });

  it("begins on Enter, and not while something stands against it", () => {
    const allowed = stateOf("22");
    renderForm(allowed);
    fireEvent.submit(screen.getByLabelText("New minimum bond ratio"));
    expect(allowed.begin).toHaveBeenCalledOnce();
    cleanup();
    const refused = stateOf("22", { refusal: "Connect a wallet first." });
    renderForm(refused);
    fireEvent.submit(screen.getByLabelText("New minimum bond ratio"));
    expect(refused.begin).not.toHaveBeenCalled();
    expect(screen.getByText("Connect a wallet first.")).toBeDefined();
  });

  it("lets a refused change through only against the typed word", () => {
    const state = stateOf("25", { needsOverride: true });
    renderForm(state);
    expect(screen.getByText("Refused by default")).toBeDefined();
    const field = screen.getByLabelText("Type “override” to propose it all the same");
    fireEvent.change(field, { target: { value: "overrid" } });
    expect(state.setOverridden).toHaveBeenLastCalledWith(false);
    fireEvent.change(field, { target: { value: "Override" } });
    expect(state.setOverridden).toHaveBeenLastCalledWith(true);
  });

  it("says where a scheduled change went, and begins anew on request", () => {
    const state = stateOf("22", { isScheduled: true });
    renderForm(state);
    fireEvent.click(screen.getByRole("button", { name: "Propose another" }));
    expect(state.reset).toHaveBeenCalledOnce();
  });
});

describe("EffectView", () => {
  it("lists by address who would become liquidatable, before anybody signs", () => {
    const { effect } = stateOf("25").proposal;
    if (effect === undefined) throw new Error("no effect");
    render(<EffectView effect={effect} managerHref={(manager) => `#/positions/${manager}`} />);
    const table = screen.getByRole("table", { name: "Would become liquidatable" });
    expect(within(table).getByRole("link").getAttribute("href")).toBe(`#/positions/${addressFrom(1)}`);
    const before = within(screen.getByRole("table", { name: "Before and after the change" }));
    expect(before.getByRole("row", { name: /Liquidation threshold T 1\.100 1\.150/ })).toBeDefined();
  });
});

describe("OwnerView", () => {
  it("says what the reader's account may do", () => {
    const control = {
      kind: "timelock",
      timelock: addressFrom(901),
      minDelaySeconds: 172_800n,
      noticeSeconds: 172_800n,
      openExecution: true,
      roles: { proposer: false, executor: true, canceller: false },
    } as const;
    render(<OwnerView control={control} account={addressFrom(30)} />);
    expect(screen.getByText("anybody")).toBeDefined();
    expect(screen.getByText("execute")).toBeDefined();
    expect(screen.queryByText("propose")).toBeNull();
    cleanup();
    render(<OwnerView control={{ ...control, roles: undefined }} account={undefined} />);
    expect(screen.getByText("no wallet is connected")).toBeDefined();
  });
});

describe("HistoryView", () => {
  it("says since when nothing was changed", () => {
    render(<HistoryView rows={[]} fromBlock="3" isMutable={false} />);
    expect(screen.getByText("No change found since block 3")).toBeDefined();
    expect(screen.getByText("This strategy can never change.")).toBeDefined();
  });
});
