import { describe, expect, it } from "vitest";
import type { BlockRef } from "@/domain/model";
import { createFakeRpc } from "@/testing/fake-rpc";
import { fetchBlocksAt } from "./blocks-at";

const LAST = 5_000n;

/** A chain whose blocks come every 12 seconds, but for one long standstill. */
const timeOf = (number: bigint): bigint => 1_000n + 12n * number + (number > 1_234n ? 500_000n : 0n);

function blockAt(number: bigint): BlockRef {
  return {
    number,
    hash: `0x${number.toString(16).padStart(64, "0")}`,
    timestampSeconds: timeOf(number),
  };
}

const quantity = (value: bigint) => `0x${value.toString(16)}`;

function chain({ forgotten }: { readonly forgotten?: (number: bigint) => boolean } = {}) {
  return createFakeRpc({
    methods: {
      eth_getBlockByNumber: ([number]) => {
        const block = blockAt(BigInt(String(number)));
        if (forgotten?.(block.number) === true) return null;
        return {
          number: quantity(block.number),
          hash: block.hash,
          timestamp: quantity(block.timestampSeconds),
        };
      },
    },
  });
}

const KNOWN = [blockAt(0n), blockAt(LAST)];

describe("fetchBlocksAt", () => {
  it("finds the block in which each moment lies, over a standstill too", async () => {
    const numbers = [1n, 77n, 1_234n, 1_235n, 4_999n, LAST];
    const found = await fetchBlocksAt(chain(), { moments: numbers.map(timeOf), known: KNOWN });
    expect([...found.values()].map(({ number }) => number)).toEqual(numbers);
  });

  it("takes the first block that is not before a moment between two", async () => {
    const found = await fetchBlocksAt(chain(), { moments: [timeOf(50n) - 1n], known: KNOWN });
    expect(found.get(timeOf(50n) - 1n)?.number).toBe(50n);
  });

  it("looks for all of them side by side, a few requests in all", async () => {
    const rpc = chain();
    const moments = Array.from({ length: 40 }, (_, place) => timeOf(100n * BigInt(place) + 7n));
    const found = await fetchBlocksAt(rpc, { moments, known: KNOWN });
    expect(found.size).toBe(moments.length);
    expect(rpc.exchanges.length).toBeLessThan(20);
  });

  it("leaves out what lies outside and what the endpoint does not have, and asks for nothing twice", async () => {
    const rpc = chain({ forgotten: (number) => number > 2_000n && number < 3_000n });
    const moments = [timeOf(2_500n), timeOf(LAST) + 99n, timeOf(9n)];
    const found = await fetchBlocksAt(rpc, { moments, known: KNOWN });
    expect([...found.keys()]).toEqual([timeOf(9n)]);
    const asked = rpc.exchanges.flat().map(({ params }) => String(params[0]));
    expect(new Set(asked).size).toBe(asked.length);
  });
});
