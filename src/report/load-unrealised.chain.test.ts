// @vitest-environment node
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memoryStore } from "@/chain/logs/store";
import { fetchHead } from "@/chain/reads/head";
import { createRpc } from "@/chain/rpc/client";
import type { Rpc } from "@/chain/rpc/rpc";
import { known, unknown } from "@/domain/figure";
import { saleProceedsDown } from "@/domain/market";
import type { Address } from "@/domain/model";
import type { Contract } from "../../devnet/contracts-test/chain";
import {
  ALICE,
  call,
  GOVERNANCE,
  MANAGER,
  MANAGER_2,
  SINK,
  STRANGER,
  usd,
  WAD,
  World,
  ZERO_ID,
} from "../../devnet/contracts-test/world";
import { unlistedVault, type VaultConfig } from "./config";
import { loadVaultReport } from "./load";
import { loadUnrealised } from "./load-unrealised";
import { loadMarketMark } from "./market-mark";
import type { VaultReport } from "./vault-report";

let world: World;
let rpc: Rpc;
let vault: Contract;
let pool: Contract;
let config: VaultConfig;
let beforeLoans: bigint;

const FEE_BPS = 30n;
const lower = (address: string): Address => address.toLowerCase() as Address;

beforeAll(async () => {
  world = await World.deploy();
  const { usdc, weth, yieldVault, yieldWrapper } = world.c;
  rpc = createRpc({ chainId: 31_337, endpoints: [world.chain.anvil.url] });
  pool = await world.chain.deploy(
    "ConstantProductPool",
    [weth.address, usdc.address, FEE_BPS, GOVERNANCE],
    GOVERNANCE,
  );
  await world.mint(usdc, GOVERNANCE, usd(2_000_000));
  await world.mint(weth, GOVERNANCE, 1_000n * WAD);
  await world.as(GOVERNANCE, usdc, "approve", pool.address, usd(2_000_000));
  await world.as(GOVERNANCE, weth, "approve", pool.address, 1_000n * WAD);
  await world.as(GOVERNANCE, pool, "addLiquidity", 1_000n * WAD, usd(2_000_000));
  const startBlock = (await fetchHead(rpc)).number + 1n;
  vault = await world.vault(await world.strategy({ rate: WAD / 10n }));
  beforeLoans = (await fetchHead(rpc)).number;
  await world.open({ vault, manager: MANAGER, bond: usd(20_000), borrow: usd(100_000), weth: 50n * WAD });
  const executor = await world.executor(MANAGER_2);
  await world.mint(weth, executor.address, 20n * WAD);
  // Shares of a share vault whose price is not one to one: what they redeem for is what can be sold.
  await world.mint(weth, ALICE, 3n * WAD);
  await world.as(ALICE, weth, "approve", yieldVault.address, 3n * WAD);
  await world.as(ALICE, yieldVault, "deposit", 2n * WAD, ALICE);
  await world.as(ALICE, weth, "transfer", yieldVault.address, WAD / 3n);
  const shares = await world.read(yieldVault, "previewDeposit", 20n * WAD);
  const opening = { vault, manager: MANAGER_2, bond: usd(10_000), workingCapital: usd(500) };
  await world.unlock(vault, MANAGER_2, [
    ...(await world.openingCalls(opening)),
    call(weth, "approve", [yieldVault.address, 20n * WAD]),
    call(yieldVault, "deposit", [20n * WAD, executor.address]),
    call(yieldVault, "approve", [vault.address, shares]),
    call(vault, "locked_registerWrapper", [yieldWrapper.address]),
    call(vault, "locked_depositToWrapper", [yieldWrapper.address, ZERO_ID, shares]),
    call(vault, "locked_borrow", [usd(30_000)]),
    call(usdc, "transfer", [SINK, usd(30_000)]),
  ]);
  await world.chain.advance(20 * 86_400);
  await world.price(world.c.wethFeed, 1_500);
  // The market falls further than the oracle has noticed.
  await world.mint(weth, STRANGER, 300n * WAD);
  await world.as(STRANGER, weth, "approve", pool.address, 300n * WAD);
  await world.as(STRANGER, pool, "swapExactIn", weth.address, 300n * WAD, 0n, STRANGER);
  await world.deposit(vault, ALICE, usd(1));
  config = {
    ...unlistedVault({ chainId: 31_337, address: lower(vault.address) }),
    startBlock,
    pools: [lower(pool.address)],
  };
});

afterAll(() => world?.chain.stop());

async function reportOf(change: Partial<VaultConfig> = {}): Promise<VaultReport> {
  const report = await loadVaultReport(rpc, { vault: { ...config, ...change }, store: memoryStore() });
  return { ...report, finalised: report.snapshot.state.block.number };
}

/** What the contracts say: redeem, quote, add bond and working capital, take the margin, compare with the debt. */
async function byContracts(manager: Address, weth: bigint) {
  const proceeds = await world.read(pool, "quoteExactIn", world.c.weth.address, weth);
  const bond = await world.read(vault, "managerBond", manager);
  const working = await world.read(vault, "managerWorkingCapital", manager);
  const { total } = await world.debt(vault, manager);
  const value = bond + working + proceeds;
  const covered = (value * 99n) / 100n;
  return { value, shortfall: total > covered ? total - covered : 0n };
}

describe("the pure pool", () => {
  it("pays what the contract quotes, in both directions, to the unit", async () => {
    const { weth, usdc } = world.c;
    const [reserve0, reserve1] = [await world.read(pool, "reserve0"), await world.read(pool, "reserve1")];
    for (const amount of [1n, 999n, WAD / 7n, 123n * WAD + 45_678n, 10n ** 24n]) {
      const sold = { reserveIn: reserve0, reserveOutAssets: reserve1, feeBps: FEE_BPS };
      expect(saleProceedsDown(sold, amount)).toBe(
        await world.read(pool, "quoteExactIn", weth.address, amount),
      );
      const bought = { reserveIn: reserve1, reserveOutAssets: reserve0, feeBps: FEE_BPS };
      expect(saleProceedsDown(bought, amount)).toBe(
        await world.read(pool, "quoteExactIn", usdc.address, amount),
      );
    }
  });
});

describe("the shortfall marked to the market", () => {
  it("is what the contracts themselves make of redeeming and selling everything", async () => {
    const report = await reportOf();
    const mark = await loadMarketMark(rpc, { report });
    if (mark.kind !== "known") throw new Error("the snapshot is complete");
    const shares = await world.read(world.c.yieldVault, "balanceOf", world.c.yieldWrapper.address);
    const redeemed = await world.read(world.c.yieldVault, "previewRedeem", shares);
    const expected = new Map([
      [lower(MANAGER), await byContracts(MANAGER, 50n * WAD)],
      [lower(MANAGER_2), await byContracts(MANAGER_2, redeemed)],
    ]);
    expect(mark.value.managers).toHaveLength(2);
    for (const one of mark.value.managers) {
      expect(one.marketValueAssets).toEqual(known(expected.get(one.manager)?.value));
      expect(one.badDebtAssets).toEqual(known(expected.get(one.manager)?.shortfall));
      expect(one.slippageWad.kind).toBe("known");
    }
    const total = [...expected.values()].reduce((sum, { shortfall }) => sum + shortfall, 0n);
    expect(total).toBeGreaterThan(0n);
    expect(mark.value.badDebtAssets).toEqual(known(total));
  });

  it("is unknown and names the asset where no pool is configured for it", async () => {
    const report = await reportOf({ pools: [] });
    const mark = await loadMarketMark(rpc, { report });
    if (mark.kind !== "known") throw new Error("the snapshot is complete");
    expect(mark.value.badDebtAssets).toEqual(unknown("not-published"));
    expect(mark.value.assetsWithoutPool).toEqual([lower(world.c.weth.address)]);
  });
});

describe("the unrealised shortfall over time", () => {
  it("holds oracle and market side by side at every block of the series, the last as of today", async () => {
    const report = await reportOf();
    const points = await loadUnrealised(rpc, { report, store: memoryStore() });
    expect(points.map(({ block }) => block)).toEqual(report.series.samples.map(({ block }) => block));
    const last = points.at(-1);
    expect(last?.shortfallAssets).toEqual(report.headline.unrealisedShortfallAssets);
    expect(last?.lpLossAssets).toEqual(report.headline.unrealisedLpLossAssets);
    const mark = await loadMarketMark(rpc, { report });
    expect(last?.marketShortfallAssets).toEqual(mark.kind === "known" ? mark.value.badDebtAssets : mark);
    for (const point of points) {
      expect(point.marketShortfallAssets.kind).toBe("known");
      if (point.block.number <= beforeLoans) expect(point.shortfallAssets).toEqual(known(0n));
    }
    const opened = points.filter(
      ({ shortfallAssets }) => shortfallAssets.kind === "known" && shortfallAssets.value > 0n,
    );
    expect(opened.length).toBeGreaterThan(0);
    expect(opened.length).toBeLessThan(points.length);
  });

  it("reads final points once", async () => {
    const report = await reportOf();
    const store = memoryStore();
    const said: number[] = [];
    const onProgress = ({ done }: { readonly done: number }) => void said.push(done);
    const first = await loadUnrealised(rpc, { report, store, onProgress });
    expect(said.at(-1)).toBe(first.length);
    const requests = rpc.status().requests;
    expect(await loadUnrealised(rpc, { report, store })).toEqual(first);
    expect(rpc.status().requests - requests).toBe(1);
    const again = rpc.status().requests;
    const live = { report, store: memoryStore(), previous: first };
    expect(await loadUnrealised(rpc, live)).toEqual(first);
    expect(rpc.status().requests - again).toBe(0);
  });

  it("is not published without pools, market-marked, and the oracle's side stands", async () => {
    const report = await reportOf({ pools: [] });
    const points = await loadUnrealised(rpc, { report, store: memoryStore() });
    const last = points.at(-1);
    expect(last?.marketShortfallAssets).toEqual(unknown("not-published"));
    expect(last?.shortfallAssets.kind).toBe("known");
  });

  it("ends where it is cancelled", async () => {
    const report = await reportOf();
    const controller = new AbortController();
    controller.abort();
    const cancelled = loadUnrealised(rpc, { report, store: memoryStore(), signal: controller.signal });
    await expect(cancelled).rejects.toMatchObject({ code: "aborted" });
  });
});
