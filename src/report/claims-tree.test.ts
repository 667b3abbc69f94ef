import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import { concat, encodeAbiParameters, keccak256 } from "viem/utils";
import { describe, expect, it } from "vitest";
import type { Address, Hex } from "@/domain/model";
import { addressFrom } from "@/testing/vault-builders";
import { type Claim, claimsTreeOf, isClaimProven } from "./claims-tree";

/** The example that the library's own documentation publishes, with its root. */
const PUBLISHED = {
  claims: [
    { address: "0x1111111111111111111111111111111111111111", amountAssets: 5_000_000_000_000_000_000n },
    { address: "0x2222222222222222222222222222222222222222", amountAssets: 2_500_000_000_000_000_000n },
  ],
  root: "0xd4dee0beab2d53f2cc83e567171bd2820e49898130a22622b10ead383e90bd77",
} as const satisfies { claims: readonly Claim[]; root: Hex };

const claimsOf = (count: number): readonly Claim[] =>
  Array.from({ length: count }, (_, index) => ({
    address: addressFrom(index),
    amountAssets: 10n ** 12n + BigInt(index) * 7n,
  }));

/** `MerkleProof.processProof` of OpenZeppelin's contracts, written down a second time. */
function rootOnChain(claim: Claim & { readonly proof: readonly Hex[] }): Hex {
  const types = [{ type: "address" }, { type: "uint256" }] as const;
  const leaf = keccak256(keccak256(encodeAbiParameters(types, [claim.address, claim.amountAssets])));
  return claim.proof.reduce<Hex>(
    (node, sibling) => keccak256(concat(BigInt(node) < BigInt(sibling) ? [node, sibling] : [sibling, node])),
    leaf,
  );
}

function proofFrom(tree: Awaited<ReturnType<typeof claimsTreeOf>>, address: Address): readonly Hex[] {
  const proof = tree.proofOf(address);
  if (proof === undefined) throw new Error(`${address} has no leaf`);
  return proof;
}

describe("a tree of claims", () => {
  it("has the root that the library's documentation publishes for its example", async () => {
    expect((await claimsTreeOf(PUBLISHED.claims)).root).toBe(PUBLISHED.root);
  });

  it("gives every address a proof that a contract accepts", async () => {
    for (const count of [1, 2, 3, 8, 33]) {
      const claims = claimsOf(count);
      const tree = await claimsTreeOf(claims);
      for (const claim of claims) {
        const proof = proofFrom(tree, claim.address);
        expect(rootOnChain({ ...claim, proof })).toBe(tree.root);
        expect(await isClaimProven({ ...claim, root: tree.root, proof })).toBe(true);
      }
    }
  });

  it("does not depend on the order of its claims", async () => {
    const claims = claimsOf(9);
    const [tree, turned] = [await claimsTreeOf(claims), await claimsTreeOf(claims.toReversed())];
    expect(turned.root).toBe(tree.root);
  });

  it("is dumped so that the library itself loads it", async () => {
    const { dump, root } = await claimsTreeOf(claimsOf(12));
    const loaded = StandardMerkleTree.load(JSON.parse(JSON.stringify(dump)));
    expect(loaded.root).toBe(root);
    expect([...loaded.entries()].map(([, value]) => value)).toEqual(
      claimsOf(12).map(({ address, amountAssets }) => [address, amountAssets.toString()]),
    );
  });

  it("has no proof for an address without a claim", async () => {
    expect((await claimsTreeOf(claimsOf(3))).proofOf(addressFrom(99))).toBeUndefined();
  });

  it("is not built of nothing, nor with an address twice", async () => {
    await expect(claimsTreeOf([])).rejects.toThrow(RangeError);
    const [claim] = claimsOf(1);
    if (claim === undefined) throw new Error("there is no claim");
    await expect(claimsTreeOf([claim, { ...claim, amountAssets: 1n }])).rejects.toThrow(RangeError);
  });
});

describe("a proof", () => {
  it("fails for another amount, another address, another root, a changed hash, a missing one and a spare one", async () => {
    const claims = claimsOf(7);
    const tree = await claimsTreeOf(claims);
    const [claim] = claims;
    if (claim === undefined) throw new Error("there is no claim");
    const proof = proofFrom(tree, claim.address);
    const good = { ...claim, root: tree.root, proof };
    const other = (await claimsTreeOf(claimsOf(6))).root;
    const tampered: Hex[] = [...proof];
    tampered[0] = `0x${"11".repeat(32)}`;
    expect(await isClaimProven(good)).toBe(true);
    for (const change of [
      { amountAssets: claim.amountAssets + 1n },
      { address: addressFrom(50) },
      { root: other },
      { proof: tampered },
      { proof: proof.slice(1) },
      { proof: [...proof, tree.root] },
    ]) {
      expect(await isClaimProven({ ...good, ...change })).toBe(false);
    }
  });

  it("is the same in capital letters", async () => {
    const claims = claimsOf(4);
    const tree = await claimsTreeOf(claims);
    const upper = (hash: Hex): Hex => `0x${hash.slice(2).toUpperCase()}`;
    for (const claim of claims) {
      const proof = proofFrom(tree, claim.address).map(upper);
      expect(await isClaimProven({ ...claim, root: upper(tree.root), proof })).toBe(true);
    }
  });
});
