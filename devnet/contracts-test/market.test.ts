/** Prices, the market, wrappers, the factory, the timelock: everything around the vault. */
import { type Address, encodeFunctionData, getAddress, type Hex, keccak256, toHex } from "viem";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readArtifact } from "../compile";
import type { Contract } from "./chain";
import {
  ALICE,
  COLLECTOR,
  CURATOR,
  GOVERNANCE,
  MANAGER,
  MAX_UINT,
  pct,
  STRANGER,
  usd,
  WAD,
  World,
  ZERO,
  ZERO_ID,
} from "./world";

let world: World;
let restore: () => Promise<void>;

beforeAll(async () => {
  world = await World.deploy();
  restore = await world.chain.snapshot();
});
afterAll(() => world.chain.stop());
beforeEach(async () => {
  await restore();
  restore = await world.chain.snapshot();
});

const deploy = (name: string, ...args: readonly unknown[]): Promise<Contract> =>
  world.chain.deploy(name, args, GOVERNANCE);

describe("feeds and oracles", () => {
  test.each([
    [6, 1_234_567n, 1_234_567_000_000_000_000n],
    [8, 123_456_789n, 1_234_567_890_000_000_000n],
    [18, 1_234_567_890_123_456_789n, 1_234_567_890_123_456_789n],
    [20, 123_456_789_012_345_678_999n, 1_234_567_890_123_456_789n],
  ])("a feed of %i decimals is scaled to 18", async (decimals, answer, price) => {
    const feed = await deploy("ChainlinkFeed", decimals, "X / USD", GOVERNANCE);
    const oracle = await deploy("ChainlinkOracle", feed.address);
    expect(await world.refusal(STRANGER, oracle, "getPrice", ZERO)).toBe("InvalidPrice");
    await world.as(GOVERNANCE, feed, "pushAnswer", answer);
    expect(await world.read(oracle, "getPrice", ZERO)).toBe(price);
  });

  test("zero and negative answers are no price", async () => {
    const { wethFeed, registry, weth } = world.c;
    for (const answer of [0n, -1n]) {
      await world.as(GOVERNANCE, wethFeed, "pushAnswer", answer);
      expect(await world.refusal(STRANGER, registry, "getPriceUSD", weth.address)).toBe("InvalidPrice");
    }
  });

  test("every round stays readable, times may be given but never go back", async () => {
    const { wethFeed } = world.c;
    const at = BigInt(world.chain.nowSeconds);
    await world.chain.advance(100);
    await world.as(GOVERNANCE, wethFeed, "pushAnswerAt", 5n, at + 10n);
    expect(await world.read(wethFeed, "latestRoundData")).toEqual([2n, 5n, at + 10n, at + 10n, 2n]);
    expect(await world.read(wethFeed, "getRoundData", 1n)).toEqual([1n, 200_000_000_000n, at, at, 1n]);
    expect(await world.refusal(STRANGER, wethFeed, "getRoundData", 3n)).toBe("NoSuchRound");
    expect(await world.refusal(GOVERNANCE, wethFeed, "pushAnswerAt", 5n, at + 9n)).toBe("RoundOutOfOrder");
    expect(await world.refusal(GOVERNANCE, wethFeed, "pushAnswerAt", 5n, at + 1_000n)).toBe(
      "RoundOutOfOrder",
    );
    expect(await world.refusal(STRANGER, wethFeed, "pushAnswer", 5n)).toBe("OwnableUnauthorizedAccount");
  });

  test("the registry values amounts, gives 0 for 0, and says when there is no oracle", async () => {
    const { registry, usdc, weth } = world.c;
    expect(await world.read(registry, "getValueUSD", usdc.address, 1_500_000n)).toBe((WAD * 3n) / 2n);
    expect(await world.read(registry, "getValueUSD", weth.address, 1n)).toBe(2_000n);
    expect(await world.read(registry, "getValueUSD", STRANGER, 0n)).toBe(0n);
    expect(await world.read(registry, "getOracle", STRANGER)).toBe(ZERO);
    const refused = { from: STRANGER, to: registry, fn: "getValueUSD", args: [STRANGER, 1n] };
    expect(await world.chain.revert(refused)).toEqual({ name: "Error", args: ["No oracle"] });
    expect(await world.refusal(STRANGER, registry, "setOracle", weth.address, ZERO)).toBe(
      "OwnableUnauthorizedAccount",
    );
  });

  test("an exchange rate prices shares, a fixed price never moves", async () => {
    const { yieldVault, weth, registry } = world.c;
    await world.mint(weth, ALICE, 10n * WAD);
    await world.as(ALICE, weth, "approve", yieldVault.address, MAX_UINT);
    await world.as(ALICE, yieldVault, "deposit", 10n * WAD, ALICE);
    await world.mint(weth, yieldVault.address, 1n * WAD);
    const oneShare = await world.read(yieldVault, "convertToAssets", WAD);
    expect(await world.read(registry, "getPriceUSD", yieldVault.address)).toBe(oneShare * 2_000n);
    expect(oneShare).toBeGreaterThan((WAD * 10_999n) / 10_000n);
    const fixed = await deploy("FixedPriceOracle", WAD);
    expect(await world.read(fixed, "getPrice", ZERO)).toBe(WAD);
  });

  test("a wrapper follows the registry that the factory names", async () => {
    const { factory, weth, wethWrapper } = world.c;
    await world.mint(weth, STRANGER, WAD);
    await world.as(STRANGER, weth, "approve", wethWrapper.address, MAX_UINT);
    await world.as(STRANGER, wethWrapper, "deposit", MANAGER, ZERO_ID, WAD);
    expect(await world.read(wethWrapper, "getValue", STRANGER, MANAGER, ZERO_ID)).toBe(2_000n * WAD);
    const other = await deploy("OracleRegistry", GOVERNANCE);
    const oracle = await deploy("FixedPriceOracle", 7n * WAD);
    await world.as(GOVERNANCE, other, "setOracle", weth.address, oracle.address);
    await world.as(GOVERNANCE, factory, "setOracleRegistry", other.address);
    expect(await world.read(wethWrapper, "getValue", STRANGER, MANAGER, ZERO_ID)).toBe(7n * WAD);
  });
});

describe("the pool", () => {
  async function pool(feeBps: bigint): Promise<Contract> {
    const { usdc, weth } = world.c;
    const made = await deploy("ConstantProductPool", usdc.address, weth.address, feeBps, GOVERNANCE);
    await world.mint(usdc, GOVERNANCE, usd(2_000_000));
    await world.mint(weth, GOVERNANCE, 1_000n * WAD);
    for (const token of [usdc, weth]) await world.as(GOVERNANCE, token, "approve", made.address, MAX_UINT);
    await world.as(GOVERNANCE, made, "addLiquidity", usd(2_000_000), 1_000n * WAD);
    return made;
  }

  test.each([0n, 30n])(
    "pays what x times y leaves, with a fee of %i basis points, either way",
    async (feeBps) => {
      const { usdc, weth } = world.c;
      const made = await pool(feeBps);
      const amountIn = 100n * WAD;
      const taken = amountIn * (10_000n - feeBps);
      const out = (taken * usd(2_000_000)) / (1_000n * WAD * 10_000n + taken);
      expect(await world.read(made, "quoteExactIn", weth.address, amountIn)).toBe(out);
      await world.mint(weth, ALICE, amountIn);
      await world.as(ALICE, weth, "approve", made.address, MAX_UINT);
      expect(await world.refusal(ALICE, made, "swapExactIn", weth.address, amountIn, out + 1n, ALICE)).toBe(
        "ProceedsBelowMinimum",
      );
      await world.as(ALICE, made, "swapExactIn", weth.address, amountIn, out, ALICE);
      expect(await world.balance(usdc, ALICE)).toBe(out);
      expect(await world.read(made, "reserve0")).toBe(usd(2_000_000) - out);
      expect(await world.read(made, "reserve1")).toBe(1_100n * WAD);
      await world.as(ALICE, usdc, "approve", made.address, MAX_UINT);
      await world.as(ALICE, made, "swapExactIn", usdc.address, out, 0n, ALICE);
      // Back and forth never gains.
      expect(await world.balance(weth, ALICE)).toBeLessThanOrEqual(amountIn);
    },
  );

  test("only its owner moves liquidity, and no other token is traded", async () => {
    const made = await pool(0n);
    expect(await world.refusal(STRANGER, made, "removeLiquidity", 1n, 1n, STRANGER)).toBe(
      "OwnableUnauthorizedAccount",
    );
    expect(await world.refusal(STRANGER, made, "quoteExactIn", STRANGER, 1n)).toBe("AssetNotAllowed");
    expect(await world.refusal(GOVERNANCE, made, "removeLiquidity", usd(2_000_001), 0n, GOVERNANCE)).toBe(
      "InsufficientLiquidity",
    );
  });
});

describe("the factory", () => {
  test("governance alone decides on whitelist, fees and registry", async () => {
    const { factory } = world.c;
    for (const [fn, arg] of [
      ["whitelistAsset", STRANGER],
      ["removeAssetWhitelist", STRANGER],
      ["setProtocolFeeRate", 1n],
      ["setProtocolFeeCollector", STRANGER],
      ["setOracleRegistry", STRANGER],
    ] as const)
      expect(await world.refusal(STRANGER, factory, fn, arg)).toBe("OwnableUnauthorizedAccount");
    expect(await world.refusal(GOVERNANCE, factory, "setProtocolFeeRate", 2_501n)).toBe("InvalidParameter");
    expect(await world.refusal(GOVERNANCE, factory, "setProtocolFeeCollector", ZERO)).toBe("ZeroAddress");
    expect(await world.read(factory, "protocolFeeCollector")).toBe(getAddress(COLLECTOR));
  });

  test("a vault needs a whitelisted wrapper of its own asset", async () => {
    const { factory, usdc, base, wethWrapper } = world.c;
    const strategy = await world.strategy();
    const create = (wrapper: Address) => [usdc.address, wrapper, strategy.address, ZERO, "V", "V"] as const;
    expect(await world.refusal(CURATOR, factory, "createVault", ...create(wethWrapper.address))).toBe(
      "AssetNotAllowed",
    );
    await world.as(GOVERNANCE, factory, "removeAssetWhitelist", base.address);
    expect(await world.refusal(CURATOR, factory, "createVault", ...create(base.address))).toBe(
      "AssetNotAllowed",
    );
  });

  test("a vault is what the published code says, and its creator is curator and ADL manager", async () => {
    const vault = await world.vault(await world.strategy());
    expect(await world.read(vault, "curator")).toBe(getAddress(CURATOR));
    expect(await world.read(vault, "adlManager")).toBe(getAddress(CURATOR));
    expect(await world.read(vault, "decimals")).toBe(6);
    expect(await world.read(world.c.factory, "isVault", vault.address)).toBe(true);
    const deployer = world.chain.at("VaultDeployer", await world.read(world.c.factory, "vaultDeployer"));
    expect(await world.read(deployer, "creationCodeHash")).toBe(
      keccak256(readArtifact("FluxVault").bytecode),
    );
  });

  test("strategy and wrapper factories deploy the same contracts", async () => {
    const { factory, weth, usdc, yieldVault } = world.c;
    const strategies = await deploy("StrategyFactory", factory.address);
    const parameters = [pct(5), pct(25), pct(10), pct(1), 0];
    const made = await world.as(STRANGER, strategies, "deployMutable", parameters, [], ALICE);
    const address = world.chain.events(made, strategies, "StrategyDeployed")[0]?.args.strategy as Address;
    const strategy = world.chain.at("MutableFixedRateStrategy", address);
    expect(await world.read(strategy, "owner")).toBe(ALICE);
    expect(await world.read(strategy, "minBondRatio")).toBe(pct(25));
    await world.as(STRANGER, strategies, "deployImmutable", parameters, []);
    const wrappers = await deploy("AssetWrapperFactory", factory.address);
    for (const [fn, token] of [
      ["deployBaseAsset", usdc],
      ["deployERC20Wrapper", weth],
      ["deployERC4626Wrapper", yieldVault],
    ] as const) {
      const receipt = await world.as(STRANGER, wrappers, fn, token.address);
      const wrapper = world.chain.events(receipt, wrappers, "WrapperDeployed")[0]?.args.wrapper as Address;
      expect(await world.read(world.chain.at("IAsset", wrapper), "underlyingAsset")).toBe(token.address);
    }
  });
});

describe("strategies", () => {
  test.each([
    ["a buffer as large as the bond ratio", { bond: pct(20), buffer: pct(20) }],
    ["a margin of everything", { margin: WAD }],
    ["a rate above 1,000 % a year", { rate: pct(1_001) }],
  ])("%s is refused at construction", async (_, options) => {
    await expect(world.strategy(options)).rejects.toThrow("InvalidParameter");
  });

  test("an immutable strategy has no owner and no setters", async () => {
    const strategy = await world.strategy({ rate: pct(7) });
    expect(await world.read(strategy, "owner")).toBe(ZERO);
    expect(await world.read(strategy, "isMutable")).toBe(false);
    const setter = world.chain.at("IMutableStrategy", strategy.address);
    expect(
      await world.chain.revert({ from: CURATOR, to: setter, fn: "setInterestRate", args: [1n] }),
    ).toEqual({
      name: "",
      args: [],
    });
    await world.chain.advance(1_000);
    expect(await world.read(strategy, "cumulativeRate")).toBe(pct(7) * 1_000n);
  });

  test("setters are the owner's, bounded, and say what they changed", async () => {
    const strategy = await world.strategy({ rate: pct(7), owner: GOVERNANCE });
    for (const [fn, arg] of [
      ["setInterestRate", 1n],
      ["setMinBondRatio", pct(30)],
      ["addAllowedAsset", STRANGER],
      ["removeAllowedAsset", STRANGER],
    ] as const)
      expect(await world.refusal(STRANGER, strategy, fn, arg)).toBe("OwnableUnauthorizedAccount");
    expect(await world.refusal(GOVERNANCE, strategy, "setMinBondRatio", pct(10))).toBe("InvalidParameter");
    const receipt = await world.as(GOVERNANCE, strategy, "setMinBondRatio", pct(30));
    expect(world.chain.events(receipt, strategy, "ParameterUpdated")[0]?.args).toEqual({
      key: toHex("minBondRatio", { size: 32 }),
      oldValue: pct(20),
      newValue: pct(30),
    });
    expect(await world.refusal(GOVERNANCE, strategy, "removeAllowedAsset", STRANGER)).toBe("AssetNotAllowed");
    const { wethWrapper } = world.c;
    const removed = await world.as(GOVERNANCE, strategy, "removeAllowedAsset", wethWrapper.address);
    expect(world.chain.events(removed, strategy, "AssetAllowed")[0]?.args).toEqual({
      asset: wethWrapper.address,
      allowed: false,
    });
    expect(await world.read(strategy, "getAllowedAssets")).toEqual([world.c.yieldWrapper.address]);
  });
});

describe("the timelock", () => {
  const TWO_DAYS = 48 * 3_600;
  const SALT: Hex = keccak256(toHex("a change"));

  test("a change waits its time, is executed by anybody, and can be cancelled before", async () => {
    const timelock = await deploy("TimelockController", BigInt(TWO_DAYS), [CURATOR], [ZERO], ZERO);
    const strategy = await world.strategy({ rate: pct(7), owner: timelock.address });
    const change = (newRate: bigint) =>
      encodeFunctionData({ abi: strategy.abi, functionName: "setInterestRate", args: [newRate] });
    const item = (newRate: bigint) => [strategy.address, 0n, change(newRate), ZERO_ID, SALT] as const;

    expect(await world.refusal(STRANGER, timelock, "schedule", ...item(pct(9)), BigInt(TWO_DAYS))).toBe(
      "AccessControlUnauthorizedAccount",
    );
    expect(await world.refusal(CURATOR, timelock, "schedule", ...item(pct(9)), BigInt(TWO_DAYS - 1))).toBe(
      "TimelockInsufficientDelay",
    );
    await world.as(CURATOR, timelock, "schedule", ...item(pct(9)), BigInt(TWO_DAYS));
    await world.as(CURATOR, timelock, "schedule", ...item(pct(50)), BigInt(TWO_DAYS));
    await world.as(
      CURATOR,
      timelock,
      "cancel",
      await world.read<Hex>(timelock, "hashOperation", ...item(pct(50))),
    );
    expect(await world.refusal(STRANGER, timelock, "execute", ...item(pct(9)))).toBe(
      "TimelockUnexpectedOperationState",
    );
    await world.chain.advance(TWO_DAYS);
    await world.as(STRANGER, timelock, "execute", ...item(pct(9)));
    expect(await world.read(strategy, "interestRate")).toBe(pct(9));
    expect(await world.refusal(STRANGER, timelock, "execute", ...item(pct(50)))).toBe(
      "TimelockUnexpectedOperationState",
    );
    expect(await world.refusal(CURATOR, strategy, "setInterestRate", pct(1))).toBe(
      "OwnableUnauthorizedAccount",
    );
  });
});

test("the base-asset wrapper has exactly two labels", async () => {
  const { base, usdc } = world.c;
  await world.mint(usdc, STRANGER, usd(10));
  await world.as(STRANGER, usdc, "approve", base.address, MAX_UINT);
  expect(await world.refusal(STRANGER, base, "deposit", MANAGER, keccak256(toHex("x")), 1n)).toBe(
    "InvalidPosition",
  );
  expect(await world.read(base, "getBalance", STRANGER, MANAGER, keccak256(toHex("x")))).toBe(0n);
});
