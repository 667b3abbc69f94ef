import * as z from "zod/mini";
import type { UnknownReason } from "@/domain/model";

/** The pieces that the schemas of the JSON documents share. The committed JSON schemas are made from them. */

const REASONS: Readonly<Record<UnknownReason, true>> = {
  "no-debt": true,
  "no-supply": true,
  "no-assets": true,
  "no-price": true,
  "value-unreadable": true,
  "quote-unreadable": true,
  "snapshot-incomplete": true,
  "history-partial": true,
  "blocks-differ": true,
  "archive-unavailable": true,
  "clock-refused": true,
  "not-published": true,
  "parameters-implausible": true,
  "no-bond": true,
  "nothing-lent": true,
  "nothing-supplied": true,
};

/** Why a figure is null. */
export const reasonShape = z.enum(Object.keys(REASONS) as UnknownReason[]);

/** An amount of base units or of shares that cannot be negative. */
export const amountShape = z.string().check(z.regex(/^(0|[1-9]\d*)$/));

/** An amount that may be negative. */
export const signedShape = z.string().check(z.regex(/^(0|-?[1-9]\d*)$/));

/** A lower-case address. */
export const addressShape = z.string().check(z.regex(/^0x[0-9a-f]{40}$/));

/** A lower-case block or transaction hash. */
export const hashShape = z.string().check(z.regex(/^0x[0-9a-f]{64}$/));

/** A block number, a log index, a time in Unix seconds. */
export const countShape = z.int().check(z.nonnegative());

/** `assets` for `shares`, virtual ones included. */
export const priceShape = z.strictObject({ assets: amountShape, shares: amountShape });

export const blockShape = z.strictObject({ number: countShape, hash: hashShape, timestamp: countShape });

export const assetShape = z.strictObject({
  address: addressShape,
  symbol: z.string(),
  decimals: countShape,
});

type MaybeShape<Name extends string, Shape extends z.core.$ZodType> = Record<Name, z.ZodMiniNullable<Shape>> &
  Record<`${Name}Unknown`, z.ZodMiniOptional<typeof reasonShape>>;

/** The two fields of a figure that may be unknown. */
export function maybe<Name extends string, Shape extends z.core.$ZodType>(
  name: Name,
  shape: Shape,
): MaybeShape<Name, Shape> {
  const fields = { [name]: z.nullable(shape), [`${name}Unknown`]: z.optional(reasonShape) };
  // A computed name is a plain string to the compiler, so the shape is stated here, once.
  return fields as MaybeShape<Name, Shape>;
}
