import type { Claims } from "@/domain/claims";
import type { Address } from "@/domain/model";
import {
  type ClaimsBasis,
  type ClaimsHead,
  claimJsonOf,
  claimsJsonOf,
  type WeightedClaim,
} from "@/report/claims-json";
import type { ClaimsJson } from "@/report/claims-schema";
import { type ClaimsTree, claimsTreeOf } from "@/report/claims-tree";

export { claimsMethod } from "@/report/claims-json";
export type { ClaimsBasis, ClaimsHead, ClaimsJson };

/** A distribution that is settled: its tree, and the files made of it. */
export interface ClaimsExport extends ClaimsHead {
  readonly amountAssets: bigint;
  readonly tree: ClaimsTree;
  readonly file: ClaimsJson;
}

/** What a tree is built of. */
export interface ClaimsRequest extends ClaimsHead {
  readonly claims: Claims;
  readonly basis: ClaimsBasis;
  readonly fromBlock: bigint;
}

/** Everybody with a weight, ascending by address: the leaves. */
function weightedClaimsOf({ lines }: Claims): readonly WeightedClaim[] {
  return lines
    .filter(({ lossesAssets }) => lossesAssets > 0n)
    .map(({ address, lossesAssets, claimAssets }) => ({
      address,
      weightAssets: lossesAssets,
      amountAssets: claimAssets,
    }));
}

/**
 * Builds the tree over all claims and the file around it.
 *
 * @throws RangeError when nobody has a weight
 * @throws TypeError when the tree library's file could not be fetched
 */
export async function exportClaims(request: ClaimsRequest): Promise<ClaimsExport> {
  const { chainId, vault, block, asset, claims, basis, fromBlock } = request;
  const head = { chainId, vault, block, asset };
  const weighted = weightedClaimsOf(claims);
  const tree = await claimsTreeOf(weighted);
  const file = claimsJsonOf({
    ...head,
    // Claims are never made from a partial history.
    history: { fromBlock, complete: true },
    losses: basis,
    amountAssets: claims.amountAssets,
    claims: weighted,
    excluded: claims.excluded.map(({ reason, address, lossesAssets }) => ({
      kind: reason,
      address,
      weightAssets: lossesAssets,
    })),
    tree,
  });
  return { ...head, amountAssets: claims.amountAssets, tree, file };
}

/** Whether a tree that was built is of exactly these claims, by these weights. */
export function isSameClaims({ amountAssets, file }: ClaimsExport, claims: Claims): boolean {
  if (amountAssets !== claims.amountAssets) return false;
  const weighted = weightedClaimsOf(claims);
  return (
    weighted.length === file.leaves.length &&
    weighted.every(({ address, weightAssets }, place) => {
      const leaf = file.leaves[place];
      return leaf?.address === address && leaf.weight === weightAssets.toString();
    })
  );
}

/** The whole distribution as the text of a file. */
export function claimsFileText({ file }: ClaimsExport): string {
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** One address's claim with its proof as the text of a file; undefined for an address without a claim. */
export function claimFileText(made: ClaimsExport, address: Address): string | undefined {
  const claim = claimJsonOf({ ...made, losses: made.file.losses, address });
  return claim === undefined ? undefined : `${JSON.stringify(claim, null, 2)}\n`;
}
