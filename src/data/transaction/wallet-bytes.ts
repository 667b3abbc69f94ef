import { quantityOf, smallQuantityOf, toQuantity } from "@/chain/quantity";
import type { Address, Hex } from "@/domain/model";
import type { SigningRequest } from "./intent";

/**
 * The parameter of `eth_sendTransaction`. The chain id goes along, so that a wallet which moved to another chain in
 * the last instant refuses by itself. Gas and fees are left to the wallet, which shows and owns them.
 */
export interface WalletTransaction {
  readonly chainId: Hex;
  readonly from: Address;
  readonly to: Address;
  readonly data: Hex;
  readonly value: Hex;
}

/** What is handed to the wallet for a request. */
export function walletTransactionOf(request: SigningRequest): WalletTransaction {
  return {
    chainId: toQuantity(request.chainId),
    from: request.from,
    to: request.to,
    data: request.data,
    value: toQuantity(request.value),
  };
}

/** Reads the request back from what is about to be handed to the wallet; undefined when it cannot be read. */
export function requestInside(transaction: WalletTransaction): SigningRequest | undefined {
  const chainId = smallQuantityOf(transaction.chainId);
  const value = quantityOf(transaction.value);
  if (chainId === undefined || value === undefined) return undefined;
  return { chainId, from: transaction.from, to: transaction.to, data: transaction.data, value };
}
