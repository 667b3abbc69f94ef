import { describe, expect, it } from "vitest";
import { addressFrom, historyOf, logAt, USDC } from "@/testing/vault-builders";
import { extremeMomentsOf, ownBlocksOf } from "./health-moments";

const ME = addressFrom(1);

describe("ownBlocksOf", () => {
  it("names each block of a manager once, in order, and no other's", () => {
    const borrowed = (block: bigint, manager = ME, logIndex = 0) =>
      ({ ...logAt(block, logIndex), kind: "borrowed", manager, assets: USDC }) as const;
    const history = historyOf([
      borrowed(9n),
      borrowed(3n),
      borrowed(3n, ME, 1),
      borrowed(5n, addressFrom(2)),
    ]);
    expect(ownBlocksOf(history, ME).map(({ number }) => number)).toEqual([3n, 9n]);
    expect(ownBlocksOf(history, ME)[0]?.hash).toBe(logAt(3n).blockHash);
  });
});

describe("extremeMomentsOf", () => {
  const rounds = [50n, 40n, 60n, 55n, 20n, 90n].map((answer, place) => ({
    answer,
    atSeconds: 10n * BigInt(place + 1),
  }));
  const of = (most: number, fromSeconds = 0n, toSeconds = 60n) =>
    extremeMomentsOf(new Map([[ME, rounds]]), { fromSeconds, toSeconds, most });

  it("keeps the lowest and the highest of every part, never more than asked for", () => {
    expect(of(2)).toEqual([50n, 60n]);
    expect(of(4)).toEqual([20n, 30n, 50n, 60n]);
    expect(of(1_000)).toEqual([10n, 20n, 30n, 40n, 50n, 60n]);
  });

  it("leaves out what lies outside the span", () => {
    expect(of(1_000, 20n, 40n)).toEqual([30n, 40n]);
    expect(of(2, 30n, 30n)).toEqual([]);
  });
});
