/** A vault of which assets go without an event: its idle counter is set lower from outside. */
import fc from "fast-check";
import { type Hex, hexToBigInt, numberToHex } from "viem";
import type { BlockTotals } from "@/domain/ledger-model";
import type { BlockRef, VaultHistory } from "@/domain/model";
import { World } from "../../devnet/contracts-test/world";
import { DifferentialBench } from "./differential-bench";
import { scenariosOf } from "./differential-scenario";
import { VaultPlay } from "./differential-vault";
import { LedgerPlay, wishGroups } from "./ledger-play";

/** What was taken in one block. */
export interface Drain {
  readonly blockNumber: bigint;
  readonly assets: bigint;
}

export interface FallPlayed {
  readonly history: VaultHistory;
  readonly drains: readonly Drain[];
  /** The totals of a block as an endpoint with all old state gives them. */
  readonly read: (blockNumber: bigint, which: { readonly isStartWanted: boolean }) => Promise<BlockTotals>;
  /** Total assets of one block's state under another one's clock. */
  readonly readUnmoved: (request: {
    readonly sinceBlock: bigint;
    readonly atBlock: bigint;
  }) => Promise<NonNullable<BlockTotals["unmoved"]>>;
  readonly stop: () => Promise<void>;
}

const SLOTS = 64n;

/** The storage slot of a counter, found by its value. */
async function slotOf(play: LedgerPlay, value: bigint): Promise<Hex> {
  const { address } = play.play.vault;
  for (let slot = 0n; slot < SLOTS; slot += 1n) {
    const word = await play.rpc<Hex>("eth_getStorageAt", address, numberToHex(slot), "latest");
    if (hexToBigInt(word) === value) return numberToHex(slot, { size: 32 });
  }
  throw new Error("no slot holds the value");
}

/** After how many quiet blocks of which length something is taken, and how much, as a part of a day's interest. */
const drainArbitrary = fc.record({
  quietBefore: fc.integer({ min: 1, max: 25 }),
  quietAfter: fc.integer({ min: 0, max: 25 }),
  secondsABlock: fc.integer({ min: 2, max: 4_000 }),
  size: fc.oneof(
    fc.constant(1n),
    fc.bigInt({ min: 2n, max: 10n ** 6n }),
    fc.bigInt({ min: 10n ** 7n, max: 10n ** 9n }),
  ),
});

/** Plays one vault's life with assets taken now and then. The chain stays up until `stop`. */
export async function playFalls(input: { readonly seed: number }): Promise<FallPlayed> {
  const { seed } = input;
  const world = await World.deploy();
  const { chain } = world;
  const bench = await DifferentialBench.over(world);
  const scenario = scenariosOf({ seed, random: 1 })[1];
  if (scenario === undefined) throw new Error("no scenario");
  const fromBlock = hexToBigInt(await chain.rpc<Hex>("eth_blockNumber")) + 1n;
  const play = new LedgerPlay(await VaultPlay.open(bench, scenario), scenario);
  await play.play.run();
  const [groups = []] = fc.sample(wishGroups, { seed, numRuns: 1 });
  const wishes = fc.sample(drainArbitrary, { seed, numRuns: groups.length });
  const drains: Drain[] = [];
  const quiet = async (blocks: number, seconds: number) => {
    for (let block = 0; block < blocks; block += 1) await chain.advance(seconds);
  };
  for (const [index, group] of groups.entries()) {
    const wish = wishes[index];
    if (wish === undefined) continue;
    await quiet(wish.quietBefore, wish.secondsABlock);
    const idle = await play.play.view(play.play.vault, "idleAssets");
    if (idle > wish.size && index % 3 !== 0) {
      const slot = await slotOf(play, idle);
      const word = numberToHex(idle - wish.size, { size: 32 });
      await chain.rpc("anvil_setStorageAt", play.play.vault.address, slot, word);
      // The node takes what is set into the state of its newest block.
      drains.push({ blockNumber: hexToBigInt(await chain.rpc<Hex>("eth_blockNumber")), assets: wish.size });
    }
    await quiet(wish.quietAfter, wish.secondsABlock);
    await play.tryGroup(group);
  }
  const { history } = await play.observe(fromBlock);
  const clocks = new Map<bigint, BlockRef>();
  const blockOf = async (number: bigint): Promise<BlockRef> => {
    const found = clocks.get(number) ?? (await play.blockOf(number));
    clocks.set(number, found);
    return found;
  };
  return {
    history,
    drains,
    read: async (blockNumber, { isStartWanted }) => {
      const block = await blockOf(blockNumber);
      const end = await play.totals({ block: numberToHex(blockNumber) });
      const parent = { block: numberToHex(blockNumber - 1n), atSeconds: block.timestampSeconds };
      return { block, ...end, atStart: isStartWanted ? await play.totals(parent) : undefined };
    },
    readUnmoved: async ({ sinceBlock, atBlock }) => {
      const { timestampSeconds } = await blockOf(atBlock);
      const { totalAssets } = await play.totals({
        block: numberToHex(sinceBlock),
        atSeconds: timestampSeconds,
      });
      return { sinceBlock, totalAssets };
    },
    stop: () => chain.stop(),
  };
}
