import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { addressFrom, blockAt } from "@/testing/vault-builders";
import {
  brokenTreeIssue,
  type ClaimsInput,
  claimJsonOf,
  claimsJsonOf,
  claimsOfFile,
  parseClaims,
  provenClaimOf,
} from "./claims-json";
import { type ClaimsJson, claimSchema, claimsSchema } from "./claims-schema";
import { claimsTreeOf, isClaimProven } from "./claims-tree";

/** 1,000 split by 60, 30 and 11: 594.05…, 297.02… and 108.91…, so that the one unit left over goes to the last. */
const CLAIMS = [
  { address: addressFrom(1), weightAssets: 60n, amountAssets: 594n },
  { address: addressFrom(2), weightAssets: 30n, amountAssets: 297n },
  { address: addressFrom(3), weightAssets: 11n, amountAssets: 109n },
] as const;

async function inputOf(change: Partial<ClaimsInput> = {}): Promise<ClaimsInput> {
  const claims = change.claims ?? CLAIMS;
  return {
    chainId: 31_337,
    vault: addressFrom(1_000),
    block: blockAt(100n),
    asset: { address: addressFrom(1_001), symbol: "USDC", decimals: 6 },
    history: { fromBlock: 1n, complete: true },
    losses: { recorded: 2, falls: 0, fallsSearched: true },
    amountAssets: 1_000n,
    claims,
    excluded: [
      { kind: "dead", address: addressFrom(9), weightAssets: 2n },
      { kind: "virtual", address: undefined, weightAssets: 1n },
    ],
    tree: await claimsTreeOf(claims),
    ...change,
  };
}

const fileOf = async (): Promise<ClaimsJson> => claimsJsonOf(await inputOf());

async function issuesOf(change: (file: ClaimsJson) => unknown): Promise<readonly string[]> {
  const parsed = parseClaims(JSON.stringify(change(await fileOf())));
  return parsed.ok ? [] : parsed.issues.map(({ field }) => field);
}

describe("a claims file", () => {
  it("says the same after it was written and read", async () => {
    const file = await fileOf();
    expect(parseClaims(JSON.stringify(file))).toEqual({ ok: true, kind: "claims", file });
    expect(file.totalWeight).toBe("101");
    expect(claimsOfFile(file)).toEqual(CLAIMS);
    expect(brokenTreeIssue(file, await claimsTreeOf(claimsOfFile(file)))).toBeUndefined();
  });

  it("is the same text for the same distribution", async () => {
    expect(JSON.stringify(await fileOf())).toBe(JSON.stringify(await fileOf()));
  });

  it("holds a proof for every claim, as a file of its own", async () => {
    const input = await inputOf();
    for (const { address } of CLAIMS) {
      const claim = claimJsonOf({ ...input, address });
      if (claim === undefined) throw new Error("there is no claim");
      expect(parseClaims(JSON.stringify(claim))).toEqual({ ok: true, kind: "claim", file: claim });
      expect(await isClaimProven(provenClaimOf(claim))).toBe(true);
    }
    expect(claimJsonOf({ ...input, address: addressFrom(9) })).toBeUndefined();
  });

  it("is refused with the field that was tampered with", async () => {
    const leaves = (change: Partial<ClaimsJson["leaves"][number]>) => (file: ClaimsJson) => ({
      ...file,
      leaves: file.leaves.map((leaf, place) => (place === 1 ? { ...leaf, ...change } : leaf)),
    });
    expect(await issuesOf(leaves({ amount: "298" }))).toContain("leaves[1].amount");
    expect(await issuesOf(leaves({ weight: "31" }))).toContain("totalWeight");
    expect(await issuesOf(leaves({ address: addressFrom(1) }))).toContain("leaves[1].address");
    expect(await issuesOf(leaves({ address: addressFrom(5) }))).toEqual(["tree.values"]);
    expect(await issuesOf(leaves({ amount: "29.7" }))).toEqual(["leaves[1].amount"]);
    expect(await issuesOf((file) => ({ ...file, amount: "1001" }))).toContain("leaves[0].amount");
    expect(await issuesOf((file) => ({ ...file, root: `0x${"00".repeat(32)}` }))).toEqual(["root"]);
    expect(await issuesOf((file) => ({ ...file, root: "0x12" }))).toEqual(["root"]);
    expect(await issuesOf((file) => ({ ...file, vault: "nobody" }))).toEqual(["vault"]);
    expect(await issuesOf((file) => ({ ...file, more: 1 }))).toEqual(["file"]);
    expect(await issuesOf((file) => ({ ...file, leaves: [] }))).toEqual(["leaves"]);
    expect(await issuesOf((file) => ({ ...file, schema: "plimsoll-claims/9" }))).toEqual(["schema"]);
    expect(await issuesOf(() => [1, 2])).toEqual(["schema"]);
  });

  it("is refused when it is no JSON at all", () => {
    expect(parseClaims("{")).toMatchObject({ ok: false, issues: [{ field: "file" }] });
  });

  it("is told from its hashes when claims and tree were changed together", async () => {
    const file = await fileOf();
    const fair = await claimsTreeOf(claimsOfFile(file));
    const nodes = file.tree.tree.map((node, place) => (place === 2 ? file.root : node));
    expect(brokenTreeIssue({ ...file, tree: { ...file.tree, tree: nodes } }, fair)?.field).toBe("tree");
    const root = `0x${"ab".repeat(32)}`;
    expect(brokenTreeIssue({ ...file, root }, fair)?.field).toBe("root");
  });

  it("reads amounts up to the largest a contract can hold, and none beyond", async () => {
    const largest = 2n ** 256n - 1n;
    const claims = [{ address: addressFrom(1), weightAssets: 1n, amountAssets: largest }];
    const input = await inputOf({ claims, amountAssets: largest, tree: await claimsTreeOf(claims) });
    const file = claimsJsonOf(input);
    expect(parseClaims(JSON.stringify(file)).ok).toBe(true);
    const beyond = parseClaims(JSON.stringify({ ...file, amount: (largest + 1n).toString() }));
    expect(beyond).toMatchObject({ ok: false, issues: [{ field: "amount" }] });
  });
});

describe("the JSON schemas of claims in docs/schemas", () => {
  it.each([
    ["plimsoll-claims-1", claimsSchema],
    ["plimsoll-claim-1", claimSchema],
  ])("%s is the one that files are read by (write it anew with vitest -u)", async (name, schema) => {
    const text = `${JSON.stringify(z.toJSONSchema(schema, { reused: "ref" }), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(`../../docs/schemas/${name}.schema.json`);
  });
});
