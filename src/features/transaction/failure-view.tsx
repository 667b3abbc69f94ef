import type { TransactionFailure, TransactionStage } from "@/data/transaction/failure";
import { HashLabel } from "@/ui/data/address-label";
import { CopyButton } from "@/ui/data/copy-button";
import { Callout } from "@/ui/data/messages";
import { failureWords } from "./messages";

export interface FailureViewProps {
  readonly failure: TransactionFailure;
  readonly stage: TransactionStage;
  readonly otherHref: string | undefined;
}

/** What went wrong, why, and what to do: the contract's own reason with its arguments, an unknown one as it came. */
export function FailureView({ failure, stage, otherHref }: FailureViewProps) {
  const { title, cause, whatToDo, isCalm } = failureWords(failure, stage);
  const { revert, details, otherHash } = failure;
  return (
    <div role={isCalm ? undefined : "alert"}>
      <Callout tone={isCalm ? "neutral" : "danger"} title={title}>
        <p>{cause}</p>
        {details.length > 0 && (
          <ul className="mt-1 list-inside list-disc">
            {details.map((detail) => (
              <li key={detail}>{detail}</li>
            ))}
          </ul>
        )}
        {revert !== undefined && <Reason revert={revert} />}
        {otherHash !== undefined && (
          <p className="mt-1">
            The other transaction:{" "}
            <HashLabel
              hash={otherHash}
              what="transaction hash"
              {...(otherHref === undefined ? {} : { href: otherHref, external: true })}
            />
          </p>
        )}
        <p className="mt-1 text-ink-muted">{whatToDo}</p>
      </Callout>
    </div>
  );
}

function Reason({ revert }: { readonly revert: NonNullable<TransactionFailure["revert"]> }) {
  return (
    <div className="mt-2 flex flex-wrap items-baseline gap-x-2 gap-y-1 text-xs">
      <code className="font-mono break-all">
        {revert.name ?? revert.selector ?? "no data"}
        {revert.name !== undefined &&
          `(${revert.args.map((one) => `${one.name} ${String(one.value)}`.trim()).join(", ")})`}
      </code>
      {revert.data !== "0x" && <CopyButton text={revert.data} what="raw reason" />}
    </div>
  );
}
