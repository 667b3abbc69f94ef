// @vitest-environment node
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memoryStore } from "@/chain/logs/store";
import { fetchHead } from "@/chain/reads/head";
import { createRpc } from "@/chain/rpc/client";
import type { Rpc } from "@/chain/rpc/rpc";
import { known } from "@/domain/figure";
import type { Address } from "@/domain/model";
import { splitsOf, statementOf, statementTotalsOf } from "@/domain/statement";
import type { Contract, Receipt } from "../../devnet/contracts-test/chain";
import {
  ALICE,
  BOB,
  CAROL,
  encodeOrder,
  LIQUIDATOR,
  MANAGER,
  MANAGER_2,
  MAX_UINT,
  usd,
  WAD,
  World,
} from "../../devnet/contracts-test/world";
import { unlistedVault } from "./config";
import { assembleLedgerReport, type LedgerReport } from "./ledger-report";
import { loadVaultReport } from "./load";
import { loadLedgerReadings } from "./load-ledger";
import { assembleReport, type VaultReport } from "./vault-report";

/*
 * Everything at once in one block: shares change hands, a loss, shares change hands again, a second loss, somebody
 * leaves. Expected figures come from the events of the contract and the balances before them.
 */

let world: World;
let rpc: Rpc;
let vault: Contract;
let startBlock: bigint;
let receipts: readonly Receipt[];
let supply: bigint;
let before: Readonly<Record<string, bigint>>;

const lower = (address: string): Address => address.toLowerCase() as Address;
const FIRST = 111_111_111n;
const SECOND = 77_777_777n;

beforeAll(async () => {
  world = await World.deploy();
  rpc = createRpc({ chainId: 31_337, endpoints: [world.chain.anvil.url] });
  const strategy = await world.strategy({ rate: WAD / 7n });
  startBlock = (await fetchHead(rpc)).number + 1n;
  vault = await world.vault(strategy, usd(400_000));
  await world.deposit(vault, BOB, usd(250_000.5));
  await world.open({ vault, manager: MANAGER, bond: usd(20_000), borrow: usd(100_000), weth: 50n * WAD });
  await world.open({ vault, manager: MANAGER_2, bond: usd(10_000), borrow: usd(50_000), weth: 25n * WAD });
  await world.chain.advance(33 * 86_400);
  await world.price(world.c.wethFeed, 1_400);
  const executor = await world.executor(LIQUIDATOR);
  await world.mint(world.c.usdc, LIQUIDATOR, usd(1_000_000));
  await world.as(LIQUIDATOR, world.c.usdc, "approve", executor.address, MAX_UINT);
  const holders = [ALICE, BOB, CAROL];
  const balances = await Promise.all(holders.map((holder) => world.balance(vault, holder)));
  before = Object.fromEntries(holders.map((holder, index) => [lower(holder), balances[index] ?? 0n]));
  supply = await world.read(vault, "totalSupply");
  world.chain.nowSeconds += 12;
  const liquidate = (manager: Address) => ({
    from: LIQUIDATOR,
    to: vault,
    fn: "liquidate",
    args: [manager, [], encodeOrder({ mode: "wallet" })],
  });
  receipts = await world.chain.writeInOneBlock([
    { from: ALICE, to: vault, fn: "transfer", args: [CAROL, FIRST] },
    liquidate(MANAGER),
    { from: ALICE, to: vault, fn: "transfer", args: [CAROL, SECOND] },
    liquidate(MANAGER_2),
    { from: BOB, to: vault, fn: "redeem", args: [before[lower(BOB)], BOB, BOB] },
  ]);
  await world.chain.advance(86_400);
});

afterAll(() => world?.chain.stop());

async function reportOf(): Promise<VaultReport> {
  const config = { ...unlistedVault({ chainId: 31_337, address: lower(vault.address) }), startBlock };
  return loadVaultReport(rpc, { vault: config, store: memoryStore() });
}

async function ledgerBy(report: VaultReport): Promise<LedgerReport> {
  const readings = await loadLedgerReadings(rpc, { report, store: memoryStore(), withShortfalls: true });
  return assembleLedgerReport({ report, readings });
}

interface Loss {
  readonly assetsBefore: bigint;
  readonly assetsAfter: bigint;
  readonly lpLoss: bigint;
}

/** What the contract itself said of its losses, in order. */
function lossesOfContract(): readonly Loss[] {
  return receipts.flatMap((receipt) =>
    world.chain.events(receipt, vault, "LossRealised").map(({ args }) => ({
      assetsBefore: args["totalAssetsBefore"] as bigint,
      assetsAfter: args["totalAssetsAfter"] as bigint,
      lpLoss: args["lpLoss"] as bigint,
    })),
  );
}

/** Largest remainder by hand: quotients down, what is left one unit each to the largest remainders. */
function splitByHand(loss: bigint, weights: readonly (readonly [Address | undefined, bigint])[]) {
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0n);
  const rows = weights.map(([holder, weight], place) => ({
    holder,
    place,
    amount: (loss * weight) / total,
    rest: (loss * weight) % total,
  }));
  let left = loss - rows.reduce((sum, { amount }) => sum + amount, 0n);
  for (const row of [...rows].sort((a, b) =>
    a.rest === b.rest ? a.place - b.place : a.rest > b.rest ? -1 : 1,
  )) {
    if (left === 0n) break;
    row.amount += 1n;
    left -= 1n;
  }
  return rows.map(({ holder, amount }) => ({ holder, amount }));
}

/** Shares just before each of the two losses, by address, virtual shares last. */
function weightsAt(loss: 0 | 1): readonly (readonly [Address | undefined, bigint])[] {
  const moved = loss === 0 ? FIRST : FIRST + SECOND;
  const held = [
    [lower(ALICE), (before[lower(ALICE)] ?? 0n) - moved],
    [lower(BOB), before[lower(BOB)] ?? 0n],
    [lower(CAROL), (before[lower(CAROL)] ?? 0n) + moved],
  ] as const;
  return [...held.toSorted(([a], [b]) => (a < b ? -1 : 1)), [undefined, 1n]];
}

describe("transfers and two losses in one block", () => {
  it("has both losses with the prices that the contract stated around them", async () => {
    const { ledger } = await ledgerBy(await reportOf());
    const stated = lossesOfContract();
    expect(stated).toHaveLength(2);
    expect(
      ledger.events.losses.map(({ lpLossAssets, priceBefore, priceAfter }) => [
        lpLossAssets,
        priceBefore,
        priceAfter,
      ]),
    ).toEqual(
      stated.map(({ lpLoss, assetsBefore, assetsAfter }) => [
        known(lpLoss),
        known({ assets: assetsBefore + 1n, shares: supply + 1n }),
        known({ assets: assetsAfter + 1n, shares: supply + 1n }),
      ]),
    );
    expect(ledger.falls).toEqual([]);
  });

  it("splits each loss over the shares held at its own log, to the unit", async () => {
    const { book } = await ledgerBy(await reportOf());
    const splits = splitsOf(book).losses;
    for (const [index, loss] of lossesOfContract().entries()) {
      const split = splits[index]?.shares;
      if (split?.kind !== "known") throw new Error("the split is known");
      const expected = splitByHand(loss.lpLoss, weightsAt(index === 0 ? 0 : 1));
      expect(split.value.map(({ holder, amountAssets }) => ({ holder, amount: amountAssets }))).toEqual(
        expected,
      );
    }
  });

  it("values each transfer at the price of its own log, and closes every statement", async () => {
    const { book } = await ledgerBy(await reportOf());
    const carol = statementOf(book, lower(CAROL));
    expect(carol.lines.map(({ kind }) => kind)).toEqual(["transfer-in", "loss", "transfer-in", "loss"]);
    const [first, second] = lossesOfContract();
    const valueAt = (shares: bigint, assets: bigint | undefined) =>
      known((shares * ((assets ?? 0n) + 1n)) / (supply + 1n));
    expect(carol.lines[0]?.amountAssets).toEqual(valueAt(FIRST, first?.assetsBefore));
    expect(carol.lines[2]?.amountAssets).toEqual(valueAt(SECOND, first?.assetsAfter));
    expect(second?.assetsBefore).toBe(first?.assetsAfter);
    for (const lp of statementTotalsOf(book)) expect(lp.residualAssets).toEqual(known(0n));
    const bob = statementOf(book, lower(BOB));
    expect(bob.shares).toBe(0n);
    expect(bob.lines.at(-1)?.kind).toBe("withdrawal");
  });

  it("counts what was open before the block for who left in it, although it was realised in it", async () => {
    const { book, readings, report } = await ledgerBy(await reportOf());
    const block = BigInt(receipts[0]?.blockNumber ?? 0);
    const open = readings.openShortfalls.find(({ blockNumber }) => blockNumber === block)?.openLpLossAssets;
    if (open?.kind !== "known") throw new Error("the devnet keeps old state");
    expect(open.value).toBeGreaterThan(0n);
    // The parent stands twelve seconds earlier, so the losses themselves are a little larger.
    const lost = lossesOfContract().reduce((sum, { lpLoss }) => sum + lpLoss, 0n);
    expect(open.value).toBeLessThanOrEqual(lost);
    expect(lost - open.value).toBeLessThan(usd(1));
    const bobs = before[lower(BOB)] ?? 0n;
    const avoided = (bobs * open.value) / (supply + report.snapshot.state.virtualShares);
    expect(statementOf(book, lower(BOB)).avoidedAssets).toEqual(known(avoided));
  });

  it("derives both together exactly, and splits them by bad debt, where the vault states neither", async () => {
    const report = await reportOf();
    const silent = assembleReport({
      ...report,
      history: {
        ...report.history,
        vault: report.history.vault.filter(({ kind }) => kind !== "loss"),
      },
    });
    const { ledger } = await ledgerBy(silent);
    const stated = lossesOfContract().map(({ lpLoss }) => lpLoss);
    const derived = ledger.events.losses.map(({ lpLossAssets }) =>
      lpLossAssets.kind === "known" ? lpLossAssets.value : undefined,
    );
    const sum = (amounts: readonly (bigint | undefined)[]) =>
      amounts.reduce<bigint>((total, amount) => total + (amount ?? 0n), 0n);
    expect(derived).toHaveLength(2);
    expect(sum(derived)).toBe(sum(stated));
    expect(ledger.falls).toEqual([]);
  });

  it("finds a fall that interest hides, to the unit and in its block", async () => {
    const idle = await world.read(vault, "idleAssets");
    let slot = 0n;
    const at = (index: bigint) => `0x${index.toString(16)}`;
    for (; slot < 64n; slot += 1n) {
      const word = await world.chain.rpc<string>("eth_getStorageAt", vault.address, at(slot), "latest");
      if (BigInt(word) === idle) break;
    }
    await world.chain.advance(86_400);
    const word = `0x${(idle - 3n).toString(16).padStart(64, "0")}`;
    await world.chain.rpc("anvil_setStorageAt", vault.address, at(slot), word);
    await world.chain.advance(86_400);
    const took = (await fetchHead(rpc)).number;
    expect(await world.read(vault, "idleAssets")).toBe(idle - 3n);
    await world.chain.advance(86_400);
    await world.deposit(vault, ALICE, usd(5));
    const { ledger } = await ledgerBy(await reportOf());
    expect(ledger.falls.map(({ lpLossAssets }) => lpLossAssets)).toEqual([3n]);
    const [fall] = ledger.falls;
    expect([took - 1n, took]).toContain(fall?.to.number);
    expect(fall?.isNarrow).toBe(true);
    expect(ledger.totals.lpLossAssets).toEqual(
      known(lossesOfContract().reduce((sum, { lpLoss }) => sum + lpLoss, 3n)),
    );
  });
});
