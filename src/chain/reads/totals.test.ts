// @vitest-environment node
import { describe, expect, it } from "vitest";
import { createFakeRpc } from "@/testing/fake-rpc";
import { ChainError } from "../errors";
import { VAULT_VIEWS } from "../flux/views";
import { fetchTotals } from "./totals";

const VAULT = `0x${"aa".repeat(20)}` as const;
const word = (value: bigint): string => `0x${value.toString(16).padStart(64, "0")}`;

interface Call {
  readonly data: string;
}

/** A vault whose totals are functions of the block; state older than `keptFrom` is gone. */
function vaultRpc(keptFrom: bigint, missing: readonly string[] = []) {
  return createFakeRpc({
    methods: {
      eth_getBlockByNumber: ([tag]) => {
        const number = BigInt(String(tag));
        return number > 1000n ? null : { number: tag, hash: word(number), timestamp: tag };
      },
      eth_call: ([call, pin]) => {
        const block = BigInt((pin as { blockHash: string }).blockHash);
        if (block < keptFrom)
          throw new ChainError("unexpected", { message: "missing trie node", rpcCode: -32000 });
        const { data } = call as Call;
        if (missing.includes(data)) throw new ChainError("reverted", { message: "no such function" });
        return word(
          block * 10n + BigInt(Object.values(VAULT_VIEWS).findIndex(([selector]) => selector === data)),
        );
      },
    },
  });
}

describe("fetchTotals", () => {
  it("gives samples in ascending order, each pinned by its block's hash", async () => {
    const { samples, unavailable } = await fetchTotals(vaultRpc(0n), {
      vault: VAULT,
      blocks: [30n, 10n, 20n],
    });
    expect(samples.map(({ block }) => block.number)).toEqual([10n, 20n, 30n]);
    expect(samples.every(({ totalAssets, block }) => totalAssets / 10n === block.number)).toBe(true);
    expect(unavailable).toEqual([]);
  });

  it("names the blocks whose state is gone, and asks for no more of them than it must", async () => {
    const blocks = Array.from({ length: 100 }, (_, index) => BigInt(index * 10));
    const rpc = vaultRpc(700n);
    const { samples, unavailable } = await fetchTotals(rpc, { vault: VAULT, blocks });
    expect(samples).toHaveLength(30);
    expect(unavailable).toEqual(blocks.filter((block) => block < 700n));
    const batches = rpc.exchanges.filter((calls) => calls[0]?.method === "eth_call");
    expect(batches.length).toBeLessThanOrEqual(3);
  });

  it("leaves out what a plain vault does not publish, and keeps the rest", async () => {
    const missing = [
      VAULT_VIEWS.idleAssets[0],
      VAULT_VIEWS.totalBadDebt[0],
      VAULT_VIEWS.totalPrincipalDebt[0],
    ];
    const { samples } = await fetchTotals(vaultRpc(0n, missing), { vault: VAULT, blocks: [10n] });
    expect(samples[0]).toMatchObject({
      idleAssets: undefined,
      totalBadDebtAssets: undefined,
      totalPrincipalDebtAssets: undefined,
    });
  });

  it("names a block that does not exist", async () => {
    const { unavailable } = await fetchTotals(vaultRpc(0n), { vault: VAULT, blocks: [10n, 5000n] });
    expect(unavailable).toEqual([5000n]);
  });
});
