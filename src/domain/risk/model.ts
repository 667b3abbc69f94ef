import type { PaymentRule } from "../liquidation";
import type { Pool } from "../market";
import type { Address, Figure, LiquidationQuote, VaultState } from "../model";

/**
 * The words of risk ahead: a vault's positions taken apart into amounts of priced assets, so that any other price
 * can be put in. Units as in the domain's `model.ts`; prices are US dollars for one whole unit of the asset, 18 decimals.
 */

/** Where an asset's price comes from, as far as the configuration and the chain publish it. */
export type PriceSource =
  /** A market feed: the price is its answer scaled to 18 decimals. */
  | { readonly kind: "market"; readonly feed: Address; readonly feedDecimals: number }
  /** Shares of another vault: floor(assets per whole share × price of the asset / 10^decimals of the asset). */
  | {
      readonly kind: "exchange-rate";
      readonly of: Address;
      readonly ofDecimals: number;
      readonly assetsPerWholeShare: bigint;
    }
  /** Written into the oracle: no market reaches it, so only the market mark can be shocked. */
  | { readonly kind: "fixed" }
  | { readonly kind: "unknown" };

/** One asset that some position holds. */
export interface RiskAsset {
  readonly address: Address;
  readonly symbol: string;
  readonly decimals: number;
  readonly priceUsdWad: Figure;
  readonly source: PriceSource;
}

/** One stored position: the contract rounds each by itself, and so does the model. */
export interface RiskPart {
  readonly asset: Address;
  /** In the asset's own units. */
  readonly amount: bigint;
  readonly isBond: boolean;
}

/** One manager's position. */
export interface RiskPosition {
  readonly manager: Address;
  readonly principalAssets: bigint;
  readonly accruedInterestAssets: bigint;
  readonly bondAssets: bigint;
  readonly parts: readonly RiskPart[];
  /** As the chain values it today. */
  readonly valueUsdWad: Figure;
  readonly quote: LiquidationQuote | undefined;
  /**
   * Whether amounts times prices give the chain's own value to the unit. Only then is a figure at other prices called
   * exact; otherwise it is an estimate, and says so.
   */
  readonly isExact: boolean;
}

/** Everything about a vault's risk at one block. */
export interface RiskBook {
  readonly state: VaultState;
  readonly assets: ReadonlyMap<Address, RiskAsset>;
  readonly positions: readonly RiskPosition[];
  /** Managers whose position could not be taken apart: no total without them. */
  readonly unread: readonly Address[];
  /** The rule that reproduces the strategy's own quotes to the unit; undefined when neither does, or none can tell. */
  readonly rule: PaymentRule | undefined;
  /** Constant-product exchanges for the base asset as they stand at the block, by the asset that is sold. */
  readonly exits: ReadonlyMap<Address, readonly Pool[]>;
}

/** Prices by asset; what is not named keeps today's. */
export type Prices = ReadonlyMap<Address, bigint>;

/** A fall (positive) or rise (negative) of one asset's market price, 10^18 = 100 %. */
export interface Shock {
  readonly asset: Address;
  readonly fallWad: bigint;
}
