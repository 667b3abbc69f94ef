import { type CompleteSnapshot, completeSnapshotOf } from "@/domain/complete";
import { unitOf, WAD } from "@/domain/math";
import type {
  Address,
  BlockRef,
  FluxState,
  Hex,
  LogRef,
  ManagerState,
  StrategyState,
  TotalsSample,
  VaultEvent,
  VaultHistory,
  VaultSnapshot,
  VaultState,
} from "@/domain/model";

/** One whole USDC. */
export const USDC = unitOf(6);

/** Per cent as a ratio with 18 decimals. */
export function percent(value: number): bigint {
  return (BigInt(Math.round(value * 1_000_000)) * WAD) / 100_000_000n;
}

/** USD as 18 decimals. */
export function usd(value: bigint): bigint {
  return value * WAD;
}

/** An address whose number is `seed`, so that their order is the order of the seeds. */
export function addressFrom(seed: number): Address {
  return `0x${(seed + 0x10_0000).toString(16).padStart(40, "0")}`;
}

export const ZERO_ADDRESS: Address = `0x${"0".repeat(40)}`;

export function blockHash(number: bigint): Hex {
  return `0x${number.toString(16).padStart(64, "0")}`;
}

export function blockAt(number: bigint, timestampSeconds = 1_700_000_000n + number * 12n): BlockRef {
  return { number, hash: blockHash(number), timestampSeconds };
}

/** The reference of a log; the transaction is the block's unless given. */
export function logAt(blockNumber: bigint, logIndex = 0, transaction = blockNumber): LogRef {
  return {
    blockNumber,
    blockHash: blockHash(blockNumber),
    transactionHash: blockHash(transaction + 0xffff_0000n),
    logIndex,
    atSeconds: 1_700_000_000n + blockNumber * 12n,
  };
}

export function strategyOf(change: Partial<StrategyState> = {}): StrategyState {
  return {
    address: addressFrom(900),
    isMutable: true,
    owner: addressFrom(901),
    interestRateWad: percent(15),
    minBondRatioWad: percent(20),
    liquidationBufferWad: percent(10),
    liquidationProfitMarginWad: percent(1),
    ...change,
  };
}

export function fluxOf(change: Partial<FluxState> = {}): FluxState {
  return {
    idleAssets: 0n,
    totalPrincipalDebtAssets: 0n,
    totalAccruedInterestAssets: 0n,
    totalBadDebtAssets: 0n,
    collectedFeesAssets: 0n,
    curatorFeeBps: 1_000n,
    protocolFeeBps: 500n,
    curator: addressFrom(902),
    adlManager: undefined,
    factory: addressFrom(903),
    baseAssetWrapper: addressFrom(904),
    oracleRegistry: addressFrom(905),
    basePriceUsdWad: WAD,
    strategy: strategyOf(),
    ...change,
  };
}

/** A USDC vault with ten million assets and shares at 1.0, unless changed. */
export function stateOf(change: Partial<VaultState> = {}): VaultState {
  return {
    chainId: 31_337,
    address: addressFrom(1_000),
    block: blockAt(100n),
    name: "Flux USDC",
    shareSymbol: "fUSDC",
    shareDecimals: 6,
    asset: { address: addressFrom(1_001), symbol: "USDC", decimals: 6 },
    totalAssets: 10_000_000n * USDC,
    totalSupplyShares: 10_000_000n * USDC,
    virtualShares: 1n,
    flux: fluxOf(),
    ...change,
  };
}

/** A manager by value and debt in whole USDC; no interest and no quote unless given. */
export function managerOf(
  input: { readonly value: bigint | undefined; readonly debt: bigint } & Partial<ManagerState>,
): ManagerState {
  const { value, debt, ...change } = input;
  return {
    manager: addressFrom(1),
    principalAssets: debt * USDC,
    accruedInterestAssets: 0n,
    bondAssets: 0n,
    workingCapitalAssets: 0n,
    valueUsdWad: value === undefined ? undefined : usd(value),
    quote: undefined,
    wrapperCount: 1,
    ...change,
  };
}

/** A snapshot whose managers add up to the vault's total principal. */
export function snapshotOf(
  managers: readonly ManagerState[],
  { state = stateOf(), flux = {} }: { state?: VaultState; flux?: Partial<FluxState> } = {},
): VaultSnapshot {
  const total = managers.reduce((sum, { principalAssets }) => sum + principalAssets, 0n);
  return {
    state: { ...state, flux: { ...fluxOf(), ...state.flux, totalPrincipalDebtAssets: total, ...flux } },
    managers,
    unreadManagers: [],
    rung: "lens",
  };
}

export function completeOf(...input: Parameters<typeof snapshotOf>): CompleteSnapshot {
  const found = completeSnapshotOf(snapshotOf(...input));
  if (found.kind !== "complete") throw new Error("the snapshot built is not complete");
  return found.snapshot;
}

export function historyOf(vault: readonly VaultEvent[], change: Partial<VaultHistory> = {}): VaultHistory {
  return { fromBlock: 1n, toBlock: 100n, complete: true, vault, parameters: [], timelock: [], ...change };
}

export function transferOf(
  log: LogRef,
  input: { readonly from?: Address; readonly to?: Address; readonly shares: bigint },
): Extract<VaultEvent, { kind: "transfer" }> {
  return {
    ...log,
    kind: "transfer",
    from: input.from ?? ZERO_ADDRESS,
    to: input.to ?? ZERO_ADDRESS,
    shares: input.shares,
  };
}

export function sampleOf(blockNumber: bigint, change: Partial<TotalsSample> = {}): TotalsSample {
  return {
    block: blockAt(blockNumber),
    totalAssets: 1_000_000n * USDC,
    totalSupplyShares: 1_000_000n * USDC,
    idleAssets: undefined,
    totalBadDebtAssets: undefined,
    totalPrincipalDebtAssets: undefined,
    ...change,
  };
}
