/** Where the money of a loss goes: bad debt, the LPs' part, the fee takers' part. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Contract, Receipt } from "./chain";
import {
  ALICE,
  BOB,
  CAROL,
  CURATOR,
  call,
  encodeCalls,
  encodeOrder,
  GOVERNANCE,
  LIQUIDATOR,
  MANAGER,
  MANAGER_2,
  MAX_UINT,
  pct,
  SINK,
  STRANGER,
  type StrategyOptions,
  usd,
  WAD,
  World,
  YEAR,
} from "./world";

let world: World;
let restore: () => Promise<void>;

beforeAll(async () => {
  world = await World.deploy();
  await world.as(GOVERNANCE, world.c.factory, "setProtocolFeeRate", 500n);
  restore = await world.chain.snapshot();
});
afterAll(() => world.chain.stop());
beforeEach(async () => {
  await restore();
  restore = await world.chain.snapshot();
});

type LossRealised = {
  readonly principal: bigint;
  readonly interest: bigint;
  readonly lpLoss: bigint;
  readonly totalAssetsBefore: bigint;
  readonly totalAssetsAfter: bigint;
  readonly totalSupply: bigint;
};

const lossOf = (receipt: Receipt, vault: Contract, index = 0) =>
  world.chain.events(receipt, vault, "LossRealised")[index]?.args as LossRealised | undefined;
const badDebtOf = (receipt: Receipt, vault: Contract, index = 0) =>
  world.chain.events(receipt, vault, "PositionLiquidated")[index]?.args.badDebt;

/** A vault with 15 % of fees: 5 % protocol, 10 % curator. */
async function feeVault(options: StrategyOptions, assets = usd(1_000_000)): Promise<Contract> {
  const vault = await world.vault(await world.strategy(options), assets);
  await world.as(CURATOR, vault, "setCuratorFeeRate", 1000n);
  return vault;
}

/** Principal 100,000 and interest 10,000 after a year at 10 %, then a price that makes V what is asked for. */
async function oneYearOld(valueUsd: number): Promise<Contract> {
  const vault = await feeVault({ rate: pct(10) });
  await world.price(world.c.wethFeed, 20_000);
  await world.open({ vault, manager: MANAGER, bond: usd(20_000), borrow: usd(100_000), weth: 50n * WAD });
  await world.chain.advance(YEAR);
  await world.price(world.c.wethFeed, (valueUsd - 20_000) / 50);
  return vault;
}

describe("the worked example: principal 100,000, interest 10,000, fees 15 %, total assets 1,008,500", () => {
  test.each([
    { value: 95_000, payment: 94_050, badDebt: 15_950, lpLoss: 14_450, principal: 5_950, interest: 10_000 },
    { value: 106_000, payment: 104_940, badDebt: 5_060, lpLoss: 4_301, principal: 0, interest: 5_060 },
  ])("payment $payment leaves bad debt $badDebt, of which the LPs bear $lpLoss", async (c) => {
    const vault = await oneYearOld(c.value);
    expect(await world.read(vault, "totalAssets")).toBe(usd(1_008_500));
    const receipt = await world.liquidateFromWallet(vault, MANAGER);
    expect(badDebtOf(receipt, vault)).toBe(usd(c.badDebt));
    expect(lossOf(receipt, vault)).toEqual({
      manager: expect.any(String) as string,
      principal: usd(c.principal),
      interest: usd(c.interest),
      lpLoss: usd(c.lpLoss),
      totalAssetsBefore: usd(1_008_500),
      totalAssetsAfter: usd(1_008_500 - c.lpLoss),
      totalSupply: usd(1_000_000),
    });
    expect(await world.read(vault, "totalAssets")).toBe(usd(1_008_500 - c.lpLoss));
    expect(await world.read(vault, "totalBadDebt")).toBe(usd(c.badDebt));
    expect(await world.debt(vault, MANAGER)).toEqual({ principal: 0n, interest: 0n, total: 0n });
    expect(await world.read(vault, "totalAccruedInterest")).toBe(0n);
  });

  test("fees are taken only of the interest that was paid", async () => {
    const vault = await oneYearOld(106_000);
    const receipt = await world.liquidateFromWallet(vault, MANAGER);
    const collected = world.chain.events(receipt, vault, "InterestCollected")[0]?.args;
    expect(collected).toMatchObject({ interest: usd(4_940), protocolFee: usd(247), curatorFee: usd(494) });
    expect(await world.read(vault, "collectedFees")).toBe(usd(741));
  });

  test("a payment that covers the debt costs the LPs nothing and emits no loss", async () => {
    const vault = await oneYearOld(110_000);
    const receipt = await world.liquidateFromWallet(vault, MANAGER);
    expect(lossOf(receipt, vault)).toBeUndefined();
    expect(await world.read(vault, "totalAssets")).toBe(usd(1_008_500));
    expect(await world.read(vault, "totalBadDebt")).toBe(0n);
  });
});

describe("who bears it", () => {
  test("the lesson: 5,000 shared 60 / 30 / 10 costs 3,000, 1,500 and 500", async () => {
    const vault = await world.vault(await world.strategy({ margin: 0n }), usd(600_000));
    await world.deposit(vault, BOB, usd(300_000));
    await world.deposit(vault, CAROL, usd(100_000));
    await world.price(world.c.wethFeed, 4_000);
    await world.open({
      vault,
      manager: MANAGER,
      bond: usd(20_000),
      borrow: usd(100_000),
      weth: (75n * WAD) / 2n,
    });
    await world.price(world.c.wethFeed, 2_000);
    const receipt = await world.liquidateFromWallet(vault, MANAGER);
    expect(badDebtOf(receipt, vault)).toBe(usd(5_000));
    expect(lossOf(receipt, vault)?.lpLoss).toBe(usd(5_000));
    const left = async (lp: typeof ALICE) =>
      world.read(vault, "previewRedeem", await world.balance(vault, lp));
    expect([await left(ALICE), await left(BOB), await left(CAROL)]).toEqual([
      usd(597_000),
      usd(298_500),
      usd(99_500),
    ]);
  });

  test("two losses in one block: the second starts where the first ended", async () => {
    const vault = await feeVault({});
    await world.price(world.c.wethFeed, 4_000);
    for (const manager of [MANAGER, MANAGER_2])
      await world.open({ vault, manager, bond: usd(20_000), borrow: usd(100_000), weth: 35n * WAD });
    await world.price(world.c.wethFeed, 2_000);
    const executor = await world.executor(LIQUIDATOR);
    await world.mint(world.c.usdc, LIQUIDATOR, usd(1_000_000));
    await world.as(LIQUIDATOR, world.c.usdc, "approve", executor.address, MAX_UINT);
    const order = encodeOrder({ mode: "wallet" });
    const receipts = await world.chain.writeInOneBlock(
      [MANAGER, MANAGER_2].map((manager) => ({
        from: LIQUIDATOR,
        to: vault,
        fn: "liquidate",
        args: [manager, [], order],
      })),
    );
    const [first, second] = receipts.map((receipt) => lossOf(receipt, vault));
    expect(new Set(receipts.map(({ blockNumber }) => blockNumber)).size).toBe(1);
    expect(second?.totalAssetsBefore).toBe(first?.totalAssetsAfter);
    expect((first?.lpLoss ?? 0n) + (second?.lpLoss ?? 0n)).toBe(await world.read(vault, "totalBadDebt"));
  });

  test("nobody can leave between the seizure and the booking of the loss", async () => {
    const vault = await feeVault({});
    await world.price(world.c.wethFeed, 4_000);
    await world.open({ vault, manager: MANAGER, bond: usd(20_000), borrow: usd(100_000), weth: 35n * WAD });
    await world.price(world.c.wethFeed, 2_000);
    const executor = await world.executor(LIQUIDATOR);
    await world.as(ALICE, vault, "transfer", executor.address, usd(1_000));
    const redeem = call(vault, "redeem", [usd(1_000), SINK, executor.address]);
    const order = encodeOrder({ mode: "custom", route: encodeCalls([redeem]) });
    expect(await world.refusal(LIQUIDATOR, vault, "liquidate", MANAGER, [], order)).toBe("VaultLocked");
  });

  test("a contribution lifts every share that exists now, and an empty vault refuses it", async () => {
    const vault = await feeVault({});
    await world.mint(world.c.usdc, STRANGER, usd(60_000));
    await world.as(STRANGER, world.c.usdc, "approve", vault.address, MAX_UINT);
    const receipt = await world.as(STRANGER, vault, "contribute", usd(50_000));
    expect(world.chain.events(receipt, vault, "RecoveryReceived")[0]?.args).toMatchObject({
      amount: usd(50_000),
      totalAssetsBefore: usd(1_000_000),
      totalSupply: usd(1_000_000),
    });
    expect(await world.read(vault, "totalAssets")).toBe(usd(1_050_000));
    const empty = await world.vault(await world.strategy(), 0n);
    await world.as(STRANGER, world.c.usdc, "approve", empty.address, MAX_UINT);
    expect(await world.refusal(STRANGER, empty, "contribute", usd(1))).toBe("NoShares");
  });
});
