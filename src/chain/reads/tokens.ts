import type { Address, BlockRef } from "@/domain/model";
import { encodeView, TOKEN_VIEWS } from "../flux/views";
import type { Rpc } from "../rpc/rpc";
import { climb } from "./ladder";
import { type Answer, createRound, viewReader } from "./view-reader";
import { smallOf, textOf } from "./view-values";

/** What a token says of itself; undefined where it does not say, or says nothing plausible. */
export interface TokenWords {
  readonly address: Address;
  /** As the contract gives it: made harmless where it is shown. */
  readonly symbol: string | undefined;
  readonly decimals: number | undefined;
}

export interface TokensRequest {
  readonly tokens: readonly Address[];
  readonly block: BlockRef;
  readonly signal?: AbortSignal | undefined;
}

/** Decimals beyond this are refused by every place that formats an amount. */
const MOST_DECIMALS = 77;

/** Symbol and decimals of tokens at one block, in the order asked, by their plain views. */
export async function fetchTokens(
  rpc: Rpc,
  { tokens, block, signal }: TokensRequest,
): Promise<readonly TokenWords[]> {
  if (tokens.length === 0) return [];
  const { value } = await climb(rpc, {
    block,
    signal,
    read: async (rung) => {
      const read = await viewReader(rpc, { rung: rung === "lens" ? "batch" : rung, block, signal });
      const round = createRound();
      const asked = tokens.map((address) => ({
        address,
        symbol: round.add({ to: address, data: encodeView(TOKEN_VIEWS.symbol) }),
        decimals: round.add({ to: address, data: encodeView(TOKEN_VIEWS.decimals) }),
      }));
      await round.run(read);
      return asked.map(
        ({ address, symbol, decimals }): TokenWords => ({
          address,
          symbol: textOf(valueOf(symbol)),
          decimals: plausible(smallOf(valueOf(decimals))),
        }),
      );
    },
  });
  return value;
}

function valueOf(answer: Answer): `0x${string}` | undefined {
  const reading = answer();
  return reading.read ? reading.value : undefined;
}

function plausible(decimals: number | undefined): number | undefined {
  return decimals === undefined || decimals > MOST_DECIMALS ? undefined : decimals;
}
