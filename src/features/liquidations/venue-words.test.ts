// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { VenueAnswer } from "@/data/operator/use-venue";
import { addressFrom, stateOf } from "@/testing/vault-builders";
import { venueWordsOf } from "./venue-words";

const { asset: base, chainId } = stateOf();
const WETH = addressFrom(50);
const NAMELESS = addressFrom(51);

const said = (answer: VenueAnswer) =>
  venueWordsOf(answer, {
    venue: addressFrom(60),
    chainId,
    base,
    toSell: [WETH],
    words: new Map([[WETH, { address: WETH, symbol: "WETH", decimals: 18 }]]),
  });

describe("venueWordsOf", () => {
  it("names the field, the address and the chain where there is no contract", () => {
    expect(said({ kind: "no-contract" })).toEqual({
      kind: "problem",
      text: "Another exchange: there is no contract at 0x000000…10003c on chain 31337.",
    });
  });

  it("names the tokens of which a contract is no pool", () => {
    expect(said({ kind: "not-a-pool" }).text).toBe(
      "Another exchange: the contract at 0x000000…10003c does not answer as a constant-product pool of WETH and USDC.",
    );
  });

  it("says what a pool of other tokens trades, by address where a token has no name", () => {
    const { kind, text } = said({ kind: "other-tokens", tokens: [NAMELESS, base.address] });
    expect(kind).toBe("problem");
    expect(text).toContain("0x000000…100033 and USDC");
    expect(text).toContain("does not trade WETH against USDC");
  });

  it("notes that a pool takes part", () => {
    expect(said({ kind: "pool", token: WETH })).toMatchObject({ kind: "note" });
    expect(said({ kind: "pays-nothing", token: WETH })).toMatchObject({ kind: "problem" });
  });
});
