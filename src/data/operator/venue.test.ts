// @vitest-environment node
import { describe, expect, it } from "vitest";
import { addressWord, uintWord } from "@/chain/bytes";
import { ChainError } from "@/chain/errors";
import { POOL_TOKEN_VIEWS } from "@/chain/flux/sale-views";
import { POOL_VIEWS } from "@/chain/flux/views";
import type { Address, BlockRef, Hex } from "@/domain/model";
import { createFakeRpc } from "@/testing/fake-rpc";
import { fetchVenue } from "./venue";

const address = (digit: string): Address => `0x${digit.repeat(40)}`;
const BASE = address("1");
const WETH = address("2");
const OTHER = address("3");
const VENUE = address("a");
const block: BlockRef = { number: 5n, hash: `0x${"05".repeat(32)}`, timestampSeconds: 1_780_000_000n };

interface Contract {
  readonly tokens?: readonly [Address, Address];
  /** What `quoteExactIn` answers; undefined: the contract has no such function. */
  readonly quote?: bigint;
}

function chainWith(contract: Contract | undefined) {
  const refuse = (): never => {
    throw new ChainError("reverted", { message: "no such function" });
  };
  return createFakeRpc({
    methods: {
      eth_getCode: () => (contract === undefined ? "0x" : "0x60"),
      eth_call: ([call]) => {
        const { data } = call as { data: Hex };
        const { tokens, quote } = contract ?? {};
        switch (data.slice(0, 10)) {
          case POOL_TOKEN_VIEWS.token0[0]:
            return tokens === undefined ? refuse() : `0x${addressWord(tokens[0])}`;
          case POOL_TOKEN_VIEWS.token1[0]:
            return tokens === undefined ? refuse() : `0x${addressWord(tokens[1])}`;
          case POOL_VIEWS.quoteExactIn[0]:
            return quote === undefined ? refuse() : `0x${uintWord(quote)}`;
          default:
            return refuse();
        }
      },
    },
  });
}

const asked = (contract: Contract | undefined) =>
  fetchVenue(chainWith(contract), {
    venue: VENUE,
    base: BASE,
    toSell: [{ token: WETH, amount: 40n }],
    block,
  });

describe("fetchVenue", () => {
  it("knows a pool of the base asset and a token that is to be sold", async () => {
    expect(await asked({ tokens: [WETH, BASE], quote: 7n })).toEqual({ kind: "pool", token: WETH });
    expect(await asked({ tokens: [BASE, WETH], quote: 7n })).toEqual({ kind: "pool", token: WETH });
  });

  it("says that an account without code is no contract", async () => {
    expect(await asked(undefined)).toEqual({ kind: "no-contract" });
  });

  it("says that a contract without a pool's functions is not a pool, also when only the quote is missing", async () => {
    expect(await asked({})).toEqual({ kind: "not-a-pool" });
    expect(await asked({ tokens: [WETH, BASE] })).toEqual({ kind: "not-a-pool" });
  });

  it("names the tokens of a pool that takes none of what is to be sold", async () => {
    expect(await asked({ tokens: [OTHER, BASE], quote: 7n })).toEqual({
      kind: "other-tokens",
      tokens: [OTHER, BASE],
    });
    expect(await asked({ tokens: [WETH, OTHER], quote: 7n })).toMatchObject({ kind: "other-tokens" });
  });

  it("says when a pool would pay nothing", async () => {
    expect(await asked({ tokens: [WETH, BASE], quote: 0n })).toEqual({ kind: "pays-nothing", token: WETH });
  });
});
