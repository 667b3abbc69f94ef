import { describe, expect, it } from "vitest";
import { addressFrom, blockAt, historyOf, logAt, transferOf } from "@/testing/vault-builders";
import { blockTimelinesOf } from "./block-timeline";
import type { BlockTotals } from "./ledger-model";
import type { Address, VaultEvent } from "./model";

const BLOCK = 10n;
const lp = addressFrom(1);

interface Totals {
  readonly start?: bigint;
  readonly end: bigint;
  readonly supply?: bigint;
}

function readAt({ start, end, supply = 1_000n }: Totals): BlockTotals {
  return {
    block: blockAt(BLOCK),
    totalAssets: end,
    totalSupplyShares: supply,
    atStart: start === undefined ? undefined : { totalAssets: start, totalSupplyShares: supply },
  };
}

function liquidated(logIndex: number, change: { manager?: Address; badDebtAssets: bigint }): VaultEvent {
  return {
    ...logAt(BLOCK, logIndex),
    kind: "liquidated",
    manager: change.manager ?? addressFrom(11),
    liquidator: addressFrom(99),
    positionValueAssets: 0n,
    trueDebtAssets: change.badDebtAssets,
    paymentAssets: 0n,
    badDebtAssets: change.badDebtAssets,
  };
}

function recovery(
  logIndex: number,
  change: { readonly before: bigint; readonly assets: bigint },
): VaultEvent {
  return {
    ...logAt(BLOCK, logIndex),
    kind: "recovery",
    from: lp,
    assets: change.assets,
    totalAssetsBefore: change.before,
    totalSupplyShares: 1_000n,
  };
}

const deposit = (logIndex: number, amount: bigint): readonly VaultEvent[] => [
  transferOf(logAt(BLOCK, logIndex), { to: lp, shares: amount }),
  { ...logAt(BLOCK, logIndex + 1), kind: "deposit", sender: lp, owner: lp, assets: amount, shares: amount },
];

function timelineOf(vault: readonly VaultEvent[], totals?: Totals) {
  const read = totals === undefined ? [] : [readAt(totals)];
  const [timeline] = blockTimelinesOf({ history: historyOf(vault), totals: read });
  if (timeline === undefined) throw new Error("no timeline");
  return timeline;
}

const changesOf = (vault: readonly VaultEvent[], totals: Totals) =>
  timelineOf(vault, totals).steps.map(({ assetsBefore, assetsAfter }) =>
    assetsBefore === undefined || assetsAfter === undefined ? undefined : assetsAfter - assetsBefore,
  );

describe("losses that the vault did not state", () => {
  it("are what is missing between the block's start with its flows and its end", () => {
    const vault = [...deposit(0, 50n), liquidated(3, { badDebtAssets: 100n }), ...deposit(5, 7n)];
    expect(changesOf(vault, { start: 1_000n, end: 965n, supply: 1_057n })).toEqual([50n, -92n, 7n]);
    expect(timelineOf(vault, { start: 1_000n, end: 965n }).falls).toEqual([]);
  });

  it("share it in proportion to their bad debt, odd units to the largest remainder, then to the lower manager", () => {
    const both = [
      liquidated(2, { manager: addressFrom(12), badDebtAssets: 100n }),
      liquidated(4, { manager: addressFrom(11), badDebtAssets: 100n }),
    ];
    expect(changesOf(both, { start: 1_000n, end: 849n })).toEqual([-75n, -76n]);
    const uneven = [
      liquidated(2, { manager: addressFrom(11), badDebtAssets: 10n }),
      liquidated(4, { manager: addressFrom(12), badDebtAssets: 20n }),
    ];
    // 20 × 10/30 = 6 2/3 and 20 × 20/30 = 13 1/3.
    expect(changesOf(uneven, { start: 1_000n, end: 980n })).toEqual([-7n, -13n]);
    expect(timelineOf(uneven, { start: 1_000n, end: 980n }).steps.map((one) => one.lossesTogether)).toEqual([
      2, 2,
    ]);
  });

  it("of one manager closed twice in a block keep their order", () => {
    const twice = [liquidated(2, { badDebtAssets: 10n }), liquidated(4, { badDebtAssets: 30n })];
    expect(changesOf(twice, { start: 1_000n, end: 960n })).toEqual([-10n, -30n]);
  });

  it("are told apart where the vault states its total in between", () => {
    const vault = [
      liquidated(0, { manager: addressFrom(11), badDebtAssets: 100n }),
      recovery(2, { before: 960n, assets: 5n }),
      liquidated(4, { manager: addressFrom(12), badDebtAssets: 100n }),
    ];
    const timeline = timelineOf(vault, { start: 1_000n, end: 905n });
    expect(changesOf(vault, { start: 1_000n, end: 905n })).toEqual([-40n, 5n, -60n]);
    expect(timeline.steps.map(({ lossesTogether }) => lossesTogether)).toEqual([1, 1, 1]);
  });

  it("are at most their bad debt: what went beyond is a fall", () => {
    const timeline = timelineOf([liquidated(3, { badDebtAssets: 100n })], { start: 1_000n, end: 870n });
    expect(timeline.steps[0]).toMatchObject({ assetsBefore: 970n, assetsAfter: 870n });
    expect(timeline.falls).toEqual([
      { logIndex: -1, beforeAssets: 1_000n, afterAssets: 970n, supplyShares: 1_000n },
    ]);
  });

  it("stay open without the block's start, and so does what the block did in all", () => {
    const timeline = timelineOf([liquidated(3, { badDebtAssets: 100n }), ...deposit(5, 7n)], { end: 965n });
    expect(timeline.steps[0]).toMatchObject({ assetsBefore: undefined, assetsAfter: 958n });
    expect(timeline.start.assets).toBeUndefined();
    expect(timeline.netAssets).toBeUndefined();
  });
});

describe("what no log explains", () => {
  it("is a fall at the block's start", () => {
    const timeline = timelineOf(deposit(4, 10n), { start: 1_000n, end: 1_003n, supply: 1_010n });
    expect(timeline.falls).toEqual([
      { logIndex: -1, beforeAssets: 1_000n, afterAssets: 993n, supplyShares: 1_000n },
    ]);
    expect(timeline.steps[0]).toMatchObject({ assetsBefore: 993n, assetsAfter: 1_003n });
  });

  it("is a fall behind the statement after which it was seen, and the logs before that keep their totals", () => {
    const vault = [...deposit(0, 10n), recovery(3, { before: 1_010n, assets: 5n }), ...deposit(6, 20n)];
    const timeline = timelineOf(vault, { start: 1_000n, end: 1_031n, supply: 1_020n });
    expect(timeline.falls).toEqual([
      { logIndex: 4, beforeAssets: 1_015n, afterAssets: 1_011n, supplyShares: 1_000n },
    ]);
    expect(timeline.steps.map(({ assetsBefore }) => assetsBefore)).toEqual([1_000n, 1_010n, 1_011n]);
  });

  it("is no fall when the total is higher: it was there before the first log", () => {
    const timeline = timelineOf(deposit(4, 10n), { start: 1_000n, end: 1_025n, supply: 1_010n });
    expect(timeline.falls).toEqual([]);
    expect(timeline.steps[0]).toMatchObject({ assetsBefore: 1_015n, assetsAfter: 1_025n });
  });
});

describe("a block of which little is known", () => {
  it("is walked forwards from its start where its end was not read", () => {
    const vault = [...deposit(0, 10n), recovery(3, { before: 1_010n, assets: 5n }), ...deposit(6, 20n)];
    const { steps, end } = timelineOf(vault);
    expect(steps.map(({ assetsAfter, supplyAfter }) => [assetsAfter, supplyAfter])).toEqual([
      [1_010n, 1_000n],
      [1_015n, 1_000n],
      [1_035n, 1_020n],
    ]);
    expect(end.assets).toBeUndefined();
  });

  it("without a reading or a statement has no totals, but what its logs did", () => {
    const { steps, netAssets, start } = timelineOf([...deposit(0, 10n), ...deposit(3, 5n)]);
    expect(steps.map(({ assetsBefore, supplyBefore }) => [assetsBefore, supplyBefore])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
    expect(netAssets).toBe(15n);
    expect(start).toEqual({ assets: undefined, supplyShares: undefined });
  });

  it("that was read and has no logs starts as it ends unless its start was read too", () => {
    expect(timelineOf([], { end: 990n }).start.assets).toBe(990n);
    const fell = timelineOf([], { start: 1_000n, end: 990n });
    expect(fell.start.assets).toBe(1_000n);
    expect(fell.falls).toEqual([
      { logIndex: -1, beforeAssets: 1_000n, afterAssets: 990n, supplyShares: 1_000n },
    ]);
  });
});
