// @vitest-environment node
import { describe, expect, it } from "vitest";
import { ChainError } from "@/chain/errors";
import { createFakeRpc } from "@/testing/fake-rpc";
import { addressFrom, blockAt } from "@/testing/vault-builders";
import { fetchHasCode } from "./has-code";

const asked = { address: addressFrom(1), block: blockAt(5n) };
const rpcOf = (code: unknown) => createFakeRpc({ methods: { eth_getCode: () => code } });

describe("fetchHasCode", () => {
  it("tells a contract from an account without code, at the block asked for", async () => {
    const rpc = rpcOf("0x6080");
    expect(await fetchHasCode(rpc, asked)).toBe(true);
    expect(rpc.exchanges[0]?.[0]?.params).toEqual([
      asked.address,
      { blockHash: asked.block.hash, requireCanonical: true },
    ]);
    expect(await fetchHasCode(rpcOf("0x"), asked)).toBe(false);
  });

  it("takes nothing else for an answer", async () => {
    for (const answer of [null, "", "code", 0]) {
      await expect(fetchHasCode(rpcOf(answer), asked)).rejects.toBeInstanceOf(ChainError);
    }
  });
});
