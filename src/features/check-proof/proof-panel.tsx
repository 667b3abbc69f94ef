import { useRef, useState } from "react";
import { type ClaimsTree, isClaimProven, type ReadClaims, readClaims } from "@/data/claims/read-claims";
import { parseAddress } from "@/data/parse-address";
import type { FileText } from "@/ui/forms/file-field";
import { issueLines } from "./messages";
import {
  EMPTY_FORM,
  type FileHead,
  formOfClaim,
  headOfClaim,
  headOfClaims,
  type ProofForm,
  parseForm,
} from "./model";
import { type CheckState, type FileState, ProofView } from "./proof-view";
import { RecomputePanel, type RecomputePanelProps } from "./recompute-panel";

/** A file of the site that could not be fetched: offline, or a newer version was published. */
function rethrowUnlessNotLoaded(cause: unknown): void {
  if (!(cause instanceof TypeError)) throw cause;
}

/** Reads a file or what is typed, checks it here, and offers to compute the root again from the chain. */
export function ProofPanel({ faultText, readingOf }: Omit<RecomputePanelProps, "head">) {
  const [file, setFile] = useState<FileState>({ kind: "none" });
  const [tree, setTree] = useState<ClaimsTree>();
  const [form, setForm] = useState<ProofForm>(EMPTY_FORM);
  const [isTried, setIsTried] = useState(false);
  const [check, setCheck] = useState<CheckState>({ kind: "none" });
  const newest = useRef(0);
  const parsed = parseForm(form);
  const head: FileHead | undefined = file.kind === "read" ? file.head : undefined;

  const change = (changed: ProofForm): void => {
    // An answer stays no longer than what it answers.
    newest.current += 1;
    setForm(changed);
    setCheck({ kind: "none" });
  };

  const take = (name: string, read: ReadClaims): void => {
    setIsTried(false);
    switch (read.kind) {
      case "refused":
        setFile({ kind: "refused", name, lines: issueLines(read.issues) });
        return;
      case "claim":
        setFile({ kind: "read", name, what: "claim", head: headOfClaim(read.file) });
        change(formOfClaim(read.file));
        return;
      case "claims":
        setFile({ kind: "read", name, what: "claims", head: headOfClaims(read.file) });
        setTree(read.tree);
        change({ ...EMPTY_FORM, root: read.file.root });
    }
  };

  const onFile = (chosen: FileText): void => {
    setTree(undefined);
    if (!chosen.ok) {
      setFile({ kind: "refused", name: chosen.name, lines: [chosen.message] });
      return;
    }
    setFile({ kind: "reading" });
    newest.current += 1;
    const own = newest.current;
    void readClaims(chosen.text).then(
      (read) => {
        if (newest.current === own) take(chosen.name, read);
      },
      (cause: unknown) => {
        rethrowUnlessNotLoaded(cause);
        if (newest.current === own) setFile({ kind: "failed" });
      },
    );
  };

  const onAddress = (text: string): string | undefined => {
    const address = parseAddress(text);
    if (!address.ok) return address.message;
    const claim = tree?.claims.find((one) => one.address === address.address);
    const proof = tree?.proofOf(address.address);
    if (tree === undefined || claim === undefined || proof === undefined) {
      return "The file holds no claim of this address.";
    }
    change({
      root: tree.root,
      address: claim.address,
      amount: claim.amountAssets.toString(),
      proof: proof.join("\n"),
    });
    return undefined;
  };

  const onCheck = (): void => {
    setIsTried(true);
    if (!parsed.ok) return;
    const { claim } = parsed;
    newest.current += 1;
    const own = newest.current;
    setCheck({ kind: "checking" });
    void isClaimProven(claim).then(
      (isProven) => {
        if (newest.current !== own) return;
        const { address, amountAssets } = claim;
        setCheck({ kind: "done", isProven, address, amountAssets });
      },
      (cause: unknown) => {
        rethrowUnlessNotLoaded(cause);
        if (newest.current === own) setCheck({ kind: "failed" });
      },
    );
  };

  return (
    <ProofView
      file={file}
      onFile={onFile}
      onAddress={onAddress}
      form={form}
      onForm={change}
      issues={parsed.ok || !isTried ? {} : parsed.issues}
      check={check}
      onCheck={onCheck}
      recompute={
        <RecomputePanel
          key={head === undefined ? "" : `${head.chainId}:${head.vault}:${head.root}`}
          head={head}
          faultText={faultText}
          readingOf={readingOf}
        />
      }
    />
  );
}
