import { recoverTypedDataAddress, type verifyTypedData } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { describe, expect, it } from "vitest";
import type { Address } from "@/domain/model";
import { statementDocument } from "@/testing/statement-document";
import { addressFrom } from "@/testing/vault-builders";
import {
  claimedRole,
  type StatementTypedData,
  signedFieldDifferences,
  signedStatementOf,
  statementHashes,
  statementTypedData,
  unknownHeadlineFields,
} from "./signed-statement";
import { type FileIssue, readStatementFile, STATEMENT_TYPES } from "./signed-statement-schema";

/** The first of the well-known development keys. */
const ACCOUNT = privateKeyToAccount("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
const SIGNER = ACCOUNT.address.toLowerCase() as Address;

async function typedData(document = statementDocument()): Promise<StatementTypedData> {
  const data = await statementTypedData({ document, signer: SIGNER, role: "lp" });
  if (data === undefined) throw new Error("the statement cannot be signed");
  return data;
}

/** The same data as viem takes them, written down a second time. */
async function asViem(): Promise<Parameters<typeof verifyTypedData>[0]> {
  const { domain, message } = await typedData();
  return {
    address: SIGNER,
    signature: "0x",
    domain: { ...domain, verifyingContract: domain.verifyingContract as Address },
    types: { Statement: [...STATEMENT_TYPES.Statement] },
    primaryType: "Statement",
    message: {
      ...message,
      blockNumber: 100n,
      shares: 600_000_000_000n,
      valueAssets: 598_000_000_000n,
      lossesAssets: 3_000_000_000n,
      recoveriesAssets: 1_000_000_000n,
      netLossAssets: 2_000_000_000n,
    },
  };
}

async function file(): Promise<Record<string, unknown>> {
  const signed = signedStatementOf({
    document: statementDocument(),
    typedData: await typedData(),
    signature: { bytes: "0x12ab", block: { number: 101n, hash: `0x${"65".repeat(32)}` } },
  });
  return structuredClone({ ...signed });
}

function issuesOf(text: string): readonly FileIssue[] {
  const read = readStatementFile(text);
  if (read.kind !== "unreadable") throw new Error(`it was read as ${read.kind}`);
  return read.issues;
}

describe("what is signed of a statement", () => {
  it("says in words, with every digit, what the hash beside it stands for", async () => {
    const { message } = await typedData();
    expect(message.contents).toBe(
      "Statement of the LP 0x000000…100001 in the vault 0x000000…1003e8 at block 100: shares worth 598,000 USDC, lost 3,000 USDC, came back 1,000 USDC, net loss 2,000 USDC.",
    );
    expect(message).toMatchObject({ signerRole: "the LP itself", signer: SIGNER, lp: addressFrom(1) });
  });

  it("hashes to what a wallet signs, so that the signature recovers to its account", async () => {
    const viem = await asViem();
    const signature = await ACCOUNT.signTypedData(viem);
    const { digest } = statementHashes(await typedData());
    expect(await ACCOUNT.sign({ hash: digest })).toBe(signature);
    const recovered = await recoverTypedDataAddress({ ...viem, signature });
    expect(recovered.toLowerCase()).toBe(SIGNER);
  });

  it("changes with every field of the document, the smallest one too", async () => {
    const before = await typedData();
    const document = statementDocument({ shareDecimals: 7 });
    const after = await typedData(document);
    expect(after.message.documentSha256).not.toBe(before.message.documentSha256);
    expect(statementHashes(after).digest).not.toBe(statementHashes(before).digest);
  });

  it("is bound to the signer, so that an account's signature is none of a contract that it owns", async () => {
    const document = statementDocument();
    const other = await statementTypedData({ document, signer: addressFrom(9), role: "lp" });
    if (other === undefined) throw new Error("the statement cannot be signed");
    expect(statementHashes(other).digest).not.toBe(statementHashes(await typedData()).digest);
  });

  it("is refused while a headline figure is unknown", async () => {
    const { totals } = statementDocument();
    const document = statementDocument({
      totals: { ...totals, losses: null, lossesUnknown: "archive-unavailable" },
    });
    expect(unknownHeadlineFields(document)).toEqual(["losses"]);
    expect(await statementTypedData({ document, signer: SIGNER, role: "lp" })).toBeUndefined();
  });
});

describe("the document and what was signed", () => {
  it("belong together as they were made", async () => {
    expect(
      await signedFieldDifferences({ document: statementDocument(), typedData: await typedData() }),
    ).toEqual([]);
    expect(claimedRole(await typedData())).toBe("lp");
  });

  it("no longer do once a figure of the document is changed, and both figures are named", async () => {
    const { totals } = statementDocument();
    const document = statementDocument({ totals: { ...totals, losses: "9000000000" } });
    const differences = await signedFieldDifferences({ document, typedData: await typedData() });
    expect(differences.map(({ field }) => field)).toEqual([
      "message.documentSha256",
      "message.lossesAssets",
      "message.netLossAssets",
      "message.contents",
    ]);
    expect(differences[1]).toEqual({
      field: "message.lossesAssets",
      signed: "3000000000",
      inDocument: "9000000000",
    });
  });

  it("no longer do once a line is changed that no headline figure shows", async () => {
    const [first, ...rest] = statementDocument().lines;
    if (first === undefined) throw new Error("the document has lines");
    const document = statementDocument({ lines: [{ ...first, amount: "1" }, ...rest] });
    const differences = await signedFieldDifferences({ document, typedData: await typedData() });
    expect(differences.map(({ field }) => field)).toEqual(["message.documentSha256"]);
  });

  it("no longer do in another vault or on another chain", async () => {
    const signed = await typedData();
    const domain = { ...signed.domain, chainId: 1, verifyingContract: addressFrom(77) };
    const typed = { ...signed, domain };
    const fields = (await signedFieldDifferences({ document: statementDocument(), typedData: typed })).map(
      ({ field }) => field,
    );
    expect(fields).toEqual(["domain.chainId", "domain.verifyingContract"]);
  });
});

describe("a file from anybody", () => {
  it("is read as it was written, signed or not", async () => {
    expect(readStatementFile(JSON.stringify(await file()))).toMatchObject({ kind: "signed" });
    expect(readStatementFile(JSON.stringify(statementDocument()))).toMatchObject({ kind: "unsigned" });
  });

  it("is named unreadable when it is no JSON, too large, or of another kind", () => {
    expect(issuesOf("block,amount\r\n1,2")[0]?.message).toMatch(/not JSON/);
    expect(issuesOf(" ".repeat(16 * 1024 * 1024 + 1))[0]?.message).toMatch(/16 MiB/);
    expect(issuesOf('{"schema":"other/1"}')[0]).toMatchObject({ field: "schema" });
    expect(issuesOf("null")[0]).toMatchObject({ field: "schema" });
  });

  it.each<[string, (parts: Awaited<ReturnType<typeof file>>) => unknown, RegExp]>([
    [
      "typedData.message.lossesAssets",
      (all) => edit(all, ["typedData", "message", "lossesAssets"], "1e3"),
      /form/,
    ],
    [
      "typedData.message.signer",
      (all) => edit(all, ["typedData", "message", "signer"], undefined),
      /missing/,
    ],
    ["typedData.types", (all) => edit(all, ["typedData", "types"], { Statement: [] }), /form|stands/],
    ["document.totals.value", (all) => edit(all, ["document", "totals", "value"], 12), /stands there/],
    ["document", (all) => edit(all, ["document", "note"], "<img src=x onerror=alert(1)>"), /Unknown field/],
    ["signature.bytes", (all) => edit(all, ["signature", "bytes"], "0xabc"), /form/],
    [
      "typedData.message.valueAssets",
      (all) => edit(all, ["typedData", "message", "valueAssets"], (2n ** 256n).toString()),
      /form/,
    ],
  ])("names %s when it is wrong", async (field, change, message) => {
    const [issue] = issuesOf(JSON.stringify(change(await file())));
    expect(issue?.field).toBe(field);
    expect(issue?.message).toMatch(message);
  });
});

/** The file with one field set, or taken out. */
function edit(file: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const fields = (file ?? {}) as Record<string, unknown>;
  return { ...fields, [key]: edit(fields[key], rest, value) };
}
