import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blockAt, percent, sampleOf, USDC } from "@/testing/vault-builders";
import { WAD } from "./math";
import {
  assetsForSharesDown,
  assetsForSharesUp,
  compareSharePrice,
  deepestDrawdown,
  drawdownSeries,
  highWaterMark,
  priceFallWadDown,
  sharePriceOf,
  sharesForAssetsDown,
  underWaterOf,
} from "./share-price";

const price = (assets: bigint, shares: bigint) => ({ assets, shares });

describe("the share price", () => {
  it("is the pair that the vault converts by: one virtual asset, 10^offset virtual shares", () => {
    expect(sharePriceOf({ totalAssets: 10n, totalSupplyShares: 20n, virtualShares: 1_000n })).toEqual({
      assets: 11n,
      shares: 1_020n,
    });
  });

  it("of a vault without virtual shares has no virtual asset", () => {
    expect(sharePriceOf({ totalAssets: 10n, totalSupplyShares: 20n, virtualShares: 0n })).toEqual({
      assets: 10n,
      shares: 20n,
    });
  });

  it("no shares at all: no supply, not zero and not infinite", () => {
    expect(assetsForSharesDown(price(10n, 0n), 5n)).toEqual({ kind: "unknown", reason: "no-supply" });
    expect(assetsForSharesUp(price(10n, 0n), 5n).kind).toBe("unknown");
    expect(sharesForAssetsDown(price(0n, 10n), 5n)).toEqual({ kind: "unknown", reason: "no-assets" });
    expect(priceFallWadDown(price(1n, 0n), price(1n, 1n)).kind).toBe("unknown");
    expect(priceFallWadDown(price(0n, 1n), price(1n, 1n))).toEqual({ kind: "unknown", reason: "no-assets" });
  });

  it("converting there and back never gains a unit", () => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 30n });
    fc.assert(
      fc.property(amount, amount, amount, (assets, shares, given) => {
        const pair = price(assets, shares);
        const bought = sharesForAssetsDown(pair, given);
        if (bought.kind === "unknown") throw new Error("expected a figure");
        const back = assetsForSharesDown(pair, bought.value);
        expect(back.kind === "known" && back.value <= given).toBe(true);
      }),
    );
  });

  it("rounds up by less than one unit", () => {
    expect(assetsForSharesDown(price(10n, 3n), 1n)).toEqual({ kind: "known", value: 3n });
    expect(assetsForSharesUp(price(10n, 3n), 1n)).toEqual({ kind: "known", value: 4n });
  });

  it("compares exactly where a quotient would not", () => {
    expect(compareSharePrice(price(WAD * WAD, WAD * WAD), price(WAD * WAD - 1n, WAD * WAD))).toBe(1);
    expect(compareSharePrice(price(1n, 3n), price(2n, 6n))).toBe(0);
    expect(compareSharePrice(price(1n, 3n), price(1n, 2n))).toBe(-1);
  });
});

describe("drawdown", () => {
  const at = (block: bigint, assets: bigint) => sampleOf(block, { totalAssets: assets * USDC });
  const samples = [at(10n, 1_000_000n), at(20n, 1_100_000n), at(30n, 990_000n), at(40n, 1_045_000n)];
  const series = drawdownSeries({ samples, virtualShares: 0n });

  it("is the fall from the highest price so far", () => {
    expect(series.map(({ drawdownWad }) => drawdownWad)).toEqual([0n, 0n, percent(10), percent(5)]);
    expect(highWaterMark(series)?.block.number).toBe(20n);
    expect(deepestDrawdown(series)?.block.number).toBe(30n);
  });

  it("does not depend on the order of the samples", () => {
    expect(drawdownSeries({ samples: samples.toReversed(), virtualShares: 0n })).toEqual(series);
  });

  it("counts the time since the last high-water mark", () => {
    expect(underWaterOf(series)).toEqual({
      isUnderWater: true,
      currentSeconds: 240n,
      longestSeconds: 240n,
    });
  });

  it("ends when the peak is reached again; a rising price is never under water", () => {
    const healed = drawdownSeries({
      samples: [...samples, at(50n, 1_100_000n), at(60n, 1_200_000n)],
      virtualShares: 0n,
    });
    expect(underWaterOf(healed)).toEqual({
      isUnderWater: false,
      currentSeconds: 0n,
      longestSeconds: 360n,
    });
    expect(highWaterMark(healed)?.block.number).toBe(60n);
    const rising = drawdownSeries({ samples: samples.slice(0, 2), virtualShares: 0n });
    expect(underWaterOf(rising)).toEqual({
      isUnderWater: false,
      currentSeconds: 0n,
      longestSeconds: 0n,
    });
  });

  it("knows the peak just before a loss and the depth just after it, however sparse the samples are", () => {
    const moment = (logIndex: number, assets: bigint) => ({
      block: blockAt(25n),
      logIndex,
      price: price(assets * USDC, 1_000_000n * USDC),
    });
    const moments = [moment(3, 1_150_000n), moment(3, 920_000n), moment(7, 920_000n), moment(7, 980_000n)];
    const found = drawdownSeries({ samples, moments, virtualShares: 0n });
    expect(found.map(({ drawdownWad }) => drawdownWad).slice(2, 6)).toEqual([
      0n,
      percent(20),
      percent(20),
      (170_000n * WAD) / 1_150_000n,
    ]);
    expect(highWaterMark(found)?.price.assets).toBe(1_150_000n * USDC);
    expect(deepestDrawdown(found)?.drawdownWad).toBe(percent(20));
    // From the second of the loss, not from the sample before it.
    expect(underWaterOf(found).currentSeconds).toBe(15n * 12n);
    const justNow = drawdownSeries({ samples: [], moments: moments.slice(0, 2), virtualShares: 0n });
    expect(underWaterOf(justNow)).toEqual({ isUnderWater: true, currentSeconds: 0n, longestSeconds: 0n });
  });

  it("no supply: a gap, not a price of zero", () => {
    const gap = sampleOf(25n, { totalSupplyShares: 0n, totalAssets: 0n });
    const found = drawdownSeries({ samples: [...samples, gap], virtualShares: 1n });
    expect(found.map(({ block }) => block.number)).toEqual([10n, 20n, 30n, 40n]);
  });

  it("no samples: nothing", () => {
    expect(highWaterMark([])).toBeUndefined();
    expect(deepestDrawdown([])).toBeUndefined();
    expect(underWaterOf([])).toEqual({
      isUnderWater: false,
      currentSeconds: 0n,
      longestSeconds: 0n,
    });
  });
});
