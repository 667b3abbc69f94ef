// @vitest-environment node
import {
  type Abi,
  type AbiFunction,
  parseAbiItem,
  toEventSignature,
  toFunctionSelector,
  toFunctionSignature,
} from "viem";
import { beforeAll, describe, expect, it } from "vitest";
import { compileContracts, readArtifact } from "../../../devnet/compile";
import { FLUX_EXECUTOR_FUNCTIONS } from "./abi/flux-executor";
import { FLUX_FACTORY_FUNCTIONS } from "./abi/flux-factory";
import { FLUX_STRATEGY_FUNCTIONS } from "./abi/flux-strategy";
import { FLUX_VAULT_FUNCTIONS } from "./abi/flux-vault";
import { ORACLE_REGISTRY_FUNCTIONS } from "./abi/oracle-registry";
import { TIMELOCK_FUNCTIONS } from "./abi/timelock";
import { LENS_VIEWS } from "./lens-views";
import { REVERT_TABLE } from "./reverts";
import { STRATEGY_TOPICS, TIMELOCK_TOPICS, VAULT_TOPICS } from "./topics";
import {
  FACTORY_VIEWS,
  FEED_VIEWS,
  POOL_VIEWS,
  REGISTRY_VIEWS,
  STRATEGY_VIEWS,
  TIMELOCK_VIEWS,
  TOKEN_VIEWS,
  VAULT_VIEWS,
  WRAPPER_VIEWS,
} from "./views";

/** Functions that only other contracts call; a page has nothing to build or describe with them. */
const CALLBACKS = /^(?:onERC|fluxUnlockCallback|initialize)/;

const abiOf = (contract: string): Abi => readArtifact(contract).abi as Abi;
const functionsOf = (contract: string): readonly AbiFunction[] =>
  abiOf(contract).filter((item): item is AbiFunction => item.type === "function");
const namesOf = (item: AbiFunction): string => item.inputs.map(({ name }) => name).join(", ");

beforeAll(() => {
  compileContracts();
}, 120_000);

describe("the adapter's tables against the compiled contracts", () => {
  it.each([
    ["FluxVault", FLUX_VAULT_FUNCTIONS],
    ["FluxVaultFactory", FLUX_FACTORY_FUNCTIONS],
    ["MutableFixedRateStrategy", FLUX_STRATEGY_FUNCTIONS],
    ["FluxExecutor", FLUX_EXECUTOR_FUNCTIONS],
    ["TimelockController", TIMELOCK_FUNCTIONS],
    ["OracleRegistry", ORACLE_REGISTRY_FUNCTIONS],
  ] as const)(
    "hold every function of %s that changes state, with the names of its arguments",
    (contract, lines) => {
      const ours = lines.map((line) => parseAbiItem(line) as AbiFunction);
      const theirs = functionsOf(contract).filter(
        ({ stateMutability, name }) => !["view", "pure"].includes(stateMutability) && !CALLBACKS.test(name),
      );
      const known = new Map(theirs.map((item) => [toFunctionSignature(item), namesOf(item)]));
      for (const item of ours) expect(known.get(toFunctionSignature(item))).toBe(namesOf(item));
      const listed = new Set(ours.map(toFunctionSignature));
      expect([...known.keys()].filter((signature) => !listed.has(signature))).toEqual([]);
    },
  );

  it.each([
    ["FluxVault", VAULT_VIEWS],
    ["MutableFixedRateStrategy", STRATEGY_VIEWS],
    ["FluxVaultFactory", FACTORY_VIEWS],
    ["OracleRegistry", REGISTRY_VIEWS],
    ["ERC20Wrapper", WRAPPER_VIEWS],
    ["TestToken", TOKEN_VIEWS],
    ["TimelockController", TIMELOCK_VIEWS],
    ["ChainlinkFeed", FEED_VIEWS],
    ["ConstantProductPool", POOL_VIEWS],
    ["VaultLens", LENS_VIEWS],
  ] as const)("read only views that %s has", (contract, table) => {
    const known = new Set(functionsOf(contract).map((item) => toFunctionSelector(item)));
    for (const [selector, signature] of Object.values(table))
      expect([signature, known.has(selector)]).toEqual([signature, true]);
  });

  it.each([
    ["FluxVault", VAULT_TOPICS],
    ["MutableFixedRateStrategy", STRATEGY_TOPICS],
    ["TimelockController", TIMELOCK_TOPICS],
  ] as const)("read only events that %s emits", (contract, table) => {
    const known = abiOf(contract).flatMap((item) => (item.type === "event" ? [toEventSignature(item)] : []));
    for (const [, signature] of Object.values(table)) expect(known).toContain(signature);
  });

  it("decode every custom error that any of the contracts declares", () => {
    const contracts = [
      "FluxVault",
      "FluxVaultFactory",
      "FluxExecutor",
      "MutableFixedRateStrategy",
      "ImmutableFixedRateStrategy",
      "TimelockController",
      "OracleRegistry",
      "BaseAsset",
      "ERC20Wrapper",
      "ERC4626Wrapper",
      "ChainlinkFeed",
      "ChainlinkOracle",
      "ExchangeRateOracle",
      "FixedPriceOracle",
      "ConstantProductPool",
      "TestToken",
      "YieldVault",
      "AllowlistAccessPolicy",
      "GraduatedCapDepositPolicy",
      "StrategyFactory",
      "AssetWrapperFactory",
    ];
    const declared = contracts.flatMap((contract) =>
      abiOf(contract).flatMap((item) =>
        item.type === "error" ? [`${item.name}(${item.inputs.map(({ type }) => type).join(",")})`] : [],
      ),
    );
    const known = new Set(REVERT_TABLE.map(([selector]) => selector));
    const missing = [...new Set(declared)].filter((signature) => !known.has(toFunctionSelector(signature)));
    expect(missing).toEqual([]);
  });
});
