import type { Address, Hex } from "@/domain/model";

/** A transaction as data: what is simulated, shown and signed is this very object. */
export interface CallRequest {
  readonly to: Address;
  readonly data: Hex;
  /** Wei sent along. */
  readonly value: bigint;
}
