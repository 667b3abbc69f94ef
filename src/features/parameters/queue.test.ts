// @vitest-environment node
import { describe, expect, it } from "vitest";
import {
  NO_PREDECESSOR,
  operationIdOf,
  setInterestRateCall,
  setMinBondRatioCall,
} from "@/data/operator/timelock-intents";
import type { PlainCall } from "@/data/transaction/intent";
import type { Hex, ParameterEvent, TimelockEvent } from "@/domain/model";
import { queueOf } from "@/domain/timelock";
import { depositAt, reportOf } from "@/testing/report-builders";
import {
  addressFrom,
  fluxOf,
  historyOf,
  logAt,
  managerOf,
  percent,
  stateOf,
  strategyOf,
} from "@/testing/vault-builders";
import { changeRowsOf } from "./change-history";
import { openIdsOf, queueRowsOf } from "./queue";

const STRATEGY = strategyOf();
const SALT: Hex = `0x${"11".repeat(32)}`;
const DELAY = 172_800n;
const raise = setMinBondRatioCall({ strategy: STRATEGY.address, ratioWad: percent(25) });

interface Scheduled {
  readonly block: bigint;
  readonly calls: readonly PlainCall[];
  readonly predecessor?: Hex;
  readonly delay?: bigint;
}

function scheduled({ block, calls, predecessor = NO_PREDECESSOR, delay = DELAY }: Scheduled) {
  const id = operationIdOf({ calls, predecessor, salt: SALT });
  const events: TimelockEvent[] = calls.map((call, index) => ({
    ...logAt(block, index),
    kind: "scheduled",
    id,
    index,
    target: call.to,
    value: call.value,
    data: call.data,
    predecessor,
    delaySeconds: delay,
  }));
  events.push({ ...logAt(block, calls.length), kind: "salt", id, salt: SALT });
  return { id, events };
}

function rowsOf(
  timelock: readonly TimelockEvent[],
  change: { atBlock?: bigint; parameters?: ParameterEvent[] } = {},
) {
  const { atBlock = 100n, parameters = [] } = change;
  const base = reportOf({
    state: stateOf({
      block: {
        number: atBlock,
        hash: `0x${"01".repeat(32)}`,
        timestampSeconds: 1_700_000_000n + atBlock * 12n,
      },
      flux: fluxOf({ strategy: STRATEGY }),
    }),
    managers: [managerOf({ manager: addressFrom(7), value: 112_000n, debt: 100_000n })],
    history: historyOf(depositAt(1n, addressFrom(400), 10_000_000n), { timelock, parameters }),
  });
  const nowSeconds = base.snapshot.state.block.timestampSeconds;
  const operations = queueOf({ events: timelock, nowSeconds, minDelaySeconds: DELAY });
  return { ...queueRowsOf(base, operations), ids: openIdsOf(operations) };
}

/** A block late enough for everything scheduled at block 10 to be ready. */
const LATER = 20_000n;

describe("queueRowsOf", () => {
  it("says what waits, until when, and what it would do to the book as it stands", () => {
    const { events, id } = scheduled({ block: 10n, calls: [raise] });
    const { open, closed, ids } = rowsOf(events);
    expect(closed).toEqual([]);
    expect(ids).toEqual([id]);
    expect(open).toHaveLength(1);
    const [row] = open;
    expect(row?.state.word).toBe("Pending");
    expect(row?.when).toMatch(/^Ready in 1 d 23 h, at 2023-11-16/);
    expect(row?.calls[0]?.sentence).toBe("Set the minimum bond ratio to 25% (20% now).");
    expect(row?.notYet).toContain("by the chain's clock");
    expect(row?.effect?.newlyLiquidatable).toHaveLength(1);
  });

  it("is ready by the block's time and can then be executed with the very calls", () => {
    const { events } = scheduled({ block: 10n, calls: [raise] });
    const [row] = rowsOf(events, { atBlock: LATER }).open;
    expect(row?.state.word).toBe("Ready");
    expect(row?.notYet).toBeUndefined();
    expect(row?.executable?.calls).toEqual([raise]);
  });

  it("lists every call of a batch in place, with those that cannot be read on top", () => {
    const unknown: PlainCall = { to: addressFrom(999), data: "0xdeadbeef", value: 0n };
    const { events } = scheduled({ block: 10n, calls: [raise, unknown] });
    const [row] = rowsOf(events).open;
    expect(row?.unreadable).toBe(1);
    expect(row?.calls.map(({ place, isUnderstood }) => [place, isUnderstood])).toEqual([
      ["call 2 of 2", false],
      ["call 1 of 2", true],
    ]);
    expect(row?.calls[0]?.sentence).toContain("0xdeadbeef");
    // What a batch does as a whole is not worked out from one of its calls.
    expect(row?.effect).toBeUndefined();
  });

  it("gives no friendly words to a known selector at another address", () => {
    const elsewhere: PlainCall = { ...raise, to: addressFrom(998) };
    const { events } = scheduled({ block: 10n, calls: [elsewhere] });
    expect(rowsOf(events).open[0]?.calls[0]).toMatchObject({ isUnderstood: false });
  });

  it("gives no friendly words to bytes that hold more than the words would say", () => {
    const longer: PlainCall = { ...raise, data: `${raise.data}${"00".repeat(32)}` };
    const { events } = scheduled({ block: 10n, calls: [longer] });
    const [call] = rowsOf(events).open[0]?.calls ?? [];
    expect(call?.isUnderstood).toBe(false);
    expect(call?.sentence).toContain("cannot read");
  });

  it("names a predecessor that stands in the way", () => {
    const missing: Hex = `0x${"77".repeat(32)}`;
    const { events } = scheduled({ block: 10n, calls: [raise], predecessor: missing });
    const [row] = rowsOf(events, { atBlock: LATER }).open;
    expect(row?.notYet).toContain("never scheduled in the blocks read");
  });

  it("says that the parameter has moved since it was scheduled", () => {
    const { events } = scheduled({ block: 10n, calls: [raise] });
    const moved: ParameterEvent = {
      ...logAt(50n),
      kind: "parameter",
      key: "minBondRatio",
      oldValue: percent(24),
      newValue: percent(20),
    };
    const [row] = rowsOf(events, { parameters: [moved] }).open;
    expect(row?.calls[0]?.sentence).toBe("Set the minimum bond ratio to 25% (24% when scheduled, 20% now).");
    expect(row?.moved).toBeDefined();
  });

  it("keeps a cancelled operation and the same one scheduled again apart", () => {
    const first = scheduled({ block: 10n, calls: [raise] });
    const again = scheduled({ block: 30n, calls: [raise] });
    const { open, closed } = rowsOf([
      ...first.events,
      { ...logAt(20n), kind: "cancelled", id: first.id },
      ...again.events,
    ]);
    expect(closed.map(({ state }) => state.word)).toEqual(["Cancelled"]);
    expect(open.map(({ state }) => state.word)).toEqual(["Pending"]);
    expect(open[0]?.key).not.toBe(closed[0]?.key);
  });

  it("marks a delay shorter than LPs were promised", () => {
    const { events } = scheduled({ block: 10n, calls: [raise], delay: 3_600n });
    expect(rowsOf(events).open[0]?.isShortNotice).toBe(true);
  });

  it("does not offer to execute what it cannot send as it was scheduled", () => {
    const { events } = scheduled({ block: 10n, calls: [raise] });
    const batchId: Hex = `0x${"55".repeat(32)}`;
    const asBatch = events.map((event) => (event.kind === "min-delay" ? event : { ...event, id: batchId }));
    const [row] = rowsOf(asBatch, { atBlock: LATER }).open;
    expect(row?.executable).toBeUndefined();
    expect(row?.notYet).toContain("batch of one");
  });

  it("shows what a rate change would do, in words of its own", () => {
    const call = setInterestRateCall({ strategy: STRATEGY.address, rateWad: percent(12.5) });
    const { events } = scheduled({ block: 10n, calls: [call] });
    const [row] = rowsOf(events).open;
    expect(row?.calls[0]?.sentence).toBe("Set the interest rate to 12.5% (15% now).");
    expect(row?.effect?.direction).toBe("neutral");
  });
});

describe("changeRowsOf", () => {
  it("lists changes newest first, with what they did to the LPs' risk", () => {
    const events: ParameterEvent[] = [
      {
        ...logAt(20n),
        kind: "parameter",
        key: "minBondRatio",
        oldValue: percent(20),
        newValue: percent(22.5),
      },
      { ...logAt(30n), kind: "asset-allowed", asset: addressFrom(80), allowed: true },
      { ...logAt(40n), kind: "parameter", key: "somethingNew", oldValue: 0n, newValue: percent(1) },
    ];
    const history = historyOf([], { parameters: events });
    expect(
      changeRowsOf({ history }).map(({ what, before, after, direction }) => [
        what,
        before,
        after,
        direction.word,
      ]),
    ).toEqual([
      ["somethingNew", "0%", "1%", "Neutral"],
      ["Allowed collateral", "not allowed", "allowed", "Risk up"],
      ["Minimum bond ratio", "20%", "22.5%", "Risk down"],
    ]);
  });
});
