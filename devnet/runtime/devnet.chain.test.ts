import { afterEach, describe, expect, it } from "vitest";
import { callData } from "../scenario/play/node-client";
import { startDevnet } from "../start";
import { addressBookSchema } from "./address-book";
import { keepFeedsFresh, latestBlock } from "./clock";
import { type Devnet, type DevnetOptions, FIXED_END_SECONDS } from "./devnet";

const HOUR = 3_600n;
const running: Devnet[] = [];

async function start(options: DevnetOptions): Promise<Devnet> {
  const devnet = await startDevnet(options);
  running.push(devnet);
  return devnet;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((devnet) => devnet.stop()));
});

/** Age of every market feed's newest round at the head, in seconds. */
async function feedAges(devnet: Devnet): Promise<readonly bigint[]> {
  const { timestampSeconds } = await latestBlock(devnet.anvil);
  return Promise.all(
    devnet.addressBook.feeds
      .filter(({ kind }) => kind === "market")
      .map(async ({ address }) => {
        const data = callData("ChainlinkFeed", "latestRoundData", []);
        const answer = await devnet.anvil.request<string>("eth_call", [{ to: address, data }, "latest"]);
        return timestampSeconds - BigInt(`0x${answer.slice(2 + 3 * 64, 2 + 4 * 64)}`);
      }),
  );
}

describe("a devnet", () => {
  it("without scenarios has the shared contracts, prices and filled pools, and no vault", async () => {
    const devnet = await start({ scenarios: [] });
    const { addressBook } = devnet;
    expect(addressBookSchema.parse(addressBook)).toEqual(addressBook);
    expect(addressBook.scenarios).toEqual({});
    expect(devnet.config.vaults).toEqual([]);
    const contracts = [
      ...Object.values(addressBook.contracts),
      ...addressBook.pools.map((pool) => pool.address),
    ];
    for (const address of contracts) {
      expect(await devnet.anvil.request("eth_getCode", [address, "latest"])).not.toBe("0x");
    }
    for (const { address } of addressBook.pools) {
      const data = callData("ConstantProductPool", "reserve1", []);
      const reserve = await devnet.anvil.request<string>("eth_call", [{ to: address, data }, "latest"]);
      expect(BigInt(reserve)).toBeGreaterThan(0n);
    }
    for (const { address } of addressBook.tokens) {
      const data = callData("OracleRegistry", "getPriceUSD", [address]);
      const to = addressBook.contracts.registry;
      expect(
        BigInt(await devnet.anvil.request<string>("eth_call", [{ to, data }, "latest"])),
      ).toBeGreaterThan(0n);
    }
  });

  it("at a fixed time gives the same block hashes twice, and ends when it says", async () => {
    const options = { scenarios: ["lesson"], fixedTime: true, mining: "manual" } as const;
    const [first, second] = [await start(options), await start(options)];
    const head = (devnet: Devnet) =>
      devnet.anvil.request<{ readonly hash: string; readonly timestamp: string }>("eth_getBlockByNumber", [
        "latest",
        false,
      ]);
    expect((await head(first)).hash).toBe((await head(second)).hash);
    expect(Number((await head(first)).timestamp)).toBe(FIXED_END_SECONDS);
    expect(first.addressBook.scenarios.lesson?.expected.totals.totalBadDebtAssets).toBe("5000000000");
    expect(first.config.vaults.map(({ label }) => label)).toEqual(["Lesson USDC"]);
  });

  it("otherwise ends its history now, so that its clock is the computer's", async () => {
    const before = Math.floor(Date.now() / 1_000);
    const devnet = await start({ scenarios: ["lesson"] });
    expect(devnet.addressBook.lastTimestampSeconds).toBeGreaterThanOrEqual(before);
    await devnet.anvil.request("evm_mine", []);
    const { timestampSeconds } = await latestBlock(devnet.anvil);
    expect(Math.abs(Number(timestampSeconds) - Date.now() / 1_000)).toBeLessThan(30);
  });

  it("moves its clock and publishes every feed anew in that block", async () => {
    const devnet = await start({ scenarios: ["lesson"], fixedTime: true });
    const before = await latestBlock(devnet.anvil);
    await devnet.advance(48 * 3_600);
    const after = await latestBlock(devnet.anvil);
    expect(after.timestampSeconds - before.timestampSeconds).toBe(48n * HOUR);
    expect(after.blockNumber).toBe(before.blockNumber + 1n);
    expect(await feedAges(devnet)).toEqual([0n, 0n, 0n, 0n, 0n]);
    await expect(devnet.advance(-1)).rejects.toBeInstanceOf(RangeError);
    // Automine goes on: a transaction is mined at once.
    const from = devnet.addressBook.accounts[0]?.address;
    await devnet.anvil.request("eth_sendTransaction", [{ from, to: from }]);
    expect((await latestBlock(devnet.anvil)).blockNumber).toBeGreaterThan(after.blockNumber);
  });

  it("keeps its feeds within their heartbeats, and leaves fresh ones alone", async () => {
    const devnet = await start({ scenarios: [], fixedTime: true });
    expect(await keepFeedsFresh(devnet.anvil, devnet.addressBook)).toBe(0);
    const { timestampSeconds } = await latestBlock(devnet.anvil);
    await devnet.anvil.request("evm_mine", [{ timestamp: Number(timestampSeconds + 7n * HOUR) }]);
    // WETH, WBTC and ARB promise a round every eight hours; USDC and OAT one a day.
    expect(await keepFeedsFresh(devnet.anvil, devnet.addressBook)).toBe(3);
    expect((await feedAges(devnet)).filter((age) => age < HOUR)).toHaveLength(3);
  });

  it("ends at once when it is told to while the history is playing", async () => {
    const controller = new AbortController();
    const starting = startDevnet({
      fixedTime: true,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    const outcome = await starting.then(
      () => "started",
      () => "ended",
    );
    expect(outcome).toBe("ended");
  });
});
