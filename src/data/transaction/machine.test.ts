import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  intentOf as buildIntent,
  hashFrom,
  receiptOf,
  reviewOf,
  sentOf,
} from "@/testing/transactions/builders";
import { failureOf } from "./failure";
import { signingRequestOf } from "./intent";
import {
  canWatchAgain,
  hashOf,
  IDLE,
  intentOf,
  reduce,
  runOf,
  type TransactionEvent,
  type TransactionState,
} from "./machine";

const intent = buildIntent();
const otherIntent = buildIntent({ call: { ...intent.call, data: "0xfeedface" } });
const review = reviewOf(intent);
const sent = sentOf(signingRequestOf(intent), hashFrom(7));

function play(...events: readonly TransactionEvent[]): TransactionState {
  return events.reduce(reduce, IDLE);
}

const start: TransactionEvent = { kind: "start", intent };
const simulated: TransactionEvent = { kind: "simulated", run: 1, review };
const sign: TransactionEvent = { kind: "sign", caveatsAccepted: false };
const rechecked: TransactionEvent = { kind: "rechecked", run: 1, review };
const sentEvent: TransactionEvent = { kind: "sent", sent };
const mined: TransactionEvent = { kind: "mined", receipt: receiptOf(sent.hash) };
const verified: TransactionEvent = { kind: "verified", warnings: [] };
const failAt = (
  stage: Extract<TransactionEvent, { kind: "fail" }>["stage"],
  code: Parameters<typeof failureOf>[0] = "reverted",
): TransactionEvent => ({ kind: "fail", stage, failure: failureOf(code) });

describe("the life of a transaction", () => {
  it("goes from a simulation through the wallet and a block to its verified effect", () => {
    const kinds = [start, simulated, sign, rechecked, sentEvent, mined, verified].reduce<{
      state: TransactionState;
      seen: string[];
    }>(
      ({ state, seen }, event) => {
        const next = reduce(state, event);
        return { state: next, seen: [...seen, next.kind] };
      },
      { state: IDLE, seen: [] },
    );
    expect(kinds.seen).toEqual([
      "simulating",
      "ready",
      "signing",
      "signing",
      "pending",
      "verifying",
      "confirmed",
    ]);
    expect(hashOf(kinds.state)).toBe(sent.hash);
  });

  it("ignores the second click", () => {
    const signing = play(start, simulated, sign);
    expect(reduce(signing, sign)).toBe(signing);
  });

  it("does not sign a review with caveats until they are accepted", () => {
    const caveats = reviewOf(intent, { caveats: ["not-simulated"] });
    const ready = play(start, { kind: "simulated", run: 1, review: caveats });
    expect(reduce(ready, sign)).toBe(ready);
    expect(reduce(ready, { kind: "sign", caveatsAccepted: true }).kind).toBe("signing");
  });

  it("accepts no hash before the wallet was asked", () => {
    const checking = play(start, simulated, sign);
    expect(reduce(checking, sentEvent)).toBe(checking);
  });

  it("drops a simulation that was made for other arguments", () => {
    const state = play(start, { kind: "void", because: "arguments-changed", intent: otherIntent }, simulated);
    expect(state.kind).toBe("simulating");
    expect(intentOf(state)).toBe(otherIntent);
  });

  it("tells the work of a new attempt from the late answer of a failed one", () => {
    const state = play(start, failAt("simulate"), start, simulated);
    expect(state.kind).toBe("simulating");
    expect(runOf(state)).toBe(2);
  });

  it("rebuilds while checking when the account changes, and keeps the prompt when it is already open", () => {
    const change: TransactionEvent = { kind: "void", because: "account-changed", intent: otherIntent };
    expect(play(start, simulated, sign, change).kind).toBe("simulating");
    const prompting = play(start, simulated, sign, rechecked, change);
    expect(prompting).toMatchObject({ kind: "signing", voided: "account-changed" });
    expect(reduce(prompting, failAt("sign", "user-rejected"))).toMatchObject({
      kind: "simulating",
      because: "account-changed",
    });
    expect(reduce(prompting, sentEvent)).toMatchObject({ kind: "pending", hash: sent.hash });
  });

  it("keeps the review after a rejection, so that the form is not lost", () => {
    const state = play(start, simulated, sign, rechecked, failAt("sign", "user-rejected"));
    expect(state).toMatchObject({ kind: "failed", stage: "sign", review, hash: undefined });
    expect(reduce(state, start).kind).toBe("simulating");
  });

  it("keeps both hashes of a transaction that was sped up", () => {
    const state = play(start, simulated, sign, rechecked, sentEvent, { kind: "sped-up", hash: hashFrom(8) });
    expect(state).toMatchObject({ hash: hashFrom(8), sent: { hash: hashFrom(8), replaced: [sent.hash] } });
  });

  it("takes the very same hash for no replacement", () => {
    const pending = play(start, simulated, sign, rechecked, sentEvent);
    expect(reduce(pending, { kind: "sped-up", hash: sent.hash })).toBe(pending);
  });

  it("goes back to pending when the block that held it is gone", () => {
    const state = play(start, simulated, sign, rechecked, sentEvent, mined, verified, { kind: "reorged" });
    expect(state).toMatchObject({ kind: "pending", hash: sent.hash });
  });

  it("watches a dropped transaction again but not a reverted one", () => {
    const pending = [start, simulated, sign, rechecked, sentEvent];
    const dropped = play(...pending, failAt("mine", "dropped"));
    expect(canWatchAgain(dropped)).toBe(true);
    expect(reduce(dropped, { kind: "watch-again" })).toMatchObject({ kind: "pending", hash: sent.hash });
    const reverted = play(...pending, failAt("mine", "reverted"));
    expect(reduce(reverted, { kind: "watch-again" })).toBe(reverted);
  });

  it("takes up a stored transaction only when nothing else is under way", () => {
    const resume: TransactionEvent = { kind: "resume", intent, sent };
    expect(reduce(IDLE, resume)).toMatchObject({ kind: "pending", hash: sent.hash });
    const ready = play(start, simulated);
    expect(reduce(ready, resume)).toBe(ready);
  });
});

const stage = fc.constantFrom("validate", "simulate", "sign", "mine", "verify");
const smallHash = fc.integer({ min: 1, max: 4 }).map(hashFrom);
const run = fc.integer({ min: 0, max: 5 });
const anyReview = fc
  .boolean()
  .map((caveat) => reviewOf(intent, { caveats: caveat ? ["not-simulated"] : [] }));
const anyEvent: fc.Arbitrary<TransactionEvent> = fc.oneof(
  fc.constantFrom<TransactionEvent>(
    start,
    verified,
    { kind: "reorged" },
    { kind: "watch-again" },
    { kind: "reset" },
    { kind: "buried", confirmations: 3n },
  ),
  fc.record({ kind: fc.constant("simulated"), run, review: anyReview }),
  fc.record({ kind: fc.constant("rechecked"), run, review: anyReview }),
  fc.record({ kind: fc.constant("sign"), caveatsAccepted: fc.boolean() }),
  smallHash.map((hash): TransactionEvent => ({ kind: "sent", sent: sentOf(signingRequestOf(intent), hash) })),
  smallHash.map((hash): TransactionEvent => ({ kind: "sped-up", hash })),
  smallHash.map((hash): TransactionEvent => ({ kind: "mined", receipt: receiptOf(hash) })),
  fc
    .constantFrom("account-changed", "chain-changed", "arguments-changed")
    .map((because): TransactionEvent => ({ kind: "void", because, intent: otherIntent })),
  fc.record({
    kind: fc.constant("sighted"),
    sighting: fc.constantFrom("in-mempool", "not-seen"),
    nonce: fc.constant(4n),
  }),
  fc
    .tuple(stage, fc.constantFrom("reverted", "user-rejected", "dropped", "rpc-unavailable"))
    .map(([at, code]): TransactionEvent => failAt(at, code)),
) as fc.Arbitrary<TransactionEvent>;

/**
 * The model: what an onlooker who keeps no state but a few facts would say of any sequence of events.
 */
interface Onlooker {
  readonly lastRun: number;
  readonly hashes: ReadonlySet<string>;
}

describe("any sequence of events", () => {
  it("never loses a hash, never reuses a run, and reaches the wallet only through an accepted review", () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
        let state: TransactionState = IDLE;
        let seen: Onlooker = { lastRun: 0, hashes: new Set() };
        for (const event of events) {
          const before: TransactionState = state;
          state = reduce(before, event);

          const known =
            state.kind === "idle" || !("sent" in state) || state.sent === undefined
              ? []
              : [state.sent.hash, ...state.sent.replaced];
          for (const hash of seen.hashes) expect(known).toContain(hash);

          const currentRun = runOf(state);
          if (currentRun !== undefined) expect(currentRun).toBeGreaterThanOrEqual(seen.lastRun);
          if (state.kind === "simulating" && before !== state)
            expect(currentRun).toBeGreaterThan(seen.lastRun);

          if (state.kind === "signing" && before.kind !== "signing") {
            expect(before.kind).toBe("ready");
            expect(event.kind).toBe("sign");
            if (before.kind === "ready" && before.review.caveats.length > 0)
              expect(event).toMatchObject({ caveatsAccepted: true });
          }
          if (state.kind === "pending" && before.kind === "signing") {
            expect(before.step).toBe("prompting");
            expect(event.kind).toBe("sent");
          }
          if (state.kind === "confirmed" && before.kind !== "confirmed")
            expect(before.kind).toBe("verifying");
          if (before.kind === "confirmed" && state.kind !== "confirmed") expect(event.kind).toBe("reorged");

          seen = {
            lastRun: Math.max(seen.lastRun, currentRun ?? 0),
            hashes: new Set([
              ...seen.hashes,
              ...(hashOf(state) === undefined ? [] : [hashOf(state) as string]),
            ]),
          };
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
