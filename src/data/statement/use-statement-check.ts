import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { type ChainError, toChainError } from "@/chain/errors";
import type { Address } from "@/domain/model";
import { compareStatements, type StatementComparison } from "@/report/compare-statements";
import {
  type SignedFieldDifference,
  type SignerRole,
  signedFieldDifferences,
} from "@/report/signed-statement";
import type { SignedStatementJson } from "@/report/signed-statement-schema";
import { statementJsonOf } from "@/report/statement-json";
import type { StatementJson } from "@/report/statement-schema";
import type { VaultReport } from "@/report/vault-report";
import type { StatementView } from "../ledger-book/ledger-view";
import { useStatement } from "../ledger-book/use-ledger-book";
import { useRuntime } from "../runtime";
import { fetchSignatureAnswers, type SignatureAnswers } from "./check-signature";
import { fetchSignerRoles } from "./signer-roles";

export type { StatementComparison } from "@/report/compare-statements";
export { MAX_STATEMENT_FILE_BYTES, readStatementFile } from "@/report/signed-statement-schema";

/** Something that is being found out: known, under way, or not to be had. */
export interface Finding<Value, Failure = ChainError> {
  readonly value: Value | undefined;
  readonly error: Failure | undefined;
  readonly retry: () => void;
}

const numbers = new WeakMap<SignedStatementJson, number>();
let lastNumber = 0;

/** A file by the order in which this page read it: its content can be megabytes, too much to be a key itself. */
function numberOf(signed: SignedStatementJson): number {
  const found = numbers.get(signed);
  if (found !== undefined) return found;
  lastNumber += 1;
  numbers.set(signed, lastNumber);
  return lastNumber;
}

function keyOf(signed: SignedStatementJson): readonly unknown[] {
  return ["signed-statement", numberOf(signed)];
}

/** Whether the signature is about the document in the file: the fields in which they differ, none if it is. */
export function useSignedFields(signed: SignedStatementJson): Finding<readonly SignedFieldDifference[]> {
  const query = useQuery<readonly SignedFieldDifference[], ChainError>({
    queryKey: [...keyOf(signed), "fields"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => signedFieldDifferences(signed),
  });
  return { value: query.data, error: query.error ?? undefined, retry: () => void query.refetch() };
}

/** What the chain says of the signature. */
export function useSignatureAnswers(signed: SignedStatementJson): Finding<SignatureAnswers> {
  const rpc = useRuntime().rpcOf(signed.document.chainId);
  const query = useQuery<SignatureAnswers, ChainError>({
    queryKey: [...keyOf(signed), "signature"],
    enabled: rpc !== undefined,
    structuralSharing: false,
    queryFn: async ({ signal }) => {
      if (rpc === undefined) throw new RangeError("There is no chain to ask");
      try {
        return await fetchSignatureAnswers(rpc, { signed, signal });
      } catch (error) {
        throw toChainError(error);
      }
    },
  });
  return { value: query.data, error: query.error ?? undefined, retry: () => void query.refetch() };
}

/** What the signer is to the statement at its block: LP, operator, or nobody whom the vault names. */
export function useSignerRoles(
  report: VaultReport,
  who: { readonly lp: Address; readonly signer: Address },
): Finding<readonly SignerRole[]> {
  const rpc = useRuntime().rpcOf(report.config.chainId);
  const { lp, signer } = who;
  const query = useQuery<readonly SignerRole[], ChainError>({
    queryKey: ["signer-roles", report.config.chainId, report.snapshot.state.block.hash, lp, signer],
    enabled: rpc !== undefined,
    queryFn: async ({ signal }) => {
      if (rpc === undefined) throw new RangeError("There is no chain to ask");
      try {
        return await fetchSignerRoles(rpc, { report, lp, signer, signal });
      } catch (error) {
        throw toChainError(error);
      }
    },
  });
  return { value: query.data, error: query.error ?? undefined, retry: () => void query.refetch() };
}

/** The recomputation of a statement from a report of its own block. */
export interface RecomputationView {
  /** Reading and computing, and what went wrong with it. */
  readonly statement: StatementView;
  readonly comparison: StatementComparison | undefined;
}

/** Computes a document's statement anew and compares every field. */
export function useRecomputation(report: VaultReport, document: StatementJson): RecomputationView {
  const statement = useStatement(report, document.address as Address);
  const { data, isCurrent } = statement;
  const comparison = useMemo(
    () =>
      data === undefined || !isCurrent
        ? undefined
        : compareStatements({ file: document, here: statementJsonOf({ report, statement: data }) }),
    [data, isCurrent, report, document],
  );
  return { statement, comparison };
}
