import { describe, expect, it } from "vitest";
import {
  BASE,
  FIXED,
  partOf,
  riskBookOf,
  riskPositionOf,
  SHARES_OF_WETH,
  WETH,
} from "@/testing/risk-builders";
import { addressFrom, fluxOf, managerOf, stateOf, strategyOf, USDC } from "@/testing/vault-builders";
import { known } from "../figure";
import { unitOf, WAD } from "../math";
import type { Address } from "../model";
import type { RiskBook } from "./model";
import { positionAt } from "./outcome";
import { exposedAssetsOf, openingRoomLeftWad, type PositionAhead, positionsAheadOf } from "./position-ahead";
import { pricesAfter } from "./prices";

const ETHER = unitOf(18);
/** One part in ten thousand: the step of a printed fall. */
const STEP = WAD / 10_000n;

function aheadIn(book: RiskBook, manager: Address = addressFrom(1)): PositionAhead {
  const found = positionsAheadOf(book);
  const ahead = found.kind === "known" ? found.value.get(manager) : undefined;
  if (ahead === undefined) throw new Error("the book knows the position");
  return ahead;
}

/** The position's outcome when everything that it is exposed to falls together. */
function outcomeAfter(book: RiskBook, fallWad: bigint) {
  const { prices } = pricesAfter(
    book,
    exposedAssetsOf(book).map((asset) => ({ asset, fallWad })),
  );
  const [position] = book.positions;
  if (position === undefined) throw new Error("the book has a position");
  const outcome = positionAt(position, { book, prices });
  if (outcome.kind === "unknown") throw new Error("every part has a price");
  return outcome.value;
}

describe("positionsAheadOf", () => {
  // Threshold 1.10: value 150,000 of which 100,000 is WETH, against a debt of 100,000.
  const book = riskBookOf([
    riskPositionOf({
      debt: 100_000n,
      parts: [partOf(BASE, 50_000n * USDC, true), partOf(WETH, 50n * ETHER)],
    }),
  ]);

  it("divides the fall of value by the exposed part: (1 − T / H) / e", () => {
    const ahead = aheadIn(book);
    expect(ahead.exposedWad).toEqual(known((2n * WAD) / 3n));
    // 1 − 1.1 / 1.5 = 4 / 15, by 2 / 3: 40 %. The first fall beyond it is the first that can be liquidated.
    expect(ahead.toLiquidation).toEqual(known({ kind: "at", fallWad: (4n * WAD) / 10n + 1n }));
    expect(ahead.toBadDebt).toEqual(known({ kind: "at", fallWad: WAD / 2n + 1n }));
    expect(ahead.exposedTo).toEqual([WETH]);
  });

  it("agrees with the exact outcome on either side of every printed fall", () => {
    const parts = [
      [partOf(BASE, 20_000n * USDC, true), partOf(WETH, 51_234_567_890_123_456_789n)],
      [partOf(BASE, 31_415n * USDC, true), partOf(SHARES_OF_WETH, 48_765_432_109_876_543_210n)],
      [partOf(WETH, 33n * ETHER), partOf(SHARES_OF_WETH, 17n * ETHER + 1n), partOf(FIXED, 31_000n * ETHER)],
    ];
    for (const rule of ["a", "b"] as const) {
      for (const some of parts) {
        const one = riskBookOf([riskPositionOf({ debt: 97_531n, parts: some })], { rule });
        const { toLiquidation, toBadDebt } = aheadIn(one);
        if (toLiquidation.kind === "unknown" || toLiquidation.value.kind !== "at")
          throw new Error("is ahead");
        if (toBadDebt.kind === "unknown" || toBadDebt.value.kind !== "at") throw new Error("is ahead");
        const printed = (toLiquidation.value.fallWad / STEP) * STEP;
        expect(outcomeAfter(one, printed).canLiquidate).toBe(false);
        expect(outcomeAfter(one, printed + STEP).canLiquidate).toBe(true);
        const losing = (toBadDebt.value.fallWad / STEP) * STEP;
        expect(outcomeAfter(one, losing).badDebtAssets).toBe(0n);
        expect(outcomeAfter(one, losing + STEP).badDebtAssets).toBeGreaterThan(0n);
      }
    }
  });

  it("says already, and unreachable where too little is exposed", () => {
    const under = riskBookOf([riskPositionOf({ debt: 100_000n, parts: [partOf(WETH, 47n * ETHER)] })]);
    expect(aheadIn(under).toLiquidation).toEqual(known({ kind: "already" }));
    expect(aheadIn(under).toBadDebt).toEqual(known({ kind: "already" }));
    const safe = riskBookOf([
      riskPositionOf({ debt: 100_000n, parts: [partOf(FIXED, 120_000n * ETHER), partOf(WETH, 50n * ETHER)] }),
    ]);
    expect(aheadIn(safe).toLiquidation).toEqual(known({ kind: "unreachable" }));
  });

  it("counts shares of a vault as the asset inside, the largest exposure first", () => {
    const mixed = riskBookOf([
      riskPositionOf({
        debt: 1n,
        parts: [partOf(SHARES_OF_WETH, 10n * ETHER), partOf(WETH, ETHER), partOf(FIXED, ETHER)],
      }),
    ]);
    expect(aheadIn(mixed).exposedTo).toEqual([WETH]);
  });

  it("says what a position is although another one could not be read", () => {
    expect(aheadIn({ ...book, unread: [addressFrom(77)] }).toLiquidation.kind).toBe("known");
    const unpriced = addressFrom(3_333);
    const other = riskPositionOf({ manager: addressFrom(2), debt: 5n, parts: [partOf(unpriced, 1n)] });
    const both = { ...book, positions: [...book.positions, other] };
    expect(aheadIn(both).toLiquidation.kind).toBe("known");
    expect(aheadIn(both, addressFrom(2)).toLiquidation).toEqual({ kind: "unknown", reason: "no-price" });
  });
});

describe("openingRoomLeftWad", () => {
  // Bond 20 %, buffer 10 %: from 1.20 at opening down to 1.10.
  const state = stateOf({ flux: fluxOf({ strategy: strategyOf() }) });
  const roomOf = (value: bigint) => openingRoomLeftWad(managerOf({ value, debt: 100_000n }), state);

  it("is all at the least bond, half on half of the way, nothing at the threshold, less than nothing below", () => {
    expect(roomOf(120_000n)).toEqual(known(WAD));
    expect(roomOf(115_000n)).toEqual(known(WAD / 2n));
    expect(roomOf(110_000n)).toEqual(known(0n));
    expect(roomOf(105_000n)).toEqual(known(-WAD / 2n));
  });

  it("is unknown where no way leads from opening to the threshold, and where nothing is owed", () => {
    const flux = fluxOf({ strategy: strategyOf({ liquidationBufferWad: 0n }) });
    expect(openingRoomLeftWad(managerOf({ value: 1n, debt: 1n }), stateOf({ flux }))).toEqual({
      kind: "unknown",
      reason: "parameters-implausible",
    });
    expect(openingRoomLeftWad(managerOf({ value: 1n, debt: 0n }), state)).toEqual({
      kind: "unknown",
      reason: "no-debt",
    });
  });
});
