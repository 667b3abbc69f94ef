import { describe, expect, it } from "vitest";
import { addressFrom, blockAt, historyOf, logAt, sampleOf, transferOf } from "@/testing/vault-builders";
import { blockTimelinesOf } from "./block-timeline";
import { FALL_ROUNDING_ASSETS, searchFalls, withSampledTotals } from "./falls";
import type { BlockTotals } from "./ledger-model";
import type { VaultEvent } from "./model";

const lp = addressFrom(1);
const SUPPLY = 1_000n;

interface Read {
  readonly block: bigint;
  readonly end: bigint;
  readonly start?: bigint;
  readonly supply?: bigint;
  readonly unmoved?: BlockTotals["unmoved"];
}

function readOf({ block, end, start, supply = SUPPLY, unmoved }: Read): BlockTotals {
  return {
    block: blockAt(block),
    totalAssets: end,
    totalSupplyShares: supply,
    atStart: start === undefined ? undefined : { totalAssets: start, totalSupplyShares: supply },
    unmoved,
  };
}

function search(input: {
  readonly reads: readonly Read[];
  readonly vault?: readonly VaultEvent[];
  readonly unavailable?: readonly bigint[];
  readonly isFlux?: boolean;
}) {
  const { reads, vault = [], unavailable = [], isFlux = true } = input;
  const timelines = blockTimelinesOf({ history: historyOf(vault), totals: reads.map(readOf) });
  return searchFalls({ timelines, virtualShares: 1n, isFlux, unavailableBlocks: unavailable });
}

const withdrawal = (block: bigint, assets: bigint): readonly VaultEvent[] => [
  transferOf(logAt(block), { from: lp, shares: 0n }),
  { ...logAt(block, 1), kind: "withdraw", sender: lp, receiver: lp, owner: lp, assets, shares: 0n },
];

describe("a fall inside a block", () => {
  it("is exact: from its start to its end, under one clock", () => {
    const { rows, wide } = search({
      reads: [
        { block: 19n, end: 1_000n },
        { block: 20n, start: 1_003n, end: 990n },
      ],
    });
    expect(rows).toEqual([
      {
        from: blockAt(19n),
        to: blockAt(20n),
        at: { blockNumber: 20n, logIndex: -1 },
        totalAssetsBefore: 1_003n,
        totalAssetsAfter: 990n,
        totalSupplyShares: SUPPLY,
        lpLossAssets: 13n,
        priceBefore: { assets: 1_004n, shares: 1_001n },
        priceAfter: { assets: 991n, shares: 1_001n },
        isNarrow: true,
      },
    ]);
    expect(wide).toEqual([]);
  });

  it("asks for the block before it, which is to be named", () => {
    const found = search({
      reads: [
        { block: 10n, end: 1_000n },
        { block: 20n, start: 1_003n, end: 990n, unmoved: { sinceBlock: 10n, totalAssets: 1_003n } },
      ],
    });
    expect(found.rows).toMatchObject([{ from: blockAt(10n), lpLossAssets: 13n, isNarrow: false }]);
    expect(found.readNext).toEqual([19n]);
  });

  it("is found behind a statement of the vault, where holdings count", () => {
    const { rows } = search({
      reads: [
        { block: 19n, end: 1_000n },
        { block: 20n, start: 1_000n, end: 1_001n },
      ],
      vault: [
        {
          ...logAt(20n, 6),
          kind: "recovery",
          from: lp,
          assets: 5n,
          totalAssetsBefore: 1_000n,
          totalSupplyShares: SUPPLY,
        },
      ],
    });
    expect(rows).toMatchObject([{ at: { blockNumber: 20n, logIndex: 7 }, lpLossAssets: 4n }]);
  });
});

describe("a fall between two read blocks", () => {
  const reads = [
    { block: 10n, end: 1_000n },
    { block: 20n, start: 950n, end: 950n, unmoved: { sinceBlock: 10n, totalAssets: 1_010n } },
  ];

  it("is at least the difference, and asks for the block in the middle", () => {
    const found = search({ reads });
    expect(found.rows).toMatchObject([
      { from: blockAt(10n), to: blockAt(20n), lpLossAssets: 50n, isNarrow: false },
    ]);
    expect(found.wide).toEqual([{ from: 10n, to: 20n, readNext: 15n }]);
    expect(found.readNext).toEqual([15n]);
  });

  it("stays wide where the middle is not kept, and is not asked for again", () => {
    const found = search({ reads, unavailable: [15n] });
    expect(found.wide).toEqual([{ from: 10n, to: 20n, readNext: undefined }]);
    expect(found.readNext).toEqual([]);
  });

  it("counts the flows of blocks that could not be read", () => {
    const ends = [
      { block: 10n, end: 1_000n },
      { block: 20n, start: 950n, end: 950n },
    ];
    expect(search({ reads: ends, vault: withdrawal(14n, 50n) }).rows).toEqual([]);
    expect(search({ reads: ends, vault: withdrawal(14n, 30n) }).rows).toMatchObject([{ lpLossAssets: 20n }]);
  });

  it("is not judged over an unread block whose loss nobody stated", () => {
    const liquidated: VaultEvent = {
      ...logAt(14n),
      kind: "liquidated",
      manager: addressFrom(11),
      liquidator: lp,
      positionValueAssets: 0n,
      trueDebtAssets: 50n,
      paymentAssets: 0n,
      badDebtAssets: 50n,
    };
    const ends = [
      { block: 10n, end: 1_000n },
      { block: 20n, start: 950n, end: 950n },
    ];
    expect(search({ reads: ends, vault: [liquidated] }).rows).toEqual([]);
  });

  it("asks for a start where only the end was read", () => {
    const found = search({
      reads: [
        { block: 19n, end: 1_000n },
        { block: 20n, end: 990n },
      ],
    });
    expect(found.rows).toMatchObject([{ lpLossAssets: 10n, isNarrow: true }]);
    expect(found.readStarts).toEqual([20n]);
    expect(found.readNext).toEqual([]);
  });
});

describe("a fall that interest hides", () => {
  const quiet = { block: 10n, end: 1_000n };

  it("asks once for the earlier state under the later clock", () => {
    const found = search({ reads: [quiet, { block: 20n, start: 1_005n, end: 1_005n }] });
    expect(found.rows).toEqual([]);
    expect(found.readUnmoved).toEqual([{ sinceBlock: 10n, atBlock: 20n }]);
  });

  it("is looked for where that is not what was found, higher or lower; and nowhere else", () => {
    for (const [totalAssets, readNext] of [
      [1_010n, [15n]],
      [1_001n, [15n]],
      [1_005n, []],
    ] as const) {
      const found = search({
        reads: [quiet, { block: 20n, start: 1_005n, end: 1_005n, unmoved: { sinceBlock: 10n, totalAssets } }],
      });
      expect(found.rows).toEqual([]);
      expect(found.readNext).toEqual(readNext);
      expect(found.readUnmoved).toEqual([]);
    }
  });

  it("is not judged by a figure of another span", () => {
    const unmoved = { sinceBlock: 5n, totalAssets: 2_000n };
    const found = search({ reads: [quiet, { block: 20n, start: 1_005n, end: 1_005n, unmoved }] });
    expect(found.readNext).toEqual([]);
    expect(found.readUnmoved).toEqual([{ sinceBlock: 10n, atBlock: 20n }]);
  });

  it("cannot be looked for in a vault that earns by other means", () => {
    const found = search({ reads: [quiet, { block: 20n, start: 1_005n, end: 1_005n }], isFlux: false });
    expect(found.readUnmoved).toEqual([]);
  });
});

describe("rounding", () => {
  it("of another vault may take two units; of a Flux vault none", () => {
    const reads = (lost: bigint) => [
      { block: 19n, end: 1_000n },
      { block: 20n, start: 1_000n, end: 1_000n - lost },
    ];
    expect(FALL_ROUNDING_ASSETS).toEqual({ flux: 0n, other: 2n });
    expect(search({ reads: reads(2n), isFlux: false }).rows).toEqual([]);
    expect(search({ reads: reads(3n), isFlux: false }).rows).toMatchObject([{ lpLossAssets: 3n }]);
    expect(search({ reads: reads(1n) }).rows).toMatchObject([{ lpLossAssets: 1n }]);
  });
});

describe("sampled totals", () => {
  it("fill in blocks that were not read, and replace none", () => {
    const read = [readOf({ block: 10n, start: 1n, end: 2n })];
    const all = withSampledTotals(read, [sampleOf(10n, { totalAssets: 9n }), sampleOf(11n)]);
    expect(all.map(({ block, totalAssets, atStart }) => [block.number, totalAssets, atStart])).toEqual([
      [10n, 2n, { totalAssets: 1n, totalSupplyShares: SUPPLY }],
      [11n, 1_000_000_000_000n, undefined],
    ]);
  });
});
