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

type PlainMoney = Omit<MoneyFormat, "toward">;

/**
 * What somebody owes, loses, is asked for or has paid to settle a debt: rounded away from zero, so that a debt never
 * looks smaller than it is, and a payment of the whole debt reads as the debt does.
 */
export function formatOwed(money: PlainMoney): string {
  return formatMoney({ ...money, toward: money.value < 0n ? "down" : "up" });
}

/**
 * What somebody has, gets, or what something is worth: rounded towards zero, so that it never looks like more than it
 * is. A negative one is a loss, and is not made smaller.
 */
export function formatHeld(money: PlainMoney): string {
  return formatMoney({ ...money, toward: money.value < 0n ? "up" : "down" });
}
