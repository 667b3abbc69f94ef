import { known } from "@/domain/figure";
import { unitOf, WAD } from "@/domain/math";
import type { Address, VaultState } from "@/domain/model";
import { lossCurveOf } from "@/domain/risk/curve";
import type { RiskAsset, RiskBook, RiskPosition } from "@/domain/risk/model";
import { outcomeAt } from "@/domain/risk/outcome";
import { pricesAfter } from "@/domain/risk/prices";
import { seededRandom } from "../proxy/random";
import { atLeast, atMost, type GoalResult } from "./goal";
import { growthExponent, interleaved } from "./measure";

const POSITIONS = 10_000;
const SHOCKS = 100;
const ROUNDS = 5;
const PARTS_ROUNDED = 8n;

const addressFrom = (number: number): Address => `0x${number.toString(16).padStart(40, "0")}`;

const BASE = addressFrom(1);
const COLLATERAL = addressFrom(2);

/** A vault with the usual parameters: bond 20 %, buffer 10 %, margin 1 %. */
const STATE: VaultState = {
  chainId: 31_337,
  address: addressFrom(3),
  block: { number: 1n, hash: "0x01", timestampSeconds: 1_700_000_000n },
  name: "Bench",
  shareSymbol: "BENCH",
  shareDecimals: 6,
  asset: { address: BASE, symbol: "USDC", decimals: 6 },
  totalAssets: 10n ** 16n,
  totalSupplyShares: 10n ** 16n,
  virtualShares: 1n,
  flux: {
    idleAssets: 0n,
    totalPrincipalDebtAssets: 0n,
    totalAccruedInterestAssets: 0n,
    totalBadDebtAssets: 0n,
    collectedFeesAssets: 0n,
    curatorFeeBps: 1_000n,
    protocolFeeBps: 500n,
    curator: undefined,
    adlManager: undefined,
    factory: undefined,
    baseAssetWrapper: undefined,
    oracleRegistry: undefined,
    basePriceUsdWad: WAD,
    strategy: {
      address: addressFrom(4),
      isMutable: false,
      owner: undefined,
      interestRateWad: WAD / 10n,
      minBondRatioWad: WAD / 5n,
      liquidationBufferWad: WAD / 10n,
      liquidationProfitMarginWad: WAD / 100n,
    },
  },
};

const ASSETS: ReadonlyMap<Address, RiskAsset> = new Map(
  [
    { address: BASE, symbol: "USDC", decimals: 6, price: WAD },
    { address: COLLATERAL, symbol: "WETH", decimals: 18, price: 2_000n * WAD },
  ].map(({ price, ...asset }): [Address, RiskAsset] => [
    asset.address,
    {
      ...asset,
      priceUsdWad: known(price),
      source: { kind: "market", feed: addressFrom(5), feedDecimals: 18 },
    },
  ]),
);

/** A book of positions between health 1.05 and 2, always the same ones. */
export function bookOf(count: number): RiskBook {
  const random = seededRandom(14, "stress");
  const positions = Array.from({ length: count }, (_, index): RiskPosition => {
    const debt = 10_000n + BigInt(Math.floor(random() * 1_000_000));
    const health = BigInt(Math.floor(1_050 + random() * 950));
    const bond = (debt * 15n) / 100n;
    return {
      manager: addressFrom(index + 10_000),
      principalAssets: debt * unitOf(6),
      accruedInterestAssets: (debt * unitOf(6)) / 50n,
      bondAssets: bond * unitOf(6),
      parts: [
        { asset: BASE, amount: bond * unitOf(6), isBond: true },
        {
          asset: COLLATERAL,
          amount: ((debt * health - bond * 1_000n) * unitOf(18)) / (2_000n * 1_000n),
          isBond: false,
        },
      ],
      valueUsdWad: known(0n),
      quote: undefined,
      isExact: true,
    };
  });
  return {
    state: STATE,
    assets: ASSETS,
    positions,
    unread: [],
    rule: "a",
    exits: new Map(),
  };
}

const fallsWad = Array.from({ length: SHOCKS }, (_, index) => (BigInt(index) * 8n * WAD) / 1_000n);

function curve(book: RiskBook) {
  const found = lossCurveOf(book, { assets: [COLLATERAL], fallsWad });
  if (found.kind === "unknown") throw new Error("the book is complete and priced");
  return found.value;
}

/** The direct way: every position at every fall. */
function loop(book: RiskBook): readonly bigint[] {
  return fallsWad.map((fallWad) => {
    const { prices } = pricesAfter(book, [{ asset: COLLATERAL, fallWad }]);
    const { badDebtAssets } = outcomeAt(book, { prices });
    if (badDebtAssets.kind === "unknown") throw new Error("the book is complete and priced");
    return badDebtAssets.value;
  });
}

function millisecondsOf(run: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const startedAt = performance.now();
    run();
    return performance.now() - startedAt;
  });
  return Math.min(...times);
}

/** P14: a shock of one factor over a large book, against the direct loop. */
export async function stressOfOneFactor(): Promise<GoalResult> {
  const book = bookOf(POSITIONS);
  const direct = loop(book);
  const drawn = curve(book);
  const furthest = drawn.reduce((most, point, place) => {
    const difference = point.badDebtAssets - (direct[place] ?? 0n);
    const size = difference < 0n ? -difference : difference;
    return size > most ? size : most;
  }, 0n);
  const times = await interleaved({ rounds: ROUNDS, ours: () => curve(book), baseline: () => loop(book) });
  const growth = growthExponent(
    [2_500, 5_000, 10_000, 20_000].map((size) => {
      const sized = bookOf(size);
      return { size, cost: millisecondsOf(() => curve(sized)) };
    }),
  );
  return {
    id: "P14",
    goal: "100 shocks of one factor over 10,000 positions: positions plus falls, not their product",
    checks: [
      atLeast({
        what: "times faster than the direct loop",
        measured: times.baselineMs / times.oursMs,
        limit: 15,
        unit: "x",
      }),
      atMost({ what: "time", measured: times.oursMs, limit: 50, unit: "ms" }),
      atMost({
        what: "largest difference from the exact outcome, per position",
        measured: Number(furthest) / POSITIONS,
        limit: Number(PARTS_ROUNDED),
        unit: "base units",
      }),
      atMost({ what: "growth exponent in positions", measured: growth, limit: 1.2, unit: "" }),
    ],
    notes: { "direct loop, ms": times.baselineMs, positions: POSITIONS, falls: SHOCKS },
  };
}
