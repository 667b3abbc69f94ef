// @vitest-environment node
import { describe, expect, it } from "vitest";
import { RANGE_PATTERNS, type RangeError, rangeErrorOf } from "./range-errors";

/** Messages as providers send them, and what they ask for. */
const MESSAGES: readonly (readonly [string, RangeError["limit"], bigint | undefined])[] = [
  [
    "Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range and no limit on the response size, or you can request any block range with a cap of 10K logs in the response. Based on your parameters and the response size limit, this block range should work: [0x10, 0x1f]",
    "results",
    16n,
  ],
  [
    "Under the Free tier plan, you can make eth_getLogs requests with up to a 10 block range. Based on your parameters, this block range should work: [0xa, 0x13]. Upgrade to PAYG for expanded block range.",
    "results",
    10n,
  ],
  ["You can make eth_getLogs requests with up to a 500 block range.", "blocks", 500n],
  ["query returned more than 10000 results. Try with this block range [0x1, 0x64].", "results", 100n],
  ["eth_getLogs is limited to a 10,000 range", "blocks", 10_000n],
  ["eth_getLogs is limited to a 5 range, upgrade from free plan", "blocks", 5n],
  ["eth_getLogs is limited to 1024 block range. Please check the parameter requirements", "blocks", 1024n],
  ["requested too many blocks from 0 to 16778217, maximum is set to 2048", "blocks", 2048n],
  ["Max range: 800", "blocks", 800n],
  ["Maximum allowed number of requested blocks is 3500", "blocks", 3500n],
  ["please limit the query to at most 1000 blocks", "blocks", 1000n],
  ["exceed maximum block range: 50000", "blocks", 50_000n],
  ["maximum block range: 50000", "blocks", 50_000n],
  ["query exceeds max block range 100000", "blocks", 100_000n],
  ["query exceeds max results 20000, retry with the range 24383075-24383096", "results", 22n],
  ["block range greater than 20000 max", "blocks", 20_000n],
  ["block range exceeds 1000", "blocks", 1000n],
  ["block range is too wide (maximum 1024)", "blocks", 1024n],
  ["query must be smaller than size 1024", "blocks", 1024n],
  ["maximum [from, to] blocks distance: 10000", "blocks", 10_000n],
  ["eth_getLogs range is too large, max is 10k blocks", "blocks", 10_000n],
  ["block range is too wide", "blocks", 3000n],
  ["block range too large", "blocks", 2000n],
  ["Block range is too large", "blocks", undefined],
  ["Block range limit exceeded. See more details at https://docs.chainstack.com", "blocks", undefined],
  ["query returned more than 10000 results", "results", undefined],
  ["logs matched by query exceeds limit of 10000", "results", undefined],
  ["backend response too large", "results", undefined],
  ["response size should not greater than 10000000 bytes", "results", undefined],
  ["query timeout exceeded", "time", undefined],
  ["exceeds the range allowed for your plan (5000 > 2000)", "blocks", 2000n],
  ["query exceeds max results 20000", "results", undefined],
  ["Log response size exceeded.", "results", undefined],
  ["response is too big", "results", undefined],
];

const OTHERS: readonly string[] = [
  "execution reverted",
  "header not found",
  "missing trie node",
  "Too many requests",
  "invalid argument 0: json: cannot unmarshal",
  "project ID is required",
  "rate limit exceeded",
  "",
];

describe("rangeErrorOf", () => {
  it.each(MESSAGES)("reads %j", (message, limit, suggestedBlocks) => {
    expect(rangeErrorOf({ message })).toEqual({ limit, suggestedBlocks });
  });

  it.each(OTHERS)("does not take %j for a range error", (message) => {
    expect(rangeErrorOf({ message })).toBeUndefined();
  });

  it("has no entry that no message of this test needs", () => {
    const used = new Set(
      MESSAGES.map(([message]) => RANGE_PATTERNS.find(({ pattern }) => pattern.test(message))?.provider),
    );
    const unused = RANGE_PATTERNS.filter(({ provider }) => !used.has(provider)).map(
      ({ provider }) => provider,
    );
    expect(unused).toEqual([]);
  });

  it("does not spend time on a message of a megabyte", () => {
    expect(rangeErrorOf({ message: "x".repeat(1_000_000) })).toBeUndefined();
  });
});
