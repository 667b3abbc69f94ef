// @vitest-environment node
import { describe, expect, it } from "vitest";
import { NO_PREDECESSOR, operationIdOf } from "@/data/operator/timelock-intents";
import type { QueuedOperation } from "@/domain/timelock";
import { addressFrom, logAt, percent } from "@/testing/vault-builders";
import { parameterCall, randomSalt, type ScheduleForm, scheduleOf } from "./schedule";

const STRATEGY = addressFrom(900);
const SALT = `0x${"11".repeat(32)}` as const;
const call = parameterCall({ parameter: "minBondRatio", strategy: STRATEGY, valueWad: percent(22) });
const form: ScheduleForm = { delayText: undefined, saltText: SALT, predecessor: NO_PREDECESSOR };
const DAYS_2 = 172_800n;

function queued(change: Partial<QueuedOperation> = {}): QueuedOperation {
  return {
    id: `0x${"99".repeat(32)}`,
    calls: [{ index: 0, target: call.to, value: 0n, data: call.data }],
    predecessor: NO_PREDECESSOR,
    predecessorState: "none",
    salt: SALT,
    delaySeconds: DAYS_2,
    etaSeconds: 1_780_000_000n,
    state: "pending",
    isShortNotice: false,
    scheduledAt: logAt(10n),
    closedAt: undefined,
    ...change,
  };
}

const schedule = (change: Partial<Parameters<typeof scheduleOf>[0]> = {}) =>
  scheduleOf({ form, call, minDelaySeconds: DAYS_2, queue: [], ...change });

describe("scheduleOf", () => {
  it("begins with the least notice and an id that the timelock would give", () => {
    const made = schedule();
    expect(made).toMatchObject({ delayText: "48", delaySeconds: DAYS_2, problems: {} });
    expect(made.id).toBe(operationIdOf({ calls: [call], predecessor: NO_PREDECESSOR, salt: SALT }));
  });

  it("never gives less than 48 hours, whatever the timelock allows, and no less than the timelock asks", () => {
    expect(schedule({ minDelaySeconds: 60n }).leastHours).toBe(48n);
    expect(schedule({ minDelaySeconds: 72n * 3_600n + 1n }).leastHours).toBe(73n);
    const short = schedule({ form: { ...form, delayText: "47" } });
    expect(short.delaySeconds).toBeUndefined();
    expect(short.problems.delay).toContain("At least 48 hours");
  });

  it("takes whole hours up to a year", () => {
    expect(schedule({ form: { ...form, delayText: "48.5" } }).problems.delay).toBe(
      "Enter whole hours, as in 48.",
    );
    expect(schedule({ form: { ...form, delayText: "8761" } }).problems.delay).toContain("At most 8760 hours");
  });

  it("refuses a salt that is not 32 bytes", () => {
    const made = schedule({ form: { ...form, saltText: "0x12" } });
    expect(made.problems.salt).toContain("32 bytes");
    expect(made.id).toBeUndefined();
  });

  it("finds the very operation in the queue before anybody signs it again", () => {
    const id = schedule().id;
    if (id === undefined) throw new Error("no id");
    const inQueue = schedule({ queue: [queued({ id, state: "ready" })] });
    expect(inQueue.problems.salt).toMatch(/in the queue already.*Take a new salt/);
    expect(schedule({ queue: [queued({ id, state: "executed" })] }).problems.salt).toContain(
      "executed already",
    );
    expect(schedule({ queue: [queued({ id, state: "cancelled" })] }).problems.salt).toBeUndefined();
  });

  it("finds the same change under another id", () => {
    expect(schedule({ queue: [queued()] }).sameChange?.id).toBe(queued().id);
    expect(schedule({ queue: [queued({ state: "executed" })] }).sameChange).toBeUndefined();
  });

  it("offers only open operations to come after", () => {
    const queue = [queued({ state: "cancelled" }), queued({ id: SALT, state: "ready" })];
    expect(schedule({ queue }).openOperations.map(({ id }) => id)).toEqual([SALT]);
  });
});

describe("randomSalt", () => {
  it("is 32 bytes, and another one each time", () => {
    const salts = Array.from({ length: 20 }, randomSalt);
    expect(salts.every((salt) => /^0x[0-9a-f]{64}$/.test(salt))).toBe(true);
    expect(new Set(salts).size).toBe(20);
  });
});
