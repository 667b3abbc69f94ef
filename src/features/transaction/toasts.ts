import type { CentreView, TransactionView } from "@/data/transaction/centre";
import { hashOf, type TransactionState } from "@/data/transaction/machine";
import type { Toast } from "@/ui/forms/toast-region";
import { statusWord } from "./messages";

export interface ToastModel {
  readonly id: string;
  readonly state: Toast["state"];
  readonly title: string;
  readonly line: string;
  readonly hash: string | undefined;
}

/**
 * One toast for each transaction that has left or is at the wallet, unless its review is open: that one says the same.
 * `hidden` holds the states in which a toast was put away; it comes back when something new is to be said.
 */
export function toastsOf(
  view: CentreView,
  hidden: ReadonlyMap<string, TransactionState["kind"]>,
): readonly ToastModel[] {
  return view.transactions
    .filter((one) => one.id !== view.openId && hidden.get(one.id) !== one.state.kind && hasLeft(one))
    .map((one) => ({
      id: one.id,
      state: lookOf(one.state),
      title: one.state.kind === "idle" ? "" : one.state.intent.title,
      line: statusWord(one.state),
      hash: hashOf(one.state),
    }));
}

function hasLeft({ state }: TransactionView): boolean {
  return state.kind === "signing" || hashOf(state) !== undefined;
}

function lookOf(state: TransactionState): Toast["state"] {
  switch (state.kind) {
    case "confirmed":
      return state.warnings.length > 0 ? "info" : "done";
    case "failed":
      return "failed";
    case "idle":
    case "simulating":
    case "ready":
    case "signing":
    case "pending":
    case "verifying":
      return "busy";
  }
}
