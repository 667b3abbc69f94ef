import type { Address, Hex } from "@/domain/model";

/**
 * The one place that speaks to the Merkle tree library: OpenZeppelin's standard tree, whose proofs their
 * `MerkleProof` checks on chain. It is loaded when a tree is wanted, never with a page.
 */

/** What one address may claim: one leaf of the tree. */
export interface Claim {
  /** Lower-case. */
  readonly address: Address;
  /** Base-asset units. */
  readonly amountAssets: bigint;
}

/** The types of a leaf, as a contract encodes them: `abi.encode(address, uint256)`, hashed twice. */
export const LEAF_ENCODING = ["address", "uint256"] as const;

/** A tree as the library writes and loads it. Amounts are decimal strings. */
export interface TreeDump {
  readonly format: "standard-v1";
  readonly leafEncoding: readonly string[];
  /** Every node's hash; the first is the root. */
  readonly tree: readonly Hex[];
  readonly values: readonly {
    readonly value: readonly [address: Address, amount: string];
    readonly treeIndex: number;
  }[];
}

/** A tree of claims. */
export interface ClaimsTree {
  readonly root: Hex;
  readonly claims: readonly Claim[];
  /** For the library's `StandardMerkleTree.load`. */
  readonly dump: TreeDump;
  /** The hashes that lead from an address's leaf to the root; undefined for an address without a leaf. */
  readonly proofOf: (address: Address) => readonly Hex[] | undefined;
}

const library = () => import("@openzeppelin/merkle-tree");

function leafOf({ address, amountAssets }: Claim): [string, string] {
  return [address, amountAssets.toString()];
}

/**
 * Builds the tree of claims. The order of the claims changes the order of `values` in the dump and nothing else:
 * leaves are sorted by their hash.
 *
 * @throws RangeError without claims, or for an address that stands twice: its two proofs would both be paid
 * @throws TypeError when the library's own file could not be fetched
 */
export async function claimsTreeOf(claims: readonly Claim[]): Promise<ClaimsTree> {
  if (claims.length === 0) throw new RangeError("A tree needs at least one claim");
  const places = new Map(claims.map(({ address }, place) => [address, place]));
  if (places.size !== claims.length) throw new RangeError("An address stands twice among the claims");
  const { StandardMerkleTree } = await library();
  const tree = StandardMerkleTree.of(claims.map(leafOf), [...LEAF_ENCODING]);
  const { tree: nodes, values } = tree.dump();
  return {
    root: tree.root as Hex,
    claims,
    dump: {
      format: "standard-v1",
      leafEncoding: [...LEAF_ENCODING],
      tree: nodes as Hex[],
      values: values.map(({ treeIndex }, place) => ({ value: valueOf(claims[place]), treeIndex })),
    },
    proofOf: (address) => {
      const place = places.get(address);
      return place === undefined ? undefined : (tree.getProof(place) as Hex[]);
    },
  };
}

function valueOf(claim: Claim | undefined): readonly [address: Address, amount: string] {
  if (claim === undefined) throw new RangeError("The library gave back more leaves than it got");
  return [claim.address, claim.amountAssets.toString()];
}

/** One claim with what should prove it. */
export interface ProvenClaim extends Claim {
  readonly root: Hex;
  readonly proof: readonly Hex[];
}

/**
 * Whether a proof leads from an address and its amount to a root, as OpenZeppelin's `MerkleProof.verify` decides it.
 * Hashes may be written in small or capital letters; every one must have 32 bytes.
 *
 * @throws TypeError when the library's own file could not be fetched
 */
export async function isClaimProven(claim: ProvenClaim): Promise<boolean> {
  const { StandardMerkleTree } = await library();
  const lower = (hash: Hex): string => hash.toLowerCase();
  return StandardMerkleTree.verify(
    lower(claim.root),
    [...LEAF_ENCODING],
    leafOf(claim),
    claim.proof.map(lower),
  );
}
