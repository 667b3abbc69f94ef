// @vitest-environment node
import { describe, expect, it } from "vitest";
import { corridorOf } from "@/domain/liquidation";
import {
  addressFrom,
  fluxOf,
  managerOf,
  percent,
  snapshotOf,
  stateOf,
  strategyOf,
  USDC,
} from "@/testing/vault-builders";
import { controlNotice, controlOf } from "./control";
import { currentValuesOf } from "./current";
import { changeLoadLineOf, changeMarksOf } from "./load-line";

const snapshot = snapshotOf([
  managerOf({
    value: 50_300n,
    debt: 50_000n,
    quote: { canLiquidate: true, minPaymentAssets: 50_000n * USDC },
  }),
]);

function textOf(id: string): string | undefined {
  const values = currentValuesOf(snapshot);
  const all = [...(values?.held ?? []), ...(values?.corridor ?? []), ...(values?.byRule ?? [])];
  const figure = all.find((one) => one.id === id)?.figure;
  return figure?.kind === "known" ? figure.text : undefined;
}

describe("currentValuesOf", () => {
  it("shows the documented corridor of a 20 % bond, 10 % buffer and 1 % margin", () => {
    expect(textOf("threshold")).toBe("1.100");
    expect(textOf("distance")).toBe("0.100");
    expect(textOf("room")).toBe("8.33%");
    expect(textOf("gap-a")).toBe("9.09%");
    expect(textOf("gap-b")).toBe("8.17%");
    expect(textOf("line-a")).toBe("1.000");
    expect(textOf("line-b")).toBe("1.011");
    expect(textOf("dead-zone")).toBe("1.000 – 1.0102");
    expect(textOf("curator-fee")).toBe("10%");
  });

  it("gives every figure a formula with its block", () => {
    const values = currentValuesOf(snapshot);
    const all = [...(values?.held ?? []), ...(values?.corridor ?? []), ...(values?.byRule ?? [])];
    expect(all.every(({ formula }) => formula.block.startsWith("block 100 (0x"))).toBe(true);
  });

  it("says which payment rule the strategy's own answers show", () => {
    expect(currentValuesOf(snapshot)?.ruleSentence).toContain("rule (a)");
    const underB = snapshotOf([
      managerOf({
        value: 50_300n,
        debt: 50_000n,
        quote: { canLiquidate: true, minPaymentAssets: 49_797n * USDC },
      }),
    ]);
    expect(currentValuesOf(underB)?.ruleSentence).toContain("rule (b)");
    expect(currentValuesOf(snapshotOf([]))?.ruleSentence).toContain("do not show which one");
  });

  it("publishes nothing for a vault that has no strategy", () => {
    expect(
      currentValuesOf({
        state: stateOf({ flux: undefined }),
        managers: [],
        unreadManagers: [],
        rung: "lens",
      }),
    ).toBeUndefined();
  });

  it("never gives one name to two numbers: the load line's zones are the falls of the same name", () => {
    const corridor = corridorOf(strategyOf());
    const zones = changeMarksOf({ before: corridor, after: corridor, rule: "a" }).flatMap(({ zoneBelow }) =>
      zoneBelow?.detail === undefined ? [] : [[zoneBelow.label, zoneBelow.detail]],
    );
    expect(zones).toEqual([
      ["Manager room", textOf("room")],
      ["Gap tolerance", textOf("gap-a")],
    ]);
    const values = currentValuesOf(snapshot);
    const labels = [...(values?.corridor ?? []), ...(values?.byRule ?? [])].map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels).toContain("Distance from T to insolvency");
  });

  it("marks a cushion that is gone as a loss", () => {
    const thin = snapshotOf([], {
      flux: fluxOf({
        strategy: strategyOf({ minBondRatioWad: percent(10), liquidationBufferWad: percent(10) }),
      }),
    });
    const distance = currentValuesOf(thin)?.corridor.find(({ id }) => id === "distance");
    expect(distance?.tone).toBe("loss");
  });
});

const OWNER = addressFrom(901);
const read = { minDelaySeconds: 172_800n, openExecution: false, roles: undefined, timestamps: new Map() };

describe("controlOf", () => {
  it("says that an immutable strategy can never change", () => {
    const control = controlOf({
      strategy: strategyOf({ isMutable: false }),
      timelockAddress: OWNER,
      timelock: read,
    });
    expect(controlNotice(control)?.title).toBe("Nothing can change, ever");
  });

  it("warns of an owner that is no timelock, and of a timelock that is no owner", () => {
    const strategy = strategyOf();
    const bare = controlOf({
      strategy,
      timelockAddress: OWNER,
      timelock: { ...read, minDelaySeconds: undefined },
    });
    expect(controlNotice(bare)).toMatchObject({ tone: "danger", title: "Changes take effect at once" });
    const other = controlOf({ strategy, timelockAddress: addressFrom(5), timelock: read });
    expect(other.kind).toBe("other-owner");
  });

  it("gives proposals 48 hours even where the timelock asks for less, and says so", () => {
    const control = controlOf({
      strategy: strategyOf(),
      timelockAddress: OWNER,
      timelock: { ...read, minDelaySeconds: 3_600n },
    });
    expect(control).toMatchObject({ kind: "timelock", noticeSeconds: 172_800n });
    expect(controlNotice(control)?.title).toContain("1 h");
  });
});

describe("changeLoadLineOf", () => {
  const after = corridorOf(strategyOf({ minBondRatioWad: percent(25) }));
  const before = corridorOf(strategyOf());
  const drawn = (change: Partial<Parameters<typeof changeLoadLineOf>[0]> = {}) =>
    changeLoadLineOf({
      snapshot,
      before,
      after,
      rule: "a",
      newlyLiquidatable: 2,
      managerHref: (manager) => `#/${manager}`,
      ...change,
    });

  it("moves the marks that the change moves and remembers where they were", () => {
    const marks = new Map(drawn().marks.map((mark) => [mark.kind, mark]));
    expect(marks.get("threshold")).toMatchObject({ value: "1.150", was: { value: "1.100", health: 1.1 } });
    expect(marks.get("opening")).toMatchObject({ value: "1.250", was: { value: "1.200" } });
    expect(marks.get("insolvent")?.was).toBeUndefined();
    expect(drawn().debts).toHaveLength(1);
  });

  it("has no former marks where nothing moves", () => {
    expect(drawn({ after: before }).marks.every(({ was }) => was === undefined)).toBe(true);
  });

  it("counts who would fall below the line in good English", () => {
    const said = (newlyLiquidatable: number) => drawn({ newlyLiquidatable }).summary;
    expect(said(2)).toContain("2 managers that are healthy today would fall below it.");
    expect(said(1)).toContain("1 manager that is healthy today would fall below it.");
    expect(said(0)).toContain("nobody who is healthy today would fall below it.");
  });

  it("says whom it does not draw", () => {
    const unread = snapshotOf([managerOf({ value: undefined, debt: 5n })]);
    expect(drawn({ snapshot: unread }).notDrawn).toBe(
      "1 manager is not drawn: their health could not be read.",
    );
  });
});
