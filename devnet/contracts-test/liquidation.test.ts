/** The ways to liquidate: from a wallet, from the collateral, by one's own script; and what is refused. */
import { type Hex, keccak256, toHex } from "viem";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Contract } from "./chain";
import {
  ALICE,
  BOB,
  type Call,
  call,
  encodeCalls,
  encodeOrder,
  encodeSwaps,
  GOVERNANCE,
  LIQUIDATOR,
  MANAGER,
  MANAGER_2,
  MAX_UINT,
  STRANGER,
  usd,
  WAD,
  World,
  ZERO_ID,
} from "./world";

let world: World;
let vault: Contract;
let executor: Contract;
let restore: () => Promise<void>;

beforeAll(async () => {
  world = await World.deploy();
  const { usdc, weth, pool } = world.c;
  vault = await world.vault(await world.strategy());
  await world.open({ vault, manager: MANAGER, bond: usd(20_000), borrow: usd(100_000), weth: 50n * WAD });
  executor = await world.executor(LIQUIDATOR);
  // 2 million on each side at 1,700 a WETH: 50 WETH slip by some 4 %.
  await world.mint(usdc, GOVERNANCE, usd(1_700_000));
  await world.mint(weth, GOVERNANCE, 1_000n * WAD);
  await world.as(GOVERNANCE, usdc, "approve", pool.address, MAX_UINT);
  await world.as(GOVERNANCE, weth, "approve", pool.address, MAX_UINT);
  await world.as(GOVERNANCE, pool, "addLiquidity", usd(1_700_000), 1_000n * WAD);
  await world.price(world.c.wethFeed, 1_700); // V = 105,000 against 100,000
  restore = await world.chain.snapshot();
});
afterAll(() => world.chain.stop());
beforeEach(async () => {
  await restore();
  restore = await world.chain.snapshot();
});

const liquidate = (order: Hex, from = LIQUIDATOR) => world.as(from, vault, "liquidate", MANAGER, [], order);
const refusal = (order: Hex, from = LIQUIDATOR, additional: readonly string[] = []) =>
  world.refusal(from, vault, "liquidate", MANAGER, additional, order);

async function fundWallet(amount: bigint): Promise<void> {
  await world.mint(world.c.usdc, LIQUIDATOR, amount);
  await world.as(LIQUIDATOR, world.c.usdc, "approve", executor.address, amount);
}

describe("selling the collateral", () => {
  const sale = () =>
    encodeSwaps([{ venue: world.c.pool.address, tokenIn: world.c.weth.address, minOut: 0n }]);

  test("works with an empty wallet and leaves the owner what the pool really paid, less the payment", async () => {
    const { usdc, weth, pool } = world.c;
    const quote = await world.read(pool, "quoteExactIn", weth.address, 50n * WAD);
    expect(await world.balance(usdc, LIQUIDATOR)).toBe(0n);
    const receipt = await liquidate(encodeOrder({ mode: "sell", route: sale() }));
    expect(world.chain.events(receipt, vault, "PositionLiquidated")[0]?.args).toMatchObject({
      payment: usd(100_000),
      badDebt: 0n,
    });
    expect(await world.balance(usdc, LIQUIDATOR)).toBe(usd(20_000) + quote - usd(100_000));
    expect(quote).toBeLessThan(usd(85_000));
    expect(await world.balance(usdc, executor.address)).toBe(0n);
    expect(await world.balance(weth, executor.address)).toBe(0n);
    expect(await world.read(usdc, "allowance", executor.address, vault.address)).toBe(0n);
    expect(await world.read(vault, "managerWrappers", LIQUIDATOR)).toEqual([]);
    expect(await world.read(vault, "managerBond", LIQUIDATOR)).toBe(0n);
  });

  test("is refused when the sale does not bring in the payment", async () => {
    await world.as(GOVERNANCE, world.c.pool, "removeLiquidity", usd(1_600_000), 900n * WAD, GOVERNANCE);
    expect(await refusal(encodeOrder({ mode: "sell", route: sale() }))).toBe("InsufficientPayment");
  });

  test("is refused under the proceeds demanded, in all or of one sale", async () => {
    expect(await refusal(encodeOrder({ mode: "sell", route: sale(), minProceeds: usd(101_000) }))).toBe(
      "ProceedsBelowMinimum",
    );
    const { pool, weth } = world.c;
    const route = encodeSwaps([{ venue: pool.address, tokenIn: weth.address, minOut: usd(84_000) }]);
    expect(await refusal(encodeOrder({ mode: "sell", route }))).toBe("ProceedsBelowMinimum");
  });

  test("redeems ERC-4626 shares on the way, and hands over what the route leaves unsold", async () => {
    const { weth, yieldVault, yieldWrapper, wethWrapper, pool, usdc } = world.c;
    const manager = await world.executor(MANAGER);
    await world.price(world.c.wethFeed, 3_000);
    await world.mint(weth, manager.address, 4n * WAD);
    await world.unlock(vault, MANAGER, [
      call(weth, "approve", [yieldVault.address, MAX_UINT]),
      call(yieldVault, "deposit", [4n * WAD, manager.address]),
      call(yieldVault, "approve", [vault.address, MAX_UINT]),
      call(vault, "locked_registerWrapper", [yieldWrapper.address]),
      call(vault, "locked_depositToWrapper", [yieldWrapper.address, ZERO_ID, 4n * WAD]),
      call(vault, "locked_withdrawFromWrapper", [wethWrapper.address, ZERO_ID, 2n * WAD]),
    ]);
    await world.price(world.c.wethFeed, 1_650);
    const all = encodeSwaps([
      { venue: yieldVault.address, tokenIn: yieldVault.address, minOut: 4n * WAD },
      { venue: pool.address, tokenIn: weth.address, minOut: 0n },
    ]);
    const quote = await world.read(pool, "quoteExactIn", weth.address, 52n * WAD);
    const undo = await world.chain.snapshot();
    await liquidate(encodeOrder({ mode: "sell", route: all }));
    expect(await world.balance(usdc, LIQUIDATOR)).toBe(usd(20_000) + quote - usd(100_000));

    await undo();
    await world.as(GOVERNANCE, pool, "removeLiquidity", 0n, 100n * WAD, GOVERNANCE);
    await liquidate(encodeOrder({ mode: "sell", route: sale() }));
    expect(await world.balance(yieldVault, LIQUIDATOR)).toBe(4n * WAD);
  });
});

describe("paying from the wallet", () => {
  test("takes exactly the payment and hands over every seized token", async () => {
    const { usdc, weth } = world.c;
    await fundWallet(usd(100_000));
    await liquidate(encodeOrder({ mode: "wallet", maxPayment: usd(100_000) }));
    expect(await world.balance(usdc, LIQUIDATOR)).toBe(usd(20_000));
    expect(await world.balance(weth, LIQUIDATOR)).toBe(50n * WAD);
    expect(await world.balance(weth, executor.address)).toBe(0n);
  });

  test("is refused above the liquidator's own bound, after the deadline, or for too little value", async () => {
    await fundWallet(usd(100_000));
    expect(await refusal(encodeOrder({ mode: "wallet", maxPayment: usd(100_000) - 1n }))).toBe(
      "PaymentAboveMaximum",
    );
    const past = BigInt(world.chain.nowSeconds) - 1n;
    expect(await refusal(encodeOrder({ mode: "wallet", deadline: past }))).toBe("Expired");
    const value = usd(105_000);
    expect(await refusal(encodeOrder({ mode: "wallet", minProceeds: value + 1n }))).toBe(
      "ProceedsBelowMinimum",
    );
    await liquidate(encodeOrder({ mode: "wallet", minProceeds: value }));
  });

  test("is refused without the money or without the approval", async () => {
    await fundWallet(usd(99_999));
    expect(await refusal(encodeOrder({ mode: "wallet" }))).toBe("ERC20InsufficientAllowance");
    await world.as(LIQUIDATOR, world.c.usdc, "approve", executor.address, MAX_UINT);
    expect(await refusal(encodeOrder({ mode: "wallet" }))).toBe("ERC20InsufficientBalance");
  });

  test("is refused to an owner with a debt of its own, whose position it would take out", async () => {
    await world.open({ vault, manager: LIQUIDATOR, bond: usd(2_000), borrow: usd(1_000), weth: WAD });
    await fundWallet(usd(100_000));
    expect(await refusal(encodeOrder({ mode: "wallet" }))).toBe("ExcessiveDebt");
  });
});

describe("a liquidator's own script", () => {
  const custom = (...calls: readonly Call[]) => encodeOrder({ mode: "custom", route: encodeCalls(calls) });
  const approve = (amount: bigint) => call(world.c.usdc, "approve", [vault.address, amount]);

  test("may pay with money borrowed in the same session, if it ends healthy", async () => {
    const borrow = (amount: bigint) => call(vault, "locked_borrow", [amount]);
    // Seized 105,000 carry 100,000 x 1.1 not; with 10,000 of its own beside them they do, and the bond does too.
    expect(await refusal(custom(borrow(usd(100_000)), approve(usd(100_000))))).toBe("PositionNotHealthy");
    await world.mint(world.c.usdc, executor.address, usd(10_000));
    await liquidate(
      custom(approve(MAX_UINT), call(vault, "locked_depositBond", [usd(10_000)]), borrow(usd(100_000))),
    );
    expect(await world.debt(vault, LIQUIDATOR)).toMatchObject({ principal: usd(100_000) });
    expect(await world.read(vault, "managerBond", LIQUIDATOR)).toBe(usd(30_000));
    expect(await world.read(vault, "managerWrappers", LIQUIDATOR)).toEqual([world.c.wethWrapper.address]);
    expect(await world.read(vault, "totalPrincipalDebt")).toBe(usd(100_000));
  });

  test("must leave the whole payment, approved", async () => {
    await world.mint(world.c.usdc, executor.address, usd(100_000));
    expect(await refusal(custom())).toBe("InsufficientPayment");
    expect(await refusal(custom(approve(usd(100_000) - 1n)))).toBe("InsufficientPayment");
    await liquidate(custom(approve(usd(100_000))));
    expect(await world.balance(world.c.usdc, executor.address)).toBe(0n);
  });
});

describe("what is refused", () => {
  const order = encodeOrder({ mode: "wallet" });

  test("oneself, a healthy manager, a manager without debt", async () => {
    expect(await refusal(order, MANAGER)).toBe("SelfLiquidation");
    expect(await world.refusal(LIQUIDATOR, vault, "liquidate", ALICE, [], order)).toBe("PositionNotActive");
    await world.price(world.c.wethFeed, 1_800);
    expect(await refusal(order)).toBe("PositionNotLiquidatable");
  });

  test("a wrapper named twice, already registered, the base wrapper, or not whitelisted", async () => {
    const { wethWrapper, yieldWrapper, base } = world.c;
    const twice = [yieldWrapper.address, yieldWrapper.address];
    expect(await refusal(order, LIQUIDATOR, twice)).toBe("DuplicateWrapper");
    expect(await refusal(order, LIQUIDATOR, [wethWrapper.address])).toBe("DuplicateWrapper");
    expect(await refusal(order, LIQUIDATOR, [base.address])).toBe("DuplicateWrapper");
    expect(await refusal(order, LIQUIDATOR, [STRANGER])).toBe("AssetNotAllowed");
  });
});

describe("additional wrappers", () => {
  /** Moves 10 of the 50 WETH into a second wrapper and deregisters that. */
  async function hideSome(): Promise<void> {
    const { weth, yieldVault, yieldWrapper, wethWrapper } = world.c;
    const manager = await world.executor(MANAGER);
    await world.price(world.c.wethFeed, 3_000);
    await world.unlock(vault, MANAGER, [
      call(vault, "locked_withdrawFromWrapper", [wethWrapper.address, ZERO_ID, 10n * WAD]),
      call(weth, "approve", [yieldVault.address, MAX_UINT]),
      call(yieldVault, "deposit", [10n * WAD, manager.address]),
      call(yieldVault, "approve", [vault.address, MAX_UINT]),
      call(vault, "locked_registerWrapper", [yieldWrapper.address]),
      call(vault, "locked_depositToWrapper", [yieldWrapper.address, ZERO_ID, 10n * WAD]),
      call(vault, "locked_deregisterWrapper", [yieldWrapper.address]),
    ]);
    await world.price(world.c.wethFeed, 1_700);
  }

  test("what is not registered decides nothing, but raises the payment when it is named and goes along", async () => {
    await hideSome();
    // Registered: 20,000 + 40 x 1,700 = 88,000. With the hidden 10: 105,000.
    expect(await world.quote(vault, MANAGER)).toEqual({ canLiquidate: true, minPayment: usd(87_120) });
    await fundWallet(usd(1_000_000));
    const { yieldVault, yieldWrapper } = world.c;
    const order = encodeOrder({ mode: "wallet" });
    const receipt = await world.as(LIQUIDATOR, vault, "liquidate", MANAGER, [yieldWrapper.address], order);
    expect(world.chain.events(receipt, vault, "PositionLiquidated")[0]?.args).toMatchObject({
      positionValue: usd(105_000),
      payment: usd(100_000),
      badDebt: 0n,
    });
    expect(await world.balance(yieldVault, LIQUIDATOR)).toBe(10n * WAD);
    expect(await world.read(vault, "managerPositions", MANAGER, yieldWrapper.address)).toEqual([]);
  });

  test("what is neither registered nor named stays with the manager", async () => {
    await hideSome();
    await fundWallet(usd(1_000_000));
    await liquidate(encodeOrder({ mode: "wallet" }));
    expect(await world.read(world.c.yieldWrapper, "getBalance", vault.address, MANAGER, ZERO_ID)).toBe(
      10n * WAD,
    );
    expect(await world.read(vault, "totalBadDebt")).toBe(usd(12_880));
  });
});

test("a manager who was liquidated with labelled positions starts again with an empty book", async () => {
  const { weth, wethWrapper } = world.c;
  const label = (name: string) => keccak256(toHex(name));
  const add = (name: string) =>
    call(vault, "locked_depositToWrapper", [wethWrapper.address, label(name), 1n * WAD]);
  const manager = await world.executor(MANAGER);
  await world.price(world.c.wethFeed, 3_000);
  await world.mint(weth, manager.address, 3n * WAD);
  const approve = call(weth, "approve", [vault.address, MAX_UINT]);
  await world.unlock(vault, MANAGER, [approve, add("first"), add("second")]);
  await world.price(world.c.wethFeed, 1_600);
  await fundWallet(usd(1_000_000));
  await liquidate(encodeOrder({ mode: "wallet" }));
  expect(await world.balance(weth, LIQUIDATOR)).toBe(52n * WAD);

  await world.unlock(vault, MANAGER, [
    call(vault, "locked_registerWrapper", [wethWrapper.address]),
    add("third"),
  ]);
  expect(await world.read(vault, "managerPositions", MANAGER, wethWrapper.address)).toEqual([label("third")]);
});

test("a liquidator who manages a position of its own has that checked too", async () => {
  await world.open({ vault, manager: LIQUIDATOR, bond: usd(20_000), borrow: usd(100_000), weth: 60n * WAD });
  await world.price(world.c.wethFeed, 1_400);
  await world.mint(world.c.usdc, executor.address, usd(200_000));
  const route = encodeCalls([call(world.c.usdc, "approve", [vault.address, MAX_UINT])]);
  // 20,000 + 60 x 1,400 = 104,000 of its own; with the seized 90,000 it is far above the threshold.
  await liquidate(encodeOrder({ mode: "custom", route }));
  expect((await world.quote(vault, LIQUIDATOR)).canLiquidate).toBe(false);
  await world.open({ vault, manager: MANAGER_2, bond: usd(200), borrow: usd(1_000), weth: WAD });
  await world.price(world.c.wethFeed, 600);
  // Now even both together are below it.
  expect(
    await world.refusal(
      LIQUIDATOR,
      vault,
      "liquidate",
      MANAGER_2,
      [],
      encodeOrder({ mode: "custom", route }),
    ),
  ).toBe("PositionNotHealthy");
  expect(await world.balance(vault, BOB)).toBe(0n);
});
