import type { LpStatement } from "@/domain/ledger-model";
import type { Address } from "@/domain/model";
import { canonicalJson } from "@/report/canonical-json";
import {
  type SignerRole,
  type StatementTypedData,
  statementHashes,
  statementTypedData,
  unknownHeadlineFields,
} from "@/report/signed-statement";
import type { SignedStatementJson } from "@/report/signed-statement-schema";
import { statementJsonOf } from "@/report/statement-json";
import type { StatementJson } from "@/report/statement-schema";
import type { VaultReport } from "@/report/vault-report";
import type { ShownStatement } from "./sign-statement";

/** A statement and the report of the same block. */
export interface DatedStatement {
  readonly report: VaultReport;
  readonly statement: LpStatement;
}

/** The statement as the file that is downloaded: canonical JSON, so that the file's own SHA-256 is the one signed. */
export function statementFileText(dated: DatedStatement): string {
  return canonicalJson(statementJsonOf(dated));
}

/** A signed statement as a file. */
export function signedFileText(signed: SignedStatementJson): string {
  return `${JSON.stringify(signed, undefined, 2)}\n`;
}

/** What is signed, as a file for a wallet or a Safe elsewhere. */
export function typedDataFileText(typedData: StatementTypedData): string {
  return `${JSON.stringify(typedData, undefined, 2)}\n`;
}

/** Why a statement cannot be signed. */
export type SigningObstacle =
  /** Figures that would be signed are unknown. */
  | { readonly kind: "unknown"; readonly fields: ReturnType<typeof unknownHeadlineFields> }
  /** The lines do not add up to the value, or it is not known whether they do. */
  | { readonly kind: "does-not-close" };

/** A statement is only offered for signing when it is whole: every signed figure known, and the lines add up. */
export function signingObstacleOf(document: StatementJson): SigningObstacle | undefined {
  const fields = unknownHeadlineFields(document);
  if (fields.length > 0) return { kind: "unknown", fields };
  return document.identity.closes === true ? undefined : { kind: "does-not-close" };
}

/** The document of a statement. */
export function statementDocumentOf(dated: DatedStatement): StatementJson {
  return statementJsonOf(dated);
}

/** A statement as it is shown before it is signed, with the hashes that other tools and hardware wallets show. */
export interface StatementForReview extends ShownStatement {
  readonly hashes: ReturnType<typeof statementHashes>;
}

/** Prepares what is signed. Undefined where a headline figure is unknown. */
export async function prepareStatement(request: {
  readonly document: StatementJson;
  readonly signer: Address;
  readonly role: SignerRole;
}): Promise<StatementForReview | undefined> {
  const typedData = await statementTypedData(request);
  if (typedData === undefined) return undefined;
  return { document: request.document, typedData, hashes: statementHashes(typedData) };
}
