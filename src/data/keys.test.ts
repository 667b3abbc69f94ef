import type { QueryClient } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { hashQueryKey, isLiveKeyOf, liquidatorKey, liveVaultKey, reportKey, timelockKey } from "./keys";
import { createQueryClient } from "./query-client";

const ref = { chainId: 1, address: "0x00000000000000000000000000000000000000aa" } as const;
const account = "0x00000000000000000000000000000000000000bb";

describe("query keys", () => {
  it("tell integers of any size from text that looks like them", () => {
    expect(hashQueryKey([10n ** 30n])).not.toBe(hashQueryKey([(10n ** 30n).toString()]));
    expect(hashQueryKey([5n])).not.toBe(hashQueryKey([5]));
    expect(hashQueryKey([{ b: 1n, a: 2n }])).toBe(hashQueryKey([{ a: 2n, b: 1n }]));
  });

  it("tell the live page from a page pinned to a block, and two blocks from each other", () => {
    const hashes = [reportKey(ref, undefined), reportKey(ref, 5n), reportKey(ref, 6n)].map(hashQueryKey);
    expect(new Set(hashes).size).toBe(3);
  });

  it("let a new head make the chain's live data stale and nothing else", async () => {
    const client = createQueryClient();
    const live = [reportKey(ref, undefined)];
    const other = [
      timelockKey(ref, account),
      liquidatorKey(ref, account),
      reportKey(ref, 5n),
      reportKey({ ...ref, chainId: 2 }, undefined),
      ["wagmi", 1],
    ];
    for (const key of [...live, ...other]) client.setQueryData(key, "data");
    await client.invalidateQueries({ predicate: (query) => isLiveKeyOf(1)(query.queryKey) });
    expect(live.map((key) => client.getQueryState(key)?.isInvalidated)).toEqual([true]);
    expect(other.map((key) => client.getQueryState(key)?.isInvalidated)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it("put everything that a transaction on a vault changes under one prefix", async () => {
    const client: QueryClient = createQueryClient();
    client.setQueryData(reportKey(ref, undefined), "data");
    client.setQueryData(reportKey(ref, 5n), "data");
    await client.invalidateQueries({ queryKey: liveVaultKey(ref) });
    expect(client.getQueryState(reportKey(ref, undefined))?.isInvalidated).toBe(true);
    expect(client.getQueryState(reportKey(ref, 5n))?.isInvalidated).toBe(false);
  });
});
