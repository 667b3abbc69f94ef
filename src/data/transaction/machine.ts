import type { Address, Hex } from "@/domain/model";
import type { TransactionFailure, TransactionStage } from "./failure";
import type { SigningRequest, TransactionIntent, TransactionReview } from "./intent";

/** Why a review was thrown away and made anew. */
export type RebuildReason =
  | "arguments-changed"
  | "account-changed"
  | "chain-changed"
  | "wallet-changed"
  | "disconnected";

/** What the network last said of a transaction that is not yet included. */
export type Sighting =
  /** Nobody asked yet. */
  | "unasked"
  /** Known to the endpoint, waiting for a block. */
  | "in-mempool"
  /** The endpoint does not know it (yet, or any more). */
  | "not-seen";

export interface ReceiptLog {
  readonly address: Address;
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

/** What inclusion says of a transaction. */
export interface Receipt {
  readonly hash: Hex;
  readonly blockNumber: bigint;
  readonly blockHash: Hex;
  readonly succeeded: boolean;
  readonly gasUsed: bigint;
  readonly logs: readonly ReceiptLog[];
}

/** A transaction that has left: its hash, and what is known of its place in the account's order. */
export interface SentTransaction {
  readonly request: SigningRequest;
  readonly hash: Hex;
  /** The account's transaction count; undefined until the transaction was seen. */
  readonly nonce: bigint | undefined;
  /** Hashes that stood in this place before it was sped up. */
  readonly replaced: readonly Hex[];
}

/** `run` numbers the preparations of one flow and only ever grows: late answers of older ones are told apart by it. */
export type TransactionState =
  | { readonly kind: "idle"; readonly run: number }
  | {
      readonly kind: "simulating";
      readonly intent: TransactionIntent;
      readonly run: number;
      /** The last review, for a screen that does not jump; never signable. */
      readonly review: TransactionReview | undefined;
      readonly because: RebuildReason | undefined;
    }
  | {
      readonly kind: "ready";
      readonly intent: TransactionIntent;
      readonly run: number;
      readonly review: TransactionReview;
      readonly because: RebuildReason | undefined;
    }
  | {
      readonly kind: "signing";
      readonly intent: TransactionIntent;
      readonly run: number;
      readonly review: TransactionReview;
      /** Everything is checked once more before the wallet opens. */
      readonly step: "checking" | "prompting";
      /** The account or chain changed under an open prompt: whatever comes back is judged, nothing is built on. */
      readonly voided: { readonly because: RebuildReason; readonly intent: TransactionIntent } | undefined;
    }
  | {
      readonly kind: "pending";
      readonly intent: TransactionIntent;
      readonly sent: SentTransaction;
      readonly hash: Hex;
      readonly sighting: Sighting;
    }
  | {
      readonly kind: "verifying";
      readonly intent: TransactionIntent;
      readonly sent: SentTransaction;
      readonly hash: Hex;
      readonly receipt: Receipt;
    }
  | {
      readonly kind: "confirmed";
      readonly intent: TransactionIntent;
      readonly sent: SentTransaction;
      readonly hash: Hex;
      readonly receipt: Receipt;
      /** What was expected and not found although the transaction succeeded. */
      readonly warnings: readonly string[];
      readonly confirmations: bigint;
    }
  | {
      readonly kind: "failed";
      readonly intent: TransactionIntent;
      readonly run: number;
      readonly stage: TransactionStage;
      readonly failure: TransactionFailure;
      readonly review: TransactionReview | undefined;
      readonly sent: SentTransaction | undefined;
      readonly hash: Hex | undefined;
      readonly receipt: Receipt | undefined;
    };

export type TransactionEvent =
  | { readonly kind: "start"; readonly intent: TransactionIntent }
  /** Arguments, account, chain or wallet changed; `intent` is built for what holds now. */
  | { readonly kind: "void"; readonly because: RebuildReason; readonly intent: TransactionIntent }
  | { readonly kind: "simulated"; readonly run: number; readonly review: TransactionReview }
  | { readonly kind: "sign"; readonly caveatsAccepted: boolean }
  | { readonly kind: "rechecked"; readonly run: number; readonly review: TransactionReview }
  | { readonly kind: "sent"; readonly sent: SentTransaction }
  | { readonly kind: "sighted"; readonly sighting: Sighting; readonly nonce: bigint | undefined }
  /** The same call in the same place under another hash. */
  | { readonly kind: "sped-up"; readonly hash: Hex }
  | { readonly kind: "mined"; readonly receipt: Receipt }
  | { readonly kind: "verified"; readonly warnings: readonly string[] }
  | { readonly kind: "buried"; readonly confirmations: bigint }
  /** The block that held the transaction is no longer part of the chain. */
  | { readonly kind: "reorged" }
  /** `run` belongs to the work that failed; work of an older run is ignored. */
  | {
      readonly kind: "fail";
      readonly stage: TransactionStage;
      readonly failure: TransactionFailure;
      readonly run?: number | undefined;
      /** Of a transaction that was included and reverted. */
      readonly receipt?: Receipt | undefined;
    }
  | { readonly kind: "resume"; readonly intent: TransactionIntent; readonly sent: SentTransaction }
  /** Look again for a transaction that was given up as dropped or could not be followed. */
  | { readonly kind: "watch-again" }
  | { readonly kind: "reset" };

export const IDLE: TransactionState = { kind: "idle", run: 0 };

/** The hash of a state, if its transaction has left. */
export function hashOf(state: TransactionState): Hex | undefined {
  return "hash" in state ? state.hash : undefined;
}

/** The number of the preparation that a state belongs to; undefined where nothing is being prepared. */
export function runOf(state: TransactionState): number | undefined {
  return "run" in state ? state.run : undefined;
}

/** The intent of a state; undefined only when idle. */
export function intentOf(state: TransactionState): TransactionIntent | undefined {
  return state.kind === "idle" ? undefined : state.intent;
}

/** Failures after which the same transaction may yet be included, so that looking again makes sense. */
const MAY_STILL_LAND = new Set<TransactionFailure["code"]>([
  "dropped",
  "rpc-unavailable",
  "rate-limited",
  "bad-answer",
  "archive-unavailable",
  "wrong-chain",
  "aborted",
  "unexpected",
]);

/** Whether `watch-again` would do something. */
export function canWatchAgain(state: TransactionState): boolean {
  return (
    state.kind === "failed" &&
    state.sent !== undefined &&
    (state.stage === "mine" || state.stage === "verify") &&
    MAY_STILL_LAND.has(state.failure.code)
  );
}

const STAGES_OF: Readonly<Partial<Record<TransactionState["kind"], readonly TransactionStage[]>>> = {
  simulating: ["validate", "simulate"],
  ready: ["validate", "simulate"],
  signing: ["validate", "simulate", "sign"],
  pending: ["mine"],
  verifying: ["verify"],
};

/**
 * One step of a transaction's life. Pure; an event that does not fit the state changes nothing (the same object
 * comes back), so late answers of overtaken work fall flat. No event leads from a state with a hash to one without.
 */
export function reduce(state: TransactionState, event: TransactionEvent): TransactionState {
  switch (event.kind) {
    case "start":
      return onStart(state, event.intent);
    case "void":
      return onVoid(state, event);
    case "simulated":
      if ((state.kind !== "simulating" && state.kind !== "ready") || event.run !== state.run) return state;
      return { ...state, kind: "ready", review: event.review };
    case "sign":
      return onSign(state, event.caveatsAccepted);
    case "rechecked":
      return onRechecked(state, event);
    case "sent":
      if (state.kind !== "signing" || state.step !== "prompting") return state;
      return toPending(state.intent, event.sent);
    case "sighted":
      return onSighted(state, event);
    case "sped-up":
      return onSpedUp(state, event.hash);
    case "mined":
      if (state.kind !== "pending") return state;
      return {
        kind: "verifying",
        intent: state.intent,
        sent: state.sent,
        hash: state.hash,
        receipt: event.receipt,
      };
    case "verified":
      if (state.kind !== "verifying") return state;
      return { ...state, kind: "confirmed", warnings: event.warnings, confirmations: 1n };
    case "buried":
      if (state.kind !== "confirmed" || state.confirmations === event.confirmations) return state;
      return { ...state, confirmations: event.confirmations };
    case "reorged":
      if (state.kind !== "verifying" && state.kind !== "confirmed") return state;
      return toPending(state.intent, state.sent);
    case "fail":
      return onFail(state, event);
    case "resume":
      return state.kind === "idle" ? toPending(event.intent, event.sent) : state;
    case "watch-again":
      if (state.kind !== "failed" || state.sent === undefined || !canWatchAgain(state)) return state;
      return toPending(state.intent, state.sent);
    case "reset":
      if (state.kind === "signing" || state.kind === "idle" || hashOf(state) !== undefined) return state;
      return { kind: "idle", run: runOf(state) ?? 0 };
  }
}

function toPending(intent: TransactionIntent, sent: SentTransaction): TransactionState {
  return { kind: "pending", intent, sent, hash: sent.hash, sighting: "unasked" };
}

function onStart(state: TransactionState, intent: TransactionIntent): TransactionState {
  if (state.kind === "signing" || hashOf(state) !== undefined) return state;
  const review = state.kind === "ready" || state.kind === "simulating" ? state.review : undefined;
  return { kind: "simulating", intent, run: (runOf(state) ?? 0) + 1, review, because: undefined };
}

function onVoid(
  state: TransactionState,
  event: Extract<TransactionEvent, { kind: "void" }>,
): TransactionState {
  switch (state.kind) {
    case "simulating":
    case "ready":
      return {
        kind: "simulating",
        intent: event.intent,
        run: state.run + 1,
        review: undefined,
        because: event.because,
      };
    case "signing":
      if (state.step === "prompting") {
        return { ...state, voided: { because: event.because, intent: event.intent } };
      }
      return {
        kind: "simulating",
        intent: event.intent,
        run: state.run + 1,
        review: undefined,
        because: event.because,
      };
    case "failed":
      if (state.hash !== undefined) return state;
      return {
        kind: "simulating",
        intent: event.intent,
        run: state.run + 1,
        review: undefined,
        because: event.because,
      };
    case "idle":
    case "pending":
    case "verifying":
    case "confirmed":
      return state;
  }
}

function onSign(state: TransactionState, caveatsAccepted: boolean): TransactionState {
  if (state.kind !== "ready") return state;
  if (state.review.caveats.length > 0 && !caveatsAccepted) return state;
  const { intent, run, review } = state;
  return { kind: "signing", intent, run, review, step: "checking", voided: undefined };
}

function onRechecked(
  state: TransactionState,
  event: Extract<TransactionEvent, { kind: "rechecked" }>,
): TransactionState {
  if (state.kind !== "signing" || state.step !== "checking" || event.run !== state.run) return state;
  const accepted = state.review.caveats;
  const { intent, run } = state;
  // Something needs a confirmation that nobody has given: back to the review instead of on to the wallet.
  if (event.review.caveats.some((caveat) => !accepted.includes(caveat))) {
    return { kind: "ready", intent, run, review: event.review, because: undefined };
  }
  return { ...state, step: "prompting", review: event.review };
}

function onSighted(
  state: TransactionState,
  event: Extract<TransactionEvent, { kind: "sighted" }>,
): TransactionState {
  if (state.kind !== "pending") return state;
  const nonce = event.nonce ?? state.sent.nonce;
  if (event.sighting === state.sighting && nonce === state.sent.nonce) return state;
  return { ...state, sighting: event.sighting, sent: { ...state.sent, nonce } };
}

function onSpedUp(state: TransactionState, hash: Hex): TransactionState {
  // A lagging node can show the very transaction in a block before it shows its receipt: that is no replacement.
  if (state.kind !== "pending" || hash === state.hash) return state;
  const sent = { ...state.sent, hash, replaced: [...state.sent.replaced, state.hash] };
  return toPending(state.intent, sent);
}

function onFail(
  state: TransactionState,
  event: Extract<TransactionEvent, { kind: "fail" }>,
): TransactionState {
  if (STAGES_OF[state.kind]?.includes(event.stage) !== true || state.kind === "idle") return state;
  if (event.run !== undefined && event.run !== runOf(state)) return state;
  if (state.kind === "signing" && state.voided !== undefined) {
    // The old assumption is gone with the prompt: build anew instead of showing a failure of something void.
    const { because, intent } = state.voided;
    return { kind: "simulating", intent, run: state.run + 1, review: undefined, because };
  }
  return {
    kind: "failed",
    intent: state.intent,
    run: runOf(state) ?? 0,
    stage: event.stage,
    failure: event.failure,
    review: "review" in state ? state.review : undefined,
    sent: "sent" in state ? state.sent : undefined,
    hash: hashOf(state),
    receipt: event.receipt ?? ("receipt" in state ? state.receipt : undefined),
  };
}
