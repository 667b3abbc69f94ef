// @vitest-environment node
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memoryStore } from "@/chain/logs/store";
import { fetchRounds } from "@/chain/reads/rounds";
import { fetchSnapshot } from "@/chain/reads/snapshot";
import { createRpc } from "@/chain/rpc/client";
import type { Rpc } from "@/chain/rpc/rpc";
import { completeSnapshotOf } from "@/domain/complete";
import { unrealisedOf } from "@/domain/headline";
import { trueDebtAssets } from "@/domain/health";
import type { Address, Figure, VaultSnapshot } from "@/domain/model";
import type { Prices, RiskBook, Shock } from "@/domain/risk/model";
import { outcomeAt } from "@/domain/risk/outcome";
import { pricesAfter } from "@/domain/risk/prices";
import { type Devnet, startDevnet } from "../../devnet/start";
import { parseConfig, type VaultConfig } from "./config";
import { loadVaultReport } from "./load";
import { loadRiskBook } from "./load-risk";
import { loadRounds } from "./load-rounds";
import type { VaultReport } from "./vault-report";

let devnet: Devnet;
let rpc: Rpc;

beforeAll(async () => {
  devnet = await startDevnet({ fixedTime: true });
  rpc = createRpc({ chainId: devnet.chainId, endpoints: [devnet.rpcUrl] });
});

afterAll(() => devnet?.stop());

function valueOf<T>(figure: Figure<T>): T {
  if (figure.kind === "unknown") throw new Error(`unknown: ${figure.reason}`);
  return figure.value;
}

function configOf(name: "core" | "lesson" | "weth"): VaultConfig {
  const parsed = parseConfig(devnet.config);
  if (!parsed.ok) throw new Error("the devnet's configuration is valid");
  const address = devnet.addressBook.scenarios[name]?.vault;
  const found = parsed.config.vaults.find((vault) => vault.address === address);
  if (found === undefined) throw new Error(`${name} is configured`);
  return found;
}

async function bookOf(name: "core" | "lesson" | "weth"): Promise<{ report: VaultReport; book: RiskBook }> {
  const report = await loadVaultReport(rpc, { vault: configOf(name), store: memoryStore() });
  return { report, book: valueOf(await loadRiskBook(rpc, { report })) };
}

/** Slot of a devnet feed's newest round: answer in the low 192 bits, its time above. */
const LATEST_SLOT = `0x${"3".padStart(64, "0")}`;
const ANSWER_BITS = 192n;

/**
 * Writes prices into the feeds themselves, at the newest block and under its clock, reads, and puts them back: the
 * chain's own answer to the question that the model answers.
 */
async function readAt<T>(book: RiskBook, prices: Prices, read: () => Promise<T>): Promise<T> {
  const put: (() => Promise<unknown>)[] = [];
  for (const asset of book.assets.values()) {
    if (asset.source.kind !== "market") continue;
    const { feed, feedDecimals } = asset.source;
    const before = await devnet.anvil.request<string>("eth_getStorageAt", [feed, LATEST_SLOT, "latest"]);
    const time = BigInt(before) >> ANSWER_BITS;
    const answer = (prices.get(asset.address) ?? 0n) / 10n ** BigInt(18 - feedDecimals);
    const word = `0x${((time << ANSWER_BITS) | answer).toString(16).padStart(64, "0")}`;
    await devnet.anvil.request("anvil_setStorageAt", [feed, LATEST_SLOT, word]);
    put.push(() => devnet.anvil.request("anvil_setStorageAt", [feed, LATEST_SLOT, before]));
  }
  try {
    return await read();
  } finally {
    for (const back of put) await back();
  }
}

function snapshotNow(report: VaultReport): Promise<VaultSnapshot> {
  const { state, managers } = report.snapshot;
  return fetchSnapshot(rpc, {
    vault: state.address,
    managers: managers.map(({ manager }) => manager),
    block: state.block,
  });
}

interface Answered {
  readonly positions: readonly {
    readonly manager: Address;
    readonly valueUsdWad: bigint | undefined;
    readonly canLiquidate: boolean | undefined;
    readonly paymentAssets: bigint | undefined;
  }[];
  readonly badDebtAssets: Figure;
  readonly lpLossAssets: Figure;
}

/** What the contracts answer at those prices. */
function answered(actual: VaultSnapshot): Answered {
  const complete = completeSnapshotOf(actual);
  if (complete.kind !== "complete") throw new Error("every manager was read");
  const unrealised = unrealisedOf(complete.snapshot);
  return {
    positions: actual.managers
      .filter((manager) => trueDebtAssets(manager) > 0n)
      .map(({ manager, valueUsdWad, quote }) => ({
        manager,
        valueUsdWad,
        canLiquidate: quote?.canLiquidate,
        paymentAssets: quote?.minPaymentAssets,
      })),
    badDebtAssets: unrealised.unrealisedShortfallAssets,
    lpLossAssets: unrealised.unrealisedLpLossAssets,
  };
}

/** The model's outcome and the contracts' answer at the very same prices. */
async function compare(
  name: "core" | "lesson" | "weth",
  shocksOf: (book: RiskBook) => readonly Shock[],
): Promise<{ readonly isExact: boolean; readonly modelled: Answered; readonly actual: Answered }> {
  const { report, book } = await bookOf(name);
  const { prices } = pricesAfter(book, shocksOf(book));
  const { isExact, positions, badDebtAssets, lpLossAssets } = outcomeAt(book, { prices });
  return {
    isExact,
    modelled: {
      positions: positions.map(({ manager, valueUsdWad, canLiquidate, paymentAssets }) => ({
        manager,
        valueUsdWad,
        canLiquidate,
        paymentAssets,
      })),
      badDebtAssets,
      lpLossAssets,
    },
    actual: answered(await readAt(book, prices, () => snapshotNow(report))),
  };
}

const wad = (percent: bigint) => percent * 10n ** 16n;

function shockable(book: RiskBook): readonly Address[] {
  const base = book.state.asset.address;
  return [...book.assets.values()]
    .filter(({ source, address }) => source.kind === "market" && address !== base)
    .map(({ address }) => address);
}

describe("a risk book", () => {
  it.each(["core", "lesson", "weth"] as const)(
    "of %s rebuilds every position's value and quote at today's prices",
    async (name) => {
      const { report, book } = await bookOf(name);
      expect(book.unread).toEqual([]);
      expect(book.rule).toBeDefined();
      const today = outcomeAt(book, { prices: pricesAfter(book, []).prices });
      expect(today.isExact).toBe(true);
      expect(today.badDebtAssets).toEqual(report.headline.unrealisedShortfallAssets);
      expect(today.lpLossAssets).toEqual(report.headline.unrealisedLpLossAssets);
    },
  );

  it("says where each price comes from", async () => {
    const { book } = await bookOf("core");
    const kinds = new Set([...book.assets.values()].map(({ source }) => source.kind));
    expect(kinds.has("market")).toBe(true);
    expect(kinds.has("unknown")).toBe(false);
  });
});

describe("the rounds of the feeds", () => {
  interface Log {
    readonly topics: readonly `0x${string}`[];
    readonly data: `0x${string}`;
  }

  /** The feed's own events, read apart from its rounds: answer and round are indexed, the time is the data. */
  async function publishedBy(feed: Address) {
    const filter = { address: feed, fromBlock: "0x0", toBlock: "latest" };
    const logs = await devnet.anvil.request<readonly Log[]>("eth_getLogs", [filter]);
    return logs
      .filter(({ topics, data }) => topics.length === 3 && data.length === 66)
      .map(({ topics, data }) => ({ answer: BigInt(topics[1] ?? "0x"), atSeconds: BigInt(data) }));
  }

  it("are what the feeds published, in its order", async () => {
    const { book } = await bookOf("core");
    const rounds = await loadRounds(rpc, { book });
    expect(rounds.size).toBeGreaterThan(1);
    for (const [asset, read] of rounds) {
      const source = book.assets.get(asset)?.source;
      if (source?.kind !== "market") throw new Error("only market feeds have rounds");
      expect(read.end).toBe("first-round");
      expect(read.rounds).toEqual(await publishedBy(source.feed));
    }
  });

  it("end where enough were read, and where the span begins", async () => {
    const { book } = await bookOf("core");
    const [asset] = shockable(book);
    const source = asset === undefined ? undefined : book.assets.get(asset)?.source;
    if (source?.kind !== "market") throw new Error("core has a market feed");
    const { block } = book.state;
    const all = await fetchRounds(rpc, { feed: source.feed, block, sinceSeconds: 0n, most: 10_000 });
    const some = await fetchRounds(rpc, { feed: source.feed, block, sinceSeconds: 0n, most: 150 });
    expect(some).toEqual({ rounds: all.rounds.slice(-150), end: "limit" });
    const sinceSeconds = all.rounds.at(-20)?.atSeconds ?? 0n;
    const late = await fetchRounds(rpc, { feed: source.feed, block, sinceSeconds, most: 10_000 });
    expect(late.end).toBe("covered");
    expect(late.rounds.filter(({ atSeconds }) => atSeconds >= sinceSeconds)).toEqual(
      all.rounds.filter(({ atSeconds }) => atSeconds >= sinceSeconds),
    );
  });
});

describe("a modelled shock", () => {
  it.each([5n, 10n, 25n, 50n, 80n])(
    "of all collateral by %i %% is what the contracts answer",
    async (fall) => {
      const { isExact, modelled, actual } = await compare("core", (book) =>
        shockable(book).map((asset) => ({ asset, fallWad: wad(fall) })),
      );
      expect(isExact).toBe(true);
      expect(modelled).toEqual(actual);
      if (fall >= 50n) expect(valueOf(modelled.badDebtAssets)).toBeGreaterThan(0n);
    },
  );

  it("of each asset alone is what the contracts answer, shares of vaults included", async () => {
    const { book } = await bookOf("core");
    for (const asset of shockable(book)) {
      const { modelled, actual } = await compare("core", () => [{ asset, fallWad: wad(33n) }]);
      expect(modelled).toEqual(actual);
    }
  });

  it.each([12n, -15n])("of the base asset by %i %% moves every debt with it", async (fall) => {
    const { modelled, actual } = await compare("core", ({ state }) => [
      { asset: state.asset.address, fallWad: wad(fall) },
    ]);
    expect(modelled).toEqual(actual);
  });

  it("of a vault with 18 decimals is what the contracts answer", async () => {
    const { modelled, actual } = await compare("weth", (book) =>
      shockable(book).map((asset) => ({ asset, fallWad: wad(40n) })),
    );
    expect(modelled).toEqual(actual);
  });
});
