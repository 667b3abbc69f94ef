// @vitest-environment node
import type { Hex } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Address } from "@/domain/model";
import type { Contract } from "../../../devnet/contracts-test/chain";
import {
  GOVERNANCE,
  LIQUIDATOR,
  MANAGER,
  MANAGER_2,
  STRANGER,
  usd,
  WAD,
  World,
  ZERO,
} from "../../../devnet/contracts-test/world";
import { fetchHead } from "../reads/head";
import { fetchLiquidator, fetchTimelock } from "../reads/operator";
import { createRpc } from "../rpc/client";
import type { Rpc } from "../rpc/rpc";
import { describeCall, type KnownContract } from "./describe";
import { approveCall, deployExecutorCall, liquidateCall, registerExecutorCall } from "./liquidation";
import type { CallRequest } from "./request";
import { simulateCall } from "./simulate";
import {
  cancelCall,
  executeCall,
  NO_PREDECESSOR,
  operationIdOf,
  scheduleCall,
  setMinBondRatioCall,
} from "./timelock";

const DELAY = 48 * 3600;
const SALT: Hex = `0x${"5a".repeat(32)}`;
const GAS = "0x1c9c380";

let world: World;
let vault: Contract;
let strategy: Contract;
let timelock: Contract;
let rpc: Rpc;

const lower = (address: string): Address => address.toLowerCase() as Address;

/** Signs and mines exactly what a `CallRequest` says. */
async function send(from: Address, request: CallRequest): Promise<void> {
  await world.chain.rpc("evm_setNextBlockTimestamp", world.chain.nowSeconds);
  const receipt = await world.chain.rpc<{ status: Hex }>("eth_sendTransactionSync", {
    from,
    to: request.to,
    data: request.data,
    value: `0x${request.value.toString(16)}`,
    gas: GAS,
    gasPrice: "0x0",
  });
  expect(receipt.status).toBe("0x1");
}

beforeAll(async () => {
  world = await World.deploy();
  rpc = createRpc({ chainId: 31337, endpoints: [world.chain.anvil.url] });
  const roles = [[GOVERNANCE], [ZERO], ZERO] as const;
  timelock = await world.chain.deploy("TimelockController", [DELAY, ...roles], GOVERNANCE);
  strategy = await world.strategy({ rate: WAD / 10n, owner: timelock.address });
  vault = await world.vault(strategy);
  await world.open({ vault, manager: MANAGER, bond: usd(20_000), borrow: usd(100_000), weth: 50n * WAD });
  await world.open({ vault, manager: MANAGER_2, bond: usd(10_000), borrow: usd(30_000), weth: 17n * WAD });
  await world.chain.advance(30 * 86_400);
  await world.price(world.c.wethFeed, 1_500);
});

afterAll(() => world.chain.stop());

describe("the way of a first-time liquidator, on a real chain", () => {
  it("deploys, registers, approves, simulates and liquidates with the calls of this layer", async () => {
    const { factory, usdc } = world.c;
    const asked = { factory: factory.address, account: LIQUIDATOR, asset: usdc.address };
    const state = async () => fetchLiquidator(rpc, { ...asked, block: await fetchHead(rpc) });
    expect(await state()).toEqual({
      executor: undefined,
      deployedExecutor: undefined,
      allowanceAssets: undefined,
      balanceAssets: 0n,
    });
    await send(LIQUIDATOR, deployExecutorCall({ factory: factory.address }));
    const executor = (await state()).deployedExecutor ?? ZERO;
    await send(LIQUIDATOR, registerExecutorCall({ factory: factory.address, manager: LIQUIDATOR, executor }));
    expect((await state()).executor).toBe(executor);
    const { minPayment } = await world.quote(vault, MANAGER);
    const maxPaymentAssets = minPayment + usd(1);
    await world.mint(usdc, LIQUIDATOR, maxPaymentAssets);
    await send(LIQUIDATOR, approveCall({ token: usdc.address, spender: executor, amount: maxPaymentAssets }));
    expect((await state()).allowanceAssets).toBe(maxPaymentAssets);
    const order = {
      vault: vault.address,
      manager: MANAGER,
      mode: "pay-from-wallet",
      maxPaymentAssets,
      minProceedsAssets: 0n,
      deadlineSeconds: BigInt(world.chain.nowSeconds + 600),
      route: [],
    } as const;
    const block = await fetchHead(rpc);
    const late = liquidateCall({ ...order, deadlineSeconds: 1n });
    await expect(simulateCall(rpc, { from: LIQUIDATOR, call: late, block })).rejects.toMatchObject({
      code: "reverted",
      revert: { name: "Expired", args: [] },
    });
    const stingy = liquidateCall({ ...order, maxPaymentAssets: 1n });
    await expect(simulateCall(rpc, { from: LIQUIDATOR, call: stingy, block })).rejects.toMatchObject({
      revert: {
        name: "PaymentAboveMaximum",
        args: [
          { name: "payment", value: minPayment },
          { name: "maximum", value: 1n },
        ],
      },
    });
    const request = liquidateCall(order);
    const simulation = await simulateCall(rpc, { from: LIQUIDATOR, call: request, block });
    expect(simulation.gasUsed).toBeGreaterThan(100_000n);
    await send(LIQUIDATOR, request);
    expect((await world.debt(vault, MANAGER)).total).toBe(0n);
    expect(await world.read(vault, "totalBadDebt")).toBeGreaterThan(0n);
  });

  it("sells the collateral with an empty wallet", async () => {
    const { pool, weth, usdc } = world.c;
    await world.price(world.c.wethFeed, 1_000);
    await world.mint(usdc, GOVERNANCE, usd(10_000_000));
    await world.mint(weth, GOVERNANCE, 10_000n * WAD);
    await world.as(GOVERNANCE, usdc, "approve", pool.address, usd(10_000_000));
    await world.as(GOVERNANCE, weth, "approve", pool.address, 10_000n * WAD);
    const token0 = lower(await world.read<Address>(pool, "token0"));
    const isUsdcFirst = token0 === lower(usdc.address);
    const amounts = [usd(10_000_000), 10_000n * WAD];
    await world.as(GOVERNANCE, pool, "addLiquidity", ...(isUsdcFirst ? amounts : amounts.toReversed()));
    const balance = await world.balance(usdc, LIQUIDATOR);
    if (balance > 0n) await world.as(LIQUIDATOR, usdc, "transfer", STRANGER, balance);
    const { minPayment, canLiquidate } = await world.quote(vault, MANAGER_2);
    expect(canLiquidate).toBe(true);
    const request = liquidateCall({
      vault: vault.address,
      manager: MANAGER_2,
      mode: "sell-collateral",
      maxPaymentAssets: minPayment + usd(1),
      minProceedsAssets: minPayment,
      deadlineSeconds: BigInt(world.chain.nowSeconds + 600),
      route: [{ venue: pool.address, tokenIn: weth.address, minOut: 1n }],
    });
    await send(LIQUIDATOR, request);
    expect((await world.debt(vault, MANAGER_2)).total).toBe(0n);
    expect(await world.balance(usdc, LIQUIDATOR)).toBeGreaterThan(0n);
  });
});

describe("the timelock, on a real chain", () => {
  const operation = (ratioWad: bigint, salt: Hex) => ({
    calls: [setMinBondRatioCall({ strategy: strategy.address, ratioWad })],
    predecessor: NO_PREDECESSOR,
    salt,
  });

  it("schedules, waits, executes and cancels under the ids that it computes", async () => {
    const raise = operation((WAD * 25n) / 100n, SALT);
    const drop = operation((WAD * 30n) / 100n, `0x${"5b".repeat(32)}`);
    const both = {
      ...raise,
      salt: `0x${"5c".repeat(32)}` as const,
      calls: [...raise.calls, ...drop.calls],
    };
    const ids = [raise, drop, both].map(operationIdOf);
    for (const one of [raise, drop, both]) {
      const request = scheduleCall({
        timelock: timelock.address,
        operation: one,
        delaySeconds: BigInt(DELAY),
      });
      await send(GOVERNANCE, request);
    }
    const [first = "0x", second = "0x", third = "0x"] = ids;
    const asked = { timelock: timelock.address, account: GOVERNANCE, ids };
    const pending = await fetchTimelock(rpc, { ...asked, block: await fetchHead(rpc) });
    expect(pending.minDelaySeconds).toBe(BigInt(DELAY));
    expect(pending.roles).toEqual({ proposer: true, executor: true, canceller: true });
    expect(pending.openExecution).toBe(true);
    expect(pending.timestamps.get(first)).toBe(BigInt(world.chain.nowSeconds + DELAY));
    const early = executeCall({ timelock: timelock.address, operation: raise });
    await expect(
      simulateCall(rpc, { from: STRANGER, call: early, block: await fetchHead(rpc) }),
    ).rejects.toMatchObject({ revert: { name: "TimelockUnexpectedOperationState" } });
    await world.chain.advance(DELAY);
    await send(STRANGER, early);
    await send(GOVERNANCE, cancelCall({ timelock: timelock.address, id: second }));
    const done = await fetchTimelock(rpc, { ...asked, account: STRANGER, block: await fetchHead(rpc) });
    expect([first, second].map((id) => done.timestamps.get(id))).toEqual([1n, 0n]);
    expect(done.timestamps.get(third)).toBeGreaterThan(1n);
    expect(done.roles).toEqual({ proposer: false, executor: true, canceller: false });
    expect(await world.read(strategy, "minBondRatio")).toBe((WAD * 25n) / 100n);
  });

  it("tells from the bytes which call a scheduled operation hides", () => {
    const known = new Map<Address, KnownContract>([
      [lower(timelock.address), { kind: "timelock", label: "Timelock" }],
      [lower(strategy.address), { kind: "strategy", label: "Strategy" }],
    ]);
    const request = scheduleCall({
      timelock: timelock.address,
      operation: operation(WAD / 4n, SALT),
      delaySeconds: BigInt(DELAY),
    });
    const words = describeCall({ ...request, known });
    expect(words.functionName).toBe("schedule");
    expect(words.understood).toBe(true);
    expect(words.inner[0]).toMatchObject({
      functionName: "setMinBondRatio",
      target: { label: "Strategy" },
      args: [{ name: "newRatio", value: WAD / 4n, unit: "wad" }],
    });
  });
});
