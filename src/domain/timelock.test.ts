import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressFrom, blockHash, logAt } from "@/testing/vault-builders";
import type { Hex, LogRef, TimelockEvent } from "./model";
import { noticeSeconds, type OperationState, queueOf } from "./timelock";

const ZERO: Hex = `0x${"0".repeat(64)}`;
const DAY = 86_400n;
const id = blockHash(0xa1n);
const target = addressFrom(7);

function scheduled(
  log: LogRef,
  change: Partial<Extract<TimelockEvent, { kind: "scheduled" }>> = {},
): TimelockEvent {
  return {
    ...log,
    kind: "scheduled",
    id,
    index: 0,
    target,
    value: 0n,
    data: "0x01",
    predecessor: ZERO,
    delaySeconds: 2n * DAY,
    ...change,
  };
}

const executed = (log: LogRef, of: Hex = id, index = 0): TimelockEvent => ({
  ...log,
  kind: "executed",
  id: of,
  index,
  target,
  value: 0n,
  data: "0x01",
});
const cancelled = (log: LogRef, of: Hex = id): TimelockEvent => ({ ...log, kind: "cancelled", id: of });

const eta = logAt(10n).atSeconds + 2n * DAY;
const queue = (events: readonly TimelockEvent[], nowSeconds = eta) =>
  queueOf({ events, nowSeconds, minDelaySeconds: 2n * DAY });

describe("an operation's state", () => {
  it.each<[string, bigint, OperationState]>([
    ["a second before its ETA is pending", -1n, "pending"],
    ["at its ETA is ready", 0n, "ready"],
    ["long after its ETA is still ready: it has no expiry", 1_000n * DAY, "ready"],
  ])("%s", (_, after, state) => {
    const [operation] = queue([scheduled(logAt(10n))], eta + after);
    expect(operation).toMatchObject({ state, etaSeconds: eta });
  });

  it("executed and cancelled stay so, with the log that closed them", () => {
    expect(queue([scheduled(logAt(10n)), executed(logAt(30n))])[0]).toMatchObject({
      state: "executed",
      closedAt: { blockNumber: 30n },
    });
    expect(queue([scheduled(logAt(10n)), cancelled(logAt(30n))])[0]?.state).toBe("cancelled");
  });

  it("the same id scheduled again after a cancellation is a new operation", () => {
    const found = queue([scheduled(logAt(10n)), cancelled(logAt(20n)), scheduled(logAt(30n))]);
    expect(found.map(({ state, scheduledAt }) => [state, scheduledAt.blockNumber])).toEqual([
      ["cancelled", 10n],
      ["pending", 30n],
    ]);
  });

  it("a batch cancelled and scheduled again in one transaction is two operations", () => {
    const found = queue([
      scheduled(logAt(10n, 0)),
      scheduled(logAt(10n, 1), { index: 1 }),
      cancelled(logAt(10n, 2)),
      scheduled(logAt(10n, 3)),
      scheduled(logAt(10n, 4), { index: 1 }),
    ]);
    expect(found.map(({ state, calls }) => [state, calls.length])).toEqual([
      ["cancelled", 2],
      ["ready", 2],
    ]);
  });

  it("events of any order, repeated, give the same queue", () => {
    const events = [scheduled(logAt(10n)), cancelled(logAt(20n)), scheduled(logAt(30n))];
    expect(queue([...events, ...events].toReversed())).toEqual(queue(events));
  });
});

describe("a batch", () => {
  it("is one operation with all of its calls in order", () => {
    const found = queue([
      scheduled(logAt(10n, 0)),
      scheduled(logAt(10n, 1, 10n), { index: 1, data: "0x02" }),
      scheduled(logAt(10n, 2, 10n), { index: 2, data: "0x03" }),
      { ...logAt(10n, 3), kind: "salt", id, salt: blockHash(5n) },
      executed(logAt(40n, 0)),
      executed(logAt(40n, 1), id, 1),
    ]);
    expect(found).toHaveLength(1);
    expect(found[0]?.calls.map(({ data }) => data)).toEqual(["0x01", "0x02", "0x03"]);
    expect(found[0]).toMatchObject({ salt: blockHash(5n), state: "executed" });
  });
});

describe("a predecessor", () => {
  const other = blockHash(0xb2n);
  const after = scheduled(logAt(12n), { id: other, predecessor: id });
  const stateOf = (events: readonly TimelockEvent[]) =>
    queue(events).find((operation) => operation.id === other)?.predecessorState;

  it("is none, missing, or in its own state", () => {
    expect(queue([scheduled(logAt(10n))])[0]?.predecessorState).toBe("none");
    expect(stateOf([after])).toBe("missing");
    expect(stateOf([scheduled(logAt(10n)), after])).toBe("ready");
    expect(stateOf([scheduled(logAt(10n)), after, executed(logAt(13n))])).toBe("executed");
    expect(stateOf([scheduled(logAt(10n)), after, cancelled(logAt(13n))])).toBe("cancelled");
  });
});

describe("notice", () => {
  it("is the longer of the timelock's minimum and 48 hours", () => {
    expect(noticeSeconds(DAY)).toBe(2n * DAY);
    expect(noticeSeconds(3n * DAY)).toBe(3n * DAY);
  });

  it("an operation with less of it is marked", () => {
    expect(queue([scheduled(logAt(10n), { delaySeconds: 2n * DAY - 1n })])[0]?.isShortNotice).toBe(true);
    expect(queue([scheduled(logAt(10n))])[0]?.isShortNotice).toBe(false);
  });
});

describe("events whose beginning was not read", () => {
  it("do not invent an operation", () => {
    expect(queue([executed(logAt(20n)), { ...logAt(21n), kind: "salt", id, salt: blockHash(1n) }])).toEqual(
      [],
    );
  });
});

describe("any sequence of events", () => {
  it("gives each operation one state that only its own last event decides", () => {
    const step = fc.record({ which: fc.integer({ min: 0, max: 3 }), what: fc.constantFrom("s", "e", "c") });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        // A model of the contract: schedule only when unknown or cancelled; close only what is open.
        const open = new Map<Hex, "open" | "executed" | "cancelled">();
        const events: TimelockEvent[] = [];
        let scheduledCount = 0;
        steps.forEach(({ which, what }, order) => {
          const of = blockHash(BigInt(which) + 0xc0n);
          const log = logAt(BigInt(order) + 1n);
          const state = open.get(of);
          if (what === "s" && (state === undefined || state === "cancelled")) {
            events.push(scheduled(log, { id: of }));
            open.set(of, "open");
            scheduledCount += 1;
          } else if (what !== "s" && state === "open") {
            events.push(what === "e" ? executed(log, of) : cancelled(log, of));
            open.set(of, what === "e" ? "executed" : "cancelled");
          }
        });
        const found = queue(events, 0n);
        expect(found).toHaveLength(scheduledCount);
        for (const [of, state] of open) {
          const last = found.filter((operation) => operation.id === of).at(-1);
          expect(last?.state).toBe(state === "open" ? "pending" : state);
        }
      }),
    );
  });
});
