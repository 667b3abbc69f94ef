import type { Address, Hex } from "@/domain/model";
import { addressWord, uintWord, WORD_DIGITS } from "../bytes";

/*
 * The views that are read, as selector and signature. The selectors are written down so that the public page needs no
 * hash function and no generic encoder; a test recomputes every one and compares the signatures with the compiled
 * contracts. This file and the tables beside it are the only places that know a contract's vocabulary.
 */

/** Selector and signature of a function. */
export type View = readonly [selector: Hex, signature: string];
export type ViewTable = Readonly<Record<string, View>>;

export const VAULT_VIEWS = {
  asset: ["0x38d52e0f", "asset()"],
  name: ["0x06fdde03", "name()"],
  symbol: ["0x95d89b41", "symbol()"],
  decimals: ["0x313ce567", "decimals()"],
  totalAssets: ["0x01e1d114", "totalAssets()"],
  totalSupply: ["0x18160ddd", "totalSupply()"],
  balanceOf: ["0x70a08231", "balanceOf(address)"],
  maxWithdraw: ["0xce96cb77", "maxWithdraw(address)"],
  idleAssets: ["0xe16b03a3", "idleAssets()"],
  totalPrincipalDebt: ["0xafb9f129", "totalPrincipalDebt()"],
  totalAccruedInterest: ["0x1564efda", "totalAccruedInterest()"],
  totalBadDebt: ["0x4986bd50", "totalBadDebt()"],
  collectedFees: ["0x9003adfe", "collectedFees()"],
  curatorFeeRate: ["0x4fc4fe3e", "curatorFeeRate()"],
  curator: ["0xe66f53b7", "curator()"],
  adlManager: ["0x784b5a1e", "adlManager()"],
  strategy: ["0x185025ef", "STRATEGY()"],
  factory: ["0x2dd31000", "FACTORY()"],
  baseAssetWrapper: ["0xce8c586c", "baseAssetWrapper()"],
  managerDebt: ["0xd7fe2119", "managerDebt(address)"],
  managerBond: ["0x945ab2eb", "managerBond(address)"],
  managerWorkingCapital: ["0x591b4f91", "managerWorkingCapital(address)"],
  managerWrappers: ["0xcc9b10c6", "managerWrappers(address)"],
  managerPositions: ["0xfc49f88d", "managerPositions(address,address)"],
} as const satisfies ViewTable;

export const STRATEGY_VIEWS = {
  interestRate: ["0x7c3a00fd", "interestRate()"],
  minBondRatio: ["0x77fdbe83", "minBondRatio()"],
  liquidationBuffer: ["0x074b5c34", "liquidationBuffer()"],
  liquidationProfitMargin: ["0x36d0629f", "liquidationProfitMargin()"],
  cumulativeRate: ["0x3bbf5b7f", "cumulativeRate()"],
  isMutable: ["0x7a393205", "isMutable()"],
  owner: ["0x8da5cb5b", "owner()"],
  getAllowedAssets: ["0xf066eea0", "getAllowedAssets()"],
  evaluatePosition: ["0x6ebbf792", "evaluatePosition(address,address,address[],uint256)"],
  evaluateLiquidation: ["0xecde3122", "evaluateLiquidation(address,address,address[],uint256)"],
} as const satisfies ViewTable;

export const FACTORY_VIEWS = {
  protocolFeeRate: ["0x58f85880", "protocolFeeRate()"],
  protocolFeeCollector: ["0x850a1501", "protocolFeeCollector()"],
  oracleRegistry: ["0x4bb93ab1", "oracleRegistry()"],
  getExecutor: ["0x61119302", "getExecutor(address)"],
  deployedExecutor: ["0x501acdd4", "deployedExecutor(address)"],
  isVault: ["0x652b9b41", "isVault(address)"],
} as const satisfies ViewTable;

export const REGISTRY_VIEWS = {
  getPriceUSD: ["0x5708447d", "getPriceUSD(address)"],
  getOracle: ["0x10d3d22e", "getOracle(address)"],
} as const satisfies ViewTable;

export const WRAPPER_VIEWS = {
  getValue: ["0x2cdf2c15", "getValue(address,address,bytes32)"],
  getBalance: ["0x0cc24dcf", "getBalance(address,address,bytes32)"],
  underlyingAsset: ["0x7158da7c", "underlyingAsset()"],
} as const satisfies ViewTable;

export const TOKEN_VIEWS = {
  allowance: ["0xdd62ed3e", "allowance(address,address)"],
  balanceOf: ["0x70a08231", "balanceOf(address)"],
  decimals: ["0x313ce567", "decimals()"],
  symbol: ["0x95d89b41", "symbol()"],
} as const satisfies ViewTable;

export const TIMELOCK_VIEWS = {
  getMinDelay: ["0xf27a0c92", "getMinDelay()"],
  getTimestamp: ["0xd45c4435", "getTimestamp(bytes32)"],
  hasRole: ["0x91d14854", "hasRole(bytes32,address)"],
} as const satisfies ViewTable;

export const FEED_VIEWS = {
  decimals: ["0x313ce567", "decimals()"],
  description: ["0x7284e416", "description()"],
  latestRoundData: ["0xfeaf968c", "latestRoundData()"],
  getRoundData: ["0x9a6fc8f5", "getRoundData(uint80)"],
} as const satisfies ViewTable;

export const POOL_VIEWS = {
  quoteExactIn: ["0xfc521e91", "quoteExactIn(address,uint256)"],
} as const satisfies ViewTable;

export const MULTICALL3_VIEWS = {
  aggregate3: ["0x82ad56cb", "aggregate3((address,bool,bytes)[])"],
} as const satisfies ViewTable;

/** `keccak256("BOND")`: the position under which a manager's bond sits in the base-asset wrapper. */
export const BOND_POSITION: Hex = "0x3812cb515c4c47772b5b6b50b84b6a856abab98cf24bcfb67a83510fb661c133";
/** The position of ordinary fungibles, and of working capital in the base-asset wrapper. */
export const PLAIN_POSITION: Hex = `0x${"0".repeat(WORD_DIGITS)}`;

/** One argument of a view: an address, a 32-byte word, or a number. */
export type ViewArgument = Hex | bigint;

const ADDRESS_LENGTH = 42;

function argumentWord(argument: ViewArgument): string {
  if (typeof argument === "bigint") return uintWord(argument);
  return argument.length === ADDRESS_LENGTH ? addressWord(argument) : argument.slice(2);
}

/** Call data of a view whose arguments are all one word long. */
export function encodeView([selector]: View, args: readonly ViewArgument[] = []): Hex {
  return `${selector}${args.map(argumentWord).join("")}`;
}

/**
 * Call data of one of the strategy's evaluations `f(vault, manager, wrappers, trueDebt)`: `evaluatePosition` where the
 * strategy has it, else `evaluateLiquidation`.
 */
export function encodeEvaluation({
  view: [selector],
  vault,
  manager,
  wrappers,
  trueDebtAssets,
}: {
  readonly view: View;
  readonly vault: Address;
  readonly manager: Address;
  readonly wrappers: readonly Address[];
  readonly trueDebtAssets: bigint;
}): Hex {
  const head = addressWord(vault) + addressWord(manager) + uintWord(128n) + uintWord(trueDebtAssets);
  return `${selector}${head}${uintWord(BigInt(wrappers.length))}${wrappers.map(addressWord).join("")}`;
}
