/** The protocol's documented examples and the figures derived from them, run through the contracts. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Contract } from "./chain";
import {
  BOB,
  COLLECTOR,
  CURATOR,
  call,
  GOVERNANCE,
  LIQUIDATOR,
  MANAGER,
  MAX_UINT,
  pct,
  type StrategyOptions,
  usd,
  World,
  YEAR,
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

/** WETH at 2,000 USD worth this many dollars. */
const wethWorth = (dollars: number): bigint => (BigInt(Math.round(dollars * 1e6)) * 10n ** 12n) / 2000n;

interface Case extends StrategyOptions {
  readonly bond$?: number;
  readonly working$?: number;
  readonly weth$: number;
  readonly principal$: number;
  readonly seconds?: number;
  /** WETH price after opening. */
  readonly priceAfter?: number;
}

/** Opens the position healthy, at a price high enough, then lets the time pass and the price fall. */
async function position(c: Case): Promise<Contract> {
  const vault = await world.vault(await world.strategy({ ...c, bond: c.bond ?? pct(20) }));
  await world.price(world.c.wethFeed, 20_000);
  const extra = c.bond$ ?? 0;
  await world.open({
    vault,
    manager: MANAGER,
    bond: usd(extra),
    workingCapital: usd(c.working$ ?? 0),
    borrow: usd(c.principal$),
    weth: wethWorth(c.weth$),
  });
  if (c.seconds !== undefined) await world.chain.advance(c.seconds);
  await world.price(world.c.wethFeed, c.priceAfter ?? 2000);
  return vault;
}

type Outcome = {
  readonly positionValue: bigint;
  readonly trueDebt: bigint;
  readonly payment: bigint;
  readonly badDebt: bigint;
};

async function liquidated(vault: Contract): Promise<Outcome> {
  const receipt = await world.liquidateFromWallet(vault, MANAGER);
  return world.chain.events(receipt, vault, "PositionLiquidated")[0]?.args as Outcome;
}

/** For what depends on interest alone: terms under which hardly any bond is needed. */
const OPEN_WITH_LOW_BOND = { bond: pct(0.2), buffer: pct(0.1) } as const;

describe("opening a position", () => {
  test("a bond of 20,000 carries a borrow of 100,000 at a minimum bond ratio of 20 %", async () => {
    const vault = await world.vault(await world.strategy());
    await world.open({
      vault,
      manager: MANAGER,
      bond: usd(20_000),
      borrow: usd(100_000),
      weth: wethWorth(100_000),
    });
    expect(await world.debt(vault, MANAGER)).toEqual({
      principal: usd(100_000),
      interest: 0n,
      total: usd(100_000),
    });
    expect(await world.read(vault, "managerBond", MANAGER)).toBe(usd(20_000));
  });

  test("one unit of bond less is refused with the bond that was required", async () => {
    const vault = await world.vault(await world.strategy());
    const calls = await world.openingCalls({
      vault,
      manager: MANAGER,
      bond: usd(20_000) - 1n,
      borrow: usd(100_000),
      weth: wethWorth(100_001),
    });
    expect(await world.unlockRefusal(vault, MANAGER, calls)).toBe("InsufficientBond");
  });
});

describe("the payment and the bad debt", () => {
  test("V 70,000 against D 85,000: payment 69,300, bad debt 15,700", async () => {
    // 80,000 at 20 % for 0.3125 years owe 5,000 of interest.
    const vault = await position({
      rate: pct(20),
      bond$: 20_000,
      weth$: 50_000,
      principal$: 80_000,
      seconds: 9_855_000,
    });
    expect(await world.debt(vault, MANAGER)).toEqual({
      principal: usd(80_000),
      interest: usd(5_000),
      total: usd(85_000),
    });
    expect(await world.quote(vault, MANAGER)).toEqual({ canLiquidate: true, minPayment: usd(69_300) });
    expect(await liquidated(vault)).toMatchObject({
      positionValue: usd(70_000),
      trueDebt: usd(85_000),
      payment: usd(69_300),
      badDebt: usd(15_700),
    });
  });

  test("V 50,000 against D 48,000 at a threshold of 110 %: the debt is paid, the liquidator gains 2,000", async () => {
    const vault = await position({ bond$: 9_600, weth$: 40_400, principal$: 48_000 });
    expect(await world.quote(vault, MANAGER)).toEqual({ canLiquidate: true, minPayment: usd(48_000) });
    expect(await liquidated(vault)).toMatchObject({
      positionValue: usd(50_000),
      payment: usd(48_000),
      badDebt: 0n,
    });
    expect(await world.balance(world.c.weth, LIQUIDATOR)).toBe(wethWorth(40_400));
    // Paid 48,000 and got the bond of 9,600 back beside 40,400 of WETH.
    expect(await world.balance(world.c.usdc, LIQUIDATOR)).toBe(usd(10_000_000 - 48_000 + 9_600));
  });

  test("V 45,000 against D 50,000: the liquidator pays 44,550 and bad debt is 5,450", async () => {
    const vault = await position({ bond$: 10_000, weth$: 35_000, principal$: 50_000 });
    expect(await liquidated(vault)).toMatchObject({
      positionValue: usd(45_000),
      trueDebt: usd(50_000),
      payment: usd(44_550),
      badDebt: usd(5_450),
    });
    expect(await world.read(vault, "totalBadDebt")).toBe(5_450_000_000n);
  });

  test("V 95,000 against D 100,000: bad debt 5,000 without a margin", async () => {
    const vault = await position({ margin: 0n, bond$: 20_000, weth$: 75_000, principal$: 100_000 });
    expect(await liquidated(vault)).toMatchObject({ payment: usd(95_000), badDebt: usd(5_000) });
  });

  test("V 95,000 against D 100,000: bad debt 5,950 with a margin of 1 %", async () => {
    const vault = await position({ bond$: 20_000, weth$: 75_000, principal$: 100_000 });
    expect(await liquidated(vault)).toMatchObject({ payment: usd(94_050), badDebt: usd(5_950) });
  });

  test("bond, working capital and wrapper add up: V 50,000 against D 100,000", async () => {
    // 90,000 at 10 % for 1 1/9 years owe 10,000 of interest.
    const vault = await position({
      rate: pct(10),
      bond$: 20_000,
      working$: 5_000,
      weth$: 25_000,
      principal$: 90_000,
      seconds: 35_040_000,
    });
    expect(await world.quote(vault, MANAGER)).toEqual({ canLiquidate: true, minPayment: usd(49_500) });
    expect(await liquidated(vault)).toMatchObject({
      positionValue: usd(50_000),
      trueDebt: usd(100_000),
      badDebt: usd(50_500),
    });
  });

  test.each([
    { rule: "a", payment: 50_000, badDebt: 0 },
    { rule: "b", payment: 49_797, badDebt: 203 },
  ] as const)(
    "the dead zone, V 50,300 against D 50,000, under rule ($rule): bad debt $badDebt",
    async (c) => {
      const vault = await position({ rule: c.rule, bond$: 10_000, weth$: 40_300, principal$: 50_000 });
      expect(await liquidated(vault)).toMatchObject({
        positionValue: usd(50_300),
        payment: usd(c.payment),
        badDebt: usd(c.badDebt),
      });
    },
  );

  test("a price 25 % lower turns bond 20,000 and assets 100,000 into bad debt of 5,950 on 100,000", async () => {
    const vault = await position({ bond$: 20_000, weth$: 100_000, principal$: 100_000, priceAfter: 1500 });
    expect(await liquidated(vault)).toMatchObject({
      positionValue: usd(95_000),
      payment: usd(94_050),
      badDebt: usd(5_950),
    });
  });
});

describe("the threshold", () => {
  test("health exactly at the threshold is not liquidatable, one part in 10^8 below it is", async () => {
    const vault = await position({ bond$: 20_000, weth$: 100_000, principal$: 100_000, priceAfter: 1800 });
    expect((await world.quote(vault, MANAGER)).canLiquidate).toBe(false);
    await world.price(world.c.wethFeed, 1799.99999999);
    expect((await world.quote(vault, MANAGER)).canLiquidate).toBe(true);
  });

  test("interest alone brings V 60,000 and D 50,000 at 10 % under 110 % after 331.8 days", async () => {
    const vault = await position({ rate: pct(10), bond$: 10_000, weth$: 50_000, principal$: 50_000 });
    const lastHealthy = Math.floor((10 * YEAR) / 11); // (60,000 / 1.1 - 50,000) / 5,000 years
    await world.chain.advance(lastHealthy);
    expect((await world.quote(vault, MANAGER)).canLiquidate).toBe(false);
    await world.chain.advance(2);
    expect((await world.quote(vault, MANAGER)).canLiquidate).toBe(true);
    expect(lastHealthy / 86_400).toBeCloseTo(331.8, 1);
  });

  test("a minimum bond ratio raised from 20 % to 25 % makes health 1.12 liquidatable", async () => {
    const strategy = await world.strategy({ owner: GOVERNANCE });
    const vault = await world.vault(strategy);
    await world.open({
      vault,
      manager: MANAGER,
      bond: usd(20_000),
      borrow: usd(100_000),
      weth: wethWorth(100_000),
    });
    await world.price(world.c.wethFeed, 1840);
    expect((await world.quote(vault, MANAGER)).canLiquidate).toBe(false);
    await world.as(GOVERNANCE, strategy, "setMinBondRatio", pct(25));
    expect((await world.quote(vault, MANAGER)).canLiquidate).toBe(true);
  });
});

describe("interest, fees and shares", () => {
  test("80,000 at 20 % owe 1,315.068493 after 30 days and 16,000 after a year", async () => {
    const vault = await position({
      ...OPEN_WITH_LOW_BOND,
      rate: pct(20),
      bond$: 200,
      weth$: 200_000,
      principal$: 80_000,
    });
    await world.chain.advance(30 * 86_400);
    expect((await world.debt(vault, MANAGER)).interest).toBe(1_315_068_493n);
    await world.chain.advance(335 * 86_400);
    expect((await world.debt(vault, MANAGER)).interest).toBe(usd(16_000));
  });

  test("a rate of 20 % at a utilisation of 80 % earns the LPs 16 % a year before fees", async () => {
    const vault = await position({
      ...OPEN_WITH_LOW_BOND,
      rate: pct(20),
      bond$: 2_000,
      weth$: 2_000_000,
      principal$: 800_000,
    });
    await world.chain.advance(YEAR);
    expect(await world.read(vault, "totalAssets")).toBe(usd(1_160_000));
  });

  test("100,000 of interest splits into 5,000 for the protocol, 10,000 for the curator, 85,000 for the LPs", async () => {
    await world.as(GOVERNANCE, world.c.factory, "setProtocolFeeRate", 500n);
    const vault = await world.vault(await world.strategy({ ...OPEN_WITH_LOW_BOND, rate: pct(10) }));
    await world.as(CURATOR, vault, "setCuratorFeeRate", 1000n);
    await world.open({
      vault,
      manager: MANAGER,
      bond: usd(2_000),
      borrow: usd(1_000_000),
      weth: wethWorth(2_000_000),
    });
    await world.chain.advance(YEAR);
    expect(await world.read(vault, "totalAssets")).toBe(usd(1_085_000));

    const executor = await world.executor(MANAGER);
    await world.mint(world.c.usdc, executor.address, usd(1_100_000));
    await world.unlock(vault, MANAGER, [call(vault, "locked_repay", [MAX_UINT])]);
    expect(await world.read(vault, "totalAssets")).toBe(usd(1_085_000));
    expect(await world.read(vault, "idleAssets")).toBe(usd(1_085_000));
    expect(await world.read(vault, "collectedFees")).toBe(usd(15_000));
    await world.as(BOB, world.c.factory, "collectFeesFromVaults", [vault.address]);
    expect(await world.balance(world.c.usdc, COLLECTOR)).toBe(usd(5_000));
    expect(await world.balance(world.c.usdc, CURATOR)).toBe(usd(10_000));
    expect(await world.read(vault, "collectedFees")).toBe(0n);
  });

  test("bad debt of 5,450 in 10,000,000 moves the price to 0.999455 and costs 100,000 shares 54.5", async () => {
    const vault = await world.vault(await world.strategy(), usd(9_900_000));
    await world.deposit(vault, BOB, usd(100_000));
    await world.price(world.c.wethFeed, 20_000);
    await world.open({
      vault,
      manager: MANAGER,
      bond: usd(10_000),
      borrow: usd(50_000),
      weth: wethWorth(35_000),
    });
    await world.price(world.c.wethFeed, 2000);
    await liquidated(vault);
    expect(await world.read(vault, "totalAssets")).toBe(usd(9_994_550));
    expect(await world.read(vault, "convertToAssets", usd(1))).toBe(999_455n);
    expect(await world.read(vault, "previewRedeem", await world.balance(vault, BOB))).toBe(usd(99_945.5));
  });
});
