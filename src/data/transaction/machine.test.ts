import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  APPROVE_MORE,
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
const otherIntent = buildIntent({ call: { ...intent.call, data: APPROVE_MORE } });
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

  it("returns to the review when the last check found something that nobody has accepted", () => {
    const caveats = reviewOf(intent, { caveats: ["wallet-chain-unverified"] });
    const state = play(start, simulated, sign, { kind: "rechecked", run: 1, review: caveats });
    expect(state).toMatchObject({ kind: "ready", review: caveats });
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
    expect(prompting).toMatchObject({
      kind: "signing",
      voided: { because: "account-changed", intent: otherIntent },
    });
    expect(reduce(prompting, failAt("sign", "user-rejected"))).toMatchObject({
      kind: "simulating",
      because: "account-changed",
      intent: otherIntent,
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

type Step = (state: TransactionState) => TransactionEvent;

const always =
  (event: TransactionEvent): Step =>
  () =>
    event;
const smallHash = fc.integer({ min: 1, max: 4 }).map(hashFrom);
/** Mostly the current run, sometimes one that was overtaken or never was. */
const runShift = fc.constantFrom(0, 0, 0, 0, -1, 1);
const anyReview = fc
  .boolean()
  .map((caveat) => reviewOf(intent, { caveats: caveat ? ["not-simulated"] : [] }));
const answer = (kind: "simulated" | "rechecked"): fc.Arbitrary<Step> =>
  fc.tuple(runShift, anyReview).map(
    ([shift, one]): Step =>
      (state) => ({ kind, run: (runOf(state) ?? 0) + shift, review: one }),
  );

/** What a day without trouble brings next: blind events alone would hardly ever reach a block. */
function onward(state: TransactionState): TransactionEvent {
  switch (state.kind) {
    case "idle":
    case "failed":
      return start;
    case "simulating":
      return { kind: "simulated", run: state.run, review };
    case "ready":
      return { kind: "sign", caveatsAccepted: true };
    case "signing":
      return state.step === "checking" ? { kind: "rechecked", run: state.run, review } : sentEvent;
    case "pending":
      return mined;
    case "verifying":
    case "confirmed":
      return verified;
  }
}

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 20, arbitrary: fc.constant(onward) },
  { weight: 2, arbitrary: fc.constant(always(start)) },
  { weight: 4, arbitrary: answer("simulated") },
  { weight: 4, arbitrary: fc.boolean().map((caveatsAccepted) => always({ kind: "sign", caveatsAccepted })) },
  { weight: 4, arbitrary: answer("rechecked") },
  {
    weight: 4,
    arbitrary: smallHash.map((hash) =>
      always({ kind: "sent", sent: sentOf(signingRequestOf(intent), hash) }),
    ),
  },
  { weight: 1, arbitrary: smallHash.map((hash) => always({ kind: "sped-up", hash })) },
  { weight: 2, arbitrary: smallHash.map((hash) => always({ kind: "mined", receipt: receiptOf(hash) })) },
  { weight: 2, arbitrary: fc.constant(always(verified)) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom<TransactionEvent>(
        { kind: "reorged" },
        { kind: "watch-again" },
        { kind: "reset" },
        { kind: "buried", confirmations: 3n },
        { kind: "sighted", sighting: "in-mempool", nonce: 4n },
        { kind: "void", because: "account-changed", intent: otherIntent },
        { kind: "void", because: "arguments-changed", intent: otherIntent },
      )
      .map(always),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          "validate" as const,
          "simulate" as const,
          "sign" as const,
          "mine" as const,
          "verify" as const,
        ),
        fc.constantFrom("reverted" as const, "user-rejected" as const, "dropped" as const),
      )
      .map(([at, code]) => always(failAt(at, code))),
  },
);

/** What an onlooker who keeps no state but two facts would call wrong in one step. */
function brokenRules(
  step: {
    readonly before: TransactionState;
    readonly event: TransactionEvent;
    readonly after: TransactionState;
  },
  seen: { readonly lastRun: number; readonly hashes: ReadonlySet<string> },
): readonly string[] {
  const { before, event, after } = step;
  const sentNow = "sent" in after ? after.sent : undefined;
  const known = sentNow === undefined ? [] : [sentNow.hash, ...sentNow.replaced];
  const run = runOf(after);
  const entered = before.kind !== after.kind;
  const rules: readonly (readonly [broken: boolean, rule: string])[] = [
    [[...seen.hashes].some((hash) => !known.some((one) => one === hash)), "a hash was lost"],
    // What has left is not prepared again, so its run means nothing any more.
    [sentNow === undefined && run !== undefined && run < seen.lastRun, "a run went back"],
    [after.kind === "simulating" && after !== before && run === seen.lastRun, "a run was used twice"],
    [
      entered && after.kind === "signing" && (before.kind !== "ready" || event.kind !== "sign"),
      "unasked signing",
    ],
    [
      entered &&
        after.kind === "signing" &&
        after.review.caveats.length > 0 &&
        !(event.kind === "sign" && event.caveatsAccepted),
      "caveats were passed over",
    ],
    [
      before.kind === "signing" && after.kind === "pending" && before.step !== "prompting",
      "sent without a prompt",
    ],
    [entered && after.kind === "confirmed" && before.kind !== "verifying", "confirmed without a receipt"],
    [entered && before.kind === "confirmed" && event.kind !== "reorged", "a confirmation was taken back"],
  ];
  return rules.filter(([broken]) => broken).map(([, rule]) => rule);
}

describe("any sequence of events", () => {
  it("never loses a hash, never reuses a run, and reaches the wallet only through an accepted review", () => {
    const reached = new Set<TransactionState["kind"]>();
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 10, maxLength: 60 }), (steps) => {
        let before: TransactionState = IDLE;
        let lastRun = 0;
        const hashes = new Set<string>();
        for (const step of steps) {
          const event = step(before);
          const after = reduce(before, event);
          expect(brokenRules({ before, event, after }, { lastRun, hashes })).toEqual([]);
          lastRun = runOf(after) ?? lastRun;
          const hash = hashOf(after);
          if (hash !== undefined) hashes.add(hash);
          before = after;
          reached.add(after.kind);
        }
      }),
      { numRuns: 2_000 },
    );
    // A property over paths that never get anywhere would hold for any reducer.
    expect(reached.size).toBe(8);
  });
});
