/** The lens against the contracts' own views, against vaults that are none, and against its budget. */
import { type Address, type Hex, hexToBigInt, keccak256, toFunctionSelector, toHex } from "viem";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { seedManagers } from "../seed-managers";
import type { Contract } from "./chain";
import { composition, FAILED, lensGas, shares, snapshot } from "./lens-reader";
import {
  ALICE,
  BOND,
  call,
  GOVERNANCE,
  MANAGER,
  MANAGER_2,
  STRANGER,
  usd,
  WAD,
  World,
  ZERO_ID,
} from "./world";

let world: World;
let vault: Contract;
let restore: () => Promise<void>;

const UNKNOWN_MANAGER: Address = "0x00000000000000000000000000000000000dead1";
const MANAGERS = [MANAGER, MANAGER_2, UNKNOWN_MANAGER];

beforeAll(async () => {
  world = await World.deploy();
  await world.as(GOVERNANCE, world.c.factory, "setProtocolFeeRate", 500n);
  vault = await world.vault(await world.strategy({ rate: WAD / 10n, owner: GOVERNANCE }));
  await world.open({
    vault,
    manager: MANAGER,
    bond: usd(20_000),
    borrow: usd(100_000),
    workingCapital: usd(1_234),
    weth: 50n * WAD,
  });
  await world.open({ vault, manager: MANAGER_2, bond: usd(10_000), borrow: usd(30_000), weth: 17n * WAD });
  await addYieldPosition(MANAGER);
  await world.chain.advance(40 * 86_400);
  await world.price(world.c.wethFeed, 1_777.77);
  restore = await world.chain.snapshot();
});
afterAll(() => world.chain.stop());
beforeEach(async () => {
  await restore();
  restore = await world.chain.snapshot();
});

/** A second wrapper with two labelled positions, priced through an exchange rate. */
async function addYieldPosition(manager: Address): Promise<void> {
  const { weth, yieldVault, yieldWrapper } = world.c;
  const executor = await world.executor(manager);
  await world.mint(weth, executor.address, 10n * WAD);
  const deposit = (label: Hex, amount: bigint) =>
    call(vault, "locked_depositToWrapper", [yieldWrapper.address, label, amount]);
  await world.unlock(vault, manager, [
    call(weth, "approve", [yieldVault.address, 10n * WAD]),
    call(yieldVault, "deposit", [10n * WAD, executor.address]),
    call(yieldVault, "approve", [vault.address, 10n * WAD]),
    call(vault, "locked_registerWrapper", [yieldWrapper.address]),
    deposit(keccak256(toHex("a")), 3n * WAD),
    deposit(ZERO_ID, 2n * WAD),
  ]);
  await world.mint(weth, yieldVault.address, 1n * WAD);
}

const asNumber = (value: unknown): bigint => {
  if (typeof value === "boolean") return value ? 1n : 0n;
  return typeof value === "string" ? hexToBigInt(value as Hex) : BigInt(value as number | bigint);
};

describe("snapshot", () => {
  test("every field of the vault equals the view that it comes from", async () => {
    const { header, vault: fields } = await snapshot({
      chain: world.chain,
      vault: vault.address,
      accounts: [],
    });
    expect(header).toMatchObject({
      magic: hexToBigInt(keccak256(toHex("plimsoll.vault-lens.v1"))),
      timestamp: BigInt(world.chain.nowSeconds),
      chainId: 31337n,
    });
    expect(fields).toMatchObject({
      asset: hexToBigInt(world.c.usdc.address),
      assetDecimals: 6n,
      assetSymbol: "USDC",
      vaultName: "Flux USDC",
      vaultSymbol: "fUSDC",
      shareDecimals: 6n,
      assetPrice: WAD,
      oracleRegistry: hexToBigInt(world.c.registry.address),
    });
    const strategy = world.chain.at("IStrategy", await world.read<Address>(vault, "STRATEGY"));
    const compare = async (contract: Contract, names: string) => {
      for (const name of names.split(" "))
        expect([name, fields[name]]).toEqual([name, asNumber(await world.read(contract, name))]);
    };
    await compare(
      vault,
      "totalAssets totalSupply idleAssets totalPrincipalDebt totalAccruedInterest totalBadDebt collectedFees",
    );
    await compare(vault, "curatorFeeRate curator adlManager STRATEGY FACTORY baseAssetWrapper");
    await compare(strategy, "interestRate minBondRatio liquidationBuffer liquidationProfitMargin");
    await compare(strategy, "cumulativeRate isMutable owner");
    await compare(world.c.factory, "protocolFeeRate protocolFeeCollector");
  });

  test("every field of every manager equals the direct views", async () => {
    const { managers } = await snapshot({ chain: world.chain, vault: vault.address, accounts: MANAGERS });
    expect(managers).toHaveLength(MANAGERS.length);
    for (const [i, manager] of MANAGERS.entries()) expect(managers[i]).toEqual(await directly(manager));
    expect(managers[0]?.valueUsd).not.toBe(0n);
  });

  test("a strategy without evaluatePosition gives the same figures from the documented calls", async () => {
    const full = await snapshot({ chain: world.chain, vault: vault.address, accounts: MANAGERS });
    const strategy = await world.read<Address>(vault, "STRATEGY");
    const code = await world.chain.rpc<Hex>("eth_getCode", strategy, "latest");
    const known = toFunctionSelector("evaluatePosition(address,address,address[],uint256)").slice(2);
    expect(code.split(known)).toHaveLength(2);
    await world.chain.rpc("anvil_setCode", strategy, code.replace(known, "a2ba2ab7"));
    const fallback = await snapshot({ chain: world.chain, vault: vault.address, accounts: MANAGERS });
    expect(fallback).toEqual(full);
  });

  test("a dead price marks value and quote of whoever depends on it, and leaves debts alone", async () => {
    await world.as(GOVERNANCE, world.c.wethFeed, "pushAnswer", 0n);
    const { managers } = await snapshot({ chain: world.chain, vault: vault.address, accounts: MANAGERS });
    expect(managers[1]).toMatchObject({
      principal: usd(30_000),
      bond: usd(10_000),
      valueUsd: FAILED,
      canLiquidate: FAILED,
      minPayment: FAILED,
      wrapperCount: 1n,
    });
    expect(managers[2]).toMatchObject({ principal: 0n, valueUsd: 0n, canLiquidate: 0n, minPayment: 0n });
  });
});

/** The fields of one manager by plain calls, the value added up position by position. */
async function directly(manager: Address) {
  const { base } = world.c;
  const value = (wrapper: Contract, id: Hex) => world.read(wrapper, "getValue", vault.address, manager, id);
  const { principal, interest } = await world.debt(vault, manager);
  const { canLiquidate, minPayment } = await world.quote(vault, manager);
  const wrappers = await world.read<readonly Address[]>(vault, "managerWrappers", manager);
  let valueUsd = (await value(base, BOND)) + (await value(base, ZERO_ID));
  for (const address of wrappers)
    for (const id of await world.read<readonly Hex[]>(vault, "managerPositions", manager, address))
      valueUsd += await value(world.chain.at("IAsset", address), id);
  return {
    principal,
    interest,
    bond: await world.read(vault, "managerBond", manager),
    workingCapital: await world.read(vault, "managerWorkingCapital", manager),
    valueUsd,
    canLiquidate: canLiquidate ? 1n : 0n,
    minPayment,
    wrapperCount: BigInt(wrappers.length),
  };
}

describe("composition and shares", () => {
  test("composition lists every position with balance and value", async () => {
    const { managers } = await composition({ chain: world.chain, vault: vault.address, accounts: MANAGERS });
    const { wethWrapper, weth, yieldWrapper, yieldVault } = world.c;
    const price = 1_777_770_000_000_000_000_000n;
    expect(managers[0]).toEqual({
      bondValueUsd: 20_000n * WAD,
      workingCapitalValueUsd: 1_234n * WAD,
      wrappers: [
        {
          address: hexToBigInt(wethWrapper.address),
          underlyingAsset: hexToBigInt(weth.address),
          positions: [{ positionId: 0n, balance: 50n * WAD, valueUsd: 50n * price }],
        },
        {
          address: hexToBigInt(yieldWrapper.address),
          underlyingAsset: hexToBigInt(yieldVault.address),
          positions: [
            { positionId: 0n, balance: 2n * WAD, valueUsd: await valueOf(ZERO_ID) },
            {
              positionId: hexToBigInt(keccak256(toHex("a"))),
              balance: 3n * WAD,
              valueUsd: await valueOf(keccak256(toHex("a"))),
            },
          ],
        },
      ],
    });
    expect(managers[2]).toEqual({ bondValueUsd: 0n, workingCapitalValueUsd: 0n, wrappers: [] });
  });

  const valueOf = (id: Hex) => world.read(world.c.yieldWrapper, "getValue", vault.address, MANAGER, id);

  test("shares marks holders that are contracts", async () => {
    const holders = [ALICE, vault.address, STRANGER];
    const answer = await shares({ chain: world.chain, vault: vault.address, accounts: holders });
    const code = await world.chain.rpc<Hex>("eth_getCode", vault.address, "latest");
    expect(answer.holders).toEqual([
      { balance: usd(1_000_000), codeSize: 0n },
      { balance: 0n, codeSize: BigInt((code.length - 2) / 2) },
      { balance: 0n, codeSize: 0n },
    ]);
  });
});

describe("what is not a Flux vault", () => {
  test("a plain ERC-4626 vault answers what it has, everything else is marked as failed", async () => {
    const { yieldVault, weth } = world.c;
    const { vault: fields, managers } = await snapshot({
      chain: world.chain,
      vault: yieldVault.address,
      accounts: [MANAGER],
    });
    expect(fields).toMatchObject({
      asset: hexToBigInt(weth.address),
      assetSymbol: "WETH",
      vaultName: "Staked Ether",
      totalAssets: 11n * WAD,
      totalSupply: 10n * WAD,
      idleAssets: FAILED,
      totalBadDebt: FAILED,
      STRATEGY: FAILED,
      interestRate: FAILED,
      assetPrice: FAILED,
    });
    expect(new Set(Object.values(managers[0] ?? {}))).toEqual(new Set([FAILED]));
  });

  test.each([
    ["has no code", "0x"],
    ["reverts", "0x5f5ffd"],
    ["burns all the gas it is given", "0x5b5f56"],
    ["returns a megabyte", "0x621000005ff3"],
    ["answers 2^256-1 to everything", `0x7f${"ff".repeat(32)}5f5260205ff3`],
    ["answers lists and strings that claim 2^255 items", "0x60205f52600160ff1b60205260405ff3"],
  ] as const)("a vault that %s still gives a complete answer", async (_, code) => {
    const accounts = Array.from(
      { length: 50 },
      (_unused, i): Address => `0x${(0xf000 + i).toString(16).padStart(40, "0")}`,
    );
    await world.chain.rpc("anvil_setCode", STRANGER, code);
    const answer = await snapshot({ chain: world.chain, vault: STRANGER, accounts, gas: 25_000_000n });
    expect(answer.managers).toHaveLength(50);
    expect(answer.managers[49]).toMatchObject({ valueUsd: FAILED, canLiquidate: FAILED, minPayment: FAILED });
  });
});

test("a vault that burns all the gas it is given is asked three times, not a hundred", async () => {
  await world.chain.rpc("anvil_setCode", STRANGER, "0x5b5f56");
  const request = { chain: world.chain, vault: STRANGER, accounts: MANAGERS };
  // Three calls of 1.5 million and what the rest of the answer costs.
  expect(await lensGas("snapshot", request)).toBeLessThan(5_000_000n);
});

describe("budget", () => {
  test("with too little gas the first managers are complete, the others marked, none wrong", async () => {
    const accounts = Array.from({ length: 100 }, () => MANAGER);
    const { managers } = await snapshot({
      chain: world.chain,
      vault: vault.address,
      accounts,
      gas: 2_000_000n,
    });
    const complete = await directly(MANAGER);
    const marked = managers.filter((row) => row.valueUsd === FAILED);
    expect(marked.length).toBeGreaterThan(10);
    expect(marked.length).toBeLessThan(90);
    expect(managers.slice(0, 100 - marked.length)).toEqual(
      Array.from({ length: 100 - marked.length }, () => complete),
    );
    for (const row of marked)
      for (const [name, value] of Object.entries(row))
        expect([FAILED, complete[name as keyof typeof complete]]).toContain(value);
  });

  test("1,250 managers with one wrapper each: bytes and gas", async () => {
    // The vault accrues, the template does not: its stored interest is older than the vault's.
    await world.deposit(vault, ALICE, usd(1));
    const managers = await seedManagers({
      anvil: world.chain.anvil,
      vault: vault.address,
      baseAssetWrapper: world.c.base.address,
      wrapper: world.c.wethWrapper.address,
      template: MANAGER_2,
      count: 1_250,
    });
    const request = { chain: world.chain, vault: vault.address, accounts: managers };
    const { bytes, managers: rows } = await snapshot(request);
    expect(new Set(rows.map((row) => JSON.stringify(row, (_, v) => String(v)))).size).toBe(1);
    expect(rows[0]).toEqual(await directly(MANAGER_2));
    const empty = await snapshot({ ...request, accounts: [] });
    const bytesPerManager = (bytes.length - empty.bytes.length) / managers.length;
    expect(bytesPerManager).toBeLessThanOrEqual(66);
    // 48,000 gas each: 10,500 for five cold storage slots, 27,000 for the strategy's own evaluation with its prices.
    expect(await lensGas("snapshot", request)).toBeLessThan(62_000_000n);
  });
});
