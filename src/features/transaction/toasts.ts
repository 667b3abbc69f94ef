import type { CentreView, TransactionView } from "@/data/transaction/centre";
import { hashOf, intentOf, type TransactionState } from "@/data/transaction/machine";
import type { Address } from "@/domain/model";
import { formatAddress } from "@/shared/format";
import type { Toast } from "@/ui/forms/toast-region";
import { statusWord } from "./messages";

export interface ToastModel {
  readonly id: string;
  readonly state: Toast["state"];
  readonly title: string;
  readonly line: string;
  readonly hash: string | undefined;
  /** Good news that need no answer. */
  readonly expires: boolean;
}

export interface ToastContext {
  /** The states in which a toast was put away; it comes back when something new is to be said. */
  readonly hidden: ReadonlyMap<string, TransactionState["kind"]>;
  /** Who is connected; undefined while nobody is. */
  readonly account: Address | undefined;
}

/**
 * One toast for each transaction that has left or is at the wallet, unless its review is open: that one says the same.
 * What went well for another account than the connected one is not shown; what did not, or is still under way, is
 * shown with that account's name.
 */
export function toastsOf(view: CentreView, { hidden, account }: ToastContext): readonly ToastModel[] {
  return view.transactions
    .filter((one) => one.id !== view.openId && hidden.get(one.id) !== one.state.kind && hasLeft(one))
    .flatMap(({ id, state }): readonly ToastModel[] => {
      const intent = intentOf(state);
      const look = lookOf(state);
      const isOthers = account !== undefined && intent !== undefined && intent.account !== account;
      if (isOthers && look === "done") return [];
      const by = isOthers ? ` From ${formatAddress(intent.account)}.` : "";
      return [
        {
          id,
          state: look,
          title: intent?.title ?? "",
          line: `${statusWord(state)}${by === "" ? "" : `.${by}`}`,
          hash: hashOf(state),
          expires: look === "done",
        },
      ];
    });
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
