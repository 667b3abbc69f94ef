// @vitest-environment node
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BlockRef } from "@/domain/model";
import type { Contract } from "../../../devnet/contracts-test/chain";
import { ALICE, BOB, MANAGER, usd, WAD, World } from "../../../devnet/contracts-test/world";
import { createRpc } from "../rpc/client";
import { systemEnvironment } from "../rpc/environment";
import type { Rpc } from "../rpc/rpc";
import { type BlockTotalsRead, fetchBlockTotals } from "./block-totals";
import { fetchHead } from "./head";
import { fetchHeaders } from "./headers";

let world: World;
let vault: Contract;
let created: bigint;
let rpc: Rpc;

interface Body {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

/** The chain seen through endpoints that change calls on their way or refuse them, each in its own manner. */
function endpointThat(...changes: readonly ((body: Body) => Body | "refused")[]): Rpc {
  const system = systemEnvironment();
  return createRpc({
    chainId: 31_337,
    endpoints: changes.map((_, index) => `${world.chain.anvil.url}/${index.toString()}`),
    limits: { backoffBaseMs: 1, backoffCapMs: 2 },
    environment: {
      ...system,
      fetch: async (path, init) => {
        const parsed = JSON.parse(init.body) as Body | Body[];
        const url = world.chain.anvil.url;
        const change = changes[Number(new URL(path).pathname.slice(1))];
        const answers = await Promise.all(
          [parsed].flat().map(async (body) => {
            const changed = change?.(body) ?? body;
            if (changed === "refused") {
              return { jsonrpc: "2.0", id: body.id, error: { code: -32_000, message: "missing trie node" } };
            }
            const response = await system.fetch(url, { ...init, body: JSON.stringify(changed) });
            return (await response.json()) as unknown;
          }),
        );
        return Response.json(Array.isArray(parsed) ? answers : answers[0]);
      },
    },
  });
}

/** Every block from the vault's creation to the head. */
async function allBlocks(): Promise<readonly BlockRef[]> {
  const head = await fetchHead(rpc);
  const length = Number(head.number - created) + 1;
  return fetchHeaders(rpc, { blocks: Array.from({ length }, (_, index) => created + BigInt(index)) });
}

const wantedOf = (blocks: readonly BlockRef[]) => blocks.map((block) => ({ block, isStartWanted: true }));

async function nodeSays(fn: "totalAssets" | "totalSupply", block: BlockRef, clockOf?: BlockRef) {
  const data = fn === "totalAssets" ? "0x01e1d114" : "0x18160ddd";
  const override =
    clockOf === undefined
      ? []
      : [
          {},
          {
            time: `0x${clockOf.timestampSeconds.toString(16)}`,
            number: `0x${clockOf.number.toString(16)}`,
          },
        ];
  const at = `0x${block.number.toString(16)}`;
  return BigInt(await world.chain.rpc<string>("eth_call", { to: vault.address, data }, at, ...override));
}

beforeAll(async () => {
  world = await World.deploy();
  rpc = createRpc({ chainId: 31_337, endpoints: [world.chain.anvil.url] });
  const strategy = await world.strategy({ rate: WAD / 10n });
  created = (await fetchHead(rpc)).number + 1n;
  vault = await world.vault(strategy);
  await world.open({ vault, manager: MANAGER, bond: usd(20_000), borrow: usd(100_000), weth: 50n * WAD });
  for (let day = 0; day < 3; day += 1) {
    await world.chain.advance(86_400);
    await world.deposit(vault, BOB, usd(1_000 + day));
  }
  await world.as(ALICE, vault, "withdraw", usd(77), ALICE, ALICE);
});

afterAll(() => world.chain.stop());

describe("fetchBlockTotals on a real chain", () => {
  it("gives both ends of every block: what is left at its end, and what its own clock made of its parent", async () => {
    const blocks = await allBlocks();
    const { totals, unavailable, isClockRefused } = await fetchBlockTotals(rpc, {
      vault: vault.address,
      wanted: wantedOf(blocks),
    });
    expect(unavailable).toEqual([]);
    expect(isClockRefused).toBe(false);
    expect(totals.map(({ block }) => block)).toEqual(blocks);
    let accrued = 0;
    for (const [index, read] of totals.entries()) {
      const before = blocks[index - 1];
      expect(read.totalAssets).toBe(await nodeSays("totalAssets", read.block));
      expect(read.totalSupplyShares).toBe(await nodeSays("totalSupply", read.block));
      if (before === undefined) continue;
      expect(read.parentHash).toBe(before.hash);
      expect(read.atStart).toEqual({
        totalAssets: await nodeSays("totalAssets", before, read.block),
        totalSupplyShares: await nodeSays("totalSupply", before, read.block),
      });
      if ((read.atStart?.totalAssets ?? 0n) > (totals[index - 1]?.totalAssets ?? 0n)) accrued += 1;
    }
    expect(accrued).toBeGreaterThan(2);
  });

  it("finds nothing at all before the vault was made", async () => {
    const [first] = await allBlocks();
    if (first === undefined) throw new Error("the chain has blocks");
    const { totals } = await fetchBlockTotals(rpc, { vault: vault.address, wanted: wantedOf([first]) });
    expect(totals[0]?.atStart).toEqual({ totalAssets: 0n, totalSupplyShares: 0n });
  });

  it("gives no start where the endpoint ignores or refuses another block's clock, and says so", async () => {
    const blocks = await allBlocks();
    const ignoring = endpointThat((body) => ({ ...body, params: body.params.slice(0, 3) }));
    const refusing = endpointThat((body) => (body.params.length > 3 ? "refused" : body));
    for (const endpoint of [ignoring, refusing]) {
      const read = await fetchBlockTotals(endpoint, { vault: vault.address, wanted: wantedOf(blocks) });
      expect(read.isClockRefused).toBe(true);
      expect(read.totals).toHaveLength(blocks.length);
      expect(read.totals.every(({ atStart }) => atStart === undefined)).toBe(true);
      const requests = endpoint.status().requests;
      await fetchBlockTotals(endpoint, { vault: vault.address, wanted: wantedOf(blocks) });
      // The endpoint is not asked about its clock again: one request for the ends alone.
      expect(endpoint.status().requests - requests).toBe(1);
    }
  });

  it("believes no start that came under another time than it asked for", async () => {
    const blocks = await allBlocks();
    // Obeys when it is asked about its clock, and not when it matters: a pool of unlike nodes behind one address.
    const fickle = endpointThat((body) => {
      const { data = "" } = (body.params[0] ?? {}) as { readonly data?: string };
      return data.length > 100 ? { ...body, params: body.params.slice(0, 3) } : body;
    });
    const read = await fetchBlockTotals(fickle, { vault: vault.address, wanted: wantedOf(blocks) });
    expect(read.isClockRefused).toBe(false);
    for (const [index, { block, atStart }] of read.totals.entries()) {
      const before = blocks[index - 1];
      if (before !== undefined && before.timestampSeconds !== block.timestampSeconds) {
        expect(atStart).toBeUndefined();
      }
    }
    expect(read.totals.filter(({ atStart }) => atStart === undefined).length).toBeGreaterThan(2);
  });

  it("reads the ends by the vault's views where the endpoint runs no code of the caller's", async () => {
    const blocks = await allBlocks();
    const endpoint = endpointThat((body) => {
      const [call] = body.params;
      return body.method === "eth_call" && !Object.hasOwn(call as object, "to") ? "refused" : body;
    });
    const read = await fetchBlockTotals(endpoint, { vault: vault.address, wanted: wantedOf(blocks) });
    const whole = await fetchBlockTotals(rpc, { vault: vault.address, wanted: wantedOf(blocks) });
    const ends = ({ block, totalAssets, totalSupplyShares }: BlockTotalsRead) => ({
      block,
      totalAssets,
      totalSupplyShares,
    });
    expect(read.totals.map(ends)).toEqual(whole.totals.map(ends));
    expect(read.isClockRefused).toBe(true);
  });

  it("lists what the endpoint no longer keeps, and a start whose parent is gone is unknown", async () => {
    const blocks = await allBlocks();
    const oldest = blocks[4];
    if (oldest === undefined) throw new Error("the chain has more blocks");
    const gone = new Set(blocks.filter(({ number }) => number < oldest.number).map(({ hash }) => hash));
    const endpoint = endpointThat((body) => {
      const pin = body.params[1] as { readonly blockHash?: `0x${string}` } | undefined;
      return body.method === "eth_call" && gone.has(pin?.blockHash ?? "0x") ? "refused" : body;
    });
    const read = await fetchBlockTotals(endpoint, { vault: vault.address, wanted: wantedOf(blocks) });
    expect(read.unavailable).toEqual(
      blocks.map(({ number }) => number).filter((number) => number < oldest.number),
    );
    expect(read.totals[0]?.block).toEqual(oldest);
    expect(read.totals[0]?.atStart).toBeUndefined();
    expect(read.totals[1]?.atStart).toBeDefined();
  });

  it("asks another endpoint for what the first one does not keep, and for the clock that it refuses", async () => {
    const blocks = await allBlocks();
    const old = new Set(blocks.slice(0, -2).map(({ hash }) => hash));
    const pruned = (body: Body) => {
      const pin = body.params[1] as { readonly blockHash?: `0x${string}` } | undefined;
      return body.method === "eth_call" && old.has(pin?.blockHash ?? "0x") ? "refused" : body;
    };
    const clockless = (body: Body) => (body.params.length > 3 ? "refused" : pruned(body));
    const both = endpointThat(clockless, (body) => body);
    const whole = await fetchBlockTotals(rpc, { vault: vault.address, wanted: wantedOf(blocks) });
    const read = await fetchBlockTotals(both, { vault: vault.address, wanted: wantedOf(blocks) });
    expect(read).toEqual(whole);
    expect(read.isClockRefused).toBe(false);
    const neither = endpointThat(clockless, pruned);
    const least = await fetchBlockTotals(neither, { vault: vault.address, wanted: wantedOf(blocks) });
    expect(least.totals.map(({ block }) => block)).toEqual(blocks.slice(-2));
    expect(least.totals.map(({ atStart }) => atStart === undefined)).toEqual([true, false]);
  });
});
