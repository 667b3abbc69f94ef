/** The interface that the documentation gives, signature by signature, is in what the compiler wrote. */
import { type Abi, type AbiItem, getAbiItem, toEventSignature, toFunctionSignature } from "viem";
import { describe, expect, test } from "vitest";
import { compileContracts, readArtifact } from "../compile";

compileContracts();

const abiOf = (name: string) => readArtifact(name).abi as Abi;
const returns = (item: AbiItem) =>
  item.type === "function" ? item.outputs.map(({ type }) => type).join() : "";
const functionsOf = (name: string) =>
  abiOf(name).flatMap((item) =>
    item.type === "function" ? [`${toFunctionSignature(item)} ${returns(item)}`] : [],
  );
const eventsOf = (name: string) =>
  abiOf(name).flatMap((item) =>
    item.type === "event"
      ? [
          `${toEventSignature(item)} ${item.inputs.map(({ indexed }) => (indexed === true ? "i" : "-")).join("")}`,
        ]
      : [],
  );
const errorsOf = (name: string) => abiOf(name).flatMap((item) => (item.type === "error" ? [item.name] : []));

describe("FluxVault", () => {
  test.each([
    "unlock(bytes) ",
    "liquidate(address,address[],bytes) ",
    "locked_borrow(uint256) ",
    "locked_repay(uint256) ",
    "locked_depositBond(uint256) ",
    "locked_withdrawBond(uint256) ",
    "locked_registerWrapper(address) ",
    "locked_deregisterWrapper(address) ",
    "locked_depositToWrapper(address,bytes32,uint256) ",
    "locked_withdrawFromWrapper(address,bytes32,uint256) ",
    "locked_claimFromWrapper(address,bytes32,uint256) ",
    "locked_interactWithWrapper(address,bytes) ",
    "locked_moveFunds(bytes32,bytes32,uint256) ",
    "STRATEGY() address",
    "managerDebt(address) uint256,uint256",
    "managerBond(address) uint256",
    "managerWorkingCapital(address) uint256",
    "managerWrappers(address) address[]",
    "managerPositions(address,address) bytes32[]",
    "idleAssets() uint256",
    "totalPrincipalDebt() uint256",
    "totalAccruedInterest() uint256",
    "totalBadDebt() uint256",
    "collectedFees() uint256",
    "contribute(uint256) ",
    "autoDeleverage(address,bytes) ",
    "curatorFeeRate() uint256",
    "curator() address",
    "adlManager() address",
    "FACTORY() address",
    "baseAssetWrapper() address",
    "maxWithdraw(address) uint256",
  ])("%s", (signature) => expect(functionsOf("FluxVault")).toContain(signature));

  test.each([
    "Borrowed(address,uint256) i-",
    "Repaid(address,uint256) i-",
    "BondDeposited(address,uint256) i-",
    "BondWithdrawn(address,uint256) i-",
    "PositionLiquidated(address,address,uint256,uint256,uint256,uint256) ii----",
    "PositionADL(address,address,uint256,uint256) ii--",
    "LossRealised(address,uint256,uint256,uint256,uint256,uint256,uint256) i------",
    "InterestCollected(address,uint256,uint256,uint256) i---",
    "RecoveryReceived(address,uint256,uint256,uint256) i---",
    "Transfer(address,address,uint256) ii-",
    "Deposit(address,address,uint256,uint256) ii--",
    "Withdraw(address,address,address,uint256,uint256) iii--",
  ])("event %s", (signature) => expect(eventsOf("FluxVault")).toContain(signature));

  test.each([
    "NoExecutorRegistered",
    "PositionNotHealthy",
    "PositionNotActive",
    "PositionNotLiquidatable",
    "InsufficientPayment",
    "InsufficientLiquidity",
    "NotLiquidatable",
    "InsufficientBond",
    "Unauthorized",
    "ExcessiveDebt",
    "AssetNotAllowed",
    "InvalidParameter",
    "ZeroAddress",
    "ZeroAmount",
    "Expired",
  ])("error %s", (name) => expect(errorsOf("FluxVault")).toContain(name));
});

test.each([
  ["MutableFixedRateStrategy", "interestRate() uint256"],
  ["MutableFixedRateStrategy", "minBondRatio() uint256"],
  ["MutableFixedRateStrategy", "liquidationBuffer() uint256"],
  ["MutableFixedRateStrategy", "liquidationProfitMargin() uint256"],
  ["MutableFixedRateStrategy", "cumulativeRate() uint256"],
  ["MutableFixedRateStrategy", "getAllowedAssets() address[]"],
  ["MutableFixedRateStrategy", "isMutable() bool"],
  ["MutableFixedRateStrategy", "owner() address"],
  ["MutableFixedRateStrategy", "evaluateLiquidation(address,address,address[],uint256) bool,uint256"],
  ["MutableFixedRateStrategy", "evaluateADL(address,address,address[],uint256) bool,uint256"],
  ["MutableFixedRateStrategy", "setInterestRate(uint256) "],
  ["MutableFixedRateStrategy", "setMinBondRatio(uint256) "],
  ["MutableFixedRateStrategy", "addAllowedAsset(address) "],
  ["MutableFixedRateStrategy", "removeAllowedAsset(address) "],
  ["FluxExecutor", "fluxUnlockCallback(bytes) "],
  ["ERC20Wrapper", "getValue(address,address,bytes32) uint256"],
  ["ERC20Wrapper", "getBalance(address,address,bytes32) uint256"],
  ["OracleRegistry", "getValueUSD(address,uint256) uint256"],
  ["OracleRegistry", "getPriceUSD(address) uint256"],
  ["OracleRegistry", "getOracle(address) address"],
  ["OracleRegistry", "setOracle(address,address) "],
  ["FluxVaultFactory", "createVault(address,address,address,address,string,string) address"],
  ["FluxVaultFactory", "deployWeirollExecutor() address"],
  ["FluxVaultFactory", "registerExecutor(address,address) "],
  ["FluxVaultFactory", "getExecutor(address) address"],
  ["FluxVaultFactory", "isAssetWhitelisted(address) bool"],
  ["FluxVaultFactory", "collectFeesFromVaults(address[]) "],
  ["AssetWrapperFactory", "deployERC20Wrapper(address) address"],
  ["AssetWrapperFactory", "deployERC4626Wrapper(address) address"],
])("%s.%s", (contract, signature) => expect(functionsOf(contract)).toContain(signature));

test.each([
  ["MutableFixedRateStrategy", "ParameterUpdated(bytes32,uint256,uint256) i--"],
  ["MutableFixedRateStrategy", "AssetAllowed(address,bool) i-"],
  ["FluxVaultFactory", "ExecutorRegistered(address,address) ii"],
])("%s emits %s", (contract, signature) => expect(eventsOf(contract)).toContain(signature));

test("a liquidation's arguments carry the documented names", () => {
  const item = getAbiItem({ abi: abiOf("FluxVault"), name: "PositionLiquidated" });
  expect(item?.type === "event" && item.inputs.map(({ name }) => name)).toEqual(
    "manager liquidator positionValue trueDebt payment badDebt".split(" "),
  );
});
