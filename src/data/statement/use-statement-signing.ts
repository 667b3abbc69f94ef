import { useCallback, useEffect, useRef, useState } from "react";
import { isHexBytes } from "@/chain/bytes";
import type { Address } from "@/domain/model";
import type { SignerRole } from "@/report/signed-statement";
import type { SignedStatementJson } from "@/report/signed-statement-schema";
import { type Runtime, useRuntime } from "../runtime";
import {
  type ShownStatement,
  SigningError,
  signStatement,
  toSigningError,
  withSignature,
} from "./sign-statement";
import { fetchSignerRoles } from "./signer-roles";
import {
  type DatedStatement,
  prepareStatement,
  type StatementForReview,
  statementDocumentOf,
} from "./statement-document";

/** Whose signature is wanted under which statement. */
export interface SigningRequest {
  readonly dated: DatedStatement;
  readonly signer: Address;
}

/** What is shown to the person, frozen: a new block does not change what is about to be signed. */
export interface SigningReview extends StatementForReview {
  readonly request: SigningRequest;
  /** Everything the signer is to this statement; the first is the default. */
  readonly roles: readonly SignerRole[];
  readonly role: SignerRole;
}

export type SigningState =
  | { readonly kind: "closed" }
  | { readonly kind: "preparing"; readonly request: SigningRequest }
  /** Nothing to review: the chain could not be asked, or the signer has no part in this statement. */
  | { readonly kind: "refused"; readonly request: SigningRequest; readonly failure: SigningError }
  | {
      readonly kind: "review";
      readonly review: SigningReview;
      /** What the last try came to. */
      readonly failure: SigningError | undefined;
    }
  | { readonly kind: "asking"; readonly review: SigningReview; readonly at: "wallet" | "chain" }
  | { readonly kind: "signed"; readonly review: SigningReview; readonly signed: SignedStatementJson };

export interface StatementSigning {
  readonly state: SigningState;
  readonly open: (request: SigningRequest) => void;
  readonly chooseRole: (role: SignerRole) => void;
  /** Asks the connected wallet. */
  readonly sign: () => void;
  /** Takes a signature that was made elsewhere. */
  readonly attach: (signature: string) => void;
  readonly close: () => void;
}

/** Signing of one statement, from the review to the file. */
export function useStatementSigning(): StatementSigning {
  const runtime = useRuntime();
  const [state, setState] = useState<SigningState>({ kind: "closed" });
  /** Answers to a dialog that was closed, or opened anew, are nobody's. */
  const run = useRef(0);
  useEffect(
    () => () => {
      run.current += 1;
    },
    [],
  );

  const begin = useCallback((job: (isCurrent: () => boolean) => Promise<void>) => {
    run.current += 1;
    const own = run.current;
    void job(() => run.current === own);
  }, []);

  const open = useCallback(
    (request: SigningRequest) => {
      setState({ kind: "preparing", request });
      begin(async (isCurrent) => {
        const next = await prepared(runtime, request);
        if (isCurrent()) setState(next);
      });
    },
    [runtime, begin],
  );

  function chooseRole(role: SignerRole): void {
    if (state.kind !== "review") return;
    const { review } = state;
    begin(async (isCurrent) => {
      const next = await reviewFor(review.request, { roles: review.roles, role });
      if (isCurrent()) setState({ kind: "review", review: next, failure: undefined });
    });
  }

  function finish(
    at: "wallet" | "chain",
    make: (shown: ShownStatement) => Promise<SignedStatementJson>,
  ): void {
    if (state.kind !== "review") return;
    const { review } = state;
    setState({ kind: "asking", review, at });
    begin(async (isCurrent) => {
      const next = await make(review).then(
        (signed): SigningState => ({ kind: "signed", review, signed }),
        (error: unknown): SigningState => ({ kind: "review", review, failure: toSigningError(error) }),
      );
      if (isCurrent()) setState(next);
    });
  }

  return {
    state,
    open,
    chooseRole,
    sign: () =>
      finish("wallet", (shown) => {
        const { wallet, locks } = runtime;
        return signStatement({ wallet, locks, rpc: rpcFor(runtime, shown.document.chainId) }, shown);
      }),
    attach: (signature) =>
      finish("chain", async (shown) => {
        const trimmed = signature.trim();
        if (!isHexBytes(trimmed)) throw new SigningError("no-signature");
        return withSignature(rpcFor(runtime, shown.document.chainId), { shown, signature: trimmed });
      }),
    close() {
      run.current += 1;
      setState({ kind: "closed" });
    },
  };
}

function rpcFor(runtime: Runtime, chainId: number) {
  const rpc = runtime.rpcOf(chainId);
  if (rpc === undefined) throw new RangeError(`Chain ${chainId} is not in the configuration`);
  return rpc;
}

async function prepared(runtime: Runtime, request: SigningRequest): Promise<SigningState> {
  const { dated, signer } = request;
  const { report, statement } = dated;
  try {
    const rpc = rpcFor(runtime, report.config.chainId);
    const roles = await fetchSignerRoles(rpc, { report, lp: statement.address, signer });
    const [role] = roles;
    if (role === undefined) throw new SigningError("no-role");
    return { kind: "review", review: await reviewFor(request, { roles, role }), failure: undefined };
  } catch (error) {
    return { kind: "refused", request, failure: toSigningError(error) };
  }
}

async function reviewFor(
  request: SigningRequest,
  as: { readonly roles: readonly SignerRole[]; readonly role: SignerRole },
): Promise<SigningReview> {
  const document = statementDocumentOf(request.dated);
  const review = await prepareStatement({ document, signer: request.signer, role: as.role });
  if (review === undefined)
    throw new RangeError("A statement with unknown figures is not offered for signing");
  return { ...review, request, ...as };
}
