import { describe, expect, it } from "vitest";
import { addressFrom, historyOf, logAt, percent, sampleOf, stateOf, USDC } from "@/testing/vault-builders";
import { ledgerOf } from "./ledger";
import type { TotalsSample, VaultEvent, VaultHistory } from "./model";
import { ratioSeriesOf } from "./ratio-series";

const events: readonly VaultEvent[] = [
  {
    ...logAt(5n),
    kind: "deposit",
    sender: addressFrom(1),
    owner: addressFrom(1),
    assets: 1_000n * USDC,
    shares: 1_000n * USDC,
  },
  { ...logAt(6n), kind: "borrowed", manager: addressFrom(2), assets: 500n * USDC },
  {
    ...logAt(20n),
    kind: "loss",
    manager: addressFrom(2),
    principalAssets: 100n * USDC,
    interestAssets: 0n,
    lpLossAssets: 100n * USDC,
    totalAssetsBefore: 1_000n * USDC,
    totalAssetsAfter: 900n * USDC,
    totalSupplyShares: 1_000n * USDC,
  },
];

function series(samples: readonly TotalsSample[], change: Partial<VaultHistory> = {}) {
  const history = historyOf(events, change);
  return ratioSeriesOf({ samples, history, ledger: ledgerOf({ history, state: stateOf() }) });
}

const before = sampleOf(19n, { totalAssets: 1_000n * USDC });
const after = sampleOf(20n, { totalAssets: 900n * USDC });

describe("the bad-debt ratio over time", () => {
  const [first, second] = series([after, before]);

  it("is in order of time and counts a loss from its own block on", () => {
    expect(first?.badDebtAssets).toEqual({ kind: "known", value: 0n });
    expect(second?.badDebtAssets).toEqual({ kind: "known", value: 100n * USDC });
  });

  it("has one figure for every denominator", () => {
    expect(second?.ratioWad).toEqual({
      "assets-and-losses": { kind: "known", value: percent(10) },
      assets: { kind: "known", value: 111_111_111_111_111_111n },
      lent: { kind: "known", value: percent(20) },
      supplied: { kind: "known", value: percent(10) },
      tvl: { kind: "unknown", reason: "snapshot-incomplete" },
    });
  });

  it("counts what managers have put up into the value locked, where it was read", () => {
    const history = historyOf(events);
    const [, point] = ratioSeriesOf({
      samples: [before, after],
      history,
      ledger: ledgerOf({ history, state: stateOf() }),
      collateralAt: ({ number }) =>
        number === 20n
          ? { kind: "known", value: 100n * USDC }
          : { kind: "unknown", reason: "archive-unavailable" },
    });
    expect(point?.wholeAssets.tvl).toEqual({ kind: "known", value: 1_000n * USDC });
    expect(point?.ratioWad.tvl).toEqual({ kind: "known", value: percent(10) });
  });

  it("is unknown, not zero, for a vault that publishes no losses", () => {
    const history = historyOf([]);
    const ledger = ledgerOf({ history, state: { ...stateOf(), flux: undefined } });
    const [point] = ratioSeriesOf({ samples: [before], history, ledger });
    expect(point?.badDebtAssets).toEqual({ kind: "unknown", reason: "not-published" });
  });

  it("before anything was lent or supplied those ratios have no meaning", () => {
    const [early] = series([sampleOf(2n)]);
    expect(early?.ratioWad.lent).toEqual({ kind: "unknown", reason: "nothing-lent" });
    expect(early?.ratioWad.supplied).toEqual({ kind: "unknown", reason: "nothing-supplied" });
  });

  it("an empty vault has no ratio to assets", () => {
    const [empty] = series([sampleOf(2n, { totalAssets: 0n })]);
    expect(empty?.ratioWad.assets).toEqual({ kind: "unknown", reason: "no-assets" });
    expect(empty?.ratioWad["assets-and-losses"]).toEqual({ kind: "unknown", reason: "no-assets" });
  });

  it("from a partial history is unknown, not zero", () => {
    const [point] = series([after], { complete: false });
    for (const figure of Object.values(point?.ratioWad ?? {})) {
      expect(figure).toEqual({ kind: "unknown", reason: "history-partial" });
    }
  });

  it("beyond the history's end is unknown", () => {
    const [point] = series([sampleOf(101n)]);
    expect(point?.badDebtAssets).toEqual({ kind: "unknown", reason: "history-partial" });
  });

  it("takes the contract's own count at a block even when the history is partial", () => {
    const [point] = series([{ ...after, totalBadDebtAssets: 60n * USDC }], { complete: false });
    expect(point?.badDebtAssets).toEqual({ kind: "known", value: 60n * USDC });
    expect(point?.ratioWad["assets-and-losses"]).toEqual({ kind: "known", value: percent(6.25) });
    expect(point?.ratioWad.lent.kind).toBe("unknown");
  });
});
