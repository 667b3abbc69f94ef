// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { Address, Hex } from "@/domain/model";
import { createFakeRpc, type FakeAnswer } from "@/testing/fake-rpc";
import { fetchRange, type RangeRequest } from "./fetch-range";

const VAULT: Address = `0x${"aa".repeat(20)}`;
const hashOf = (block: number, salt = "0"): Hex => `0x${salt}${block.toString(16).padStart(63, "0")}`;
const quantity = (value: number): Hex => `0x${value.toString(16)}`;

const request: RangeRequest = {
  filter: { addresses: [VAULT] },
  range: { from: 10n, to: 20n },
  unsettled: true,
  signal: undefined,
  avoid: [],
  times: new Map(),
};

const log = (block: number, change: object = {}): object => ({
  address: VAULT,
  topics: [],
  data: "0x",
  blockNumber: quantity(block),
  blockHash: hashOf(block),
  transactionHash: hashOf(block, "1"),
  logIndex: "0x0",
  blockTimestamp: quantity(1000 + block),
  ...change,
});

const block = (number: number, salt?: string): object => ({
  number: quantity(number),
  hash: hashOf(number, salt),
  timestamp: quantity(1000 + number),
});

function ask(logs: unknown, getBlock: FakeAnswer = () => block(20)) {
  return fetchRange(
    createFakeRpc({ methods: { eth_getLogs: () => logs, eth_getBlockByNumber: getBlock } }),
    request,
  );
}

describe("fetchRange", () => {
  it("asks for the logs between two looks at the end block, in one exchange", async () => {
    const rpc = createFakeRpc({
      methods: { eth_getLogs: () => [log(12)], eth_getBlockByNumber: () => block(20) },
    });
    const { logs, toBlock } = await fetchRange(rpc, request);
    expect(rpc.exchanges.map((calls) => calls.map(({ method }) => method))).toEqual([
      ["eth_getBlockByNumber", "eth_getLogs", "eth_getBlockByNumber"],
    ]);
    expect(toBlock.hash).toBe(hashOf(20));
    expect(logs).toHaveLength(1);
  });

  it("puts logs in order and keeps each once", async () => {
    const { logs } = await ask([log(15), log(12, { logIndex: "0x1" }), log(12), log(15)]);
    expect(logs.map(({ blockNumber, logIndex }) => [blockNumber, logIndex])).toEqual([
      [12n, 0],
      [12n, 1],
      [15n, 0],
    ]);
  });

  it.each([
    ["before the range", log(9)],
    ["after the range", log(21)],
    ["of another contract", log(12, { address: `0x${"bb".repeat(20)}` })],
    ["without a block hash", log(12, { blockHash: null })],
    ["that is no log", 7],
  ])("refuses an answer with a log %s", async (_, bad) => {
    await expect(ask([log(12), bad])).rejects.toMatchObject({ code: "bad-answer" });
  });

  it("refuses an answer in which time runs backwards", async () => {
    await expect(ask([log(12, { blockTimestamp: "0x500" }), log(13)])).rejects.toMatchObject({
      code: "bad-answer",
    });
  });

  it("refuses logs that are no list", async () => {
    await expect(ask(null)).rejects.toMatchObject({ code: "bad-answer" });
  });

  it("refuses an end block that is not the one asked for", async () => {
    await expect(ask([], () => block(19))).rejects.toMatchObject({ code: "bad-answer" });
  });

  it("says that the chain moved when the end block differs from the logs' or from itself", async () => {
    const moved = { code: "chain-moved" };
    await expect(ask([log(20, { blockHash: hashOf(20, "f") })])).rejects.toMatchObject(moved);
    let looks = 0;
    const changing: FakeAnswer = () => block(20, String((looks += 1)));
    await expect(ask([], changing)).rejects.toMatchObject(moved);
    await expect(
      ask([log(12), log(12, { blockHash: hashOf(12, "f"), logIndex: "0x1" })]),
    ).rejects.toMatchObject(moved);
  });

  it("does not take silence for an empty range when the endpoint has not come that far", async () => {
    await expect(ask([], () => null)).rejects.toMatchObject({ code: "chain-moved" });
  });

  it("reads missing times by block hash, and refuses a header of another block", async () => {
    const untimed = log(12, { blockTimestamp: undefined });
    const methods = { eth_getLogs: () => [untimed], eth_getBlockByNumber: () => block(20) };
    const good = createFakeRpc({ methods: { ...methods, eth_getBlockByHash: () => block(12) } });
    expect((await fetchRange(good, { ...request, times: new Map() })).logs[0]?.atSeconds).toBe(1012n);
    const bad = createFakeRpc({ methods: { ...methods, eth_getBlockByHash: () => block(13) } });
    await expect(fetchRange(bad, { ...request, times: new Map() })).rejects.toMatchObject({
      code: "bad-answer",
    });
  });
});
