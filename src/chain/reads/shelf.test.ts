// @vitest-environment node
import { beforeEach, describe, expect, it } from "vitest";
import type { BlockRef, Hex } from "@/domain/model";
import { createFakeRpc } from "@/testing/fake-rpc";
import { memoryStore, type StoredChunk } from "../logs/store";
import { bigintOfField, keepingInParts, openShelf, type ShelfCodec } from "./shelf";

const AMOUNT: ShelfCodec<bigint> = {
  encode: (amount) => [amount.toString()],
  decode: ([amount]) => bigintOfField(amount),
};

const hashOf = (number: bigint, fork = 0n): Hex =>
  `0x${(fork * 10n ** 9n + number).toString(16).padStart(64, "0")}`;
const blockOf = (number: bigint): BlockRef => ({
  number,
  hash: hashOf(number),
  timestampSeconds: number * 12n,
});

/** A chain whose block hashes are functions of the number and the fork. */
function chain(fork = 0n, chainId = 1) {
  return createFakeRpc({
    chainId,
    methods: {
      eth_getBlockByNumber: ([tag]) => ({
        number: tag,
        hash: hashOf(BigInt(String(tag)), fork),
        timestamp: tag,
      }),
    },
  });
}

const NAME = ["amounts", "0xvault"];
let store: ReturnType<typeof memoryStore>;
const open = (rpc = chain(), name: readonly string[] = NAME) =>
  openShelf(rpc, { store, name, codec: AMOUNT });

beforeEach(() => {
  store = memoryStore();
});

/** Everything the store holds under the shelf's scope, for damaging it. */
async function chunks(): Promise<readonly StoredChunk[]> {
  return (await store.load(`past-v1|1|${NAME.join("|")}`)) as readonly StoredChunk[];
}

describe("a shelf", () => {
  it("gives back what it keeps, by hash and by number, on the next visit too", async () => {
    const first = await open();
    await first.keep([
      { block: blockOf(20n), value: 7n },
      { block: blockOf(10n), value: 2n ** 255n },
    ]);
    expect(first.get(hashOf(20n))?.value).toBe(7n);
    const second = await open();
    expect(second.get(hashOf(10n))).toEqual({ block: blockOf(10n), value: 2n ** 255n });
    expect(second.at(20n)?.block).toEqual(blockOf(20n));
    expect(second.get(hashOf(11n))).toBeUndefined();
  });

  it("asks nothing while it is empty, and one question about all its chunks otherwise", async () => {
    const empty = chain();
    await open(empty);
    expect(empty.exchanges).toHaveLength(0);
    const shelf = await open();
    for (const number of [5n, 6n, 7n]) await shelf.keep([{ block: blockOf(number), value: number }]);
    const rpc = chain();
    await open(rpc);
    expect(rpc.exchanges.map((calls) => calls.length)).toEqual([3]);
  });

  it("keeps vaults and chains apart", async () => {
    await (await open()).keep([{ block: blockOf(1n), value: 1n }]);
    expect((await open(chain(), ["amounts", "0xother"])).at(1n)).toBeUndefined();
    expect((await open(chain(0n, 2))).at(1n)).toBeUndefined();
  });

  it("throws everything away when a block of it is not part of this chain", async () => {
    const shelf = await open();
    await shelf.keep([{ block: blockOf(1n), value: 1n }]);
    await shelf.keep([{ block: blockOf(2n), value: 2n }]);
    expect((await open(chain(1n))).at(1n)).toBeUndefined();
    expect(await chunks()).toEqual([]);
  });

  it.each([
    ["a changed byte", (chunk: StoredChunk) => ({ ...chunk, body: chunk.body.with(5, 57) })],
    ["a changed block", (chunk: StoredChunk) => ({ ...chunk, header: { ...chunk.header, toBlock: 99n } })],
    ["a missing row", (chunk: StoredChunk) => ({ ...chunk, header: { ...chunk.header, count: 2 } })],
    ["no chunk at all", () => "what is this"],
  ])("leaves %s aside", async (_, damage) => {
    await (await open()).keep([{ block: blockOf(4n), value: 4n }]);
    const [chunk] = await chunks();
    if (chunk === undefined) throw new Error("it was kept");
    const damaged = damage(chunk);
    const broken = { ...store, load: () => Promise.resolve([damaged]) };
    const shelf = await openShelf(chain(), { store: broken, name: NAME, codec: AMOUNT });
    expect(shelf.at(4n)).toBeUndefined();
  });

  it("never replaces what it keeps", async () => {
    const shelf = await open();
    await shelf.keep([{ block: blockOf(4n), value: 4n }]);
    await shelf.keep([
      { block: blockOf(4n), value: 5n },
      { block: blockOf(6n), value: 6n },
    ]);
    const again = await open();
    expect(again.at(4n)?.value).toBe(4n);
    expect(again.at(6n)?.value).toBe(6n);
  });

  it("keeps several readings of one block where they have names, whatever order they come in", async () => {
    const codec = { ...AMOUNT, variantOf: (amount: bigint) => (amount % 10n).toString() };
    const openNamed = () => openShelf(chain(), { store, name: NAME, codec });
    const shelf = await openNamed();
    await shelf.keep([
      { block: blockOf(4n), value: 41n },
      { block: blockOf(9n), value: 91n },
    ]);
    await shelf.keep([{ block: blockOf(4n), value: 42n }]);
    const again = await openNamed();
    await again.keep([{ block: blockOf(4n), value: 43n }]);
    const last = await openNamed();
    expect(["1", "2", "3"].map((name) => last.get(hashOf(4n), name)?.value)).toEqual([41n, 42n, 43n]);
    expect(last.get(hashOf(9n), "1")?.value).toBe(91n);
    expect(last.get(hashOf(9n), "2")).toBeUndefined();
  });

  it("writes many small chunks together as one", async () => {
    const shelf = await open();
    const numbers = Array.from({ length: 60 }, (_, index) => BigInt(index + 1));
    for (const number of numbers) await shelf.keep([{ block: blockOf(number), value: number }]);
    expect(await chunks()).toHaveLength(60);
    await open();
    expect(await chunks()).toHaveLength(1);
    const again = await open();
    expect(numbers.map((number) => again.at(number)?.value)).toEqual(numbers);
  });

  it("keeps records that come one by one a few dozen at a time, and the rest in the end", async () => {
    const keeping = keepingInParts(await open());
    for (let number = 1n; number <= 30n; number += 1n) {
      await keeping.add({ block: blockOf(number), value: number });
    }
    expect(await chunks()).toHaveLength(1);
    await keeping.flush();
    expect(await chunks()).toHaveLength(2);
    expect((await open()).at(30n)?.value).toBe(30n);
  });
});
