import type { ChainErrorCode } from "@/chain/errors";
import { toChainError } from "@/chain/errors";
import type { Revert } from "@/chain/flux/reverts";
import type { Hex } from "@/domain/model";

export type TransactionStage = "validate" | "simulate" | "sign" | "mine" | "verify";

/** Every way in which a transaction can end without its effect. */
export type FailureCode =
  | ChainErrorCode
  /** The domain's validation refused the arguments; `details` lists them. */
  | "invalid-input"
  /** No wallet is connected. */
  | "not-connected"
  /** The wallet stands on the same chain id and on another chain. */
  | "other-chain-same-id"
  /** The target's code is not the code that this build knows. */
  | "code-differs"
  /** A check before signing was answered otherwise: a missing right, a changed state. */
  | "not-allowed"
  /** The bytes for the wallet are not the bytes that were shown. */
  | "bytes-differ"
  /** Another signature request of this site is open. */
  | "prompt-elsewhere"
  /** The same intent is already on its way. */
  | "already-pending"
  /** The account, the chain or the wallet changed before the prompt opened. */
  | "session-changed"
  /** The network no longer knows the transaction, and its place in the account's order is still free. */
  | "dropped"
  /** Its place was taken by an empty transfer to oneself. */
  | "cancelled"
  /** Its place was taken by another transaction. */
  | "replaced"
  /** What the wallet sent is not what was shown. */
  | "not-what-was-shown"
  /** Included without error, and the chain does not show the effect. */
  | "effect-missing";

export interface TransactionFailure {
  readonly code: FailureCode;
  /** Sentences of ours that name what exactly was found; never a provider's text. */
  readonly details: readonly string[];
  readonly revert: Revert | undefined;
  readonly endpointHost: string | undefined;
  readonly expectedChainId: number | undefined;
  readonly gotChainId: number | undefined;
  /** The transaction that took the place, where there is one. */
  readonly otherHash: Hex | undefined;
}

/** Thrown inside the flow, caught at its edge and kept as a value in the state. */
export class TransactionError extends Error {
  readonly stage: TransactionStage;
  readonly failure: TransactionFailure;

  constructor(stage: TransactionStage, failure: TransactionFailure) {
    super(`${stage}: ${failure.code}`);
    this.name = "TransactionError";
    this.stage = stage;
    this.failure = failure;
  }
}

/** A failure with everything unsaid left out. */
export function failureOf(
  code: FailureCode,
  more: Partial<Omit<TransactionFailure, "code">> = {},
): TransactionFailure {
  return {
    code,
    details: more.details ?? [],
    revert: more.revert,
    endpointHost: more.endpointHost,
    expectedChainId: more.expectedChainId,
    gotChainId: more.gotChainId,
    otherHash: more.otherHash,
  };
}

/** Anything thrown, as a failure of `stage` (or of the stage that it names itself). */
export function toTransactionError(error: unknown, stage: TransactionStage): TransactionError {
  if (error instanceof TransactionError) return error;
  const chainError = toChainError(error);
  return new TransactionError(
    stage,
    failureOf(chainError.code, {
      revert: chainError.revert,
      endpointHost: chainError.endpointHost,
      expectedChainId: chainError.details.expectedChainId,
      gotChainId: chainError.details.gotChainId,
    }),
  );
}
