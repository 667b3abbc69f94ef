// @vitest-environment node
import { type Abi, decodeEventLog, type Hex } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readArtifact } from "../../devnet/compile";
import type { Contract } from "../../devnet/contracts-test/chain";
import {
  ALICE,
  BOB,
  call,
  GOVERNANCE,
  MANAGER,
  MANAGER_2,
  STRANGER,
  usd,
  WAD,
  World,
  ZERO,
} from "../../devnet/contracts-test/world";
import { fetchHistory } from "./history";
import { extendHistory } from "./history-extend";
import type { HistoryRead } from "./history-read";
import { memoryStore } from "./logs/store";
import { fetchFeeds } from "./reads/feeds";
import { fetchHead } from "./reads/head";
import { fetchTotals } from "./reads/totals";
import { createRpc } from "./rpc/client";
import type { Rpc } from "./rpc/rpc";

const DELAY = 48 * 3600;
const SALT: Hex = `0x${"5a".repeat(32)}`;

let world: World;
let vault: Contract;
let strategy: Contract;
let timelock: Contract;
let rpc: Rpc;
let startBlock: bigint;

async function read(previous?: { store: ReturnType<typeof memoryStore> }): Promise<HistoryRead> {
  const head = await fetchHead(rpc);
  return await fetchHistory(rpc, {
    vault: vault.address,
    strategy: strategy.address,
    timelock: timelock.address,
    fromBlock: startBlock,
    head,
    finalised: head.number > 64n ? head.number - 64n : undefined,
    store: previous?.store ?? memoryStore(),
  });
}

interface NodeLog {
  readonly topics: [Hex, ...Hex[]];
  readonly data: Hex;
  readonly logIndex: Hex;
  readonly blockNumber: Hex;
}

/** Every log of the three contracts, decoded by viem from the compiled ABIs: the independent reading. */
async function viemEvents(): Promise<readonly { name: string; index: number; block: bigint }[]> {
  const abi = ["FluxVault", "MutableFixedRateStrategy", "TimelockController"].flatMap(
    (name) => readArtifact(name).abi as Abi,
  );
  const logs = await world.chain.rpc<readonly NodeLog[]>("eth_getLogs", {
    address: [vault.address, strategy.address, timelock.address],
    fromBlock: `0x${startBlock.toString(16)}`,
    toBlock: "latest",
  });
  return logs.map(({ topics, data, logIndex, blockNumber }) => ({
    name: decodeEventLog({ abi, topics, data }).eventName ?? "",
    index: Number.parseInt(logIndex, 16),
    block: BigInt(blockNumber),
  }));
}

const NAME_OF_KIND: Readonly<Record<string, string>> = {
  transfer: "Transfer",
  deposit: "Deposit",
  withdraw: "Withdraw",
  borrowed: "Borrowed",
  repaid: "Repaid",
  "bond-deposited": "BondDeposited",
  "bond-withdrawn": "BondWithdrawn",
  liquidated: "PositionLiquidated",
  deleveraged: "PositionADL",
  loss: "LossRealised",
  "interest-collected": "InterestCollected",
  recovery: "RecoveryReceived",
  parameter: "ParameterUpdated",
  "asset-allowed": "AssetAllowed",
  scheduled: "CallScheduled",
  salt: "CallSalt",
  executed: "CallExecuted",
  cancelled: "Cancelled",
  "min-delay": "MinDelayChange",
};

beforeAll(async () => {
  world = await World.deploy();
  rpc = createRpc({ chainId: 31337, endpoints: [world.chain.anvil.url] });
  const roles = [[GOVERNANCE], [ZERO], ZERO] as const;
  timelock = await world.chain.deploy("TimelockController", [DELAY, ...roles], GOVERNANCE);
  strategy = await world.strategy({ rate: WAD / 10n, owner: timelock.address });
  startBlock = (await fetchHead(rpc)).number + 1n;
  vault = await world.vault(strategy);
  await world.deposit(vault, BOB, usd(250_000));
  await world.as(ALICE, vault, "transfer", STRANGER, 12_345n);
  await world.open({ vault, manager: MANAGER, bond: usd(20_000), borrow: usd(100_000), weth: 50n * WAD });
  await world.open({ vault, manager: MANAGER_2, bond: usd(10_000), borrow: usd(30_000), weth: 17n * WAD });
  await world.chain.advance(30 * 86_400);
  await world.unlock(vault, MANAGER_2, [
    call(world.c.usdc, "approve", [vault.address, usd(1_000)]),
    call(vault, "locked_withdrawBond", [usd(100)]),
  ]);
  await world.price(world.c.wethFeed, 1_500);
  await world.liquidateFromWallet(vault, MANAGER);
  await world.mint(world.c.usdc, ALICE, usd(10));
  await playTimelock();
});

/** One change executed, one cancelled. */
async function playTimelock(): Promise<void> {
  const zero = `0x${"00".repeat(32)}`;
  const [raise, drop] = [25n, 30n].map((percent) =>
    call(strategy, "setMinBondRatio", [(WAD * percent) / 100n]),
  );
  if (raise === undefined || drop === undefined) throw new Error("two calls are needed");
  const schedule = (data: Hex) =>
    world.as(GOVERNANCE, timelock, "schedule", strategy.address, 0n, data, zero, SALT, BigInt(DELAY));
  await schedule(raise.data);
  await schedule(drop.data);
  await world.chain.advance(DELAY);
  await world.as(STRANGER, timelock, "execute", strategy.address, 0n, raise.data, zero, SALT);
  const id = await world.read<Hex>(timelock, "hashOperation", strategy.address, 0n, drop.data, zero, SALT);
  await world.as(GOVERNANCE, timelock, "cancel", id);
}

afterAll(() => world.chain.stop());

describe("fetchHistory on a real chain", () => {
  it("finds every event that viem finds, in order, with its block's time", async () => {
    await world.as(ALICE, world.c.usdc, "approve", vault.address, usd(10));
    await world.as(ALICE, vault, "contribute", usd(10));
    await world.as(BOB, vault, "withdraw", usd(1_000), BOB, BOB);
    const history = await read();
    const all = [...history.vault, ...history.parameters, ...history.timelock];
    const ours = all
      .toSorted((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex)
      .map((event) => ({
        name: NAME_OF_KIND[event.kind],
        index: event.logIndex,
        block: event.blockNumber,
      }));
    const kept = new Set(Object.values(NAME_OF_KIND));
    expect(ours).toEqual((await viemEvents()).filter(({ name }) => kept.has(name)));
    expect(ours.length).toBeGreaterThan(20);
    expect(history.complete).toBe(true);
    expect(history.gaps).toEqual([]);
    for (const event of all) {
      const block = await world.chain.rpc<{ timestamp: Hex }>("eth_getBlockByHash", event.blockHash, false);
      expect(event.atSeconds).toBe(BigInt(block.timestamp));
    }
  });

  it("says that a history is not complete when it begins after the vault's first block", async () => {
    const head = await fetchHead(rpc);
    const late = await fetchHistory(rpc, {
      vault: vault.address,
      fromBlock: startBlock + 2n,
      head,
      finalised: undefined,
      store: memoryStore(),
    });
    expect(late.complete).toBe(false);
  });

  it("reads the whole vault's losses as the contract counts them", async () => {
    const history = await read();
    const losses = history.vault.filter((event) => event.kind === "loss");
    const badDebt = losses.reduce((sum, loss) => sum + loss.principalAssets + loss.interestAssets, 0n);
    expect(badDebt).toBe(await world.read(vault, "totalBadDebt"));
    expect(losses.length).toBeGreaterThan(0);
  });

  it("is extended by new blocks to exactly what a new reading finds", async () => {
    await world.chain.rpc("anvil_mine", "0x50");
    world.chain.nowSeconds += 200;
    const before = await read();
    await world.deposit(vault, BOB, usd(7));
    const head = await fetchHead(rpc);
    const extended = await extendHistory(rpc, { previous: before, head });
    expect(extended).toBeDefined();
    const { settled: _settled, ...fresh } = await read();
    expect(extended).toMatchObject(fresh);
    expect(await extendHistory(rpc, { previous: before, head: before.head })).toBe(before);
    const asked = rpc.status().requests;
    const request = { ...before.subject, head, finalised: undefined, store: memoryStore() };
    expect(await fetchHistory(rpc, { ...request, previous: before })).toEqual(extended);
    expect(rpc.status().requests - asked).toBe(1);
    const elsewhere = { ...request, fromBlock: startBlock + 1n };
    expect((await fetchHistory(rpc, { ...elsewhere, previous: before })).fromBlock).toBe(startBlock + 1n);
  });

  it("rolls the tail back after a reorganisation", async () => {
    const store = memoryStore();
    const before = await read({ store });
    await world.deposit(vault, STRANGER, usd(3));
    const withDeposit = await read({ store });
    expect(withDeposit.vault.length).toBeGreaterThan(before.vault.length);
    const depth = Number((await fetchHead(rpc)).number - before.head.number);
    await world.chain.rpc("anvil_rollback", depth);
    await world.chain.rpc("anvil_mine", `0x${(depth + 1).toString(16)}`);
    const after = await read({ store });
    expect(after.vault).toEqual(before.vault);
    const extended = await extendHistory(rpc, { previous: withDeposit, head: after.head });
    expect(extended?.vault).toEqual(before.vault);
  });

  it("throws a stored history away when the chain under the same id is another one", async () => {
    const store = memoryStore();
    const kept = await read({ store });
    expect(kept.rebuilt).toBe(false);
    const other = await World.deploy();
    try {
      const elsewhere = createRpc({ chainId: 31337, endpoints: [other.chain.anvil.url] });
      await other.chain.rpc("anvil_mine", "0x100");
      const head = await fetchHead(elsewhere);
      const history = await fetchHistory(elsewhere, {
        vault: vault.address,
        strategy: strategy.address,
        timelock: timelock.address,
        fromBlock: startBlock,
        head,
        finalised: head.number - 10n,
        store,
      });
      expect(history.rebuilt).toBe(true);
      expect(history.vault).toEqual([]);
    } finally {
      await other.chain.stop();
    }
  });
});

describe("fetchTotals and fetchFeeds on a real chain", () => {
  it("gives each block's own totals", async () => {
    const head = await fetchHead(rpc);
    const blocks = [startBlock + 1n, startBlock + 4n, head.number];
    const { samples, unavailable } = await fetchTotals(rpc, { vault: vault.address, blocks });
    expect(unavailable).toEqual([]);
    expect(samples.map(({ block }) => block.number)).toEqual(blocks);
    for (const sample of samples) {
      const at = `0x${sample.block.number.toString(16)}`;
      const data = "0x01e1d114";
      const total = await world.chain.rpc<Hex>("eth_call", { to: vault.address, data }, at);
      expect(sample.totalAssets).toBe(BigInt(total));
    }
  });

  it("names the blocks at which there was no vault", async () => {
    const blocks = [1n, startBlock + 4n, 10_000_000n];
    const { unavailable } = await fetchTotals(rpc, { vault: vault.address, blocks });
    expect(unavailable).toEqual([1n, 10_000_000n]);
  });

  it("reads the feed's own round and the registry's price of it", async () => {
    const { weth, wethFeed, registry } = world.c;
    const [feed] = await fetchFeeds(rpc, {
      feeds: [{ asset: weth.address, address: wethFeed.address }],
      registry: registry.address,
      block: await fetchHead(rpc),
    });
    expect(feed).toMatchObject({
      description: "ETH / USD",
      decimals: 8,
      answer: 150_000_000_000n,
      priceUsdWad: 1_500n * WAD,
    });
  });
});
