// @vitest-environment node
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ChainError } from "@/chain/errors";
import { memoryStore } from "@/chain/logs/store";
import { fetchFirstBlock } from "@/chain/reads/first-block";
import { fetchHead } from "@/chain/reads/head";
import { createRpc } from "@/chain/rpc/client";
import type { Rpc } from "@/chain/rpc/rpc";
import { known, unknown } from "@/domain/figure";
import type { Address } from "@/domain/model";
import { statementOf, statementTotalsOf } from "@/domain/statement";
import type { Contract } from "../../devnet/contracts-test/chain";
import { ALICE, BOB, CAROL, GOVERNANCE, SINK, STRANGER, usd, World } from "../../devnet/contracts-test/world";
import { unlistedVault } from "./config";
import { assembleLedgerReport } from "./ledger-report";
import { loadVaultReport, refreshVaultReport } from "./load";
import { loadLedgerReadings } from "./load-ledger";

let world: World;
let rpc: Rpc;

beforeAll(async () => {
  world = await World.deploy();
  rpc = createRpc({ chainId: 31_337, endpoints: [world.chain.anvil.url] });
});

afterAll(() => world.chain.stop());

const lower = (address: string): Address => address.toLowerCase() as Address;

interface Deployed {
  readonly vault: Contract;
  readonly startBlock: bigint;
}

async function deploy(contract: "PlainVault" | "BareVault", ...args: readonly unknown[]): Promise<Deployed> {
  const startBlock = (await fetchHead(rpc)).number + 1n;
  const vault = await world.chain.deploy(contract, [world.c.usdc.address, ...args], GOVERNANCE);
  return { vault, startBlock };
}

async function reportOf({ vault, startBlock }: Deployed) {
  const config = { ...unlistedVault({ chainId: 31_337, address: lower(vault.address) }), startBlock };
  return loadVaultReport(rpc, { vault: config, store: memoryStore() });
}

async function ledgerOf(deployed: Deployed) {
  const report = await reportOf(deployed);
  const readings = await loadLedgerReadings(rpc, { report, store: memoryStore(), withShortfalls: true });
  return assembleLedgerReport({ report, readings });
}

/** Blocks in which nothing happens, a second apart. */
async function empty(blocks: number): Promise<void> {
  await world.chain.rpc("anvil_mine", `0x${blocks.toString(16)}`, "0x1");
  world.chain.nowSeconds += blocks + 60;
}

/** Money comes in, more is given to the vault, some is taken away twice, shares change hands, somebody leaves. */
async function live({ vault }: Deployed) {
  const { usdc } = world.c;
  await world.deposit(vault, ALICE, usd(1_000));
  await world.deposit(vault, BOB, usd(333.333333));
  await world.mint(usdc, vault.address, 77_777_777n);
  await empty(40);
  await world.as(ALICE, vault, "transfer", CAROL, (await world.balance(vault, ALICE)) / 3n);
  await empty(25);
  const taken = await world.as(STRANGER, vault, "takeAway", 123_456_789n, SINK);
  await empty(30);
  await world.mint(usdc, BOB, usd(50));
  await world.as(BOB, usdc, "approve", vault.address, usd(50));
  const before = await world.read(vault, "totalAssets");
  const [, together] = await world.chain.writeInOneBlock([
    { from: BOB, to: vault, fn: "deposit", args: [usd(50), BOB] },
    { from: STRANGER, to: vault, fn: "takeAway", args: [11_111n, SINK] },
  ]);
  expect(await world.read(vault, "totalAssets")).toBe(before + usd(50) - 11_111n);
  const half = (await world.balance(vault, CAROL)) / 2n;
  await world.as(CAROL, vault, "redeem", half, CAROL, CAROL);
  return [taken, together].map((receipt) => BigInt(receipt?.blockNumber ?? 0));
}

const KINDS = [
  { name: "OpenZeppelin's, no offset", contract: "PlainVault", args: [0, 0], virtualShares: 1n },
  { name: "OpenZeppelin's, offset 6", contract: "PlainVault", args: [6, 0], virtualShares: 10n ** 6n },
  { name: "one whose decimals hide its offset", contract: "PlainVault", args: [3, 6], virtualShares: 1_000n },
  { name: "one without virtual shares", contract: "BareVault", args: [0], virtualShares: 0n },
] as const;

describe.each(KINDS)("a vault that is not Flux: $name", ({ contract, args, virtualShares }) => {
  let deployed: Deployed;
  let falls: readonly bigint[];

  beforeAll(async () => {
    deployed = await deploy(contract, ...args);
    falls = await live(deployed);
  });

  it("shows by its own conversion how many virtual shares there are", async () => {
    const { snapshot, conversion, history, completeness } = await reportOf(deployed);
    expect(conversion).toEqual({ kind: "proved", virtualShares });
    expect(snapshot.state.virtualShares).toBe(virtualShares);
    expect(history.complete).toBe(true);
    expect(completeness.kind).toBe("not-published");
  });

  it("has every loss found as a fall, in its very block and to the unit", async () => {
    const { ledger, isClockRefused } = await ledgerOf(deployed);
    expect(isClockRefused).toBe(false);
    expect(ledger.falls.map(({ to, lpLossAssets }) => [to.number, lpLossAssets])).toEqual([
      [falls[0], 123_456_789n],
      [falls[1], 11_111n],
    ]);
    expect(ledger.falls.every(({ isNarrow }) => isNarrow)).toBe(true);
    expect(ledger.fallsSearched.kind).toBe("known");
    expect(ledger.totals.unexplainedLossAssets).toEqual(known(123_456_789n + 11_111n));
    expect(ledger.totals.grossBadDebtAssets).toEqual(unknown("not-published"));
    expect(ledger.events.losses).toEqual([]);
  });

  it("has statements that close to the unit and end in what the vault itself converts", async () => {
    const { book, report, readings } = await ledgerOf(deployed);
    const totals = statementTotalsOf(book);
    expect(totals.map(({ address }) => address)).toEqual([ALICE, BOB, CAROL].map(lower).sort());
    let losses = 0n;
    for (const lp of totals) {
      expect(lp.residualAssets).toEqual(known(0n));
      const converts = await world.read(deployed.vault, "convertToAssets", lp.shares);
      expect(lp.valueAssets).toEqual(known(converts));
      if (lp.lossesAssets.kind === "known") losses += lp.lossesAssets.value;
    }
    // The virtual shares bear the rest, of which there is none without them.
    const rest = 123_456_789n + 11_111n - losses;
    expect(rest >= 0n && (virtualShares > 0n || rest === 0n)).toBe(true);
    expect(readings.openShortfalls.map(({ openLpLossAssets }) => openLpLossAssets)).toEqual(
      readings.openShortfalls.map(() => unknown("not-published")),
    );
    const carol = statementOf(book, lower(CAROL));
    expect(carol.lines.map(({ kind }) => kind)).toEqual(["transfer-in", "fall", "fall", "withdrawal"]);
    expect(report.headline.unrealisedShortfallAssets).toEqual(unknown("not-published"));
  });
});

describe("a vault that was opened by its address alone", () => {
  it("is read from the block in which it was made, found once", async () => {
    const deployed = await deploy("PlainVault", 0, 0);
    await empty(300);
    await world.deposit(deployed.vault, ALICE, usd(10));
    const store = memoryStore();
    const vault = unlistedVault({ chainId: 31_337, address: lower(deployed.vault.address) });
    const first = await loadVaultReport(rpc, { vault, store });
    expect(first.config.startBlock).toBe(deployed.startBlock);
    expect(first.history).toMatchObject({ fromBlock: deployed.startBlock, complete: true });
    const head = (await fetchHead(rpc)).number;
    for (const at of [deployed.startBlock, deployed.startBlock + 1n, head]) {
      const asked = { address: vault.address, head: at };
      expect(await fetchFirstBlock(rpc, asked)).toBe(deployed.startBlock);
    }
    const requests = rpc.status().requests;
    await fetchFirstBlock(rpc, { address: vault.address, head });
    expect(rpc.status().requests - requests).toBeLessThanOrEqual(4);
    const again = rpc.status().requests;
    await fetchFirstBlock(rpc, { address: vault.address, head, guess: deployed.startBlock });
    expect(rpc.status().requests - again).toBe(1);
    for (const guess of [1n, deployed.startBlock + 5n]) {
      expect(await fetchFirstBlock(rpc, { address: vault.address, head, guess })).toBe(deployed.startBlock);
    }
    expect(await store.readNote(`first-block|31337|${vault.address}`)).toBe(deployed.startBlock.toString());
  });

  it("is read from the first block of the chain where the endpoint does not keep old state", async () => {
    const forgetful: Rpc = {
      ...rpc,
      batch: async (calls, options) => {
        const answers = await rpc.batch(calls, options);
        const gone = new ChainError("unexpected", { message: "missing trie node" });
        return answers.map((answer, index) =>
          calls[index]?.method === "eth_getCode" ? { ok: false, error: gone } : answer,
        );
      },
    };
    const deployed = await deploy("PlainVault", 0, 0);
    const vault = unlistedVault({ chainId: 31_337, address: lower(deployed.vault.address) });
    const report = await loadVaultReport(forgetful, { vault, store: memoryStore() });
    expect(report.config.startBlock).toBe(0n);
  });
});

describe("a conversion that is not known", () => {
  it("is assumed by the decimals while the price never moved, and proved as soon as it has", async () => {
    const deployed = await deploy("BareVault", 0);
    await world.deposit(deployed.vault, ALICE, usd(10));
    const early = await reportOf(deployed);
    expect(early.conversion).toEqual({ kind: "assumed", virtualShares: 1n });
    await world.mint(world.c.usdc, deployed.vault.address, 1_234_567n);
    const head = await fetchHead(rpc);
    const later = await refreshVaultReport(rpc, { previous: early, head, store: memoryStore() });
    expect(later.conversion).toEqual({ kind: "proved", virtualShares: 0n });
    expect(later.snapshot.state.virtualShares).toBe(0n);
  });

  it("is called not standard where the vault converts by something else, and then the totals are the price", async () => {
    const deployed = await deploy("BareVault", 25);
    await world.deposit(deployed.vault, ALICE, usd(10));
    await world.mint(world.c.usdc, deployed.vault.address, 1_234_567n);
    const { report, book } = await ledgerOf(deployed);
    expect(report.conversion).toEqual({ kind: "not-standard", virtualShares: 0n });
    const [alice] = statementTotalsOf(book);
    expect(alice?.valueAssets).toEqual(known(usd(10) + 1_234_567n));
    expect(alice?.residualAssets).toEqual(known(0n));
  });
});
