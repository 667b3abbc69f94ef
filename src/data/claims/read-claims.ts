import {
  brokenTreeIssue,
  type ClaimsIssue,
  claimsOfFile,
  parseClaims,
  provenClaimOf,
} from "@/report/claims-json";
import type { ClaimJson, ClaimsJson } from "@/report/claims-schema";
import { type ClaimsTree, claimsTreeOf } from "@/report/claims-tree";

export { isClaimProven } from "@/report/claims-tree";
export type { ClaimJson, ClaimsIssue, ClaimsJson, ClaimsTree };
export { provenClaimOf };

/** A claims file that was read: a whole distribution with its tree built anew, or one claim. */
export type ReadClaims =
  | { readonly kind: "claims"; readonly file: ClaimsJson; readonly tree: ClaimsTree }
  | { readonly kind: "claim"; readonly file: ClaimJson }
  | { readonly kind: "refused"; readonly issues: readonly ClaimsIssue[] };

/**
 * Reads a file's text and checks everything in it that needs no chain, hashes included.
 *
 * @throws TypeError when the tree library's file could not be fetched
 */
export async function readClaims(text: string): Promise<ReadClaims> {
  const parsed = parseClaims(text);
  if (!parsed.ok) return { kind: "refused", issues: parsed.issues };
  if (parsed.kind === "claim") return { kind: "claim", file: parsed.file };
  const tree = await claimsTreeOf(claimsOfFile(parsed.file));
  const issue = brokenTreeIssue(parsed.file, tree);
  return issue === undefined
    ? { kind: "claims", file: parsed.file, tree }
    : { kind: "refused", issues: [issue] };
}
