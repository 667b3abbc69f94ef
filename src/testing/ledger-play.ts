/**
 * Random lives of a vault with several transactions in one block, played twice: each transaction in a block of its
 * own but at the same second, which shows the totals before and after every one of them, and then all transactions
 * of one second in one block, which is what the ledger sees. Nothing here computes what is compared.
 */
import fc from "fast-check";
import { decodeFunctionResult, encodeFunctionData, type Hex, hexToBigInt, numberToHex } from "viem";
import { decodeVaultEvent } from "@/chain/flux/events";
import type { BlockTotals } from "@/domain/ledger-model";
import type { Address, BlockRef, VaultEvent, VaultHistory } from "@/domain/model";
import type { Contract, Sending } from "../../devnet/contracts-test/chain";
import {
  CURATOR,
  call,
  encodeCalls,
  encodeOrder,
  GOVERNANCE,
  LIQUIDATOR,
  MAX_UINT,
  WAD,
  World,
} from "../../devnet/contracts-test/world";
import { DifferentialBench, LPS, MANAGERS } from "./differential-bench";
import { type Scenario, scenariosOf } from "./differential-scenario";
import { VaultPlay } from "./differential-vault";

const WISHES = [
  "deposit",
  "mint",
  "withdraw",
  "redeem",
  "leave",
  "transfer",
  "give-all",
  "contribute",
  "repay",
  "repay-all",
  "reopen",
  "liquidate",
  "crash",
  "curator-fee",
  "rate",
] as const;

/** Something to be tried; what would revert is left out. */
export interface Wish {
  readonly kind: (typeof WISHES)[number];
  readonly who: number;
  readonly other: number;
  /** A part of whatever the wish is about, 10^18 = all of it. */
  readonly partWad: bigint;
}

/** Everything that is tried in one second, so many seconds after the group before it. */
export interface WishGroup {
  readonly seconds: number;
  readonly wishes: readonly Wish[];
}

const place = fc.integer({ min: 0, max: 2 });
const partWad = fc.bigInt({ min: 1n, max: WAD });
const wishOf = (...kinds: readonly Wish["kind"][]): fc.Arbitrary<Wish> =>
  fc.record({ kind: fc.constantFrom(...kinds), who: place, other: place, partWad });
const anyWish = wishOf(...WISHES, "transfer", "transfer", "deposit", "repay-all", "reopen", "reopen");
const shareWish = wishOf("transfer", "transfer", "give-all", "deposit", "withdraw", "leave", "contribute");

/** All that can be liquidated is, with what LPs do in between: chance alone hardly puts two losses in one block. */
const lossWishes: fc.Arbitrary<readonly Wish[]> = fc
  .tuple(
    fc.bigInt({ min: 1n, max: WAD / 4n }),
    fc.shuffledSubarray([0, 1, 2], { minLength: 2 }),
    fc.array(shareWish, { minLength: 6, maxLength: 6 }),
    fc.option(wishOf("repay-all", "repay"), { nil: undefined }),
  )
  .map(([crash, order, shares, repayment]) => {
    const wishes: Wish[] = [{ kind: "crash", who: 0, other: 0, partWad: crash }];
    if (repayment !== undefined) wishes.push(repayment);
    for (const [index, who] of order.entries()) {
      wishes.push(...shares.slice(index * 2, index * 2 + 2), {
        kind: "liquidate",
        who,
        other: 0,
        partWad: 1n,
      });
    }
    return wishes;
  });

/** Positions are opened at the full price, or nobody would owe anything any more. */
const openingWishes: fc.Arbitrary<readonly Wish[]> = fc
  .array(wishOf("reopen", "reopen", "deposit", "transfer"), { minLength: 3, maxLength: 5 })
  .map((wishes) => [{ kind: "crash", who: 0, other: 0, partWad: WAD }, ...wishes]);

const seconds = fc.oneof(
  fc.constant(1),
  fc.integer({ min: 2, max: 100 }),
  fc.integer({ min: 101, max: 3_000_000 }),
);
export const wishGroups: fc.Arbitrary<readonly WishGroup[]> = fc.array(
  fc.record({
    seconds,
    wishes: fc.oneof(fc.array(anyWish, { minLength: 1, maxLength: 7 }), lossWishes, openingWishes),
  }),
  { minLength: 10, maxLength: 14 },
);

/** Total assets and supply as the contract gives them. */
export interface TotalsSeen {
  readonly totalAssets: bigint;
  readonly totalSupplyShares: bigint;
}

/** One transaction, and what the vault's totals were before and after it, at its own second. */
export interface TransactionSeen {
  readonly hash: Hex;
  readonly before: TotalsSeen;
  readonly after: TotalsSeen;
}

export interface LedgerPlayed {
  readonly history: VaultHistory;
  /** By block: at its end, and its parent's state under its clock. */
  readonly totals: readonly BlockTotals[];
  readonly transactions: readonly TransactionSeen[];
}

interface Group {
  readonly atSeconds: number;
  readonly sendings: readonly Sending[];
  readonly seen: readonly { readonly before: TotalsSeen; readonly after: TotalsSeen }[];
}

/** A vault whose life goes on after the opening of {@link VaultPlay}. */
export class LedgerPlay {
  constructor(
    readonly play: VaultPlay,
    readonly scenario: Scenario,
  ) {}

  private get chain() {
    return this.play.bench.world.chain;
  }

  rpc<T>(method: string, ...params: readonly unknown[]): Promise<T> {
    return this.chain.rpc<T>(method, ...params);
  }

  /** Reads a view at a past block, under another second where one is given. */
  private async read(fn: string, at: { readonly block: Hex; readonly atSeconds?: bigint }): Promise<bigint> {
    const { address, abi } = this.play.vault;
    const data = encodeFunctionData({ abi, functionName: fn });
    const clock = at.atSeconds === undefined ? [] : [{}, { time: numberToHex(at.atSeconds) }];
    const result = await this.chain.rpc<Hex>("eth_call", { to: address, data }, at.block, ...clock);
    // Before the vault was made there is nothing to answer, and it holds nothing.
    return result === "0x" ? 0n : (decodeFunctionResult({ abi, functionName: fn, data: result }) as bigint);
  }

  async totals(at: { readonly block: Hex; readonly atSeconds?: bigint }): Promise<TotalsSeen> {
    const [totalAssets, totalSupplyShares] = await Promise.all([
      this.read("totalAssets", at),
      this.read("totalSupply", at),
    ]);
    return { totalAssets, totalSupplyShares };
  }

  private now(): Promise<TotalsSeen> {
    return this.totals({ block: "latest" as Hex, atSeconds: BigInt(this.chain.nowSeconds) });
  }

  /** Tries a group one transaction after the other, and keeps what went through. */
  async tryGroup(group: WishGroup): Promise<Group> {
    this.chain.nowSeconds += group.seconds;
    const sendings: Sending[] = [];
    const seen: { before: TotalsSeen; after: TotalsSeen }[] = [];
    for (const one of group.wishes) {
      const sending = await this.sendingOf(one);
      if (sending === undefined || (await this.chain.revert(sending)) !== undefined) continue;
      const before = await this.now();
      await this.chain.write(sending);
      sendings.push(sending);
      seen.push({ before, after: await this.now() });
    }
    return { atSeconds: this.chain.nowSeconds, sendings, seen };
  }

  private async sendingOf({ kind, who, other, partWad }: Wish): Promise<Sending | undefined> {
    const { world } = this.play.bench;
    const { vault } = this.play;
    const lp = LPS[who] ?? LPS[0];
    const manager = MANAGERS[who] ?? MANAGERS[0];
    const part = (whole: bigint) => (whole * partWad) / WAD;
    const read = (fn: string, ...args: readonly unknown[]) => this.play.view(vault, fn, args);
    const by = (from: Address, to: Contract, fn: string, ...args: readonly unknown[]): Sending => ({
      from,
      to,
      fn,
      args,
    });
    const session = (calls: Parameters<typeof encodeCalls>[0]) =>
      by(manager, vault, "unlock", encodeCalls(calls));
    switch (kind) {
      case "deposit":
        return by(lp, vault, "deposit", part(await read("totalAssets")) / 3n + 1n, lp);
      case "mint":
        return by(lp, vault, "mint", part(await read("totalSupply")) / 3n + 1n, LPS[other] ?? lp);
      case "withdraw":
        return by(lp, vault, "withdraw", part(await read("maxWithdraw", lp)), lp, lp);
      case "redeem":
        return by(lp, vault, "redeem", part(await read("maxRedeem", lp)), lp, lp);
      case "leave":
        return by(lp, vault, "redeem", await read("balanceOf", lp), lp, lp);
      case "transfer":
        return by(lp, vault, "transfer", LPS[other] ?? lp, part(await read("balanceOf", lp)));
      case "give-all":
        return by(lp, vault, "transfer", LPS[other] ?? lp, await read("balanceOf", lp));
      case "contribute":
        return by(lp, vault, "contribute", part(await read("totalAssets")) / 50n + 1n);
      case "repay": {
        const [principal, interest] = await this.play.debt(manager);
        return session([call(vault, "locked_repay", [part(principal + interest)])]);
      }
      case "repay-all":
        return session([call(vault, "locked_repay", [MAX_UINT])]);
      case "reopen":
        return session(await this.reopening({ who, partWad }));
      case "liquidate":
        return by(LIQUIDATOR, vault, "liquidate", manager, [], encodeOrder({ mode: "wallet" }));
      case "crash": {
        const { wethFeed } = world.c;
        return by(GOVERNANCE, wethFeed, "pushAnswer", part(this.scenario.collateralPriceE8) + 1n);
      }
      case "curator-fee":
        return by(CURATOR, vault, "setCuratorFeeRate", part(5_000n));
      case "rate": {
        const strategy = this.play.strategies[this.scenario.rule];
        return by(GOVERNANCE, strategy, "setInterestRate", part(WAD));
      }
    }
  }

  private async reopening({ who, partWad }: { readonly who: number; readonly partWad: bigint }) {
    const idle = await this.play.view(this.play.vault, "idleAssets");
    const principalAssets = (idle * partWad) / (2n * WAD) + 1n;
    const bond = (principalAssets * this.scenario.bondWad) / WAD + 1n;
    const asked = this.scenario.managers[who];
    if (asked === undefined) throw new Error("no such manager");
    return this.play.openingCalls({
      wish: { ...asked, healthWad: (11n * WAD) / 10n + partWad },
      principalAssets,
      bond,
    });
  }

  /** Every block from the vault's first on: its logs, and the totals at both of its ends. */
  async observe(fromBlock: bigint): Promise<Pick<LedgerPlayed, "history" | "totals">> {
    const head = hexToBigInt(await this.chain.rpc<Hex>("eth_blockNumber"));
    const totals: BlockTotals[] = [];
    const vault: VaultEvent[] = [];
    for (let number = fromBlock; number <= head; number += 1n) {
      const block = await this.blockOf(number);
      vault.push(...(await this.eventsOf(block)));
      const end = await this.totals({ block: numberToHex(number) });
      const atStart = await this.totals({
        block: numberToHex(number - 1n),
        atSeconds: block.timestampSeconds,
      });
      totals.push({ block, ...end, atStart });
    }
    const history = { fromBlock, toBlock: head, complete: true, vault, parameters: [], timelock: [] };
    return { history, totals };
  }

  async blockOf(number: bigint): Promise<BlockRef> {
    const raw = await this.chain.rpc<{ hash: Hex; timestamp: Hex }>(
      "eth_getBlockByNumber",
      numberToHex(number),
      false,
    );
    return { number, hash: raw.hash, timestampSeconds: hexToBigInt(raw.timestamp) };
  }

  private async eventsOf(block: BlockRef): Promise<readonly VaultEvent[]> {
    const { address } = this.play.vault;
    const raw = await this.chain.rpc<
      readonly { topics: Hex[]; data: Hex; transactionHash: Hex; logIndex: Hex }[]
    >("eth_getLogs", { address, fromBlock: numberToHex(block.number), toBlock: numberToHex(block.number) });
    return raw.flatMap((log) => {
      const event = decodeVaultEvent({
        address,
        topics: log.topics,
        data: log.data,
        transactionHash: log.transactionHash,
        logIndex: Number(log.logIndex),
        blockNumber: block.number,
        blockHash: block.hash,
        atSeconds: block.timestampSeconds,
      });
      return event === undefined ? [] : [event];
    });
  }
}

/** Lives a chain is used for: a node forgets old state after some thousand blocks, those put back included. */
const LIVES_A_CHAIN = 12;

/** Plays random lives, a random vault each; one seed gives the same ones every time. */
export async function playLedgers(input: {
  readonly seed: number;
  readonly lives: number;
}): Promise<readonly LedgerPlayed[]> {
  const { seed, lives } = input;
  const scenarios = scenariosOf({ seed, random: lives - 1 });
  const groups = fc.sample(wishGroups, { seed, numRuns: lives });
  const played: LedgerPlayed[] = [];
  for (let from = 0; from < lives; from += LIVES_A_CHAIN) {
    const world = await World.deploy();
    try {
      const bench = await DifferentialBench.over(world);
      for (let life = from; life < Math.min(from + LIVES_A_CHAIN, lives); life += 1) {
        const scenario = scenarios[life];
        if (scenario !== undefined)
          played.push(await playLedger({ bench, scenario, groups: groups[life] ?? [] }));
      }
    } finally {
      await world.chain.stop();
    }
  }
  return played;
}

/** Plays one life; the chain is put back to where it was. */
async function playLedger(input: {
  readonly bench: DifferentialBench;
  readonly scenario: Scenario;
  readonly groups: readonly WishGroup[];
}): Promise<LedgerPlayed> {
  const { bench, scenario, groups } = input;
  const { chain } = bench.world;
  const fromBlock = hexToBigInt(await chain.rpc<Hex>("eth_blockNumber")) + 1n;
  const backToStart = await chain.snapshot();
  const play = new LedgerPlay(await VaultPlay.open(bench, scenario), scenario);
  await play.play.run();
  const backToOpening = await chain.snapshot();
  const tried: Group[] = [];
  for (const group of groups) tried.push(await play.tryGroup(group));
  await backToOpening();
  const transactions: TransactionSeen[] = [];
  for (const { atSeconds, sendings, seen } of tried) {
    chain.nowSeconds = atSeconds;
    const hashes = await sendInOneBlock(play, sendings);
    seen.forEach((totals, index) => {
      const hash = hashes[index];
      if (hash !== undefined) transactions.push({ hash, ...totals });
    });
  }
  const observed = await play.observe(fromBlock);
  await backToStart();
  return { ...observed, transactions };
}

/** Sends in this order; the block holds the transactions in the same one, or the play is void. */
async function sendInOneBlock({ play }: LedgerPlay, sendings: readonly Sending[]): Promise<readonly Hex[]> {
  if (sendings.length === 0) return [];
  const { chain } = play.bench.world;
  const receipts = await chain.writeInOneBlock(sendings);
  const block = await chain.rpc<{ transactions: readonly { hash: Hex; input: Hex }[] }>(
    "eth_getBlockByNumber",
    receipts[0]?.blockNumber,
    true,
  );
  return sendings.map(({ to, fn, args = [] }, index) => {
    const mined = block.transactions[index];
    const data = encodeFunctionData({ abi: to.abi, functionName: fn, args: [...args] });
    if (mined?.input !== data) throw new Error("the block orders its transactions otherwise");
    return mined.hash;
  });
}
