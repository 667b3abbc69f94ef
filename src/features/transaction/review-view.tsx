import type { ReactNode } from "react";
import { gasLimitOf, type TransactionIntent, type TransactionReview } from "@/data/transaction/intent";
import { formatInteger } from "@/shared/format";
import { AddressLabel } from "@/ui/data/address-label";
import { Badge } from "@/ui/data/badge";
import { CopyButton } from "@/ui/data/copy-button";
import { Disclosure } from "@/ui/data/disclosure";
import { type KeyValue, KeyValueList } from "@/ui/data/key-value-list";
import { BlockStamp } from "@/ui/figures/block-stamp";

export interface ReviewViewProps {
  readonly intent: TransactionIntent;
  /** undefined while nothing has been simulated yet. */
  readonly review: TransactionReview | undefined;
  /** The call in words, decoded from the bytes themselves. */
  readonly words: ReactNode;
  readonly chainName: string;
  /** Symbol of the chain's own coin. */
  readonly nativeSymbol: string;
}

/** What is about to be signed: its effect, whom it is for, the decoded call, and the bytes to compare. */
export function ReviewView(props: ReviewViewProps) {
  const { intent, review, words } = props;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <section aria-label="Effect">
        <h3 className="text-[0.8125rem] font-semibold text-ink-muted">What it does</h3>
        <ul className="mt-1 flex flex-col gap-1">
          {intent.effect.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
      <KeyValueList items={partiesOf(props)} />
      <section aria-label="Decoded call">
        <h3 className="text-[0.8125rem] font-semibold text-ink-muted">The call, read from its bytes</h3>
        <div className="mt-1">{words}</div>
      </section>
      {review !== undefined && review.passed.length > 0 && (
        <section aria-label="Checks">
          <h3 className="text-[0.8125rem] font-semibold text-ink-muted">
            Asked of the chain, and answered yes
          </h3>
          <ul className="mt-1 list-inside list-disc text-[0.8125rem]">
            {review.passed.map((label) => (
              <li key={label}>{label}</li>
            ))}
          </ul>
        </section>
      )}
      {review !== undefined && <Bytes review={review} />}
    </div>
  );
}

function partiesOf({ intent, review, chainName, nativeSymbol }: ReviewViewProps): readonly KeyValue[] {
  const { target } = intent;
  const parties: KeyValue[] = [
    {
      key: "target",
      label: "Contract",
      value: (
        <AddressLabel
          address={target.address}
          name={target.name}
          tags={!target.listed && <Badge tone="caution">not listed</Badge>}
        />
      ),
    },
    { key: "from", label: "Signed by", value: <AddressLabel address={intent.account} /> },
    { key: "chain", label: "On", value: `${chainName} (${intent.chainId})` },
  ];
  if (intent.call.value !== 0n) {
    parties.push({
      key: "value",
      label: `Sends along, in the smallest unit of ${nativeSymbol}`,
      value: formatInteger(intent.call.value),
    });
  }
  if (review !== undefined) {
    parties.push({ key: "simulation", label: "Simulation", value: <SimulationNote review={review} /> });
  }
  return parties;
}

function SimulationNote({ review }: { readonly review: TransactionReview }) {
  const { simulation, block } = review;
  const passed = simulation.kind === "passed";
  const gasLimit = gasLimitOf(simulation);
  return (
    <span className="inline-flex flex-wrap items-center justify-end gap-x-2">
      <Badge tone={passed ? "ok" : "caution"}>{passed ? "succeeds" : "not simulated"}</Badge>
      {passed && simulation.gasUsed !== undefined && gasLimit !== undefined && (
        <span>
          {formatInteger(simulation.gasUsed)} gas, limit {formatInteger(gasLimit)}
        </span>
      )}
      <BlockStamp number={formatInteger(block.number)} hash={block.hash} />
    </span>
  );
}

/** The raw bytes and their hash, for a second tool or a hardware screen. */
function Bytes({ review }: { readonly review: TransactionReview }) {
  const { request, callDataHash } = review;
  return (
    <Disclosure summary="The exact bytes">
      <div className="flex flex-col gap-3">
        <p className="text-xs text-ink-muted">
          Your wallet gets these bytes and no others. Compare them, or their keccak-256 hash, with another
          tool or with the screen of your hardware wallet.
        </p>
        <HexBlock label="Call data" what="call data" hex={request.data} />
        <HexBlock label="keccak-256 of the call data" what="hash of the call data" hex={callDataHash} />
      </div>
    </Disclosure>
  );
}

function HexBlock(props: { readonly label: string; readonly what: string; readonly hex: string }) {
  return (
    <div>
      <div className="flex items-center justify-between gap-2">
        <span className="text-xs font-medium">{props.label}</span>
        <CopyButton text={props.hex} what={props.what} labelled />
      </div>
      <code className="thin-scrollbar mt-1 block max-h-40 overflow-y-auto rounded border border-line bg-sunken px-2 py-1.5 font-mono text-xs break-all">
        {props.hex}
      </code>
    </div>
  );
}
