import { type TypedData, type TypedDataHashes, typedDataHashesOf } from "@/chain/typed-data";
import type { Address, Hex } from "@/domain/model";
import { formatAddress, formatAmount, formatInteger } from "@/shared/format";
import { sanitiseText } from "@/shared/text";
import { canonicalSha256 } from "./canonical-json";
import {
  SIGNED_STATEMENT_SCHEMA,
  type SignedStatementJson,
  STATEMENT_DOMAIN,
  STATEMENT_TYPES,
  type StatementMessageJson,
} from "./signed-statement-schema";
import type { StatementJson } from "./statement-schema";

/** Who signs, in the words that the wallet shows. It is a claim; whoever checks the file asks the chain. */
export const SIGNER_ROLES = {
  lp: "the LP itself",
  curator: "curator of the vault",
  "adl-manager": "ADL manager of the vault",
  "strategy-owner": "owner of the vault's strategy",
  proposer: "proposer at the timelock of the vault's strategy",
} as const;

export type SignerRole = keyof typeof SIGNER_ROLES;

/** A figure that has to be known before a statement can be signed. */
export type HeadlineField = "shares" | "value" | "losses" | "recoveries";

const HEADLINE_FIELDS: readonly HeadlineField[] = ["shares", "value", "losses", "recoveries"];

type Headline = Readonly<Record<HeadlineField, string>>;

/** The signed figures that the statement does not know. Nobody can sign for those, so one is enough to refuse. */
export function unknownHeadlineFields({ totals }: StatementJson): readonly HeadlineField[] {
  return HEADLINE_FIELDS.filter((field) => totals[field] === null);
}

function headlineOf(document: StatementJson): Headline | undefined {
  const { shares, value, losses, recoveries } = document.totals;
  if (shares === null || value === null || losses === null || recoveries === null) return undefined;
  return { shares, value, losses, recoveries };
}

const SYMBOL_LENGTH = 16;

/** The statement in one sentence with every digit: what the person reads in the wallet. */
function contentsOf(document: StatementJson, headline: Headline): string {
  const { asset, block, vault, address } = document;
  const symbol = sanitiseText(asset.symbol, SYMBOL_LENGTH);
  const amount = (value: bigint): string =>
    formatAmount({ value, decimals: asset.decimals, maximumFractionDigits: asset.decimals, symbol });
  const lost = BigInt(headline.losses);
  const cameBack = BigInt(headline.recoveries);
  return [
    `Statement of the LP ${formatAddress(address)} in the vault ${formatAddress(vault)}`,
    `at block ${formatInteger(block.number)}: shares worth ${amount(BigInt(headline.value))},`,
    `lost ${amount(lost)}, came back ${amount(cameBack)}, net loss ${amount(lost - cameBack)}.`,
  ].join(" ");
}

/** Who signs what: everything that makes the typed data. */
export interface StatementToSign {
  readonly document: StatementJson;
  readonly signer: Address;
  readonly role: SignerRole;
}

/** The typed data of a statement, as they stand in a file and go to a wallet: numbers as decimal text. */
export type StatementTypedData = SignedStatementJson["typedData"];

/**
 * What is signed for a statement: EIP-712 data over the SHA-256 of its canonical JSON, with the headline figures, the
 * signer and its role beside it, so that the wallet shows what the hash stands for. The signer is part of what is
 * signed: a signature of an account cannot be passed off as one of a contract that the account owns.
 *
 * @returns undefined where a headline figure is unknown
 */
export async function statementTypedData({
  document,
  signer,
  role,
}: StatementToSign): Promise<StatementTypedData | undefined> {
  const headline = headlineOf(document);
  if (headline === undefined) return undefined;
  const message: StatementMessageJson = {
    contents: contentsOf(document, headline),
    lp: document.address,
    signer,
    signerRole: SIGNER_ROLES[role],
    documentSha256: await canonicalSha256(document),
    blockNumber: document.block.number.toString(),
    blockHash: document.block.hash,
    asset: document.asset.address,
    shares: headline.shares,
    valueAssets: headline.value,
    lossesAssets: headline.losses,
    recoveriesAssets: headline.recoveries,
    netLossAssets: (BigInt(headline.losses) - BigInt(headline.recoveries)).toString(),
  };
  return {
    types: STATEMENT_TYPES,
    primaryType: "Statement",
    domain: { ...STATEMENT_DOMAIN, chainId: document.chainId, verifyingContract: document.vault },
    message,
  };
}

const NUMBERS = [
  "blockNumber",
  "shares",
  "valueAssets",
  "lossesAssets",
  "recoveriesAssets",
  "netLossAssets",
] as const satisfies readonly (keyof StatementMessageJson)[];

/** The hashes of a statement's typed data: for a hardware wallet's screen, and what a signature is checked against. */
export function statementHashes(typedData: StatementTypedData): TypedDataHashes {
  const { domain, primaryType, message } = typedData;
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, BigInt(message[name])]));
  const exact: TypedData = {
    domain: { ...domain, verifyingContract: domain.verifyingContract as Address },
    types: STATEMENT_TYPES,
    primaryType,
    message: { ...message, ...numbers },
  };
  return typedDataHashesOf(exact);
}

/** A field of what was signed that the document beside it does not bear out. */
export interface SignedFieldDifference {
  /** As in the file: `message.lossesAssets`, `domain.chainId`. */
  readonly field: string;
  readonly signed: string;
  readonly inDocument: string;
}

const ROLE_OF_WORDS: ReadonlyMap<string, SignerRole> = new Map(
  (Object.keys(SIGNER_ROLES) as SignerRole[]).map((role) => [SIGNER_ROLES[role], role]),
);

/** The role that a signer claims. */
export function claimedRole({ message }: StatementTypedData): SignerRole | undefined {
  return ROLE_OF_WORDS.get(message.signerRole);
}

/**
 * Compares what was signed with the document in the same file: the hash first of all, then every field beside it. An
 * empty list says that the signature is about this document; not that the document is right.
 *
 * A document with an unknown headline figure was never signed by this product, so its figures differ from any signed.
 */
export async function signedFieldDifferences({
  document,
  typedData,
}: Pick<SignedStatementJson, "document" | "typedData">): Promise<readonly SignedFieldDifference[]> {
  const { domain, message } = typedData;
  const { totals } = document;
  const expected = await statementTypedData({
    document,
    signer: message.signer as Address,
    role: claimedRole(typedData) ?? "lp",
  });
  const net =
    totals.losses === null || totals.recoveries === null
      ? undefined
      : (BigInt(totals.losses) - BigInt(totals.recoveries)).toString();
  const sha256 = await canonicalSha256(document);
  const rows: readonly (readonly [string, string, string | undefined])[] = [
    ["message.documentSha256", message.documentSha256, sha256],
    ["message.lp", message.lp, document.address],
    ["message.blockNumber", message.blockNumber, document.block.number.toString()],
    ["message.blockHash", message.blockHash, document.block.hash],
    ["message.asset", message.asset, document.asset.address],
    ["message.shares", message.shares, totals.shares ?? undefined],
    ["message.valueAssets", message.valueAssets, totals.value ?? undefined],
    ["message.lossesAssets", message.lossesAssets, totals.losses ?? undefined],
    ["message.recoveriesAssets", message.recoveriesAssets, totals.recoveries ?? undefined],
    ["message.netLossAssets", message.netLossAssets, net],
    ["message.contents", message.contents, expected?.message.contents],
    ["domain.chainId", domain.chainId.toString(), document.chainId.toString()],
    ["domain.verifyingContract", domain.verifyingContract, document.vault],
  ];
  return rows
    .filter(([, signed, inDocument]) => signed !== inDocument)
    .map(([field, signed, inDocument]) => ({ field, signed, inDocument: inDocument ?? "unknown" }));
}

/** A signature as it goes into the file. */
export interface StatementSignature {
  readonly bytes: Hex;
  /** The block at which the signature was found good when it was made. */
  readonly block: { readonly number: bigint; readonly hash: Hex };
}

/** The file: the statement, what was signed, and the signature. */
export function signedStatementOf({
  document,
  typedData,
  signature,
}: {
  readonly document: StatementJson;
  readonly typedData: StatementTypedData;
  readonly signature: StatementSignature;
}): SignedStatementJson {
  return {
    schema: SIGNED_STATEMENT_SCHEMA,
    document,
    typedData,
    signature: {
      bytes: signature.bytes,
      block: { number: signature.block.number.toString(), hash: signature.block.hash },
    },
  };
}
