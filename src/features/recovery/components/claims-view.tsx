import { Network } from "lucide-react";
import { type FormEvent, useState } from "react";
import {
  type ClaimsBasis,
  type ClaimsExport,
  claimFileText,
  claimsFileText,
  claimsMethod,
} from "@/data/claims/claims-export";
import { parseAddress } from "@/data/parse-address";
import type { Address } from "@/domain/model";
import { toCsv } from "@/shared/csv";
import { CopyButton } from "@/ui/data/copy-button";
import { Disclosure } from "@/ui/data/disclosure";
import { DownloadButton } from "@/ui/data/download-button";
import { KeyValueList } from "@/ui/data/key-value-list";
import { Callout, ErrorState } from "@/ui/data/messages";
import { Button, LinkButton } from "@/ui/forms/button";
import { TextInput } from "@/ui/forms/inputs";
import { Panel } from "@/ui/layout/panel";
import { claimsCsv } from "../export";
import { madeTexts, proofIssueText } from "../texts";

export interface ClaimsPanelViewProps {
  readonly made: ClaimsExport | undefined;
  /** The tree that was built is of other claims than the page shows now. */
  readonly isOutdated: boolean;
  readonly isBuilding: boolean;
  readonly hasFailed: boolean;
  readonly onBuild: () => void;
  /** Why no tree can be built now. */
  readonly obstacle: string | undefined;
  readonly basis: ClaimsBasis;
  readonly checkHref: string;
}

/** The distribution as files: a list, a Merkle tree with its root, and a proof for anybody in it. */
export function ClaimsPanelView(props: ClaimsPanelViewProps) {
  const { made, isOutdated, isBuilding, obstacle } = props;
  return (
    <Panel
      title="Claims as a Merkle tree"
      description="A contract that holds the root pays everybody who brings a proof. Nothing is sent from here: these are files."
      actions={
        <LinkButton href={props.checkHref} size="small">
          Check a proof
        </LinkButton>
      }
    >
      <div className="flex flex-col gap-4">
        <Disclosure summary="How weights and amounts come about" open={made !== undefined}>
          <p className="max-w-[80ch] text-[0.8125rem] text-ink-muted">{claimsMethod(props.basis)}</p>
        </Disclosure>
        <div className="flex flex-wrap items-start gap-3">
          <Button
            variant={made === undefined || isOutdated ? "primary" : "secondary"}
            icon={Network}
            busy={isBuilding}
            onClick={props.onBuild}
            disabledReason={obstacle}
          >
            {made === undefined ? "Build the tree" : "Build it again"}
          </Button>
        </div>
        {props.hasFailed && (
          <ErrorState
            title="The tree could not be built"
            cause="A part of this page could not be loaded."
            whatToDo="Check the connection, or load the page again if a newer version was published."
          />
        )}
        {made !== undefined && <Made {...props} made={made} />}
      </div>
    </Panel>
  );
}

function Made({ made, isOutdated }: ClaimsPanelViewProps & { readonly made: ClaimsExport }) {
  const texts = madeTexts(made);
  const name = `claims-${made.chainId}-${made.vault}-block-${made.block.number}`;
  return (
    <div className="flex flex-col gap-4">
      {isOutdated && (
        <Callout tone="caution" title={`This tree is of ${texts.amount} at ${texts.block}`}>
          The page shows other claims now. Build it again for those, or keep these files: they say their own
          block and amount.
        </Callout>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md bg-sunken px-3 py-2.5">
        <span className="text-xs font-medium text-ink-muted">Root</span>
        <output
          aria-label="Merkle root"
          className="min-w-0 grow basis-72 font-mono text-[0.8125rem] break-all"
        >
          {made.tree.root}
        </output>
        <CopyButton text={made.tree.root} what="root" labelled />
      </div>
      <KeyValueList items={texts.facts.map(({ label, value }) => ({ key: label, label, value }))} />
      <div className="flex flex-wrap gap-2">
        <DownloadButton
          fileName={`${name}.json`}
          mimeType="application/json"
          label="Download the claims with their tree as JSON"
          content={() => claimsFileText(made)}
        >
          Claims and tree, JSON
        </DownloadButton>
        <DownloadButton
          fileName={`${name}.csv`}
          mimeType="text/csv"
          label="Download address, weight and amount of every claim as CSV"
          content={() => toCsv(claimsCsv(made))}
        >
          Claims, CSV
        </DownloadButton>
      </div>
      <ProofOf made={made} />
    </div>
  );
}

/** Somebody's own proof. */
function ProofOf({ made }: { readonly made: ClaimsExport }) {
  const [text, setText] = useState("");
  const [asked, setAsked] = useState<Address>();
  const [error, setError] = useState<string>();

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const parsed = parseAddress(text);
    if (!parsed.ok) {
      setError(parsed.message);
      setAsked(undefined);
      return;
    }
    const { address } = parsed;
    const hasClaim = made.tree.claims.some((claim) => claim.address === address);
    setError(hasClaim ? undefined : proofIssueText(made));
    setAsked(hasClaim ? address : undefined);
  };

  return (
    <div className="flex flex-col gap-3 border-t border-line pt-4">
      <form onSubmit={submit} noValidate className="flex flex-wrap items-start gap-3">
        <div className="min-w-0 max-w-xl grow basis-72">
          <TextInput
            label="Proof for an address"
            hint="0x and 40 hex digits"
            placeholder="0x…"
            mono
            value={text}
            error={error}
            onChange={(value) => {
              setText(value);
              setError(undefined);
            }}
          />
        </div>
        <div className="sm:mt-[1.43rem]">
          <Button type="submit">Show the proof</Button>
        </div>
      </form>
      {asked !== undefined && <Proof made={made} address={asked} />}
    </div>
  );
}

function Proof({ made, address }: { readonly made: ClaimsExport; readonly address: Address }) {
  const proof = made.tree.proofOf(address) ?? [];
  const { amountOf } = madeTexts(made);
  return (
    <section aria-label="Proof" className="flex flex-col gap-2">
      <p className="text-[0.8125rem]">
        <span className="font-mono break-all">{address}</span> may claim{" "}
        <strong className="figures font-semibold">{amountOf(address)}</strong>.
      </p>
      {proof.length === 0 ? (
        <p className="text-[0.8125rem] text-ink-muted">
          It is the only claim, so its leaf is the root and the proof is empty.
        </p>
      ) : (
        <ol className="thin-scrollbar max-h-64 overflow-y-auto rounded-md bg-sunken px-3 py-2 font-mono text-xs leading-relaxed break-all">
          {proof.map((hash) => (
            <li key={hash}>{hash}</li>
          ))}
        </ol>
      )}
      <div className="flex flex-wrap gap-2">
        <CopyButton text={JSON.stringify(proof)} what="proof" labelled />
        <DownloadButton
          fileName={`claim-${made.chainId}-${made.vault}-block-${made.block.number}-${address}.json`}
          mimeType="application/json"
          label="Download this claim with its proof as JSON"
          content={() => claimFileText(made, address) ?? ""}
        >
          This claim, JSON
        </DownloadButton>
      </div>
    </section>
  );
}
