/**
 * The words that every layer above the chain speaks. Plain readonly data, no behaviour.
 *
 * Units: `…Assets` are integers in the base asset's own units (USDC: 6 decimals), `…Shares` integers in share
 * units, `…Wad` integers with 18 decimals (10^18 = 1 = 100 %), `…UsdWad` US dollars with 18 decimals, `…Bps`
 * hundredths of a per cent, `…Seconds` Unix seconds. Addresses and hashes are lower-case hex.
 */
export type Hex = `0x${string}`;
export type Address = Hex;

/**
 * A figure that may not be knowable. Unknown is a tag with its reason, never zero.
 */
export type Figure<T = bigint> =
  | { readonly kind: "known"; readonly value: T }
  | { readonly kind: "unknown"; readonly reason: UnknownReason };

export type UnknownReason =
  /** The ratio has no meaning: nothing is owed. */
  | "no-debt"
  /** The vault has no shares, so no price and no share of a loss. */
  | "no-supply"
  /** The vault has no assets, so no ratio to them. */
  | "no-assets"
  /** The oracle gave no price, or zero. */
  | "no-price"
  /** A part of the position's value could not be read. */
  | "value-unreadable"
  /** The strategy did not answer the liquidation question. */
  | "quote-unreadable"
  /** Not every manager was read, or the principals do not add up to the vault's total. */
  | "snapshot-incomplete"
  /** The history does not reach back to the vault's first block. */
  | "history-partial"
  /** Two things that only mean something together were read at different blocks. */
  | "blocks-differ"
  /** The endpoint keeps no state that old. */
  | "archive-unavailable"
  /** The endpoint runs no call under another block's clock, so what a block's first transaction found is not known. */
  | "clock-refused"
  /** The vault or its configuration does not publish it. */
  | "not-published"
  /** The strategy holds parameters that give no line or threshold (a margin of 100 % or more). */
  | "parameters-implausible"
  /** Nothing is posted as a bond, so no leverage. */
  | "no-bond"
  /** Nothing was ever lent, so no loss rate on lending. */
  | "nothing-lent"
  /** Nothing was ever supplied, so no loss rate on supply. */
  | "nothing-supplied";

export interface BlockRef {
  readonly number: bigint;
  readonly hash: Hex;
  readonly timestampSeconds: bigint;
}

export interface AssetDescription {
  readonly address: Address;
  readonly symbol: string;
  readonly decimals: number;
}

/** The strategy's parameters as they stand at the snapshot's block. */
export interface StrategyState {
  readonly address: Address;
  readonly isMutable: boolean;
  /** Who may change parameters; undefined where the strategy names no owner. */
  readonly owner: Address | undefined;
  readonly interestRateWad: bigint;
  readonly minBondRatioWad: bigint;
  readonly liquidationBufferWad: bigint;
  readonly liquidationProfitMarginWad: bigint;
}

/** What a Flux vault publishes beyond ERC-4626. */
export interface FluxState {
  readonly idleAssets: bigint;
  readonly totalPrincipalDebtAssets: bigint;
  readonly totalAccruedInterestAssets: bigint;
  /** Realised bad debt since the vault began, as the contract counts it. */
  readonly totalBadDebtAssets: bigint;
  readonly collectedFeesAssets: bigint;
  readonly curatorFeeBps: bigint;
  readonly protocolFeeBps: bigint | undefined;
  readonly curator: Address | undefined;
  readonly adlManager: Address | undefined;
  readonly factory: Address | undefined;
  readonly baseAssetWrapper: Address | undefined;
  readonly oracleRegistry: Address | undefined;
  /** Price of one whole base asset; undefined when the oracle reverts or answers zero. */
  readonly basePriceUsdWad: bigint | undefined;
  readonly strategy: StrategyState;
}

/** One vault at one block. */
export interface VaultState {
  readonly chainId: number;
  readonly address: Address;
  readonly block: BlockRef;
  readonly name: string;
  readonly shareSymbol: string;
  readonly shareDecimals: number;
  readonly asset: AssetDescription;
  readonly totalAssets: bigint;
  readonly totalSupplyShares: bigint;
  /** 10^offset of OpenZeppelin's ERC-4626: the shares that exist in the conversion but belong to nobody. */
  readonly virtualShares: bigint;
  /** undefined: an ERC-4626 vault that is not Flux; pages say "this vault does not publish it". */
  readonly flux: FluxState | undefined;
}

/** The strategy's own answer to "what would a liquidation be paid now?". It outranks every model. */
export interface LiquidationQuote {
  readonly canLiquidate: boolean;
  readonly minPaymentAssets: bigint;
}

/** One manager at one block. */
export interface ManagerState {
  readonly manager: Address;
  readonly principalAssets: bigint;
  readonly accruedInterestAssets: bigint;
  readonly bondAssets: bigint;
  readonly workingCapitalAssets: bigint;
  /** Bond + working capital + wrapper positions in USD; undefined when any part could not be priced. */
  readonly valueUsdWad: bigint | undefined;
  readonly quote: LiquidationQuote | undefined;
  readonly wrapperCount: number;
}

/** How the managers were read; every rung gives identical numbers, the one in use is shown. */
export type ReadRung = "lens" | "batch" | "multicall3" | "small-batch" | "single";

/** Everything read at one block hash. `unreadManagers` were asked for and not answered. */
export interface VaultSnapshot {
  readonly state: VaultState;
  readonly managers: readonly ManagerState[];
  readonly unreadManagers: readonly Address[];
  readonly rung: ReadRung;
}

/** Where a log stands. Order by block, then log index. */
export interface LogRef {
  readonly blockNumber: bigint;
  readonly blockHash: Hex;
  readonly transactionHash: Hex;
  readonly logIndex: number;
  readonly atSeconds: bigint;
}

/** A share price as an exact pair: `assets` for `shares`, virtual ones included. Never a rounded quotient. */
export interface SharePrice {
  readonly assets: bigint;
  readonly shares: bigint;
}

export type VaultEvent =
  | (LogRef & {
      readonly kind: "transfer";
      readonly from: Address;
      readonly to: Address;
      readonly shares: bigint;
    })
  | (LogRef & {
      readonly kind: "deposit";
      readonly sender: Address;
      readonly owner: Address;
      readonly assets: bigint;
      readonly shares: bigint;
    })
  | (LogRef & {
      readonly kind: "withdraw";
      readonly sender: Address;
      readonly receiver: Address;
      readonly owner: Address;
      readonly assets: bigint;
      readonly shares: bigint;
    })
  | (LogRef & {
      readonly kind: "borrowed" | "repaid" | "bond-deposited" | "bond-withdrawn";
      readonly manager: Address;
      readonly assets: bigint;
    })
  | (LogRef & {
      readonly kind: "liquidated";
      readonly manager: Address;
      readonly liquidator: Address;
      readonly positionValueAssets: bigint;
      readonly trueDebtAssets: bigint;
      readonly paymentAssets: bigint;
      readonly badDebtAssets: bigint;
    })
  | (LogRef & {
      readonly kind: "deleveraged";
      readonly manager: Address;
      readonly caller: Address;
      readonly trueDebtAssets: bigint;
      readonly equityReturnedAssets: bigint;
    })
  | (LogRef & {
      readonly kind: "loss";
      readonly manager: Address;
      readonly principalAssets: bigint;
      readonly interestAssets: bigint;
      readonly lpLossAssets: bigint;
      readonly totalAssetsBefore: bigint;
      readonly totalAssetsAfter: bigint;
      readonly totalSupplyShares: bigint;
    })
  | (LogRef & {
      readonly kind: "interest-collected";
      readonly manager: Address;
      readonly interestAssets: bigint;
      readonly protocolFeeAssets: bigint;
      readonly curatorFeeAssets: bigint;
    })
  | (LogRef & {
      readonly kind: "recovery";
      readonly from: Address;
      readonly assets: bigint;
      readonly totalAssetsBefore: bigint;
      readonly totalSupplyShares: bigint;
    });

/** A change of a strategy parameter that has taken effect. */
export type ParameterEvent =
  | (LogRef & {
      readonly kind: "parameter";
      readonly key: string;
      readonly oldValue: bigint;
      readonly newValue: bigint;
    })
  | (LogRef & { readonly kind: "asset-allowed"; readonly asset: Address; readonly allowed: boolean });

/** What the timelock says of its own queue. */
export type TimelockEvent =
  | (LogRef & {
      readonly kind: "scheduled";
      readonly id: Hex;
      readonly index: number;
      readonly target: Address;
      readonly value: bigint;
      readonly data: Hex;
      readonly predecessor: Hex;
      readonly delaySeconds: bigint;
    })
  | (LogRef & { readonly kind: "salt"; readonly id: Hex; readonly salt: Hex })
  | (LogRef & {
      readonly kind: "executed";
      readonly id: Hex;
      readonly index: number;
      readonly target: Address;
      readonly value: bigint;
      readonly data: Hex;
    })
  | (LogRef & { readonly kind: "cancelled"; readonly id: Hex })
  | (LogRef & { readonly kind: "min-delay"; readonly oldSeconds: bigint; readonly newSeconds: bigint });

/** All logs of a vault, its strategy and its timelock in a block range; `complete` only when it starts at the vault's first block and has no gap. */
export interface VaultHistory {
  readonly fromBlock: bigint;
  readonly toBlock: bigint;
  readonly complete: boolean;
  readonly vault: readonly VaultEvent[];
  readonly parameters: readonly ParameterEvent[];
  readonly timelock: readonly TimelockEvent[];
}

/** Total assets and supply at the end of one block: a point of the share-price and ratio series. */
export interface TotalsSample {
  readonly block: BlockRef;
  readonly totalAssets: bigint;
  readonly totalSupplyShares: bigint;
  readonly idleAssets: bigint | undefined;
  readonly totalBadDebtAssets: bigint | undefined;
  readonly totalPrincipalDebtAssets: bigint | undefined;
}
