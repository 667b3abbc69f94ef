import { type ReactNode, useEffect, useMemo, useState } from "react";
import type { ChainError } from "@/data/chain-error";
import { useClaimsExport } from "@/data/claims/use-claims-export";
import { type Distribution, useDistribution } from "@/data/claims/use-distribution";
import { useChainInfo } from "@/data/use-chain-info";
import { useVaultReport } from "@/data/vault/use-vault-report";
import type { Address } from "@/domain/model";
import type { VaultReport } from "@/report/vault-report";
import { Callout, ErrorState } from "@/ui/data/messages";
import { ProgressBar } from "@/ui/data/progress-bar";
import { WHY_UNKNOWN } from "@/ui/figures/why-unknown";
import { Button } from "@/ui/forms/button";
import { Panel } from "@/ui/layout/panel";
import { differenceText } from "./messages";
import { type FileHead, firstDifferenceOf } from "./model";

/** What a failed read says; the same words on every page. */
export type FaultText = (error: ChainError) => {
  readonly cause: string;
  readonly whatToDo: string;
  readonly detail: string;
};

export interface RecomputePanelProps {
  /** What the file says it is about; undefined without a file. */
  readonly head: FileHead | undefined;
  readonly faultText: FaultText;
  /** How the reading of a vault's past stands. */
  readonly readingOf: (report: VaultReport) => ReactNode;
}

/** Computes a root again from the chain: the only way to know that it is the right one. */
export function RecomputePanel({ head, faultText, readingOf }: RecomputePanelProps) {
  const [isAsked, setIsAsked] = useState(false);
  const chain = useChainInfo(head?.chainId);
  const obstacle =
    head === undefined
      ? "Read a file first: a root alone does not say which vault and block it is about."
      : chain === undefined
        ? `Chain ${head.chainId} is not in this site's configuration.`
        : undefined;
  return (
    <Panel
      title="Is it the right root?"
      description="The vault's history is read up to the file's block, who lost how much is computed again, and the root of that is compared."
    >
      <div className="flex flex-col gap-3">
        {!isAsked && (
          <div>
            <Button onClick={() => setIsAsked(true)} disabledReason={obstacle}>
              Recompute from the chain
            </Button>
          </div>
        )}
        {isAsked && head !== undefined && <Read head={head} faultText={faultText} readingOf={readingOf} />}
      </div>
    </Panel>
  );
}

function Read({ head, faultText, readingOf }: RecomputePanelProps & { readonly head: FileHead }) {
  const ref = useMemo(() => ({ chainId: head.chainId, address: head.vault as Address }), [head]);
  const view = useVaultReport(ref, { block: BigInt(head.block.number) });
  const { report, error } = view;
  if (report === undefined) {
    if (error !== undefined && !view.isFetching) {
      return <ErrorState title="The vault could not be read" {...faultText(error)} onRetry={view.retry} />;
    }
    return <ProgressBar label="Reading the vault up to the file's block" percent={undefined} detail="" />;
  }
  return (
    <>
      {!view.config.listed && (
        <Callout tone="caution" title="Not listed by this site">
          Whoever runs this site has not vouched for this vault.
        </Callout>
      )}
      {report.snapshot.state.block.hash === head.block.hash ? (
        <>
          {readingOf(report)}
          <Computed report={report} head={head} />
        </>
      ) : (
        <Callout tone="danger" title="The chain has another block there">
          The file names a block whose hash is not the one on this chain: it is of another chain, or of a
          block that was replaced.
        </Callout>
      )}
    </>
  );
}

function Computed({ report, head }: { readonly report: VaultReport; readonly head: FileHead }) {
  const { distribution, isPending } = useDistribution(report, BigInt(head.distributed));
  if (isPending || distribution === undefined) {
    return <ProgressBar label="Computing who lost how much" percent={undefined} detail="" />;
  }
  if (distribution.claims.kind === "unknown") {
    return (
      <Callout tone="caution" title="The root cannot be computed here">
        {WHY_UNKNOWN[distribution.claims.reason]}
      </Callout>
    );
  }
  if (distribution.claims.value.claimingLossesAssets === 0n) {
    return (
      <Callout tone="danger" title="By the chain nobody has a claim">
        No loss of an LP is known up to this block.
      </Callout>
    );
  }
  return <Compared report={report} head={head} distribution={distribution} />;
}

interface ComparedProps {
  readonly report: VaultReport;
  readonly head: FileHead;
  readonly distribution: Distribution;
}

function Compared({ report, head, distribution }: ComparedProps) {
  const { made, hasFailed, build } = useClaimsExport();
  const { state } = report.snapshot;
  const { fromBlock } = report.history;
  useEffect(() => {
    const { claims, basis, block } = distribution;
    if (claims.kind === "unknown") return;
    const { chainId, address: vault, asset } = state;
    build({ chainId, vault, block, asset, claims: claims.value, basis, fromBlock });
  }, [build, distribution, state, fromBlock]);
  if (hasFailed) {
    return (
      <ErrorState
        title="The root could not be computed"
        cause="A part of this page could not be loaded."
        whatToDo="Check the connection, or load the page again if a newer version was published."
      />
    );
  }
  if (made === undefined) return <ProgressBar label="Building the tree" percent={undefined} detail="" />;
  if (made.tree.root === head.root) {
    return (
      <output>
        <Callout tone="ok" title="The chain gives the same root">
          Everybody&rsquo;s losses, computed from the vault&rsquo;s own history by this site&rsquo;s endpoint,
          lead to exactly this list of claims.
        </Callout>
      </output>
    );
  }
  const isLess = head.losses.fallsSearched && !distribution.basis.fallsSearched;
  const difference = head.leaves === undefined ? undefined : firstDifferenceOf(head.leaves, made.tree.claims);
  return (
    <div role="alert">
      <Callout tone={isLess ? "caution" : "danger"} title="The chain gives another root">
        <p className="font-mono break-all">{made.tree.root}</p>
        {difference !== undefined && <p className="break-words">{differenceText(difference, head.asset)}</p>}
        {isLess && (
          <p>
            Falls of the share price without an event could not be looked for through this site&rsquo;s
            endpoint, but are among the file&rsquo;s weights: an archive endpoint may give the same root.
          </p>
        )}
      </Callout>
    </div>
  );
}
