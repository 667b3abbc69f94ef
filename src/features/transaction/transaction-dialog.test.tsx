// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { callWordsOf } from "@/data/transaction/call-words";
import { failureOf } from "@/data/transaction/failure";
import { signingRequestOf } from "@/data/transaction/intent";
import type { TransactionState } from "@/data/transaction/machine";
import { installDialog } from "@/testing/dialog";
import { APPROVE, hashFrom, intentOf, reviewOf, sentOf, TARGET } from "@/testing/transactions/builders";
import { CallWordsView } from "./call-words-view";
import { TransactionDialog, type TransactionDialogProps } from "./transaction-dialog";

const intent = intentOf();
const review = reviewOf(intent);
const sent = sentOf(signingRequestOf(intent), hashFrom(7));

beforeAll(installDialog);
afterEach(cleanup);

function show(state: TransactionState, change: Partial<TransactionDialogProps> = {}) {
  const onSign = vi.fn<TransactionDialogProps["onSign"]>();
  const shown = state.kind === "idle" ? intent : state.intent;
  const props: TransactionDialogProps = {
    transaction: { id: "a", key: "k", chainId: intent.chainId, state },
    chainName: "Devnet",
    nativeSymbol: "ETH",
    words: <CallWordsView words={callWordsOf(shown)} asset={shown.asset} nameOf={() => undefined} />,
    walletCure: null,
    hrefOf: () => undefined,
    isDurable: true,
    onClose: () => undefined,
    onSign,
    onRetry: () => undefined,
    onWatchAgain: () => undefined,
    ...change,
  };
  return { onSign, ...render(<TransactionDialog {...props} />) };
}

const ready = (change: Parameters<typeof reviewOf>[1] = {}): TransactionState => ({
  kind: "ready",
  intent,
  run: 1,
  review: { ...review, ...change },
  because: undefined,
});

describe("the review of a transaction", () => {
  it("shows the effect, the decoded call with its exact amount, the block and the bytes", () => {
    show(ready());
    expect(screen.getByText("The executor may take up to 5 USDC.")).toBeTruthy();
    const call = screen.getByRole("region", { name: "Decoded call", hidden: true });
    expect(within(call).getByText("approve")).toBeTruthy();
    expect(within(call).getByText("5 USDC")).toBeTruthy();
    expect(within(call).getByText("5000000")).toBeTruthy();
    expect(screen.getByText(APPROVE)).toBeTruthy();
    expect(screen.getByText(review.callDataHash)).toBeTruthy();
  });

  it("signs at one press when there is nothing to accept", () => {
    const { onSign } = show(ready());
    fireEvent.click(screen.getByText("Sign in wallet"));
    expect(onSign).toHaveBeenCalledExactlyOnceWith({ caveatsAccepted: false });
  });

  it("does not sign what was not simulated until the words are typed", () => {
    const { onSign } = show(
      ready({ caveats: ["not-simulated"], simulation: { kind: "not-simulated", reason: "no" } }),
    );
    expect(screen.getByText("Not simulated")).toBeTruthy();
    fireEvent.click(screen.getByText("Sign in wallet"));
    expect(onSign).not.toHaveBeenCalled();
    fireEvent.change(screen.getByLabelText(/Type/), { target: { value: " Sign anyway " } });
    fireEvent.click(screen.getByText("Sign in wallet"));
    expect(onSign).toHaveBeenCalledExactlyOnceWith({ caveatsAccepted: true });
  });

  it("gives a call that it cannot read no friendly name", () => {
    const strange = intentOf({ call: { to: TARGET, data: "0xdeadbeef", value: 0n } });
    show({ kind: "ready", intent: strange, run: 1, review: reviewOf(strange), because: undefined });
    expect(screen.getByText("This call cannot be read")).toBeTruthy();
    expect(screen.getByText(/0xdeadbeef is not one that this build knows/)).toBeTruthy();
  });

  it("keeps the hash in sight whatever happens after it is known", () => {
    const common = { intent, sent, hash: sent.hash };
    const states: readonly TransactionState[] = [
      { kind: "pending", ...common, sighting: "not-seen" },
      {
        kind: "failed",
        ...common,
        run: 0,
        stage: "mine",
        failure: failureOf("dropped"),
        review: undefined,
        receipt: undefined,
      },
    ];
    for (const state of states) {
      const { unmount } = show(state);
      expect(screen.getAllByText(sent.hash).length).toBeGreaterThan(0);
      unmount();
    }
  });

  it("offers to look again for a dropped transaction and to review again after a rejection", () => {
    const failed = (failure: Parameters<typeof failureOf>[0], left: boolean): TransactionState => ({
      kind: "failed",
      intent,
      run: 1,
      stage: left ? "mine" : "sign",
      failure: failureOf(failure),
      review,
      sent: left ? sent : undefined,
      hash: left ? sent.hash : undefined,
      receipt: undefined,
    });
    const { unmount } = show(failed("dropped", true));
    expect(screen.getByText("Look again")).toBeTruthy();
    expect(screen.queryByText("Review again")).toBeNull();
    unmount();
    show(failed("user-rejected", false));
    expect(screen.getByText("Review again")).toBeTruthy();
    // Calm: nothing is announced as an alarm.
    expect(screen.queryByRole("alert", { hidden: true })).toBeNull();
  });

  it("says when the browser will not remember a sent transaction", () => {
    show({ kind: "pending", intent, sent, hash: sent.hash, sighting: "in-mempool" }, { isDurable: false });
    expect(screen.getByText(/not after a reload/)).toBeTruthy();
  });
});
