import { describe, expect, it } from "vitest";
import { type FailureCode, failureOf, type TransactionStage } from "@/data/transaction/failure";
import { signingRequestOf } from "@/data/transaction/intent";
import { IDLE, type TransactionState } from "@/data/transaction/machine";
import { formatAddress } from "@/shared/format";
import { hashFrom, intentOf, receiptOf, reviewOf, sentOf } from "@/testing/transactions/builders";
import { addressFrom } from "@/testing/vault-builders";
import { failureWords, statusWord } from "./messages";
import { stepsOf } from "./steps";
import { toastsOf } from "./toasts";

const intent = intentOf();
const review = reviewOf(intent);
const sent = sentOf(signingRequestOf(intent), hashFrom(7));
const { hash } = sent;
const receipt = receiptOf(hash);

const STATES = {
  idle: IDLE,
  simulating: { kind: "simulating", intent, run: 1, review: undefined, because: undefined },
  ready: { kind: "ready", intent, run: 1, review, because: undefined },
  checking: { kind: "signing", intent, run: 1, review, step: "checking", voided: undefined },
  prompting: { kind: "signing", intent, run: 1, review, step: "prompting", voided: undefined },
  pending: { kind: "pending", intent, sent, hash, sighting: "in-mempool" },
  verifying: { kind: "verifying", intent, sent, hash, receipt },
  confirmed: { kind: "confirmed", intent, sent, hash, receipt, warnings: [], confirmations: 1n },
} as const satisfies Record<string, TransactionState>;

function failedAt(stage: TransactionStage, left: boolean, code: FailureCode = "reverted"): TransactionState {
  return {
    kind: "failed",
    intent,
    run: 1,
    stage,
    failure: failureOf(code),
    review,
    sent: left ? sent : undefined,
    hash: left ? hash : undefined,
    receipt: undefined,
  };
}

const statesOf = (state: TransactionState): string =>
  stepsOf(state)
    .map((step) => step.state)
    .join(" ");

describe("the steps of a transaction", () => {
  it.each([
    [STATES.idle, "busy todo todo todo"],
    [STATES.simulating, "busy todo todo todo"],
    [STATES.ready, "done current todo todo"],
    [STATES.checking, "busy todo todo todo"],
    [STATES.prompting, "done busy todo todo"],
    [STATES.pending, "done done busy todo"],
    [STATES.verifying, "done done done busy"],
    [STATES.confirmed, "done done done done"],
    [failedAt("validate", false), "failed todo todo todo"],
    [failedAt("simulate", false), "failed todo todo todo"],
    [failedAt("sign", false), "done failed todo todo"],
    [failedAt("sign", false, "user-rejected"), "done current todo todo"],
    [failedAt("mine", true), "done done failed todo"],
    [failedAt("verify", true), "done done done failed"],
  ])("are told from the state %#", (state, expected) => {
    expect(statesOf(state)).toBe(expected);
  });
});

describe("toasts", () => {
  const viewOf = (state: TransactionState, openId?: string) => ({
    transactions: [{ id: "a", key: "k", chainId: 1, state }],
    openId,
    isDurable: true,
  });

  const own = { hidden: new Map(), account: intent.account };

  it("go by themselves when all went well, and only then", () => {
    const expiring = Object.values(STATES).flatMap((state) =>
      toastsOf(viewOf(state), own).filter(({ expires }) => expires),
    );
    expect(expiring.map(({ line }) => line)).toEqual([statusWord(STATES.confirmed)]);
    const warned: TransactionState = { ...STATES.confirmed, warnings: ["No event shows the effect."] };
    for (const state of [warned, failedAt("mine", true)]) {
      expect(toastsOf(viewOf(state), own)).toMatchObject([{ expires: false }]);
    }
  });

  it("do not bring another account's good news, and name that account in all other news", () => {
    const other = { ...own, account: addressFrom(77) };
    expect(toastsOf(viewOf(STATES.confirmed), other)).toEqual([]);
    expect(toastsOf(viewOf(STATES.confirmed), { ...own, account: undefined })).toHaveLength(1);
    const [pending] = toastsOf(viewOf(STATES.pending), other);
    expect(pending?.line).toContain(`From ${formatAddress(intent.account)}`);
    expect(toastsOf(viewOf(failedAt("mine", true)), other)).toHaveLength(1);
  });

  it("stand for what has left or is at the wallet, and for nothing that is only reviewed", () => {
    const shown = Object.entries(STATES).filter(([, state]) => toastsOf(viewOf(state), own).length > 0);
    expect(shown.map(([name]) => name)).toEqual([
      "checking",
      "prompting",
      "pending",
      "verifying",
      "confirmed",
    ]);
  });

  it("keep one identity from sending to confirmation", () => {
    const [before] = toastsOf(viewOf(STATES.pending), own);
    const [after] = toastsOf(viewOf(STATES.confirmed), own);
    expect(before).toMatchObject({ id: "a", state: "busy", hash });
    expect(after).toMatchObject({ id: "a", state: "done", hash });
  });

  it("stay away while the review says the same, and after being put away until there is news", () => {
    expect(toastsOf(viewOf(STATES.pending, "a"), own)).toEqual([]);
    const hidden = { ...own, hidden: new Map([["a", "pending" as const]]) };
    expect(toastsOf(viewOf(STATES.pending), hidden)).toEqual([]);
    expect(toastsOf(viewOf(STATES.confirmed), hidden)).toHaveLength(1);
  });
});

describe("words for failures", () => {
  it("never blame the contract for a person's no", () => {
    expect(failureWords(failureOf("user-rejected"), "sign")).toMatchObject({ isCalm: true });
  });

  it("show an unknown reason by its selector", () => {
    const revert = { selector: "0x12345678", name: undefined, args: [], data: "0x12345678" } as const;
    expect(failureWords(failureOf("reverted", { revert }), "simulate").cause).toContain("0x12345678");
    expect(failureWords(failureOf("reverted"), "simulate").cause).toBe("It gave no reason.");
  });

  it("say that a transaction was sent once it was", () => {
    const codes: readonly FailureCode[] = ["rpc-unavailable", "rate-limited", "bad-answer"];
    for (const code of codes) {
      expect(failureWords(failureOf(code), "simulate").whatToDo).toContain("Nothing was sent");
      expect(failureWords(failureOf(code), "mine").whatToDo).toContain("It was sent");
    }
  });

  it("are one line in a toast", () => {
    expect(statusWord(failedAt("mine", true))).toBe("Included, and refused by the contract");
    expect(statusWord(STATES.prompting)).toBe("Look at your wallet");
  });
});
