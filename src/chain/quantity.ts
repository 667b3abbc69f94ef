import type { Hex } from "@/domain/model";

const QUANTITY = /^0x[0-9a-fA-F]{1,64}$/;

/** JSON-RPC's hex form of a block number, a chain id or a value: no leading zeros. */
export function toQuantity(value: bigint | number): Hex {
  return `0x${value.toString(16)}`;
}

/** Reads JSON-RPC's hex form; anything else, also a JSON number, is undefined. */
export function quantityOf(value: unknown): bigint | undefined {
  return typeof value === "string" && QUANTITY.test(value) ? BigInt(value) : undefined;
}

/** A quantity that must fit a JavaScript integer: log index, chain id, decimals. */
export function smallQuantityOf(value: unknown): number | undefined {
  const quantity = quantityOf(value);
  if (quantity === undefined || quantity > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  return Number.parseInt(quantity.toString(), 10);
}
