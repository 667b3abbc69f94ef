import type { Address } from "@/domain/model";

/*
 * What the ladder's rungs have in common: the vault and its managers as plain readings, each possibly missing. Every
 * rung fills these same shapes, and one function turns them into a snapshot, so the rungs cannot differ in meaning.
 */

export interface RawVault {
  readonly asset: Address | undefined;
  readonly assetDecimals: number | undefined;
  readonly assetSymbol: string | undefined;
  readonly name: string | undefined;
  readonly symbol: string | undefined;
  readonly shareDecimals: number | undefined;
  readonly totalAssets: bigint | undefined;
  readonly totalSupply: bigint | undefined;
  readonly idleAssets: bigint | undefined;
  readonly totalPrincipalDebt: bigint | undefined;
  readonly totalAccruedInterest: bigint | undefined;
  readonly totalBadDebt: bigint | undefined;
  readonly collectedFees: bigint | undefined;
  readonly curatorFeeRate: bigint | undefined;
  readonly curator: Address | undefined;
  readonly adlManager: Address | undefined;
  readonly strategy: Address | undefined;
  readonly factory: Address | undefined;
  readonly baseAssetWrapper: Address | undefined;
  readonly interestRate: bigint | undefined;
  readonly minBondRatio: bigint | undefined;
  readonly liquidationBuffer: bigint | undefined;
  readonly liquidationProfitMargin: bigint | undefined;
  readonly isMutable: boolean | undefined;
  readonly owner: Address | undefined;
  readonly protocolFeeRate: bigint | undefined;
  readonly protocolFeeCollector: Address | undefined;
  readonly oracleRegistry: Address | undefined;
  readonly basePriceUsd: bigint | undefined;
}

export interface RawManager {
  readonly manager: Address;
  readonly principal: bigint | undefined;
  readonly accruedInterest: bigint | undefined;
  readonly bond: bigint | undefined;
  readonly workingCapital: bigint | undefined;
  readonly valueUsd: bigint | undefined;
  readonly canLiquidate: boolean | undefined;
  readonly minPayment: bigint | undefined;
  readonly wrapperCount: number | undefined;
}
