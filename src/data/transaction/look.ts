import type { Hex } from "@/domain/model";
import { carriesRequest, findByPlace, isCancellation } from "./find-transaction";
import type { Receipt, SentTransaction } from "./machine";
import type { ChainPort } from "./ports";

/** What one look at the chain says of a transaction that has left. */
export type Look =
  | { readonly kind: "included"; readonly receipt: Receipt; readonly nonce: bigint | undefined }
  | { readonly kind: "in-mempool"; readonly nonce: bigint }
  | { readonly kind: "not-seen" }
  | { readonly kind: "sped-up"; readonly hash: Hex }
  | { readonly kind: "cancelled"; readonly hash: Hex }
  | { readonly kind: "replaced"; readonly hash: Hex }
  /** The chain holds this hash with other contents than were shown. */
  | { readonly kind: "not-what-was-shown"; readonly hash: Hex };

/** How many places after the expected one are searched while the transaction itself was never seen. */
const SEARCHED_PLACES = 8n;

interface LookArgs {
  readonly chain: ChainPort;
  readonly sent: SentTransaction;
  /** The account's transaction count and the block when the wallet was asked. */
  readonly asked: { readonly nonce: bigint; readonly blockNumber: bigint };
}

/**
 * One look for a transaction: its receipt, then itself, then whoever took its place in the sender's order. The
 * contents are compared each time, since a wallet or a node may answer with something else than was asked for.
 */
export async function lookFor({ chain, sent, asked }: LookArgs): Promise<Look> {
  const { hash, request } = sent;
  const [receipt, found] = await Promise.all([chain.receipt(hash), chain.transaction(hash)]);
  // An endpoint may have dropped old transactions from its index and still hold the block.
  const seen =
    found ?? (receipt && (await chain.transactionsIn(receipt.blockNumber)).find((one) => one.hash === hash));
  if (seen !== undefined && !carriesRequest(seen, request)) return { kind: "not-what-was-shown", hash };
  if (receipt !== undefined && seen !== undefined) return { kind: "included", receipt, nonce: seen.nonce };
  const nonce = seen?.nonce ?? sent.nonce;
  if (nonce !== undefined) {
    const taker = await findByPlace({ chain, sender: request.from, nonce, fromBlock: asked.blockNumber });
    if (taker !== undefined && taker.hash !== hash) {
      if (carriesRequest(taker, request)) return { kind: "sped-up", hash: taker.hash };
      return { kind: isCancellation(taker) ? "cancelled" : "replaced", hash: taker.hash };
    }
    return seen === undefined ? { kind: "not-seen" } : { kind: "in-mempool", nonce };
  }
  const twin = await findTwin({ chain, sent, asked });
  return twin === undefined ? { kind: "not-seen" } : { kind: "sped-up", hash: twin };
}

/** Another hash with the same contents, for a transaction that our endpoint never showed (a private relay). */
async function findTwin({ chain, sent, asked }: LookArgs): Promise<Hex | undefined> {
  const { request, hash } = sent;
  for (let nonce = asked.nonce; nonce < asked.nonce + SEARCHED_PLACES; nonce += 1n) {
    const one = await findByPlace({ chain, sender: request.from, nonce, fromBlock: asked.blockNumber });
    if (one === undefined || one.hash === hash) return undefined;
    if (carriesRequest(one, request)) return one.hash;
  }
  return undefined;
}

/**
 * For a signature request whose answer was lost with the page: the transaction that it became, if it was approved.
 */
export async function findUnanswered(
  args: Pick<LookArgs, "chain" | "asked"> & { readonly request: SentTransaction["request"] },
): Promise<SentTransaction | undefined> {
  const { chain, asked, request } = args;
  for (let nonce = asked.nonce; nonce < asked.nonce + SEARCHED_PLACES; nonce += 1n) {
    const one = await findByPlace({ chain, sender: request.from, nonce, fromBlock: asked.blockNumber });
    if (one === undefined) return undefined;
    if (carriesRequest(one, request)) return { request, hash: one.hash, nonce: one.nonce, replaced: [] };
  }
  return undefined;
}
