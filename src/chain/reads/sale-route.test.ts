// @vitest-environment node
import { toFunctionSelector } from "viem/utils";
import { describe, expect, it } from "vitest";
import type { Address, BlockRef, Hex } from "@/domain/model";
import { createFakeRpc } from "@/testing/fake-rpc";
import { addressWord, uintAt, uintWord } from "../bytes";
import { ChainError } from "../errors";
import { POOL_TOKEN_VIEWS, SHARE_VIEWS } from "../flux/sale-views";
import { POOL_VIEWS } from "../flux/views";
import { fetchSaleRoute } from "./sale-route";

const address = (digit: string): Address => `0x${digit.repeat(40)}`;
const BASE = address("1");
const WETH = address("2");
const SHARE = address("3");
const NESTED = address("4");
const POOL = address("a");
const BETTER_POOL = address("b");
const FOREIGN_POOL = address("c");
const block: BlockRef = { number: 5n, hash: `0x${"05".repeat(32)}`, timestampSeconds: 1_780_000_000n };

interface World {
  /** ERC-4626 shares: asset and what one unit redeems for. */
  readonly shares?: Readonly<Record<Address, { readonly asset: Address; readonly each: bigint }>>;
  /** Pools: the two tokens, and what one unit sold brings. */
  readonly pools?: Readonly<
    Record<Address, { readonly tokens: readonly [Address, Address]; readonly each: bigint }>
  >;
}

const number = (value: bigint): Hex => `0x${uintWord(value)}`;

function refuse(): never {
  throw new ChainError("reverted", { message: "no such function" });
}

function chainOf({ shares = {}, pools = {} }: World) {
  return createFakeRpc({
    methods: {
      eth_call: ([call]) => {
        const { to, data } = call as { to: Address; data: Hex };
        const selector = data.slice(0, 10);
        const args: Hex = `0x${data.slice(10)}`;
        const share = shares[to];
        const pool = pools[to];
        switch (selector) {
          case SHARE_VIEWS.asset[0]:
            return share === undefined ? refuse() : `0x${addressWord(share.asset)}`;
          case SHARE_VIEWS.previewRedeem[0]:
            return number((uintAt(args, 0) ?? 0n) * (share?.each ?? 0n));
          case POOL_TOKEN_VIEWS.token0[0]:
            return pool === undefined ? refuse() : `0x${addressWord(pool.tokens[0])}`;
          case POOL_TOKEN_VIEWS.token1[0]:
            return pool === undefined ? refuse() : `0x${addressWord(pool.tokens[1])}`;
          case POOL_VIEWS.quoteExactIn[0]:
            return number((uintAt(args, 1) ?? 0n) * (pool?.each ?? 0n));
          default:
            throw new Error(`unexpected call ${data}`);
        }
      },
    },
  });
}

describe("the views of a sale", () => {
  it("have the selectors of their signatures", () => {
    for (const [selector, signature] of [...Object.values(SHARE_VIEWS), ...Object.values(POOL_TOKEN_VIEWS)]) {
      expect(toFunctionSelector(`function ${signature}`)).toBe(selector);
    }
  });
});

describe("fetchSaleRoute", () => {
  it("sells each token to the pool that pays most for it in the base asset", async () => {
    const rpc = chainOf({
      pools: {
        [POOL]: { tokens: [WETH, BASE], each: 2_000n },
        [BETTER_POOL]: { tokens: [BASE, WETH], each: 2_100n },
        [FOREIGN_POOL]: { tokens: [WETH, NESTED], each: 9_999n },
      },
    });
    const route = await fetchSaleRoute(rpc, {
      base: BASE,
      holdings: [{ token: WETH, amount: 10n }],
      venues: [POOL, BETTER_POOL, FOREIGN_POOL],
      block,
    });
    expect(route).toEqual({
      sales: [{ venue: BETTER_POOL, tokenIn: WETH, amountIn: 10n, tokenOut: BASE, amountOut: 21_000n }],
      proceedsAssets: 21_000n,
      unsold: [],
    });
  });

  it("redeems shares first, also shares of shares, and sells what they bring together with the rest", async () => {
    const rpc = chainOf({
      shares: { [NESTED]: { asset: SHARE, each: 2n }, [SHARE]: { asset: WETH, each: 3n } },
      pools: { [POOL]: { tokens: [WETH, BASE], each: 10n } },
    });
    const route = await fetchSaleRoute(rpc, {
      base: BASE,
      holdings: [
        { token: NESTED, amount: 5n },
        { token: WETH, amount: 1n },
      ],
      venues: [POOL],
      block,
    });
    expect(route.sales.map(({ tokenIn, amountIn, amountOut }) => [tokenIn, amountIn, amountOut])).toEqual([
      [NESTED, 5n, 10n],
      [SHARE, 10n, 30n],
      [WETH, 31n, 310n],
    ]);
    expect(route.proceedsAssets).toBe(310n);
  });

  it("counts a share of the base asset without any pool", async () => {
    const rpc = chainOf({ shares: { [SHARE]: { asset: BASE, each: 7n } } });
    const route = await fetchSaleRoute(rpc, {
      base: BASE,
      holdings: [{ token: SHARE, amount: 3n }],
      venues: [],
      block,
    });
    expect(route.proceedsAssets).toBe(21n);
    expect(route.unsold).toEqual([]);
  });

  it("names what no venue takes instead of leaving it out", async () => {
    const rpc = chainOf({ pools: { [FOREIGN_POOL]: { tokens: [NESTED, BASE], each: 1n } } });
    const route = await fetchSaleRoute(rpc, {
      base: BASE,
      holdings: [{ token: WETH, amount: 4n }],
      venues: [FOREIGN_POOL, address("f")],
      block,
    });
    expect(route).toEqual({ sales: [], proceedsAssets: 0n, unsold: [{ token: WETH, amount: 4n }] });
  });

  it("asks nothing about holdings that are empty", async () => {
    const rpc = chainOf({});
    const route = await fetchSaleRoute(rpc, {
      base: BASE,
      holdings: [{ token: WETH, amount: 0n }],
      venues: [],
      block,
    });
    expect(route).toEqual({ sales: [], proceedsAssets: 0n, unsold: [] });
    expect(rpc.exchanges).toHaveLength(0);
  });
});
