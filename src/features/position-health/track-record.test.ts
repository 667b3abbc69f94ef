import { describe, expect, it } from "vitest";
import { lossAt, reportOf } from "@/testing/report-builders";
import { addressFrom, historyOf, logAt, USDC } from "@/testing/vault-builders";
import { trackRecordLines, trackRecordOf } from "./track-record";

const ME = addressFrom(1);
const OTHER = addressFrom(2);

const HISTORY = historyOf([
  { ...logAt(2n), kind: "bond-deposited", manager: ME, assets: 20n * USDC },
  { ...logAt(3n), kind: "borrowed", manager: ME, assets: 100n * USDC },
  { ...logAt(4n), kind: "borrowed", manager: OTHER, assets: 7n * USDC },
  { ...logAt(5n), kind: "borrowed", manager: ME, assets: 50n * USDC },
  { ...logAt(6n), kind: "repaid", manager: ME, assets: 30n * USDC },
  {
    ...logAt(6n, 1),
    kind: "interest-collected",
    manager: ME,
    interestAssets: 4n * USDC,
    protocolFeeAssets: 0n,
    curatorFeeAssets: 0n,
  },
  { ...logAt(7n), kind: "bond-withdrawn", manager: ME, assets: 5n * USDC },
  ...lossAt(8n, {
    manager: ME,
    debt: 120n,
    value: 100n,
    payment: 99n,
    totalAssetsBefore: 1_000n,
    supply: 1_000n,
  }),
]);

describe("the track record of a manager", () => {
  it("adds up what the logs say of it and of nobody else", () => {
    expect(trackRecordOf(HISTORY, ME)).toEqual({
      sinceSeconds: logAt(2n).atSeconds,
      borrowedAssets: 150n * USDC,
      loans: 2,
      repaidAssets: 30n * USDC,
      interestPaidAssets: 4n * USDC,
      bondsPostedAssets: 20n * USDC,
      bondsWithdrawnAssets: 5n * USDC,
      liquidations: 1,
      badDebtAssets: 21n * USDC,
      deleveragings: 0,
      lpLossAssets: 21n * USDC,
    });
  });

  it("does not know since when of whom no log names", () => {
    const { state } = reportOf({ history: HISTORY }).snapshot;
    const [since] = trackRecordLines(trackRecordOf(HISTORY, addressFrom(9)), state);
    expect(since?.figure.kind).toBe("unknown");
  });
});
