import type { KnownContract } from "@/chain/writes/describe";
import type { Address, AssetDescription, BlockRef, Hex } from "@/domain/model";

/** A call as it will be put before the wallet. `value` in the chain's own coin (wei). */
export interface PlainCall {
  readonly to: Address;
  readonly data: Hex;
  readonly value: bigint;
}

/** What one word that a contract returns has to be. */
export type Expectation =
  | { readonly kind: "equals"; readonly word: Hex }
  | { readonly kind: "differs"; readonly word: Hex }
  | { readonly kind: "at-least"; readonly value: bigint };

/**
 * A question to the chain with its expected answer, as plain data: it survives a reload, and the same question can
 * be asked before signing (a right that the account must hold) and after inclusion (the effect that must show).
 */
export interface StateCheck {
  /** What the expected answer says, in a sentence: "This account may propose." Shown once it was given. */
  readonly label: string;
  /** What any other answer says, and who can help: "Only a proposer may propose." */
  readonly otherwise: string;
  readonly to: Address;
  readonly data: Hex;
  readonly expects: Expectation;
}

/** A log that a successful transaction leaves behind. `topics` are compared from the first on. */
export interface ExpectedEvent {
  readonly label: string;
  readonly address: Address;
  readonly topics: readonly Hex[];
}

/** A call that the transaction will cause later, simulated too: what a timelock will one day execute. */
export interface InnerCall {
  readonly label: string;
  readonly from: Address;
  readonly call: PlainCall;
}

export interface CallTarget {
  readonly address: Address;
  readonly name: string;
  /** keccak-256 of the code that this build knows; undefined where the configuration names none. */
  readonly codeHash: Hex | undefined;
  /** Whether the operator of this site listed the contract. */
  readonly listed: boolean;
}

/**
 * Everything that one operator action is, as plain data. Nothing here depends on the account that will sign, except
 * through the checks that the caller encodes for it: an account switch makes the caller build a new intent.
 */
export interface TransactionIntent {
  /** The effect's identity: two intents with one key would do the same thing, and only one may be under way. */
  readonly key: string;
  readonly chainId: number;
  /** The account that the arguments were made for. Another account voids the flow. */
  readonly account: Address;
  readonly title: string;
  /** The effect in words, one sentence each. */
  readonly effect: readonly string[];
  readonly call: PlainCall;
  readonly target: CallTarget;
  /** The contracts that the page vouches for, by address: only their functions are read by name. */
  readonly known: Readonly<Record<Address, KnownContract>>;
  /** What amounts in the call are counted in; undefined where no asset is concerned. */
  readonly asset: AssetDescription | undefined;
  /** What the domain's validation found; with any of them nothing is simulated. */
  readonly issues: readonly string[];
  /** Asked at the block of the simulation, and again at the click. */
  readonly before: readonly StateCheck[];
  readonly inner: readonly InnerCall[];
  /** Asked at the block of inclusion. */
  readonly after: readonly StateCheck[];
  readonly events: readonly ExpectedEvent[];
  /** Query keys that are stale once the transaction is in. */
  readonly invalidates: readonly (readonly unknown[])[];
}

/** The very bytes that go to the wallet, and nothing else. */
export interface SigningRequest extends PlainCall {
  readonly chainId: number;
  readonly from: Address;
}

export type Simulation =
  | { readonly kind: "passed"; readonly gasUsed: bigint | undefined }
  | { readonly kind: "not-simulated"; readonly reason: string };

/**
 * The most gas a transaction may use: a quarter above the estimate, rounded up. The estimate is exact for the block of
 * the simulation only; prices, interest and somebody else's transaction change the work until inclusion, and calls
 * inside calls keep a 64th of the gas back. What is not used is not paid. Undefined without an estimate.
 */
export function gasLimitOf(simulation: Simulation): bigint | undefined {
  if (simulation.kind !== "passed" || simulation.gasUsed === undefined) return undefined;
  return (simulation.gasUsed * 5n + 3n) / 4n;
}

/** Why a transaction needs a typed confirmation before it may be signed. */
export type Caveat =
  /** The endpoint could not simulate the call. */
  | "not-simulated"
  /** The wallet did not say which chain it stands on beyond its id. */
  | "wallet-chain-unverified"
  /** A signature request for the same intent was open when the page was last closed. */
  | "earlier-prompt"
  /** The contract is not one that the operator of this site listed. */
  | "target-not-listed"
  /** Some of the bytes, or of a call inside them, cannot be put into words. */
  | "call-not-understood";

/** What the person reads before signing; all of it at one block. */
export interface TransactionReview {
  readonly request: SigningRequest;
  /** keccak-256 of the call data, to compare with another tool or a hardware screen. */
  readonly callDataHash: Hex;
  readonly block: BlockRef;
  readonly simulation: Simulation;
  readonly caveats: readonly Caveat[];
  /** Which checks were asked and answered as expected. */
  readonly passed: readonly string[];
}

/** The signing request of an intent: the one place where the bytes are put together. */
export function signingRequestOf(intent: TransactionIntent): SigningRequest {
  return {
    chainId: intent.chainId,
    from: intent.account,
    to: intent.call.to,
    data: intent.call.data,
    value: intent.call.value,
  };
}

/** Whether two requests are the same to the byte. */
export function isSameRequest(left: SigningRequest, right: SigningRequest): boolean {
  return (
    left.chainId === right.chainId &&
    left.from === right.from &&
    left.to === right.to &&
    left.data === right.data &&
    left.value === right.value
  );
}

const lower = <T extends Hex>(hex: T): T => hex.toLowerCase() as T;
const lowerCall = <T extends PlainCall>(call: T): T => ({
  ...call,
  to: lower(call.to),
  data: lower(call.data),
});
const lowerCheck = (check: StateCheck): StateCheck => ({
  ...check,
  to: lower(check.to),
  data: lower(check.data),
});

/**
 * The same intent with every address and all data in lower case. Capital letters carry no meaning on the chain, and a
 * checksum in one place must not look like other bytes in another.
 */
export function inLowerCase(intent: TransactionIntent): TransactionIntent {
  return {
    ...intent,
    account: lower(intent.account),
    call: lowerCall(intent.call),
    target: { ...intent.target, address: lower(intent.target.address) },
    known: Object.fromEntries(Object.entries(intent.known).map(([name, one]) => [name.toLowerCase(), one])),
    before: intent.before.map(lowerCheck),
    after: intent.after.map(lowerCheck),
    inner: intent.inner.map((one) => ({ ...one, from: lower(one.from), call: lowerCall(one.call) })),
    events: intent.events.map((event) => ({ ...event, address: lower(event.address) })),
  };
}
