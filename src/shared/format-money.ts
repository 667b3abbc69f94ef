import { formatAmount, type Toward } from "./format";

/** Assets with more decimals than this are worth more a piece, so two digits would hide too much. */
const CENT_DECIMALS = 8;

export interface MoneyFormat {
  /** The amount in the token's own units. */
  readonly value: bigint;
  readonly decimals: number;
  readonly toward?: Toward;
  readonly symbol?: string;
}

/**
 * An amount for a column: always the same number of digits after the point, so that points stand under each other.
 * Two digits, four for assets such as ether, none for an asset without decimals.
 */
export function formatMoney(input: MoneyFormat): string {
  const digits = Math.min(input.decimals, input.decimals > CENT_DECIMALS ? 4 : 2);
  return formatAmount({ ...input, minimumFractionDigits: digits, maximumFractionDigits: digits });
}
