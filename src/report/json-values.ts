import type { BlockRef, Figure, SharePrice, UnknownReason } from "@/domain/model";
import { toSafeInteger } from "@/shared/format";

/**
 * How values stand in the JSON documents: amounts as decimal strings of base units, since JSON's numbers cannot hold
 * them; block numbers, log indexes and times as numbers; what is unknown as null beside its reason.
 */

/** A field that may be unknown: `{ value: "12" }`, or `{ value: null, valueUnknown: "history-partial" }`. */
export type MaybeField<Name extends string, Value> = { readonly [K in Name]: Value | null } & {
  readonly [K in `${Name}Unknown`]?: UnknownReason;
};

/** An exact share price: `assets` for `shares`, virtual ones included. */
export interface PriceJson {
  readonly assets: string;
  readonly shares: string;
}

/** A block as the documents name it. */
export interface BlockJson {
  readonly number: number;
  readonly hash: string;
  readonly timestamp: number;
}

/** A figure of any kind as a field; an unknown one is null with the reason in `<name>Unknown`. */
export function maybeField<Name extends string, T, Value>(
  name: Name,
  { figure, show }: { readonly figure: Figure<T>; readonly show: (value: T) => Value },
): MaybeField<Name, Value> {
  const field =
    figure.kind === "known"
      ? { [name]: show(figure.value) }
      : { [name]: null, [`${name}Unknown`]: figure.reason };
  // A computed name is a plain string to the compiler, so the shape is stated here, once.
  return field as MaybeField<Name, Value>;
}

/** An amount in base units (or a count of shares) as a field; negative amounts carry a minus. */
export function amountField<Name extends string>(name: Name, figure: Figure): MaybeField<Name, string> {
  return maybeField(name, { figure, show: amountJson });
}

/** A share price as a field: the exact pair, never a quotient. */
export function priceField<Name extends string>(
  name: Name,
  figure: Figure<SharePrice>,
): MaybeField<Name, PriceJson> {
  return maybeField(name, { figure, show: priceJson });
}

/** Base units as a decimal string. */
export function amountJson(value: bigint): string {
  return value.toString();
}

/** A share price as an exact pair of decimal strings. */
export function priceJson({ assets, shares }: SharePrice): PriceJson {
  return { assets: amountJson(assets), shares: amountJson(shares) };
}

/** A block number or a time as a number. @throws InvariantError beyond what a number holds exactly. */
export function numberJson(value: bigint): number {
  return toSafeInteger(value);
}

/** A block with its hash and its time in Unix seconds. */
export function blockJson({ number, hash, timestampSeconds }: BlockRef): BlockJson {
  return { number: numberJson(number), hash, timestamp: numberJson(timestampSeconds) };
}
