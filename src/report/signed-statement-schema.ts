import * as z from "zod/mini";
import { sanitiseText } from "@/shared/text";
import { canonicalJson } from "./canonical-json";
import { addressShape, amountShape, countShape, hashShape, signedShape } from "./json-shapes";
import { STATEMENT_SCHEMA, type StatementJson, statementSchema } from "./statement-schema";

/** Name and version of the signed file's layout. */
export const SIGNED_STATEMENT_SCHEMA = "plimsoll-signed-statement/1";

/** EIP-712: whose typed data these are. Chain and vault are added for each statement. */
export const STATEMENT_DOMAIN = { name: "Plimsoll statement", version: "1" } as const;

/** EIP-712: the fields of what is signed, in the order in which a wallet shows them. */
export const STATEMENT_TYPES = {
  EIP712Domain: [
    { name: "name", type: "string" },
    { name: "version", type: "string" },
    { name: "chainId", type: "uint256" },
    { name: "verifyingContract", type: "address" },
  ],
  Statement: [
    { name: "contents", type: "string" },
    { name: "lp", type: "address" },
    { name: "signer", type: "address" },
    { name: "signerRole", type: "string" },
    { name: "documentSha256", type: "bytes32" },
    { name: "blockNumber", type: "uint256" },
    { name: "blockHash", type: "bytes32" },
    { name: "asset", type: "address" },
    { name: "shares", type: "uint256" },
    { name: "valueAssets", type: "uint256" },
    { name: "lossesAssets", type: "int256" },
    { name: "recoveriesAssets", type: "uint256" },
    { name: "netLossAssets", type: "int256" },
  ],
} as const;

const MAX_CONTENTS_LENGTH = 1_000;
const MAX_ROLE_LENGTH = 100;
const MAX_UINT256_DIGITS = 78;
/** A Safe of a hundred owners signs in 6,500 bytes; contracts inside it may add their own. */
const MAX_SIGNATURE_DIGITS = 2 * 65_536;

const uintShape = amountShape.check(
  z.maxLength(MAX_UINT256_DIGITS),
  z.refine((text) => /^\d+$/.test(text) && BigInt(text) < 2n ** 256n),
);
const intShape = signedShape.check(
  z.maxLength(MAX_UINT256_DIGITS),
  z.refine((text) => {
    if (!/^-?\d+$/.test(text)) return false;
    const value = BigInt(text);
    return -(2n ** 255n) <= value && value < 2n ** 255n;
  }),
);

const messageShape = z.strictObject({
  contents: z.string().check(z.maxLength(MAX_CONTENTS_LENGTH)),
  lp: addressShape,
  signer: addressShape,
  signerRole: z.string().check(z.maxLength(MAX_ROLE_LENGTH)),
  documentSha256: hashShape,
  blockNumber: uintShape,
  blockHash: hashShape,
  asset: addressShape,
  shares: uintShape,
  valueAssets: uintShape,
  lossesAssets: intShape,
  recoveriesAssets: uintShape,
  netLossAssets: intShape,
});

export type StatementMessageJson = z.infer<typeof messageShape>;

const typesShape = z.custom<typeof STATEMENT_TYPES>(
  (value) => isJson(value) && canonicalJson(value) === canonicalJson(STATEMENT_TYPES),
);

function isJson(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

const signedStatementShape = z.strictObject({
  schema: z.literal(SIGNED_STATEMENT_SCHEMA),
  document: statementSchema,
  typedData: z.strictObject({
    types: typesShape,
    primaryType: z.literal("Statement"),
    domain: z.strictObject({
      name: z.literal(STATEMENT_DOMAIN.name),
      version: z.literal(STATEMENT_DOMAIN.version),
      chainId: countShape,
      verifyingContract: addressShape,
    }),
    message: messageShape,
  }),
  signature: z.strictObject({
    bytes: z.string().check(z.maxLength(MAX_SIGNATURE_DIGITS), z.regex(/^0x(?:[0-9a-f]{2})*$/)),
    block: z.strictObject({ number: uintShape, hash: hashShape }),
  }),
});

/** A statement with what was signed of it and the signature. */
export type SignedStatementJson = z.infer<typeof signedStatementShape>;

/** What is wrong with a file, by the field that is at fault. */
export interface FileIssue {
  readonly field: string;
  readonly message: string;
}

/** What became of a file that somebody wants to check. */
export type StatementFile =
  | { readonly kind: "signed"; readonly signed: SignedStatementJson }
  /** A statement that nobody signed: only its figures can be checked. */
  | { readonly kind: "unsigned"; readonly document: StatementJson }
  | { readonly kind: "unreadable"; readonly issues: readonly FileIssue[] };

/** An LP with ten thousand lines has a file of about seven million characters. */
export const MAX_STATEMENT_FILE_BYTES = 16 * 1024 * 1024;
const MAX_ISSUES = 20;

/** Reads the text of a file from anybody. Strict: a field that this build does not know is an issue, not ignored. */
export function readStatementFile(text: string): StatementFile {
  if (text.length > MAX_STATEMENT_FILE_BYTES) {
    return unreadable("(the file)", "It is larger than 16 MiB, which no statement is.");
  }
  const json = parsed(text);
  if (json === undefined) {
    return unreadable("(the file)", "This is not JSON. Choose the .json file, not a CSV or a printed page.");
  }
  const schema = schemaOf(json);
  if (schema === SIGNED_STATEMENT_SCHEMA) {
    const result = signedStatementShape.safeParse(json);
    if (result.success) return { kind: "signed", signed: result.data };
    return { kind: "unreadable", issues: issuesOf(result.error.issues, json) };
  }
  if (schema === STATEMENT_SCHEMA) {
    const result = statementSchema.safeParse(json);
    if (result.success) return { kind: "unsigned", document: result.data };
    return { kind: "unreadable", issues: issuesOf(result.error.issues, json) };
  }
  const said = typeof schema === "string" ? `It says “${sanitiseText(schema)}”.` : "It says none.";
  return unreadable(
    "schema",
    `${said} This page reads “${SIGNED_STATEMENT_SCHEMA}” and “${STATEMENT_SCHEMA}”.`,
  );
}

function unreadable(field: string, message: string): StatementFile {
  return { kind: "unreadable", issues: [{ field, message }] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function schemaOf(json: unknown): unknown {
  return typeof json === "object" && json !== null && "schema" in json ? json.schema : undefined;
}

function issuesOf(issues: readonly z.core.$ZodIssue[], json: unknown): readonly FileIssue[] {
  const shown = issues.slice(0, MAX_ISSUES).map((issue) => ({
    field: fieldOf(issue.path),
    message: isThere(json, issue.path) ? messageOf(issue) : "It is missing.",
  }));
  const more = issues.length - shown.length;
  return more > 0 ? [...shown, { field: "…", message: `And ${more} more.` }] : shown;
}

function isThere(json: unknown, path: readonly PropertyKey[]): boolean {
  let value = json;
  for (const part of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return false;
    value = (value as Readonly<Record<PropertyKey, unknown>>)[part];
  }
  return true;
}

function fieldOf(path: readonly PropertyKey[]): string {
  const field = path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : `${text === "" ? "" : `${text}.`}${String(part)}`,
    "",
  );
  return field === "" ? "(the file)" : sanitiseText(field, 80);
}

/** Our words for what the schema found; never a text from the file alone. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") {
    const keys = issue.keys.slice(0, 3).map((key) => `“${sanitiseText(key)}”`);
    const others = issue.keys.length > keys.length ? " and others" : "";
    return `Unknown field ${keys.join(", ")}${others}: nothing unread may stand in what was signed.`;
  }
  if (issue.code === "invalid_type") {
    return `It is not what stands there in a statement (expected: ${issue.expected}).`;
  }
  if (issue.code === "invalid_value") {
    return `Expected: ${issue.values.map((value) => `“${String(value)}”`).join(", ")}.`;
  }
  if (issue.code === "too_big") return "It is too long.";
  return "It has not the form that it has in a statement: amounts are whole decimal numbers as text, addresses and hashes lower-case hex.";
}
