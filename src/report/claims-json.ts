import type * as z from "zod/mini";
import { allocateByLargestRemainder } from "@/domain/loss-share";
import { sumOf } from "@/domain/math";
import type { Address, AssetDescription, BlockRef, Hex } from "@/domain/model";
import {
  CLAIM_SCHEMA,
  CLAIMS_SCHEMA,
  type ClaimJson,
  type ClaimsJson,
  claimSchema,
  claimsSchema,
} from "./claims-schema";
import type { Claim, ClaimsTree } from "./claims-tree";
import { amountJson, blockJson, numberJson } from "./json-values";

/** Which vault, at which block, in which asset a distribution is of. */
export interface ClaimsHead {
  readonly chainId: number;
  readonly vault: Address;
  readonly block: BlockRef;
  readonly asset: AssetDescription;
}

/** One address's weight and its part of the amount. */
export interface WeightedClaim extends Claim {
  /** Everything that the address lost, base-asset units. */
  readonly weightAssets: bigint;
}

/** A weight that gets nothing: nobody could claim it. */
export interface ExcludedWeight {
  readonly kind: "virtual" | "dead";
  /** undefined for the virtual shares. */
  readonly address: Address | undefined;
  readonly weightAssets: bigint;
}

/** What the weights were made of. */
export interface ClaimsBasis {
  /** Losses that liquidations left. */
  readonly recorded: number;
  /** Falls of the share price that no event explains. */
  readonly falls: number;
  /** false: old state could not be read, so no fall is among the weights and there may be some. */
  readonly fallsSearched: boolean;
}

/** How weights and amounts come about, in words that can be followed by hand. */
export function claimsMethod(basis: Pick<ClaimsBasis, "falls" | "fallsSearched">): string {
  return [
    `Weight of an address: the sum of its parts of every loss of the vault up to the block, what liquidations took from its total assets, ${fallsText(basis)}.`,
    "A loss is split by the shares that everybody held when its log was written, over the supply and the vault's virtual shares: every part is rounded down, the units left over go one each to the largest remainders, equal remainders to the lower address, virtual shares last.",
    "Recoveries so far are not taken off. The parts of the virtual shares, and of addresses that nobody can sign for, are left out.",
    "The amount is split in proportion to the weights in the same way, so that the claims add up to it exactly.",
    "Tree: OpenZeppelin's standard Merkle tree of (address, uint256), the amount in base units. Every address with a weight has one leaf, also where its part rounds to zero.",
  ].join(" ");
}

function fallsText({ falls, fallsSearched }: Pick<ClaimsBasis, "falls" | "fallsSearched">): string {
  if (fallsSearched) return "and every fall of the share price that no event explains";
  return falls > 0
    ? "and those falls of the share price without an event that were found, which could not be looked for everywhere"
    : "while falls of the share price without an event were not looked for and none is among them";
}

export interface ClaimsInput extends ClaimsHead {
  readonly history: { readonly fromBlock: bigint; readonly complete: boolean };
  /** Which losses the weights are made of. */
  readonly losses: ClaimsBasis;
  readonly amountAssets: bigint;
  /** Everybody with a weight, ascending by address. */
  readonly claims: readonly WeightedClaim[];
  readonly excluded: readonly ExcludedWeight[];
  /** Over exactly these claims, in this order. */
  readonly tree: ClaimsTree;
}

function headJson({ chainId, vault, block, asset }: ClaimsHead) {
  const { address, symbol, decimals } = asset;
  return { chainId, vault, block: blockJson(block), asset: { address, symbol, decimals } };
}

/**
 * A distribution as a file: the same distribution gives the same bytes, key by key, so two people can compare them.
 * Amounts are decimal strings of base units.
 */
export function claimsJsonOf(input: ClaimsInput): ClaimsJson {
  const { history, claims, tree } = input;
  return {
    schema: CLAIMS_SCHEMA,
    ...headJson(input),
    history: { fromBlock: numberJson(history.fromBlock), complete: history.complete },
    losses: { ...input.losses },
    method: claimsMethod(input.losses),
    amount: amountJson(input.amountAssets),
    totalWeight: amountJson(sumOf(claims.map(({ weightAssets }) => weightAssets))),
    leaves: claims.map(({ address, weightAssets, amountAssets }) => ({
      address,
      weight: amountJson(weightAssets),
      amount: amountJson(amountAssets),
    })),
    excluded: input.excluded.map(({ kind, address, weightAssets }) => ({
      kind,
      address: address ?? null,
      weight: amountJson(weightAssets),
    })),
    root: tree.root,
    tree: {
      format: tree.dump.format,
      leafEncoding: ["address", "uint256"],
      tree: [...tree.dump.tree],
      values: tree.dump.values.map(({ value: [address, amount], treeIndex }) => ({
        value: [address, amount],
        treeIndex,
      })),
    },
  };
}

/** One address's claim with its proof as a file of its own; undefined for an address without a leaf. */
export function claimJsonOf(
  input: Pick<ClaimsInput, keyof ClaimsHead | "losses" | "amountAssets" | "tree"> & {
    readonly address: Address;
  },
): ClaimJson | undefined {
  const { tree, address } = input;
  const claim = tree.claims.find((one) => one.address === address);
  const proof = tree.proofOf(address);
  if (claim === undefined || proof === undefined) return undefined;
  return {
    schema: CLAIM_SCHEMA,
    ...headJson(input),
    losses: { ...input.losses },
    distributed: amountJson(input.amountAssets),
    root: tree.root,
    address,
    amount: amountJson(claim.amountAssets),
    proof: [...proof],
  };
}

/** What is wrong with a file, and in which of its fields. */
export interface ClaimsIssue {
  /** e.g. `leaves[3].amount`. */
  readonly field: string;
  readonly message: string;
}

export type ClaimsFile =
  | { readonly kind: "claims"; readonly file: ClaimsJson }
  | { readonly kind: "claim"; readonly file: ClaimJson };

export type ParsedClaims =
  | ({ readonly ok: true } & ClaimsFile)
  | { readonly ok: false; readonly issues: readonly ClaimsIssue[] };

/**
 * Reads the text of a claims file or of a single claim. Beyond the form, everything in it that can be checked
 * without hashing is checked: no address twice, the amounts are the split of the amount by the weights, and the
 * tree's own values are the claims. Whether the hashes are right is for {@link brokenTreeIssue} and the proofs.
 */
export function parseClaims(text: string): ParsedClaims {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    return refused([{ field: "file", message: "This is not JSON. Choose the file as it was exported." }]);
  }
  switch (schemaNameOf(json)) {
    case CLAIMS_SCHEMA:
      return parseDistribution(json);
    case CLAIM_SCHEMA: {
      const result = claimSchema.safeParse(json);
      return result.success
        ? { ok: true, kind: "claim", file: result.data }
        : refused(result.error.issues.map(issueOf));
    }
    default:
      return refused([
        {
          field: "schema",
          message: `This is no claims file: its schema is neither "${CLAIMS_SCHEMA}" nor "${CLAIM_SCHEMA}".`,
        },
      ]);
  }
}

function schemaNameOf(json: unknown): unknown {
  return typeof json === "object" && json !== null && "schema" in json ? json.schema : undefined;
}

function refused(issues: readonly ClaimsIssue[]): ParsedClaims {
  return { ok: false, issues };
}

function parseDistribution(json: unknown): ParsedClaims {
  const result = claimsSchema.safeParse(json);
  if (!result.success) return refused(result.error.issues.map(issueOf));
  const issues = [...sumIssues(result.data), ...treeIssues(result.data)];
  return issues.length > 0 ? refused(issues) : { ok: true, kind: "claims", file: result.data };
}

function sumIssues({ leaves, amount, totalWeight }: ClaimsJson): readonly ClaimsIssue[] {
  const issues: ClaimsIssue[] = [];
  const seen = new Set<string>();
  leaves.forEach(({ address }, place) => {
    if (seen.has(address)) {
      issues.push({ field: `leaves[${place}].address`, message: "This address stands in the list twice." });
    }
    seen.add(address);
  });
  if (issues.length > 0) return issues;
  if (sumOf(leaves.map(({ weight }) => BigInt(weight))) !== BigInt(totalWeight)) {
    issues.push({ field: "totalWeight", message: "The weights do not add up to it." });
  }
  const split = allocateByLargestRemainder({
    amount: BigInt(amount),
    weights: leaves.map(({ address, weight }) => ({ address: address as Address, weight: BigInt(weight) })),
  });
  if (split.kind === "unknown") {
    return [...issues, { field: "leaves", message: "Nobody has a weight." }];
  }
  const parts = new Map(split.value.map((part) => [part.address, part.amount]));
  leaves.forEach((leaf, place) => {
    if (parts.get(leaf.address as Address) !== BigInt(leaf.amount)) {
      issues.push({
        field: `leaves[${place}].amount`,
        message: "This is not the address's part of the amount by its weight.",
      });
    }
  });
  return issues;
}

function treeIssues({ leaves, tree, root }: ClaimsJson): readonly ClaimsIssue[] {
  if (tree.tree[0] !== root) {
    return [{ field: "root", message: "The tree's first hash is another one." }];
  }
  const isSame =
    tree.values.length === leaves.length &&
    tree.values.every(({ value: [address, amount] }, place) => {
      const leaf = leaves[place];
      return leaf?.address === address && leaf.amount === amount;
    });
  return isSame ? [] : [{ field: "tree.values", message: "The tree is not of the claims in the list." }];
}

/** The claims of a distribution that was read from a file. */
export function claimsOfFile({ leaves }: ClaimsJson): readonly WeightedClaim[] {
  return leaves.map(({ address, weight, amount }) => ({
    address: address as Address,
    weightAssets: BigInt(weight),
    amountAssets: BigInt(amount),
  }));
}

/** Whether the hashes of a file are those of its claims; `tree` was built from {@link claimsOfFile}. */
export function brokenTreeIssue(file: ClaimsJson, tree: ClaimsTree): ClaimsIssue | undefined {
  if (file.root !== tree.root) {
    return { field: "root", message: `The claims in the list give another root: ${tree.root}.` };
  }
  const isSame =
    file.tree.tree.length === tree.dump.tree.length &&
    file.tree.tree.every((node, place) => node === tree.dump.tree[place]) &&
    file.tree.values.every(({ treeIndex }, place) => treeIndex === tree.dump.values[place]?.treeIndex);
  return isSame
    ? undefined
    : { field: "tree", message: "Its hashes are not those of the claims in the list." };
}

/** A claim that was read from a file, ready to be checked. */
export function provenClaimOf({ root, address, amount, proof }: ClaimJson): {
  readonly root: Hex;
  readonly address: Address;
  readonly amountAssets: bigint;
  readonly proof: readonly Hex[];
} {
  return {
    root: root as Hex,
    address: address as Address,
    amountAssets: BigInt(amount),
    proof: proof as Hex[],
  };
}

function issueOf(issue: z.core.$ZodIssue): ClaimsIssue {
  const field = fieldOf(issue.path);
  if (issue.code === "unrecognized_keys") {
    const keys = issue.keys.map((key) => `"${key}"`).join(", ");
    return { field, message: `Unknown field ${keys}.` };
  }
  return { field, message: issue.message };
}

function fieldOf(path: readonly PropertyKey[]): string {
  const field = path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`,
    "",
  );
  return field === "" ? "file" : field;
}
