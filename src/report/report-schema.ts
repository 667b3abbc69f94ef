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
import { lpTotalsShape } from "./statement-schema";

/** Name and version of the report's layout. */
export const REPORT_SCHEMA = "plimsoll-report/1";

/** What a figure of the report may be missing, so that a reader's program can refuse it. */
export const WARNING_CODES = [
  "history-partial",
  "snapshot-incomplete",
  "clock-refused",
  "falls-not-searched",
  "blocks-unavailable",
  "shortfalls-unavailable",
  "lp-loss-estimated",
  "lp-loss-shared",
  "residual",
  "losses-not-published",
  "conversion-assumed",
  "conversion-not-standard",
] as const;

export type WarningCode = (typeof WARNING_CODES)[number];

/** Whose line it is: an LP, an address that nobody can sign for, or the virtual shares that belong to nobody. */
const holderFields = {
  /** null for the virtual shares. */
  lp: z.nullable(addressShape),
  label: z.enum(["lp", "dead", "virtual"]),
  shares: amountShape,
};

const lossShareShape = z.strictObject({ ...holderFields, loss: signedShape });
const recoveryShareShape = z.strictObject({ ...holderFields, amount: amountShape });

const lossShape = z.strictObject({
  block: countShape,
  /** null for a fall that stands at no log: it counts before the first log of its block. */
  logIndex: z.nullable(countShape),
  transaction: z.nullable(hashShape),
  blockHash: hashShape,
  timestamp: countShape,
  kind: z.enum(["event", "derived", "unexplained"]),
  manager: z.nullable(addressShape),
  liquidator: z.nullable(addressShape),
  ...maybe("trueDebt", amountShape),
  ...maybe("positionValue", amountShape),
  ...maybe("payment", amountShape),
  ...maybe("badDebt", amountShape),
  ...maybe("unpaidInterest", amountShape),
  ...maybe("lpLoss", signedShape),
  /** Only where several losses of one block share one fall: among how many it was split, by bad debt. */
  lpLossSharedBy: z.nullable(countShape),
  ...maybe("totalAssetsBefore", amountShape),
  ...maybe("totalSupply", amountShape),
  ...maybe("sharePriceBefore", priceShape),
  ...maybe("sharePriceAfter", priceShape),
  reconciliation: z.strictObject({
    status: z.enum(["agrees", "differs", "unknown"]),
    by: z.nullable(signedShape),
    reason: z.nullable(z.enum(["fees", "rounding"])),
  }),
  /** Only for an unexplained fall: the last block at which the price stood higher. */
  fromBlock: z.nullable(countShape),
  ...maybe("shares", z.array(lossShareShape)),
});

const recoveryShape = z.strictObject({
  block: countShape,
  logIndex: countShape,
  transaction: hashShape,
  blockHash: hashShape,
  timestamp: countShape,
  from: addressShape,
  amount: amountShape,
  totalAssetsBefore: amountShape,
  totalSupply: amountShape,
  sharePriceBefore: priceShape,
  sharePriceAfter: priceShape,
  ...maybe("shares", z.array(recoveryShareShape)),
});

const lpShape = z.strictObject({
  address: addressShape,
  label: z.enum(["lp", "dead"]),
  isContract: z.boolean(),
  ...lpTotalsShape,
});

const totalsShape = z.strictObject({
  totalAssets: amountShape,
  totalSupply: amountShape,
  sharePrice: priceShape,
  ...maybe("badDebt", amountShape),
  ...maybe("lpLoss", signedShape),
  ...maybe("recordedLpLoss", signedShape),
  ...maybe("unexplainedLoss", amountShape),
  ...maybe("recovered", amountShape),
  ...maybe("netLoss", signedShape),
  ...maybe("unrealisedShortfall", amountShape),
  ...maybe("unrealisedLpLoss", amountShape),
  ...maybe("lent", amountShape),
  ...maybe("supplied", amountShape),
});

/** What was moved to or from the other LPs by one kind of action while a shortfall was open; no names. */
const shiftShape = z.strictObject({
  ...maybe("amount", amountShape),
  ...maybe("actions", countShape),
  ...maybe("addresses", countShape),
  /** Actions before which the open shortfall could not be read. */
  ...maybe("unknownActions", countShape),
});

/** Ratios with 18 decimals: 10^18 is 100 %. */
const ratiosShape = z.strictObject({
  ...maybe("badDebtStock", amountShape),
  ...maybe("realisedLoss", amountShape),
  ...maybe("realisedLpLoss", signedShape),
  ...maybe("lossRateOnLending", amountShape),
  ...maybe("unrealisedOfAssets", amountShape),
  ...maybe("unrealisedOfDebt", amountShape),
  ...maybe("utilisation", amountShape),
});

const historyShape = z.strictObject({
  fromBlock: countShape,
  toBlock: countShape,
  complete: z.boolean(),
  /** How many blocks were compared in search of falls that no event explains. */
  ...maybe("fallsSearchedBlocks", countShape),
  /** Blocks whose old state was asked for and is no longer kept. */
  unavailableBlocks: countShape,
});

export const reportSchema = z.strictObject({
  schema: z.literal(REPORT_SCHEMA),
  chainId: countShape,
  vault: addressShape,
  name: z.string(),
  /** false: an ERC-4626 vault that publishes no losses; falls of its share price are suspected losses. */
  isFlux: z.boolean(),
  block: blockShape,
  asset: assetShape,
  shareDecimals: countShape,
  shareSymbol: z.string(),
  virtualShares: amountShape,
  /** How sure the conversion of a vault that is not Flux is, by its own answers; null for a Flux vault. */
  conversion: z.nullable(z.enum(["proved", "assumed", "not-standard"])),
  warnings: z.array(z.strictObject({ code: z.enum(WARNING_CODES), text: z.string() })),
  totals: totalsShape,
  ratios: ratiosShape,
  history: historyShape,
  /** Sums over the blocks that were scanned: at least this much, and no total unless the history is complete. */
  found: z.strictObject({
    sinceBlock: countShape,
    losses: countShape,
    falls: countShape,
    recoveries: countShape,
    badDebt: amountShape,
    lpLoss: signedShape,
    recovered: amountShape,
  }),
  losses: z.array(lossShape),
  recoveries: z.array(recoveryShape),
  lps: z.array(lpShape),
  /** The shares that belong to nobody: with `lps` their losses and recoveries add up to the totals. */
  virtual: z.nullable(
    z.strictObject({
      shares: amountShape,
      ...maybe("value", amountShape),
      ...maybe("losses", signedShape),
      ...maybe("recoveries", amountShape),
    }),
  ),
  /** Losses that those who left avoided, and holes that those who came inherited. */
  shifted: z.strictObject({ left: shiftShape, came: shiftShape }),
});

/** A vault's whole report as JSON. */
export type ReportJson = z.infer<typeof reportSchema>;
