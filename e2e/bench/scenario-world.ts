import { known } from "@/domain/figure";
import { unitOf, WAD } from "@/domain/math";
import type { Address, VaultState } from "@/domain/model";
import type { PriceSource, Prices, RiskAsset, RiskBook, RiskPosition } from "@/domain/risk/model";
import { pricesAfter } from "@/domain/risk/prices";
import type { RoundsByAsset } from "@/domain/risk/rounds";
import { seededRandom } from "../proxy/random";

/** A book and the prices that it is looked at with. */
export interface ScenarioWorld {
  readonly book: RiskBook;
  readonly scenarios: readonly Prices[];
}

const addressFrom = (number: number): Address => `0x${number.toString(16).padStart(40, "0")}`;

const BASE = addressFrom(1);
const ETHER = addressFrom(2);
const STAKED_ETHER = addressFrom(3);
const BITCOIN = addressFrom(4);
const STABLE = addressFrom(5);
const COLLATERALS = [ETHER, STAKED_ETHER, BITCOIN, STABLE] as const;

/** The usual parameters: bond 20 %, buffer 10 %, margin 1 %. */
const STATE: VaultState = {
  chainId: 31_337,
  address: addressFrom(10),
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
      address: addressFrom(11),
      isMutable: false,
      owner: undefined,
      interestRateWad: WAD / 10n,
      minBondRatioWad: WAD / 5n,
      liquidationBufferWad: WAD / 10n,
      liquidationProfitMarginWad: WAD / 100n,
    },
  },
};

const market: PriceSource = { kind: "market", feed: addressFrom(20), feedDecimals: 8 };
const STAKED_RATE = (115n * WAD) / 100n;

const ASSETS: readonly RiskAsset[] = [
  { address: BASE, symbol: "USDC", decimals: 6, priceUsdWad: known(WAD), source: market },
  {
    address: ETHER,
    symbol: "WETH",
    decimals: 18,
    priceUsdWad: known(2_345_670_000n * 10n ** 12n),
    source: market,
  },
  {
    address: STAKED_ETHER,
    symbol: "wstETH",
    decimals: 18,
    priceUsdWad: known((2_345_670_000n * 10n ** 12n * STAKED_RATE) / WAD),
    source: { kind: "exchange-rate", of: ETHER, ofDecimals: 18, assetsPerWholeShare: STAKED_RATE },
  },
  {
    address: BITCOIN,
    symbol: "WBTC",
    decimals: 8,
    priceUsdWad: known(61_234_500_000n * 10n ** 12n),
    source: market,
  },
  { address: STABLE, symbol: "DAI", decimals: 18, priceUsdWad: known(WAD), source: market },
];
const BY_ADDRESS = new Map(ASSETS.map((asset) => [asset.address, asset]));

/** So much of an asset as is worth the given cents at its price. */
function amountWorth(asset: Address, cents: bigint): bigint {
  const found = BY_ADDRESS.get(asset);
  if (found?.priceUsdWad.kind !== "known") throw new Error("every asset of this world has a price");
  return (cents * 10n ** 16n * unitOf(found.decimals)) / found.priceUsdWad.value;
}

/** Positions of a bond and one to three collaterals, health 1.05 to 2; always the same ones. */
export function scenarioBook(count: number): RiskBook {
  const random = seededRandom(15, "positions");
  const below = (bound: number): bigint => BigInt(Math.floor(random() * bound));
  const positions = Array.from({ length: count }, (_, index): RiskPosition => {
    const debtCents = 1_000_000n + below(100_000_000);
    const bondCents = (debtCents * 15n) / 100n;
    const valueCents = (debtCents * (1_050n + below(950))) / 1_000n;
    const kinds = 1 + Math.floor(random() * 3);
    const first = Math.floor(random() * COLLATERALS.length);
    const collaterals = Array.from({ length: kinds }, (_unused, kind) => {
      const asset = COLLATERALS[(first + kind) % COLLATERALS.length] ?? ETHER;
      return { asset, amount: amountWorth(asset, (valueCents - bondCents) / BigInt(kinds)), isBond: false };
    });
    return {
      manager: addressFrom(index + 10_000),
      principalAssets: debtCents * 10_000n,
      accruedInterestAssets: debtCents * 200n + below(10_000),
      bondAssets: bondCents * 10_000n,
      parts: [{ asset: BASE, amount: bondCents * 10_000n, isBond: true }, ...collaterals],
      valueUsdWad: known(0n),
      quote: undefined,
      isExact: true,
    };
  });
  return { state: STATE, assets: BY_ADDRESS, positions, unread: [], rule: "a", exits: new Map() };
}

/** Scenarios in which every market moves: one market with the others in tow, from a rise of 15 % to a fall of 60 %. */
export function randomScenarios(count: number): readonly Prices[] {
  const random = seededRandom(15, "scenarios");
  const partOfWad = (part: number): bigint => BigInt(Math.round(part * 1e9)) * 10n ** 9n;
  const book = { assets: BY_ADDRESS };
  return Array.from({ length: count }, () => {
    const common = -0.15 + random() * 0.7;
    const fallOf = (own: number): bigint => partOfWad(Math.min(0.6, common + (random() - 0.5) * own));
    return pricesAfter(book, [
      { asset: ETHER, fallWad: fallOf(0.1) },
      { asset: BITCOIN, fallWad: fallOf(0.2) },
      { asset: STABLE, fallWad: partOfWad(random() * 0.05) },
      { asset: BASE, fallWad: partOfWad(random() * 0.01) },
    ]).prices;
  });
}

/** Hourly rounds of the market feeds: a walk of up to 3 % an hour. */
export function hourlyRounds(count: number): RoundsByAsset {
  return new Map(
    [ETHER, BITCOIN, STABLE, BASE].map((asset) => {
      const random = seededRandom(15, asset);
      let answer = 10n ** 11n;
      const rounds = Array.from({ length: count }, (_, index) => {
        answer = (answer * (9_700n + BigInt(Math.floor(random() * 601)))) / 10_000n;
        return { atSeconds: 1_690_000_000n + 3_600n * BigInt(index), answer };
      });
      return [asset, rounds];
    }),
  );
}
