import { toChainError } from "@/chain/errors";
import type { BlockRef } from "@/domain/model";
import { type FailureCode, failureOf, toTransactionError } from "./failure";
import { findUnanswered, type Look, lookFor } from "./look";
import type { Receipt, TransactionEvent, TransactionState } from "./machine";
import type { FlowPorts } from "./ports";
import { isAsExpected } from "./prepare";
import type { StoredTransaction } from "./stored-shape";

/** Looks at new heads without any trace of the transaction before it counts as dropped. */
const DROPPED_AFTER_LOOKS = 20;

/** Blocks on top after which a reorganisation is no longer watched for. */
const FINAL_AFTER_CONFIRMATIONS = 12n;

/** Heads for which an endpoint may fail to answer the read-back before the failure is shown. */
const VERIFY_ATTEMPTS = 5;

interface FollowArgs {
  readonly id: string;
  readonly ports: FlowPorts;
  readonly signal: AbortSignal;
  readonly state: () => TransactionState;
  readonly dispatch: (event: TransactionEvent) => void;
}

type StateOf<Kind extends TransactionState["kind"]> = Extract<TransactionState, { kind: Kind }>;

/** The part of a flow after the wallet: each job ends by itself when the state has moved on. */
export interface Follower {
  watch(state: StateOf<"pending">): Promise<void>;
  verify(state: StateOf<"verifying">): Promise<void>;
  bury(state: StateOf<"confirmed">): Promise<void>;
  findAnswer(record: StoredTransaction): Promise<void>;
  /** Where the account stood when the wallet was asked. */
  knows(asked: StoredTransaction["asked"]): void;
}

export function follow({ id, ports, signal, state, dispatch }: FollowArgs): Follower {
  const { chain, heads, store } = ports;
  let asked: StoredTransaction["asked"] | undefined;

  function askedOf(): StoredTransaction["asked"] {
    asked ??= store.all().find((one) => one.id === id)?.asked;
    return asked ?? { nonce: 0n, blockNumber: 0n };
  }

  /** Waits for the next head; false when the flow has ended. */
  async function nextHead(): Promise<BlockRef | undefined> {
    try {
      return await heads.next(signal);
    } catch (error) {
      if (signal.aborted || toChainError(error).code === "aborted") return undefined;
      throw error;
    }
  }

  let watches = 0;

  async function watch(started: StateOf<"pending">): Promise<void> {
    const { hash } = started;
    // A reorganisation begins a new watch of the same hash while the old one may still wait for its next head.
    watches += 1;
    const own = watches;
    let unseen = 0;
    for (;;) {
      const current = state();
      if (signal.aborted || own !== watches || current.kind !== "pending" || current.hash !== hash) return;
      remember(current);
      // Asked for before looking: a head that comes while the endpoint still answers is looked at too.
      const next = nextHead();
      const look = await lookQuietly(current);
      if (look !== undefined) {
        unseen = look.kind === "not-seen" ? unseen + 1 : 0;
        if (unseen >= DROPPED_AFTER_LOOKS) {
          dispatch({ kind: "fail", stage: "mine", failure: failureOf("dropped") });
          return;
        }
        await report(look, current);
      }
      if ((await next) === undefined) return;
    }
  }

  /** An endpoint that does not answer says nothing about the transaction: look again at the next head. */
  async function lookQuietly(current: StateOf<"pending">): Promise<Look | undefined> {
    try {
      return await lookFor({ chain, sent: current.sent, asked: askedOf() });
    } catch (error) {
      toChainError(error);
      return undefined;
    }
  }

  async function report(look: Look, current: StateOf<"pending">): Promise<void> {
    switch (look.kind) {
      case "included":
        if (look.nonce !== undefined) {
          dispatch({ kind: "sighted", sighting: current.sighting, nonce: look.nonce });
        }
        if (look.receipt.succeeded) dispatch({ kind: "mined", receipt: look.receipt });
        else await reportRevert(look.receipt, current);
        return;
      case "in-mempool":
        dispatch({ kind: "sighted", sighting: "in-mempool", nonce: look.nonce });
        return;
      case "not-seen":
        dispatch({ kind: "sighted", sighting: "not-seen", nonce: undefined });
        return;
      case "sped-up":
        dispatch({ kind: "sped-up", hash: look.hash });
        return;
      case "cancelled":
      case "replaced":
      case "not-what-was-shown":
        settle(look.kind, look.hash);
        return;
    }
  }

  function settle(code: FailureCode, otherHash: Receipt["hash"]): void {
    store.remove(id);
    ports.invalidate(intentKeys());
    dispatch({ kind: "fail", stage: "mine", failure: failureOf(code, { otherHash }) });
  }

  function intentKeys(): readonly (readonly unknown[])[] {
    const current = state();
    return current.kind === "idle" ? [] : current.intent.invalidates;
  }

  /** A receipt does not say why: the call is made once more on the state before its block. */
  async function reportRevert(receipt: Receipt, current: StateOf<"pending">): Promise<void> {
    const { request } = current.sent;
    const failure = await reasonOf();
    store.remove(id);
    ports.invalidate(current.intent.invalidates);
    dispatch({ kind: "fail", stage: "mine", failure, receipt });

    async function reasonOf(): Promise<ReturnType<typeof failureOf>> {
      const number = receipt.blockNumber - 1n;
      try {
        const hash = await chain.blockHash(number);
        if (hash === undefined) return failureOf("reverted");
        const block = { number, hash, timestampSeconds: 0n };
        await chain.simulate({ from: request.from, call: request, block });
        return failureOf("reverted", {
          details: ["Before its block the same call would have succeeded: another transaction came first."],
        });
      } catch (error) {
        const { failure: found } = toTransactionError(error, "mine");
        return found.code === "reverted" ? found : failureOf("reverted");
      }
    }
  }

  async function verify(started: StateOf<"verifying">): Promise<void> {
    const { receipt, intent } = started;
    const warnings = intent.events
      .filter((event) => !hasEvent(receipt, event))
      .map((event) => `The expected event is missing: ${event.label}.`);
    for (let attempt = 1; ; attempt += 1) {
      try {
        const missing = await missingEffects(started);
        if (state() !== started) return;
        store.remove(id);
        ports.invalidate(intent.invalidates);
        if (missing.length === 0) dispatch({ kind: "verified", warnings });
        else
          dispatch({
            kind: "fail",
            stage: "verify",
            failure: failureOf("effect-missing", { details: missing }),
          });
        return;
      } catch (error) {
        if (signal.aborted || state() !== started) return;
        if (await isReorged(receipt)) {
          dispatch({ kind: "reorged" });
          return;
        }
        if (attempt >= VERIFY_ATTEMPTS) {
          dispatch({ kind: "fail", ...failedAt(error) });
          return;
        }
        if ((await nextHead()) === undefined) return;
      }
    }
  }

  function failedAt(error: unknown): Pick<Extract<TransactionEvent, { kind: "fail" }>, "stage" | "failure"> {
    const { failure } = toTransactionError(error, "verify");
    return { stage: "verify", failure };
  }

  async function missingEffects({ intent, receipt }: StateOf<"verifying">): Promise<readonly string[]> {
    const block: BlockRef = { number: receipt.blockNumber, hash: receipt.blockHash, timestampSeconds: 0n };
    const missing: string[] = [];
    for (const check of intent.after) {
      if (!(await isAsExpected({ chain, check, block }))) missing.push(check.otherwise);
    }
    return missing;
  }

  /** undefined answers of a lagging node do not count: only another block hash, or none at a height we have passed. */
  async function isReorged(receipt: Receipt): Promise<boolean> {
    try {
      const hash = await chain.blockHash(receipt.blockNumber);
      return hash !== undefined && hash !== receipt.blockHash;
    } catch (error) {
      toChainError(error);
      return false;
    }
  }

  async function bury(started: StateOf<"confirmed">): Promise<void> {
    for (;;) {
      const head = await nextHead();
      const current = state();
      if (head === undefined || current.kind !== "confirmed" || current.hash !== started.hash) return;
      if (await isReorged(current.receipt)) {
        remember(current);
        dispatch({ kind: "reorged" });
        return;
      }
      const confirmations = head.number - current.receipt.blockNumber + 1n;
      if (confirmations > 0n) dispatch({ kind: "buried", confirmations });
      if (confirmations >= FINAL_AFTER_CONFIRMATIONS) return;
    }
  }

  function remember(current: StateOf<"pending"> | StateOf<"confirmed">): void {
    const { intent, sent } = current;
    store.put({ id, intent, request: sent.request, asked: askedOf(), sent });
  }

  async function findAnswer(record: StoredTransaction): Promise<void> {
    for (;;) {
      if (signal.aborted || state().kind !== "idle") return;
      try {
        const sent = await findUnanswered({ chain, asked: record.asked, request: record.request });
        if (sent !== undefined) {
          store.put({ ...record, sent });
          dispatch({ kind: "resume", intent: record.intent, sent });
          return;
        }
      } catch (error) {
        toChainError(error);
      }
      if ((await nextHead()) === undefined) return;
    }
  }

  return {
    watch,
    verify,
    bury,
    findAnswer,
    knows(known) {
      asked = known;
    },
  };
}

function hasEvent(receipt: Receipt, expected: StateOf<"verifying">["intent"]["events"][number]): boolean {
  return receipt.logs.some(
    (log) =>
      log.address === expected.address &&
      expected.topics.every((topic, index) => log.topics[index] === topic),
  );
}
