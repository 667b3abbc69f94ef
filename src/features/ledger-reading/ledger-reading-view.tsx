import type { ChainError } from "@/data/chain-error";
import type { LedgerView } from "@/data/ledger-book/ledger-view";
import { formatInteger } from "@/shared/format";
import { Callout, ErrorState } from "@/ui/data/messages";
import { ProgressBar } from "@/ui/data/progress-bar";
import { Button } from "@/ui/forms/button";
import { Panel } from "@/ui/layout/panel";
import { costWords, progressWords, WORKER_FAULT } from "./messages";

/** What a failed read says; every page of a vault says it in the same words. */
export type FaultText = (error: ChainError) => {
  readonly cause: string;
  readonly whatToDo: string;
  readonly detail: string;
};

export interface LedgerReadingViewProps {
  readonly view: LedgerView<unknown>;
  /** What is missing while the past is not read: "Losses without an event and what each LP bore of them". */
  readonly missing: string;
  /** No endpoint runs a call under another block's clock. */
  readonly isClockRefused: boolean;
  readonly faultText: FaultText;
}

/** Fewer blocks than this are read before a reader has read the words. */
const WORTH_A_BAR = 40;

/** How the reading of a vault's past stands: what goes on, what went wrong, what it would cost. */
export function LedgerReadingView(props: LedgerReadingViewProps) {
  const { view, missing } = props;
  return (
    <>
      <Standing view={view} missing={missing} faultText={props.faultText} />
      {props.isClockRefused && (
        <Callout tone="caution" title="Falls inside a block could not be looked for">
          No endpoint of this chain runs a call under another block&rsquo;s clock, which tells a fall inside a
          block from the interest of that block. Losses that the vault states are not affected.
        </Callout>
      )}
    </>
  );
}

function Standing({ view, missing, faultText }: Omit<LedgerReadingViewProps, "isClockRefused">) {
  const { data, fault, progress } = view;
  if (fault !== undefined && !view.isReading) {
    const { cause, whatToDo, detail } =
      fault.kind === "chain"
        ? faultText(fault.error)
        : { ...WORKER_FAULT[fault.reason], whatToDo: WORKER_FAULT[fault.reason].cure, detail: fault.message };
    return (
      <ErrorState
        title="The past of the vault could not be read"
        cause={`${cause} ${missing} unknown.`}
        whatToDo={whatToDo}
        detail={detail}
        onRetry={view.resume}
      />
    );
  }
  if (view.isStopped && !view.isReading) {
    return (
      <Callout
        tone="accent"
        title={
          data === undefined
            ? "The past of the vault is not read yet"
            : `Reading is stopped: the ledger is of block ${blockText(view)}`
        }
        action={<Button onClick={view.resume}>{data === undefined ? "Read it" : "Go on"}</Button>}
      >
        {missing} unknown until then. {costWords(view.cost)} What this browser keeps of an earlier visit is
        not read again; it can be stopped at any time.
      </Callout>
    );
  }
  // What was open when LPs came and left has a bar of its own where it is shown.
  const isElsewhere = progress?.stage === "shortfalls";
  const isLong = data === undefined || (!isElsewhere && (progress?.totalBlocks ?? 0) > WORTH_A_BAR);
  if (!view.isReading || !isLong) return null;
  const { label, percent, detail } = progressWords(progress);
  return (
    <Panel>
      <ProgressBar
        label={label}
        percent={percent}
        detail={detail}
        action={
          <Button variant="secondary" size="small" onClick={view.stop}>
            Stop
          </Button>
        }
      />
    </Panel>
  );
}

function blockText({ block }: LedgerView<unknown>): string {
  return block === undefined ? "" : formatInteger(block.number);
}
