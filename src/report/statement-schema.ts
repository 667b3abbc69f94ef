import * as z from "zod/mini";
import {
  addressShape,
  amountShape,
  assetShape,
  blockShape,
  countShape,
  hashShape,
  maybe,
  priceShape,
  signedShape,
} from "./json-shapes";

/** Name and version of the statement's layout. */
export const STATEMENT_SCHEMA = "plimsoll-statement/1";

/** One LP's life in a vault as sums: the same fields in a statement and in the list of a whole report. */
export const lpTotalsShape = {
  ...maybe("shares", amountShape),
  ...maybe("value", amountShape),
  ...maybe("deposited", amountShape),
  ...maybe("withdrawn", amountShape),
  ...maybe("transferredIn", amountShape),
  ...maybe("transferredOut", amountShape),
  ...maybe("transferredInShares", amountShape),
  ...maybe("transferredOutShares", amountShape),
  ...maybe("interest", signedShape),
  ...maybe("losses", signedShape),
  ...maybe("recoveries", amountShape),
  ...maybe("rounding", signedShape),
  ...maybe("residual", signedShape),
  ...maybe("avoided", amountShape),
  ...maybe("inherited", amountShape),
} as const;

const lineShape = z.strictObject({
  kind: z.enum(["deposit", "withdrawal", "transfer-in", "transfer-out", "loss", "fall", "recovery"]),
  block: countShape,
  blockHash: hashShape,
  /** null for a fall of the share price that no log explains. */
  logIndex: z.nullable(countShape),
  transaction: z.nullable(hashShape),
  timestamp: countShape,
  counterparty: z.nullable(addressShape),
  sharesChange: signedShape,
  ...maybe("sharesAfter", amountShape),
  ...maybe("amount", signedShape),
  ...maybe("interest", signedShape),
  ...maybe("rounding", signedShape),
  ...maybe("sharePriceBefore", priceShape),
  ...maybe("sharePriceAfter", priceShape),
  ...maybeAbsent("avoided"),
  ...maybeAbsent("inherited"),
});

/** A figure that only some kinds of lines have: absent elsewhere. */
function maybeAbsent<Name extends string>(name: Name) {
  const fields = maybe(name, amountShape);
  const value = z.optional(z.nullable(amountShape));
  return { ...fields, [name]: value } as Record<Name, typeof value> &
    Omit<ReturnType<typeof maybe<Name, typeof amountShape>>, Name>;
}

export const statementSchema = z.strictObject({
  schema: z.literal(STATEMENT_SCHEMA),
  chainId: countShape,
  vault: addressShape,
  block: blockShape,
  asset: assetShape,
  shareDecimals: countShape,
  history: z.strictObject({ fromBlock: countShape, toBlock: countShape, complete: z.boolean() }),
  address: addressShape,
  totals: z.strictObject(lpTotalsShape),
  identity: z.strictObject({
    ...maybe("explained", signedShape),
    ...maybe("rounding", signedShape),
    ...maybe("value", amountShape),
    ...maybe("residual", signedShape),
    closes: z.nullable(z.boolean()),
  }),
  lines: z.array(lineShape),
  /** With the lines' own interest it is the whole interest. */
  ...maybe("interestAfterLastLine", signedShape),
});

/** A statement as JSON, as it is written, signed and checked. */
export type StatementJson = z.infer<typeof statementSchema>;

/** What became of a file that should be a statement. */
export type StatementResult =
  | { readonly ok: true; readonly statement: StatementJson }
  | { readonly ok: false; readonly issues: readonly { readonly field: string; readonly message: string }[] };

/** Reads JSON from anybody as a statement; strict, so that nothing that was signed goes unread. */
export function parseStatementJson(json: unknown): StatementResult {
  const result = statementSchema.safeParse(json);
  if (result.success) return { ok: true, statement: result.data };
  const issues = result.error.issues.map(({ path, message }) => ({
    field: path.length === 0 ? "(top level)" : path.map(String).join("."),
    message,
  }));
  return { ok: false, issues };
}
