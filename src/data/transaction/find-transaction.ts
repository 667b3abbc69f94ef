import type { Address } from "@/domain/model";
import type { SigningRequest } from "./intent";
import type { ChainPort, ChainTransaction } from "./ports";

/** Whether a transaction found on the chain is the one that was shown, whatever its hash and fees. */
export function carriesRequest(transaction: ChainTransaction, request: SigningRequest): boolean {
  return (
    transaction.from === request.from &&
    transaction.to === request.to &&
    transaction.data === request.data &&
    transaction.value === request.value &&
    (transaction.chainId === undefined || transaction.chainId === request.chainId)
  );
}

/** Whether a transaction does nothing but use up its place: what wallets send to cancel. */
export function isCancellation(transaction: ChainTransaction): boolean {
  return transaction.to === transaction.from && transaction.value === 0n && transaction.data === "0x";
}

interface Place {
  readonly chain: ChainPort;
  readonly sender: Address;
  readonly nonce: bigint;
  /** A block at whose end the place was still free. */
  readonly fromBlock: bigint;
}

/**
 * The included transaction that took the sender's place `nonce`, or undefined while the place is free or its block
 * cannot be read. Halves the block range on the account's transaction count and reads one block in full, because no
 * method that every endpoint serves looks a transaction up by sender and nonce.
 */
export async function findByPlace({
  chain,
  sender,
  nonce,
  fromBlock,
}: Place): Promise<ChainTransaction | undefined> {
  const head = await chain.head();
  if ((await chain.transactionCount(sender, head.number)) <= nonce) return undefined;
  let free = fromBlock < head.number ? fromBlock : head.number - 1n;
  let taken = head.number;
  while (taken - free > 1n) {
    const middle = free + (taken - free) / 2n;
    if ((await chain.transactionCount(sender, middle)) > nonce) taken = middle;
    else free = middle;
  }
  const candidates = await chain.transactionsIn(taken);
  return candidates.find((one) => one.from === sender && one.nonce === nonce);
}
