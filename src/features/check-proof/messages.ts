import type { ClaimsIssue } from "@/data/claims/read-claims";
import { formatAmount, formatHash, formatInteger, formatTimestamp } from "@/shared/format";
import { sanitiseText } from "@/shared/text";
import type { FileHead, FirstDifference } from "./model";

/** At most so many faults of a file are listed. */
const MOST_ISSUES = 8;

/** What is wrong with a file, a line for each field. */
export function issueLines(issues: readonly ClaimsIssue[]): readonly string[] {
  const lines = issues.slice(0, MOST_ISSUES).map(({ field, message }) => `${field}: ${message}`);
  const more = issues.length - lines.length;
  return more > 0 ? [...lines, `and ${formatInteger(more)} more`] : lines;
}

/** An amount in whole tokens, every digit; without a known token in base units. */
export function amountText(value: bigint, asset: FileHead["asset"] | undefined): string {
  if (asset === undefined) return `${formatInteger(value)} base units`;
  const { decimals } = asset;
  // The symbol is a text of whoever wrote the file.
  const symbol = sanitiseText(asset.symbol, 16);
  return formatAmount({ value, decimals, maximumFractionDigits: decimals, symbol });
}

/** How an amount in base units is written. */
export function baseUnitsHint(asset: FileHead["asset"] | undefined): string {
  const rule = "A whole number without a point, as the contract takes it";
  if (asset === undefined) return `${rule}.`;
  return `${rule}: 1 ${sanitiseText(asset.symbol, 16)} is 1${"0".repeat(asset.decimals)}.`;
}

/** What a file says it is about. */
export function headFacts(head: FileHead): readonly { readonly label: string; readonly value: string }[] {
  const { block, losses } = head;
  const falls = losses.fallsSearched
    ? `${formatInteger(losses.falls)} falls without an event`
    : "falls without an event not looked for everywhere";
  return [
    { label: "Vault", value: `${head.vault} on chain ${head.chainId}` },
    {
      label: "Block",
      value: `${formatInteger(block.number)} (${formatHash(block.hash)}), ${formatTimestamp(BigInt(block.timestamp))}`,
    },
    { label: "Handed out", value: amountText(BigInt(head.distributed), head.asset) },
    { label: "Weights made of", value: `${formatInteger(losses.recorded)} recorded losses, ${falls}` },
    ...(head.leaves === undefined ? [] : [{ label: "Claims", value: formatInteger(head.leaves.length) }]),
    { label: "Root", value: head.root },
  ];
}

/** Where the list in a file and the one from the chain part. */
export function differenceText(difference: FirstDifference, asset: FileHead["asset"]): string {
  const words = (amount: bigint | undefined): string =>
    amount === undefined ? "no claim" : amountText(amount, asset);
  return `The first difference is at ${difference.address}: ${words(difference.inFile)} in the file, ${words(difference.computed)} by the chain.`;
}

export const WHAT_IT_PROVES =
  "That exactly this address and this amount were among the claims when the root was made: nobody can make up a proof for another amount or another address.";

export const WHAT_IT_DOES_NOT_PROVE = [
  "That the root is the right one. Whoever makes the list decides what is in it: compare the root with the one in the contract that pays, and recompute it from the chain.",
  "That the money is there, or that the claim is still open: only the paying contract knows.",
] as const;
