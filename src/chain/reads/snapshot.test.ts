// @vitest-environment node
import { encodeAbiParameters } from "viem";
import { describe, expect, it } from "vitest";
import type { Address, BlockRef, Hex } from "@/domain/model";
import { createFakeWorld, type FakeHandler, FakeRpcError, jsonRpcEndpoint } from "@/testing/fake-rpc-world";
import { LENS_MAGIC } from "../lens/decode";
import { createRpc } from "../rpc/client";
import { fetchHead } from "./head";
import { fetchSnapshot } from "./snapshot";

const URL = "https://one.example/key";
const VAULT: Address = `0x${"a1".repeat(20)}`;
const block: BlockRef = { number: 100n, hash: `0x${"11".repeat(32)}`, timestampSeconds: 1_700_000_000n };
const blockJson = { number: "0x64", hash: block.hash, timestamp: "0x6553f100" };

const managers = (count: number): readonly Address[] =>
  Array.from({ length: count }, (_, index): Address => `0x${(index + 1).toString(16).padStart(40, "0")}`);

function field(value: bigint | string | undefined): string {
  if (value === undefined) return "ff";
  const digits =
    typeof value === "bigint"
      ? value === 0n
        ? ""
        : value.toString(16)
      : [...new TextEncoder().encode(value)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const body = digits.padStart(Math.ceil(digits.length / 2) * 2, "0");
  return (body.length / 2).toString(16).padStart(2, "0") + body;
}

const VAULT_FIELDS: readonly (bigint | string | undefined)[] = [
  0xdddn,
  6n,
  "USDC",
  "Flux",
  "fUSDC",
  12n,
  1000n,
  2000n,
  10n,
  20n,
  30n,
  0n,
  0n,
  1000n,
  0xaaan,
  0n,
  0xbbbn,
  0xcccn,
  0xeeen,
  1n,
  2n,
  3n,
  4n,
  5n,
  1n,
  0n,
  500n,
  0xfffn,
  0x123n,
  10n ** 18n,
];

/** What the lens would answer: every manager owes its own number. */
function lensAnswer(
  data: Hex,
  change: (fields: (bigint | string | undefined)[], at: Address) => void = () => undefined,
): Hex {
  const list = data.slice(10 + 64 * 3);
  const fields: (bigint | string | undefined)[] = [
    BigInt(LENS_MAGIC),
    block.number,
    block.timestampSeconds,
    1n,
    ...VAULT_FIELDS,
    BigInt(list.length / 64),
  ];
  for (let at = 0; at < list.length; at += 64) {
    const address: Address = `0x${list.slice(at + 24, at + 64)}`;
    const own: (bigint | string | undefined)[] = [BigInt(address), 1n, 2n, 3n, 4n, 0n, 5n, 1n];
    change(own, address);
    fields.push(...own);
  }
  return encodeAbiParameters([{ type: "bytes" }], [`0x${fields.map(field).join("")}`]);
}

function setUp(call: (data: Hex, asked: number) => unknown) {
  let asked = 0;
  const handler: FakeHandler = (method, params) => {
    if (method === "eth_chainId") return "0x1";
    if (method === "eth_getBlockByNumber" || method === "eth_getBlockByHash") return blockJson;
    if (method === "eth_call" && params.length === 3) {
      asked += 1;
      return call((params[0] as { data: Hex }).data, asked);
    }
    throw new FakeRpcError(-32601, "no");
  };
  const world = createFakeWorld({ endpoints: { [URL]: jsonRpcEndpoint(handler) } });
  const rpc = createRpc({ chainId: 1, endpoints: [URL], environment: world });
  return { world, rpc };
}

describe("fetchSnapshot", () => {
  it.each([
    [0, 2],
    [1000, 2],
    [1250, 2],
    [1251, 3],
    [10_000, 9],
  ])("reads %d managers in %d requests, head and chain id included", async (count, requests) => {
    const { world, rpc } = setUp((data) => lensAnswer(data));
    const head = await world.run(fetchHead(rpc));
    const snapshot = await world.run(
      fetchSnapshot(rpc, { vault: VAULT, managers: managers(count), block: head }),
    );
    expect(snapshot.managers).toHaveLength(count);
    expect(snapshot.unreadManagers).toEqual([]);
    expect(
      snapshot.managers.every(({ manager, principalAssets }) => principalAssets === BigInt(manager)),
    ).toBe(true);
    expect(world.sent).toHaveLength(requests);
  });

  it("lists the managers of a chunk that keeps failing, and reads all others", async () => {
    const poison = managers(3000)[2000] ?? "0x";
    const { world, rpc } = setUp((data) => {
      if (data.includes(poison.slice(2))) throw new FakeRpcError(-32000, "out of gas");
      return lensAnswer(data);
    });
    const {
      managers: read,
      unreadManagers,
      rung,
    } = await world.run(fetchSnapshot(rpc, { vault: VAULT, managers: managers(3000), block }));
    expect(rung).toBe("lens");
    expect(unreadManagers).toContain(poison);
    // The chunk was asked again in halves and quarters, so that one bad position costs at most a quarter of it.
    expect(unreadManagers.length).toBeLessThanOrEqual(Math.ceil(1250 / 4));
    expect(new Set([...read.map(({ manager }) => manager), ...unreadManagers]).size).toBe(3000);
  });

  it("asks again, in small chunks, for managers that the lens ran out of gas for", async () => {
    const { world, rpc } = setUp((data, asked) =>
      lensAnswer(data, (own, address) => {
        if (asked === 1 && BigInt(address) > 900n) own.fill(undefined);
      }),
    );
    const snapshot = await world.run(fetchSnapshot(rpc, { vault: VAULT, managers: managers(1000), block }));
    expect(snapshot.managers).toHaveLength(1000);
    expect(snapshot.unreadManagers).toEqual([]);
  });

  it("keeps a value and a quote that could not be read apart from zero", async () => {
    const { world, rpc } = setUp((data) =>
      lensAnswer(data, (own) => {
        own[4] = undefined;
        own[5] = undefined;
      }),
    );
    const { managers: read } = await world.run(
      fetchSnapshot(rpc, { vault: VAULT, managers: managers(1), block }),
    );
    expect(read[0]).toMatchObject({ valueUsdWad: undefined, quote: undefined, bondAssets: 2n });
  });

  it("does not read a manager with half of its debt missing", async () => {
    const { world, rpc } = setUp((data) =>
      lensAnswer(data, (own) => {
        own[1] = undefined;
      }),
    );
    const snapshot = await world.run(fetchSnapshot(rpc, { vault: VAULT, managers: managers(2), block }));
    expect(snapshot.managers).toEqual([]);
    expect(snapshot.unreadManagers).toEqual(managers(2));
  });

  it("does not believe a lens that ran at another time than the block's", async () => {
    const { world, rpc } = setUp((data) => lensAnswer(data));
    const other = { ...block, timestampSeconds: block.timestampSeconds - 1n };
    await expect(
      world.run(fetchSnapshot(rpc, { vault: VAULT, managers: [], block: other, rung: "lens" })),
    ).rejects.toMatchObject({ code: "bad-answer" });
  });

  it("asks for each address once, however it was written", async () => {
    const { world, rpc } = setUp((data) => lensAnswer(data));
    const upper = "0x00000000000000000000000000000000000000AB" as Address;
    const lower = upper.toLowerCase() as Address;
    const snapshot = await world.run(fetchSnapshot(rpc, { vault: VAULT, managers: [upper, lower], block }));
    expect(snapshot.managers.map(({ manager }) => manager)).toEqual([lower]);
  });

  it("throws the outage, after one cheap question, when no way of reading is to blame", async () => {
    const world = createFakeWorld({
      endpoints: {
        [URL]: () => {
          throw new TypeError("offline");
        },
      },
    });
    const rpc = createRpc({ chainId: 1, endpoints: [URL], environment: world, limits: { attempts: 3 } });
    await expect(
      world.run(fetchSnapshot(rpc, { vault: VAULT, managers: managers(1), block })),
    ).rejects.toMatchObject({ code: "rpc-unavailable" });
    expect(world.sent.length).toBeLessThanOrEqual(5);
  });
});
