import { describe, expect, it } from "vitest";
import type { Claims } from "@/domain/claims";
import { afterLessonReport, NEWCOMER } from "@/testing/recovery-builders";
import { LESSON } from "@/testing/report-builders";
import { USDC } from "@/testing/vault-builders";
import {
  type ClaimsExport,
  claimFileText,
  claimsFileText,
  exportClaims,
  isSameClaims,
} from "./claims-export";
import { isClaimProven, provenClaimOf, readClaims } from "./read-claims";
import { recordedClaimsOf } from "./recorded-claims";

const [, , THIRD] = LESSON.lps;

function claimsOf(amountAssets: bigint): Claims {
  const claims = recordedClaimsOf(afterLessonReport(), { amountAssets });
  if (claims.kind === "unknown") throw new Error(`no claims: ${claims.reason}`);
  return claims.value;
}

function exported(amountAssets: bigint): Promise<ClaimsExport> {
  const { state } = afterLessonReport().snapshot;
  return exportClaims({
    chainId: state.chainId,
    vault: state.address,
    block: state.block,
    asset: state.asset,
    claims: claimsOf(amountAssets),
    basis: { recorded: 1, falls: 0, fallsSearched: true },
    fromBlock: 1n,
  });
}

describe("claims as files", () => {
  it("are read back as a sound distribution with the same root", async () => {
    const made = await exported(1_000n * USDC);
    const read = await readClaims(claimsFileText(made));
    expect(read).toMatchObject({ kind: "claims", file: made.file });
    expect(read.kind === "claims" && read.tree.root).toBe(made.tree.root);
    expect(made.file.leaves.map(({ amount }) => BigInt(amount) / USDC)).toEqual([600n, 300n, 100n]);
  });

  it("hold a proof for who left, and none for who came after the losses", async () => {
    const made = await exported(1_000n * USDC);
    const text = claimFileText(made, THIRD);
    const read = await readClaims(text ?? "");
    if (read.kind !== "claim") throw new Error("no claim was read");
    expect(await isClaimProven(provenClaimOf(read.file))).toBe(true);
    expect(BigInt(read.file.amount)).toBe(100n * USDC);
    expect(claimFileText(made, NEWCOMER)).toBeUndefined();
  });

  it("are told from those of another amount", async () => {
    const made = await exported(1_000n * USDC);
    expect(isSameClaims(made, claimsOf(1_000n * USDC))).toBe(true);
    expect(isSameClaims(made, claimsOf(1_001n * USDC))).toBe(false);
  });

  it("are refused where the hashes are not those of the list", async () => {
    const made = await exported(1_000n * USDC);
    const other = await exported(2_000n * USDC);
    const { tree, root } = other.file;
    const forged = {
      ...made.file,
      root,
      tree: { ...tree, values: made.file.tree.values },
    };
    expect(await readClaims(JSON.stringify(forged))).toMatchObject({
      kind: "refused",
      issues: [{ field: "root" }],
    });
  });
});
