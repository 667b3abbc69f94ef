import type { FailureCode, TransactionFailure, TransactionStage } from "@/data/transaction/failure";
import type { Caveat } from "@/data/transaction/intent";
import type { RebuildReason, TransactionState } from "@/data/transaction/machine";

export interface FailureWords {
  readonly title: string;
  readonly cause: string;
  readonly whatToDo: string;
  /** Nothing is wrong: somebody changed their mind, or has to look elsewhere. */
  readonly isCalm: boolean;
}

type Maker = (failure: TransactionFailure, stage: TransactionStage) => FailureWords;

const chainName = (id: number | undefined): string => (id === undefined ? "another chain" : `chain ${id}`);
const host = ({ endpointHost }: TransactionFailure): string => endpointHost ?? "The endpoint";
const AGAIN = "Nothing was sent. Try again in a moment.";

/** For failures that are worded the same whatever happened. */
const fixed =
  (title: string, cause: string, whatToDo: string): Maker =>
  () => ({ title, cause, whatToDo, isCalm: false });

const calm =
  (title: string, cause: string, whatToDo: string): Maker =>
  () => ({ title, cause, whatToDo, isCalm: true });

/** An endpoint's trouble means one thing before the transaction has left and another after. */
const endpoint =
  (what: string): Maker =>
  (failure, stage) => ({
    title:
      stage === "mine" || stage === "verify"
        ? "The transaction could not be followed"
        : "Nothing could be checked",
    cause: `${host(failure)} ${what}.`,
    whatToDo:
      stage === "mine" || stage === "verify"
        ? "It was sent and its hash is kept. Look again once the endpoint answers."
        : AGAIN,
    isCalm: false,
  });

const FAILURES: Readonly<Record<FailureCode, Maker>> = {
  "user-rejected": calm(
    "You declined in the wallet",
    "Nothing was signed and nothing was sent.",
    "The form is as you left it.",
  ),
  "request-pending": calm(
    "Your wallet is already asking",
    "An earlier request waits in the wallet.",
    "Open the wallet and answer it, then try again here.",
  ),
  "wrong-chain": ({ expectedChainId, gotChainId }) => ({
    title: "Your wallet is on another chain",
    cause: `This transaction belongs on ${chainName(expectedChainId)}; the wallet is on ${chainName(gotChainId)}.`,
    whatToDo: "Switch the wallet. The review is then made anew by itself.",
    isCalm: true,
  }),
  reverted: ({ revert }, stage) => ({
    title: stage === "mine" ? "Included, and refused by the contract" : "The contract would refuse this",
    cause:
      (revert?.name === undefined ? undefined : REVERT_WORDS[revert.name]) ?? unknownRevert(revert?.selector),
    whatToDo:
      stage === "mine"
        ? "The fee is spent and nothing else has changed."
        : "Nothing was sent. Change the arguments, or wait until the reason is gone.",
    isCalm: false,
  }),
  "rpc-unavailable": endpoint("did not answer"),
  "rate-limited": endpoint("is limiting requests"),
  "range-too-large": endpoint("refused the size of a request"),
  "bad-answer": (failure, stage) =>
    stage === "sign"
      ? {
          title: "The wallet's answer is not a transaction hash",
          cause: "A shared wallet may have made a proposal out of it: a proposal is not yet sent.",
          whatToDo: "Look in the wallet before you try again.",
          isCalm: false,
        }
      : endpoint("sent something that is not an answer")(failure, stage),
  "archive-unavailable": endpoint("keeps no state of that block"),
  "history-too-slow": endpoint("would take too long"),
  "chain-moved": fixed(
    "The chain was reorganised meanwhile",
    "The block of the simulation is no longer part of the chain.",
    AGAIN,
  ),
  aborted: fixed("Stopped", "The work was stopped before it ended.", "Nothing was sent."),
  "not-a-contract": fixed(
    "There is no contract at the target",
    "The address holds no code on this chain.",
    "Nothing was sent. Check the address and the chain.",
  ),
  "insufficient-funds": fixed(
    "The account cannot pay for this",
    "Its balance does not cover the value and the fee.",
    "Nothing was sent. Top the account up.",
  ),
  "invalid-input": fixed(
    "Something in the form is not right",
    "It was refused before anything was asked.",
    "Correct it and review again.",
  ),
  "not-connected": calm(
    "No wallet is connected",
    "A wallet is needed to simulate as you and to sign.",
    "Connect one below.",
  ),
  "other-chain-same-id": fixed(
    "The wallet is on a different chain with the same number",
    "Its blocks are not the blocks that this page reads: a private copy, or a test chain that was started again.",
    "Nothing was sent. Point the wallet at the same network as this site.",
  ),
  "code-differs": fixed(
    "This is not the contract that this build knows",
    "The code at the target has another fingerprint than the configured one.",
    "Nothing was sent, and nothing can be from here until the site's operator has looked at it.",
  ),
  "not-allowed": fixed(
    "A condition for this is not met",
    "The chain was asked at its newest block.",
    "Nothing was sent.",
  ),
  "bytes-differ": fixed(
    "The bytes for the wallet are not the bytes that were shown",
    "Something changed them between the review and the wallet. This must not happen.",
    "Nothing was sent. Close this page and tell the site's operator.",
  ),
  "prompt-elsewhere": calm(
    "Another request of this site is open",
    "One prompt at a time, in all tabs: two are two chances to confuse them.",
    "Answer the other one in your wallet first.",
  ),
  "already-pending": calm(
    "This is already on its way",
    "A transaction with the same effect was sent and is not settled yet.",
    "Wait for it; its hash is below.",
  ),
  "session-changed": calm(
    "The account or wallet changed",
    "What was checked no longer holds for who is connected now.",
    "Nothing was sent. Review again.",
  ),
  dropped: fixed(
    "The network has forgotten it",
    "No node we ask knows this transaction any more. Its place in the account's order is still free, so it may yet come back.",
    "Look again, or see in your wallet whether it is still waiting there. If the wallet is a multisig, this may be a proposal.",
  ),
  cancelled: calm(
    "Cancelled",
    "An empty transaction took its place: a cancellation from the wallet.",
    "Nothing has changed but the fee.",
  ),
  replaced: fixed(
    "Replaced by another transaction",
    "A different transaction of the same account took its place.",
    "See below which one it was.",
  ),
  "not-what-was-shown": fixed(
    "The wallet sent something else than was shown",
    "The transaction under this hash has another sender, target or contents than the review.",
    "Look at it in a block explorer now. Do not sign anything more from this wallet until you know why.",
  ),
  "effect-missing": fixed(
    "Included, but the effect is not there",
    "The transaction succeeded, and the chain does not show what it should have changed.",
    "Compare the figures below with the contract by hand.",
  ),
  unexpected: (_failure, stage) =>
    stage === "sign"
      ? {
          title: "The wallet failed without saying why",
          cause: "It did not say whether the transaction was sent.",
          whatToDo: "Look in the wallet first. If it was sent, it will appear here by itself.",
          isCalm: false,
        }
      : {
          title: "Something unforeseen went wrong",
          cause: "It could not be told what.",
          whatToDo: AGAIN,
          isCalm: false,
        },
};

/** A failure in words: what, why, and the way on. */
export function failureWords(failure: TransactionFailure, stage: TransactionStage): FailureWords {
  return FAILURES[failure.code](failure, stage);
}

function unknownRevert(selector: string | undefined): string {
  return selector === undefined
    ? "It gave no reason."
    : `Its reason ${selector} is not one that this build knows; the raw data are below.`;
}

/** What the contracts' own reasons mean for the person who signs. By the name of the error. */
const REVERT_WORDS: Readonly<Record<string, string>> = {
  Error: "It said so in words of its own; they are below.",
  Panic: "A check inside the contract failed (arithmetic or an impossible state).",
  NoExecutorRegistered: "This account has no executor registered with the factory. Register one first.",
  PositionNotHealthy: "The position would end below the liquidation threshold.",
  PositionNotActive: "There is no such position any more: somebody may have closed it first.",
  PositionNotLiquidatable: "The position is healthy at this block: it may not be liquidated.",
  NotLiquidatable: "The position is healthy at this block: it may not be liquidated.",
  InsufficientPayment: "The payment is below what the strategy asks for.",
  PaymentAboveMaximum: "The payment has grown above your maximum. Raise it and review again.",
  ProceedsBelowMinimum: "The sale would bring less than your minimum: the price has moved.",
  InsufficientLiquidity: "The vault has less idle liquidity than that.",
  InsufficientBond: "The bond would fall below what the strategy asks for.",
  Unauthorized: "This account may not call that.",
  ExcessiveDebt: "The debt would exceed its limit.",
  AssetNotAllowed: "The strategy does not allow this asset.",
  InvalidParameter: "The value is outside what the contract accepts.",
  Expired: "The deadline has passed. Review again for a new one.",
  SelfLiquidation: "An account may not liquidate itself.",
  VaultLocked: "The vault is in the middle of another action.",
  InvalidPrice: "The oracle has no usable price.",
  AccessControlUnauthorizedAccount: "This account does not hold the role for that.",
  OwnableUnauthorizedAccount: "Only the owner may do that.",
  ERC20InsufficientAllowance: "The allowance is too small. Approve more, exactly as much as needed.",
  ERC20InsufficientBalance: "The balance is too small.",
  TimelockInsufficientDelay: "The delay is shorter than the timelock's minimum.",
  TimelockUnauthorizedCaller: "The timelock does not accept this caller.",
  TimelockUnexecutedPredecessor: "The operation that must come first has not been executed.",
  TimelockUnexpectedOperationState:
    "The operation is not in the state for that: not ready yet, already done, or already scheduled.",
};

/** Why a confirmation has to be typed. */
export const CAVEAT_WORDS: Readonly<Record<Caveat, { readonly title: string; readonly detail: string }>> = {
  "not-simulated": {
    title: "Not simulated",
    detail: "The endpoint could not run this call beforehand, so nobody knows whether it would succeed.",
  },
  "wallet-chain-unverified": {
    title: "The wallet's chain could not be compared",
    detail:
      "The wallet names the right chain number and does not show its blocks, so it may stand on a copy.",
  },
  "earlier-prompt": {
    title: "An earlier request for this has no known answer",
    detail: "If your wallet still shows it, reject it there first, or this may be sent twice.",
  },
  "call-not-understood": {
    title: "Not all of the call can be put into words",
    detail: "Some bytes, or a call inside it, mean something that this build does not know.",
  },
  "target-not-listed": {
    title: "This contract is not listed by the site's operator",
    detail: "It was opened by its address alone. Nobody here vouches for it.",
  },
};

/** What the person types to accept the caveats. */
export const CONFIRMATION = "sign anyway";

export const REBUILD_WORDS: Readonly<Record<RebuildReason, string>> = {
  "arguments-changed": "The arguments changed, so this was prepared again.",
  "account-changed": "The account in the wallet changed, so this was prepared again for the new one.",
  "chain-changed": "The wallet's chain changed, so this was prepared again.",
  "wallet-changed": "The wallet changed, so this was prepared again.",
  disconnected: "The wallet was disconnected.",
};

/** One line for a transaction that is under way or settled: its toast. */
export function statusWord(state: TransactionState): string {
  switch (state.kind) {
    case "idle":
    case "simulating":
      return "Simulating";
    case "ready":
      return "Ready to sign";
    case "signing":
      return state.step === "checking" ? "Checking once more" : "Look at your wallet";
    case "pending":
      return state.sighting === "not-seen"
        ? "Sent; our endpoint does not see it yet"
        : "Sent; waiting for a block";
    case "verifying":
      return "Included; reading the result back";
    case "confirmed":
      return state.warnings.length > 0 ? "Confirmed, with a warning" : "Confirmed";
    case "failed":
      return failureWords(state.failure, state.stage).title;
  }
}
