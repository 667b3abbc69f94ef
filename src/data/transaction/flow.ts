import type { Hex } from "@/domain/model";
import {
  type FailureCode,
  failureOf,
  TransactionError,
  type TransactionStage,
  toTransactionError,
} from "./failure";
import { follow } from "./follow";
import type { SigningRequest, TransactionIntent, TransactionReview } from "./intent";
import { inLowerCase, isSameRequest, signingRequestOf } from "./intent";
import { IDLE, type RebuildReason, reduce, type TransactionEvent, type TransactionState } from "./machine";
import type { FlowPorts, Session } from "./ports";
import { prepareReview } from "./prepare";
import type { StoredTransaction } from "./stored-shape";
import { encodeIntent } from "./stored-shape";
import { requestInside, walletTransactionOf } from "./wallet-bytes";

/** Builds the intent for whoever is connected now; pure, called again after every change of account or chain. */
export type IntentSource = (session: Session | undefined) => TransactionIntent;

/** One transaction from its first simulation to its verified effect. */
export interface TransactionFlow {
  readonly id: string;
  readonly chainId: number;
  state(): TransactionState;
  subscribe(listener: () => void): () => void;
  /** Begins, or replaces the arguments while nothing has left. */
  open(source: IntentSource): void;
  /** The click. Everything is checked again before the wallet opens. */
  sign(options: { readonly caveatsAccepted: boolean }): void;
  /** Starts over after a failure that left nothing on the chain. */
  retry(): void;
  watchAgain(): void;
  /** Takes up a stored transaction. */
  resume(record: StoredTransaction): void;
  /** Ends all work of this flow; what has left stays in the store. */
  dispose(): void;
}

/** One prompt at a time, across all tabs of this origin: two open prompts are two chances to confuse them. */
export const PROMPT_LOCK = "plimsoll.prompt";

/** Wallet answers after which it is certain that nothing was sent. */
const NOTHING_SENT = new Set<FailureCode>([
  "user-rejected",
  "request-pending",
  "wrong-chain",
  "insufficient-funds",
  "reverted",
]);

/** Failures of a background refresh that change what the review says; others wait for the check at the click. */
const CHANGES_REVIEW = new Set<FailureCode>([
  ...NOTHING_SENT,
  "not-allowed",
  "code-differs",
  "not-a-contract",
  "other-chain-same-id",
  "invalid-input",
  "session-changed",
  "not-connected",
]);

export function createFlow(id: string, ports: FlowPorts): TransactionFlow {
  const { chain, wallet, heads, locks, store } = ports;
  const ended = new AbortController();
  const listeners = new Set<() => void>();
  let state: TransactionState = IDLE;
  let source: IntentSource | undefined;
  let session = wallet.current();
  const unsubscribe = wallet.subscribe(onSession);

  function dispatch(event: TransactionEvent): void {
    if (ended.signal.aborted) return;
    const before = state;
    state = reduce(before, event);
    if (state === before) return;
    react(before);
    for (const listener of listeners) listener();
  }

  /** Work belongs to a state: entering the state starts it, and what it finds comes back as an event. */
  function react(before: TransactionState): void {
    switch (state.kind) {
      case "simulating":
        if (before.kind !== "simulating" || before.run !== state.run) void runPreparation(state);
        return;
      case "ready":
        if (before.kind !== "ready" || before.run !== state.run) void keepFresh(state.run);
        return;
      case "signing":
        if (before.kind !== "signing") void runSigning(state);
        return;
      case "pending":
        if (before.kind !== "pending" || before.hash !== state.hash) void follower.watch(state);
        return;
      case "verifying":
        void follower.verify(state);
        return;
      case "confirmed":
        if (before.kind !== "confirmed") void follower.bury(state);
        return;
      case "idle":
      case "failed":
        return;
    }
  }

  const follower = follow({ id, ports, signal: ended.signal, state: () => state, dispatch });

  function onSession(): void {
    const next = wallet.current();
    const because = changeBetween(session, next);
    session = next;
    if (because === undefined || source === undefined) return;
    dispatch({ kind: "void", because, intent: inLowerCase(source(next)) });
  }

  function earlierOf(intent: TransactionIntent): StoredTransaction | undefined {
    return store
      .all()
      .find((one) => one.id !== id && one.intent.key === intent.key && one.intent.account === intent.account);
  }

  async function prepare(intent: TransactionIntent): Promise<TransactionReview> {
    const earlier = earlierOf(intent);
    if (earlier?.sent !== undefined) {
      throw new TransactionError("validate", failureOf("already-pending", { otherHash: earlier.sent.hash }));
    }
    return prepareReview({
      intent,
      session: wallet.current(),
      chain,
      wallet,
      earlierPrompt: earlier !== undefined || unanswered,
    });
  }

  /** This flow's own earlier prompt ended without saying whether anything was sent. */
  let unanswered = false;

  function fail(args: {
    readonly error: unknown;
    readonly stage: TransactionStage;
    readonly run: number;
  }): void {
    const { stage, failure } = toTransactionError(args.error, args.stage);
    dispatch({ kind: "fail", stage, failure, run: args.run });
  }

  async function runPreparation({
    run,
    intent,
  }: Extract<TransactionState, { kind: "simulating" }>): Promise<void> {
    try {
      dispatch({ kind: "simulated", run, review: await prepare(intent) });
    } catch (error) {
      fail({ error, stage: "simulate", run });
    }
  }

  /** While the review is on screen it follows the chain: every new head simulates again. */
  async function keepFresh(run: number): Promise<void> {
    const current = (): TransactionIntent | undefined =>
      state.kind === "ready" && state.run === run ? state.intent : undefined;
    try {
      for (;;) {
        await heads.next(ended.signal);
        const intent = current();
        if (intent === undefined) return;
        const review = await prepare(intent).catch((error: unknown) => toTransactionError(error, "simulate"));
        if (current() === undefined) return;
        if (!(review instanceof TransactionError)) dispatch({ kind: "simulated", run, review });
        else if (CHANGES_REVIEW.has(review.failure.code)) fail({ error: review, stage: "simulate", run });
      }
    } catch (error) {
      if (!ended.signal.aborted) fail({ error, stage: "simulate", run });
    }
  }

  async function runSigning({
    run,
    intent,
    review,
  }: Extract<TransactionState, { kind: "signing" }>): Promise<void> {
    const signer = wallet.current();
    try {
      const outcome = await locks.tryRun(PROMPT_LOCK, () => promptOnce({ run, intent, review, signer }));
      if (outcome.kind === "busy") throw new TransactionError("sign", failureOf("prompt-elsewhere"));
    } catch (error) {
      fail({ error, stage: "sign", run });
    }
  }

  async function promptOnce(args: {
    readonly run: number;
    readonly intent: TransactionIntent;
    readonly review: TransactionReview;
    readonly signer: Session | undefined;
  }): Promise<void> {
    const { run, intent, review, signer } = args;
    const fresh = await prepare(intent);
    const nonce = await chain.transactionCount(intent.account);
    dispatch({ kind: "rechecked", run, review: fresh });
    if (state.kind !== "signing" || state.run !== run || state.step !== "prompting") return;
    // From here to the wallet nothing is awaited: what was checked is what holds.
    if (signer === undefined || changeBetween(signer, wallet.current()) !== undefined) {
      throw new TransactionError("sign", failureOf("session-changed"));
    }
    const transaction = walletTransactionOf(fresh.request, fresh.simulation);
    assertShown(requestInside(transaction), [review.request, fresh.request, signingRequestOf(intent)]);
    const request = review.request;
    const record: StoredTransaction = {
      id,
      intent,
      request,
      asked: { blockNumber: fresh.block.number, nonce },
      sent: undefined,
    };
    const earlier = earlierOf(intent);
    if (earlier !== undefined) store.remove(earlier.id);
    store.put(record);
    const hash = await ask(transaction);
    const sent = { request, hash, nonce: undefined, replaced: [] };
    store.put({ ...record, sent });
    unanswered = false;
    dispatch({ kind: "sent", sent });
    heads.hurry();
  }

  async function ask(transaction: ReturnType<typeof walletTransactionOf>): Promise<Hex> {
    unanswered = true;
    let answer: unknown;
    try {
      answer = await wallet.request({ method: "eth_sendTransaction", params: [transaction] });
    } catch (error) {
      const failed = toTransactionError(error, "sign");
      if (NOTHING_SENT.has(failed.failure.code)) {
        unanswered = false;
        store.remove(id);
      }
      throw failed;
    }
    if (typeof answer !== "string" || !/^0x[0-9a-fA-F]{64}$/.test(answer)) {
      throw new TransactionError("sign", failureOf("bad-answer"));
    }
    return answer.toLowerCase() as Hex;
  }

  return {
    id,
    chainId: chain.chainId,
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open(next) {
      source = next;
      const intent = inLowerCase(next(wallet.current()));
      if (state.kind === "idle" || state.kind === "failed") dispatch({ kind: "start", intent });
      else if (encodeIntent(intent) !== encodeIntent(state.intent)) {
        dispatch({ kind: "void", because: "arguments-changed", intent });
      }
    },
    sign: ({ caveatsAccepted }) => dispatch({ kind: "sign", caveatsAccepted }),
    retry() {
      if (source !== undefined) dispatch({ kind: "start", intent: inLowerCase(source(wallet.current())) });
    },
    watchAgain: () => dispatch({ kind: "watch-again" }),
    resume(record) {
      follower.knows(record.asked);
      if (record.sent !== undefined) dispatch({ kind: "resume", intent: record.intent, sent: record.sent });
      else void follower.findAnswer(record);
    },
    dispose() {
      ended.abort();
      unsubscribe();
      listeners.clear();
    },
  };
}

function changeBetween(before: Session | undefined, after: Session | undefined): RebuildReason | undefined {
  if (before === undefined && after === undefined) return undefined;
  if (after === undefined) return "disconnected";
  if (before === undefined || before.walletId !== after.walletId) return "wallet-changed";
  if (before.account !== after.account) return "account-changed";
  return before.chainId === after.chainId ? undefined : "chain-changed";
}

/** What goes to the wallet is read back and compared with what was shown, what was simulated and what was meant. */
function assertShown(given: SigningRequest | undefined, expected: readonly SigningRequest[]): void {
  if (given === undefined || expected.some((one) => !isSameRequest(given, one))) {
    throw new TransactionError("sign", failureOf("bytes-differ"));
  }
}
