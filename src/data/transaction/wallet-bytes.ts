import { quantityOf, smallQuantityOf, toQuantity } from "@/chain/quantity";
import type { Address, Hex } from "@/domain/model";
import { gasLimitOf, type SigningRequest, type Simulation } from "./intent";

/**
 * The parameter of `eth_sendTransaction`. The chain id goes along, so that a wallet which moved to another chain in
 * the last instant refuses by itself. The gas limit goes along where the simulation gave an estimate: a wallet that
 * takes the bare estimate sends calls that run dry as soon as the contracts' work grows by a little before inclusion.
 * Fees are left to the wallet, which shows and owns them.
 */
export interface WalletTransaction {
  readonly chainId: Hex;
  readonly from: Address;
  readonly to: Address;
  readonly data: Hex;
  readonly value: Hex;
  readonly gas?: Hex;
}

/** What is handed to the wallet for a request and its newest simulation. */
export function walletTransactionOf(request: SigningRequest, simulation: Simulation): WalletTransaction {
  const gasLimit = gasLimitOf(simulation);
  return {
    chainId: toQuantity(request.chainId),
    from: request.from,
    to: request.to,
    data: request.data,
    value: toQuantity(request.value),
    ...(gasLimit === undefined ? {} : { gas: toQuantity(gasLimit) }),
  };
}

/** Reads the request back from what is about to be handed to the wallet; undefined when it cannot be read. */
export function requestInside(transaction: WalletTransaction): SigningRequest | undefined {
  const chainId = smallQuantityOf(transaction.chainId);
  const value = quantityOf(transaction.value);
  if (chainId === undefined || value === undefined) return undefined;
  return { chainId, from: transaction.from, to: transaction.to, data: transaction.data, value };
}
