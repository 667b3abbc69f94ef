import type { Address, Hex } from "@/domain/model";

/** One position in a wrapper. */
export interface PositionHolding {
  readonly positionId: Hex;
  /** In units of the underlying asset; undefined where the wrapper does not say. */
  readonly balance: bigint | undefined;
  readonly valueUsdWad: bigint | undefined;
}

/** What a manager holds in one wrapper. */
export interface WrapperHolding {
  readonly wrapper: Address;
  readonly underlying: Address | undefined;
  /** Undefined where the vault does not list them. */
  readonly positions: readonly PositionHolding[] | undefined;
}

/** What a manager's position is made of. Parts that could not be valued are undefined. */
export interface ManagerComposition {
  readonly manager: Address;
  readonly bondValueUsdWad: bigint | undefined;
  readonly workingCapitalValueUsdWad: bigint | undefined;
  /** Undefined where the vault does not list them. */
  readonly wrappers: readonly WrapperHolding[] | undefined;
}
