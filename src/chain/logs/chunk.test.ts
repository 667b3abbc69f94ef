// @vitest-environment node
import fc from "fast-check";
import { bytesToHex } from "viem";
import { describe, expect, it } from "vitest";
import type { Hex } from "@/domain/model";
import { openChunk, scopeOf, sealChunk } from "./chunk";
import { PackingError, packLogs, unpackLogs } from "./packing";
import { orderLogs, parseLog, type RawLog } from "./raw-log";

const hex = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => bytesToHex(bytes));
const anyHex = fc.uint8Array({ maxLength: 100 }).map((bytes) => bytesToHex(bytes));
const smallWord = fc
  .bigInt({ min: 0n, max: 2n ** 80n })
  .map((value): Hex => `0x${value.toString(16).padStart(64, "0")}`);

const draft = fc.record({
  address: hex(20),
  topics: fc.array(fc.oneof(hex(32), smallWord), { maxLength: 4 }),
  data: fc.oneof(
    anyHex,
    fc.array(smallWord).map((words): Hex => `0x${words.map((word) => word.slice(2)).join("")}`),
  ),
  block: fc.nat(500),
  logIndex: fc.nat(5000),
});

/** Logs as a node would send them: block hash and time are functions of the block. */
const logs = fc.array(draft, { maxLength: 40 }).map((drafts): readonly RawLog[] =>
  orderLogs(
    drafts.map(({ block, ...rest }) => ({
      ...rest,
      blockNumber: BigInt(block),
      blockHash: `0x${block.toString(16).padStart(64, "0")}` as const,
      transactionHash: `0x${(block * 7 + (rest.logIndex % 2)).toString(16).padStart(64, "0")}` as const,
      atSeconds: BigInt(1_700_000_000 + block * 12),
    })),
  ),
);

const seal = (packed: readonly RawLog[]) =>
  sealChunk({
    scope: "scope",
    range: { from: 0n, to: 500n },
    toBlockHash: `0x${"ab".repeat(32)}`,
    logs: packed,
  });

describe("packing", () => {
  it("gives back every log exactly", () => {
    fc.assert(
      fc.property(logs, (original) => {
        expect(unpackLogs(packLogs(original))).toEqual(original);
      }),
    );
  });

  it("takes less than 200 bytes for a typical event of a block of its own", () => {
    const many = Array.from(
      { length: 1000 },
      (_, index): RawLog => ({
        address: "0x00000000000000000000000000000000000000aa",
        topics: [
          `0x${"11".repeat(32)}`,
          `0x${"00".repeat(12)}${"22".repeat(20)}`,
          `0x${"00".repeat(12)}${"33".repeat(20)}`,
        ],
        data: `0x${(1_000_000n * BigInt(index)).toString(16).padStart(64, "0")}`,
        blockNumber: BigInt(index * 9),
        blockHash: `0x${(index + 7).toString(16).padStart(64, "9")}`,
        transactionHash: `0x${(index + 7).toString(16).padStart(64, "8")}`,
        logIndex: index % 90,
        atSeconds: BigInt(1_700_000_000 + index * 108),
      }),
    );
    expect(packLogs(many).length / many.length).toBeLessThan(200);
  });

  it("throws its own error, and no other, on bytes that are not what it wrote", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          unpackLogs(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(PackingError);
        }
      }),
    );
  });
});

describe("a stored chunk", () => {
  it("opens to what was sealed", async () => {
    await fc.assert(
      fc.asyncProperty(logs, async (original) => {
        const open = await openChunk(await seal(original), "scope");
        expect(open?.logs).toEqual(original);
        expect(open?.range).toEqual({ from: 0n, to: 500n });
      }),
      { numRuns: 30 },
    );
  });

  it("does not open when any single byte of its body changed", async () => {
    const chunk = await seal(fc.sample(logs, { numRuns: 1, seed: 7 })[0] ?? []);
    for (let at = 0; at < chunk.body.length; at += 1) {
      const body = chunk.body.slice();
      body[at] = (body[at] ?? 0) ^ 1;
      expect(await openChunk({ ...chunk, body }, "scope")).toBeUndefined();
    }
  });

  it.each([
    ["another scope", { scope: "other" }],
    ["another start", { fromBlock: 1n }],
    ["another end", { toBlock: 499n }],
    ["another end hash", { toBlockHash: `0x${"ac".repeat(32)}` }],
    ["another count", { count: 99 }],
    ["another schema", { schema: 2 }],
    ["another checksum", { sha256: `0x${"00".repeat(32)}` }],
    ["a field of another type", { fromBlock: 0 }],
  ])("does not open with %s in its header", async (_, change) => {
    const chunk = await seal(fc.sample(logs, { numRuns: 1, seed: 3 })[0] ?? []);
    const { scope } = { scope: "scope", ...change };
    expect(await openChunk({ ...chunk, header: { ...chunk.header, ...change } }, scope)).toBeUndefined();
  });

  it("that was sealed for another filter does not open for this one", async () => {
    const [original = []] = fc.sample(logs, { numRuns: 1, seed: 3 });
    expect(await openChunk(await seal(original), "another scope")).toBeUndefined();
  });

  it("is not anything that a disk may hold instead", async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything({ withBigInt: true, withTypedArray: true }), async (value) => {
        expect(await openChunk(value, "scope")).toBeUndefined();
      }),
    );
  });

  it("has a scope that tells chains and filters apart, whatever the order of addresses", () => {
    const a: Hex = `0x${"0a".repeat(20)}`;
    const b: Hex = `0x${"0b".repeat(20)}`;
    expect(scopeOf(1, { addresses: [a, b] })).toBe(scopeOf(1, { addresses: [b, a] }));
    const scopes = [
      scopeOf(1, { addresses: [a] }),
      scopeOf(2, { addresses: [a] }),
      scopeOf(1, { addresses: [b] }),
      scopeOf(1, { addresses: [a], topics: [a] }),
      scopeOf(1, { addresses: [a], topics: [null, a] }),
      scopeOf(1, { addresses: [a], topics: [[a, b]] }),
    ];
    expect(new Set(scopes).size).toBe(scopes.length);
  });
});

describe("parseLog", () => {
  const good = {
    address: "0x00000000000000000000000000000000000000AA",
    topics: [`0x${"11".repeat(32)}`],
    data: "0x",
    blockNumber: "0x5",
    blockHash: `0x${"22".repeat(32)}`,
    transactionHash: `0x${"33".repeat(32)}`,
    logIndex: "0x0",
    removed: false,
  };

  it("lowers addresses and leaves the time open where there is none", () => {
    expect(parseLog(good)).toMatchObject({
      address: good.address.toLowerCase(),
      blockNumber: 5n,
      atSeconds: undefined,
    });
    expect(parseLog({ ...good, blockTimestamp: "0x10" })?.atSeconds).toBe(16n);
  });

  it.each([
    ["removed", true],
    ["address", "0xaa"],
    ["topics", ["0x11"]],
    ["topics", "none"],
    ["data", "0xabc"],
    ["data", undefined],
    ["blockNumber", 5],
    ["blockNumber", "0xzz"],
    ["blockNumber", null],
    ["blockHash", null],
    ["transactionHash", "0x"],
    ["logIndex", "5"],
    ["blockTimestamp", "0xq"],
  ])("refuses a log whose %s is %j", (field, value) => {
    expect(parseLog({ ...good, [field]: value })).toBeUndefined();
  });
});
