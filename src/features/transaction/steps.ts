import type { TransactionStage } from "@/data/transaction/failure";
import type { TransactionState } from "@/data/transaction/machine";
import type { Step, StepState } from "@/ui/forms/stepper";
import { failureWords } from "./messages";

type StepId = "check" | "sign" | "mine" | "verify";

const TITLES: readonly (readonly [StepId, string])[] = [
  ["check", "Check and simulate"],
  ["sign", "Sign in the wallet"],
  ["mine", "Included in a block"],
  ["verify", "Effect read back"],
];

const STEP_OF_STAGE: Readonly<Record<TransactionStage, StepId>> = {
  validate: "check",
  simulate: "check",
  sign: "sign",
  mine: "mine",
  verify: "verify",
};

/** Where a transaction stands, as four steps. */
export function stepsOf(state: TransactionState): readonly Step[] {
  const { at, as } = positionOf(state);
  const current = TITLES.findIndex(([id]) => id === at);
  return TITLES.map(([id, title], index) => ({
    id,
    title,
    state: index < current ? "done" : index === current ? as : "todo",
  }));
}

function positionOf(state: TransactionState): { readonly at: StepId; readonly as: StepState } {
  switch (state.kind) {
    case "idle":
    case "simulating":
      return { at: "check", as: "busy" };
    case "ready":
      return { at: "sign", as: "current" };
    case "signing":
      return state.step === "checking" ? { at: "check", as: "busy" } : { at: "sign", as: "busy" };
    case "pending":
      return { at: "mine", as: "busy" };
    case "verifying":
      return { at: "verify", as: "busy" };
    case "confirmed":
      return { at: "verify", as: "done" };
    case "failed":
      // Somebody's no, or a wallet that is elsewhere, is no failure: the step is simply still to do.
      return {
        at: STEP_OF_STAGE[state.stage],
        as: failureWords(state.failure, state.stage).isCalm ? "current" : "failed",
      };
  }
}
